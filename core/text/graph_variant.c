/* SPDX-License-Identifier: MIT
 * graph_variant.c - solves a plan in several ways and keeps the best order.
 *
 * Fewer crossings win, then the earlier variant: the first follows the author's order. Work is
 * counted in steps, so that the choice is the same on every machine. */
#include "text/graph_internal.h"

static const Variant variants[] = {
    {.cycles = CYCLE_DEPTH_FIRST},
    {.cycles = CYCLE_DEPTH_FIRST, .compact_groups = true},
    {.cycles = CYCLE_DEPTH_FIRST, .bends_outside = true},
    {.cycles = CYCLE_DEPTH_FIRST, .compact_groups = true, .bends_outside = true},
    {.cycles = CYCLE_GREEDY},
    {.cycles = CYCLE_STATEMENTS},
};

static bool is_useful(const Plan *plan, const Variant *variant) {
    return plan->group_count > 0 || (!variant->compact_groups && !variant->bends_outside);
}

static Layers *order_variant(const Plan *plan, const Variant *variant, Arena *arena,
                             size_t *budget) {
    Layers *layers = arena_new(arena, Layers);
    layers->plan = plan;
    layers->arena = arena;
    layers->variant = *variant;
    layers->budget = budget;
    graph_break_cycles(layers);
    graph_rank(layers);
    if (!graph_make_spots(layers))
        return NULL;
    graph_order(layers);
    return layers;
}

Layers *graph_solve(const Plan *plan, Arena *arena, size_t *budget, size_t *tried) {
    Layers *best = NULL;
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        if (best && (best->crossings == 0 || *budget == 0))
            break;
        if (!is_useful(plan, &variants[i]))
            continue;
        Layers *layers = order_variant(plan, &variants[i], arena, budget);
        ++*tried;
        if (layers && (!best || layers->crossings < best->crossings))
            best = layers;
    }
    if (!best)
        return NULL;
    graph_stand_beside(best);
    graph_place(best);
    graph_stack(best);
    return best;
}
