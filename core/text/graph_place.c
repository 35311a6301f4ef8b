/* SPDX-License-Identifier: MIT
 * graph_place.c - the x of every spot and the left and right border of every group.
 *
 * Network simplex (Gansner et al. 1993, section 4): edges wish to be straight, long ones most; the
 * order in the rows gives least distances; a group's borders are one variable each over all rows
 * (Sander 1996). Where the optimum leaves room, straight pieces move to the middle of it, which
 * makes trees symmetric. */
#include "text/graph_internal.h"

enum {
    GROUP_WIDTH_WEIGHT = 3,
    BALANCE_ROUNDS = 4,
    LINE_GAP = 8 * GRAPH_UNIT,  /* between labels below each other */
    DOOR_GAP = 16 * GRAPH_UNIT, /* between ends at the border of a group */
};

typedef struct Placing {
    Layers *layers;
    SimplexEdge *edges;
    uint32_t count, var_count;
    int32_t *x;
} Placing;

static uint32_t var_of(const Layers *layers, uint32_t spot) {
    const Spot *s = &layers->spots[spot];
    if (s->kind == SPOT_LEFT)
        return layers->spot_count + 2 * s->owner;
    return s->kind == SPOT_RIGHT ? layers->spot_count + 2 * s->owner + 1 : spot;
}

static bool is_thin(const Spot *spot) {
    return spot->kind == SPOT_BEND || spot->kind == SPOT_PORT;
}

static Unit gap_between(const Layers *layers, const Spot *a, const Spot *b) {
    const Plan *plan = layers->plan;
    if (a->kind == SPOT_LEFT && b->kind == SPOT_RIGHT && a->owner == b->owner)
        return plan->groups[a->owner].inset[SIDE_LEFT] + plan->groups[a->owner].inset[SIDE_RIGHT];
    if (a->kind == SPOT_LEFT)
        return plan->groups[a->owner].inset[SIDE_LEFT];
    if (b->kind == SPOT_RIGHT)
        return plan->groups[b->owner].inset[SIDE_RIGHT];
    if (is_thin(a) || is_thin(b))
        return plan->edge_gap;
    if (a->kind == SPOT_LABEL && b->kind == SPOT_LABEL && graph_is_sideways(plan->direction))
        return LINE_GAP;
    return a->kind == SPOT_LABEL || b->kind == SPOT_LABEL ? plan->edge_gap : plan->node_gap;
}

static void add_edge(Placing *p, uint32_t tail, uint32_t head, Unit length, int32_t weight) {
    p->edges[p->count++] =
        (SimplexEdge){.tail = tail, .head = head, .length = length, .weight = weight};
}

static void add_rows(Placing *p) {
    const Layers *layers = p->layers;
    for (uint32_t i = 0; i < layers->row_count; i++) {
        const Row *row = &layers->rows[i];
        for (uint32_t k = 1, last = 0; k < row->count; k++) {
            const Spot *a = &layers->spots[row->spots[last]], *b = &layers->spots[row->spots[k]];
            if (b->is_free)
                continue;
            add_edge(p, var_of(layers, row->spots[last]), var_of(layers, row->spots[k]),
                     a->reach_right + gap_between(layers, a, b) + b->reach_left, 0);
            last = k;
        }
    }
}

static int32_t straightness(const Layers *layers, const Link *link) {
    bool upper_bends = layers->spots[link->upper].kind != SPOT_TILE;
    bool lower_bends = layers->spots[link->lower].kind != SPOT_TILE;
    return upper_bends && lower_bends ? 8 : upper_bends || lower_bends ? 3 : 2;
}

/* A vertex left of both ends: the edges to them are as long as the link is slanted. */
static void add_links(Placing *p) {
    const Layers *layers = p->layers;
    for (uint32_t l = 0; l < layers->link_count; l++) {
        const Link *link = &layers->links[l];
        if (link->edge == GRAPH_NONE)
            continue;
        Unit offset = link->upper_port - link->lower_port;
        uint32_t left = p->var_count++;
        int32_t weight = straightness(layers, link);
        add_edge(p, left, link->upper, offset < 0 ? -offset : 0, weight);
        add_edge(p, left, link->lower, offset > 0 ? offset : 0, weight);
    }
}

static void add_groups(Placing *p) {
    const Layers *layers = p->layers;
    for (uint32_t g = 0; g < layers->plan->group_count; g++) {
        uint32_t left = layers->spot_count + 2 * g;
        add_edge(p, left, left + 1, layers->plan->groups[g].min_width, GROUP_WIDTH_WEIGHT);
    }
}

/* Free ports stay within their group and in their order. */
static void add_doors(Placing *p) {
    const Layers *layers = p->layers;
    for (uint32_t i = 0; i < layers->row_count; i++) {
        const Row *row = &layers->rows[i];
        uint32_t last[2] = {GRAPH_NONE, GRAPH_NONE}; /* above and below the group */
        for (uint32_t k = 0; k < row->count; k++) {
            const Spot *port = &layers->spots[row->spots[k]];
            if (!port->is_free)
                continue;
            uint32_t left = layers->spot_count + 2 * port->group;
            uint32_t *before = &last[port->up_count > 0 ? 0 : 1];
            add_edge(p, left, row->spots[k], DOOR_GAP, 0);
            add_edge(p, row->spots[k], left + 1, DOOR_GAP, 0);
            if (*before != GRAPH_NONE && layers->spots[*before].group == port->group)
                add_edge(p, *before, row->spots[k], DOOR_GAP, 0);
            *before = row->spots[k];
        }
    }
}

/* They wish to be in the middle. */
static void pull_doors(Placing *p) {
    const Layers *layers = p->layers;
    for (uint32_t i = 0; i < layers->spot_count; i++) {
        if (!layers->spots[i].is_free)
            continue;
        for (int upper = 0; upper < 2; upper++) {
            uint32_t tile = graph_middle_tile(layers, &layers->spots[i], upper == 1);
            if (tile == GRAPH_NONE)
                continue;
            add_edge(p, p->var_count, i, 0, 1);
            add_edge(p, p->var_count++, tile, 0, 1);
        }
    }
}

/* --- balance --- */

typedef struct Balance {
    Placing *placing;
    uint32_t *block;        /* leader of each variable */
    uint32_t *next;         /* members of a block: rings */
    uint32_t *first, *edge; /* separations at a variable */
    int32_t *breaks, *weights;
} Balance;

static uint32_t block_of(Balance *b, uint32_t var) {
    while (b->block[var] != var) {
        b->block[var] = b->block[b->block[var]];
        var = b->block[var];
    }
    return var;
}

static Unit slant_of(const Layers *layers, const Link *link) {
    return layers->spots[link->lower].x + link->lower_port - layers->spots[link->upper].x -
           link->upper_port;
}

static void find_blocks(Balance *b) {
    const Layers *layers = b->placing->layers;
    for (uint32_t v = 0; v < b->placing->var_count; v++)
        b->block[v] = b->next[v] = v;
    for (uint32_t l = 0; l < layers->link_count; l++) {
        const Link *link = &layers->links[l];
        if (link->edge == GRAPH_NONE || slant_of(layers, link) != 0)
            continue;
        if (graph_forks_evenly(layers, &layers->spots[link->upper], true) ||
            graph_forks_evenly(layers, &layers->spots[link->lower], false))
            continue;
        uint32_t upper = block_of(b, link->upper), lower = block_of(b, link->lower);
        if (upper == lower)
            continue;
        b->block[lower] = upper;
        uint32_t next = b->next[upper];
        b->next[upper] = b->next[lower];
        b->next[lower] = next;
    }
}

/* How far the block may move without touching its neighbours. */
static void room_of(Balance *b, uint32_t block, int32_t *left, int32_t *right) {
    const Placing *p = b->placing;
    *left = *right = INT32_MAX;
    uint32_t var = block;
    do {
        for (uint32_t i = b->first[var]; i < b->first[var + 1]; i++) {
            const SimplexEdge *e = &p->edges[b->edge[i]];
            uint32_t other = e->tail == var ? e->head : e->tail;
            if (block_of(b, other) == block)
                continue;
            int32_t slack = p->x[e->head] - p->x[e->tail] - e->length;
            int32_t *side = e->tail == var ? right : left;
            *side = slack < *side ? slack : *side;
        }
        var = b->next[var];
    } while (var != block);
}

static uint32_t collect_breaks(Balance *b, uint32_t block) {
    const Layers *layers = b->placing->layers;
    uint32_t count = 0, var = block;
    do {
        const Spot *spot = &layers->spots[var];
        for (int up = 0; up < 2; up++) {
            const uint32_t *links = up ? layers->ups + spot->up : layers->downs + spot->down;
            uint32_t link_count = up ? spot->up_count : spot->down_count;
            for (uint32_t i = 0; i < link_count; i++) {
                const Link *link = &layers->links[links[i]];
                if (block_of(b, up ? link->upper : link->lower) == block)
                    continue;
                Unit slant = slant_of(layers, link);
                b->breaks[count] = up ? -slant : slant;
                b->weights[count++] = straightness(layers, link);
            }
        }
        var = b->next[var];
    } while (var != block);
    return count;
}

static void sort_breaks(Balance *b, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        int32_t at = b->breaks[i], weight = b->weights[i];
        uint32_t k = i;
        for (; k > 0 && b->breaks[k - 1] > at; k--) {
            b->breaks[k] = b->breaks[k - 1];
            b->weights[k] = b->weights[k - 1];
        }
        b->breaks[k] = at;
        b->weights[k] = weight;
    }
}

/* The moves that cost least: all between two breaks when the weights left and right are equal. */
static bool cheapest_moves(Balance *b, uint32_t count, int32_t *least, int32_t *most) {
    int64_t total = 0, before = 0;
    for (uint32_t i = 0; i < count; i++)
        total += b->weights[i];
    for (uint32_t i = 0; i < count; i++) {
        before += b->weights[i];
        if (2 * before < total)
            continue;
        *least = b->breaks[i];
        *most = 2 * before == total && i + 1 < count ? b->breaks[i + 1] : b->breaks[i];
        return true;
    }
    return false;
}

static bool has_tile(const Balance *b, uint32_t block) {
    uint32_t var = block;
    do {
        if (b->placing->layers->spots[var].kind == SPOT_TILE)
            return true;
        var = b->next[var];
    } while (var != block);
    return false;
}

/* Tiles go to the middle; bends to the nearer side, where one of their pieces is straight. */
static int32_t best_move(const Balance *b, uint32_t block, int32_t least, int32_t most) {
    if (has_tile(b, block))
        return least + (most - least) / 2;
    int32_t left = least < 0 ? -least : least, right = most < 0 ? -most : most;
    return left <= right ? least : most;
}

static void move_block(Balance *b, uint32_t block) {
    Layers *layers = b->placing->layers;
    uint32_t count = collect_breaks(b, block);
    sort_breaks(b, count);
    int32_t least, most, left, right;
    if (!cheapest_moves(b, count, &least, &most))
        return;
    room_of(b, block, &left, &right);
    int32_t move = best_move(b, block, least, most);
    move = move < -left ? -left : move > right ? right : move;
    if (move == 0)
        return;
    uint32_t var = block;
    do {
        layers->spots[var].x += move;
        b->placing->x[var] += move;
        var = b->next[var];
    } while (var != block);
}

static void index_separations(Balance *b, uint32_t count) {
    const Placing *p = b->placing;
    for (uint32_t e = 0; e < count; e++) {
        b->first[p->edges[e].tail + 2]++;
        b->first[p->edges[e].head + 2]++;
    }
    for (uint32_t v = 1; v <= p->var_count + 1; v++)
        b->first[v] += b->first[v - 1];
    for (uint32_t e = 0; e < count; e++) {
        b->edge[b->first[p->edges[e].tail + 1]++] = e;
        b->edge[b->first[p->edges[e].head + 1]++] = e;
    }
}

static void balance(Placing *p, uint32_t separations) {
    Layers *layers = p->layers;
    Arena *arena = layers->arena;
    Balance b = {
        .placing = p,
        .block = arena_array(arena, uint32_t, p->var_count),
        .next = arena_array(arena, uint32_t, p->var_count),
        .first = arena_array(arena, uint32_t, p->var_count + 2),
        .edge = arena_array(arena, uint32_t, 2 * separations),
        .breaks = arena_array(arena, int32_t, 2 * layers->link_count + 1),
        .weights = arena_array(arena, int32_t, 2 * layers->link_count + 1),
    };
    index_separations(&b, separations);
    for (int round = 0; round < BALANCE_ROUNDS; round++) {
        find_blocks(&b);
        for (uint32_t i = 0; i < layers->spot_count; i++) {
            uint32_t s = round % 2 == 0 ? layers->spot_count - 1 - i : i;
            SpotKind kind = layers->spots[s].kind;
            if (block_of(&b, s) == s && kind != SPOT_LEFT && kind != SPOT_RIGHT)
                move_block(&b, s);
        }
    }
}

void graph_place(Layers *layers) {
    Arena *arena = layers->arena;
    uint32_t groups = layers->plan->group_count;
    graph_spread_ports(layers);
    uint32_t doors = graph_free_doors(layers);
    Placing p = {.layers = layers, .var_count = layers->spot_count + 2 * groups};
    p.edges = arena_array(arena, SimplexEdge,
                          layers->spot_count + groups + 2 * layers->link_count + 7 * doors);
    add_rows(&p);
    add_groups(&p);
    add_doors(&p);
    uint32_t separations = p.count;
    add_links(&p);
    pull_doors(&p);
    p.x = arena_array(arena, int32_t, p.var_count);
    graph_simplex(arena, p.var_count, p.edges, p.count, layers->budget, p.x);
    for (uint32_t s = 0; s < layers->spot_count; s++)
        layers->spots[s].x = p.x[var_of(layers, s)];
    balance(&p, separations);
    graph_straighten_ports(layers);
    graph_part_columns(layers);
    layers->group_box = arena_array(arena, Box, groups);
    for (uint32_t g = 0; g < groups; g++) {
        layers->group_box[g].left = p.x[layers->spot_count + 2 * g];
        layers->group_box[g].right = p.x[layers->spot_count + 2 * g + 1];
    }
}
