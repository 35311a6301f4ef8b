/* SPDX-License-Identifier: MIT
 * vec.h - growing arrays of any type, as macros.
 *
 *     typedef VEC(Link) Links;
 *     Links links = {0};
 *     vec_push(&links, link);
 *     for (size_t i = 0; i < links.count; i++) use(&links.items[i]);
 *     vec_release(&links);
 *
 * All zero is valid and empty. Items move when the array grows: keep indexes, not pointers. */
#ifndef QUOIN_BASE_VEC_H
#define QUOIN_BASE_VEC_H

#include "base/arena.h"

#include <stddef.h>

#define VEC(Type)                                                                                  \
    struct {                                                                                       \
        Type *items;                                                                               \
        size_t count;                                                                              \
        size_t cap;                                                                                \
    }

/* Grows `items` (of `size` bytes each) so that one more fits; aborts when memory runs out. */
void *vec_grow(void *items, size_t *cap, size_t count, size_t size);

#define vec_push(vec, item)                                                                        \
    ((vec)->items = (vec)->count < (vec)->cap                                                      \
                        ? (vec)->items                                                             \
                        : vec_grow((vec)->items, &(vec)->cap, (vec)->count, sizeof *(vec)->items), \
     (vec)->items[(vec)->count++] = (item))

/* Frees the array (not what its items own). */
void vec_free(void *items);
#define vec_release(vec)                                                                           \
    (vec_free((vec)->items), (vec)->items = NULL, (vec)->count = (vec)->cap = 0)

/* Moves the items into `arena` and frees the array: for results that live on. `count` may still be
 * read afterwards; to push again, vec_release first. */
#define vec_to_arena(arena, vec)                                                                   \
    ((vec)->cap = 0, vec_move_items((arena), &(vec)->items, (vec)->count * sizeof *(vec)->items))
/* `items_field` is the address of the array's pointer, which is freed and set to NULL. */
void *vec_move_items(Arena *arena, void *items_field, size_t bytes);
void *vec_copy_items(Arena *arena, const void *items, size_t bytes);

#endif
