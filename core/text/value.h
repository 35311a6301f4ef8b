/* SPDX-License-Identifier: MIT
 * value.h - a typed tree: what YAML gives, what records carry, what Lua tables become.
 *
 * Values live in an arena and are never changed once they are shared. A NULL `const Value *` is a
 * valid argument everywhere and means "absent". Scalars from YAML keep their text as written, so
 * that a schema decides what `no`, `007` or `2020-01-01` is; nothing is guessed here. */
#ifndef QUOIN_TEXT_VALUE_H
#define QUOIN_TEXT_VALUE_H

#include "base/diag.h"

typedef enum ValueType {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_LIST,
    VALUE_MAP
} ValueType;

typedef struct Value Value;
typedef struct ValueEntry ValueEntry;

struct Value {
    ValueType type;
    bool boolean;
    int64_t integer;
    double number;
    Str text;              /* VALUE_TEXT; for other scalars from YAML: as written */
    bool quoted;           /* the scalar was quoted in the source: certainly text */
    Value **items;         /* VALUE_LIST */
    ValueEntry *entries;   /* VALUE_MAP, in source order */
    size_t count;          /* items or entries */
    size_t cap;            /* room in that array, kept by value_append and value_set */
    uint32_t line, column; /* where it was written, from 1; 0 when made by a program */
};

struct ValueEntry {
    Str key;
    Value *value;
    uint32_t line, column; /* of the key */
};

Value *value_null(Arena *arena);
Value *value_bool(Arena *arena, bool boolean);
Value *value_int(Arena *arena, int64_t integer);
Value *value_number(Arena *arena, double number);
Value *value_text(Arena *arena, Str text); /* copies */
Value *value_list(Arena *arena);
Value *value_map(Arena *arena);
void value_append(Arena *arena, Value *list, Value *item);
/* Adds or replaces; the key is copied. */
void value_set(Arena *arena, Value *map, Str key, Value *value);

const Value *value_get(const Value *map, Str key);          /* NULL when absent or no map */
const Value *value_path(const Value *map, Str dotted_path); /* "site.title" */
/* The text of a scalar as written; empty for NULL, lists and maps. */
Str value_as_text(const Value *value);
int64_t value_as_int(const Value *value, int64_t fallback);
bool value_as_bool(const Value *value, bool fallback);
Value *value_copy(Arena *arena, const Value *value); /* deep */

/* Compact JSON, keys in order, control characters and "</" escaped; text that is not valid UTF-8
 * gets U+FFFD. */
void value_add_json(Buf *buf, const Value *value);
void json_add_text(Buf *buf, Str text); /* a quoted JSON string */

#endif
