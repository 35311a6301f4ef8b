/* SPDX-License-Identifier: MIT
 * graph_group.c - which groups are laid out alone, as a box, and which take part in the ranks
 * around them.
 *
 * As Mermaid does: a group that no edge enters or leaves is a box and may have a direction of its
 * own; edges to the group itself end at the box. The others become compounds (graph_rank.c). */
#include "text/graph_internal.h"

static uint32_t group_of_end(const Graph *graph, const GraphEnd *end) {
    return end->node != GRAPH_NONE ? graph->nodes[end->node].group
                                   : graph->groups[end->group].parent;
}

static uint32_t depth_of(const Graph *graph, uint32_t group) {
    uint32_t depth = 0;
    for (; group != GRAPH_NONE; group = graph->groups[group].parent)
        depth++;
    return depth;
}

/* Every group around one end and not around the other has its border crossed. */
static void mark_crossed(const Graph *graph, const GraphEdge *edge, bool *is_crossed) {
    uint32_t a = group_of_end(graph, &edge->from), b = group_of_end(graph, &edge->to);
    uint32_t depth_a = depth_of(graph, a), depth_b = depth_of(graph, b);
    while (a != b) {
        bool a_rises = depth_a >= depth_b, b_rises = depth_b >= depth_a;
        if (a_rises) {
            is_crossed[a] = true;
            a = graph->groups[a].parent;
            depth_a--;
        }
        if (b_rises) {
            is_crossed[b] = true;
            b = graph->groups[b].parent;
            depth_b--;
        }
    }
}

/* Outer groups first. */
static uint32_t *groups_from_outside(const Graph *graph, Arena *arena) {
    uint32_t count = (uint32_t)graph->group_count;
    uint32_t *order = arena_array(arena, uint32_t, count);
    uint32_t *depth = arena_array(arena, uint32_t, count);
    for (uint32_t g = 0; g < count; g++) {
        depth[g] = depth_of(graph, g);
        uint32_t at = g;
        for (; at > 0 && depth[order[at - 1]] > depth[g]; at--)
            order[at] = order[at - 1];
        order[at] = g;
    }
    return order;
}

static uint32_t scope_within(const Canvas *canvas, uint32_t group) {
    if (group == GRAPH_NONE)
        return 0;
    return canvas->group_box[group] != GRAPH_NONE ? canvas->group_box[group]
                                                  : canvas->group_scope[group];
}

void graph_make_scopes(Canvas *canvas) {
    const Graph *graph = canvas->graph;
    Arena *arena = canvas->arena;
    bool *is_crossed = arena_array(arena, bool, graph->group_count);
    for (size_t e = 0; e < graph->edge_count; e++)
        mark_crossed(graph, &graph->edges[e], is_crossed);
    canvas->scopes = arena_array(arena, Scope, graph->group_count + 1);
    canvas->node_scope = arena_array(arena, uint32_t, graph->node_count);
    canvas->group_scope = arena_array(arena, uint32_t, graph->group_count);
    canvas->group_box = arena_array(arena, uint32_t, graph->group_count);
    GraphDirection direction = graph->direction == GRAPH_INHERIT ? GRAPH_TB : graph->direction;
    canvas->scopes[0] = (Scope){.group = GRAPH_NONE, .parent = GRAPH_NONE, .direction = direction};
    canvas->scope_count = 1;
    uint32_t *order = groups_from_outside(graph, arena);
    for (size_t i = 0; i < graph->group_count; i++) {
        uint32_t g = order[i];
        uint32_t around = scope_within(canvas, graph->groups[g].parent);
        canvas->group_scope[g] = around;
        canvas->group_box[g] = GRAPH_NONE;
        if (is_crossed[g])
            continue;
        GraphDirection own = graph->groups[g].direction;
        canvas->group_box[g] = canvas->scope_count;
        canvas->scopes[canvas->scope_count++] =
            (Scope){.group = g,
                    .parent = around,
                    .direction = own == GRAPH_INHERIT ? canvas->scopes[around].direction : own};
    }
    for (size_t n = 0; n < graph->node_count; n++)
        canvas->node_scope[n] = scope_within(canvas, graph->nodes[n].group);
}
