/* SPDX-License-Identifier: MIT
 * map.c - entries in insertion order, and a table of their indexes probed linearly. */
#include "base/map.h"

#include "base/hash.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

/* The slot that holds `key`, or the free one where it belongs. The table is never full. */
static size_t find_slot(const Map *map, Str key, uint64_t hash) {
    size_t mask = map->slot_count - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        uint32_t slot = map->slots[at];
        if (slot == 0)
            return at;
        const MapEntry *entry = &map->entries[slot - 1];
        if (entry->hash == hash && str_equal(entry->key, key))
            return at;
    }
}

static MapEntry *find_entry(const Map *map, Str key) {
    if (map->count == 0)
        return NULL;
    uint32_t slot = map->slots[find_slot(map, key, hash_str(key))];
    return slot ? &map->entries[slot - 1] : NULL;
}

static void grow_slots(Map *map) {
    size_t slot_count = map->slot_count ? map->slot_count * 2 : 16;
    uint32_t *slots = slot_count <= UINT32_MAX ? calloc(slot_count, sizeof *slots) : NULL;
    if (!slots) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    free(map->slots);
    map->slots = slots;
    map->slot_count = slot_count;
    for (size_t i = 0; i < map->count; i++) {
        const MapEntry *entry = &map->entries[i];
        slots[find_slot(map, entry->key, entry->hash)] = (uint32_t)(i + 1);
    }
}

static void append(Map *map, Str key, void *value) {
    /* At most three quarters full, so that probes stay short. */
    if ((map->count + 1) * 4 > map->slot_count * 3)
        grow_slots(map);
    map->entries = vec_grow(map->entries, &map->cap, map->count, sizeof *map->entries);
    uint64_t hash = hash_str(key);
    size_t slot = find_slot(map, key, hash);
    map->entries[map->count++] = (MapEntry){key, value, hash};
    map->slots[slot] = (uint32_t)map->count;
}

void *map_get(const Map *map, Str key) {
    const MapEntry *entry = find_entry(map, key);
    return entry ? entry->value : NULL;
}

bool map_has(const Map *map, Str key) {
    return find_entry(map, key) != NULL;
}

void map_set(Map *map, Str key, void *value) {
    MapEntry *entry = find_entry(map, key);
    if (entry) {
        entry->value = value;
    } else {
        append(map, key, value);
    }
}

bool map_add(Map *map, Str key, void *value) {
    if (find_entry(map, key))
        return false;
    append(map, key, value);
    return true;
}

void map_release(Map *map) {
    vec_free(map->entries);
    free(map->slots);
    *map = (Map){0};
}
