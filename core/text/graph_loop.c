/* SPDX-License-Identifier: MIT
 * graph_loop.c - edges from a box to itself: nested on the side that no edge of the ranks uses. */
#include "text/graph_internal.h"

enum { LOOP_REACH = 22 * GRAPH_UNIT, LOOP_GAP = 8 * GRAPH_UNIT, LABEL_GAP = 4 * GRAPH_UNIT };

static bool is_loop_on(const GraphEdge *edge, const GraphEnd *end) {
    return edge->from.node == end->node && edge->to.node == end->node &&
           edge->from.group == end->group && edge->to.group == end->group;
}

static Unit label_across(const GraphEdge *edge, GraphDirection direction) {
    return graph_unit(graph_is_sideways(direction) ? edge->label_height : edge->label_width);
}

/* What the loops up to `edge` take; `line` is where the last one turns. */
static Unit reach_until(const Canvas *canvas, const GraphEnd *end, GraphDirection direction,
                        size_t stop, Unit *line, uint32_t *count) {
    Unit reach = 0;
    *count = 0;
    for (size_t e = 0; e < stop; e++) {
        const GraphEdge *edge = &canvas->graph->edges[e];
        if (!is_loop_on(edge, end))
            continue;
        ++*count;
        reach += *count == 1 ? LOOP_REACH : LOOP_GAP;
        *line = reach;
        Unit label = label_across(edge, direction);
        reach += label > 0 ? label + LABEL_GAP : 0;
    }
    return reach;
}

Unit graph_loop_reach(const Canvas *canvas, const GraphEnd *end, GraphDirection direction) {
    Unit line;
    uint32_t count;
    return reach_until(canvas, end, direction, canvas->graph->edge_count, &line, &count);
}

Unit graph_loop_height(const Canvas *canvas, const GraphEnd *end, GraphDirection direction) {
    Unit most = 0;
    for (size_t e = 0; e < canvas->graph->edge_count; e++) {
        const GraphEdge *edge = &canvas->graph->edges[e];
        Unit height =
            graph_unit(graph_is_sideways(direction) ? edge->label_width : edge->label_height);
        if (is_loop_on(edge, end) && height > most)
            most = height;
    }
    return most;
}

Loop graph_loop(const Canvas *canvas, uint32_t edge, GraphDirection direction, Unit height) {
    const GraphEdge *e = &canvas->graph->edges[edge];
    uint32_t count, all;
    Unit line = 0, last;
    reach_until(canvas, &e->from, direction, canvas->graph->edge_count, &last, &all);
    reach_until(canvas, &e->from, direction, (size_t)edge + 1, &line, &count);
    Unit label = label_across(e, direction);
    return (Loop){
        .reach = line,
        .rise = (Unit)((int64_t)height * 2 / 5 * count / all),
        .label = line + (label > 0 ? (label + LABEL_GAP) / 2 : 0),
    };
}
