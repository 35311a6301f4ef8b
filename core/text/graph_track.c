/* SPDX-License-Identifier: MIT
 * graph_track.c - which horizontal pieces between two rows lie above which.
 *
 * Sander: A fast heuristic for hierarchical Manhattan layout (1995): for each pair of pieces that
 * share columns the order with fewer crossings is wished; cycles of wishes are broken greedily
 * (Eades, Lin, Smyth 1993), then each piece takes the first free track. Two verticals in the same
 * column must never overlap, which counts as many crossings. */
#include "text/graph_internal.h"

enum { OVERLAP_COST = 1000, COLUMN_GAP = 4 * GRAPH_UNIT, SHARED_GAP = 8 * GRAPH_UNIT };

static Unit left_of(const Piece *p) {
    return p->x[0] < p->x[1] ? p->x[0] : p->x[1];
}

static Unit right_of(const Piece *p) {
    return p->x[0] < p->x[1] ? p->x[1] : p->x[0];
}

static bool share_columns(const Piece *a, const Piece *b) {
    return left_of(a) < right_of(b) + SHARED_GAP && left_of(b) < right_of(a) + SHARED_GAP;
}

static bool is_within(Unit x, const Piece *p) {
    return left_of(p) < x && x < right_of(p);
}

static bool is_near(Unit a, Unit b) {
    return a - b < COLUMN_GAP && b - a < COLUMN_GAP;
}

static int32_t cost_above(const Piece *above, const Piece *below) {
    int32_t cost = 0;
    for (int i = 0; i < 2; i++) {
        if (above->is_below[i] && is_within(above->x[i], below))
            cost++;
        if (!below->is_below[i] && is_within(below->x[i], above))
            cost++;
        for (int k = 0; k < 2; k++) {
            if (above->is_below[i] && !below->is_below[k] && is_near(above->x[i], below->x[k]))
                cost += OVERLAP_COST;
        }
    }
    return cost;
}

/* How much `a` wishes to lie above `b`. */
static int32_t wish(const Piece *a, const Piece *b) {
    return share_columns(a, b) ? cost_above(b, a) - cost_above(a, b) : 0;
}

/* Orders the pieces from the top: each time the one with the largest surplus of wishes. */
static void order_pieces(Layers *layers, const Piece *pieces, uint32_t count, uint32_t *order) {
    int64_t *surplus = arena_array(layers->arena, int64_t, count);
    int64_t *against = arena_array(layers->arena, int64_t, count);
    bool *is_taken = arena_array(layers->arena, bool, count);
    for (uint32_t a = 0; a < count; a++) {
        for (uint32_t b = 0; b < count; b++) {
            int32_t w = a == b ? 0 : wish(&pieces[a], &pieces[b]);
            surplus[a] += w;
            against[a] += w < 0 ? -w : 0;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t best = GRAPH_NONE;
        for (uint32_t a = 0; a < count; a++) {
            if (is_taken[a])
                continue;
            if (best == GRAPH_NONE || (against[a] == 0 && against[best] != 0) ||
                ((against[a] == 0) == (against[best] == 0) && surplus[a] > surplus[best]))
                best = a;
        }
        order[i] = best;
        is_taken[best] = true;
        for (uint32_t a = 0; a < count; a++) {
            int32_t w = is_taken[a] ? 0 : wish(&pieces[a], &pieces[best]);
            surplus[a] -= w;
            against[a] -= w < 0 ? -w : 0;
        }
    }
}

uint32_t graph_assign_tracks(Layers *layers, Piece *pieces, uint32_t count) {
    uint32_t *order = arena_array(layers->arena, uint32_t, count);
    order_pieces(layers, pieces, count, order);
    uint32_t tracks = 0;
    for (uint32_t i = 0; i < count; i++) {
        Piece *piece = &pieces[order[i]];
        piece->track = 0;
        for (uint32_t k = 0; k < i; k++) {
            const Piece *above = &pieces[order[k]];
            if (above->track >= piece->track && share_columns(above, piece))
                piece->track = above->track + 1;
        }
        tracks = piece->track + 1 > tracks ? piece->track + 1 : tracks;
    }
    return tracks;
}
