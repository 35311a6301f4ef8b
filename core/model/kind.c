/* SPDX-License-Identifier: MIT
 * kind.c - loads the kinds of spec: what Quoin ships, replaced by what the site brings. */
#include "model/kind.h"

#include "base/fs.h"
#include "base/path.h"
#include "text/yaml.h"

#include <stdlib.h>
#include <string.h>

typedef VEC(Kind) KindList;

static void load_kind(KindList *list, Arena *arena, const char *folder, Str name, Diag *diag) {
    char *dir = str_terminated(arena, path_join(arena, str_from(folder), name));
    char *file = str_terminated(arena, path_join(arena, str_from(dir), STR("kind.yaml")));
    Str text;
    if (!fs_read(arena, file, YAML_MAX_FILE, &text)) {
        return; /* a folder without kind.yaml is no kind */
    }
    Str shown = str_format(arena, "templates/" STR_FMT "/kind.yaml", STR_ARG(name));
    Value *schema = yaml_parse(arena, shown, text, 1, YAML_MAX_FILE, diag);
    if (schema == NULL || schema->type != VALUE_MAP) {
        return;
    }
    Kind kind = {name, value_as_text(value_get(schema, STR("title"))),
                 value_as_text(value_get(schema, STR("description"))), dir, schema};
    kind.title = kind.title.len > 0 ? kind.title : name;
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i].name, name)) {
            list->items[i] = kind;
            return;
        }
    }
    vec_push(list, kind);
}

static bool skip_nested(void *context, Str path, FsKind kind) {
    (void)context;
    return kind != FS_DIR || str_find_char(path, '/') != STR_NONE;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(((const Kind *)a)->name, ((const Kind *)b)->name);
}

void kinds_load(Kinds *kinds, Arena *arena, const char *const *folders, Diag *diag) {
    KindList list = {0};
    for (; *folders != NULL; folders++) {
        FsEntries entries = {0};
        if (fs_walk(arena, *folders, skip_nested, NULL, &entries)) {
            for (size_t i = 0; i < entries.count; i++) {
                load_kind(&list, arena, *folders, entries.items[i].path, diag);
            }
        }
        vec_release(&entries);
    }
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof(Kind), compare_names);
    }
    kinds->count = list.count;
    kinds->items = vec_to_arena(arena, &list);
}

const Kind *kinds_find(const Kinds *kinds, Str name) {
    for (size_t i = 0; i < kinds->count; i++) {
        if (str_equal_ignoring_case(kinds->items[i].name, name)) {
            return &kinds->items[i];
        }
    }
    return NULL;
}
