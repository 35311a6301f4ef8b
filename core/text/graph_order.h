/* SPDX-License-Identifier: MIT
 * graph_order.h - what graph_order.c and graph_search.c share; nobody else includes it. */
#ifndef QUOIN_TEXT_GRAPH_ORDER_H
#define QUOIN_TEXT_GRAPH_ORDER_H

#include "text/graph_internal.h"

enum { KEY_UNIT = 1 << 16 };

typedef struct Kid {
    uint32_t start, count;
    int64_t key; /* a place in the row looked at, in KEY_UNITs */
    bool has_key;
} Kid;

typedef struct Order {
    Layers *layers;
    Start start;
    bool looks_up;   /* keys come from the row above */
    bool turns_ties; /* equal keys change places */
    int64_t *keys;   /* of the spots in the row being sorted */
    bool *has_key;
    Kid *kids;
    uint32_t kid_count;
    uint32_t *buffer;
    int64_t *tree; /* accumulator */
    uint32_t *best;
} Order;

/* How many spots from here belong together: 1, or all of a group. */
uint32_t graph_kid_length(const Layers *layers, const uint32_t *row, uint32_t at);

/* Sweeps from where the rows are; returns the crossings of the best order met, which is kept when
 * it has fewer than any before. */
int64_t graph_improve(Order *order);

/* Puts the rows in the best order so far. */
void graph_take_best(Order *order);

#endif
