/* SPDX-License-Identifier: MIT
 * graph_internal.h - what the steps of the layout share; nobody else includes it.
 *
 * A graph is cut into scopes (graph_group.c), a scope into parts that do not touch, and each part
 * is a Plan: tiles, groups and edges that flow downwards, whatever the direction of the picture.
 * A Plan is solved in steps, each adding to the Layers: cycles, ranks, rows of spots, their order,
 * their x, their y and the routes. Everything that a step makes lives in the arena of the Layers.
 *
 * Lengths inside are whole half pixels, so that no sum depends on the machine. */
#ifndef QUOIN_TEXT_GRAPH_INTERNAL_H
#define QUOIN_TEXT_GRAPH_INTERNAL_H

#include "text/graph.h"

#define GRAPH_UNIT 2 /* units in a pixel */

typedef int32_t Unit;

/* Where the sides of the picture lie in a Plan. */
typedef enum Side { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_COUNT } Side;

/* A box that stands in one rank: a node, or a scope that was laid out alone. */
typedef struct Tile {
    Unit half_width, height;
    Unit reach_left, reach_right; /* from the middle, with all that hangs on: loops, end labels */
    Unit loop_height;             /* of the texts of loops */
    uint32_t group;               /* of the Plan, or GRAPH_NONE */
    uint32_t node;                /* of the Graph, or GRAPH_NONE */
    uint32_t scope;               /* when it is no node */
    bool is_flat_sided;           /* edges may end anywhere along the side */
} Tile;

/* A group whose members take part in the ranks around it. */
typedef struct PlanGroup {
    uint32_t parent;
    uint32_t source; /* of the Graph */
    Unit inset[SIDE_COUNT];
    Unit min_width, min_height;
    Unit loop_reach; /* to the right, for loops on the group */
} PlanGroup;

typedef struct PlanEnd {
    uint32_t index; /* of a tile or a group */
    bool is_group;
    Unit label_width, label_height, room;
} PlanEnd;

typedef struct PlanEdge {
    PlanEnd from, to;
    Unit label_half, label_height;
    uint32_t length;
    uint32_t source; /* of the Graph */
    bool is_weak, has_label;
} PlanEdge;

typedef struct Plan {
    GraphDirection direction;
    Unit max_width; /* wished, in the picture */
    Unit node_gap, rank_gap, edge_gap;
    Tile *tiles;
    PlanGroup *groups;
    PlanEdge *edges;
    uint32_t tile_count, group_count, edge_count;
} Plan;

/* What a variant does differently. */
typedef enum CycleMethod { CYCLE_DEPTH_FIRST, CYCLE_GREEDY, CYCLE_STATEMENTS } CycleMethod;

typedef struct Variant {
    CycleMethod cycles;
    bool is_tiered;      /* edges between two groups all run the same way */
    bool is_strict;      /* and the groups lie below each other */
    bool compact_groups; /* ranks keep groups short, even when edges become longer */
    bool bends_outside;  /* an edge leaves its group at once */
    bool is_narrow;      /* labels alternate between two rows, and leaves of one parent */
} Variant;

/* How the search for an order begins. */
typedef enum SeedKind { SEED_INPUT, SEED_DEPTH, SEED_BREADTH, SEED_SHUFFLED } SeedKind;

typedef struct Start {
    SeedKind seed;
    uint32_t shuffle; /* which of the shuffles */
    bool is_mirrored;
    bool uses_medians;
    bool begins_up; /* the first sweep runs from the last row */
} Start;

typedef enum SpotKind {
    SPOT_TILE,
    SPOT_BEND,  /* a long edge passes */
    SPOT_LABEL, /* and carries its label here */
    SPOT_PORT,  /* an edge ends at the border of its group */
    SPOT_LEFT,  /* the borders of a group in this row */
    SPOT_RIGHT
} SpotKind;

typedef struct Spot {
    SpotKind kind;
    uint32_t owner; /* tile, edge or group */
    uint32_t group;
    uint32_t row, place;
    bool is_free; /* a port that need not keep its place between the members of its group */
    Unit x, reach_left, reach_right;         /* middle, and how far it reaches from there */
    uint32_t up, up_count, down, down_count; /* ranges of Layers.ups and .downs: links */
} Spot;

/* A piece of an edge (or of a group's border) from one row to the next. */
typedef struct Link {
    uint32_t upper, lower; /* spots */
    uint32_t edge;         /* GRAPH_NONE: of a border */
    int32_t weight;
    Unit upper_port, lower_port; /* from the middles of the spots */
    Unit track;                  /* y of its horizontal piece, when it is not straight */
} Link;

typedef struct Row {
    uint32_t *spots;
    uint32_t count;
    Unit top, bottom; /* of the tallest in it */
} Row;

/* An edge runs down its chain: from the upper end to the lower. */
typedef struct Chain {
    uint32_t start, count; /* of Layers.chain_spots; 0: flat or between a group and its member */
    bool is_reversed;      /* its upper end is `to` */
} Chain;

typedef struct Box {
    Unit left, top, right, bottom;
} Box;

/* How an edge lies in the ranks. */
typedef enum Flow {
    FLOW_DOWN,
    FLOW_UP,            /* against the ranks: drawn from its end to its start */
    FLOW_FREE,          /* weak: either way, or flat */
    FLOW_INTO_GROUP,    /* from a member down to the border of its own group */
    FLOW_INTO_GROUP_UP, /* the same, the group is `from` */
} Flow;

/* An edge within a row: straight from side to side, or round below the row. */
typedef struct FlatRoute {
    bool is_straight;
    Unit x[2], y[2]; /* where it leaves `from` and reaches `to`, when not straight */
    Unit track;
} FlatRoute;

typedef struct Layers {
    const Plan *plan;
    Arena *arena;
    Variant variant;
    size_t *budget; /* steps left, shared by all */
    uint8_t *flow;  /* Flow of each edge */
    uint32_t *tile_rank;
    uint32_t *group_first, *group_last;
    uint32_t rank_count;
    uint32_t rank_scale; /* tiles stand on its multiples, labels between */
    Spot *spots;
    uint32_t spot_count;
    uint32_t *tile_spot;
    uint32_t *rank_row; /* GRAPH_NONE: a rank for labels without any */
    Link *links;
    uint32_t link_count;
    uint32_t *ups, *downs;
    Row *rows;
    uint32_t row_count;
    Chain *chains;
    uint32_t *chain_spots;
    int64_t crossings; /* weighted: as the order is judged */
    int64_t goal;      /* what other variants have reached */
    Box *group_box;
    FlatRoute *flats; /* of edges without a chain */
    Unit left, right; /* of the whole */
    Unit top, bottom;
} Layers;

/* One step of work of `count`; false when nothing is left and the caller should finish. */
static inline bool graph_spend(Layers *layers, size_t count) {
    if (*layers->budget < count) {
        *layers->budget = 0;
        return false;
    }
    *layers->budget -= count;
    return true;
}

/* --- graph_simplex.c --- */
typedef struct SimplexEdge {
    uint32_t tail, head;
    int32_t length, weight;
} SimplexEdge;

/* Sets `value` so that value[head] - value[tail] >= length everywhere and the weighted sum of these
 * differences is least; the least value is 0. The edges must not form a cycle. Stops early, with a
 * valid answer, when the budget is spent. */
void graph_simplex(Arena *scratch, uint32_t node_count, const SimplexEdge *edges,
                   uint32_t edge_count, size_t *budget, int32_t *value);

/* --- graph_cycle.c --- */
void graph_break_cycles(Layers *layers);

/* Vertices of the rank graph: the tiles, then two for each group, above and below its members. */
uint32_t graph_upper_vertex(const Plan *plan, const PlanEnd *end); /* when the edge leaves down */
uint32_t graph_lower_vertex(const Plan *plan, const PlanEnd *end); /* when it arrives from above */

/* The siblings (tiles, or groups counted behind them) that the ends of an edge are or lie in. */
void graph_siblings(const Plan *plan, const PlanEdge *edge, uint32_t *from, uint32_t *to);

/* --- graph_rank.c --- */
void graph_rank(Layers *layers);

/* --- graph_shift.c --- */

/* Moves tiles to other ranks where that costs nothing: `value` is the rank of each vertex. */
void graph_shift_ranks(Layers *layers, int32_t *value);

/* --- graph_spot.c --- */
/* False when there would be too many. */
bool graph_make_spots(Layers *layers);

/* Whether an edge joins two tiles of one row; sets their spots. */
bool graph_flat_tiles(const Layers *layers, uint32_t edge, uint32_t *from, uint32_t *to);

/* --- graph_seed.c --- */
void graph_seed_rows(Layers *layers, const Start *start);

/* --- graph_search.c --- */
void graph_order(Layers *layers);

/* --- graph_beside.c --- */
void graph_stand_beside(Layers *layers);

/* --- graph_port.c --- */
void graph_spread_ports(Layers *layers);
void graph_straighten_ports(Layers *layers);
void graph_part_columns(Layers *layers);

/* Where a tree forks evenly the parent belongs over the middle, not over one child. */
bool graph_forks_evenly(const Layers *layers, const Spot *spot, bool down);

/* --- graph_door.c --- */

/* Frees the ports that no other edge can meet; returns how many ports there are. */
uint32_t graph_free_doors(Layers *layers);

/* The tile in the middle of the row of a port's group, the lower or the upper middle one;
 * GRAPH_NONE when there is none. */
uint32_t graph_middle_tile(const Layers *layers, const Spot *port, bool is_upper);

/* --- graph_place.c --- */
void graph_place(Layers *layers);

/* --- graph_track.c --- */
typedef struct Piece {
    Unit x[2];
    bool is_below[2]; /* comes from the row below */
    uint32_t track;   /* from 0, downwards */
} Piece;

/* Sets the track of each piece; returns how many tracks there are. */
uint32_t graph_assign_tracks(Layers *layers, Piece *pieces, uint32_t count);

/* --- graph_stack.c --- */
void graph_stack(Layers *layers);

/* A tile's box, once rows have their y. */
Box graph_tile_box(const Layers *layers, uint32_t tile);

/* --- graph_variant.c --- */

/* Tries variants and solves the plan by the best; NULL when it is too large. */
Layers *graph_solve(const Plan *plan, Arena *arena, size_t *budget, size_t *variants);

/* --- graph_border.c --- */

/* How far the border of a shape lies inside its box, seen from a side, at an offset from the middle
 * of that side (to the right or down). */
double graph_border_inset(GraphBorder border, double width, double height, Side side,
                          double offset);

/* --- graph_group.c --- */

/* A part of the picture that is laid out alone: all, or a group that no edge enters. */
typedef struct Scope {
    uint32_t group;  /* GRAPH_NONE: the whole graph */
    uint32_t parent; /* scope, GRAPH_NONE for the whole */
    GraphDirection direction;
    Unit x, y; /* in the parent; absolute in the end */
    Unit width, height;
} Scope;

typedef struct Canvas {
    const Graph *graph;
    Arena *arena; /* of the result */
    GraphLayout *out;
    Unit node_gap, rank_gap, edge_gap, max_width;
    Scope *scopes;
    uint32_t scope_count;
    uint32_t *node_scope, *group_scope; /* where it stands */
    uint32_t *group_box;                /* the scope that a group is laid out as, or GRAPH_NONE */
    size_t budget;
} Canvas;

void graph_make_scopes(Canvas *canvas);

/* --- graph_plan.c --- */
Unit graph_unit(double pixels);
bool graph_is_sideways(GraphDirection direction);

/* The parts of a scope that do not touch, in the author's order. */
Plan *graph_make_plans(Canvas *canvas, uint32_t scope, Arena *arena, uint32_t *count);

/* --- graph_route.c --- */

/* The size of a solved plan in the picture. */
void graph_measure(const Layers *layers, Unit *width, Unit *height);

/* Writes a solved plan into the result, its top left corner at (x, y) of the whole. */
void graph_write(Canvas *canvas, const Layers *layers, Unit x, Unit y);

/* --- graph_cross.c --- */
size_t graph_count_crossings(const Graph *graph, const GraphLayout *layout, Arena *scratch);

/* --- graph_loop.c --- */

/* How far to the right the loops on an end reach beyond its box; sets the height of their labels.
 */
Unit graph_loop_reach(const Canvas *canvas, const GraphEnd *end, GraphDirection direction,
                      Unit *height);

typedef struct Loop {
    Unit reach;            /* how far beyond the box it turns */
    Unit rise;             /* how far from the middle of the side it begins and ends */
    Unit label_x, label_y; /* the middle of its label, from the middle of the side */
} Loop;

Loop graph_loop(const Canvas *canvas, uint32_t edge, GraphDirection direction, Unit height);

/* --- graph_pack.c --- */
typedef struct Part {
    Unit width, height;
    bool is_lone; /* one node */
    Unit x, y;    /* set by packing */
} Part;

/* Places the parts in rows not wider than wished; sets the size of the whole. */
void graph_pack(Part *parts, uint32_t count, Unit gap, Unit max_width, Unit *width, Unit *height);

#endif
