/* SPDX-License-Identifier: MIT
 * graph_door.c - edges to groups may arrive anywhere along the border when no edge of a member
 * crosses it there: rather in the middle. */
#include "text/graph_internal.h"

typedef struct Door {
    uint32_t left, right; /* places of the borders of its group */
} Door;

static Door find_door(const Layers *layers, const Spot *port) {
    const Row *row = &layers->rows[port->row];
    Door door = {port->place, port->place};
    for (;; door.left--) {
        const Spot *spot = &layers->spots[row->spots[door.left]];
        if (spot->kind == SPOT_LEFT && spot->owner == port->group)
            break;
    }
    for (;; door.right++) {
        const Spot *spot = &layers->spots[row->spots[door.right]];
        if (spot->kind == SPOT_RIGHT && spot->owner == port->group)
            break;
    }
    return door;
}

static bool has_border(const Spot *spot) {
    return spot->kind == SPOT_LEFT || spot->kind == SPOT_RIGHT;
}

static bool is_at_end(const Layers *layers, const Spot *port, bool is_top) {
    uint32_t rank = is_top ? layers->group_first[port->group] : layers->group_last[port->group];
    return layers->rank_row[rank] == port->row;
}

static bool is_alone(const Layers *layers, const Spot *port) {
    bool is_top = port->up_count > 0;
    if (layers->flow[port->owner] == FLOW_INTO_GROUP ||
        layers->flow[port->owner] == FLOW_INTO_GROUP_UP || !is_at_end(layers, port, is_top))
        return false;
    Door door = find_door(layers, port);
    for (uint32_t i = door.left + 1; i < door.right; i++) {
        const Spot *spot = &layers->spots[layers->rows[port->row].spots[i]];
        if (spot->kind == SPOT_PORT
                ? spot->group != port->group
                : !has_border(spot) && (is_top ? spot->up_count : spot->down_count) > 0)
            return false;
    }
    return true;
}

uint32_t graph_free_doors(Layers *layers) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < layers->spot_count; i++) {
        Spot *spot = &layers->spots[i];
        if (spot->kind != SPOT_PORT)
            continue;
        count++;
        spot->is_free = is_alone(layers, spot);
    }
    return count;
}

uint32_t graph_middle_tile(const Layers *layers, const Spot *port, bool is_upper) {
    Door door = find_door(layers, port);
    const uint32_t *spots = layers->rows[port->row].spots;
    uint32_t count = 0, passed = 0;
    for (uint32_t i = door.left; i < door.right; i++)
        count += layers->spots[spots[i]].kind == SPOT_TILE;
    for (uint32_t i = door.left; i < door.right && count > 0; i++) {
        if (layers->spots[spots[i]].kind != SPOT_TILE)
            continue;
        if (passed++ == (is_upper ? count / 2 : (count - 1) / 2))
            return spots[i];
    }
    return GRAPH_NONE;
}
