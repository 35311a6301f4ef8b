/* SPDX-License-Identifier: MIT
 * str.h - borrowed text: a pointer and a length, usually UTF-8, not terminated by NUL.
 *
 * A Str never owns. It is valid as long as what it points into (an arena, a file's bytes, a
 * literal). The empty Str may have data NULL. Functions are byte-wise unless they say otherwise. */
#ifndef QUOIN_BASE_STR_H
#define QUOIN_BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Str {
    const char *data;
    size_t len; /* bytes */
} Str;

#define STR_NONE     SIZE_MAX /* "not found" */
#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_EMPTY    ((Str){"", 0})
/* For printf: printf(STR_FMT, STR_ARG(s)). */
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).len, (s).data

/* Looking. */
Str str_from(const char *text); /* NULL gives the empty Str */
bool str_equal(Str a, Str b);
bool str_equal_ignoring_case(Str a, Str b); /* ASCII letters only */
int str_compare(Str a, Str b);              /* by bytes: <0, 0, >0 */
int str_compare_natural(Str a, Str b);      /* "a2" before "a10"; ASCII case ignored, then bytes */
bool str_starts_with(Str s, Str prefix);
bool str_ends_with(Str s, Str suffix);
size_t str_find(Str s, Str needle); /* STR_NONE when absent; the empty needle is at 0 */
size_t str_find_char(Str s, char c);
size_t str_find_last_char(Str s, char c);
bool str_contains(Str s, Str needle);
bool str_to_int(Str s, int64_t *out); /* decimal, optional sign, nothing else; false otherwise */

/* Parts (they borrow from the argument). */
Str str_slice(Str s, size_t from, size_t to); /* clamped; from > to gives empty */
Str str_from_offset(Str s, size_t from);
Str str_trim(Str s); /* space, tab, CR, LF at both ends */
Str str_trim_left(Str s);
Str str_trim_right(Str s);
/* Splits at the first `sep`: true and both parts; false: head = all, tail = empty. */
bool str_cut(Str s, char sep, Str *head, Str *tail);
/* Takes the next line off `rest` (without its LF or CRLF); false when nothing is left. */
bool str_next_line(Str *rest, Str *line);
/* 1-based line `number` of `text` without its line end; empty when there is none. */
Str str_line(Str text, uint32_t number);

/* Copies into an arena. */
Str str_copy(Arena *arena, Str s);
char *str_terminated(Arena *arena, Str s); /* NUL-terminated copy */
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_lower(Arena *arena, Str s);           /* ASCII letters only */
Str str_join(Arena *arena, Str a, Str b);     /* a followed by b */
Str str_collapse_spaces(Arena *arena, Str s); /* runs of white space become one space, trimmed */

/* "Did you mean": Damerau-Levenshtein distance, at most `limit` + 1; and the nearest of
 * `candidates` within a third of the needle's length (at least 1), empty when none is near.
 * Equal when ASCII case, '-', '_', ' ' and '.' are ignored counts as distance 0. */
size_t str_distance(Str a, Str b, size_t limit);
Str str_nearest(Str needle, const Str *candidates, size_t count);

#endif
