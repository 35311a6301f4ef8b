/* SPDX-License-Identifier: MIT
 * value.c - building, reading, copying and printing typed trees. */
#include "text/value.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 256 }; /* deeper trees are cut to null: they can only come from a cycle */

static Value *new_value(Arena *arena, ValueType type) {
    Value *value = arena_new(arena, Value);
    value->type = type;
    return value;
}

Value *value_null(Arena *arena) {
    return new_value(arena, VALUE_NULL);
}

Value *value_bool(Arena *arena, bool boolean) {
    Value *value = new_value(arena, VALUE_BOOL);
    value->boolean = boolean;
    value->text = boolean ? STR("true") : STR("false");
    return value;
}

Value *value_int(Arena *arena, int64_t integer) {
    Value *value = new_value(arena, VALUE_INT);
    value->integer = integer;
    value->number = (double)integer;
    value->text = str_format(arena, "%lld", (long long)integer);
    return value;
}

/* The shortest decimal form that reads back as the same number. */
static Str format_number(char *text, size_t size, double number) {
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    return str_from(text);
}

Value *value_number(Arena *arena, double number) {
    Value *value = new_value(arena, VALUE_NUMBER);
    value->number = number;
    char text[40];
    value->text = str_copy(arena, format_number(text, sizeof text, number));
    return value;
}

Value *value_text(Arena *arena, Str text) {
    Value *value = new_value(arena, VALUE_TEXT);
    value->text = str_copy(arena, text);
    return value;
}

Value *value_list(Arena *arena) {
    return new_value(arena, VALUE_LIST);
}

Value *value_map(Arena *arena) {
    return new_value(arena, VALUE_MAP);
}

/* An array that somebody else made has `cap` 0 and is copied before it grows. */
static void *grow(Arena *arena, Value *value, void *items, size_t size) {
    if (value->count < value->cap) {
        return items;
    }
    value->cap = value->count < 4 ? 4 : value->count * 2;
    void *grown = arena_alloc(arena, value->cap * size);
    if (value->count) {
        memcpy(grown, items, value->count * size);
    }
    return grown;
}

void value_append(Arena *arena, Value *list, Value *item) {
    list->items = grow(arena, list, list->items, sizeof *list->items);
    list->items[list->count++] = item;
}

static ValueEntry *find_entry(const Value *map, Str key) {
    if (!map || map->type != VALUE_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (str_equal(map->entries[i].key, key)) {
            return &map->entries[i];
        }
    }
    return NULL;
}

void value_set(Arena *arena, Value *map, Str key, Value *value) {
    ValueEntry *entry = find_entry(map, key);
    if (entry) {
        entry->value = value;
        return;
    }
    map->entries = grow(arena, map, map->entries, sizeof *map->entries);
    map->entries[map->count++] = (ValueEntry){.key = str_copy(arena, key), .value = value};
}

const Value *value_get(const Value *map, Str key) {
    const ValueEntry *entry = find_entry(map, key);
    return entry ? entry->value : NULL;
}

const Value *value_path(const Value *map, Str dotted_path) {
    Str part;
    while (map && dotted_path.len) {
        str_cut(dotted_path, '.', &part, &dotted_path);
        map = value_get(map, part);
    }
    return map;
}

Str value_as_text(const Value *value) {
    bool has_text =
        value && value->type != VALUE_NULL && value->type != VALUE_LIST && value->type != VALUE_MAP;
    return has_text ? value->text : STR_EMPTY;
}

int64_t value_as_int(const Value *value, int64_t fallback) {
    return value && value->type == VALUE_INT ? value->integer : fallback;
}

bool value_as_bool(const Value *value, bool fallback) {
    return value && value->type == VALUE_BOOL ? value->boolean : fallback;
}

static Value *copy_below(Arena *arena, const Value *value, int depth) {
    if (depth >= MAX_DEPTH) {
        return value_null(arena);
    }
    Value *copy = arena_new(arena, Value);
    *copy = *value;
    copy->text = str_copy(arena, value->text);
    copy->cap = 0;
    copy->items = NULL;
    copy->entries = NULL;
    if (value->type == VALUE_LIST) {
        copy->items = arena_array(arena, Value *, value->count);
        for (size_t i = 0; i < value->count; i++) {
            copy->items[i] = copy_below(arena, value->items[i], depth + 1);
        }
    } else if (value->type == VALUE_MAP) {
        copy->entries = arena_array(arena, ValueEntry, value->count);
        for (size_t i = 0; i < value->count; i++) {
            copy->entries[i] = value->entries[i];
            copy->entries[i].key = str_copy(arena, value->entries[i].key);
            copy->entries[i].value = copy_below(arena, value->entries[i].value, depth + 1);
        }
    }
    return copy;
}

Value *value_copy(Arena *arena, const Value *value) {
    return value ? copy_below(arena, value, 0) : NULL;
}

static void add_number(Buf *buf, double number) {
    char text[40];
    if (!isfinite(number)) { /* JSON has no word for it */
        buf_add_literal(buf, "null");
        return;
    }
    buf_add(buf, format_number(text, sizeof text, number));
}

static void add_json_below(Buf *buf, const Value *value, int depth) {
    ValueType type = value && depth < MAX_DEPTH ? value->type : VALUE_NULL;
    switch (type) {
    case VALUE_NULL:
        buf_add_literal(buf, "null");
        break;
    case VALUE_BOOL:
        buf_add(buf, value->boolean ? STR("true") : STR("false"));
        break;
    case VALUE_INT:
        buf_add_format(buf, "%lld", (long long)value->integer);
        break;
    case VALUE_NUMBER:
        add_number(buf, value->number);
        break;
    case VALUE_TEXT:
        json_add_text(buf, value->text);
        break;
    case VALUE_LIST:
        buf_add_char(buf, '[');
        for (size_t i = 0; i < value->count; i++) {
            if (i) {
                buf_add_char(buf, ',');
            }
            add_json_below(buf, value->items[i], depth + 1);
        }
        buf_add_char(buf, ']');
        break;
    case VALUE_MAP:
        buf_add_char(buf, '{');
        for (size_t i = 0; i < value->count; i++) {
            if (i) {
                buf_add_char(buf, ',');
            }
            json_add_text(buf, value->entries[i].key);
            buf_add_char(buf, ':');
            add_json_below(buf, value->entries[i].value, depth + 1);
        }
        buf_add_char(buf, '}');
        break;
    }
}

void value_add_json(Buf *buf, const Value *value) {
    add_json_below(buf, value, 0);
}

void json_add_text(Buf *buf, Str text) {
    utf8_add_json(buf, text);
}
