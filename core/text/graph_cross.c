/* SPDX-License-Identifier: MIT
 * graph_cross.c - counts what a reader sees: pairs of edges without a common end that cross. */
#include "text/graph_internal.h"

static double least(double a, double b) {
    return a < b ? a : b;
}

static double most(double a, double b) {
    return a > b ? a : b;
}

typedef struct Extent {
    double left, top, right, bottom;
} Extent;

static Extent extent_of(const GraphPoint *points, size_t count) {
    Extent e = {points[0].x, points[0].y, points[0].x, points[0].y};
    for (size_t i = 1; i < count; i++) {
        e.left = least(e.left, points[i].x);
        e.right = most(e.right, points[i].x);
        e.top = least(e.top, points[i].y);
        e.bottom = most(e.bottom, points[i].y);
    }
    return e;
}

static bool meet(Extent a, Extent b) {
    return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

/* Pieces of routes are level or upright. */
static bool pieces_cross(const GraphPoint *a, const GraphPoint *b) {
    Extent one = extent_of(a, 2), two = extent_of(b, 2);
    bool is_level = a[0].y == a[1].y && b[0].x == b[1].x;
    bool is_upright = a[0].x == a[1].x && b[0].y == b[1].y;
    if (is_level)
        return one.left < two.left && two.left < one.right && two.top < one.top &&
               one.top < two.bottom;
    return is_upright && two.left < one.left && one.left < two.right && one.top < two.top &&
           two.top < one.bottom;
}

static bool routes_cross(const GraphRoute *a, const GraphRoute *b) {
    for (size_t i = 1; i < a->count; i++) {
        for (size_t k = 1; k < b->count; k++) {
            if (pieces_cross(a->points + i - 1, b->points + k - 1))
                return true;
        }
    }
    return false;
}

static bool is_same_end(const GraphEnd *a, const GraphEnd *b) {
    return a->node == b->node && a->group == b->group;
}

static bool share_end(const GraphEdge *a, const GraphEdge *b) {
    return is_same_end(&a->from, &b->from) || is_same_end(&a->from, &b->to) ||
           is_same_end(&a->to, &b->from) || is_same_end(&a->to, &b->to);
}

size_t graph_count_crossings(const Graph *graph, const GraphLayout *layout, Arena *scratch) {
    Extent *extents = arena_array(scratch, Extent, graph->edge_count);
    size_t crossings = 0;
    for (size_t a = 0; a < graph->edge_count; a++) {
        extents[a] = extent_of(layout->routes[a].points, layout->routes[a].count);
        for (size_t b = 0; b < a; b++) {
            if (meet(extents[a], extents[b]) && !share_end(&graph->edges[a], &graph->edges[b]) &&
                routes_cross(&layout->routes[a], &layout->routes[b]))
                crossings++;
        }
    }
    return crossings;
}
