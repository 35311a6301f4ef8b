/* SPDX-License-Identifier: MIT
 * map.h - a hash map from text to pointers (open addressing, XXH3).
 *
 * Keys are borrowed: they must outlive the map. All zero is a valid, empty map. There is no
 * removal. Iteration is in insertion order, so what is made from a map is deterministic. */
#ifndef QUOIN_BASE_MAP_H
#define QUOIN_BASE_MAP_H

#include "base/str.h"

typedef struct MapEntry {
    Str key;
    void *value;
    uint64_t hash;
} MapEntry;

typedef struct Map {
    MapEntry *entries; /* in insertion order */
    size_t count;
    size_t cap;
    uint32_t *slots; /* entry index + 1, or 0 */
    size_t slot_count;
} Map;

void *map_get(const Map *map, Str key); /* NULL when absent */
bool map_has(const Map *map, Str key);
void map_set(Map *map, Str key, void *value); /* adds or replaces */
bool map_add(Map *map, Str key, void *value); /* false (and unchanged) when the key is there */
void map_release(Map *map);

#endif
