/* SPDX-License-Identifier: MIT
 * graph_beside.c - puts what only flat edges hold next to its other end: a note stands beside its
 * box, before it when the edge begins at the note.
 *
 * Such a spot has no links, so no other edge is crossed more than before. */
#include "text/graph_internal.h"

static bool is_loose(const Spot *spot) {
    return spot->up_count == 0 && spot->down_count == 0;
}

/* Moves a spot of a row to stand at the left of another, or at its right. */
static void move_beside(Layers *layers, Spot *moved, const Spot *other, bool is_right) {
    Row *row = &layers->rows[moved->row];
    uint32_t spot = row->spots[moved->place], at = moved->place;
    uint32_t goal = other->place + (is_right ? 1 : 0);
    goal -= goal > at ? 1 : 0; /* the place is free when it stands behind */
    for (; at < goal; at++)
        row->spots[at] = row->spots[at + 1];
    for (; at > goal; at--)
        row->spots[at] = row->spots[at - 1];
    row->spots[goal] = spot;
    for (uint32_t i = 0; i < row->count; i++)
        layers->spots[row->spots[i]].place = i;
}

/* Loops hang at the right of their tile. */
static bool has_loop(const Layers *layers, const Spot *spot) {
    const Tile *tile = &layers->plan->tiles[spot->owner];
    return tile->reach_right > tile->half_width;
}

void graph_stand_beside(Layers *layers) {
    const Plan *plan = layers->plan;
    for (uint32_t e = 0; e < plan->edge_count; e++) {
        const PlanEdge *edge = &plan->edges[e];
        if (layers->flow[e] != FLOW_FREE || edge->from.is_group || edge->to.is_group)
            continue;
        Spot *from = &layers->spots[layers->tile_spot[edge->from.index]];
        Spot *to = &layers->spots[layers->tile_spot[edge->to.index]];
        if (from == to || from->row != to->row || from->group != to->group)
            continue;
        if (is_loose(to))
            move_beside(layers, to, from, !has_loop(layers, from));
        else if (is_loose(from))
            move_beside(layers, from, to, false);
    }
}
