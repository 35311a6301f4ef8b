/* SPDX-License-Identifier: MIT
 * options.c - checks the options of plugins and themes against schemas that are data:
 * { name: { type, default, help, choices } }. */
#include "base/vec.h"
#include "model/config.h"

static bool type_fits(Str type, const Value *value) {
    static const struct {
        const char *name;
        ValueType type;
    } TYPES[] = {
        {"integer", VALUE_INT}, {"boolean", VALUE_BOOL}, {"list", VALUE_LIST}, {"map", VALUE_MAP}};
    if (str_equal(type, STR("string"))) {
        return value->type != VALUE_LIST && value->type != VALUE_MAP && value->type != VALUE_NULL;
    }
    if (str_equal(type, STR("number"))) {
        return value->type == VALUE_INT || value->type == VALUE_NUMBER;
    }
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (str_equal(type, str_from(TYPES[i].name))) {
            return value->type == TYPES[i].type;
        }
    }
    return false;
}

static bool choice_fits(const Value *choices, const Value *value) {
    if (choices == NULL || choices->type != VALUE_LIST) {
        return true;
    }
    for (size_t i = 0; i < choices->count; i++) {
        if (str_equal(value_as_text(choices->items[i]), value_as_text(value))) {
            return true;
        }
    }
    return false;
}

static Str nearest_option(Arena *arena, const Value *schema, Str name) {
    Str *names = arena_array(arena, Str, schema->count);
    for (size_t i = 0; i < schema->count; i++) {
        names[i] = schema->entries[i].key;
    }
    return str_nearest(name, names, schema->count);
}

static void report_unknown_options(Arena *arena, Str file, const char *what, const Value *schema,
                                   const Value *given, Diag *diag) {
    for (size_t i = 0; i < given->count; i++) {
        const ValueEntry *entry = &given->entries[i];
        if (value_get(schema, entry->key) != NULL) {
            continue;
        }
        Str near =
            schema->type == VALUE_MAP ? nearest_option(arena, schema, entry->key) : STR_EMPTY;
        Str hint = near.len > 0 ? str_format(arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                                : STR_EMPTY;
        diag_report(diag, SEVERITY_ERROR, "config.unknown-option",
                    (Pos){file, entry->line, entry->column, (uint32_t)entry->key.len},
                    hint.len > 0 ? str_terminated(arena, hint) : NULL,
                    "%s has no option `" STR_FMT "`", what, STR_ARG(entry->key));
    }
}

/* The given value when it fits the option's schema; NULL (after reporting) when not. */
static const Value *fitting(Arena *arena, Str file, const char *what, const ValueEntry *option,
                            const Value *value, Diag *diag) {
    Str type = value_as_text(value_get(option->value, STR("type")));
    const Value *choices = value_get(option->value, STR("choices"));
    if (value == NULL || value->type == VALUE_NULL) {
        return NULL;
    }
    if (type_fits(type, value) && choice_fits(choices, value)) {
        if (str_equal(type, STR("string")) && value->type != VALUE_TEXT) {
            return value_text(arena, value->text); /* a version 007 or a title No is text here */
        }
        return value;
    }
    Buf wanted = {0};
    buf_add(&wanted, type);
    if (choices != NULL) {
        buf_add_literal(&wanted, " out of ");
        value_add_json(&wanted, choices);
    }
    diag_report(diag, SEVERITY_ERROR, "config.type", (Pos){file, value->line, value->column, 0},
                NULL, "option `" STR_FMT "` of %s wants a value of type " STR_FMT,
                STR_ARG(option->key), what, STR_ARG(buf_str(&wanted)));
    buf_release(&wanted);
    return NULL;
}

Value *config_check_options(Arena *arena, Str file, const char *what, const Value *schema,
                            const Value *given, Diag *diag) {
    Value *result = value_map(arena);
    if (given != NULL && given->type == VALUE_MAP) {
        report_unknown_options(arena, file, what, schema, given, diag);
    }
    for (size_t i = 0; schema != NULL && schema->type == VALUE_MAP && i < schema->count; i++) {
        const ValueEntry *option = &schema->entries[i];
        const Value *value =
            fitting(arena, file, what, option, value_get(given, option->key), diag);
        const Value *fallback = value_get(option->value, STR("default"));
        if (value != NULL || fallback != NULL) {
            value_set(arena, result, option->key, value_copy(arena, value ? value : fallback));
        }
    }
    return result;
}
