/* SPDX-License-Identifier: MIT
 * case.h - a .case file: prose, then steps that begin with a line "=== word argument".
 *
 *     What this shows, in a sentence.
 *
 *     === file docs/a.md             write a file
 *     [x](b.md)
 *     === run                        commands, one a line: quoin ..., rm, mv, mkdir, ln -s
 *     quoin check docs
 *     === exit 1                     of the last command
 *     === stdout                     exactly this; also: stderr
 *     === stdout contains            these lines (parts of lines), in this order
 *     === stdout lacks               none of these
 *     === read out/a.html contains   the same for a file: exactly, contains, lacks
 *     === missing out/b.html         there is no such file
 *
 * Steps run in order in an empty folder. A line that must start with "=== " is written "\=== ". */
#ifndef QUOIN_APP_CASE_H
#define QUOIN_APP_CASE_H

#include "base/str.h"
#include "base/vec.h"

typedef enum StepKind {
    STEP_FILE,
    STEP_RUN,
    STEP_EXIT,
    STEP_STDOUT,
    STEP_STDERR,
    STEP_READ,
    STEP_MISSING
} StepKind;

typedef enum Match { MATCH_EXACT, MATCH_CONTAINS, MATCH_LACKS } Match;

typedef struct Step {
    StepKind kind;
    Match match;
    Str argument;     /* path or number */
    Str body;         /* the lines below, as they are in the file */
    uint32_t line;    /* of its "===" */
    Str actual;       /* what was seen, for --accept */
    bool is_accepted; /* `actual` replaces the body (or the exit code) */
} Step;

typedef struct Case {
    Str path, title;
    Str text; /* the whole file */
    VEC(Step) steps;
} Case;

/* False after printing what is wrong with the file. */
bool case_parse(Case *parsed, Str path, Str text);
/* The file with the accepted steps rewritten. */
Str case_format(const Case *parsed, Arena *arena);
/* What a body stands for: escaped "\===" lines are plain again. */
Str case_body(const Step *step, Arena *arena);

#endif
