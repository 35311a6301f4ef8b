/* SPDX-License-Identifier: MIT
 * cache.h - bytes that are kept between builds, by what they were made from.
 *
 * One folder for all builds of a user: $XDG_CACHE_HOME/quoin or ~/.cache/quoin. An entry comes into
 * being whole and carries a hash of its bytes, so that threads and processes may share it and what
 * is broken counts as absent. Nothing here fails: without a cache everything is made anew. */
#ifndef QUOIN_BASE_CACHE_H
#define QUOIN_BASE_CACHE_H

#include "base/str.h"

#define CACHE_MAX_BYTES ((size_t)8 * 1024 * 1024) /* larger ones are not kept */

/* The folder's absolute path; NULL when there is none. */
const char *cache_folder(Arena *arena);

/* Path of the entry of `kind` ("run") that was made from `key`; NULL without a folder. */
const char *cache_entry(Arena *arena, const char *folder, const char *kind, Str key);

/* False when the entry is not there or broken. One that is used stays young. */
bool cache_read(Arena *arena, const char *entry, Str *out);

/* `worker` tells the threads of this process apart. */
void cache_write(Arena *arena, const char *entry, int worker, Str bytes);

/* Removes what nobody has used for 30 days. Looks for it once a day, else returns at once. */
void cache_sweep(const char *folder);

#endif
