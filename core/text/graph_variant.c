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
    {.cycles = CYCLE_DEPTH_FIRST, .is_tiered = true, .compact_groups = true},
    {.cycles = CYCLE_DEPTH_FIRST, .is_tiered = true, .is_strict = true},
    {.cycles = CYCLE_GREEDY, .is_tiered = true, .compact_groups = true},
    {.cycles = CYCLE_GREEDY, .is_tiered = true, .is_strict = true, .compact_groups = true},
    {.cycles = CYCLE_DEPTH_FIRST, .compact_groups = true, .bends_outside = true},
    {.cycles = CYCLE_GREEDY},
    {.cycles = CYCLE_STATEMENTS},
};

static bool runs_up(const Layers *layers) {
    for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
        if (layers->flow[e] == FLOW_UP)
            return true;
    }
    return false;
}

/* Without groups or without cycles some variants are the first one again. */
static bool is_useful(const Plan *plan, const Variant *variant, const Layers *first) {
    if (variant->compact_groups || variant->bends_outside || variant->is_tiered)
        return plan->group_count > 0;
    return variant->cycles == CYCLE_DEPTH_FIRST || !first || runs_up(first);
}

static Layers *order_variant(const Plan *plan, const Variant *variant, int64_t goal, Arena *arena,
                             size_t *budget) {
    Layers *layers = arena_new(arena, Layers);
    layers->plan = plan;
    layers->arena = arena;
    layers->variant = *variant;
    layers->budget = budget;
    layers->goal = goal;
    graph_break_cycles(layers);
    graph_rank(layers);
    if (!graph_make_spots(layers))
        return NULL;
    graph_order(layers);
    return layers;
}

/* --- what a reader sees --- */

static bool is_same_end(const PlanEnd *a, const PlanEnd *b) {
    return a->index == b->index && a->is_group == b->is_group;
}

static bool share_end(const PlanEdge *a, const PlanEdge *b) {
    return is_same_end(&a->from, &b->from) || is_same_end(&a->from, &b->to) ||
           is_same_end(&a->to, &b->from) || is_same_end(&a->to, &b->to);
}

static bool is_crossing(const Layers *layers, const Link *a, const Link *b) {
    uint32_t upper_a = layers->spots[a->upper].place, upper_b = layers->spots[b->upper].place;
    uint32_t lower_a = layers->spots[a->lower].place, lower_b = layers->spots[b->lower].place;
    return (upper_a < upper_b && lower_a > lower_b) || (upper_a > upper_b && lower_a < lower_b);
}

/* What the crossing of two links costs: nothing for edges that meet at an end. */
static int64_t crossing_cost(const Layers *layers, const Link *a, const Link *b) {
    enum { EDGES = 4, BORDER = 5 };
    if (!is_crossing(layers, a, b))
        return 0;
    if (a->edge == GRAPH_NONE || b->edge == GRAPH_NONE)
        return BORDER;
    const PlanEdge *edges = layers->plan->edges;
    return share_end(&edges[a->edge], &edges[b->edge]) ? 0 : EDGES;
}

static int64_t count_seen(Layers *layers) {
    int64_t sum = 0;
    for (uint32_t i = 0; i + 1 < layers->row_count; i++) {
        const Row *row = &layers->rows[i];
        for (uint32_t p = 0; p < row->count; p++) {
            const Spot *left = &layers->spots[row->spots[p]];
            for (uint32_t q = p + 1; q < row->count; q++) {
                const Spot *right = &layers->spots[row->spots[q]];
                for (uint32_t k = 0; k < left->down_count * right->down_count; k++)
                    sum += crossing_cost(
                        layers, &layers->links[layers->downs[left->down + k % left->down_count]],
                        &layers->links[layers->downs[right->down + k / left->down_count]]);
                graph_spend(layers, left->down_count * right->down_count);
            }
        }
    }
    return sum;
}

/* A picture that is not wider is shown in full on usual pages. */
static Unit page_width(const Plan *plan) {
    enum { USUAL_PAGE = 760 * GRAPH_UNIT };
    return plan->max_width < USUAL_PAGE ? plan->max_width : USUAL_PAGE;
}

/* What a picture costs: its area, the length of its edges, and what stands out of the page. */
static int64_t cost_of(const Layers *layers) {
    enum { EDGE_BREADTH = 16 * GRAPH_UNIT };
    Unit width, height;
    int64_t length = 0;
    graph_measure(layers, &width, &height);
    for (uint32_t l = 0; l < layers->link_count; l++) {
        const Link *link = &layers->links[l];
        const Spot *upper = &layers->spots[link->upper], *lower = &layers->spots[link->lower];
        if (link->edge == GRAPH_NONE)
            continue;
        int64_t slant = (int64_t)lower->x + link->lower_port - upper->x - link->upper_port;
        length += (slant < 0 ? -slant : slant) + layers->rows[lower->row].top -
                  layers->rows[upper->row].bottom;
    }
    Unit page = page_width(layers->plan);
    int64_t beyond = width > page ? width - page : 0;
    return (width + beyond) * height + length * EDGE_BREADTH;
}

static void finish(Layers *layers) {
    graph_stand_beside(layers);
    graph_place(layers);
    graph_stack(layers);
}

typedef struct Choice {
    Layers *best;
    int64_t seen;
    int64_t cost;
} Choice;

/* Fewer crossings that a reader sees win; when they are equal, what costs less than this share. */
static void consider(Choice *choice, Layers *layers) {
    enum { ENOUGH = 97 }; /* percent */
    int64_t seen = layers->crossings > 0 ? count_seen(layers) : 0;
    if (choice->best && (seen > choice->seen || *layers->budget == 0))
        return;
    finish(layers);
    int64_t cost = cost_of(layers);
    if (choice->best && seen == choice->seen && cost > choice->cost / 100 * ENOUGH)
        return;
    *choice = (Choice){layers, seen, cost};
}

static bool is_too_wide(const Layers *layers) {
    Unit width, height;
    graph_measure(layers, &width, &height);
    return width > page_width(layers->plan) && !graph_is_sideways(layers->plan->direction);
}

Layers *graph_solve(const Plan *plan, Arena *arena, size_t *budget, size_t *tried) {
    enum { COUNT = sizeof variants / sizeof *variants };
    Layers *layers[COUNT];
    size_t count = 0;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < COUNT; i++) {
        if (count > 0 && *budget == 0)
            break;
        if (!is_useful(plan, &variants[i], count > 0 ? layers[0] : NULL))
            continue;
        Layers *made = order_variant(plan, &variants[i], least, arena, budget);
        ++*tried;
        if (!made)
            continue;
        layers[count++] = made;
        least = made->crossings < least ? made->crossings : least;
    }
    Choice choice = {0};
    for (size_t i = 0; i < count; i++) {
        if (layers[i]->crossings <= least + least / 6 + 2)
            consider(&choice, layers[i]);
    }
    if (choice.best && *budget > 0 && is_too_wide(choice.best)) {
        Variant narrow = choice.best->variant;
        narrow.is_narrow = true;
        Layers *made = order_variant(plan, &narrow, least, arena, budget);
        ++*tried;
        if (made)
            consider(&choice, made);
    }
    return choice.best;
}
