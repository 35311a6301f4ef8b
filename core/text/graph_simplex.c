/* SPDX-License-Identifier: MIT
 * graph_simplex.c - network simplex: least weighted sum of differences under least distances.
 *
 * Gansner, Koutsofios, North, Vo: A technique for drawing directed graphs (1993), section 2.3 and
 * 2.4. The first tree is grown by joining the smallest tight piece to its nearest neighbour. Used
 * for ranks and for x coordinates. */
#include "text/graph_internal.h"

typedef struct Simplex {
    uint32_t node_count, edge_count;
    const SimplexEdge *edges;
    int32_t *value;
    uint32_t *first, *incident; /* edges at a node: incident[first[v]] .. incident[first[v + 1]] */
    bool *in_tree;
    int64_t *cut;
    uint32_t *parent_edge;
    uint32_t *low, *lim; /* of a walk through the tree in postorder, from 1 */
    uint32_t *at_lim;    /* the node with this number */
    uint32_t *cursor, *stack;
    size_t *budget;
} Simplex;

static int32_t slack(const Simplex *simplex, uint32_t edge) {
    const SimplexEdge *e = &simplex->edges[edge];
    return simplex->value[e->head] - simplex->value[e->tail] - e->length;
}

static uint32_t other_end(const Simplex *simplex, uint32_t edge, uint32_t node) {
    const SimplexEdge *e = &simplex->edges[edge];
    return e->tail == node ? e->head : e->tail;
}

static void index_edges(Simplex *s, Arena *scratch) {
    s->first = arena_array(scratch, uint32_t, s->node_count + 2);
    s->incident = arena_array(scratch, uint32_t, (size_t)s->edge_count * 2);
    for (uint32_t e = 0; e < s->edge_count; e++) {
        s->first[s->edges[e].tail + 2]++;
        s->first[s->edges[e].head + 2]++;
    }
    for (uint32_t v = 1; v <= s->node_count + 1; v++)
        s->first[v] += s->first[v - 1];
    for (uint32_t e = 0; e < s->edge_count; e++) {
        s->incident[s->first[s->edges[e].tail + 1]++] = e;
        s->incident[s->first[s->edges[e].head + 1]++] = e;
    }
}

/* The least values that satisfy every edge: longest paths from the sources. */
static void set_longest_paths(Simplex *s) {
    uint32_t *missing = s->cursor, *queue = s->stack;
    uint32_t head = 0, count = 0;
    for (uint32_t v = 0; v < s->node_count; v++)
        missing[v] = 0;
    for (uint32_t e = 0; e < s->edge_count; e++)
        missing[s->edges[e].head]++;
    for (uint32_t v = 0; v < s->node_count; v++) {
        if (missing[v] == 0)
            queue[count++] = v;
    }
    while (head < count) {
        uint32_t v = queue[head++];
        for (uint32_t i = s->first[v]; i < s->first[v + 1]; i++) {
            const SimplexEdge *e = &s->edges[s->incident[i]];
            if (e->tail != v)
                continue;
            if (s->value[e->head] < s->value[v] + e->length)
                s->value[e->head] = s->value[v] + e->length;
            if (--missing[e->head] == 0)
                queue[count++] = e->head;
        }
    }
}

/* Pieces of the growing tree: disjoint sets whose members form rings. */
typedef struct Pieces {
    uint32_t *leader, *ring, *size;
    uint32_t *heap, *heap_place;
    uint32_t heap_count;
} Pieces;

static uint32_t piece_of(Pieces *pieces, uint32_t node) {
    while (pieces->leader[node] != node) {
        pieces->leader[node] = pieces->leader[pieces->leader[node]];
        node = pieces->leader[node];
    }
    return node;
}

static bool heap_less(const Pieces *p, uint32_t a, uint32_t b) {
    return p->size[a] != p->size[b] ? p->size[a] < p->size[b] : a < b;
}

static void heap_sink(Pieces *p, uint32_t place) {
    uint32_t piece = p->heap[place];
    for (;;) {
        uint32_t child = place * 2 + 1;
        if (child >= p->heap_count)
            break;
        if (child + 1 < p->heap_count && heap_less(p, p->heap[child + 1], p->heap[child]))
            child++;
        if (!heap_less(p, p->heap[child], piece))
            break;
        p->heap[place] = p->heap[child];
        p->heap_place[p->heap[place]] = place;
        place = child;
    }
    p->heap[place] = piece;
    p->heap_place[piece] = place;
}

static uint32_t heap_pop(Pieces *p) {
    uint32_t piece = p->heap[0];
    p->heap[0] = p->heap[--p->heap_count];
    if (p->heap_count > 0)
        heap_sink(p, 0);
    return piece;
}

static void join_pieces(Pieces *p, uint32_t into, uint32_t piece) {
    p->leader[piece] = into;
    p->size[into] += p->size[piece];
    uint32_t next = p->ring[into];
    p->ring[into] = p->ring[piece];
    p->ring[piece] = next;
}

static void join_tight_edges(Simplex *s, Pieces *p) {
    for (uint32_t e = 0; e < s->edge_count; e++) {
        uint32_t a = piece_of(p, s->edges[e].tail), b = piece_of(p, s->edges[e].head);
        if (a == b || slack(s, e) != 0)
            continue;
        s->in_tree[e] = true;
        if (p->size[a] < p->size[b])
            join_pieces(p, b, a);
        else
            join_pieces(p, a, b);
    }
}

/* The edge with the least slack that leaves the piece; GRAPH_NONE when there is none. */
static uint32_t nearest_edge(const Simplex *s, Pieces *p, uint32_t piece) {
    uint32_t best = GRAPH_NONE;
    int32_t best_slack = 0;
    uint32_t v = piece;
    do {
        for (uint32_t i = s->first[v]; i < s->first[v + 1]; i++) {
            uint32_t e = s->incident[i];
            int32_t distance = slack(s, e);
            if (best != GRAPH_NONE && distance >= best_slack)
                continue;
            if (piece_of(p, other_end(s, e, v)) == piece)
                continue;
            best = e;
            best_slack = distance;
        }
        v = p->ring[v];
    } while (v != piece);
    return best;
}

static void shift_piece(Simplex *s, const Pieces *p, uint32_t piece, int32_t by) {
    uint32_t v = piece;
    do {
        s->value[v] += by;
        v = p->ring[v];
    } while (v != piece);
}

static void grow_tree(Simplex *s, Arena *scratch) {
    Pieces p = {
        .leader = arena_array(scratch, uint32_t, s->node_count),
        .ring = arena_array(scratch, uint32_t, s->node_count),
        .size = arena_array(scratch, uint32_t, s->node_count),
        .heap = arena_array(scratch, uint32_t, s->node_count),
        .heap_place = arena_array(scratch, uint32_t, s->node_count),
    };
    for (uint32_t v = 0; v < s->node_count; v++) {
        p.leader[v] = p.ring[v] = v;
        p.size[v] = 1;
    }
    join_tight_edges(s, &p);
    for (uint32_t v = 0; v < s->node_count; v++) {
        if (piece_of(&p, v) == v)
            p.heap[p.heap_count++] = v;
    }
    for (uint32_t i = p.heap_count; i-- > 0;)
        heap_sink(&p, i);
    while (p.heap_count > 1) {
        uint32_t piece = heap_pop(&p);
        uint32_t e = nearest_edge(s, &p, piece);
        if (e == GRAPH_NONE)
            continue;
        bool leaves = piece_of(&p, s->edges[e].tail) == piece;
        int32_t distance = slack(s, e);
        shift_piece(s, &p, piece, leaves ? distance : -distance);
        s->in_tree[e] = true;
        uint32_t into = piece_of(&p, leaves ? s->edges[e].head : s->edges[e].tail);
        join_pieces(&p, into, piece);
        heap_sink(&p, p.heap_place[into]);
    }
}

/* Numbers the tree below `root` in postorder from `low`; returns the next number. */
static uint32_t number_tree(Simplex *s, uint32_t root, uint32_t parent_edge, uint32_t low) {
    uint32_t depth = 0;
    s->stack[depth++] = root;
    s->parent_edge[root] = parent_edge;
    s->low[root] = low;
    s->cursor[root] = s->first[root];
    while (depth > 0) {
        uint32_t v = s->stack[depth - 1];
        bool descends = false;
        while (s->cursor[v] < s->first[v + 1]) {
            uint32_t e = s->incident[s->cursor[v]++];
            if (!s->in_tree[e] || e == s->parent_edge[v])
                continue;
            uint32_t child = other_end(s, e, v);
            s->parent_edge[child] = e;
            s->low[child] = low;
            s->cursor[child] = s->first[child];
            s->stack[depth++] = child;
            descends = true;
            break;
        }
        if (descends)
            continue;
        s->at_lim[low] = v;
        s->lim[v] = low++;
        depth--;
    }
    return low;
}

static bool is_below(const Simplex *s, uint32_t node, uint32_t root) {
    return s->low[root] <= s->lim[node] && s->lim[node] <= s->lim[root];
}

/* The cut value of the edge above `v`, from those below it. */
static int64_t cut_above(const Simplex *s, uint32_t v) {
    uint32_t above = s->parent_edge[v];
    bool is_tail = s->edges[above].tail == v;
    int64_t sum = 0;
    for (uint32_t i = s->first[v]; i < s->first[v + 1]; i++) {
        uint32_t e = s->incident[i];
        bool leaves = s->edges[e].tail == v;
        int64_t value = s->edges[e].weight;
        if (e != above && s->in_tree[e] && s->parent_edge[other_end(s, e, v)] == e)
            value -= s->cut[e];
        sum += leaves == is_tail ? value : -value;
    }
    return sum;
}

static void set_cuts(Simplex *s) {
    for (uint32_t lim = 1; lim <= s->node_count; lim++) {
        uint32_t v = s->at_lim[lim];
        if (s->parent_edge[v] != GRAPH_NONE)
            s->cut[s->parent_edge[v]] = cut_above(s, v);
    }
}

/* The most negative of the next few tree edges with a negative cut. */
static uint32_t leaving_edge(const Simplex *s, uint32_t *cursor) {
    enum { LOOK_AT = 30 };
    uint32_t best = GRAPH_NONE, found = 0;
    for (uint32_t i = 0; i < s->node_count && found < LOOK_AT; i++) {
        *cursor = *cursor >= s->node_count ? 1 : *cursor + 1;
        uint32_t e = s->parent_edge[s->at_lim[*cursor]];
        if (e == GRAPH_NONE || s->cut[e] >= 0)
            continue;
        found++;
        if (best == GRAPH_NONE || s->cut[e] < s->cut[best])
            best = e;
    }
    return best;
}

/* The tightest edge that leads back over the cut; `child` is the lower end of the leaving edge. */
static uint32_t entering_edge(const Simplex *s, uint32_t child, bool child_is_head) {
    uint32_t best = GRAPH_NONE;
    int32_t best_slack = 0;
    for (uint32_t lim = s->low[child]; lim <= s->lim[child]; lim++) {
        uint32_t v = s->at_lim[lim];
        for (uint32_t i = s->first[v]; i < s->first[v + 1]; i++) {
            uint32_t e = s->incident[i];
            if ((s->edges[e].tail == v) != child_is_head || s->in_tree[e])
                continue;
            if (is_below(s, other_end(s, e, v), child))
                continue;
            int32_t distance = slack(s, e);
            if (best != GRAPH_NONE && distance >= best_slack)
                continue;
            best = e;
            best_slack = distance;
            if (distance == 0)
                return best;
        }
    }
    return best;
}

/* Adds the cut on the way from `v` up to the common ancestor with `to`; returns that ancestor. */
static uint32_t carry_cut(Simplex *s, uint32_t v, uint32_t to, int64_t cut, bool is_tail_end) {
    while (!is_below(s, to, v)) {
        uint32_t e = s->parent_edge[v];
        bool adds = (s->edges[e].tail == v) == is_tail_end;
        s->cut[e] += adds ? cut : -cut;
        v = other_end(s, e, v);
    }
    return v;
}

static void exchange(Simplex *s, uint32_t leaving, uint32_t entering) {
    const SimplexEdge *old = &s->edges[leaving], *new = &s->edges[entering];
    bool child_is_head = s->parent_edge[old->head] == leaving;
    uint32_t child = child_is_head ? old->head : old->tail;
    int32_t by = slack(s, entering);
    for (uint32_t lim = s->low[child]; by != 0 && lim <= s->lim[child]; lim++)
        s->value[s->at_lim[lim]] += child_is_head ? by : -by;
    int64_t cut = s->cut[leaving];
    uint32_t top = carry_cut(s, new->tail, new->head, cut, true);
    carry_cut(s, new->head, new->tail, cut, false);
    s->cut[entering] = -cut;
    s->cut[leaving] = 0;
    s->in_tree[leaving] = false;
    s->in_tree[entering] = true;
    *s->budget -= *s->budget < s->lim[top] - s->low[top] ? *s->budget : s->lim[top] - s->low[top];
    number_tree(s, top, s->parent_edge[top], s->low[top]);
}

static void number_all(Simplex *s) {
    uint32_t next = 1;
    for (uint32_t v = 0; v < s->node_count; v++) {
        if (s->lim[v] == 0)
            next = number_tree(s, v, GRAPH_NONE, next);
    }
}

static void pivot_all(Simplex *s) {
    uint32_t cursor = 0;
    while (*s->budget > s->node_count) {
        *s->budget -= 8;
        uint32_t leaving = leaving_edge(s, &cursor);
        if (leaving == GRAPH_NONE)
            return;
        bool child_is_head = s->parent_edge[s->edges[leaving].head] == leaving;
        uint32_t child = child_is_head ? s->edges[leaving].head : s->edges[leaving].tail;
        uint32_t entering = entering_edge(s, child, child_is_head);
        if (entering == GRAPH_NONE)
            return;
        *s->budget -=
            *s->budget < s->lim[child] - s->low[child] ? *s->budget : s->lim[child] - s->low[child];
        exchange(s, leaving, entering);
    }
}

void graph_simplex(Arena *scratch, uint32_t node_count, const SimplexEdge *edges,
                   uint32_t edge_count, size_t *budget, int32_t *value) {
    Simplex s = {
        .node_count = node_count,
        .edge_count = edge_count,
        .edges = edges,
        .value = value,
        .in_tree = arena_array(scratch, bool, edge_count),
        .cut = arena_array(scratch, int64_t, edge_count),
        .parent_edge = arena_array(scratch, uint32_t, node_count),
        .low = arena_array(scratch, uint32_t, node_count),
        .lim = arena_array(scratch, uint32_t, node_count),
        .at_lim = arena_array(scratch, uint32_t, node_count + 1),
        .cursor = arena_array(scratch, uint32_t, node_count),
        .stack = arena_array(scratch, uint32_t, node_count),
        .budget = budget,
    };
    for (uint32_t v = 0; v < node_count; v++)
        value[v] = 0;
    index_edges(&s, scratch);
    set_longest_paths(&s);
    grow_tree(&s, scratch);
    number_all(&s);
    set_cuts(&s);
    pivot_all(&s);
    int32_t least = node_count ? value[0] : 0;
    for (uint32_t v = 0; v < node_count; v++)
        least = value[v] < least ? value[v] : least;
    for (uint32_t v = 0; v < node_count; v++)
        value[v] -= least;
}
