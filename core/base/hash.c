/* SPDX-License-Identifier: MIT
 * hash.c - the only door to xxHash, used as a header without a library to link. */
#include "base/hash.h"

#include <stdio.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#define XXH_INLINE_ALL
#include <xxhash.h>
#pragma GCC diagnostic pop

uint64_t hash_str(Str s) {
    return XXH3_64bits(s.len ? s.data : "", s.len);
}

/* The order matters: hash_combine(a, b) differs from hash_combine(b, a). */
uint64_t hash_combine(uint64_t a, uint64_t b) {
    return XXH64_avalanche(a * 0x9E3779B97F4A7C15u + b);
}

void hash_hex(Str s, char out[33]) {
    XXH128_hash_t hash = XXH3_128bits(s.len ? s.data : "", s.len);
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)hash.high64,
             (unsigned long long)hash.low64);
}
