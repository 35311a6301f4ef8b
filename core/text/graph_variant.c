/* SPDX-License-Identifier: MIT
 * graph_variant.c - solves a plan in several ways and keeps the best order.
 *
 * Fewer crossings win, then the earlier variant: the first follows the author's order. Work is
 * counted in steps, so that the choice is the same on every machine. */
#include "text/graph_internal.h"

static const Variant variants[] = {
    {CYCLE_DEPTH_FIRST, .seed = 1},
    {CYCLE_DEPTH_FIRST, .seed = 0},
    {CYCLE_DEPTH_FIRST, .seed = 1, .compact_groups = true},
    {CYCLE_DEPTH_FIRST, .seed = 1, .uses_medians = true},
    {CYCLE_DEPTH_FIRST, .seed = 1, .is_mirrored = true},
    {CYCLE_DEPTH_FIRST, .seed = 2, .uses_medians = true},
    {CYCLE_DEPTH_FIRST, .seed = 1, .bends_outside = true},
    {CYCLE_DEPTH_FIRST, .seed = 0, .compact_groups = true, .uses_medians = true},
    {CYCLE_DEPTH_FIRST, .seed = 2, .is_mirrored = true},
    {CYCLE_DEPTH_FIRST, .seed = 1, .bends_outside = true, .compact_groups = true},
    {CYCLE_GREEDY, .seed = 1},
    {CYCLE_STATEMENTS, .seed = 1},
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
    graph_place(best);
    graph_stack(best);
    return best;
}
