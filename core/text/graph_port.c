/* SPDX-License-Identifier: MIT
 * graph_port.c - where edges touch the top and bottom of a tile.
 *
 * Ports lie in the order of the neighbours, so that edges of one tile never cross next to it, and
 * spread around the middle. Once tiles have places, a port slides when that makes its edge
 * straight (Sander 1994: straightening by pendulums, here only at the ends). */
#include "text/graph_internal.h"

enum {
    PORT_GAP = 36 * GRAPH_UNIT,
    LEAST_GAP = 10 * GRAPH_UNIT, /* room for two heads */
    COLUMN_GAP = 6 * GRAPH_UNIT,
    CORNER = 5 * GRAPH_UNIT,
    LABEL_GAP = 6 * GRAPH_UNIT
};

typedef struct PortSide {
    Layers *layers;
    bool is_top;
    uint32_t *links;
    uint32_t count;
    Unit usable;    /* ports lie in -usable .. usable */
    Unit least_gap; /* between two of them */
} PortSide;

static Unit *offset_of(const PortSide *side, uint32_t i) {
    Link *link = &side->layers->links[side->links[i]];
    return side->is_top ? &link->lower_port : &link->upper_port;
}

static const PlanEnd *end_of(const PortSide *side, uint32_t i) {
    uint32_t edge = side->layers->links[side->links[i]].edge;
    const PlanEdge *e = &side->layers->plan->edges[edge];
    return side->layers->chains[edge].is_reversed == side->is_top ? &e->from : &e->to;
}

static uint32_t neighbour(const PortSide *side, uint32_t i) {
    const Link *link = &side->layers->links[side->links[i]];
    return side->is_top ? link->upper : link->lower;
}

static bool goes_first(const PortSide *side, uint32_t a, uint32_t b) {
    const Spot *spots = side->layers->spots;
    const Link *links = side->layers->links;
    uint32_t place_a = spots[side->is_top ? links[a].upper : links[a].lower].place;
    uint32_t place_b = spots[side->is_top ? links[b].upper : links[b].lower].place;
    return place_a != place_b ? place_a < place_b : a < b;
}

static void sort_ports(PortSide *side) {
    for (uint32_t i = 1; i < side->count; i++) {
        uint32_t link = side->links[i], at = i;
        for (; at > 0 && goes_first(side, link, side->links[at - 1]); at--)
            side->links[at] = side->links[at - 1];
        side->links[at] = link;
    }
}

static PortSide side_of(Layers *layers, uint32_t tile, bool is_top) {
    const Spot *spot = &layers->spots[layers->tile_spot[tile]];
    const Tile *t = &layers->plan->tiles[tile];
    PortSide side = {.layers = layers, .is_top = is_top};
    side.links = is_top ? layers->ups + spot->up : layers->downs + spot->down;
    side.count = is_top ? spot->up_count : spot->down_count;
    Unit corner = CORNER < t->half_width / 2 ? CORNER : t->half_width / 2;
    side.usable = t->is_flat_sided ? t->half_width - corner : t->half_width / 2;
    side.least_gap = side.count > 1 ? 2 * side.usable / (Unit)(side.count - 1) : 0;
    side.least_gap = side.least_gap < LEAST_GAP ? side.least_gap : LEAST_GAP;
    return side;
}

bool graph_forks_evenly(const Layers *layers, const Spot *spot, bool down) {
    uint32_t count = down ? spot->down_count : spot->up_count;
    if (spot->kind != SPOT_TILE || count == 0 || count % 2 == 1)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t link = down ? layers->downs[spot->down + i] : layers->ups[spot->up + i];
        const Chain *chain = &layers->chains[layers->links[link].edge];
        const Spot *end =
            &layers->spots[layers->chain_spots[chain->start + (down ? chain->count - 1 : 0)]];
        if (end->kind != SPOT_TILE || (down ? end->up_count : end->down_count) != 1)
            return false;
    }
    return true;
}

static uint32_t span_of(const PortSide *side, uint32_t i) {
    return side->layers->chains[side->layers->links[side->links[i]].edge].count;
}

/* Of two edges the one that goes on to the next row takes the middle, one that passes rows leaves
 * at the side: the main line of a chart stays straight. */
static bool spread_around_main(PortSide *side, const Spot *spot) {
    if (side->count != 2 || graph_forks_evenly(side->layers, spot, !side->is_top) ||
        end_of(side, 0)->label_width + end_of(side, 1)->label_width > 0)
        return false;
    uint32_t first = span_of(side, 0), second = span_of(side, 1);
    Unit aside = side->usable < PORT_GAP ? side->usable : PORT_GAP;
    if (first == second)
        return false;
    *offset_of(side, 0) = first < second ? 0 : -aside;
    *offset_of(side, 1) = first < second ? aside : 0;
    return true;
}

static void spread(PortSide *side, Spot *spot) {
    if (side->count == 0)
        return;
    sort_ports(side);
    if (spread_around_main(side, spot))
        return;
    Unit gap = side->count > 1 ? 2 * side->usable / (Unit)(side->count - 1) : 0;
    gap = gap > PORT_GAP ? PORT_GAP : gap;
    Unit width = 0;
    for (uint32_t i = 0; i < side->count; i++) {
        Unit label = end_of(side, i)->label_width;
        *offset_of(side, i) = width;
        width += label > 0 && label + LABEL_GAP > gap ? label + LABEL_GAP : gap;
    }
    Unit last = *offset_of(side, side->count - 1);
    Unit shrunk = last > 2 * side->usable ? 2 * side->usable : last;
    for (uint32_t i = 0; i < side->count; i++) {
        Unit *offset = offset_of(side, i);
        *offset = (last > shrunk ? (Unit)((int64_t)*offset * shrunk / last) : *offset) - shrunk / 2;
        Unit label = end_of(side, i)->label_width;
        if (label > 0 && *offset + label + LABEL_GAP > spot->reach_right)
            spot->reach_right = *offset + label + LABEL_GAP;
    }
}

void graph_spread_ports(Layers *layers) {
    for (uint32_t t = 0; t < layers->plan->tile_count; t++) {
        Spot *spot = &layers->spots[layers->tile_spot[t]];
        for (int top = 0; top < 2; top++) {
            PortSide side = side_of(layers, t, top == 1);
            spread(&side, spot);
        }
    }
}

static Unit other_x(const PortSide *side, uint32_t i) {
    const Link *link = &side->layers->links[side->links[i]];
    return side->layers->spots[neighbour(side, i)].x +
           (side->is_top ? link->upper_port : link->lower_port);
}

static void straighten(PortSide *side, Unit x) {
    for (uint32_t i = 0; i < side->count; i++) {
        Unit wish = other_x(side, i) - x;
        Unit least = i == 0 ? -side->usable : *offset_of(side, i - 1) + side->least_gap;
        Unit most = i + 1 == side->count ? side->usable : *offset_of(side, i + 1) - side->least_gap;
        if (end_of(side, i)->label_width > 0 || (i > 0 && end_of(side, i - 1)->label_width > 0))
            continue;
        if (wish >= least && wish <= most)
            *offset_of(side, i) = wish;
    }
}

void graph_straighten_ports(Layers *layers) {
    for (uint32_t t = 0; t < layers->plan->tile_count; t++) {
        Unit x = layers->spots[layers->tile_spot[t]].x;
        for (int top = 0; top < 2; top++) {
            PortSide side = side_of(layers, t, top == 1);
            straighten(&side, x);
        }
    }
}

/* --- exchanged columns --- */

static bool is_near(Unit a, Unit b) {
    return a - b < COLUMN_GAP && b - a < COLUMN_GAP;
}

static Unit upper_x(const Layers *layers, const Link *link) {
    return layers->spots[link->upper].x + link->upper_port;
}

static Unit lower_x(const Layers *layers, const Link *link) {
    return layers->spots[link->lower].x + link->lower_port;
}

/* Moves a port of `link` aside, when its neighbours leave room. */
static bool step_aside(Layers *layers, uint32_t link, bool at_lower_end) {
    const Link *l = &layers->links[link];
    const Spot *spot = &layers->spots[at_lower_end ? l->lower : l->upper];
    if (spot->kind != SPOT_TILE)
        return false;
    PortSide side = side_of(layers, spot->owner, at_lower_end);
    uint32_t i = 0;
    while (side.links[i] != link)
        i++;
    Unit *offset = offset_of(&side, i);
    Unit least = i == 0 ? -side.usable : *offset_of(&side, i - 1) + side.least_gap;
    Unit most = i + 1 == side.count ? side.usable : *offset_of(&side, i + 1) - side.least_gap;
    if (*offset + COLUMN_GAP <= most)
        *offset += COLUMN_GAP;
    else if (*offset - COLUMN_GAP >= least)
        *offset -= COLUMN_GAP;
    else
        return false;
    return true;
}

static void part(Layers *layers, uint32_t a, uint32_t b) {
    if (!step_aside(layers, a, false) && !step_aside(layers, b, false) &&
        !step_aside(layers, a, true))
        step_aside(layers, b, true);
}

/* Two links that exchange their columns would lie on each other, whichever turns first. */
static void part_columns(Layers *layers, const uint32_t *links, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            const Link *a = &layers->links[links[i]], *b = &layers->links[links[k]];
            if (is_near(upper_x(layers, a), lower_x(layers, b)) &&
                is_near(lower_x(layers, a), upper_x(layers, b)) &&
                !is_near(upper_x(layers, a), upper_x(layers, b)))
                part(layers, links[i], links[k]);
        }
    }
}

void graph_part_columns(Layers *layers) {
    enum { MOST = 400 };
    uint32_t *links = arena_array(layers->arena, uint32_t, layers->link_count);
    for (uint32_t row = 0; row + 1 < layers->row_count; row++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < layers->rows[row].count; i++) {
            const Spot *spot = &layers->spots[layers->rows[row].spots[i]];
            for (uint32_t k = 0; k < spot->down_count; k++) {
                uint32_t link = layers->downs[spot->down + k];
                if (layers->links[link].edge != GRAPH_NONE)
                    links[count++] = link;
            }
        }
        if (count <= MOST)
            part_columns(layers, links, count);
    }
}
