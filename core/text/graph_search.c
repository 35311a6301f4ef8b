/* SPDX-License-Identifier: MIT
 * graph_search.c - from which orders the sweeps start, and what is tried once they rest.
 *
 * The author's order first, walks along the edges, fixed shuffles; then sibling groups change
 * places as a whole, which sweeps cannot do. The order with the fewest crossings is kept. */
#include "text/graph_order.h"

#include <string.h>

/* Where two groups lie in a row; false when one of them is not there. */
static bool find_groups(const Order *o, const Row *row, uint32_t a, uint32_t b, Kid *left,
                        Kid *right) {
    const Layers *layers = o->layers;
    *left = *right = (Kid){0};
    for (uint32_t i = 0; i < row->count; i++) {
        const Spot *spot = &layers->spots[row->spots[i]];
        if (spot->kind != SPOT_LEFT || (spot->owner != a && spot->owner != b))
            continue;
        *(left->count ? right : left) =
            (Kid){.start = i, .count = graph_kid_length(layers, row->spots, i)};
    }
    return right->count > 0;
}

static bool has_group_between(const Order *o, const Row *row, Kid left, Kid right) {
    for (uint32_t i = left.start + left.count; i < right.start; i++) {
        if (o->layers->spots[row->spots[i]].kind == SPOT_LEFT)
            return true;
    }
    return false;
}

static void exchange_apart(Order *o, uint32_t *row, Kid left, Kid right) {
    uint32_t from = left.start, to = right.start + right.count, used = from;
    uint32_t between = left.start + left.count;
    memcpy(o->buffer + used, row + right.start, sizeof *row * right.count);
    used += right.count;
    memcpy(o->buffer + used, row + between, sizeof *row * (right.start - between));
    used += right.start - between;
    memcpy(o->buffer + used, row + from, sizeof *row * left.count);
    memcpy(row + from, o->buffer + from, sizeof *row * (to - from));
    for (uint32_t i = from; i < to; i++)
        o->layers->spots[row[i]].place = i;
}

/* Sibling groups that are next to each other wherever both are change places in all rows. */
static bool exchange_groups(Order *o, uint32_t a, uint32_t b) {
    Layers *layers = o->layers;
    Kid left, right;
    bool meet = false;
    for (uint32_t i = 0; i < layers->row_count; i++) {
        if (!find_groups(o, &layers->rows[i], a, b, &left, &right))
            continue;
        if (has_group_between(o, &layers->rows[i], left, right))
            return false;
        meet = true;
    }
    for (uint32_t i = 0; meet && i < layers->row_count; i++) {
        if (find_groups(o, &layers->rows[i], a, b, &left, &right))
            exchange_apart(o, layers->rows[i].spots, left, right);
    }
    return meet;
}

/* Tries each pair of siblings from the best order; true when one was better. */
static bool try_groups(Order *o) {
    Layers *layers = o->layers;
    const Plan *plan = layers->plan;
    bool is_better = false;
    for (uint32_t a = 0; a < plan->group_count; a++) {
        for (uint32_t b = a + 1; b < plan->group_count; b++) {
            if (plan->groups[a].parent != plan->groups[b].parent)
                continue;
            int64_t before = layers->crossings;
            if (before == 0 || *layers->budget == 0)
                return false;
            graph_take_best(o);
            if (exchange_groups(o, a, b))
                graph_improve(o);
            is_better |= layers->crossings < before;
        }
    }
    return is_better;
}

static const Start starts[] = {
    {.seed = SEED_DEPTH},
    {.seed = SEED_INPUT, .begins_up = true},
    {.seed = SEED_DEPTH, .uses_medians = true, .is_mirrored = true},
    {.seed = SEED_BREADTH, .uses_medians = true},
    {.seed = SEED_DEPTH, .begins_up = true, .uses_medians = true},
    {.seed = SEED_BREADTH, .is_mirrored = true},
    {.seed = SEED_INPUT, .uses_medians = true},
    {.seed = SEED_INPUT, .is_mirrored = true},
};

/* Another variant has far fewer already. */
static bool is_hopeless(const Layers *layers) {
    return layers->goal < layers->crossings / 2 - 4;
}

static void try_starts(Order *o) {
    enum { SHUFFLES = 6, HOPEFUL_STARTS = 3 };
    Layers *layers = o->layers;
    for (size_t i = 0; i < sizeof starts / sizeof *starts + SHUFFLES; i++) {
        if (i > 0 && (layers->crossings == 0 || *layers->budget == 0))
            return;
        if (i == HOPEFUL_STARTS && is_hopeless(layers))
            return;
        uint32_t which = (uint32_t)(i - sizeof starts / sizeof *starts);
        Start shuffled = {.seed = SEED_SHUFFLED,
                          .shuffle = which,
                          .uses_medians = which % 2 == 1,
                          .begins_up = which % 4 > 1};
        o->start = i < sizeof starts / sizeof *starts ? starts[i] : shuffled;
        graph_seed_rows(layers, &o->start);
        graph_improve(o);
    }
}

void graph_order(Layers *layers) {
    enum { GROUP_ROUNDS = 4 };
    Arena *arena = layers->arena;
    uint32_t widest = 1;
    for (uint32_t i = 0; i < layers->row_count; i++)
        widest = layers->rows[i].count > widest ? layers->rows[i].count : widest;
    Order order = {
        .layers = layers,
        .keys = arena_array(arena, int64_t, layers->spot_count),
        .has_key = arena_array(arena, bool, layers->spot_count),
        .kids = arena_array(arena, Kid, widest + layers->plan->group_count),
        .buffer = arena_array(arena, uint32_t, widest),
        .tree = arena_array(arena, int64_t, widest),
        .best = arena_array(arena, uint32_t, layers->spot_count),
    };
    layers->crossings = INT64_MAX;
    try_starts(&order);
    order.start = starts[0];
    for (int i = 0; i < GROUP_ROUNDS && !is_hopeless(layers) && try_groups(&order); i++) {
    }
    graph_take_best(&order);
}
