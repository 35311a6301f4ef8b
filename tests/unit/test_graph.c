/* SPDX-License-Identifier: MIT
 * test_graph.c - what every layout promises, on graphs made by hand and on hostile ones. */
#include "unit.h"

#include "text/graph.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 24 };

/* A graph in a few words: nodes by letters, groups by digits; `edges` are pairs like "ab 0b". */
typedef struct Sketch {
    const char *name;
    const char *nodes;  /* "a b.0 c.1": b is in group 0, c in group 1 */
    const char *groups; /* "0 1.0": group 1 is in group 0 */
    const char *edges;  /* "ab bc:label a0": from a to group 0 */
    size_t crossings;   /* at most */
} Sketch;

typedef struct Made {
    Graph graph;
    GraphNode nodes[MOST];
    GraphGroup groups[MOST];
    GraphEdge edges[2 * MOST];
    char names[MOST];
} Made;

static uint32_t index_of(const Made *made, char name) {
    const char *found = memchr(made->names, name, made->graph.node_count);
    ck_assert_msg(found != NULL, "no node %c", name);
    return (uint32_t)(found - made->names);
}

static GraphEnd end_named(const Made *made, char name) {
    if (name >= '0' && name <= '9')
        return (GraphEnd){.node = GRAPH_NONE, .group = (uint32_t)(name - '0')};
    return (GraphEnd){.node = index_of(made, name), .group = GRAPH_NONE};
}

static void make_nodes(Made *made, const char *text) {
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        size_t n = made->graph.node_count++;
        made->names[n] = *text;
        made->nodes[n] = (GraphNode){.width = 60 + 17.5 * (double)(n % 5),
                                     .height = 30 + 9 * (double)(n % 3),
                                     .border = (GraphBorder)(n % 10),
                                     .group = GRAPH_NONE};
        if (text[1] == '.') {
            made->nodes[n].group = (uint32_t)(text[2] - '0');
            text += 2;
        }
    }
}

static void make_groups(Made *made, const char *text) {
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        size_t g = made->graph.group_count++;
        made->groups[g] = (GraphGroup){
            .parent = GRAPH_NONE, .title_width = 70, .title_height = 20, .padding = 12};
        if (text[1] == '.') {
            made->groups[g].parent = (uint32_t)(text[2] - '0');
            text += 2;
        }
    }
}

static void make_edges(Made *made, const char *text) {
    while (*text) {
        if (*text == ' ') {
            text++;
            continue;
        }
        GraphEdge *edge = &made->edges[made->graph.edge_count++];
        edge->from = end_named(made, text[0]);
        edge->to = end_named(made, text[1]);
        edge->to.room = 10;
        text += 2;
        while (*text == ':' || *text == '*' || *text == '~') {
            if (*text == ':') {
                edge->label_width = 50;
                edge->label_height = 18;
            } else if (*text == '*') {
                edge->from.label_width = edge->to.label_width = 24;
                edge->from.label_height = edge->to.label_height = 16;
            } else {
                edge->is_weak = true;
            }
            text++;
        }
    }
}

static void make(Made *made, const Sketch *sketch, GraphDirection direction) {
    memset(made, 0, sizeof *made);
    made->graph = (Graph){
        .direction = direction, .nodes = made->nodes, .groups = made->groups, .edges = made->edges};
    make_nodes(made, sketch->nodes);
    make_groups(made, sketch->groups);
    make_edges(made, sketch->edges);
}

/* --- what holds for every layout --- */

/* Costs nothing as long as it holds; libcheck notes each assertion. */
#define REQUIRE(fact, ...)                                                                         \
    do {                                                                                           \
        if (!(fact))                                                                               \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

static bool overlap(GraphBox a, GraphBox b) {
    const double slack = 0.75;
    return a.x + slack < b.x + b.width && b.x + slack < a.x + a.width &&
           a.y + slack < b.y + b.height && b.y + slack < a.y + a.height;
}

static bool contains(GraphBox outer, GraphBox inner) {
    const double slack = 0.75;
    return outer.x <= inner.x + slack && outer.y <= inner.y + slack &&
           outer.x + outer.width + slack >= inner.x + inner.width &&
           outer.y + outer.height + slack >= inner.y + inner.height;
}

static bool is_in_group(const Graph *graph, uint32_t group, uint32_t outer) {
    for (; group != GRAPH_NONE; group = graph->groups[group].parent) {
        if (group == outer)
            return true;
    }
    return false;
}

/* Members are no foreign nodes to the edges of their group. */
static bool is_end(const Graph *graph, const GraphEdge *edge, uint32_t node) {
    uint32_t group = graph->nodes[node].group;
    return edge->from.node == node || edge->to.node == node ||
           (edge->from.group != GRAPH_NONE && is_in_group(graph, group, edge->from.group)) ||
           (edge->to.group != GRAPH_NONE && is_in_group(graph, group, edge->to.group));
}

static GraphBox piece_box(GraphPoint a, GraphPoint b) {
    GraphBox box = {a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, fabs(a.x - b.x), fabs(a.y - b.y)};
    return box;
}

static GraphBox grown(GraphBox box, double by) {
    return (GraphBox){box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

static bool runs_through(const GraphRoute *route, GraphBox box) {
    for (size_t i = 1; i < route->count; i++) {
        GraphBox piece = grown(piece_box(route->points[i - 1], route->points[i]), 0.5);
        if (overlap(piece, box))
            return true;
    }
    return false;
}

static void check_nodes(const char *name, const Graph *graph, const GraphLayout *layout) {
    GraphBox whole = {0, 0, layout->width, layout->height};
    for (uint32_t a = 0; a < graph->node_count; a++) {
        REQUIRE(contains(whole, layout->nodes[a]), "%s: node %u is outside", name, a);
        REQUIRE(layout->nodes[a].width == graph->nodes[a].width, "%s: width of %u", name, a);
        REQUIRE(layout->nodes[a].height == graph->nodes[a].height, "%s: height of %u", name, a);
        for (uint32_t b = 0; b < a; b++)
            REQUIRE(!overlap(layout->nodes[a], layout->nodes[b]), "%s: nodes %u and %u overlap",
                    name, a, b);
    }
}

static void check_groups(const char *name, const Graph *graph, const GraphLayout *layout) {
    for (uint32_t g = 0; g < graph->group_count; g++) {
        GraphBox box = layout->groups[g];
        REQUIRE(box.width >= graph->groups[g].title_width, "%s: title of %u is cut", name, g);
        for (uint32_t n = 0; n < graph->node_count; n++) {
            bool is_inside = is_in_group(graph, graph->nodes[n].group, g);
            REQUIRE(!is_inside || contains(box, layout->nodes[n]), "%s: node %u is not in %u", name,
                    n, g);
            REQUIRE(is_inside || !overlap(box, layout->nodes[n]), "%s: foreign node %u is in %u",
                    name, n, g);
        }
        for (uint32_t h = 0; h < graph->group_count; h++) {
            if (h == g || is_in_group(graph, g, h))
                continue;
            bool is_inside = is_in_group(graph, h, g);
            REQUIRE(is_inside ? contains(box, layout->groups[h]) : !overlap(box, layout->groups[h]),
                    "%s: groups %u and %u", name, g, h);
        }
    }
}

/* On the box's border, or inside of it where the shape is smaller than its box. */
static void check_tip(const char *name, GraphPoint tip, GraphBox box, bool is_rect) {
    GraphBox point = {tip.x, tip.y, 0, 0};
    REQUIRE(contains(box, point), "%s: an end at (%g, %g) is not on its box", name, tip.x, tip.y);
    double x = fmin(fabs(tip.x - box.x), fabs(tip.x - box.x - box.width));
    double y = fmin(fabs(tip.y - box.y), fabs(tip.y - box.y - box.height));
    REQUIRE(!is_rect || x < 0.75 || y < 0.75, "%s: an end is inside of its box", name);
}

static void check_end(const char *name, const Graph *graph, const GraphLayout *layout,
                      const GraphEnd *end, GraphPoint tip) {
    if (end->node == GRAPH_NONE)
        check_tip(name, tip, layout->groups[end->group], true);
    else
        check_tip(name, tip, layout->nodes[end->node],
                  graph->nodes[end->node].border == GRAPH_RECT);
}

static GraphBox label_box(GraphPoint middle, double width, double height) {
    return (GraphBox){middle.x - width / 2, middle.y - height / 2, width, height};
}

static void check_label(const char *name, const Graph *graph, const GraphLayout *layout,
                        GraphBox label, uint32_t edge) {
    GraphBox whole = {0, 0, layout->width, layout->height};
    REQUIRE(contains(whole, label), "%s: a label of edge %u is outside", name, edge);
    for (uint32_t n = 0; n < graph->node_count; n++)
        REQUIRE(!overlap(label, layout->nodes[n]), "%s: a label of edge %u is on node %u", name,
                edge, n);
}

static void check_routes(const char *name, const Graph *graph, const GraphLayout *layout) {
    for (uint32_t e = 0; e < graph->edge_count; e++) {
        const GraphEdge *edge = &graph->edges[e];
        const GraphRoute *route = &layout->routes[e];
        REQUIRE(route->count >= 2, "%s: edge %u has no route", name, e);
        check_end(name, graph, layout, &edge->from, route->points[0]);
        check_end(name, graph, layout, &edge->to, route->points[route->count - 1]);
        for (uint32_t n = 0; n < graph->node_count; n++)
            REQUIRE(is_end(graph, edge, n) || !runs_through(route, grown(layout->nodes[n], 3)),
                    "%s: edge %u runs through node %u", name, e, n);
        if (edge->label_width > 0)
            check_label(name, graph, layout,
                        label_box(route->label, edge->label_width, edge->label_height), e);
        if (edge->from.label_width > 0)
            check_label(
                name, graph, layout,
                label_box(route->from_label, edge->from.label_width, edge->from.label_height), e);
        if (edge->to.label_width > 0)
            check_label(name, graph, layout,
                        label_box(route->to_label, edge->to.label_width, edge->to.label_height), e);
    }
}

/* An edge to a group that stands both above and below its other end lies across the ranks: its
 * label has no room of its own. */
static bool has_own_room(const GraphEdge *edge) {
    return edge->label_width > 0 && edge->from.group == GRAPH_NONE && edge->to.group == GRAPH_NONE;
}

static void check_labels_apart(const char *name, const Graph *graph, const GraphLayout *layout) {
    for (uint32_t a = 0; a < graph->edge_count; a++) {
        const GraphEdge *edge = &graph->edges[a];
        if (!has_own_room(edge))
            continue;
        GraphBox label = label_box(layout->routes[a].label, edge->label_width, edge->label_height);
        for (uint32_t b = 0; b < graph->edge_count; b++) {
            if (a == b)
                continue;
            const GraphEdge *other = &graph->edges[b];
            GraphBox second =
                label_box(layout->routes[b].label, other->label_width, other->label_height);
            REQUIRE(!has_own_room(other) || !overlap(label, second),
                    "%s: labels of %u and %u overlap", name, a, b);
            REQUIRE(!runs_through(&layout->routes[b], label),
                    "%s: edge %u runs through the label of %u", name, b, a);
        }
    }
}

static void check_all(const char *name, const Graph *graph, const GraphLayout *layout) {
    check_nodes(name, graph, layout);
    check_groups(name, graph, layout);
    check_routes(name, graph, layout);
    check_labels_apart(name, graph, layout);
}

static void check_same(const Graph *graph, const GraphLayout *a, const GraphLayout *b) {
    ck_assert(a->width == b->width && a->height == b->height && a->crossings == b->crossings);
    ck_assert_mem_eq(a->nodes, b->nodes, sizeof *a->nodes * graph->node_count);
    ck_assert_mem_eq(a->groups, b->groups, sizeof *a->groups * graph->group_count);
    for (size_t e = 0; e < graph->edge_count; e++) {
        ck_assert_uint_eq(a->routes[e].count, b->routes[e].count);
        ck_assert_mem_eq(a->routes[e].points, b->routes[e].points,
                         sizeof(GraphPoint) * a->routes[e].count);
    }
}

/* --- graphs made by hand --- */

static const Sketch sketches[] = {
    {"nothing", "", "", "", 0},
    {"one node", "a", "", "", 0},
    {"isolated nodes", "abcdefghijkl", "", "", 0},
    {"chain", "abcd", "", "ab bc cd", 0},
    {"tree", "abcdefg", "", "ab ac bd be cf cg", 0},
    {"diamond", "abcd", "", "ab ac bd cd", 0},
    {"cycle", "abc", "", "ab bc ca", 0},
    {"two ways", "ab", "", "ab ba", 0},
    {"parallel", "ab", "", "ab ab: ab: ba:", 0},
    {"self loops", "ab", "", "aa aa: ab bb:", 0},
    {"long edge", "abcde", "", "ab bc cd de ae be: ea", 0},
    {"labels", "abcd", "", "ab: ac: bd: cd: ad:", 0},
    {"three by three", "abcdef", "", "ad ae af bd be bf cd ce cf", 9},
    {"weak", "abcd", "", "ab~ bc cd: da~ ac~:", 1},
    {"cardinalities", "abcd", "", "ab* ac*: ad* bc*", 0},
    {"group", "a b.0 c.0 d", "0", "ab bc cd", 0},
    {"group alone", "a b.0 c.0 d", "0", "bc ad a0 0d", 0},
    {"nested", "a b.1 c.1 d.0 e", "0 1.0", "ab bc cd de ad: ea", 0},
    {"parent after child", "a.0 b.1 c", "0.1 1", "ab bc ca", 0},
    {"two groups", "a.0 b.0 c.1 d.1", "0 1", "ac ad bc bd ab", 1},
    {"edges to groups", "a.0 b.0 c.1 d.1 e", "0 1", "01 0e e1 ab cd ae:", 1},
    {"empty groups", "a b", "0 1 2.1", "ab a0 0b: 12 b2", 1},
    {"group and its member", "a.0 b.0 c", "0", "ab a0 0b: bc c0", 2},
    {"group and its group", "a.1 b.0 c", "0 1.0", "01 a1 10: bc", 2},
    {"loop on a group", "a.0 b.0 c", "0 1", "ab bc 00: 11", 0},
    {"between a group's ranks", "a.0 b c.0", "0", "ab bc b0", 2},
    {"deep", "a.4 b.3 c.2 d.1 e.0 f", "0 1.0 2.1 3.2 4.3", "ab bc cd de ef fa f4", 2},
    {"foreign between", "a.0 b c.0 d.1 e.1", "0 1", "ab bc ad de ec bd", 2},
    {"scattered", "a b.0 c d.0 e f.0 g", "0", "ab bc cd de ef fg ag:", 1},
    {"members without edges", "a b.0 c.0 d.0 e.0 f.0 g.0", "0", "ab bg", 0},
    {"star", "abcdefghij", "", "ab ac ad ae af ag ah ai aj", 0},
    {"hub of groups", "a.0 b.0 c.1 d.1 e.2 f.2 g", "0 1 2", "ag bg cg dg eg fg g0 2g", 4},
};

START_TEST(every_layout_keeps_its_promises) {
    const Sketch *sketch = &sketches[_i / 4];
    Arena arena = {0};
    Made made;
    make(&made, sketch, (GraphDirection)(GRAPH_TB + _i % 4));
    GraphLayout layout, again;
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
    check_all(sketch->name, &made.graph, &layout);
    ck_assert_msg(layout.crossings <= sketch->crossings, "%s: %zu crossings", sketch->name,
                  layout.crossings);
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &again), GRAPH_OK);
    check_same(&made.graph, &layout, &again);
    arena_release(&arena);
}
END_TEST

START_TEST(edges_flow_in_the_direction) {
    static const Sketch sketch = {"flow", "abc", "", "ab bc", 0};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, (GraphDirection)_i);
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
    GraphBox a = layout.nodes[0], b = layout.nodes[1];
    ck_assert(_i == GRAPH_LR || _i == GRAPH_RL || (a.y < b.y) == (_i != GRAPH_BT));
    ck_assert((_i != GRAPH_LR && _i != GRAPH_RL) || (a.x < b.x) == (_i == GRAPH_LR));
    arena_release(&arena);
}
END_TEST

START_TEST(a_group_alone_has_its_own_direction) {
    static const Sketch sketch = {"own", "a b.0 c.0 d", "0", "bc a0 0d", 0};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, GRAPH_TB);
    made.groups[0].direction = GRAPH_LR;
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
    check_all(sketch.name, &made.graph, &layout);
    ck_assert(layout.nodes[1].x + layout.nodes[1].width < layout.nodes[2].x);
    arena_release(&arena);
}
END_TEST

START_TEST(a_parent_stands_over_the_middle_of_its_children) {
    Arena arena = {0};
    GraphNode nodes[3] = {{60, 30, GRAPH_RECT, GRAPH_NONE},
                          {80, 30, GRAPH_RECT, GRAPH_NONE},
                          {80, 30, GRAPH_RECT, GRAPH_NONE}};
    GraphEdge edges[2] = {{.from = {0, GRAPH_NONE, 0, 0, 0}, .to = {1, GRAPH_NONE, 0, 0, 0}},
                          {.from = {0, GRAPH_NONE, 0, 0, 0}, .to = {2, GRAPH_NONE, 0, 0, 0}}};
    Graph graph = {.nodes = nodes, .edges = edges, .node_count = 3, .edge_count = 2};
    GraphLayout layout;
    ck_assert_int_eq(graph_layout(&graph, &arena, &layout), GRAPH_OK);
    double middle = layout.nodes[0].x + 30;
    double children = (layout.nodes[1].x + layout.nodes[2].x + 80) / 2;
    ck_assert_double_lt(fabs(middle - children), 1.01);
    ck_assert(layout.nodes[1].x < layout.nodes[2].x);
    arena_release(&arena);
}
END_TEST

START_TEST(a_chain_is_straight) {
    static const Sketch sketch = {"chain", "abcdef", "", "ab bc cd: de ef", 0};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, GRAPH_TB);
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
    for (size_t e = 0; e < made.graph.edge_count; e++)
        ck_assert_uint_eq(layout.routes[e].count, 2);
    arena_release(&arena);
}
END_TEST

/* A note, "n" or "m", stands beside what it belongs to: before it when the edge begins there. */
START_TEST(a_weak_neighbour_stands_at_its_side) {
    static const Sketch sketch = {"notes", "abcdnm", "", "ab ac ad bn~ mc~", 0};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, GRAPH_TB);
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
    const GraphBox *b = &layout.nodes[1], *c = &layout.nodes[2];
    const GraphBox *n = &layout.nodes[4], *m = &layout.nodes[5];
    ck_assert(n->x > b->x && n->y < b->y + b->height && b->y < n->y + n->height);
    ck_assert(m->x < c->x && m->y < c->y + c->height && c->y < m->y + m->height);
    ck_assert_uint_eq(layout.routes[3].count, 2);
    ck_assert_uint_eq(layout.routes[4].count, 2);
    arena_release(&arena);
}
END_TEST

/* --- hostile graphs --- */

typedef struct Spoiled {
    const char *name;
    void (*spoil)(Made *made);
} Spoiled;

static void spoil_node_group(Made *made) {
    made->nodes[0].group = 7;
}
static void spoil_parent(Made *made) {
    made->groups[0].parent = 99;
}
static void spoil_loop_of_groups(Made *made) {
    made->groups[0].parent = 1;
}
static void spoil_own_parent(Made *made) {
    made->groups[0].parent = 0;
}
static void spoil_edge(Made *made) {
    made->edges[0].to.node = 4;
}
static void spoil_both_ends(Made *made) {
    made->edges[0].to.group = 0;
}
static void spoil_no_end(Made *made) {
    made->edges[0].to.node = GRAPH_NONE;
}
static void spoil_width(Made *made) {
    made->nodes[1].width = NAN;
}
static void spoil_height(Made *made) {
    made->nodes[1].height = -1;
}
static void spoil_label(Made *made) {
    made->edges[0].label_width = INFINITY;
}
static void spoil_gap(Made *made) {
    made->graph.node_gap = NAN;
}
static void spoil_border(Made *made) {
    made->nodes[0].border = (GraphBorder)99;
}
static void spoil_direction(Made *made) {
    made->graph.direction = (GraphDirection)17;
}

static const Spoiled spoiled[] = {
    {"group of a node", spoil_node_group},
    {"parent", spoil_parent},
    {"cycle of groups", spoil_loop_of_groups},
    {"own parent", spoil_own_parent},
    {"end", spoil_edge},
    {"two ends in one", spoil_both_ends},
    {"no end", spoil_no_end},
    {"not a number", spoil_width},
    {"negative", spoil_height},
    {"infinite", spoil_label},
    {"gap", spoil_gap},
    {"border", spoil_border},
    {"direction", spoil_direction},
};

START_TEST(broken_input_is_refused) {
    static const Sketch sketch = {"sound", "a b.0 c.1 d", "0 1.0", "ab bc cd", 0};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, GRAPH_TB);
    spoiled[_i].spoil(&made);
    ck_assert_msg(graph_layout(&made.graph, &arena, &layout) == GRAPH_BROKEN, "%s",
                  spoiled[_i].name);
    arena_release(&arena);
}
END_TEST

START_TEST(huge_sizes_do_not_overflow) {
    static const double sizes[] = {1e5, 1e7, 1e9, 1e300};
    static const Sketch sketch = {"huge", "a b.0 c.0 d", "0", "ab: bc cd* ad:", 1};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, GRAPH_LR);
    made.nodes[1].width = sizes[_i];
    made.edges[3].label_height = sizes[_i];
    GraphProblem problem = graph_layout(&made.graph, &arena, &layout);
    ck_assert(problem == GRAPH_OK || problem == GRAPH_TOO_LARGE);
    if (problem == GRAPH_OK)
        check_all("huge", &made.graph, &layout);
    arena_release(&arena);
}
END_TEST

START_TEST(sizes_of_nothing_are_fine) {
    static const Sketch sketch = {"flat", "abc.0d", "0", "ab bc cd: aa", 1};
    Arena arena = {0};
    Made made;
    GraphLayout layout;
    make(&made, &sketch, GRAPH_TB);
    for (size_t n = 0; n < made.graph.node_count; n++)
        made.nodes[n].width = made.nodes[n].height = 0;
    made.groups[0] = (GraphGroup){.parent = GRAPH_NONE};
    ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
    for (size_t e = 0; e < made.graph.edge_count; e++) {
        for (size_t i = 0; i < layout.routes[e].count; i++) {
            ck_assert(isfinite(layout.routes[e].points[i].x));
            ck_assert(isfinite(layout.routes[e].points[i].y));
        }
    }
    arena_release(&arena);
}
END_TEST

START_TEST(too_many_are_refused) {
    Arena arena = {0};
    GraphLayout layout;
    Graph graph = {.node_count = GRAPH_MAX_NODES + 1};
    graph.nodes = arena_array(&arena, GraphNode, graph.node_count);
    ck_assert_int_eq(graph_layout(&graph, &arena, &layout), GRAPH_TOO_LARGE);
    graph = (Graph){.edge_count = GRAPH_MAX_EDGES + 1};
    graph.edges = arena_array(&arena, GraphEdge, graph.edge_count);
    ck_assert_int_eq(graph_layout(&graph, &arena, &layout), GRAPH_TOO_LARGE);
    arena_release(&arena);
}
END_TEST

typedef struct Large {
    const char *name;
    uint32_t nodes, edges, groups;
    uint32_t (*from)(uint32_t edge);
    uint32_t (*to)(uint32_t edge);
    uint32_t (*group)(uint32_t node);
    uint32_t (*parent)(uint32_t group);
} Large;

static uint32_t none(uint32_t i) {
    (void)i;
    return GRAPH_NONE;
}
static uint32_t left_of_pair(uint32_t e) {
    return e % 500;
}
static uint32_t right_of_pair(uint32_t e) {
    return 500 + (e * 7 + e / 500 * 31) % 500;
}
static uint32_t grid_left(uint32_t e) {
    return e / 38;
}
static uint32_t grid_right(uint32_t e) {
    return 40 + e % 38;
}
static uint32_t same(uint32_t e) {
    return e % 999;
}
static uint32_t next(uint32_t e) {
    return e % 999 + 1;
}
static uint32_t zero(uint32_t e) {
    (void)e;
    return 0;
}
static uint32_t spread(uint32_t e) {
    return 1 + e % 999;
}
static uint32_t jump(uint32_t e) {
    return (e * 617 + 13) % 1000;
}
static uint32_t jump_far(uint32_t e) {
    return (e * 389 + 7 * (e / 1000) + 101) % 1000;
}
static uint32_t by_five(uint32_t n) {
    return n / 5 % 200;
}
static uint32_t chain_of_groups(uint32_t g) {
    return g == 0 ? GRAPH_NONE : g - 1;
}
static uint32_t skip_from(uint32_t e) {
    return e < 999 ? e : (e - 999) % 40;
}
static uint32_t skip_to(uint32_t e) {
    return e < 999 ? e + 1 : 999 - (e - 999) % 37;
}

static const Large large[] = {
    {"bipartite", 1000, 1500, 0, left_of_pair, right_of_pair, none, none},
    {"complete bipartite", 78, 1500, 0, grid_left, grid_right, none, none},
    {"path", 1000, 999, 0, same, next, none, none},
    {"doubled path", 1000, 1500, 0, same, next, none, none},
    {"star", 1000, 1500, 0, zero, spread, none, none},
    {"tangle", 1000, 1500, 0, jump, jump_far, none, none},
    {"isolated", 1000, 0, 0, zero, zero, none, none},
    {"path and long edges", 1000, 1500, 0, skip_from, skip_to, none, none},
    {"tangle of groups", 1000, 1500, 200, jump, jump_far, by_five, none},
    {"nested 200 deep", 1000, 1500, 200, jump, jump_far, by_five, chain_of_groups},
    {"nested path", 1000, 999, 200, same, next, by_five, chain_of_groups},
    {"boxes 200 deep", 1000, 0, 200, zero, zero, by_five, chain_of_groups},
};

START_TEST(large_graphs_end_in_time) {
    const Large *row = &large[_i];
    Arena arena = {0};
    GraphNode *nodes = arena_array(&arena, GraphNode, row->nodes);
    GraphEdge *edges = arena_array(&arena, GraphEdge, row->edges);
    GraphGroup *groups = arena_array(&arena, GraphGroup, row->groups);
    for (uint32_t n = 0; n < row->nodes; n++)
        nodes[n] = (GraphNode){.width = 80, .height = 30, .group = row->group(n)};
    for (uint32_t g = 0; g < row->groups; g++)
        groups[g] = (GraphGroup){.parent = row->parent(g), .title_width = 50, .title_height = 18};
    for (uint32_t e = 0; e < row->edges; e++) {
        edges[e].from = (GraphEnd){.node = row->from(e), .group = GRAPH_NONE};
        edges[e].to = (GraphEnd){.node = row->to(e), .group = GRAPH_NONE};
    }
    Graph graph = {.nodes = nodes,
                   .groups = groups,
                   .edges = edges,
                   .node_count = row->nodes,
                   .group_count = row->groups,
                   .edge_count = row->edges};
    GraphLayout layout;
    GraphProblem problem = graph_layout(&graph, &arena, &layout);
    ck_assert_msg(problem == GRAPH_OK || problem == GRAPH_TOO_LARGE, "%s", row->name);
    if (problem == GRAPH_OK) {
        check_nodes(row->name, &graph, &layout);
        check_groups(row->name, &graph, &layout);
    }
    arena_release(&arena);
}
END_TEST

/* --- graphs by chance: a fixed sequence of numbers, so the same each time --- */

typedef struct Dice {
    uint32_t state;
} Dice;

static uint32_t roll(Dice *dice, uint32_t sides) {
    dice->state = dice->state * 1664525u + 1013904223u;
    return (dice->state >> 8) % sides;
}

static GraphEnd random_end(Dice *dice, const Made *made) {
    if (made->graph.group_count > 0 && roll(dice, 6) == 0)
        return (GraphEnd){.node = GRAPH_NONE,
                          .group = roll(dice, (uint32_t)made->graph.group_count)};
    return (GraphEnd){.node = roll(dice, (uint32_t)made->graph.node_count), .group = GRAPH_NONE};
}

static void make_random(Made *made, uint32_t seed) {
    Dice dice = {seed * 7919 + 1};
    memset(made, 0, sizeof *made);
    made->graph = (Graph){.direction = (GraphDirection)(1 + roll(&dice, 4)),
                          .nodes = made->nodes,
                          .groups = made->groups,
                          .edges = made->edges,
                          .node_count = 1 + roll(&dice, MOST),
                          .group_count = roll(&dice, 7),
                          .edge_count = roll(&dice, 2 * MOST)};
    for (uint32_t g = 0; g < made->graph.group_count; g++)
        made->groups[g] =
            (GraphGroup){.parent = g > 0 && roll(&dice, 2) ? roll(&dice, g) : GRAPH_NONE,
                         .direction = (GraphDirection)roll(&dice, 5),
                         .title_width = roll(&dice, 200),
                         .title_height = roll(&dice, 40),
                         .padding = roll(&dice, 20)};
    for (uint32_t n = 0; n < made->graph.node_count; n++)
        made->nodes[n] = (GraphNode){.width = 10 + roll(&dice, 200),
                                     .height = 10 + roll(&dice, 90),
                                     .border = (GraphBorder)roll(&dice, 10),
                                     .group = made->graph.group_count > 0 && roll(&dice, 3)
                                                  ? roll(&dice, (uint32_t)made->graph.group_count)
                                                  : GRAPH_NONE};
    for (uint32_t e = 0; e < made->graph.edge_count; e++) {
        GraphEdge *edge = &made->edges[e];
        edge->from = random_end(&dice, made);
        edge->to = random_end(&dice, made);
        edge->length = roll(&dice, 8) ? 1 : roll(&dice, 4);
        edge->is_weak = roll(&dice, 10) == 0;
        if (roll(&dice, 3) == 0) {
            edge->label_width = 1 + roll(&dice, 120);
            edge->label_height = 18;
        }
    }
}

START_TEST(random_graphs_keep_the_promises) {
    enum { EACH = 12 };
    Arena arena = {0};
    for (uint32_t i = 0; i < EACH; i++) {
        Made made;
        GraphLayout layout;
        char name[32];
        uint32_t seed = (uint32_t)_i * EACH + i;
        snprintf(name, sizeof name, "random %u", seed);
        make_random(&made, seed);
        ck_assert_int_eq(graph_layout(&made.graph, &arena, &layout), GRAPH_OK);
        check_all(name, &made.graph, &layout);
        arena_reset(&arena);
    }
    arena_release(&arena);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("graph");
    tcase_set_timeout(tcase, 120);
    add_rows(tcase, every_layout_keeps_its_promises, 4 * ROW_COUNT(sketches));
    tcase_add_loop_test(tcase, edges_flow_in_the_direction, GRAPH_TB, GRAPH_RL + 1);
    tcase_add_test(tcase, a_group_alone_has_its_own_direction);
    tcase_add_test(tcase, a_parent_stands_over_the_middle_of_its_children);
    tcase_add_test(tcase, a_chain_is_straight);
    tcase_add_test(tcase, a_weak_neighbour_stands_at_its_side);
    add_rows(tcase, broken_input_is_refused, ROW_COUNT(spoiled));
    tcase_add_loop_test(tcase, huge_sizes_do_not_overflow, 0, 4);
    tcase_add_test(tcase, sizes_of_nothing_are_fine);
    tcase_add_test(tcase, too_many_are_refused);
    add_rows(tcase, large_graphs_end_in_time, ROW_COUNT(large));
    tcase_add_loop_test(tcase, random_graphs_keep_the_promises, 0, 25);
    return run_suite("graph", tcase);
}
