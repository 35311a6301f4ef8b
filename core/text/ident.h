/* SPDX-License-Identifier: MIT
 * ident.h - ids in running text: REQ-12, ADR-0007, US-1-2. */
#ifndef QUOIN_TEXT_IDENT_H
#define QUOIN_TEXT_IDENT_H

#include "base/str.h"

/* Finds the next id at or behind *at and moves *at behind it; `id` borrows from `text`. An id is
 * two or more capital letters and digits, starting with a letter, then one or more groups of '-'
 * and capitals and digits; its last character is a digit. It stands alone: no letter, digit, '_',
 * '-' or '/' before it, none of the first three behind it ("-" and a small letter may follow:
 * "REQ-12-based"). Linear. */
bool ident_next(Str text, size_t *at, Str *id);

#endif
