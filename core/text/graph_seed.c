/* SPDX-License-Identifier: MIT
 * graph_seed.c - the order of the rows before the first sweep.
 *
 * Tiles get a number in the author's order, or as a walk along the edges meets them; groups that of
 * their first member, so that sibling groups have the same order in all rows (Forster 2002). */
#include "text/graph_internal.h"

#include <string.h>

enum { SEED_INPUT, SEED_DEPTH, SEED_BREADTH };

typedef struct Seeds {
    Layers *layers;
    int64_t *spot, *group; /* numbers */
} Seeds;

/* --- numbers of tiles --- */

static uint32_t lower_tile(const Layers *layers, uint32_t link) {
    const Chain *chain = &layers->chains[layers->links[link].edge];
    const Spot *spot = &layers->spots[layers->chain_spots[chain->start + chain->count - 1]];
    return spot->kind == SPOT_TILE ? spot->owner : GRAPH_NONE;
}

/* Depth first with a stack, breadth first with a queue: both fit in `count` places. */
static void walk(Layers *layers, bool is_breadth, uint32_t *numbers) {
    uint32_t count = layers->plan->tile_count;
    uint32_t *waiting = arena_array(layers->arena, uint32_t, count + layers->link_count);
    bool *is_seen = arena_array(layers->arena, bool, count);
    uint32_t next = 0, head = 0, tail = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t t = 0; t < count; t++) {
            if (is_seen[t] || (pass == 0 && layers->spots[layers->tile_spot[t]].up_count > 0))
                continue;
            if (is_breadth) {
                is_seen[t] = true;
                waiting[tail++] = t;
                continue;
            }
            waiting[tail++] = t;
            while (tail > 0) {
                uint32_t tile = waiting[--tail];
                if (is_seen[tile])
                    continue;
                is_seen[tile] = true;
                numbers[tile] = next++;
                const Spot *spot = &layers->spots[layers->tile_spot[tile]];
                for (uint32_t k = spot->down_count; k-- > 0;) {
                    uint32_t lower = lower_tile(layers, layers->downs[spot->down + k]);
                    if (lower != GRAPH_NONE && !is_seen[lower])
                        waiting[tail++] = lower;
                }
            }
        }
        while (head < tail && is_breadth) {
            uint32_t tile = waiting[head++];
            numbers[tile] = next++;
            const Spot *spot = &layers->spots[layers->tile_spot[tile]];
            for (uint32_t k = 0; k < spot->down_count; k++) {
                uint32_t lower = lower_tile(layers, layers->downs[spot->down + k]);
                if (lower == GRAPH_NONE || is_seen[lower])
                    continue;
                is_seen[lower] = true;
                waiting[tail++] = lower;
            }
        }
    }
}

static int64_t end_number(const Seeds *seeds, const PlanEnd *end) {
    return end->is_group ? seeds->group[end->index]
                         : seeds->spot[seeds->layers->tile_spot[end->index]];
}

static void number_all(Seeds *seeds) {
    enum { STEP = 1024 };
    Layers *layers = seeds->layers;
    const Plan *plan = layers->plan;
    uint32_t *numbers = arena_array(layers->arena, uint32_t, plan->tile_count);
    for (uint32_t t = 0; t < plan->tile_count; t++)
        numbers[t] = t;
    if (layers->variant.seed != SEED_INPUT)
        walk(layers, layers->variant.seed == SEED_BREADTH, numbers);
    for (uint32_t g = 0; g < plan->group_count; g++)
        seeds->group[g] = INT64_MAX;
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        int64_t number = (int64_t)numbers[t] * STEP;
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
        return has_border || !seeds->layers->variant.is_mirrored ? key_a < key_b : key_a > key_b;
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

void graph_seed_rows(Layers *layers) {
    Arena *arena = layers->arena;
    Seeds seeds = {
        .layers = layers,
        .spot = arena_array(arena, int64_t, layers->spot_count),
        .group = arena_array(arena, int64_t, layers->plan->group_count),
    };
    number_all(&seeds);
    uint32_t *buffer = arena_array(arena, uint32_t, layers->spot_count);
    for (uint32_t i = 0; i < layers->row_count; i++) {
        layers->rows[i].spots = arena_array(arena, uint32_t, layers->rows[i].count);
        layers->rows[i].count = 0;
    }
    for (uint32_t s = 0; s < layers->spot_count; s++) {
        Row *row = &layers->rows[layers->spots[s].row];
        row->spots[row->count++] = s;
    }
    for (uint32_t i = 0; i < layers->row_count; i++) {
        Row *row = &layers->rows[i];
        merge_sort(&seeds, row->spots, buffer, row->count);
        for (uint32_t k = 0; k < row->count; k++)
            layers->spots[row->spots[k]].place = k;
    }
}
