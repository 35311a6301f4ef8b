/* SPDX-License-Identifier: MIT
 * graph_loop.c - edges from a box to itself: nested on the side that no edge of the ranks uses,
 * their labels stacked beside them. */
#include "text/graph_internal.h"

enum { LOOP_REACH = 22 * GRAPH_UNIT, LOOP_GAP = 8 * GRAPH_UNIT, LABEL_GAP = 4 * GRAPH_UNIT };

/* All loops on one box: how far lines and labels reach beyond it. */
typedef struct Loops {
    uint32_t count;
    Unit lines, labels, labels_height;
} Loops;

static bool is_loop_on(const GraphEdge *edge, const GraphEnd *end) {
    return edge->from.node == end->node && edge->to.node == end->node &&
           edge->from.group == end->group && edge->to.group == end->group;
}

static Unit label_across(const GraphEdge *edge, GraphDirection direction) {
    return graph_unit(graph_is_sideways(direction) ? edge->label_height : edge->label_width);
}

static Unit label_along(const GraphEdge *edge, GraphDirection direction) {
    return graph_unit(graph_is_sideways(direction) ? edge->label_width : edge->label_height);
}

static void add_loop(Loops *loops, const GraphEdge *edge, GraphDirection direction) {
    Unit label = label_across(edge, direction);
    loops->lines += loops->count++ == 0 ? LOOP_REACH : LOOP_GAP;
    if (label == 0)
        return;
    loops->labels = label > loops->labels ? label : loops->labels;
    loops->labels_height += label_along(edge, direction) + LABEL_GAP;
}

static Loops loops_until(const Canvas *canvas, const GraphEnd *end, GraphDirection direction,
                         size_t stop) {
    Loops loops = {0};
    for (size_t e = 0; e < stop; e++) {
        if (is_loop_on(&canvas->graph->edges[e], end))
            add_loop(&loops, &canvas->graph->edges[e], direction);
    }
    return loops;
}

Unit graph_loop_reach(const Canvas *canvas, const GraphEnd *end, GraphDirection direction,
                      Unit *height) {
    Loops loops = loops_until(canvas, end, direction, canvas->graph->edge_count);
    *height = loops.labels_height;
    return loops.lines + (loops.labels > 0 ? loops.labels + LABEL_GAP : 0);
}

/* Labels stand beside all lines, below each other. */
Loop graph_loop(const Canvas *canvas, uint32_t edge, GraphDirection direction, Unit height) {
    const GraphEdge *e = &canvas->graph->edges[edge];
    Loops all = loops_until(canvas, &e->from, direction, canvas->graph->edge_count);
    Loops own = loops_until(canvas, &e->from, direction, (size_t)edge + 1);
    Unit label = label_along(e, direction);
    return (Loop){
        .reach = own.lines,
        .rise = (Unit)((int64_t)height * 2 / 5 * own.count / all.count),
        .label_x = all.lines + LABEL_GAP + label_across(e, direction) / 2,
        .label_y = own.labels_height - (label + LABEL_GAP) / 2 - all.labels_height / 2,
    };
}
