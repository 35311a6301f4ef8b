/* SPDX-License-Identifier: MIT
 * markdown_memory.c - the bump allocator behind cmark-gfm, with a bound on bytes and CPU time. */
#include "text/markdown_internal.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    FIRST_CHUNK = 256 * 1024,
    LARGEST_KEPT = 4 * 1024 * 1024,
    ALIGNMENT = 16,
    HEADER = 16, /* holds the size in front of each allocation: realloc needs it */
    ALLOCATIONS_PER_CHECK = 4096,
};
#define CPU_SECONDS 3

struct MemoryChunk {
    MemoryChunk *next;
    size_t used, size;
    alignas(ALIGNMENT) char bytes[];
};

static _Thread_local Markdown *owner;

void markdown_use(Markdown *markdown) {
    owner = markdown;
}

static int64_t thread_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void markdown_start_clock(Markdown *markdown) {
    markdown->deadline = thread_time() + (int64_t)CPU_SECONDS * 1000000000;
    markdown->countdown = ALLOCATIONS_PER_CHECK;
}

void markdown_check_clock(Markdown *markdown) {
    markdown->countdown = ALLOCATIONS_PER_CHECK;
    if (markdown->deadline && thread_time() > markdown->deadline)
        longjmp(markdown->jump, 1);
}

static void add_chunk(Markdown *markdown, size_t size) {
    if (markdown->limit != SIZE_MAX && size > markdown->limit - markdown->held)
        longjmp(markdown->jump, 1);
    MemoryChunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    *chunk = (MemoryChunk){markdown->chunks, 0, size};
    markdown->chunks = chunk;
    markdown->held += size;
}

static size_t next_size(const Markdown *markdown, size_t needed) {
    size_t size = markdown->held < FIRST_CHUNK ? FIRST_CHUNK : markdown->held / 2;
    if (size > LARGEST_KEPT)
        size = LARGEST_KEPT;
    return size > needed ? size : needed;
}

static void *take(size_t size) {
    Markdown *markdown = owner;
    if (markdown->limit != SIZE_MAX && --markdown->countdown == 0)
        markdown_check_clock(markdown);
    size_t needed = HEADER + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    MemoryChunk *chunk = markdown->chunks;
    if (!chunk || chunk->size - chunk->used < needed) {
        add_chunk(markdown, next_size(markdown, needed));
        chunk = markdown->chunks;
    }
    char *header = chunk->bytes + chunk->used;
    chunk->used += needed;
    memcpy(header, &size, sizeof size);
    return header + HEADER;
}

static void *memory_calloc(size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size)
        abort();
    return memset(take(count * size), 0, count * size);
}

static void *memory_realloc(void *old, size_t size) {
    if (!old)
        return take(size);
    char *header = (char *)old - HEADER;
    size_t old_size;
    memcpy(&old_size, header, sizeof old_size);
    if (size <= old_size)
        return old;
    MemoryChunk *chunk = owner->chunks;
    size_t room = (old_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t wanted = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    bool is_last = (char *)old + room == chunk->bytes + chunk->used;
    if (is_last && chunk->size - chunk->used >= wanted - room) {
        chunk->used += wanted - room;
        memcpy(header, &size, sizeof size);
        return old;
    }
    return memcpy(take(size), old, old_size);
}

static void memory_free(void *memory) {
    (void)memory; /* everything goes at once */
}

cmark_mem MARKDOWN_MEMORY = {memory_calloc, memory_realloc, memory_free};

void markdown_memory_reset(Markdown *markdown) {
    MemoryChunk *kept = NULL;
    while (markdown->chunks) {
        MemoryChunk *chunk = markdown->chunks;
        markdown->chunks = chunk->next;
        if (chunk->size <= LARGEST_KEPT && (!kept || kept->size < chunk->size)) {
            free(kept);
            kept = chunk;
        } else {
            free(chunk);
        }
    }
    markdown->held = 0;
    if (kept) {
        kept->used = 0;
        kept->next = NULL;
        markdown->chunks = kept;
        markdown->held = kept->size;
    }
}

void markdown_memory_release(Markdown *markdown) {
    while (markdown->chunks) {
        MemoryChunk *chunk = markdown->chunks;
        markdown->chunks = chunk->next;
        free(chunk);
    }
    markdown->held = 0;
}
