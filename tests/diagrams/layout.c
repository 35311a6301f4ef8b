/* SPDX-License-Identifier: MIT
 * layout.c - random graphs through the layout engine: layout COUNT [FIRST-SEED [THREADS]]. What the
 * header promises is looked at anew here, for every graph: nodes apart, members in their groups and
 * nobody else, routes finite, from border to border and through no foreign node, labels on no node.
 * With threads, each lays out every graph and all must get the same bytes. */
#include "text/graph.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NODES = 70, MAX_GROUPS = 14, MAX_EDGES = 150, MAX_THREADS = 8 };

typedef struct Made {
    Graph graph;
    GraphNode nodes[MAX_NODES];
    GraphGroup groups[MAX_GROUPS];
    GraphEdge edges[MAX_EDGES];
    bool is_broken;
} Made;

/* --- random graphs ---------------------------------------------------------------------------- */

typedef uint64_t Dice;

static uint32_t roll(Dice *dice, uint32_t sides) {
    *dice = *dice * 6364136223846793005u + 1442695040888963407u;
    return sides == 0 ? 0 : (uint32_t)((*dice >> 33) % sides);
}

static bool chance(Dice *dice, uint32_t percent) {
    return roll(dice, 100) < percent;
}

/* Mostly as labels are; sometimes nothing, sometimes huge. */
static double random_size(Dice *dice, double least, uint32_t spread) {
    if (chance(dice, 1))
        return 0;
    if (chance(dice, 1))
        return 1500 + roll(dice, 3000);
    return least + (double)roll(dice, spread * 8) / 8;
}

static void make_groups(Made *made, Dice *dice) {
    for (uint32_t g = 0; g < made->graph.group_count; g++) {
        /* A parent may stand behind its children, but no group may be inside of itself. */
        uint32_t parent = g > 0 && chance(dice, 45) ? roll(dice, g) : GRAPH_NONE;
        made->groups[g] = (GraphGroup){.parent = parent, .padding = (double)roll(dice, 24)};
        if (chance(dice, 30))
            made->groups[g].direction = (GraphDirection)roll(dice, 5);
        if (chance(dice, 80)) {
            made->groups[g].title_width = 20 + (double)roll(dice, 260);
            made->groups[g].title_height = 16 + (double)roll(dice, 20);
        }
        if (chance(dice, 5))
            made->groups[g].min_width = made->groups[g].min_height = (double)roll(dice, 600);
    }
}

static void make_nodes(Made *made, Dice *dice) {
    uint32_t groups = (uint32_t)made->graph.group_count;
    for (size_t n = 0; n < made->graph.node_count; n++) {
        bool is_inside = groups > 0 && chance(dice, 70);
        made->nodes[n] = (GraphNode){.width = random_size(dice, 20, 200),
                                     .height = random_size(dice, 16, 60),
                                     .border = (GraphBorder)roll(dice, GRAPH_TRIANGLE + 1),
                                     .group = is_inside ? roll(dice, groups) : GRAPH_NONE};
    }
}

static GraphEnd random_end(const Made *made, Dice *dice, uint32_t near) {
    uint32_t nodes = (uint32_t)made->graph.node_count, groups = (uint32_t)made->graph.group_count;
    GraphEnd end = {.node = GRAPH_NONE, .group = GRAPH_NONE};
    if (groups > 0 && chance(dice, 12))
        end.group = roll(dice, groups);
    else if (chance(dice, 60))
        end.node = (near + roll(dice, 5)) % nodes;
    else
        end.node = roll(dice, nodes);
    if (chance(dice, 8)) {
        end.label_width = 10 + (double)roll(dice, 60);
        end.label_height = 14;
    }
    if (chance(dice, 10))
        end.room = (double)roll(dice, 30);
    return end;
}

static void make_edges(Made *made, Dice *dice) {
    for (size_t e = 0; e < made->graph.edge_count; e++) {
        GraphEdge *edge = &made->edges[e];
        uint32_t near = (uint32_t)(e * made->graph.node_count / made->graph.edge_count);
        *edge = (GraphEdge){.from = random_end(made, dice, near),
                            .to = random_end(made, dice, near + 1),
                            .length = chance(dice, 10) ? 1 + roll(dice, 5) : 0,
                            .is_weak = chance(dice, 5)};
        /* Ends of loops and of edges to notes have no texts: nothing draws such. */
        if (edge->is_weak ||
            (edge->from.node == edge->to.node && edge->from.group == edge->to.group))
            edge->from.label_width = edge->to.label_width = 0;
        if (chance(dice, 45)) {
            edge->label_width = 8 + (double)roll(dice, 190);
            edge->label_height = 17 * (double)(1 + roll(dice, 3));
        }
    }
}

/* What must be refused, whatever stands around it. */
static void break_something(Made *made, Dice *dice) {
    GraphNode *node = &made->nodes[roll(dice, (uint32_t)made->graph.node_count)];
    made->is_broken = true;
    switch (roll(dice, 5)) {
    case 0:
        node->width = NAN;
        break;
    case 1:
        node->height = -1;
        break;
    case 2:
        node->group = (uint32_t)made->graph.group_count;
        break;
    case 3:
        node->width = INFINITY;
        break;
    default:
        if (made->graph.edge_count == 0)
            node->height = NAN;
        else
            made->edges[0].from.node = (uint32_t)made->graph.node_count;
    }
}

static void make(Made *made, uint32_t seed) {
    Dice dice = seed * 2654435761u + 1;
    memset(made, 0, sizeof *made);
    bool is_small = chance(&dice, 60);
    uint32_t nodes = 1 + roll(&dice, is_small ? 14 : MAX_NODES);
    uint32_t edges = roll(&dice, is_small ? 2 * nodes + 2 : nodes * 3 / 2 + 2);
    made->graph =
        (Graph){.direction = (GraphDirection)roll(&dice, 5),
                .nodes = made->nodes,
                .groups = made->groups,
                .edges = made->edges,
                .node_count = nodes,
                .group_count = chance(&dice, 50) ? 0 : roll(&dice, is_small ? 5 : MAX_GROUPS),
                .edge_count = edges < MAX_EDGES ? edges : MAX_EDGES,
                .max_width = chance(&dice, 50) ? 900 : 0};
    make_groups(made, &dice);
    make_nodes(made, &dice);
    make_edges(made, &dice);
    if (chance(&dice, 3))
        break_something(made, &dice);
}

/* --- what must hold --------------------------------------------------------------------------- */

typedef struct Look {
    const Graph *graph;
    const GraphLayout *layout;
    size_t labels, bad_labels;
    char fault[160]; /* the first one; empty: none */
} Look;

#define FAULT(look, ...)                                                                           \
    do {                                                                                           \
        if ((look)->fault[0] == '\0')                                                              \
            snprintf((look)->fault, sizeof(look)->fault, __VA_ARGS__);                             \
    } while (0)

static const double SLACK = 1;

static bool is_finite_box(GraphBox box) {
    return isfinite(box.x) && isfinite(box.y) && isfinite(box.width) && isfinite(box.height);
}

static bool overlap(GraphBox a, GraphBox b) {
    return a.x + SLACK < b.x + b.width && b.x + SLACK < a.x + a.width &&
           a.y + SLACK < b.y + b.height && b.y + SLACK < a.y + a.height;
}

static bool contains(GraphBox outer, GraphBox inner) {
    return outer.x <= inner.x + SLACK && outer.y <= inner.y + SLACK &&
           outer.x + outer.width + SLACK >= inner.x + inner.width &&
           outer.y + outer.height + SLACK >= inner.y + inner.height;
}

static bool is_within(const Graph *graph, uint32_t group, uint32_t outer) {
    while (group != GRAPH_NONE && group != outer)
        group = graph->groups[group].parent;
    return group != GRAPH_NONE;
}

static void look_at_nodes(Look *look) {
    GraphBox whole = {0, 0, look->layout->width, look->layout->height};
    if (!is_finite_box(whole))
        FAULT(look, "the picture has no size");
    for (uint32_t a = 0; a < look->graph->node_count; a++) {
        GraphBox box = look->layout->nodes[a];
        if (!is_finite_box(box) || !contains(whole, box))
            FAULT(look, "node %u is outside", a);
        if (box.width != look->graph->nodes[a].width || box.height != look->graph->nodes[a].height)
            FAULT(look, "node %u has another size", a);
        for (uint32_t b = 0; b < a; b++) {
            if (overlap(box, look->layout->nodes[b]))
                FAULT(look, "nodes %u and %u overlap", b, a);
        }
    }
}

static void look_at_groups(Look *look) {
    const Graph *graph = look->graph;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        GraphBox box = look->layout->groups[g];
        if (!is_finite_box(box) || box.width + SLACK < graph->groups[g].title_width)
            FAULT(look, "group %u is too small for its title", g);
        for (uint32_t n = 0; n < graph->node_count; n++) {
            bool is_member = is_within(graph, graph->nodes[n].group, g);
            if (is_member && !contains(box, look->layout->nodes[n]))
                FAULT(look, "node %u sticks out of group %u", n, g);
            if (!is_member && overlap(box, look->layout->nodes[n]))
                FAULT(look, "foreign node %u stands in group %u", n, g);
        }
        for (uint32_t h = 0; h < graph->group_count; h++) {
            GraphBox other = look->layout->groups[h];
            if (h != g && is_within(graph, h, g) && !contains(box, other))
                FAULT(look, "group %u sticks out of group %u", h, g);
            if (!is_within(graph, h, g) && !is_within(graph, g, h) && overlap(box, other))
                FAULT(look, "groups %u and %u overlap", g, h);
        }
    }
}

/* Is the point inside of the shape when it is scaled by `scale` around its middle? */
static bool is_in_shape(GraphBorder border, GraphBox box, GraphPoint p, double scale) {
    double w = box.width / 2 * scale, h = box.height / 2 * scale;
    double x = fabs(p.x - box.x - box.width / 2), y = fabs(p.y - box.y - box.height / 2);
    if (x > w || y > h)
        return false;
    if (border == GRAPH_ELLIPSE)
        return w > 0 && h > 0 && x * x / (w * w) + y * y / (h * h) <= 1;
    if (border == GRAPH_DIAMOND)
        return w > 0 && h > 0 && x / w + y / h <= 1;
    return true;
}

/* Ends lie in the box; for those shapes that are looked at more closely, on the border itself. */
static bool is_on_border(GraphBorder border, GraphBox box, GraphPoint p) {
    const double near = 2;
    GraphBox point = {p.x, p.y, 0, 0};
    if (!contains(box, point))
        return false;
    if (border == GRAPH_RECT) {
        double x = fmin(fabs(p.x - box.x), fabs(p.x - box.x - box.width));
        double y = fmin(fabs(p.y - box.y), fabs(p.y - box.y - box.height));
        return fmin(x, y) <= near;
    }
    double least = fmin(box.width, box.height);
    return least < 8 || border > GRAPH_DIAMOND ||
           !is_in_shape(border, box, p, 1 - 4 * near / least);
}

static void look_at_end(Look *look, uint32_t e, const GraphEnd *end, GraphPoint tip) {
    bool is_node = end->node != GRAPH_NONE;
    GraphBox box = is_node ? look->layout->nodes[end->node] : look->layout->groups[end->group];
    if (!is_on_border(is_node ? look->graph->nodes[end->node].border : GRAPH_RECT, box, tip))
        FAULT(look, "edge %u does not end on the border of %s %u", e, is_node ? "node" : "group",
              is_node ? end->node : end->group);
}

/* Members are no strangers to an edge of their group. */
static bool is_foreign(const Graph *graph, const GraphEdge *edge, uint32_t n) {
    uint32_t group = graph->nodes[n].group;
    return edge->from.node != n && edge->to.node != n &&
           (edge->from.node != GRAPH_NONE || !is_within(graph, group, edge->from.group)) &&
           (edge->to.node != GRAPH_NONE || !is_within(graph, group, edge->to.group));
}

/* Clips the segment with the box, made smaller by the slack. */
static bool enters(GraphPoint a, GraphPoint b, GraphBox box) {
    double from = 0, to = 1;
    double low[2] = {box.x + SLACK, box.y + SLACK};
    double high[2] = {box.x + box.width - SLACK, box.y + box.height - SLACK};
    double start[2] = {a.x, a.y}, way[2] = {b.x - a.x, b.y - a.y};
    for (int i = 0; i < 2; i++) {
        if (low[i] >= high[i])
            return false;
        if (way[i] == 0) {
            if (start[i] <= low[i] || start[i] >= high[i])
                return false;
            continue;
        }
        double p = (low[i] - start[i]) / way[i], q = (high[i] - start[i]) / way[i];
        from = fmax(from, fmin(p, q));
        to = fmin(to, fmax(p, q));
    }
    return from < to;
}

/* A label in a bad place does no harm to the rest: counted, and few are allowed. */
static void look_at_label(Look *look, GraphPoint middle, double width, double height) {
    if (width <= 0 || height <= 0)
        return;
    GraphBox box = {middle.x - width / 2, middle.y - height / 2, width, height};
    GraphBox whole = {0, 0, look->layout->width, look->layout->height};
    bool is_bad = !is_finite_box(box) || !contains(whole, box);
    for (uint32_t n = 0; n < look->graph->node_count; n++)
        is_bad = is_bad || overlap(box, look->layout->nodes[n]);
    look->labels++;
    look->bad_labels += is_bad;
}

static void look_at_route(Look *look, uint32_t e) {
    const GraphEdge *edge = &look->graph->edges[e];
    const GraphRoute *route = &look->layout->routes[e];
    GraphBox whole = {0, 0, look->layout->width, look->layout->height};
    if (route->count < 2) {
        FAULT(look, "edge %u has no route", e);
        return;
    }
    for (size_t i = 0; i < route->count; i++) {
        GraphBox point = {route->points[i].x, route->points[i].y, 0, 0};
        if (!is_finite_box(point) || !contains(whole, point))
            FAULT(look, "edge %u runs outside", e);
    }
    look_at_end(look, e, &edge->from, route->points[0]);
    look_at_end(look, e, &edge->to, route->points[route->count - 1]);
    for (uint32_t n = 0; n < look->graph->node_count; n++) {
        for (size_t i = 1; i < route->count && is_foreign(look->graph, edge, n); i++) {
            if (enters(route->points[i - 1], route->points[i], look->layout->nodes[n]))
                FAULT(look, "edge %u runs through node %u", e, n);
        }
    }
    look_at_label(look, route->label, edge->label_width, edge->label_height);
    look_at_label(look, route->from_label, edge->from.label_width, edge->from.label_height);
    look_at_label(look, route->to_label, edge->to.label_width, edge->to.label_height);
}

/* --- laying out ------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t sum, const void *bytes, size_t count) {
    const unsigned char *p = bytes;
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ p[i]) * 1099511628211u;
    return sum;
}

static uint64_t sum_of(const Graph *graph, const GraphLayout *layout) {
    uint64_t sum = mix(14695981039346656037u, &layout->width, sizeof layout->width);
    sum = mix(sum, layout->nodes, graph->node_count * sizeof *layout->nodes);
    sum = mix(sum, layout->groups, graph->group_count * sizeof *layout->groups);
    for (size_t e = 0; e < graph->edge_count; e++) {
        const GraphRoute *route = &layout->routes[e];
        sum = mix(sum, route->points, route->count * sizeof *route->points);
    }
    return sum;
}

typedef struct Run {
    uint32_t first, count;
    bool is_judge; /* looks at every layout; the others only make them */
    size_t faults, edges, labels, bad_labels;
    uint64_t sum;
} Run;

static void *lay_out_all(void *given) {
    Run *run = given;
    Made *made = malloc(sizeof *made);
    for (uint32_t i = 0; i < run->count && made != NULL; i++) {
        uint32_t seed = run->first + i;
        Arena arena = {0};
        GraphLayout layout = {0};
        make(made, seed);
        Look look = {.graph = &made->graph, .layout = &layout};
        GraphProblem problem = graph_layout(&made->graph, &arena, &layout);
        if ((problem != GRAPH_OK) != made->is_broken) {
            FAULT(&look, "it is %s", made->is_broken ? "broken, and laid out" : "refused");
        } else if (problem == GRAPH_OK) {
            run->sum ^= sum_of(&made->graph, &layout) + seed;
            run->edges += made->graph.edge_count;
        }
        if (run->is_judge && problem == GRAPH_OK && look.fault[0] == '\0') {
            look_at_nodes(&look);
            look_at_groups(&look);
            for (uint32_t e = 0; e < made->graph.edge_count; e++)
                look_at_route(&look, e);
            run->labels += look.labels;
            run->bad_labels += look.bad_labels;
        }
        if (run->is_judge && look.fault[0] != '\0') {
            run->faults++;
            printf("FAIL random graph %u (%zu nodes, %zu groups, %zu edges): %s\n", seed,
                   made->graph.node_count, made->graph.group_count, made->graph.edge_count,
                   look.fault);
        }
        arena_release(&arena);
    }
    free(made);
    return NULL;
}

int main(int argc, char **argv) {
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000;
    uint32_t first = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    int threads = argc > 3 ? atoi(argv[3]) : 1;
    pthread_t handles[MAX_THREADS];
    Run runs[MAX_THREADS];
    threads = threads < 1 ? 1 : threads > MAX_THREADS ? MAX_THREADS : threads;
    for (int t = 0; t < threads; t++) {
        runs[t] = (Run){.first = first, .count = count, .is_judge = t == 0};
        if (pthread_create(&handles[t], NULL, lay_out_all, &runs[t]) != 0)
            return 2;
    }
    bool is_same = true;
    for (int t = 0; t < threads; t++) {
        pthread_join(handles[t], NULL);
        is_same = is_same && runs[t].sum == runs[0].sum;
    }
    if (!is_same)
        printf("FAIL threads got other layouts\n");
    printf(
        "random graphs: %u with %zu edges, %d thread%s: %zu with faults; %zu of %zu labels outside "
        "or on a node\n",
        count, runs[0].edges, threads, threads == 1 ? "" : "s", runs[0].faults, runs[0].bad_labels,
        runs[0].labels);
    bool has_few = runs[0].bad_labels * 200 <= runs[0].labels;
    if (!has_few)
        printf("FAIL more than 1 of 200 labels stands badly\n");
    return runs[0].faults == 0 && is_same && has_few ? 0 : 1;
}
