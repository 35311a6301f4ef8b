/* SPDX-License-Identifier: MIT
 * arena.c - a list of growing chunks, the one being filled in front. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 64 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024, ALIGNMENT = 16 };

struct ArenaChunk {
    ArenaChunk *next;
    size_t used;
    size_t size; /* usable bytes behind the header */
    alignas(ALIGNMENT) char bytes[];
};

static _Noreturn void die_out_of_memory(void) {
    fputs("quoin: out of memory\n", stderr);
    abort();
}

static ArenaChunk *add_chunk(Arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(ArenaChunk))
        die_out_of_memory();
    ArenaChunk *chunk = malloc(sizeof(ArenaChunk) + size);
    if (!chunk)
        die_out_of_memory();
    chunk->used = 0;
    chunk->size = size;
    arena->bytes += sizeof(ArenaChunk) + size;
    return chunk;
}

/* A request too large for the next ordinary chunk goes behind the head, so that the room left in
 * the head is not lost. */
static void *alloc_huge(Arena *arena, size_t size) {
    ArenaChunk *chunk = add_chunk(arena, size);
    chunk->used = size;
    if (arena->head) {
        chunk->next = arena->head->next;
        arena->head->next = chunk;
    } else {
        chunk->next = NULL;
        arena->head = chunk;
    }
    return memset(chunk->bytes, 0, size);
}

static size_t next_chunk_size(const Arena *arena) {
    size_t size = arena->bytes / 2;
    if (size < FIRST_CHUNK)
        return FIRST_CHUNK;
    return size > LARGEST_CHUNK ? LARGEST_CHUNK : size / ALIGNMENT * ALIGNMENT;
}

void *arena_alloc(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        die_out_of_memory();
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size == 0)
        size = ALIGNMENT;
    ArenaChunk *head = arena->head;
    if (!head || head->size - head->used < size) {
        size_t chunk_size = next_chunk_size(arena);
        if (size > chunk_size / 4)
            return alloc_huge(arena, size);
        head = add_chunk(arena, chunk_size);
        head->next = arena->head;
        arena->head = head;
    }
    void *memory = head->bytes + head->used;
    head->used += size;
    return memset(memory, 0, size);
}

void arena_reset(Arena *arena) {
    ArenaChunk *largest = arena->head;
    for (ArenaChunk *chunk = arena->head; chunk; chunk = chunk->next) {
        if (chunk->size > largest->size)
            largest = chunk;
    }
    for (ArenaChunk *chunk = arena->head, *next; chunk; chunk = next) {
        next = chunk->next;
        if (chunk != largest)
            free(chunk);
    }
    arena->head = largest;
    arena->bytes = 0;
    if (!largest)
        return;
    largest->next = NULL;
    largest->used = 0;
    arena->bytes = sizeof(ArenaChunk) + largest->size;
}

void arena_release(Arena *arena) {
    for (ArenaChunk *chunk = arena->head, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    *arena = (Arena){0};
}
