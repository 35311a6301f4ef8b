/* SPDX-License-Identifier: MIT
 * options.c - checks the options of plugins and themes against schemas that are data:
 * { name: { type, default, help, choices } }; a map may also say which keys it has (`keys`, a list)
 * and what their values are (`values`: color, or list for lists of names or false). */
#include "base/vec.h"
#include "model/config.h"
#include "text/color.h"

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

/* Where a report about options is made. */
typedef struct OptionReport {
    Arena *arena;
    Str file;
    Diag *diag;
} OptionReport;

static bool list_has(const Value *list, Str name) {
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(value_as_text(list->items[i]), name)) {
            return true;
        }
    }
    return false;
}

static void report_unknown_key(const OptionReport *report, const ValueEntry *option,
                               const ValueEntry *entry, const Value *keys) {
    Str *names = arena_array(report->arena, Str, keys->count);
    for (size_t i = 0; i < keys->count; i++) {
        names[i] = value_as_text(keys->items[i]);
    }
    Str near = str_nearest(entry->key, names, keys->count);
    Str hint = near.len > 0
                   ? str_format(report->arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                   : STR_EMPTY;
    diag_report(report->diag, SEVERITY_ERROR, "config.unknown-option",
                (Pos){report->file, entry->line, entry->column, (uint32_t)entry->key.len},
                hint.len > 0 ? str_terminated(report->arena, hint) : NULL,
                "option `" STR_FMT "` has no key `" STR_FMT "`", STR_ARG(option->key),
                STR_ARG(entry->key));
}

/* A colour, or { light, dark }. */
static bool is_color(const Value *value) {
    if (value->type != VALUE_MAP) {
        return value->type != VALUE_LIST && color_is_css(value_as_text(value));
    }
    const Value *light = value_get(value, STR("light")), *dark = value_get(value, STR("dark"));
    return value->count == 2 && light != NULL && dark != NULL && light->type != VALUE_MAP &&
           dark->type != VALUE_MAP && is_color(light) && is_color(dark);
}

static bool is_list_or_false(const Value *value) {
    return value->type == VALUE_LIST || (value->type == VALUE_BOOL && !value->boolean);
}

/* The entries of a map that are as its schema wants them. */
static const Value *fitting_entries(const OptionReport *report, const ValueEntry *option,
                                    const Value *given) {
    const Value *keys = value_get(option->value, STR("keys"));
    Str values = value_as_text(value_get(option->value, STR("values")));
    Value *result = value_map(report->arena);
    for (size_t i = 0; i < given->count; i++) {
        const ValueEntry *entry = &given->entries[i];
        bool is_good = str_equal(values, STR("color"))  ? is_color(entry->value)
                       : str_equal(values, STR("list")) ? is_list_or_false(entry->value)
                                                        : true;
        if (keys != NULL && keys->type == VALUE_LIST && !list_has(keys, entry->key)) {
            report_unknown_key(report, option, entry, keys);
        } else if (!is_good) {
            diag_report(report->diag, SEVERITY_ERROR, "config.type",
                        (Pos){report->file, entry->value->line, entry->value->column, 0},
                        str_equal(values, STR("color"))
                            ? "such as \"#0b6868\" (in quotes) or {light: \"#0b6868\", dark: "
                              "\"#6fcfc4\"}"
                            : "a list of names, or false for nothing",
                        "`" STR_FMT "` of option `" STR_FMT "` is no " STR_FMT, STR_ARG(entry->key),
                        STR_ARG(option->key), STR_ARG(values));
        } else {
            value_set(report->arena, result, entry->key, entry->value);
        }
    }
    return result;
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
        if (value != NULL && value->type == VALUE_MAP) {
            value = fitting_entries(&(OptionReport){arena, file, diag}, option, value);
        }
        const Value *fallback = value_get(option->value, STR("default"));
        if (value != NULL || fallback != NULL) {
            value_set(arena, result, option->key, value_copy(arena, value ? value : fallback));
        }
    }
    return result;
}
