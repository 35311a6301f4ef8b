/* SPDX-License-Identifier: MIT
 * graph_spot.c - cuts edges into pieces from row to row: bends, labels, ports and group borders.
 *
 * Bends for long edges are Sugiyama, Tagawa, Toda (1981); a label as a bend with a size of its own
 * is Gansner et al. (1993) and Eiglsperger, Siebenhaller, Kaufmann (2005); borders of groups as
 * chains of spots, so that they count as edges that should not be crossed, Sander (1996). */
#include "text/graph_internal.h"

enum { MOST_SPOTS = 60000, BORDER_WEIGHT = 6 };

typedef struct Span {
    uint32_t upper, lower; /* ranks */
    uint32_t label;        /* rank, GRAPH_NONE: no label or flat */
} Span;

static uint32_t clamp(uint32_t value, uint32_t least, uint32_t most) {
    return value < least ? least : value > most ? most : value;
}

/* The rank of an end of a weak edge: a group offers all its ranks. */
static uint32_t free_rank(const Layers *layers, const PlanEnd *end, const PlanEnd *other) {
    if (!end->is_group)
        return layers->tile_rank[end->index];
    uint32_t wish =
        other->is_group ? layers->group_first[other->index] : layers->tile_rank[other->index];
    return clamp(wish, layers->group_first[end->index], layers->group_last[end->index]);
}

/* Turns weak edges into ones that run down or up, now that ranks are known. */
static void settle_free(Layers *layers) {
    const Plan *plan = layers->plan;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        if (layers->flow[e] != FLOW_FREE)
            continue;
        const PlanEdge *edge = &plan->edges[e];
        uint32_t from = free_rank(layers, &edge->from, &edge->to);
        uint32_t to = free_rank(layers, &edge->to, &edge->from);
        if (from != to)
            layers->flow[e] = from < to ? FLOW_DOWN : FLOW_UP;
    }
}

static bool is_up(const Layers *layers, uint32_t edge) {
    return layers->flow[edge] == FLOW_UP || layers->flow[edge] == FLOW_INTO_GROUP_UP;
}

static const PlanEnd *upper_end(const Layers *layers, uint32_t edge) {
    const PlanEdge *e = &layers->plan->edges[edge];
    return is_up(layers, edge) ? &e->to : &e->from;
}

static const PlanEnd *lower_end(const Layers *layers, uint32_t edge) {
    const PlanEdge *e = &layers->plan->edges[edge];
    return is_up(layers, edge) ? &e->from : &e->to;
}

static bool ends_inside(const Layers *layers, uint32_t edge) {
    return layers->flow[edge] == FLOW_INTO_GROUP || layers->flow[edge] == FLOW_INTO_GROUP_UP;
}

static Span span_of(const Layers *layers, uint32_t edge) {
    const PlanEnd *upper = upper_end(layers, edge), *lower = lower_end(layers, edge);
    Span span = {.label = GRAPH_NONE};
    span.upper =
        upper->is_group ? layers->group_last[upper->index] : layers->tile_rank[upper->index];
    if (!lower->is_group)
        span.lower = layers->tile_rank[lower->index];
    else if (ends_inside(layers, edge))
        span.lower = layers->group_last[lower->index];
    else
        span.lower = layers->group_first[lower->index];
    return span;
}

/* Labels stand between the ranks of tiles, near the middle of the edge, rather towards its start;
 * in a narrow picture every second one a row further down. `turns` counts those of each gap. */
static void choose_label_rank(const Layers *layers, uint32_t edge, Span *span, uint32_t *turns) {
    uint32_t scale = layers->rank_scale;
    if (!layers->plan->edges[edge].has_label || span->upper >= span->lower)
        return;
    uint32_t gaps = (span->lower - span->upper) / scale;
    uint32_t gap = span->upper / scale + (is_up(layers, edge) ? gaps / 2 : (gaps - 1) / 2);
    span->label = gap * scale + 1 + (scale > 2 ? turns[gap]++ % 2 : 0);
}

static void number_rows(Layers *layers, const Span *spans) {
    bool *is_kept = arena_array(layers->arena, bool, layers->rank_count);
    layers->rank_row = arena_array(layers->arena, uint32_t, layers->rank_count);
    for (uint32_t r = 0; r < layers->rank_count; r++)
        is_kept[r] = r % layers->rank_scale == 0;
    for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
        if (spans[e].label != GRAPH_NONE)
            is_kept[spans[e].label] = true;
    }
    layers->row_count = 0;
    for (uint32_t r = 0; r < layers->rank_count; r++)
        layers->rank_row[r] = is_kept[r] ? layers->row_count++ : GRAPH_NONE;
}

static uint32_t row_of(const Layers *layers, uint32_t rank) {
    return layers->rank_row[rank];
}

static bool count_spots(const Layers *layers, const Span *spans, uint32_t *spots, uint32_t *links) {
    const Plan *plan = layers->plan;
    size_t spot_count = plan->tile_count, link_count = 0;
    for (uint32_t g = 0; g < plan->group_count; g++) {
        size_t rows =
            row_of(layers, layers->group_last[g]) - row_of(layers, layers->group_first[g]);
        spot_count += 2 * (rows + 1);
        link_count += 2 * rows;
    }
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        if (spans[e].upper >= spans[e].lower)
            continue;
        size_t rows = row_of(layers, spans[e].lower) - row_of(layers, spans[e].upper);
        spot_count += rows + 1;
        link_count += rows;
    }
    *spots = (uint32_t)spot_count;
    *links = (uint32_t)link_count;
    return spot_count <= MOST_SPOTS;
}

static uint32_t add_spot(Layers *layers, SpotKind kind, uint32_t owner, uint32_t group,
                         uint32_t row) {
    layers->spots[layers->spot_count] =
        (Spot){.kind = kind, .owner = owner, .group = group, .row = row};
    layers->rows[row].count++;
    return layers->spot_count++;
}

static void add_link(Layers *layers, uint32_t upper, uint32_t lower, uint32_t edge,
                     int32_t weight) {
    layers->links[layers->link_count++] =
        (Link){.upper = upper, .lower = lower, .edge = edge, .weight = weight};
    layers->spots[upper].down_count++;
    layers->spots[lower].up_count++;
}

static void add_borders(Layers *layers) {
    for (uint32_t g = 0; g < layers->plan->group_count; g++) {
        uint32_t first = row_of(layers, layers->group_first[g]);
        uint32_t last = row_of(layers, layers->group_last[g]);
        for (uint32_t row = first; row <= last; row++) {
            uint32_t left = add_spot(layers, SPOT_LEFT, g, g, row);
            uint32_t right = add_spot(layers, SPOT_RIGHT, g, g, row);
            if (row == first)
                continue;
            add_link(layers, left - 2, left, GRAPH_NONE, BORDER_WEIGHT);
            add_link(layers, right - 2, right, GRAPH_NONE, BORDER_WEIGHT);
        }
    }
}

static uint32_t depth_of(const Plan *plan, uint32_t group) {
    uint32_t depth = 0;
    for (; group != GRAPH_NONE; group = plan->groups[group].parent)
        depth++;
    return depth;
}

/* The innermost group around both ends. */
static uint32_t common_group(const Plan *plan, uint32_t a, uint32_t b) {
    uint32_t depth_a = depth_of(plan, a), depth_b = depth_of(plan, b);
    for (; depth_a > depth_b; depth_a--)
        a = plan->groups[a].parent;
    for (; depth_b > depth_a; depth_b--)
        b = plan->groups[b].parent;
    while (a != b) {
        a = plan->groups[a].parent;
        b = plan->groups[b].parent;
    }
    return a;
}

static uint32_t inner_group(const Layers *layers, uint32_t group, uint32_t common, uint32_t row) {
    for (; group != common; group = layers->plan->groups[group].parent) {
        if (row >= row_of(layers, layers->group_first[group]) &&
            row <= row_of(layers, layers->group_last[group]))
            return group;
    }
    return common;
}

/* The group in which an edge passes a row: that of its upper or lower end as long as only one of
 * them reaches here. */
static uint32_t bend_group(const Layers *layers, uint32_t upper, uint32_t lower, uint32_t row) {
    uint32_t common = common_group(layers->plan, upper, lower);
    if (layers->variant.bends_outside)
        return common;
    uint32_t a = inner_group(layers, upper, common, row),
             b = inner_group(layers, lower, common, row);
    if (a == common)
        return b;
    return b == common ? a : common;
}

static uint32_t group_around(const Plan *plan, const PlanEnd *end) {
    return end->is_group ? plan->groups[end->index].parent : plan->tiles[end->index].group;
}

static uint32_t end_spot(Layers *layers, const PlanEnd *end, uint32_t edge, uint32_t rank) {
    if (!end->is_group)
        return layers->tile_spot[end->index];
    return add_spot(layers, SPOT_PORT, edge, end->index, row_of(layers, rank));
}

static void add_chain(Layers *layers, uint32_t edge, const Span *span, uint32_t *used) {
    Chain *chain = &layers->chains[edge];
    chain->is_reversed = is_up(layers, edge);
    if (span->upper >= span->lower)
        return;
    const PlanEnd *upper = upper_end(layers, edge), *lower = lower_end(layers, edge);
    uint32_t group_upper = group_around(layers->plan, upper);
    uint32_t group_lower =
        ends_inside(layers, edge) ? lower->index : group_around(layers->plan, lower);
    uint32_t first = row_of(layers, span->upper), last = row_of(layers, span->lower);
    uint32_t label = span->label == GRAPH_NONE ? GRAPH_NONE : row_of(layers, span->label);
    chain->start = *used;
    chain->count = last - first + 1;
    *used += chain->count;
    uint32_t *spots = layers->chain_spots + chain->start;
    spots[0] = end_spot(layers, upper, edge, span->upper);
    for (uint32_t row = first + 1; row < last; row++) {
        uint32_t group = bend_group(layers, group_upper, group_lower, row);
        spots[row - first] =
            add_spot(layers, row == label ? SPOT_LABEL : SPOT_BEND, edge, group, row);
    }
    spots[last - first] = end_spot(layers, lower, edge, span->lower);
    for (uint32_t i = 1; i < chain->count; i++)
        add_link(layers, spots[i - 1], spots[i], edge, 1);
}

static void index_links(Layers *layers) {
    layers->ups = arena_array(layers->arena, uint32_t, layers->link_count);
    layers->downs = arena_array(layers->arena, uint32_t, layers->link_count);
    uint32_t up = 0, down = 0;
    for (uint32_t s = 0; s < layers->spot_count; s++) {
        Spot *spot = &layers->spots[s];
        spot->up = up;
        spot->down = down;
        up += spot->up_count;
        down += spot->down_count;
        spot->up_count = spot->down_count = 0;
    }
    for (uint32_t l = 0; l < layers->link_count; l++) {
        Spot *upper = &layers->spots[layers->links[l].upper];
        Spot *lower = &layers->spots[layers->links[l].lower];
        layers->downs[upper->down + upper->down_count++] = l;
        layers->ups[lower->up + lower->up_count++] = l;
    }
}

static void set_reach(Layers *layers) {
    const Plan *plan = layers->plan;
    for (uint32_t i = 0; i < layers->spot_count; i++) {
        Spot *spot = &layers->spots[i];
        if (spot->kind == SPOT_TILE) {
            spot->reach_left = plan->tiles[spot->owner].reach_left;
            spot->reach_right = plan->tiles[spot->owner].reach_right;
        } else if (spot->kind == SPOT_LABEL) {
            spot->reach_left = spot->reach_right = plan->edges[spot->owner].label_half;
        } else if (spot->kind == SPOT_RIGHT) {
            spot->reach_right = plan->groups[spot->owner].loop_reach;
        }
    }
}

bool graph_flat_tiles(const Layers *layers, uint32_t edge, uint32_t *from, uint32_t *to) {
    const PlanEdge *e = &layers->plan->edges[edge];
    if (layers->chains[edge].count > 0 || e->from.is_group || e->to.is_group)
        return false;
    *from = layers->tile_spot[e->from.index];
    *to = layers->tile_spot[e->to.index];
    return true;
}

bool graph_make_spots(Layers *layers) {
    const Plan *plan = layers->plan;
    Arena *arena = layers->arena;
    settle_free(layers);
    Span *spans = arena_array(arena, Span, plan->edge_count);
    uint32_t *turns = arena_array(arena, uint32_t, layers->rank_count);
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        spans[e] = span_of(layers, e);
        choose_label_rank(layers, e, &spans[e], turns);
    }
    number_rows(layers, spans);
    uint32_t spot_count, link_count;
    if (!count_spots(layers, spans, &spot_count, &link_count))
        return false;
    layers->spots = arena_array(arena, Spot, spot_count);
    layers->links = arena_array(arena, Link, link_count);
    layers->rows = arena_array(arena, Row, layers->row_count);
    layers->chains = arena_array(arena, Chain, plan->edge_count);
    layers->chain_spots = arena_array(arena, uint32_t, link_count + plan->edge_count);
    layers->tile_spot = arena_array(arena, uint32_t, plan->tile_count);
    for (uint32_t t = 0; t < plan->tile_count; t++)
        layers->tile_spot[t] = add_spot(layers, SPOT_TILE, t, plan->tiles[t].group,
                                        row_of(layers, layers->tile_rank[t]));
    add_borders(layers);
    uint32_t used = 0;
    for (uint32_t e = 0; e < plan->edge_count; e++)
        add_chain(layers, e, &spans[e], &used);
    index_links(layers);
    set_reach(layers);
    return true;
}
