/* SPDX-License-Identifier: MIT
 * graph_shift.c - evens out ranks after the network simplex.
 *
 * A tile whose edges become no longer moves to the rank of its range that is narrowest (Gansner et
 * al. 1993, section 2.4). In a narrow picture the leaves of one parent stand in several ranks. */
#include "text/graph_internal.h"

enum { MANY_LEAVES = 4, VERY_MANY_LEAVES = 9 };

typedef struct Shift {
    Layers *layers;
    int32_t *value;
    int32_t *low, *high; /* ranks between which a tile may move */
    int32_t *in, *out;   /* edges of a tile */
    int64_t *width;      /* of the ranks */
    uint32_t *parent;    /* of a leaf, GRAPH_NONE for others */
    int32_t first, last; /* ranks */
} Shift;

static bool find_ends(const Shift *s, uint32_t edge, const PlanEnd **upper, const PlanEnd **lower) {
    const PlanEdge *e = &s->layers->plan->edges[edge];
    bool is_up = s->layers->flow[edge] == FLOW_UP;
    *upper = is_up ? &e->to : &e->from;
    *lower = is_up ? &e->from : &e->to;
    return is_up || s->layers->flow[edge] == FLOW_DOWN;
}

static int32_t least(int32_t a, int32_t b) {
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* A tile stays within the ranks of its group as they are. */
static void find_ranges(Shift *s) {
    const Plan *plan = s->layers->plan;
    int32_t *group_low = arena_array(s->layers->arena, int32_t, plan->group_count);
    int32_t *group_high = arena_array(s->layers->arena, int32_t, plan->group_count);
    for (uint32_t g = 0; g < plan->group_count; g++) {
        group_low[g] = s->last;
        group_high[g] = s->first;
    }
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        uint32_t g = plan->tiles[t].group;
        if (g == GRAPH_NONE)
            continue;
        group_low[g] = least(group_low[g], s->value[t]);
        group_high[g] = most(group_high[g], s->value[t]);
    }
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        uint32_t g = plan->tiles[t].group;
        s->low[t] = g == GRAPH_NONE ? s->first : group_low[g];
        s->high[t] = g == GRAPH_NONE ? s->last : group_high[g];
    }
}

/* Edges at tiles; a tile with an edge that is weak or ends at a group stays where it is. */
static void count_edges(Shift *s) {
    const Plan *plan = s->layers->plan;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEnd *upper, *lower;
        bool is_simple = find_ends(s, e, &upper, &lower) && !upper->is_group && !lower->is_group;
        if (!upper->is_group)
            s->out[upper->index] += is_simple ? 1 : 1000;
        if (!lower->is_group)
            s->in[lower->index] += is_simple ? 1 : 2000;
    }
}

static void limit_by_neighbours(Shift *s, uint32_t tile, int32_t *low, int32_t *high) {
    const Plan *plan = s->layers->plan;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEnd *upper, *lower;
        if (!find_ends(s, e, &upper, &lower) || upper->is_group || lower->is_group)
            continue;
        int32_t length = (int32_t)plan->edges[e].length;
        if (lower->index == tile)
            *low = most(*low, s->value[upper->index] + length);
        if (upper->index == tile)
            *high = least(*high, s->value[lower->index] - length);
    }
}

static Unit width_of(const Shift *s, uint32_t tile) {
    const Tile *t = &s->layers->plan->tiles[tile];
    return t->reach_left + t->reach_right + s->layers->plan->node_gap;
}

static void move_balanced(Shift *s) {
    const Plan *plan = s->layers->plan;
    for (uint32_t t = 0; t < plan->tile_count; t++)
        s->width[s->value[t] - s->first] += width_of(s, t);
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        if (s->in[t] != s->out[t])
            continue;
        int32_t low = s->low[t], high = s->high[t], best = s->value[t];
        limit_by_neighbours(s, t, &low, &high);
        int64_t own = width_of(s, t);
        s->width[best - s->first] -= own;
        for (int32_t rank = low; rank <= high; rank++) {
            if (s->width[rank - s->first] < s->width[best - s->first])
                best = rank;
        }
        s->width[best - s->first] += own;
        s->value[t] = best;
    }
}

/* --- leaves --- */

/* A leaf hangs below its parent, a root above its only child: `is_below` says which are looked for.
 */
static void find_leaves(Shift *s, bool is_below) {
    const Plan *plan = s->layers->plan;
    for (uint32_t t = 0; t < plan->tile_count; t++)
        s->parent[t] = GRAPH_NONE;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEnd *upper, *lower;
        if (!find_ends(s, e, &upper, &lower) || upper->is_group || lower->is_group)
            continue;
        uint32_t leaf = is_below ? lower->index : upper->index;
        if ((is_below ? s->in : s->out)[leaf] == 1 && (is_below ? s->out : s->in)[leaf] == 0)
            s->parent[leaf] = is_below ? upper->index : lower->index;
    }
}

static void stack_leaves(Shift *s, bool is_below) {
    const Plan *plan = s->layers->plan;
    find_leaves(s, is_below);
    for (uint32_t p = 0; p < plan->tile_count; p++) {
        int32_t count = 0, next = 0;
        for (uint32_t t = 0; t < plan->tile_count; t++)
            count += s->parent[t] == p;
        if (count < MANY_LEAVES)
            continue;
        for (uint32_t t = 0; t < plan->tile_count; t++) {
            if (s->parent[t] != p)
                continue;
            int32_t by = next++ % (count < VERY_MANY_LEAVES ? 2 : 3);
            s->value[t] += is_below ? by : -by;
        }
    }
}

/* Members without edges of a group that has one rank go half below it. */
static void stack_lone(Shift *s) {
    const Plan *plan = s->layers->plan;
    for (uint32_t g = 0; g < plan->group_count; g++) {
        int32_t count = 0, lone = 0;
        bool is_one_rank = true;
        for (uint32_t t = 0; t < plan->tile_count; t++) {
            if (plan->tiles[t].group != g)
                continue;
            count++;
            lone += s->in[t] + s->out[t] == 0;
            is_one_rank &= s->low[t] == s->high[t];
        }
        if (!is_one_rank || count < MANY_LEAVES)
            continue;
        int32_t moves = least(lone, count / 2);
        for (uint32_t t = plan->tile_count; t-- > 0 && moves > 0;) {
            if (plan->tiles[t].group != g || s->in[t] + s->out[t] > 0)
                continue;
            s->value[t]++;
            moves--;
        }
    }
}

/* Moved leaves would make their group longer, which edges to groups do not bear. */
static bool may_stack(const Layers *layers) {
    if (!layers->variant.is_narrow || layers->variant.is_strict)
        return false;
    for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
        if (layers->plan->edges[e].from.is_group || layers->plan->edges[e].to.is_group)
            return false;
    }
    return true;
}

void graph_shift_ranks(Layers *layers, int32_t *value) {
    const Plan *plan = layers->plan;
    Arena *arena = layers->arena;
    uint32_t count = plan->tile_count;
    if (count == 0 || !graph_spend(layers, (size_t)count * plan->edge_count))
        return;
    Shift s = {
        .layers = layers,
        .value = value,
        .low = arena_array(arena, int32_t, count),
        .high = arena_array(arena, int32_t, count),
        .in = arena_array(arena, int32_t, count),
        .out = arena_array(arena, int32_t, count),
        .parent = arena_array(arena, uint32_t, count),
        .first = INT32_MAX,
        .last = INT32_MIN,
    };
    for (uint32_t t = 0; t < count; t++) {
        s.first = least(s.first, value[t]);
        s.last = most(s.last, value[t]);
    }
    s.width = arena_array(arena, int64_t, (size_t)(s.last - s.first) + 1);
    find_ranges(&s);
    count_edges(&s);
    move_balanced(&s);
    if (may_stack(layers)) {
        stack_leaves(&s, true);
        stack_leaves(&s, false);
        stack_lone(&s);
    }
}
