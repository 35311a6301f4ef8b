/* SPDX-License-Identifier: MIT
 * graph_order.c - the order of the spots in each row, so that few edges cross.
 *
 * Sweeps with barycentres (Sugiyama et al. 1981) or medians (Eades, Wormald 1994) followed by
 * exchanges of neighbours (Gansner et al. 1993); groups stay together because each level of the
 * nesting is sorted by itself (Forster 2002). Crossings are counted by an accumulator tree (Barth,
 * Jünger, Mutzel 2002); borders of groups count as heavy edges (Sander 1996). */
#include "text/graph_order.h"

#include <string.h>

static uint32_t place_over(const Layers *layers, uint32_t link, bool looks_up) {
    const Link *l = &layers->links[link];
    return layers->spots[looks_up ? l->upper : l->lower].place;
}

/* --- keys --- */

static int64_t median_of(uint32_t *places, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t place = places[i], at = i;
        for (; at > 0 && places[at - 1] > place; at--)
            places[at] = places[at - 1];
        places[at] = place;
    }
    uint32_t half = count / 2;
    if (count % 2 == 1)
        return (int64_t)places[half] * KEY_UNIT;
    int64_t low = places[half - 1], high = places[half];
    int64_t left = low - places[0], right = places[count - 1] - high;
    if (left + right == 0)
        return (low + high) * KEY_UNIT / 2;
    return (low * right + high * left) * KEY_UNIT / (left + right);
}

static void set_key(Order *o, uint32_t spot) {
    const Layers *layers = o->layers;
    const Spot *s = &layers->spots[spot];
    const uint32_t *links = o->looks_up ? layers->ups + s->up : layers->downs + s->down;
    uint32_t count = o->looks_up ? s->up_count : s->down_count;
    o->has_key[spot] = count > 0;
    if (count == 0)
        return;
    if (o->start.uses_medians && count <= 64) {
        uint32_t places[64];
        for (uint32_t i = 0; i < count; i++)
            places[i] = place_over(layers, links[i], o->looks_up);
        o->keys[spot] = median_of(places, count);
        return;
    }
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += place_over(layers, links[i], o->looks_up);
    o->keys[spot] = (int64_t)(sum * KEY_UNIT / count);
}

/* A group that is also in the row looked at stays on its side of the others there. */
static void set_group_key(Order *o, Kid *kid, const uint32_t *row) {
    uint32_t left = row[kid->start], right = row[kid->start + kid->count - 1];
    if (o->has_key[left]) {
        kid->key = (o->keys[left] + o->keys[right]) / 2;
        kid->has_key = true;
        return;
    }
    int64_t sum = 0;
    uint32_t count = 0;
    for (uint32_t i = 1; i + 1 < kid->count; i++) {
        uint32_t spot = row[kid->start + i];
        SpotKind kind = o->layers->spots[spot].kind;
        if (kind == SPOT_LEFT || kind == SPOT_RIGHT || !o->has_key[spot])
            continue;
        sum += o->keys[spot];
        count++;
    }
    kid->has_key = count > 0;
    kid->key = count ? sum / count : 0;
}

/* --- sorting one level --- */

static bool goes_before(const Order *o, const Kid *a, const Kid *b) {
    return o->turns_ties ? a->key <= b->key : a->key < b->key;
}

/* Kids with a key change places among themselves, the others stay where they are. */
static void sort_kids(const Order *o, Kid *kids, uint32_t count) {
    size_t moves = count;
    for (uint32_t i = 1; i < count; i++) {
        if (!kids[i].has_key)
            continue;
        Kid kid = kids[i];
        uint32_t at = i;
        for (uint32_t j = i; j-- > 0; moves++) {
            if (!kids[j].has_key)
                continue;
            if (!goes_before(o, &kid, &kids[j]))
                break;
            kids[at] = kids[j];
            at = j;
        }
        kids[at] = kid;
    }
    graph_spend(o->layers, moves);
}

uint32_t graph_kid_length(const Layers *layers, const uint32_t *row, uint32_t at) {
    if (layers->spots[row[at]].kind != SPOT_LEFT)
        return 1;
    return layers->spots[row[at] + 1].place - at + 1;
}

static void sort_level(Order *o, uint32_t *row, uint32_t from, uint32_t to) {
    Layers *layers = o->layers;
    uint32_t first = o->kid_count;
    for (uint32_t at = from; at < to;) {
        Kid kid = {.start = at, .count = graph_kid_length(layers, row, at)};
        if (kid.count > 1) {
            sort_level(o, row, at + 1, at + kid.count - 1);
            set_group_key(o, &kid, row);
        } else {
            kid.has_key = o->has_key[row[at]];
            kid.key = o->keys[row[at]];
        }
        o->kids[o->kid_count++] = kid;
        at += kid.count;
    }
    sort_kids(o, o->kids + first, o->kid_count - first);
    uint32_t used = from;
    for (uint32_t k = first; k < o->kid_count; k++) {
        memcpy(o->buffer + used, row + o->kids[k].start, sizeof *row * o->kids[k].count);
        used += o->kids[k].count;
    }
    memcpy(row + from, o->buffer + from, sizeof *row * (to - from));
    for (uint32_t i = from; i < to; i++)
        layers->spots[row[i]].place = i;
    o->kid_count = first;
}

static void sort_row(Order *o, uint32_t index) {
    Row *row = &o->layers->rows[index];
    for (uint32_t i = 0; i < row->count; i++)
        set_key(o, row->spots[i]);
    sort_level(o, row->spots, 0, row->count);
}

static void sweep(Order *o, bool goes_down) {
    uint32_t count = o->layers->row_count;
    o->looks_up = goes_down;
    for (uint32_t i = 1; i < count; i++)
        sort_row(o, goes_down ? i : count - 1 - i);
}

/* --- counting --- */

static int64_t tree_after(const int64_t *tree, uint32_t size, uint32_t place) {
    int64_t sum = 0;
    for (uint32_t i = place + 1; i < size; i = (i | (i + 1)))
        sum += tree[i];
    return sum;
}

/* The tree is turned round: a sum over all places behind one. */
static void tree_add(int64_t *tree, uint32_t place, int64_t weight) {
    for (int64_t i = place; i >= 0; i = (i & (i + 1)) - 1)
        tree[i] += weight;
}

static int64_t count_below(Order *o, uint32_t index) {
    const Layers *layers = o->layers;
    const Row *row = &layers->rows[index];
    uint32_t size = layers->rows[index + 1].count;
    memset(o->tree, 0, sizeof *o->tree * size);
    int64_t sum = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        const Spot *spot = &layers->spots[row->spots[i]];
        for (uint32_t k = 0; k < spot->down_count; k++) {
            const Link *link = &layers->links[layers->downs[spot->down + k]];
            sum += link->weight * tree_after(o->tree, size, layers->spots[link->lower].place);
        }
        for (uint32_t k = 0; k < spot->down_count; k++) {
            const Link *link = &layers->links[layers->downs[spot->down + k]];
            tree_add(o->tree, layers->spots[link->lower].place, link->weight);
        }
    }
    return sum;
}

static int64_t count_all(Order *o) {
    int64_t sum = 0;
    for (uint32_t i = 0; i + 1 < o->layers->row_count; i++)
        sum += count_below(o, i);
    return sum;
}

/* --- exchanging neighbours --- */

static int64_t crossings_of(const Layers *layers, const uint32_t *left_links, uint32_t left_count,
                            const uint32_t *right_links, uint32_t right_count, bool up) {
    int64_t difference = 0; /* as they are, less when exchanged */
    for (uint32_t i = 0; i < left_count; i++) {
        uint32_t a = place_over(layers, left_links[i], up);
        int64_t weight = layers->links[left_links[i]].weight;
        for (uint32_t j = 0; j < right_count; j++) {
            uint32_t b = place_over(layers, right_links[j], up);
            if (a != b)
                difference += (a > b ? weight : -weight) * layers->links[right_links[j]].weight;
        }
    }
    return difference;
}

/* How many crossings go away when the neighbours change places. */
static int64_t gain_of(Order *o, const uint32_t *row, Kid left, Kid right) {
    Layers *layers = o->layers;
    int64_t gain = 0;
    for (uint32_t i = 0; i < left.count; i++) {
        const Spot *a = &layers->spots[row[left.start + i]];
        for (uint32_t j = 0; j < right.count; j++) {
            const Spot *b = &layers->spots[row[right.start + j]];
            gain += crossings_of(layers, layers->ups + a->up, a->up_count, layers->ups + b->up,
                                 b->up_count, true);
            gain += crossings_of(layers, layers->downs + a->down, a->down_count,
                                 layers->downs + b->down, b->down_count, false);
            graph_spend(layers, (size_t)a->up_count * b->up_count +
                                    (size_t)a->down_count * b->down_count + 1);
        }
    }
    return gain;
}

static void exchange(Order *o, uint32_t *row, Kid left, Kid right) {
    memcpy(o->buffer, row + left.start, sizeof *row * left.count);
    memmove(row + left.start, row + right.start, sizeof *row * right.count);
    memcpy(row + left.start + right.count, o->buffer, sizeof *row * left.count);
    for (uint32_t i = left.start; i < right.start + right.count; i++)
        o->layers->spots[row[i]].place = i;
}

/* Two groups that meet in more rows than this one keep their order: they are boxes. */
static bool may_exchange(const Layers *layers, const uint32_t *row, Kid left, Kid right) {
    if (left.count == 1 || right.count == 1)
        return true;
    uint32_t a = layers->spots[row[left.start]].owner, b = layers->spots[row[right.start]].owner;
    uint32_t first = layers->group_first[a] > layers->group_first[b] ? layers->group_first[a]
                                                                     : layers->group_first[b];
    uint32_t last = layers->group_last[a] < layers->group_last[b] ? layers->group_last[a]
                                                                  : layers->group_last[b];
    return first == last;
}

static int64_t exchange_level(Order *o, uint32_t *row, uint32_t from, uint32_t to, bool ties) {
    int64_t gain = 0;
    if (from >= to)
        return 0;
    Kid left = {.start = from, .count = graph_kid_length(o->layers, row, from)};
    if (left.count > 2)
        gain += exchange_level(o, row, from + 1, from + left.count - 1, ties);
    while (left.start + left.count < to) {
        uint32_t at = left.start + left.count;
        Kid right = {.start = at, .count = graph_kid_length(o->layers, row, at)};
        if (right.count > 2)
            gain += exchange_level(o, row, at + 1, at + right.count - 1, ties);
        int64_t better =
            may_exchange(o->layers, row, left, right) ? gain_of(o, row, left, right) : -1;
        if (better > 0 || (ties && better == 0)) {
            exchange(o, row, left, right);
            gain += better;
            left.start += right.count;
        } else {
            left = right;
        }
    }
    return gain;
}

static void exchange_all(Order *o, bool ties) {
    enum { MOST_ROUNDS = 10 };
    for (int round = 0; round<MOST_ROUNDS && * o->layers->budget> 0; round++) {
        int64_t gain = 0;
        for (uint32_t i = 0; i < o->layers->row_count; i++) {
            Row *row = &o->layers->rows[i];
            gain += exchange_level(o, row->spots, 0, row->count, ties);
        }
        if (gain == 0)
            break;
        ties = false;
    }
}

/* --- the best so far --- */

static void keep_best(Order *o) {
    uint32_t used = 0;
    for (uint32_t i = 0; i < o->layers->row_count; i++) {
        const Row *row = &o->layers->rows[i];
        memcpy(o->best + used, row->spots, sizeof *o->best * row->count);
        used += row->count;
    }
}

void graph_take_best(Order *o) {
    uint32_t used = 0;
    for (uint32_t i = 0; i < o->layers->row_count; i++) {
        Row *row = &o->layers->rows[i];
        memcpy(row->spots, o->best + used, sizeof *o->best * row->count);
        used += row->count;
        for (uint32_t k = 0; k < row->count; k++)
            o->layers->spots[row->spots[k]].place = k;
    }
}

int64_t graph_improve(Order *o) {
    enum { MOST_SWEEPS = 16, PATIENCE = 4 };
    Layers *layers = o->layers;
    int64_t least = count_all(o);
    int unchanged = 0;
    if (least < layers->crossings) {
        layers->crossings = least;
        keep_best(o);
    }
    for (int i = 0; i < MOST_SWEEPS && unchanged < PATIENCE && layers->crossings > 0; i++) {
        if (!graph_spend(layers, layers->spot_count + 4 * layers->link_count))
            break;
        o->turns_ties = (i / 2) % 2 == 1;
        sweep(o, (i % 2 == 0) != o->start.begins_up);
        exchange_all(o, (i / 2) % 2 == 1);
        int64_t crossings = count_all(o);
        unchanged++;
        if (crossings >= least)
            continue;
        if (crossings * 50 < least * 49)
            unchanged = 0;
        least = crossings;
        if (crossings >= layers->crossings)
            continue;
        layers->crossings = crossings;
        keep_best(o);
    }
    return least;
}
