/* SPDX-License-Identifier: MIT
 * graph_rank.c - the rank of every tile and the ranks that every group spans.
 *
 * Network simplex over the edges (Gansner et al. 1993, section 2); groups by a vertex above and one
 * below their members (Sander 1996), pulled together when the variant wants compact groups. When
 * an edge has a label, ranks are doubled so that labels have ranks of their own. */
#include "text/graph_internal.h"

enum { WEAK_WEIGHT = 1, EDGE_WEIGHT = 8, GROUP_WEIGHT = 1, COMPACT_WEIGHT = 40 };

typedef struct Ranking {
    SimplexEdge *edges;
    uint32_t count, vertex_count;
} Ranking;

static void add_edge(Ranking *r, uint32_t tail, uint32_t head, uint32_t length, int32_t weight) {
    r->edges[r->count++] =
        (SimplexEdge){.tail = tail, .head = head, .length = (int32_t)length, .weight = weight};
}

/* Weak ends wish to be near each other, in either order: both hang from a vertex above. */
static void add_free(Ranking *r, const Plan *plan, const PlanEdge *edge) {
    uint32_t above = r->vertex_count++;
    add_edge(r, above, graph_lower_vertex(plan, &edge->from), 0, WEAK_WEIGHT);
    add_edge(r, above, graph_lower_vertex(plan, &edge->to), 0, WEAK_WEIGHT);
}

static void add_edges(Ranking *r, const Layers *layers) {
    const Plan *plan = layers->plan;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEdge *edge = &plan->edges[e];
        const PlanEnd *upper = &edge->from, *lower = &edge->to;
        switch (layers->flow[e]) {
        case FLOW_UP:
            upper = &edge->to;
            lower = &edge->from;
            /* fall through */
        case FLOW_DOWN:
            add_edge(r, graph_upper_vertex(plan, upper), graph_lower_vertex(plan, lower),
                     edge->length, EDGE_WEIGHT);
            break;
        case FLOW_INTO_GROUP_UP:
            upper = &edge->to;
            lower = &edge->from;
            /* fall through */
        case FLOW_INTO_GROUP:
            add_edge(r, graph_upper_vertex(plan, upper), graph_upper_vertex(plan, lower),
                     edge->length, EDGE_WEIGHT);
            break;
        default:
            add_free(r, plan, edge);
        }
    }
}

static void add_groups(Ranking *r, const Layers *layers) {
    const Plan *plan = layers->plan;
    uint32_t tiles = plan->tile_count;
    for (uint32_t t = 0; t < tiles; t++) {
        uint32_t g = plan->tiles[t].group;
        if (g == GRAPH_NONE)
            continue;
        add_edge(r, tiles + 2 * g, t, 0, 0);
        add_edge(r, t, tiles + 2 * g + 1, 0, 0);
    }
    for (uint32_t h = 0; h < plan->group_count; h++) {
        uint32_t g = plan->groups[h].parent;
        add_edge(r, tiles + 2 * h, tiles + 2 * h + 1, 0,
                 layers->variant.compact_groups ? COMPACT_WEIGHT : GROUP_WEIGHT);
        if (g == GRAPH_NONE)
            continue;
        add_edge(r, tiles + 2 * g, tiles + 2 * h, 0, 0);
        add_edge(r, tiles + 2 * h + 1, tiles + 2 * g + 1, 0, 0);
    }
}

/* Strict tiers: the whole of one sibling lies above the whole of the other. */
static void add_tiers(Ranking *r, const Layers *layers) {
    const Plan *plan = layers->plan;
    uint32_t tiles = plan->tile_count;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        uint32_t upper, lower;
        if (layers->flow[e] != FLOW_DOWN && layers->flow[e] != FLOW_UP)
            continue;
        graph_siblings(plan, &plan->edges[e], &upper, &lower);
        if (layers->flow[e] == FLOW_UP) {
            uint32_t swap = upper;
            upper = lower;
            lower = swap;
        }
        if (upper < tiles && lower < tiles)
            continue;
        add_edge(r, upper < tiles ? upper : tiles + 2 * (upper - tiles) + 1,
                 lower < tiles ? lower : tiles + 2 * (lower - tiles), 1, 0);
    }
}

static bool has_labels(const Plan *plan) {
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        if (plan->edges[e].has_label)
            return true;
    }
    return false;
}

static void widen_group(Layers *layers, uint32_t group, uint32_t rank) {
    for (; group != GRAPH_NONE; group = layers->plan->groups[group].parent) {
        if (rank < layers->group_first[group])
            layers->group_first[group] = rank;
        if (rank > layers->group_last[group])
            layers->group_last[group] = rank;
    }
}

/* A group that an edge of a member ends at from inside spans one rank more for this end. */
static void set_group_ranks(Layers *layers, const int32_t *value, uint32_t scale) {
    const Plan *plan = layers->plan;
    for (uint32_t g = 0; g < plan->group_count; g++)
        layers->group_first[g] = GRAPH_NONE;
    for (uint32_t t = 0; t < plan->tile_count; t++)
        widen_group(layers, plan->tiles[t].group, layers->tile_rank[t]);
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        bool is_up = layers->flow[e] == FLOW_INTO_GROUP_UP;
        if (!is_up && layers->flow[e] != FLOW_INTO_GROUP)
            continue;
        const PlanEnd *end = is_up ? &plan->edges[e].from : &plan->edges[e].to;
        uint32_t rank = (uint32_t)value[graph_upper_vertex(plan, end)] * scale;
        widen_group(layers, end->index, rank);
        if (rank + 1 > layers->rank_count)
            layers->rank_count = rank + 1;
    }
}

/* Texts need a rank of their own: weak edges that have some and would lie flat run down or up, in
 * the order of the tiles, which adds no cycle. True when there were any. */
static bool settle_labelled(Layers *layers, const int32_t *value) {
    const Plan *plan = layers->plan;
    bool is_changed = false;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEdge *edge = &plan->edges[e];
        bool has_text = edge->has_label || edge->from.label_width > 0 || edge->to.label_width > 0;
        if (layers->flow[e] != FLOW_FREE || !has_text || edge->from.is_group || edge->to.is_group)
            continue;
        if (value[edge->from.index] != value[edge->to.index])
            continue;
        layers->flow[e] = edge->from.index < edge->to.index ? FLOW_DOWN : FLOW_UP;
        is_changed = true;
    }
    return is_changed;
}

static void solve(Layers *layers, Ranking *ranking, int32_t *value) {
    ranking->count = 0;
    ranking->vertex_count = layers->plan->tile_count + 2 * layers->plan->group_count;
    add_edges(ranking, layers);
    add_groups(ranking, layers);
    if (layers->variant.is_strict)
        add_tiers(ranking, layers);
    graph_simplex(layers->arena, ranking->vertex_count, ranking->edges, ranking->count,
                  layers->budget, value);
}

void graph_rank(Layers *layers) {
    enum { MOST_ROUNDS = 8 };
    const Plan *plan = layers->plan;
    Arena *arena = layers->arena;
    uint32_t vertices = plan->tile_count + 2 * plan->group_count;
    Ranking ranking = {0};
    ranking.edges = arena_array(
        arena, SimplexEdge, 3 * plan->edge_count + 2 * plan->tile_count + 3 * plan->group_count);
    int32_t *value = arena_array(arena, int32_t, vertices + plan->edge_count);
    solve(layers, &ranking, value);
    for (int i = 0; i < MOST_ROUNDS && settle_labelled(layers, value); i++)
        solve(layers, &ranking, value);
    graph_shift_ranks(layers, value);
    int32_t least = INT32_MAX;
    for (uint32_t t = 0; t < plan->tile_count; t++)
        least = value[t] < least ? value[t] : least;
    for (uint32_t v = 0; v < vertices; v++)
        value[v] -= least;
    uint32_t scale = !has_labels(plan) ? 1 : layers->variant.is_narrow ? 3 : 2;
    layers->rank_scale = scale;
    layers->tile_rank = arena_array(arena, uint32_t, plan->tile_count);
    layers->group_first = arena_array(arena, uint32_t, plan->group_count);
    layers->group_last = arena_array(arena, uint32_t, plan->group_count);
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        layers->tile_rank[t] = (uint32_t)value[t] * scale;
        if (layers->tile_rank[t] + 1 > layers->rank_count)
            layers->rank_count = layers->tile_rank[t] + 1;
    }
    set_group_ranks(layers, value, scale);
}
