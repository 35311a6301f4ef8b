/* SPDX-License-Identifier: MIT
 * vec.c - the growing behind the macros of vec.h. */
#include "base/vec.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *vec_grow(void *items, size_t *cap, size_t count, size_t size) {
    if (count < *cap)
        return items;
    size_t wanted = *cap ? *cap * 2 : 8;
    void *grown = wanted <= SIZE_MAX / 2 / size ? realloc(items, wanted * size) : NULL;
    if (!grown) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    *cap = wanted;
    return grown;
}

void vec_free(void *items) {
    free(items);
}

void *vec_copy_items(Arena *arena, const void *items, size_t bytes) {
    void *copy = arena_alloc(arena, bytes);
    if (bytes)
        memcpy(copy, items, bytes);
    return copy;
}

/* The pointer is read and written by bytes: it may be a pointer to any type. */
void *vec_move_items(Arena *arena, void *items_field, size_t bytes) {
    void *items;
    memcpy(&items, items_field, sizeof items);
    void *moved = vec_copy_items(arena, items, bytes);
    vec_free(items);
    items = NULL;
    memcpy(items_field, &items, sizeof items);
    return moved;
}
