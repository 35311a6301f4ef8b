/* SPDX-License-Identifier: MIT
 * graph_plan.c - cuts a scope into parts that do not touch and turns each into a Plan that flows
 * downwards. */
#include "text/graph_internal.h"

#include <math.h>

enum { MOST_LENGTH = 20 };

typedef struct Maker {
    Canvas *canvas;
    uint32_t scope;
    GraphDirection direction;
    Arena *arena;
    uint32_t *leader; /* of nodes, then of groups: which part they belong to */
    uint32_t *place;  /* tile or group in its plan */
    uint32_t *plan;   /* of the leaders */
    Plan *plans;
    uint32_t count;
} Maker;

Unit graph_unit(double pixels) {
    return (Unit)ceil(pixels * GRAPH_UNIT);
}

bool graph_is_sideways(GraphDirection direction) {
    return direction == GRAPH_LR || direction == GRAPH_RL;
}

static uint32_t find(Maker *m, uint32_t id) {
    while (m->leader[id] != id) {
        m->leader[id] = m->leader[m->leader[id]];
        id = m->leader[id];
    }
    return id;
}

static void unite(Maker *m, uint32_t a, uint32_t b) {
    a = find(m, a);
    b = find(m, b);
    if (a < b)
        m->leader[b] = a;
    else
        m->leader[a] = b;
}

static uint32_t group_id(const Maker *m, uint32_t group) {
    return (uint32_t)m->canvas->graph->node_count + group;
}

static uint32_t end_id(const Maker *m, const GraphEnd *end) {
    return end->node != GRAPH_NONE ? end->node : group_id(m, end->group);
}

static bool is_compound(const Canvas *canvas, uint32_t group) {
    return group != GRAPH_NONE && canvas->group_box[group] == GRAPH_NONE;
}

static uint32_t end_scope(const Canvas *canvas, const GraphEnd *end) {
    return end->node != GRAPH_NONE ? canvas->node_scope[end->node]
                                   : canvas->group_scope[end->group];
}

static bool is_loop(const GraphEdge *edge) {
    return edge->from.node == edge->to.node && edge->from.group == edge->to.group;
}

static bool is_mine(const Maker *m, const GraphEdge *edge) {
    return !is_loop(edge) && end_scope(m->canvas, &edge->from) == m->scope;
}

static void find_parts(Maker *m) {
    const Canvas *canvas = m->canvas;
    const Graph *graph = canvas->graph;
    for (uint32_t i = 0; i < graph->node_count + graph->group_count; i++)
        m->leader[i] = i;
    for (uint32_t n = 0; n < graph->node_count; n++) {
        if (canvas->node_scope[n] == m->scope && is_compound(canvas, graph->nodes[n].group))
            unite(m, n, group_id(m, graph->nodes[n].group));
    }
    for (uint32_t g = 0; g < graph->group_count; g++) {
        if (canvas->group_scope[g] == m->scope && is_compound(canvas, graph->groups[g].parent))
            unite(m, group_id(m, g), group_id(m, graph->groups[g].parent));
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        if (is_mine(m, &graph->edges[e]))
            unite(m, end_id(m, &graph->edges[e].from), end_id(m, &graph->edges[e].to));
    }
}

/* --- tiles in the author's order: a box comes where its first node does --- */

static uint32_t box_in_scope(const Maker *m, uint32_t node) {
    uint32_t scope = m->canvas->node_scope[node];
    while (scope != GRAPH_NONE && scope != m->scope) {
        uint32_t parent = m->canvas->scopes[scope].parent;
        if (parent == m->scope)
            return m->canvas->scopes[scope].group;
        scope = parent;
    }
    return GRAPH_NONE;
}

static uint32_t list_tiles(const Maker *m, uint32_t *ids) {
    const Canvas *canvas = m->canvas;
    const Graph *graph = canvas->graph;
    bool *is_listed = arena_array(m->arena, bool, graph->group_count);
    uint32_t count = 0;
    for (uint32_t n = 0; n < graph->node_count; n++) {
        if (canvas->node_scope[n] == m->scope) {
            ids[count++] = n;
            continue;
        }
        uint32_t box = box_in_scope(m, n);
        if (box == GRAPH_NONE || is_listed[box])
            continue;
        is_listed[box] = true;
        ids[count++] = group_id(m, box);
    }
    for (uint32_t g = 0; g < graph->group_count; g++) {
        if (canvas->group_scope[g] == m->scope && !is_compound(canvas, g) && !is_listed[g])
            ids[count++] = group_id(m, g);
    }
    return count;
}

static void number_plans(Maker *m, const uint32_t *ids, uint32_t count) {
    const Graph *graph = m->canvas->graph;
    for (uint32_t i = 0; i < graph->node_count + graph->group_count; i++)
        m->plan[i] = GRAPH_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t leader = find(m, ids[i]);
        if (m->plan[leader] == GRAPH_NONE)
            m->plan[leader] = m->count++;
    }
    m->plans = arena_array(m->arena, Plan, m->count);
    for (uint32_t i = 0; i < count; i++)
        m->plans[m->plan[find(m, ids[i])]].tile_count++;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        if (m->canvas->group_scope[g] == m->scope && is_compound(m->canvas, g))
            m->plans[m->plan[find(m, group_id(m, g))]].group_count++;
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        if (is_mine(m, &graph->edges[e]))
            m->plans[m->plan[find(m, end_id(m, &graph->edges[e].from))]].edge_count++;
    }
    for (uint32_t p = 0; p < m->count; p++) {
        Plan *plan = &m->plans[p];
        plan->direction = m->direction;
        plan->max_width = m->canvas->max_width;
        plan->node_gap = m->canvas->node_gap;
        plan->rank_gap = m->canvas->rank_gap;
        plan->edge_gap = m->canvas->edge_gap;
        plan->tiles = arena_array(m->arena, Tile, plan->tile_count);
        plan->groups = arena_array(m->arena, PlanGroup, plan->group_count);
        plan->edges = arena_array(m->arena, PlanEdge, plan->edge_count);
        plan->tile_count = plan->group_count = plan->edge_count = 0;
    }
}

static Plan *plan_of(Maker *m, uint32_t id) {
    return &m->plans[m->plan[find(m, id)]];
}

/* --- filling --- */

static Unit across(const Maker *m, double width, double height) {
    return graph_unit(graph_is_sideways(m->direction) ? height : width);
}

static Unit along(const Maker *m, double width, double height) {
    return graph_unit(graph_is_sideways(m->direction) ? width : height);
}

static void set_insets(const Maker *m, const GraphGroup *group, PlanGroup *out) {
    Unit padding = graph_unit(group->padding);
    Side title = m->direction == GRAPH_TB   ? SIDE_TOP
                 : m->direction == GRAPH_BT ? SIDE_BOTTOM
                                            : SIDE_LEFT;
    for (int side = 0; side < SIDE_COUNT; side++)
        out->inset[side] = padding;
    out->inset[title] += graph_unit(group->title_height);
}

static void add_group(Maker *m, uint32_t group) {
    const GraphGroup *source = &m->canvas->graph->groups[group];
    Plan *plan = plan_of(m, group_id(m, group));
    double width = source->title_width + 2 * source->padding;
    width = width > source->min_width ? width : source->min_width;
    PlanGroup *out = &plan->groups[plan->group_count];
    *out = (PlanGroup){.parent = GRAPH_NONE,
                       .source = group,
                       .min_width = across(m, width, source->min_height),
                       .min_height = along(m, width, source->min_height)};
    GraphEnd end = {.node = GRAPH_NONE, .group = group};
    Unit height;
    out->loop_reach = graph_loop_reach(m->canvas, &end, m->direction, &height);
    out->min_height = out->min_height > height ? out->min_height : height;
    set_insets(m, source, out);
    m->place[group_id(m, group)] = plan->group_count++;
}

static uint32_t place_of_group(const Maker *m, uint32_t group) {
    return is_compound(m->canvas, group) ? m->place[group_id(m, group)] : GRAPH_NONE;
}

static void add_node(Maker *m, uint32_t node) {
    const GraphNode *source = &m->canvas->graph->nodes[node];
    Plan *plan = plan_of(m, node);
    Tile *tile = &plan->tiles[plan->tile_count];
    *tile = (Tile){.half_width = (across(m, source->width, source->height) + 1) / 2,
                   .height = along(m, source->width, source->height),
                   .group = place_of_group(m, source->group),
                   .node = node,
                   .scope = GRAPH_NONE};
    tile->is_flat_sided = source->border != GRAPH_DIAMOND && source->border != GRAPH_ELLIPSE &&
                          source->border != GRAPH_TRIANGLE;
    GraphEnd end = {.node = node, .group = GRAPH_NONE};
    tile->reach_left = tile->half_width;
    tile->reach_right =
        tile->half_width + graph_loop_reach(m->canvas, &end, m->direction, &tile->loop_height);
    m->place[node] = plan->tile_count++;
}

static void add_box(Maker *m, uint32_t group) {
    const Scope *scope = &m->canvas->scopes[m->canvas->group_box[group]];
    Plan *plan = plan_of(m, group_id(m, group));
    bool turns = graph_is_sideways(m->direction);
    Tile *tile = &plan->tiles[plan->tile_count];
    *tile = (Tile){.half_width = ((turns ? scope->height : scope->width) + 1) / 2,
                   .height = turns ? scope->width : scope->height,
                   .group = place_of_group(m, m->canvas->graph->groups[group].parent),
                   .node = GRAPH_NONE,
                   .scope = m->canvas->group_box[group],
                   .is_flat_sided = true};
    GraphEnd end = {.node = GRAPH_NONE, .group = group};
    tile->reach_left = tile->half_width;
    tile->reach_right =
        tile->half_width + graph_loop_reach(m->canvas, &end, m->direction, &tile->loop_height);
    m->place[group_id(m, group)] = plan->tile_count++;
}

static PlanEnd make_end(const Maker *m, const GraphEnd *end) {
    return (PlanEnd){
        .index = m->place[end_id(m, end)],
        .is_group = end->node == GRAPH_NONE && is_compound(m->canvas, end->group),
        .label_width = across(m, end->label_width, end->label_height),
        .label_height = along(m, end->label_width, end->label_height),
        .room = graph_unit(end->room),
    };
}

static void add_edge(Maker *m, uint32_t index) {
    const GraphEdge *source = &m->canvas->graph->edges[index];
    Plan *plan = plan_of(m, end_id(m, &source->from));
    uint32_t length = source->length == 0 ? 1 : source->length;
    plan->edges[plan->edge_count++] = (PlanEdge){
        .from = make_end(m, &source->from),
        .to = make_end(m, &source->to),
        .label_half = (across(m, source->label_width, source->label_height) + 1) / 2,
        .label_height = along(m, source->label_width, source->label_height),
        .length = length > MOST_LENGTH ? MOST_LENGTH : length,
        .source = index,
        .is_weak = source->is_weak,
        .has_label = source->label_width > 0 && source->label_height > 0,
    };
}

static void set_parents(Maker *m) {
    for (uint32_t p = 0; p < m->count; p++) {
        for (uint32_t g = 0; g < m->plans[p].group_count; g++) {
            PlanGroup *group = &m->plans[p].groups[g];
            group->parent = place_of_group(m, m->canvas->graph->groups[group->source].parent);
        }
    }
}

Plan *graph_make_plans(Canvas *canvas, uint32_t scope, Arena *arena, uint32_t *count) {
    const Graph *graph = canvas->graph;
    size_t ids = graph->node_count + graph->group_count;
    Maker maker = {
        .canvas = canvas,
        .scope = scope,
        .direction = canvas->scopes[scope].direction,
        .arena = arena,
        .leader = arena_array(arena, uint32_t, ids),
        .place = arena_array(arena, uint32_t, ids),
        .plan = arena_array(arena, uint32_t, ids),
    };
    uint32_t *tiles = arena_array(arena, uint32_t, ids);
    find_parts(&maker);
    uint32_t tile_count = list_tiles(&maker, tiles);
    number_plans(&maker, tiles, tile_count);
    for (uint32_t g = 0; g < graph->group_count; g++) {
        if (canvas->group_scope[g] == scope && is_compound(canvas, g))
            add_group(&maker, g);
    }
    set_parents(&maker);
    for (uint32_t i = 0; i < tile_count; i++) {
        if (tiles[i] < graph->node_count)
            add_node(&maker, tiles[i]);
        else
            add_box(&maker, tiles[i] - (uint32_t)graph->node_count);
    }
    for (uint32_t e = 0; e < graph->edge_count; e++) {
        if (is_mine(&maker, &graph->edges[e]))
            add_edge(&maker, e);
    }
    *count = maker.count;
    return maker.plans;
}
