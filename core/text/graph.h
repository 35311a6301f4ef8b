/* SPDX-License-Identifier: MIT
 * graph.h - layered layout of directed graphs: where boxes, groups, edges and their labels stand.
 *
 * Pure: no global state, no clock, no randomness, no floating point that depends on the order of
 * evaluation between machines; any number of threads may lay out different graphs. The caller owns
 * the input, everything in the result belongs to the arena.
 *
 * All lengths are pixels. The origin is the top left corner, y grows downwards.
 *
 * The method is that of Sugiyama, Tagawa and Toda (1981) in the form of Gansner, Koutsofios, North
 * and Vo (1993), with groups after Sander (1996) and Forster (2002). The files in the order of the
 * steps: graph_group, graph_plan (scopes and parts), graph_variant (tries and chooses),
 * graph_cycle, graph_rank, graph_shift, graph_simplex (ranks), graph_spot, graph_seed, graph_order,
 * graph_search, graph_beside (rows), graph_port, graph_door, graph_place (x), graph_track,
 * graph_stack (y), graph_route, graph_border, graph_loop, graph_cross (the result), graph_pack
 * (parts side by side).
 */
#ifndef QUOIN_TEXT_GRAPH_H
#define QUOIN_TEXT_GRAPH_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAPH_MAX_NODES  1000 /* beyond these `graph_layout` refuses */
#define GRAPH_MAX_EDGES  1500
#define GRAPH_MAX_GROUPS 200
#define GRAPH_NONE       UINT32_MAX

typedef enum GraphDirection {
    GRAPH_INHERIT, /* groups only: as the graph or the group around */
    GRAPH_TB,
    GRAPH_BT,
    GRAPH_LR,
    GRAPH_RL
} GraphDirection;

/* The true border of a node: edges end on it. Each fills its width and height. */
typedef enum GraphBorder {
    GRAPH_RECT,
    GRAPH_ELLIPSE,
    GRAPH_DIAMOND,
    GRAPH_STADIUM,    /* half circles at the left and right */
    GRAPH_HEXAGON,    /* points left and right, a quarter of the height deep */
    GRAPH_LEAN_RIGHT, /* parallelogram: top edge shifted right by a quarter of the height */
    GRAPH_LEAN_LEFT,
    GRAPH_TRAPEZOID,    /* top narrower by a quarter of the height at both sides */
    GRAPH_TRAPEZOID_UP, /* bottom narrower */
    GRAPH_TRIANGLE      /* point up */
} GraphBorder;

typedef struct GraphNode {
    double width, height;
    GraphBorder border;
    uint32_t group; /* GRAPH_NONE: in no group */
} GraphNode;

/* A box around nodes and groups, with a title in a strip at its top. Without members it is laid out
 * like a node of the title's size. A direction of its own counts when no edge of a member crosses
 * the border, as in Mermaid; edges to the group itself do not. */
typedef struct GraphGroup {
    uint32_t parent; /* GRAPH_NONE: outermost */
    GraphDirection direction;
    double title_width, title_height; /* 0: no title */
    double padding;
    double min_width, min_height;
} GraphGroup;

typedef struct GraphEnd {
    uint32_t node;                    /* GRAPH_NONE when the end is a group */
    uint32_t group;                   /* the edge ends at this group's border */
    double label_width, label_height; /* a text beside this end (a cardinality); 0: none. Not for
                                       * loops: their texts belong into the label */
    double room;                      /* length that a head needs to be straight, 0: default */
} GraphEnd;

typedef struct GraphEdge {
    GraphEnd from, to;
    double label_width, label_height; /* 0: no label */
    uint32_t length;                  /* ranks that it spans at least, 1 when 0 */
    bool is_weak; /* does not count for ranks: may lead anywhere (notes, constraint=false) */
} GraphEdge;

typedef struct Graph {
    GraphDirection direction; /* GRAPH_INHERIT: top to bottom */
    const GraphNode *nodes;
    const GraphGroup *groups; /* a parent may stand behind its children */
    const GraphEdge *edges;
    size_t node_count, group_count, edge_count;
    double node_gap, rank_gap; /* 0: defaults */
    double max_width;          /* wished: parts that do not touch are packed below each other, and
                                * narrower pictures are tried beyond it, or beyond 760 px */
} Graph;

typedef struct GraphPoint {
    double x, y;
} GraphPoint;

typedef struct GraphBox {
    double x, y, width, height; /* x, y: top left corner */
} GraphBox;

/* A polyline from border to border, all pieces level or upright; corners are meant to be rounded
 * with at most half of the shorter side and at most 12 px. Rounded so, it never enters a node that
 * is not its end. The first and the last piece are at least as long as the ends' `room`. */
typedef struct GraphRoute {
    GraphPoint *points; /* at least two; from `from` to `to` */
    size_t count;
    GraphPoint label;                /* middle of the label */
    GraphPoint from_label, to_label; /* middles of the texts at the ends */
} GraphRoute;

typedef struct GraphLayout {
    double width, height; /* everything fits in */
    GraphBox *nodes;      /* as many and in the order as given */
    GraphBox *groups;
    GraphRoute *routes;
    size_t crossings; /* pairs of edges without a common end that cross */
    size_t variants;  /* how many were tried */
} GraphLayout;

typedef enum GraphProblem {
    GRAPH_OK,
    GRAPH_TOO_LARGE, /* too many, or edges so long that their bends are too many */
    GRAPH_BROKEN /* an index out of range, a group inside itself, a size not finite or negative */
} GraphProblem;

/* `out` is set when GRAPH_OK is returned. The same input gives the same bytes on every machine. */
GraphProblem graph_layout(const Graph *graph, Arena *arena, GraphLayout *out);

#endif
