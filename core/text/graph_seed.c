/* SPDX-License-Identifier: MIT
 * graph_seed.c - the order of the rows before the first sweep.
 *
 * Tiles get a number in the author's order, or as a walk along the edges meets them; groups that of
 * their first member, so that sibling groups have the same order in all rows (Forster 2002). */
#include "text/graph_internal.h"

#include <string.h>

typedef struct Seeds {
    Layers *layers;
    const Start *start;
    uint32_t *numbers;
    int64_t *spot, *group; /* numbers */
} Seeds;

/* --- numbers of tiles --- */

static uint32_t lower_tile(const Layers *layers, uint32_t link) {
    const Chain *chain = &layers->chains[layers->links[link].edge];
    const Spot *spot = &layers->spots[layers->chain_spots[chain->start + chain->count - 1]];
    return spot->kind == SPOT_TILE ? spot->owner : GRAPH_NONE;
}

typedef struct Walk {
    Layers *layers;
    uint32_t *waiting; /* a stack or a queue */
    uint32_t head, tail, next;
    bool *is_seen;
    uint32_t *numbers;
} Walk;

static void walk_depth(Walk *w, uint32_t root) {
    w->waiting[w->tail++] = root;
    while (w->tail > 0) {
        uint32_t tile = w->waiting[--w->tail];
        if (w->is_seen[tile])
            continue;
        w->is_seen[tile] = true;
        w->numbers[tile] = w->next++;
        const Spot *spot = &w->layers->spots[w->layers->tile_spot[tile]];
        for (uint32_t k = spot->down_count; k-- > 0;) {
            uint32_t lower = lower_tile(w->layers, w->layers->downs[spot->down + k]);
            if (lower != GRAPH_NONE && !w->is_seen[lower])
                w->waiting[w->tail++] = lower;
        }
    }
}

static void push_once(Walk *w, uint32_t tile) {
    if (tile == GRAPH_NONE || w->is_seen[tile])
        return;
    w->is_seen[tile] = true;
    w->waiting[w->tail++] = tile;
}

static void walk_breadth(Walk *w) {
    while (w->head < w->tail) {
        uint32_t tile = w->waiting[w->head++];
        w->numbers[tile] = w->next++;
        const Spot *spot = &w->layers->spots[w->layers->tile_spot[tile]];
        for (uint32_t k = 0; k < spot->down_count; k++)
            push_once(w, lower_tile(w->layers, w->layers->downs[spot->down + k]));
    }
}

/* From the tiles that nothing leads to; then from what is left. */
static void walk(Layers *layers, bool is_breadth, uint32_t *numbers) {
    uint32_t count = layers->plan->tile_count;
    Walk w = {
        .layers = layers,
        .waiting = arena_array(layers->arena, uint32_t, count + layers->link_count),
        .is_seen = arena_array(layers->arena, bool, count),
        .numbers = numbers,
    };
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t t = 0; t < count; t++) {
            if (pass == 0 && layers->spots[layers->tile_spot[t]].up_count > 0)
                continue;
            if (is_breadth)
                push_once(&w, t);
            else if (!w.is_seen[t])
                walk_depth(&w, t);
        }
        walk_breadth(&w);
    }
}

/* The same shuffle on every machine: a linear congruential sequence (Knuth 1981). */
static void shuffle(uint32_t *numbers, uint32_t count, uint32_t which) {
    uint32_t state = which * 2654435761u + 12345;
    for (uint32_t i = count; i-- > 1;) {
        state = state * 1664525u + 1013904223u;
        uint32_t k = (uint32_t)(((uint64_t)state * (i + 1)) >> 32);
        uint32_t swap = numbers[i];
        numbers[i] = numbers[k];
        numbers[k] = swap;
    }
}

static void number_tiles(Seeds *seeds) {
    uint32_t count = seeds->layers->plan->tile_count;
    for (uint32_t t = 0; t < count; t++)
        seeds->numbers[t] = t;
    if (seeds->start->seed == SEED_DEPTH || seeds->start->seed == SEED_BREADTH)
        walk(seeds->layers, seeds->start->seed == SEED_BREADTH, seeds->numbers);
    if (seeds->start->seed == SEED_SHUFFLED)
        shuffle(seeds->numbers, count, seeds->start->shuffle);
}

static int64_t end_number(const Seeds *seeds, const PlanEnd *end) {
    return end->is_group ? seeds->group[end->index]
                         : seeds->spot[seeds->layers->tile_spot[end->index]];
}

static void number_all(Seeds *seeds) {
    enum { STEP = 1024 };
    Layers *layers = seeds->layers;
    const Plan *plan = layers->plan;
    number_tiles(seeds);
    for (uint32_t g = 0; g < plan->group_count; g++)
        seeds->group[g] = INT64_MAX;
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        int64_t number = (int64_t)seeds->numbers[t] * STEP;
        seeds->spot[layers->tile_spot[t]] = number;
        for (uint32_t g = plan->tiles[t].group; g != GRAPH_NONE; g = plan->groups[g].parent)
            seeds->group[g] = number < seeds->group[g] ? number : seeds->group[g];
    }
    for (uint32_t s = 0; s < layers->spot_count; s++) {
        const Spot *spot = &layers->spots[s];
        if (spot->kind != SPOT_BEND && spot->kind != SPOT_LABEL && spot->kind != SPOT_PORT)
            continue;
        const PlanEdge *edge = &plan->edges[spot->owner];
        seeds->spot[s] = (end_number(seeds, &edge->from) + end_number(seeds, &edge->to)) / 2;
    }
}

/* --- sorting a row by nested numbers --- */

static uint32_t depth_of(const Plan *plan, uint32_t group) {
    uint32_t depth = 0;
    for (; group != GRAPH_NONE; group = plan->groups[group].parent)
        depth++;
    return depth;
}

static int64_t kid_number(const Seeds *seeds, uint32_t spot, uint32_t child) {
    if (child != GRAPH_NONE)
        return seeds->group[child];
    SpotKind kind = seeds->layers->spots[spot].kind;
    if (kind == SPOT_LEFT)
        return INT64_MIN;
    return kind == SPOT_RIGHT ? INT64_MAX : seeds->spot[spot];
}

static bool is_before(const Seeds *seeds, uint32_t a, uint32_t b) {
    const Plan *plan = seeds->layers->plan;
    uint32_t group_a = seeds->layers->spots[a].group, group_b = seeds->layers->spots[b].group;
    uint32_t child_a = GRAPH_NONE, child_b = GRAPH_NONE;
    uint32_t depth_a = depth_of(plan, group_a), depth_b = depth_of(plan, group_b);
    while (group_a != group_b) {
        bool a_rises = depth_a >= depth_b, b_rises = depth_b >= depth_a;
        if (a_rises) {
            child_a = group_a;
            group_a = plan->groups[group_a].parent;
            depth_a--;
        }
        if (b_rises) {
            child_b = group_b;
            group_b = plan->groups[group_b].parent;
            depth_b--;
        }
    }
    int64_t key_a = kid_number(seeds, a, child_a), key_b = kid_number(seeds, b, child_b);
    bool has_border =
        key_a == INT64_MIN || key_b == INT64_MIN || key_a == INT64_MAX || key_b == INT64_MAX;
    if (key_a != key_b)
        return has_border || !seeds->start->is_mirrored ? key_a < key_b : key_a > key_b;
    if (child_a != child_b)
        return child_a < child_b;
    return a < b;
}

static void merge_sort(const Seeds *seeds, uint32_t *row, uint32_t *buffer, uint32_t count) {
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t from = 0; from < count; from += 2 * width) {
            uint32_t middle = from + width < count ? from + width : count;
            uint32_t to = middle + width < count ? middle + width : count;
            uint32_t a = from, b = middle;
            for (uint32_t i = from; i < to; i++) {
                bool takes_b = a >= middle || (b < to && is_before(seeds, row[b], row[a]));
                buffer[i] = takes_b ? row[b++] : row[a++];
            }
        }
        memcpy(row, buffer, sizeof *row * count);
    }
}

static void fill_rows(Layers *layers) {
    for (uint32_t i = 0; i < layers->row_count; i++) {
        Row *row = &layers->rows[i];
        if (!row->spots)
            row->spots = arena_array(layers->arena, uint32_t, row->count);
        row->count = 0;
    }
    for (uint32_t s = 0; s < layers->spot_count; s++) {
        Row *row = &layers->rows[layers->spots[s].row];
        row->spots[row->count++] = s;
    }
}

void graph_seed_rows(Layers *layers, const Start *start) {
    Arena *arena = layers->arena;
    Seeds seeds = {
        .layers = layers,
        .start = start,
        .numbers = arena_array(arena, uint32_t, layers->plan->tile_count),
        .spot = arena_array(arena, int64_t, layers->spot_count),
        .group = arena_array(arena, int64_t, layers->plan->group_count),
    };
    number_all(&seeds);
    uint32_t *buffer = arena_array(arena, uint32_t, layers->spot_count);
    fill_rows(layers);
    for (uint32_t i = 0; i < layers->row_count; i++) {
        Row *row = &layers->rows[i];
        merge_sort(&seeds, row->spots, buffer, row->count);
        for (uint32_t k = 0; k < row->count; k++)
            layers->spots[row->spots[k]].place = k;
    }
}
