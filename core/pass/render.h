/* SPDX-License-Identifier: MIT
 * render.h - station 4: one page and the frozen site become a whole HTML document. Any thread. */
#ifndef QUOIN_PASS_RENDER_H
#define QUOIN_PASS_RENDER_H

#include "model/hook.h"

typedef struct RenderContext {
    const Site *site;
    const Hooks *hooks;
    Diag *diag;
    FileSink file; /* takes files that come with a page, from all threads; may be NULL */
    void *file_context;
} RenderContext;

/* What one worker keeps between pages. */
typedef struct RenderWorker {
    int index;
    Markdown *markdown;
    Arena scratch; /* reset after each page */
    Buf content;   /* the page's own HTML */
} RenderWorker;

/* Writes the document to `out`. False when the theme's layout failed (reported): then there is no
 * document, and yesterday's stays. */
bool render_page(const RenderContext *context, RenderWorker *worker, const Page *page, Buf *out);

#endif
