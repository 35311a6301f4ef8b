/* SPDX-License-Identifier: MIT
 * arena.h - memory that is released all at once.
 *
 * An Arena belongs to one thread at a time. What a function takes from an arena lives until
 * arena_reset or arena_release; nothing is freed singly. Running out of memory aborts. */
#ifndef QUOIN_BASE_ARENA_H
#define QUOIN_BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    ArenaChunk *head; /* the chunk being filled; older ones follow */
    size_t bytes;     /* bytes held from the system */
} Arena;              /* all zero is a valid, empty arena */

/* Zeroed memory, aligned for any type. `size` 0 gives a valid pointer. Never NULL. */
void *arena_alloc(Arena *arena, size_t size);
#define arena_new(arena, Type)          ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (count)))

/* Forgets everything; keeps the largest chunk for reuse. */
void arena_reset(Arena *arena);

/* Gives all memory back; the arena is empty and usable again. */
void arena_release(Arena *arena);

#endif
