/* SPDX-License-Identifier: MIT
 * graph_cycle.c - which edges run against the flow, so that the others form no cycle.
 *
 * Depth first search (as in Gansner et al. 1993) from what nothing leads to, in the author's order;
 * the greedy order of Eades, Lin and Smyth (1993); or statement by statement. Groups that are ends
 * of edges take part by two vertices, above and below their members (Sander 1999). */
#include "text/graph_internal.h"

typedef struct Arc {
    uint32_t head, next; /* next arc with the same tail */
    uint32_t edge;
} Arc;

typedef struct Search {
    const Plan *plan;
    Layers *layers;
    uint32_t vertex_count;
    Arc *arcs;
    uint32_t arc_count;
    uint32_t *first; /* arcs of a vertex, GRAPH_NONE at the end */
    uint32_t *ends;  /* two vertices for each edge */
    uint32_t *mark, *stack;
    uint32_t round;
} Search;

uint32_t graph_upper_vertex(const Plan *plan, const PlanEnd *end) {
    return end->is_group ? plan->tile_count + 2 * end->index + 1 : end->index;
}

uint32_t graph_lower_vertex(const Plan *plan, const PlanEnd *end) {
    return end->is_group ? plan->tile_count + 2 * end->index : end->index;
}

static void add_arc(Search *s, uint32_t tail, uint32_t head, uint32_t edge) {
    s->arcs[s->arc_count] = (Arc){.head = head, .next = s->first[tail], .edge = edge};
    s->first[tail] = s->arc_count++;
}

static bool counts(const Layers *layers, uint32_t edge) {
    return layers->flow[edge] == FLOW_DOWN || layers->flow[edge] == FLOW_UP;
}

/* --- depth first --- */

static void visit(Search *s, uint32_t root, uint8_t *state, uint32_t *cursor) {
    enum { NEW, OPEN, DONE };
    uint32_t depth = 0;
    s->stack[depth++] = root;
    state[root] = OPEN;
    while (depth > 0) {
        uint32_t v = s->stack[depth - 1];
        if (cursor[v] == GRAPH_NONE) {
            state[v] = DONE;
            depth--;
            continue;
        }
        const Arc *arc = &s->arcs[cursor[v]];
        cursor[v] = arc->next;
        if (state[arc->head] == OPEN) {
            s->layers->flow[arc->edge] = FLOW_UP;
        } else if (state[arc->head] == NEW) {
            state[arc->head] = OPEN;
            s->stack[depth++] = arc->head;
        }
    }
}

/* A group that is an end is stood for by its first member. */
static void find_tile_ends(Search *s) {
    const Plan *plan = s->plan;
    uint32_t *first = arena_array(s->layers->arena, uint32_t, plan->group_count);
    for (uint32_t g = 0; g < plan->group_count; g++)
        first[g] = GRAPH_NONE;
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        for (uint32_t g = plan->tiles[t].group; g != GRAPH_NONE && first[g] == GRAPH_NONE;
             g = plan->groups[g].parent)
            first[g] = t;
    }
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEnd *from = &plan->edges[e].from, *to = &plan->edges[e].to;
        s->ends[2 * e] = from->is_group ? first[from->index] : from->index;
        s->ends[2 * e + 1] = to->is_group ? first[to->index] : to->index;
    }
}

/* In tiers, an edge joins the siblings that its ends are or are in: groups are vertices behind the
 * tiles. What is acyclic among siblings everywhere is acyclic. */
static void find_sibling_ends(Search *s) {
    const Plan *plan = s->plan;
    for (uint32_t e = 0; e < plan->edge_count; e++)
        graph_siblings(plan, &plan->edges[e], &s->ends[2 * e], &s->ends[2 * e + 1]);
}

static uint32_t parent_of(const Plan *plan, uint32_t vertex) {
    return vertex < plan->tile_count ? plan->tiles[vertex].group
                                     : plan->groups[vertex - plan->tile_count].parent;
}

static uint32_t depth_of(const Plan *plan, uint32_t vertex) {
    uint32_t depth = 0;
    for (uint32_t g = parent_of(plan, vertex); g != GRAPH_NONE; g = plan->groups[g].parent)
        depth++;
    return depth;
}

void graph_siblings(const Plan *plan, const PlanEdge *edge, uint32_t *from, uint32_t *to) {
    uint32_t a = edge->from.index + (edge->from.is_group ? plan->tile_count : 0);
    uint32_t b = edge->to.index + (edge->to.is_group ? plan->tile_count : 0);
    uint32_t depth_a = depth_of(plan, a), depth_b = depth_of(plan, b);
    while (depth_a != depth_b || parent_of(plan, a) != parent_of(plan, b)) {
        bool a_rises = depth_a >= depth_b, b_rises = depth_b >= depth_a;
        if (a_rises) {
            a = plan->tile_count + parent_of(plan, a);
            depth_a--;
        }
        if (b_rises) {
            b = plan->tile_count + parent_of(plan, b);
            depth_b--;
        }
    }
    *from = a;
    *to = b;
}

static void link_ends(Search *s, uint32_t *entering) {
    for (uint32_t e = s->plan->edge_count; e-- > 0;) {
        uint32_t tail = s->ends[2 * e], head = s->ends[2 * e + 1];
        if (!counts(s->layers, e) || tail == head)
            continue;
        add_arc(s, tail, head, e);
        entering[head]++;
    }
}

static void flow_depth_first(Search *s, const uint32_t *entering) {
    uint32_t count = s->plan->tile_count + s->plan->group_count;
    uint8_t *state = arena_array(s->layers->arena, uint8_t, count);
    uint32_t *cursor = arena_array(s->layers->arena, uint32_t, count);
    for (uint32_t t = 0; t < count; t++)
        cursor[t] = s->first[t];
    for (uint32_t t = 0; t < count; t++) {
        if (entering[t] == 0 && state[t] == 0)
            visit(s, t, state, cursor);
    }
    for (uint32_t t = 0; t < count; t++) {
        if (state[t] == 0)
            visit(s, t, state, cursor);
    }
}

/* --- greedy --- */

/* Takes `v` out; what it leads to has one entering edge less. */
static void take_out(Search *s, uint32_t v, int32_t *in, int32_t *out, bool *is_gone) {
    is_gone[v] = true;
    for (uint32_t e = 0; e < s->plan->edge_count; e++) {
        if (!counts(s->layers, e))
            continue;
        uint32_t tail = s->ends[2 * e], head = s->ends[2 * e + 1];
        if (tail == v)
            in[head]--;
        if (head == v)
            out[tail]--;
    }
}

static uint32_t best_vertex(const int32_t *in, const int32_t *out, const bool *is_gone,
                            uint32_t count, bool *goes_last) {
    uint32_t best = GRAPH_NONE;
    *goes_last = false;
    for (uint32_t v = 0; v < count; v++) {
        if (is_gone[v])
            continue;
        if (out[v] == 0) {
            *goes_last = in[v] > 0;
            return v;
        }
        if (best == GRAPH_NONE ||
            (in[best] != 0 && (in[v] == 0 || out[v] - in[v] > out[best] - in[best])))
            best = v;
    }
    return best;
}

static void flow_greedy(Search *s) {
    const Plan *plan = s->plan;
    Arena *arena = s->layers->arena;
    uint32_t count = plan->tile_count + plan->group_count;
    int32_t *in = arena_array(arena, int32_t, count), *out = arena_array(arena, int32_t, count);
    uint32_t *place = arena_array(arena, uint32_t, count);
    bool *is_gone = arena_array(arena, bool, count);
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        if (counts(s->layers, e)) {
            out[s->ends[2 * e]]++;
            in[s->ends[2 * e + 1]]++;
        }
    }
    uint32_t first = 0, last = count;
    for (uint32_t i = 0; i < count; i++) {
        bool goes_last;
        uint32_t v = best_vertex(in, out, is_gone, count, &goes_last);
        place[v] = goes_last ? --last : first++;
        take_out(s, v, in, out, is_gone);
    }
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        if (counts(s->layers, e) && place[s->ends[2 * e]] > place[s->ends[2 * e + 1]])
            s->layers->flow[e] = FLOW_UP;
    }
}

/* --- statement by statement, and the proof for all methods when groups are ends --- */

static bool reaches(Search *s, uint32_t from, uint32_t to) {
    uint32_t depth = 0;
    s->round++;
    s->stack[depth++] = from;
    s->mark[from] = s->round;
    while (depth > 0) {
        uint32_t v = s->stack[--depth];
        if (v == to)
            return true;
        for (uint32_t a = s->first[v]; a != GRAPH_NONE; a = s->arcs[a].next) {
            uint32_t head = s->arcs[a].head;
            if (s->mark[head] == s->round)
                continue;
            s->mark[head] = s->round;
            s->stack[depth++] = head;
        }
    }
    return false;
}

static bool try_add(Search *s, uint32_t edge, bool is_up) {
    const PlanEdge *e = &s->plan->edges[edge];
    uint32_t tail = graph_upper_vertex(s->plan, is_up ? &e->to : &e->from);
    uint32_t head = graph_lower_vertex(s->plan, is_up ? &e->from : &e->to);
    if (reaches(s, head, tail))
        return false;
    add_arc(s, tail, head, edge);
    s->layers->flow[edge] = is_up ? FLOW_UP : FLOW_DOWN;
    return true;
}

static void add_members(Search *s) {
    const Plan *plan = s->plan;
    for (uint32_t t = 0; t < plan->tile_count; t++) {
        uint32_t g = plan->tiles[t].group;
        if (g == GRAPH_NONE)
            continue;
        add_arc(s, plan->tile_count + 2 * g, t, GRAPH_NONE);
        add_arc(s, t, plan->tile_count + 2 * g + 1, GRAPH_NONE);
    }
    for (uint32_t h = 0; h < plan->group_count; h++) {
        uint32_t g = plan->groups[h].parent;
        if (g == GRAPH_NONE)
            continue;
        add_arc(s, plan->tile_count + 2 * g, plan->tile_count + 2 * h, GRAPH_NONE);
        add_arc(s, plan->tile_count + 2 * h + 1, plan->tile_count + 2 * g + 1, GRAPH_NONE);
    }
}

/* Adds the edges that lie well first, then the others; what fits neither way counts as weak. */
static void flow_surely(Search *s, const uint8_t *wished) {
    Layers *layers = s->layers;
    add_members(s);
    for (uint32_t e = 0; e < s->plan->edge_count; e++) {
        if (counts(layers, e) && wished[e] == FLOW_DOWN && !try_add(s, e, false))
            layers->flow[e] = FLOW_UP;
    }
    for (uint32_t e = 0; e < s->plan->edge_count; e++) {
        if (layers->flow[e] == FLOW_UP && !try_add(s, e, true) && !try_add(s, e, false))
            layers->flow[e] = FLOW_FREE;
    }
}

static void start_search(Search *s, Layers *layers) {
    const Plan *plan = layers->plan;
    s->plan = plan;
    s->layers = layers;
    s->vertex_count = plan->tile_count + 2 * plan->group_count;
    s->arcs = arena_array(layers->arena, Arc,
                          plan->edge_count + 2 * (plan->tile_count + plan->group_count));
    s->first = arena_array(layers->arena, uint32_t, s->vertex_count);
    s->stack = arena_array(layers->arena, uint32_t, s->vertex_count);
    s->mark = arena_array(layers->arena, uint32_t, s->vertex_count);
    s->arc_count = 0;
    for (uint32_t v = 0; v < s->vertex_count; v++)
        s->first[v] = GRAPH_NONE;
}

static bool is_around(const Plan *plan, uint32_t group, const PlanEnd *end) {
    uint32_t g = end->is_group ? end->index : plan->tiles[end->index].group;
    while (g != GRAPH_NONE && g != group)
        g = plan->groups[g].parent;
    return g == group;
}

static Flow first_flow(const Plan *plan, const PlanEdge *edge) {
    if (edge->from.is_group && is_around(plan, edge->from.index, &edge->to))
        return FLOW_INTO_GROUP_UP;
    if (edge->to.is_group && is_around(plan, edge->to.index, &edge->from))
        return FLOW_INTO_GROUP;
    return edge->is_weak ? FLOW_FREE : FLOW_DOWN;
}

void graph_break_cycles(Layers *layers) {
    const Plan *plan = layers->plan;
    layers->flow = arena_array(layers->arena, uint8_t, plan->edge_count);
    bool has_group_ends = false;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        layers->flow[e] = (uint8_t)first_flow(plan, &plan->edges[e]);
        has_group_ends |= plan->edges[e].from.is_group || plan->edges[e].to.is_group;
    }
    Search search = {0};
    start_search(&search, layers);
    search.ends = arena_array(layers->arena, uint32_t, (size_t)plan->edge_count * 2);
    if (layers->variant.is_tiered)
        find_sibling_ends(&search);
    else
        find_tile_ends(&search);
    if (layers->variant.cycles == CYCLE_DEPTH_FIRST) {
        uint32_t *entering = arena_array(layers->arena, uint32_t, search.vertex_count);
        link_ends(&search, entering);
        flow_depth_first(&search, entering);
    } else if (layers->variant.cycles == CYCLE_GREEDY) {
        flow_greedy(&search);
    }
    if (layers->variant.is_tiered)
        return;
    if (!has_group_ends && layers->variant.cycles != CYCLE_STATEMENTS)
        return;
    uint8_t *wished = arena_array(layers->arena, uint8_t, plan->edge_count);
    for (uint32_t e = 0; e < plan->edge_count; e++)
        wished[e] = layers->flow[e];
    start_search(&search, layers);
    flow_surely(&search, wished);
}
