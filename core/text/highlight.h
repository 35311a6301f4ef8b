/* SPDX-License-Identifier: MIT
 * highlight.h - program text to HTML with a span around each keyword, string, comment, ...
 *
 * Languages are data: modes with rules, each a pattern and what it means
 * (plugins/highlight/README.md describes them). The patterns of a mode run as one automaton, whose
 * states are made when they are first needed, so each byte is looked at a bounded number of times
 * whatever the text or the rules. Nothing fails: what no rule knows is plain text, and the text in
 * the HTML is always the input.
 *
 * A Highlighter holds compiled languages and belongs to one thread at a time. There is no global
 * state. */
#ifndef QUOIN_TEXT_HIGHLIGHT_H
#define QUOIN_TEXT_HIGHLIGHT_H

#include "text/value.h"

typedef struct Highlighter Highlighter;

/* Lines that stand out, from 1, both ends included. */
typedef struct HighlightRange {
    uint32_t first, last;
} HighlightRange;

typedef struct HighlightOptions {
    bool has_lines; /* a span "hl-line" around each line */
    const HighlightRange
        *ranges; /* in order, not overlapping: these get the class "hl-marked", too */
    size_t range_count;
} HighlightOptions;

Highlighter *highlighter_new(void);
void highlighter_free(Highlighter *highlighter);

/* Compiles the rules of a language. False when they are wrong: `error` (if not NULL) gets one
 * sentence without a full stop; the language is then as good as absent. */
bool highlighter_add(Highlighter *highlighter, Str name, const Value *rules, Buf *error);
/* `alias` means the language `name`; the empty `name`: no language, text of it stays plain. */
void highlighter_alias(Highlighter *highlighter, Str alias, Str name);
/* Was this name given to highlighter_add or highlighter_alias? */
bool highlighter_knows(const Highlighter *highlighter, Str name);
/* The same, and there are rules for it. */
bool highlighter_has(const Highlighter *highlighter, Str name);

/* Appends the HTML of `text` to `out`. Languages inside the language that are not known yet are
 * counted: when the result is not 0, add or alias each highlighter_missing(0), (1), ... and call
 * again with a truncated `out`. So the HTML does not depend on what was loaded before. */
size_t highlight(Highlighter *highlighter, Str name, Str text, const HighlightOptions *options,
                 Buf *out);
/* Borrowed until the next call of highlight. */
Str highlighter_missing(const Highlighter *highlighter, size_t index);

/* The class that stands for `name` ("keyword" -> "k", in HTML "hl-k"); NULL when there is none. */
const char *highlight_class(Str name);

#endif
