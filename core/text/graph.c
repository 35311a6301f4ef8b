/* SPDX-License-Identifier: MIT
 * graph.c - checks a graph, lays out its scopes from the inside and puts them together. */
#include "text/graph_internal.h"

#include <math.h>

static const double DEFAULT_NODE_GAP = 24, DEFAULT_RANK_GAP = 40, EDGE_GAP = 12,
                    DEFAULT_WIDTH = 900;
static const size_t WORK = 30 * 1000 * 1000;
static const double MOST_PIXELS = 50 * 1000 * 1000;

/* --- checks --- */

static bool is_length(double value) {
    return isfinite(value) && value >= 0;
}

static bool is_end(const Graph *graph, const GraphEnd *end) {
    bool is_node = end->node != GRAPH_NONE;
    if (is_node == (end->group != GRAPH_NONE))
        return false;
    if (is_node ? end->node >= graph->node_count : end->group >= graph->group_count)
        return false;
    return is_length(end->label_width) && is_length(end->label_height) && is_length(end->room);
}

static bool is_group(const Graph *graph, uint32_t group) {
    return group == GRAPH_NONE || group < graph->group_count;
}

static bool is_direction(GraphDirection direction) {
    return (int)direction >= GRAPH_INHERIT && direction <= GRAPH_RL;
}

static bool are_groups_sound(const Graph *graph) {
    for (uint32_t g = 0; g < graph->group_count; g++) {
        const GraphGroup *group = &graph->groups[g];
        if (!is_group(graph, group->parent) || !is_direction(group->direction) ||
            !is_length(group->title_width) || !is_length(group->title_height) ||
            !is_length(group->padding) || !is_length(group->min_width) ||
            !is_length(group->min_height))
            return false;
    }
    for (uint32_t g = 0; g < graph->group_count; g++) {
        size_t steps = 0;
        for (uint32_t up = g; up != GRAPH_NONE; up = graph->groups[up].parent) {
            if (++steps > graph->group_count)
                return false;
        }
    }
    return true;
}

static bool is_sound(const Graph *graph) {
    for (size_t n = 0; n < graph->node_count; n++) {
        const GraphNode *node = &graph->nodes[n];
        if (!is_length(node->width) || !is_length(node->height) || !is_group(graph, node->group) ||
            (int)node->border < GRAPH_RECT || node->border > GRAPH_TRIANGLE)
            return false;
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        const GraphEdge *edge = &graph->edges[e];
        if (!is_end(graph, &edge->from) || !is_end(graph, &edge->to) ||
            !is_length(edge->label_width) || !is_length(edge->label_height))
            return false;
    }
    return is_direction(graph->direction) && is_length(graph->node_gap) &&
           is_length(graph->rank_gap) && is_length(graph->max_width) && are_groups_sound(graph);
}

/* The sum of all sizes bounds every coordinate, so that whole numbers never overflow. */
static double total_size(const Graph *graph) {
    double gaps = graph->node_gap + graph->rank_gap + 200;
    double sum = gaps;
    for (size_t n = 0; n < graph->node_count; n++)
        sum += graph->nodes[n].width + graph->nodes[n].height + 2 * gaps;
    for (size_t g = 0; g < graph->group_count; g++) {
        const GraphGroup *group = &graph->groups[g];
        sum += group->title_width + group->title_height + 4 * group->padding + group->min_width +
               group->min_height + 2 * gaps;
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        const GraphEdge *edge = &graph->edges[e];
        sum += edge->label_width + edge->label_height + edge->from.label_width +
               edge->from.label_height + edge->to.label_width + edge->to.label_height +
               edge->from.room + edge->to.room + 20 * gaps;
    }
    return sum;
}

/* --- scopes --- */

static double larger(double a, double b) {
    return a > b ? a : b;
}

typedef struct Solved {
    Layers **layers;
    Part *parts;
    uint32_t count;
    Unit left, top; /* where the parts begin, inside of the border and the title */
} Solved;

/* Sizes the scope's box around its content. */
static void size_box(const Canvas *canvas, Scope *scope, Solved *solved) {
    if (scope->group == GRAPH_NONE)
        return;
    const GraphGroup *group = &canvas->graph->groups[scope->group];
    Unit padding = graph_unit(group->padding), title = graph_unit(group->title_height);
    Unit content = scope->width;
    Unit least = graph_unit(larger(group->min_width, group->title_width + 2 * group->padding));
    scope->width = scope->width + 2 * padding;
    scope->width = scope->width > least ? scope->width : least;
    scope->height += 2 * padding + title;
    least = graph_unit(group->min_height);
    Unit taller = least > scope->height ? least - scope->height : 0;
    scope->height += taller;
    solved->left = (scope->width - content) / 2;
    solved->top = padding + title + taller / 2;
}

static bool solve_scope(Canvas *canvas, uint32_t index, Arena *arena, Solved *solved) {
    Scope *scope = &canvas->scopes[index];
    Plan *plans = graph_make_plans(canvas, index, arena, &solved->count);
    solved->layers = arena_array(arena, Layers *, solved->count);
    solved->parts = arena_array(arena, Part, solved->count);
    for (uint32_t i = 0; i < solved->count; i++) {
        solved->layers[i] = graph_solve(&plans[i], arena, &canvas->budget, &canvas->out->variants);
        if (!solved->layers[i])
            return false;
        graph_measure(solved->layers[i], &solved->parts[i].width, &solved->parts[i].height);
        solved->parts[i].is_lone = plans[i].tile_count == 1 && plans[i].group_count == 0 &&
                                   plans[i].tiles[0].node != GRAPH_NONE;
    }
    graph_pack(solved->parts, solved->count, canvas->node_gap, canvas->max_width, &scope->width,
               &scope->height);
    size_box(canvas, scope, solved);
    return true;
}

static bool solve_all(Canvas *canvas, Arena *scratch) {
    Solved *solved = arena_array(scratch, Solved, canvas->scope_count);
    for (uint32_t i = canvas->scope_count; i-- > 0;) {
        if (!solve_scope(canvas, i, scratch, &solved[i]))
            return false;
    }
    for (uint32_t i = 0; i < canvas->scope_count; i++) {
        const Scope *scope = &canvas->scopes[i];
        for (uint32_t p = 0; p < solved[i].count; p++)
            graph_write(canvas, solved[i].layers[p],
                        scope->x + solved[i].left + solved[i].parts[p].x,
                        scope->y + solved[i].top + solved[i].parts[p].y);
    }
    return true;
}

GraphProblem graph_layout(const Graph *graph, Arena *arena, GraphLayout *out) {
    *out = (GraphLayout){0};
    if (graph->node_count > GRAPH_MAX_NODES || graph->edge_count > GRAPH_MAX_EDGES ||
        graph->group_count > GRAPH_MAX_GROUPS)
        return GRAPH_TOO_LARGE;
    if (!is_sound(graph))
        return GRAPH_BROKEN;
    if (!(total_size(graph) < MOST_PIXELS))
        return GRAPH_TOO_LARGE;
    out->nodes = arena_array(arena, GraphBox, graph->node_count);
    out->groups = arena_array(arena, GraphBox, graph->group_count);
    out->routes = arena_array(arena, GraphRoute, graph->edge_count);
    Canvas canvas = {
        .graph = graph,
        .arena = arena,
        .out = out,
        .node_gap = graph_unit(graph->node_gap > 0 ? graph->node_gap : DEFAULT_NODE_GAP),
        .rank_gap = graph_unit(graph->rank_gap > 0 ? graph->rank_gap : DEFAULT_RANK_GAP),
        .edge_gap = graph_unit(EDGE_GAP),
        .max_width = graph_unit(graph->max_width > 0 ? graph->max_width : DEFAULT_WIDTH),
        .budget = WORK,
    };
    Arena scratch = {0};
    graph_make_scopes(&canvas);
    bool is_done = solve_all(&canvas, &scratch);
    if (is_done)
        out->crossings = graph_count_crossings(graph, out, &scratch);
    arena_release(&scratch);
    if (!is_done)
        return GRAPH_TOO_LARGE;
    out->width = (double)canvas.scopes[0].width / GRAPH_UNIT;
    out->height = (double)canvas.scopes[0].height / GRAPH_UNIT;
    return GRAPH_OK;
}
