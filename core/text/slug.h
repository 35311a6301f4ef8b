/* SPDX-License-Identifier: MIT
 * slug.h - anchors of headings as github.com makes them.
 *
 * Rule: lower case; everything but \p{Word}, '-' and space is dropped; each space becomes '-'. A
 * repeated anchor gets -1, -2, ... (the first free number). */
#ifndef QUOIN_TEXT_SLUG_H
#define QUOIN_TEXT_SLUG_H

#include "base/map.h"

/* The anchors given out on one page. All zero is empty. */
typedef struct SlugSet {
    Map used; /* anchor -> how often asked for */
} SlugSet;

Str slug_make(Arena *arena, Str heading_text);
Str slug_unique(SlugSet *set, Arena *arena, Str heading_text);
void slugset_release(SlugSet *set);

#endif
