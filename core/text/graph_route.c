/* SPDX-License-Identifier: MIT
 * graph_route.c - turns a solved plan into boxes and routes of the picture.
 *
 * A route leaves a tile straight, runs sideways only between rows and arrives straight, so that it
 * never meets a foreign node (orthogonal routes as in Sander 1995). */
#include "text/graph_internal.h"

enum { LABEL_ASIDE = 3 * GRAPH_UNIT };

typedef struct Writer {
    Canvas *canvas;
    const Layers *layers;
    Unit x, y; /* of the top left corner */
    GraphPoint *points;
    size_t count;
} Writer;

void graph_measure(const Layers *layers, Unit *width, Unit *height) {
    Unit w = layers->right - layers->left, h = layers->bottom - layers->top;
    bool turns = graph_is_sideways(layers->plan->direction);
    *width = turns ? h : w;
    *height = turns ? w : h;
}

/* From the plan, where all flows down, to the picture. */
static GraphPoint turn(const Writer *w, double x, double y) {
    const Layers *layers = w->layers;
    x -= layers->left;
    y -= layers->top;
    double below = layers->bottom - layers->top - y;
    GraphPoint point = {x, y};
    switch (layers->plan->direction) {
    case GRAPH_BT:
        point = (GraphPoint){x, below};
        break;
    case GRAPH_LR:
        point = (GraphPoint){y, x};
        break;
    case GRAPH_RL:
        point = (GraphPoint){below, x};
        break;
    default:
        break;
    }
    return (GraphPoint){(point.x + w->x) / GRAPH_UNIT, (point.y + w->y) / GRAPH_UNIT};
}

static Side turn_side(GraphDirection direction, Side side) {
    static const Side sides[][SIDE_COUNT] = {
        [GRAPH_BT] = {SIDE_BOTTOM, SIDE_RIGHT, SIDE_TOP, SIDE_LEFT},
        [GRAPH_LR] = {SIDE_LEFT, SIDE_BOTTOM, SIDE_RIGHT, SIDE_TOP},
        [GRAPH_RL] = {SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_TOP},
    };
    return direction == GRAPH_BT || direction == GRAPH_LR || direction == GRAPH_RL
               ? sides[direction][side]
               : side;
}

/* Where an end on this side of a tile, `offset` from its middle, meets the true border: in pixels
 * into the box. */
static double inset_of(const Writer *w, const Tile *tile, Side side, double offset) {
    if (tile->node == GRAPH_NONE)
        return 0;
    const GraphNode *node = &w->canvas->graph->nodes[tile->node];
    return graph_border_inset(node->border, node->width, node->height,
                              turn_side(w->layers->plan->direction, side), offset / GRAPH_UNIT);
}

static void add_point(Writer *w, double x, double y) {
    GraphPoint point = turn(w, x, y);
    if (w->count > 0) {
        GraphPoint last = w->points[w->count - 1];
        if (last.x == point.x && last.y == point.y)
            return;
        if (w->count > 1) {
            GraphPoint before = w->points[w->count - 2];
            bool is_upright = before.x == last.x && last.x == point.x;
            bool is_level = before.y == last.y && last.y == point.y;
            if (is_upright || is_level)
                w->count--;
        }
    }
    w->points[w->count++] = point;
}

static void start_route(Writer *w, size_t most) {
    w->points = arena_array(w->canvas->arena, GraphPoint, most);
    w->count = 0;
}

static void end_route(Writer *w, uint32_t edge, bool is_reversed) {
    GraphRoute *route = &w->canvas->out->routes[edge];
    route->points = w->points;
    route->count = w->count;
    for (size_t i = 0, k = w->count - 1; is_reversed && i < k; i++, k--) {
        GraphPoint swap = w->points[i];
        w->points[i] = w->points[k];
        w->points[k] = swap;
    }
}

/* --- chains --- */

typedef struct Tip {
    double x, y;
} Tip;

static Tip upper_tip(const Writer *w, const Link *link) {
    const Layers *layers = w->layers;
    const Spot *spot = &layers->spots[link->upper];
    if (spot->kind == SPOT_PORT)
        return (Tip){spot->x, layers->group_box[spot->group].bottom};
    double inset = inset_of(w, &layers->plan->tiles[spot->owner], SIDE_BOTTOM, link->upper_port);
    return (Tip){spot->x + link->upper_port,
                 graph_tile_box(layers, spot->owner).bottom - inset * GRAPH_UNIT};
}

static Tip lower_tip(const Writer *w, const Link *link, bool ends_inside) {
    const Layers *layers = w->layers;
    const Spot *spot = &layers->spots[link->lower];
    if (spot->kind == SPOT_PORT) {
        const Box *box = &layers->group_box[spot->group];
        return (Tip){spot->x, ends_inside ? box->bottom : box->top};
    }
    double inset = inset_of(w, &layers->plan->tiles[spot->owner], SIDE_TOP, link->lower_port);
    return (Tip){spot->x + link->lower_port,
                 graph_tile_box(layers, spot->owner).top + inset * GRAPH_UNIT};
}

/* Beside the line, clear of the box even where the border lies deeper. */
static void set_end_label(Writer *w, uint32_t edge, bool is_upper, Tip tip, bool is_reversed) {
    const PlanEdge *e = &w->layers->plan->edges[edge];
    bool is_from = is_upper != is_reversed;
    const PlanEnd *end = is_from ? &e->from : &e->to;
    if (end->label_width == 0)
        return;
    double x = tip.x + end->label_width / 2.0 + LABEL_ASIDE;
    double half = end->label_height / 2.0 + LABEL_ASIDE;
    double y = tip.y;
    if (!end->is_group) {
        Box box = graph_tile_box(w->layers, end->index);
        y = is_upper ? box.bottom : box.top;
    }
    GraphRoute *route = &w->canvas->out->routes[e->source];
    *(is_from ? &route->from_label : &route->to_label) = turn(w, x, y + (is_upper ? half : -half));
}

static double row_middle(const Layers *layers, uint32_t row) {
    return (layers->rows[row].top + layers->rows[row].bottom) / 2.0;
}

static const Link *link_between(const Layers *layers, uint32_t edge, uint32_t upper) {
    const Spot *spot = &layers->spots[upper];
    for (uint32_t i = 0; i < spot->down_count; i++) {
        const Link *link = &layers->links[layers->downs[spot->down + i]];
        if (link->edge == edge)
            return link;
    }
    return NULL;
}

static void write_chain(Writer *w, uint32_t edge) {
    const Layers *layers = w->layers;
    const Chain *chain = &layers->chains[edge];
    const uint32_t *spots = layers->chain_spots + chain->start;
    bool ends_inside =
        layers->flow[edge] == FLOW_INTO_GROUP || layers->flow[edge] == FLOW_INTO_GROUP_UP;
    uint32_t source = layers->plan->edges[edge].source;
    start_route(w, (size_t)chain->count * 2 + 2);
    Tip tip = {0, 0};
    for (uint32_t i = 0; i + 1 < chain->count; i++) {
        const Link *link = link_between(layers, edge, spots[i]);
        if (i == 0) {
            tip = upper_tip(w, link);
            add_point(w, tip.x, tip.y);
            set_end_label(w, edge, true, tip, chain->is_reversed);
        }
        double x1 = layers->spots[link->upper].x + link->upper_port;
        double x2 = layers->spots[link->lower].x + link->lower_port;
        if (x1 != x2) {
            add_point(w, x1, link->track);
            add_point(w, x2, link->track);
        }
        if (i + 2 == chain->count) {
            tip = lower_tip(w, link, ends_inside);
            add_point(w, tip.x, tip.y);
            set_end_label(w, edge, false, tip, chain->is_reversed);
        }
        const Spot *spot = &layers->spots[link->lower];
        if (spot->kind == SPOT_LABEL)
            w->canvas->out->routes[source].label = turn(w, spot->x, row_middle(layers, spot->row));
    }
    end_route(w, source, chain->is_reversed);
}

/* --- flat edges --- */

static double side_inset(const Writer *w, const PlanEnd *end, Side side, double offset) {
    return end->is_group
               ? 0
               : GRAPH_UNIT * inset_of(w, &w->layers->plan->tiles[end->index], side, offset);
}

static void write_side_by_side(Writer *w, const PlanEdge *edge, Box from, Box to) {
    bool goes_right = from.left + from.right <= to.left + to.right;
    Unit top = from.top > to.top ? from.top : to.top;
    Unit bottom = from.bottom < to.bottom ? from.bottom : to.bottom;
    double y = (top + bottom) / 2.0;
    double inset_from = side_inset(w, &edge->from, goes_right ? SIDE_RIGHT : SIDE_LEFT,
                                   y - (from.top + from.bottom) / 2.0);
    double inset_to = side_inset(w, &edge->to, goes_right ? SIDE_LEFT : SIDE_RIGHT,
                                 y - (to.top + to.bottom) / 2.0);
    double x1 = goes_right ? from.right - inset_from : from.left + inset_from;
    double x2 = goes_right ? to.left + inset_to : to.right - inset_to;
    add_point(w, x1, y);
    add_point(w, x2, y);
    w->canvas->out->routes[edge->source].label = turn(w, (x1 + x2) / 2, y);
}

static void set_flat_labels(Writer *w, const PlanEdge *edge, const FlatRoute *route) {
    GraphRoute *out = &w->canvas->out->routes[edge->source];
    for (int i = 0; i < 2; i++) {
        const PlanEnd *end = i == 0 ? &edge->from : &edge->to;
        if (end->label_width > 0)
            *(i == 0 ? &out->from_label : &out->to_label) =
                turn(w, route->x[i] + end->label_width / 2.0 + LABEL_ASIDE,
                     route->y[i] + end->label_height / 2.0 + LABEL_ASIDE);
    }
}

static void write_flat(Writer *w, uint32_t index) {
    const Layers *layers = w->layers;
    const PlanEdge *edge = &layers->plan->edges[index];
    const FlatRoute *route = &layers->flats[index];
    start_route(w, 4);
    if (route->is_straight) {
        write_side_by_side(w, edge, graph_tile_box(layers, edge->from.index),
                           graph_tile_box(layers, edge->to.index));
        end_route(w, edge->source, false);
        return;
    }
    for (int i = 0; i < 2; i++) {
        const PlanEnd *end = i == 0 ? &edge->from : &edge->to;
        double inset = 0;
        if (!end->is_group)
            inset = side_inset(w, end, SIDE_BOTTOM,
                               route->x[i] - layers->spots[layers->tile_spot[end->index]].x);
        if (i == 1)
            add_point(w, route->x[1], route->track);
        add_point(w, route->x[i], route->y[i] - inset);
        if (i == 0)
            add_point(w, route->x[0], route->track);
    }
    w->canvas->out->routes[edge->source].label =
        turn(w, (route->x[0] + route->x[1]) / 2.0, route->track);
    set_flat_labels(w, edge, route);
    end_route(w, edge->source, false);
}

/* --- loops --- */

static void write_loop(Writer *w, uint32_t source, const Tile *tile, Box box) {
    Loop loop = graph_loop(w->canvas, source, w->layers->plan->direction, box.bottom - box.top);
    double middle = (box.top + box.bottom) / 2.0;
    double inset = tile ? GRAPH_UNIT * inset_of(w, tile, SIDE_RIGHT, loop.rise) : 0;
    double inset_up = tile ? GRAPH_UNIT * inset_of(w, tile, SIDE_RIGHT, -loop.rise) : 0;
    start_route(w, 4);
    add_point(w, box.right - inset_up, middle - loop.rise);
    add_point(w, box.right + loop.reach, middle - loop.rise);
    add_point(w, box.right + loop.reach, middle + loop.rise);
    add_point(w, box.right - inset, middle + loop.rise);
    end_route(w, source, false);
    w->canvas->out->routes[source].label = turn(w, box.right + loop.label_x, middle + loop.label_y);
}

static void write_loops(Writer *w) {
    const Layers *layers = w->layers;
    const Canvas *canvas = w->canvas;
    for (uint32_t e = 0; e < canvas->graph->edge_count; e++) {
        const GraphEdge *edge = &canvas->graph->edges[e];
        if (edge->from.node != edge->to.node || edge->from.group != edge->to.group)
            continue;
        for (uint32_t t = 0; t < layers->plan->tile_count; t++) {
            const Tile *tile = &layers->plan->tiles[t];
            uint32_t group =
                tile->scope == GRAPH_NONE ? GRAPH_NONE : canvas->scopes[tile->scope].group;
            if (edge->from.node == tile->node && edge->from.group == group)
                write_loop(w, e, tile, graph_tile_box(layers, t));
        }
        for (uint32_t g = 0; g < layers->plan->group_count; g++) {
            if (edge->from.node == GRAPH_NONE && edge->from.group == layers->plan->groups[g].source)
                write_loop(w, e, NULL, layers->group_box[g]);
        }
    }
}

/* --- boxes --- */

static GraphBox turn_box(const Writer *w, Box box) {
    GraphPoint a = turn(w, box.left, box.top), b = turn(w, box.right, box.bottom);
    GraphBox out = {a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, a.x - b.x, a.y - b.y};
    out.width = out.width < 0 ? -out.width : out.width;
    out.height = out.height < 0 ? -out.height : out.height;
    return out;
}

static void write_tile(Writer *w, uint32_t index) {
    const Tile *tile = &w->layers->plan->tiles[index];
    GraphBox box = turn_box(w, graph_tile_box(w->layers, index));
    if (tile->scope != GRAPH_NONE) {
        Scope *scope = &w->canvas->scopes[tile->scope];
        scope->x = (Unit)(box.x * GRAPH_UNIT);
        scope->y = (Unit)(box.y * GRAPH_UNIT);
        w->canvas->out->groups[scope->group] = box;
        return;
    }
    const GraphNode *node = &w->canvas->graph->nodes[tile->node];
    w->canvas->out->nodes[tile->node] =
        (GraphBox){box.x + (box.width - node->width) / 2, box.y + (box.height - node->height) / 2,
                   node->width, node->height};
}

void graph_write(Canvas *canvas, const Layers *layers, Unit x, Unit y) {
    Writer w = {.canvas = canvas, .layers = layers, .x = x, .y = y};
    for (uint32_t t = 0; t < layers->plan->tile_count; t++)
        write_tile(&w, t);
    for (uint32_t g = 0; g < layers->plan->group_count; g++)
        canvas->out->groups[layers->plan->groups[g].source] = turn_box(&w, layers->group_box[g]);
    for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
        if (layers->chains[e].count > 0)
            write_chain(&w, e);
        else
            write_flat(&w, e);
    }
    write_loops(&w);
}
