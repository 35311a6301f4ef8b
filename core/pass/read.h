/* SPDX-License-Identifier: MIT
 * read.h - station 2: one source becomes its face. Sees that page only; any thread. */
#ifndef QUOIN_PASS_READ_H
#define QUOIN_PASS_READ_H

#include "model/history.h"
#include "model/hook.h"

/* What one worker keeps between pages. */
typedef struct ReadWorker {
    int index;
    Markdown *markdown;
    Arena *faces;  /* faces live here */
    Arena scratch; /* reset after each page */
} ReadWorker;

typedef struct ReadContext {
    const Config *config;
    const Kinds *kinds;
    const Hooks *hooks;
    Diag *diag;
    History *history; /* for link; may be NULL */
} ReadContext;

/* Never NULL: a file that cannot be read is reported and gives an empty face. */
const Face *read_source(const ReadContext *context, ReadWorker *worker, const Source *source);

/* The face of a generated page, from its Markdown (no plugin collects on it). */
const Face *read_generated(const ReadContext *context, ReadWorker *worker, const Page *page);

/* Says, from errno, why the source cannot be read. */
void read_report_failure(Diag *diag, const Source *source);

/* The largest page that is read. */
#define READ_MAX_BYTES ((size_t)16 * 1024 * 1024)

#endif
