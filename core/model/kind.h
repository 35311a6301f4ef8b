/* SPDX-License-Identifier: MIT
 * kind.h - the sorts of spec: templates/<kind>/ with page.md and kind.yaml. */
#ifndef QUOIN_MODEL_KIND_H
#define QUOIN_MODEL_KIND_H

#include "base/vec.h"
#include "text/value.h"

typedef struct Kind {
    Str name;  /* folder name: "design" */
    Str title; /* "Feature design" */
    Str description;
    const char *folder;  /* absolute */
    const Value *schema; /* the whole kind.yaml, VALUE_MAP */
} Kind;

typedef struct Kinds {
    Kind *items; /* sorted by name */
    size_t count;
} Kinds;

/* Loads the kinds of each folder in `folders` (NULL-terminated); a later folder's kind replaces
 * an earlier one of the same name. Missing folders are fine. */
void kinds_load(Kinds *kinds, Arena *arena, const char *const *folders, Diag *diag);
const Kind *kinds_find(const Kinds *kinds, Str name);

#endif
