/* SPDX-License-Identifier: MIT
 * css.h - style sheets as text: one after the other in a file, none able to harm the next. */
#ifndef QUOIN_TEXT_CSS_H
#define QUOIN_TEXT_CSS_H

#include "base/buf.h"

/* Appends a style sheet without its comments and needless white space. Relative addresses in
 * `url(...)` get `base` ("theme/css/") before them, because the sheet has moved. What the sheet
 * leaves open (blocks, strings, comments) is closed, and a brace that closes nothing is dropped;
 * *is_whole tells whether there was neither. */
void css_add(Buf *out, Str css, Str base, bool *is_whole);

#endif
