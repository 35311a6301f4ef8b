/* SPDX-License-Identifier: MIT
 * graph_stack.c - the y of rows, of group borders and of the horizontal pieces between rows.
 *
 * Between two rows lie, from above: the borders of groups that end, the tracks, the borders and
 * titles of groups that begin. Nothing runs sideways in a row or through a title. */
#include "text/graph_internal.h"

enum {
    TRACK_GAP = 10 * GRAPH_UNIT,
    LEAST_TRACK_GAP = 5 * GRAPH_UNIT,
    MOST_TRACKS_HEIGHT = 140 * GRAPH_UNIT, /* beyond it tracks move together */
    PASSING_MARGIN = 8 * GRAPH_UNIT,
    END_MARGIN = 10 * GRAPH_UNIT,
    LABEL_GAP = 4 * GRAPH_UNIT
};

typedef struct Margins {
    Unit top, bottom;
} Margins;

typedef struct Stack {
    Layers *layers;
    Unit *above, *below; /* of groups: from the first row's top, the last row's bottom */
    Unit *more;          /* added above and below to reach the least height */
    Unit *ends, *begins; /* of channels: heights of the borders; channel i lies above row i */
    Unit *tracks_height;
    Unit *tracks_top;
    Margins *margins;
    uint32_t *track_count;
    uint32_t *piece_first; /* of the channel, in `pieces` */
    Piece *pieces;
    uint32_t *piece_owner; /* link, or link_count + edge for flat ones */
} Stack;

static Unit larger(Unit a, Unit b) {
    return a > b ? a : b;
}

/* Deepest groups first, so that children are known before their parents. */
static uint32_t *groups_from_inside(const Layers *layers) {
    const Plan *plan = layers->plan;
    uint32_t *order = arena_array(layers->arena, uint32_t, plan->group_count);
    uint32_t *depth = arena_array(layers->arena, uint32_t, plan->group_count);
    for (uint32_t g = 0; g < plan->group_count; g++) {
        for (uint32_t p = plan->groups[g].parent; p != GRAPH_NONE; p = plan->groups[p].parent)
            depth[g]++;
        uint32_t at = g;
        for (; at > 0 && depth[order[at - 1]] < depth[g]; at--)
            order[at] = order[at - 1];
        order[at] = g;
    }
    return order;
}

static uint32_t first_row(const Layers *layers, uint32_t group) {
    return layers->rank_row[layers->group_first[group]];
}

static uint32_t last_row(const Layers *layers, uint32_t group) {
    return layers->rank_row[layers->group_last[group]];
}

static void measure_groups(Stack *s, const uint32_t *order) {
    const Layers *layers = s->layers;
    const Plan *plan = layers->plan;
    for (uint32_t i = 0; i <= layers->row_count; i++)
        s->ends[i] = s->begins[i] = 0;
    for (uint32_t g = 0; g < plan->group_count; g++)
        s->above[g] = s->below[g] = 0;
    for (uint32_t i = 0; i < plan->group_count; i++) {
        uint32_t g = order[i], parent = plan->groups[g].parent;
        uint32_t first = first_row(layers, g), last = last_row(layers, g);
        s->above[g] += plan->groups[g].inset[SIDE_TOP] + s->more[g];
        s->below[g] += plan->groups[g].inset[SIDE_BOTTOM] + s->more[g];
        if (s->above[g] > s->begins[first])
            s->begins[first] = s->above[g];
        if (s->below[g] > s->ends[last + 1])
            s->ends[last + 1] = s->below[g];
        if (parent == GRAPH_NONE)
            continue;
        if (first_row(layers, parent) == first && s->above[g] > s->above[parent])
            s->above[parent] = s->above[g];
        if (last_row(layers, parent) == last && s->below[g] > s->below[parent])
            s->below[parent] = s->below[g];
    }
}

static Unit spot_height(const Layers *layers, const Spot *spot) {
    if (spot->kind == SPOT_TILE)
        return larger(layers->plan->tiles[spot->owner].height,
                      layers->plan->tiles[spot->owner].loop_height);
    return spot->kind == SPOT_LABEL ? layers->plan->edges[spot->owner].label_height : 0;
}

static Unit row_height(const Layers *layers, uint32_t index, bool *has_tiles) {
    Unit height = 0;
    *has_tiles = false;
    for (uint32_t k = 0; k < layers->rows[index].count; k++) {
        const Spot *spot = &layers->spots[layers->rows[index].spots[k]];
        Unit own = spot_height(layers, spot);
        height = own > height ? own : height;
        *has_tiles |= spot->kind == SPOT_TILE;
    }
    return height;
}

/* --- pieces --- */

/* Side by side with nothing between: a straight line will do. */
static bool are_neighbours(const Layers *layers, uint32_t a, uint32_t b) {
    const Spot *left = &layers->spots[a], *right = &layers->spots[b];
    if (left->place > right->place) {
        const Spot *swap = left;
        left = right;
        right = swap;
    }
    for (uint32_t i = left->place + 1; i < right->place; i++) {
        SpotKind kind = layers->spots[layers->rows[left->row].spots[i]].kind;
        if (kind != SPOT_LEFT && kind != SPOT_RIGHT && kind != SPOT_PORT)
            return false;
    }
    return true;
}

static void add_piece(Stack *s, uint32_t channel, Piece piece, uint32_t owner) {
    uint32_t at = s->piece_first[channel] + s->track_count[channel]++;
    s->pieces[at] = piece;
    s->piece_owner[at] = owner;
}

static bool link_piece(const Layers *layers, const Link *link, Piece *piece) {
    if (link->edge == GRAPH_NONE)
        return false;
    *piece = (Piece){.is_below = {false, true}};
    piece->x[0] = layers->spots[link->upper].x + link->upper_port;
    piece->x[1] = layers->spots[link->lower].x + link->lower_port;
    return piece->x[0] != piece->x[1];
}

/* --- flat edges --- */

static bool has_loop_between(const Layers *layers, uint32_t a, uint32_t b) {
    const Spot *left = &layers->spots[a], *right = &layers->spots[b];
    const Tile *tile =
        &layers->plan->tiles[left->place < right->place ? left->owner : right->owner];
    return tile->reach_right > tile->half_width;
}

Box graph_tile_box(const Layers *layers, uint32_t tile) {
    const Spot *spot = &layers->spots[layers->tile_spot[tile]];
    const Row *row = &layers->rows[spot->row];
    const Tile *t = &layers->plan->tiles[tile];
    Unit top = row->top + (row->bottom - row->top - t->height) / 2;
    return (Box){spot->x - t->half_width, top, spot->x + t->half_width, top + t->height};
}

static uint32_t flat_row(const Layers *layers, const PlanEdge *edge) {
    const PlanEnd *tile = edge->from.is_group ? &edge->to : &edge->from;
    if (!tile->is_group)
        return layers->spots[layers->tile_spot[tile->index]].row;
    uint32_t a = first_row(layers, edge->from.index), b = first_row(layers, edge->to.index);
    return a > b ? a : b;
}

static Unit middle_of(const Layers *layers, const PlanEnd *end) {
    if (!end->is_group)
        return layers->spots[layers->tile_spot[end->index]].x;
    const Box *box = &layers->group_box[end->index];
    return box->left + (box->right - box->left) / 2;
}

/* A tile is left at its bottom, a group at its side, or at its bottom when it ends with the row. */
static Unit flat_x(const Layers *layers, const PlanEnd *end, uint32_t row, bool goes_right) {
    if (!end->is_group) {
        Unit aside = layers->plan->tiles[end->index].half_width / 2;
        return middle_of(layers, end) + (goes_right ? aside : -aside);
    }
    const Box *box = &layers->group_box[end->index];
    Unit inside = last_row(layers, end->index) > row ? 0 : (box->right - box->left) / 4;
    return goes_right ? box->right - inside : box->left + inside;
}

static bool flat_piece(const Layers *layers, uint32_t edge, Piece *piece, uint32_t *channel) {
    const PlanEdge *e = &layers->plan->edges[edge];
    FlatRoute *route = &layers->flats[edge];
    uint32_t from, to;
    if (layers->chains[edge].count > 0)
        return false;
    route->is_straight = graph_flat_tiles(layers, edge, &from, &to) &&
                         are_neighbours(layers, from, to) && !has_loop_between(layers, from, to);
    if (route->is_straight)
        return false;
    uint32_t row = flat_row(layers, e);
    bool goes_right = middle_of(layers, &e->from) <= middle_of(layers, &e->to);
    *channel = row + 1;
    *piece = (Piece){.is_below = {false, false}};
    piece->x[0] = route->x[0] = flat_x(layers, &e->from, row, goes_right);
    piece->x[1] = route->x[1] = flat_x(layers, &e->to, row, !goes_right);
    return true;
}

/* The y of the ends, once rows and tracks have theirs. */
static void end_flat(const Layers *layers, uint32_t edge) {
    const PlanEdge *e = &layers->plan->edges[edge];
    FlatRoute *route = &layers->flats[edge];
    uint32_t row = flat_row(layers, e);
    for (int i = 0; i < 2; i++) {
        const PlanEnd *end = i == 0 ? &e->from : &e->to;
        if (!end->is_group)
            route->y[i] = graph_tile_box(layers, end->index).bottom;
        else if (last_row(layers, end->index) > row)
            route->y[i] = route->track;
        else
            route->y[i] = layers->group_box[end->index].bottom;
    }
}

/* Counts first, then fills: `track_count` counts pieces until tracks are assigned. */
static void collect_pieces(Stack *s) {
    const Layers *layers = s->layers;
    for (int pass = 0; pass < 2; pass++) {
        Piece piece;
        uint32_t channel, total = 0;
        for (uint32_t c = 0; pass == 1 && c <= layers->row_count; c++) {
            s->piece_first[c] = total;
            total += s->track_count[c];
            s->track_count[c] = 0;
        }
        for (uint32_t l = 0; l < layers->link_count; l++) {
            if (!link_piece(layers, &layers->links[l], &piece))
                continue;
            channel = layers->spots[layers->links[l].lower].row;
            if (pass == 0)
                s->track_count[channel]++;
            else
                add_piece(s, channel, piece, l);
        }
        for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
            if (!flat_piece(layers, e, &piece, &channel))
                continue;
            if (pass == 0)
                s->track_count[channel]++;
            else
                add_piece(s, channel, piece, layers->link_count + e);
        }
    }
}

/* --- heights --- */

static Unit margin_for(const PlanEnd *end) {
    Unit label = end->label_height > 0 ? end->label_height + LABEL_GAP : 0;
    return larger(larger(END_MARGIN, label), end->room + LABEL_GAP);
}

/* Room at the ends of edges, for heads and texts, in each channel. */
static void measure_margins(Stack *s) {
    const Layers *layers = s->layers;
    for (uint32_t c = 0; c <= layers->row_count; c++)
        s->margins[c] = (Margins){PASSING_MARGIN, PASSING_MARGIN};
    for (uint32_t l = 0; l < layers->link_count; l++) {
        const Link *link = &layers->links[l];
        if (link->edge == GRAPH_NONE)
            continue;
        Margins *margins = &s->margins[layers->spots[link->lower].row];
        const PlanEdge *edge = &layers->plan->edges[link->edge];
        bool is_reversed = layers->chains[link->edge].is_reversed;
        SpotKind upper = layers->spots[link->upper].kind, lower = layers->spots[link->lower].kind;
        if (upper == SPOT_TILE || upper == SPOT_PORT)
            margins->top = larger(margins->top, margin_for(is_reversed ? &edge->to : &edge->from));
        if (lower == SPOT_TILE || lower == SPOT_PORT)
            margins->bottom =
                larger(margins->bottom, margin_for(is_reversed ? &edge->from : &edge->to));
    }
}

/* The texts of flat edges have room of their own below the tracks. */
static Unit flat_text_height(const Layers *layers, uint32_t edge) {
    const PlanEdge *e = &layers->plan->edges[edge];
    return e->has_label ? e->label_height + 2 * LABEL_GAP : 0;
}

static void add_flat_texts(Stack *s) {
    for (uint32_t c = 0; c <= s->layers->row_count; c++) {
        for (uint32_t i = 0; i < s->track_count[c]; i++) {
            uint32_t owner = s->piece_owner[s->piece_first[c] + i];
            if (owner >= s->layers->link_count)
                s->margins[c].bottom += flat_text_height(s->layers, owner - s->layers->link_count);
        }
    }
}

/* Height of the tracks alone; many lie closer together. */
static Unit spread_of(uint32_t tracks) {
    if (tracks < 2)
        return 0;
    Unit count = (Unit)tracks - 1, wish = count * TRACK_GAP;
    if (wish <= MOST_TRACKS_HEIGHT)
        return wish;
    return larger(MOST_TRACKS_HEIGHT, count * LEAST_TRACK_GAP);
}

static Unit channel_height(const Stack *s, uint32_t channel, uint32_t tracks, bool is_at_label) {
    const Layers *layers = s->layers;
    bool is_outer = channel == 0 || channel == layers->row_count;
    if (is_outer && tracks == 0)
        return 0;
    Unit needed = s->margins[channel].top + s->margins[channel].bottom + spread_of(tracks);
    if (is_outer)
        return needed;
    Unit gap = layers->plan->rank_gap;
    bool is_small = is_at_label || s->ends[channel] > 0 || s->begins[channel] > 0;
    return larger(needed, is_small ? gap * 9 / 20 : gap);
}

static void measure_channels(Stack *s) {
    Layers *layers = s->layers;
    bool had_tiles = true, has_tiles = true;
    for (uint32_t c = 0; c <= layers->row_count; c++) {
        uint32_t pieces = s->track_count[c];
        if (c < layers->row_count)
            row_height(layers, c, &has_tiles);
        s->track_count[c] = graph_assign_tracks(layers, s->pieces + s->piece_first[c], pieces);
        s->tracks_height[c] = channel_height(s, c, s->track_count[c], !had_tiles || !has_tiles);
        had_tiles = has_tiles;
    }
}

static void set_rows(Stack *s) {
    Layers *layers = s->layers;
    Unit y = 0;
    bool has_tiles;
    for (uint32_t i = 0; i <= layers->row_count; i++) {
        y += s->ends[i];
        s->tracks_top[i] = y;
        y += s->tracks_height[i] + s->begins[i];
        if (i == layers->row_count)
            break;
        layers->rows[i].top = y;
        y += row_height(layers, i, &has_tiles);
        layers->rows[i].bottom = y;
    }
    layers->top = 0;
    layers->bottom = y;
    for (uint32_t g = 0; g < layers->plan->group_count; g++) {
        layers->group_box[g].top = layers->rows[first_row(layers, g)].top - s->above[g];
        layers->group_box[g].bottom = layers->rows[last_row(layers, g)].bottom + s->below[g];
    }
}

/* True when a group was too low for its title and grew. */
static bool grow_groups(Stack *s) {
    const Layers *layers = s->layers;
    bool grew = false;
    for (uint32_t g = 0; g < layers->plan->group_count; g++) {
        Unit missing = layers->plan->groups[g].min_height -
                       (layers->group_box[g].bottom - layers->group_box[g].top);
        if (missing <= 0)
            continue;
        s->more[g] += (missing + 1) / 2;
        grew = true;
    }
    return grew;
}

static void set_tracks(Stack *s) {
    Layers *layers = s->layers;
    uint32_t last = layers->row_count;
    for (uint32_t c = 0; c <= last; c++) {
        uint32_t end = c == last ? s->piece_first[last + 1] : s->piece_first[c + 1];
        Unit spread = spread_of(s->track_count[c]);
        Unit room = s->tracks_height[c] - spread - s->margins[c].top - s->margins[c].bottom;
        Unit top = s->tracks_top[c] + s->margins[c].top + room / 2;
        Unit last_track = s->track_count[c] > 1 ? (Unit)s->track_count[c] - 1 : 1;
        Unit below = s->tracks_top[c] + s->tracks_height[c];
        for (uint32_t i = s->piece_first[c]; i < end; i++) {
            Unit y = top + (Unit)((int64_t)s->pieces[i].track * spread / last_track);
            if (s->piece_owner[i] < layers->link_count) {
                layers->links[s->piece_owner[i]].track = y;
                continue;
            }
            uint32_t edge = s->piece_owner[i] - layers->link_count;
            Unit text = flat_text_height(layers, edge);
            layers->flats[edge].track = text > 0 ? below - text / 2 : y;
            below -= text;
        }
    }
    for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
        if (layers->chains[e].count == 0 && !layers->flats[e].is_straight)
            end_flat(layers, e);
    }
}

static void set_sides(Layers *layers) {
    Unit left = INT32_MAX, right = INT32_MIN;
    for (uint32_t i = 0; i < layers->spot_count; i++) {
        const Spot *spot = &layers->spots[i];
        left = spot->x - spot->reach_left < left ? spot->x - spot->reach_left : left;
        right = larger(right, spot->x + spot->reach_right);
    }
    for (uint32_t e = 0; e < layers->plan->edge_count; e++) {
        if (layers->chains[e].count > 0 || layers->flats[e].is_straight)
            continue;
        Unit half = layers->plan->edges[e].label_half;
        Unit middle = (layers->flats[e].x[0] + layers->flats[e].x[1]) / 2;
        left = middle - half < left ? middle - half : left;
        right = larger(right, middle + half);
    }
    layers->left = left;
    layers->right = right;
}

void graph_stack(Layers *layers) {
    enum { MOST_ROUNDS = 4 };
    Arena *arena = layers->arena;
    uint32_t groups = layers->plan->group_count, channels = layers->row_count + 1;
    uint32_t most_pieces = layers->link_count + layers->plan->edge_count;
    Stack s = {
        .layers = layers,
        .above = arena_array(arena, Unit, groups),
        .below = arena_array(arena, Unit, groups),
        .more = arena_array(arena, Unit, groups),
        .ends = arena_array(arena, Unit, channels),
        .begins = arena_array(arena, Unit, channels),
        .tracks_height = arena_array(arena, Unit, channels),
        .tracks_top = arena_array(arena, Unit, channels),
        .margins = arena_array(arena, Margins, channels),
        .track_count = arena_array(arena, uint32_t, channels),
        .piece_first = arena_array(arena, uint32_t, channels + 1),
        .pieces = arena_array(arena, Piece, most_pieces),
        .piece_owner = arena_array(arena, uint32_t, most_pieces),
    };
    uint32_t *order = groups_from_inside(layers);
    layers->flats = arena_array(arena, FlatRoute, layers->plan->edge_count);
    collect_pieces(&s);
    s.piece_first[channels] = s.piece_first[channels - 1] + s.track_count[channels - 1];
    measure_groups(&s, order);
    measure_margins(&s);
    add_flat_texts(&s);
    measure_channels(&s);
    set_rows(&s);
    for (int i = 0; i < MOST_ROUNDS && grow_groups(&s); i++) {
        measure_groups(&s, order);
        set_rows(&s);
    }
    set_tracks(&s);
    set_sides(layers);
}
