/* SPDX-License-Identifier: MIT
 * diag.h - diagnostics: everything that Quoin has to say about its input.
 *
 * Each has a severity, a stable code ("link.broken"), a place, one sentence without a full stop,
 * and often a hint and a second place. They are collected from all threads, sorted, and printed
 * once at the end, so that the list is the same for any number of jobs. */
#ifndef QUOIN_BASE_DIAG_H
#define QUOIN_BASE_DIAG_H

#include "base/buf.h"

#include <stdio.h>

typedef enum Severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* A place in the user's text. */
typedef struct Pos {
    Str file;        /* as the user knows it: relative to the folder given to Quoin; may be empty */
    uint32_t line;   /* from 1; 0: the file as a whole */
    uint32_t column; /* in bytes, from 1; 0: unknown */
    uint32_t length; /* bytes to underline; 0: one */
} Pos;

typedef struct Finding {
    Severity severity;
    Str code; /* "area.what", stable */
    Pos pos;
    Str message;          /* one sentence, no full stop at the end */
    Str hint;             /* what to do; may be empty */
    Str target;           /* for links: the destination as written; may be empty */
    Pos second;           /* another place that belongs to it, e.g. the first of two duplicates */
    Str second_note;      /* "first defined here"; empty: no second place */
    uint32_t fix_line;    /* > 0: an edit that `quoin review` makes on that line of the file: */
    Str fix_from, fix_to; /* the text there, and what it becomes */
} Finding;

typedef struct Diag Diag;

Diag *diag_new(void);
void diag_free(Diag *diag);

/* Adds a copy of `finding` (all text is copied). Thread-safe. A NULL `diag` drops it. */
void diag_add(Diag *diag, const Finding *finding);

/* The common case. `hint` may be NULL. Thread-safe. */
void diag_report(Diag *diag, Severity severity, const char *code, Pos pos, const char *hint,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Severity of a code by configuration ("link.broken" or a whole area "link"); the most specific
 * wins. Takes effect on what is already collected and on what follows. */
void diag_set_severity(Diag *diag, Str code, Severity severity);

/* Text to show with the caret when `pos.file` cannot be read from disk (generated pages). Without
 * it, the file is read below `root` when printing. Copies. */
void diag_set_root(Diag *diag, const char *root);
const char *diag_root(const Diag *diag); /* NULL when none was set */

/* Errors and warnings counted after severities were applied; with `strict` warnings are errors. */
size_t diag_count(const Diag *diag, Severity severity);
bool diag_has_code(const Diag *diag, Str code_or_area);
void diag_set_strict(Diag *diag, bool strict);

/* A baseline lists findings that are known; they are not shown and do not count. A finding is
 * known by code, file and message, not by its line, and as often as the baseline lists it.
 * diag_read_baseline takes effect like a severity; diag_add_baseline writes the findings of
 * warning level and above as text, one a line, sorted. */
void diag_read_baseline(Diag *diag, Str text);
void diag_add_baseline(Diag *diag, Buf *out);
size_t diag_known_count(Diag *diag); /* findings that the baseline hides */

typedef enum DiagFormat { DIAG_HUMAN, DIAG_JSON, DIAG_GITHUB } DiagFormat;

typedef struct DiagPrint {
    DiagFormat format;
    bool color;
    Severity least;      /* print findings of this severity and above */
    size_t max_findings; /* 0: no limit; what is cut is said in one line (human) */
    Str folder; /* put before relative files for people and GitHub, who look from where Quoin was
                   started; JSON names files relative to the folder given to Quoin */
} DiagPrint;

/* Sorts by file, line, column, code, message; drops exact repeats; prints. One writer only. */
void diag_print(Diag *diag, const DiagPrint *how, FILE *out);

/* The sorted list, for tests and other printers; borrowed until the next addition or setting.
 * Severities are applied: what is off is left out, and with `strict` warnings are errors. */
const Finding *diag_findings(Diag *diag, size_t *count);

const char *severity_name(Severity severity); /* "error", "warning", "info", "off" */
bool severity_parse(Str name, Severity *out);

#endif
