/* SPDX-License-Identifier: MIT
 * graph_border.c - the true border of shapes: how deep a line runs into the box before it meets
 * the shape. */
#include "text/graph_internal.h"

#include <math.h>

typedef struct Outline {
    double x[6], y[6]; /* from the middle of the box, y downwards */
    int count;
} Outline;

static double least(double a, double b) {
    return a < b ? a : b;
}

/* Corners of the shapes that have some: w and h are half of the box, d a quarter of its height. */
static Outline outline_of(GraphBorder border, double w, double h) {
    double d = least(h / 2, w);
    switch (border) {
    case GRAPH_DIAMOND:
        return (Outline){{0, w, 0, -w}, {-h, 0, h, 0}, 4};
    case GRAPH_HEXAGON:
        return (Outline){{-w + d, w - d, w, w - d, -w + d, -w}, {-h, -h, 0, h, h, 0}, 6};
    case GRAPH_LEAN_RIGHT:
        return (Outline){{-w + d, w, w - d, -w}, {-h, -h, h, h}, 4};
    case GRAPH_LEAN_LEFT:
        return (Outline){{-w, w - d, w, -w + d}, {-h, -h, h, h}, 4};
    case GRAPH_TRAPEZOID:
        return (Outline){{-w + d, w - d, w, -w}, {-h, -h, h, h}, 4};
    case GRAPH_TRAPEZOID_UP:
        return (Outline){{-w, w, w - d, -w + d}, {-h, -h, h, h}, 4};
    case GRAPH_TRIANGLE:
        return (Outline){{0, w, -w}, {-h, h, h}, 3};
    default:
        return (Outline){{-w, w, w, -w}, {-h, -h, h, h}, 4};
    }
}

/* The outermost point of the outline on the line across at `offset`. */
static double reach_of(const Outline *outline, Side side, double offset) {
    bool is_upright = side == SIDE_TOP || side == SIDE_BOTTOM;
    const double *along = is_upright ? outline->x : outline->y;
    const double *across = is_upright ? outline->y : outline->x;
    double sign = side == SIDE_TOP || side == SIDE_LEFT ? -1 : 1;
    double reach = 0;
    for (int i = 0; i < outline->count; i++) {
        int next = (i + 1) % outline->count;
        double from = along[i], to = along[next];
        if ((offset < from) == (offset < to) && offset != from && offset != to)
            continue;
        double share = from == to ? 0 : (offset - from) / (to - from);
        double at = sign * (across[i] + share * (across[next] - across[i]));
        double corner = from == to ? sign * across[next] : at;
        at = corner > at ? corner : at;
        reach = at > reach ? at : reach;
    }
    return reach;
}

static double round_inset(double radius, double beyond) {
    if (beyond <= 0 || radius <= 0)
        return 0;
    return radius - sqrt(radius * radius - least(beyond, radius) * least(beyond, radius));
}

static double stadium_inset(double half_along, double half_across, bool is_upright, double offset) {
    double radius = least(half_along, half_across);
    return round_inset(radius, is_upright ? fabs(offset) - (half_along - radius) : fabs(offset));
}

double graph_border_inset(GraphBorder border, double width, double height, Side side,
                          double offset) {
    bool is_upright = side == SIDE_TOP || side == SIDE_BOTTOM;
    double along = (is_upright ? width : height) / 2, across = (is_upright ? height : width) / 2;
    double inset;
    offset = offset > along ? along : offset < -along ? -along : offset;
    if (border == GRAPH_RECT || along <= 0 || across <= 0)
        return 0;
    if (border == GRAPH_ELLIPSE) {
        double share = offset / along;
        inset = across * (1 - sqrt(1 - share * share));
    } else if (border == GRAPH_STADIUM) {
        inset = stadium_inset(along, across, is_upright, offset);
    } else {
        Outline outline = outline_of(border, width / 2, height / 2);
        inset = across - reach_of(&outline, side, offset);
    }
    return floor(inset * 8 + 0.5) / 8;
}
