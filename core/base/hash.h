/* SPDX-License-Identifier: MIT
 * hash.h - fingerprints of content: XXH3, stable across machines. Not for secrets. */
#ifndef QUOIN_BASE_HASH_H
#define QUOIN_BASE_HASH_H

#include "base/str.h"

uint64_t hash_str(Str s);
uint64_t hash_combine(uint64_t a, uint64_t b);

/* 128 bits as 32 lower-case hex digits in `out` (33 bytes with the NUL): a cache key. */
void hash_hex(Str s, char out[33]);

#endif
