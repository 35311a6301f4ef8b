/* SPDX-License-Identifier: MIT
 * hook.h - where the pipeline meets the plugins and the theme.
 *
 * `pass` calls these, `lua` implements them, `app` joins the two; neither includes the other.
 * Every function may be NULL. `worker` is the index of the calling thread; an implementation keeps
 * one set of states a worker. Errors inside a hook become diagnostics; nothing is thrown. */
#ifndef QUOIN_MODEL_HOOK_H
#define QUOIN_MODEL_HOOK_H

#include "model/site.h"
#include "text/markdown.h"

/* One page while it is read. Only this page can be seen. */
typedef struct PageReader {
    const Config *config;
    const Source *source;
    Str text; /* the whole file */
    Markdown *markdown;
    Node *root;
    FaceBuilder *face; /* title, meta, sections and links are already there */
    const Kind *kind;  /* or NULL */
    Arena *scratch;    /* reset after the page */
    Diag *diag;
} PageReader;

/* Takes an output file; the bytes are copied. False (reported) when the path is taken or bad. */
typedef bool (*FileSink)(void *context, Str path, Str bytes);

/* One page while it is rendered. The site is frozen. */
typedef struct PageRender {
    const Site *site;
    const Page *page;
    Str text;
    Markdown *markdown;
    Node *root; /* NULL for a generated page that brought HTML */
    Arena *scratch;
    Diag *diag;
    FileSink file; /* for files that belong to the page, from any thread; NULL: none are wanted */
    void *file_context;
} PageRender;

/* Takes a file to copy from disk. */
typedef void (*AssetSink)(void *context, const char *disk, Str path);

typedef struct Hooks {
    void *context;
    /* read, on any worker */
    void (*collect)(void *context, int worker, PageReader *reader);
    /* link, alone, in this order */
    void (*rollup)(void *context, Site *site);
    void (*pages)(void *context, Site *site);
    void (*check)(void *context, Site *site);
    /* render, on any worker. code_block: true when a plugin wrote it. */
    void (*transform)(void *context, int worker, PageRender *render);
    bool (*code_block)(void *context, int worker, PageRender *render, Node *block, Buf *out);
    /* The page's HTML inside the theme's layout, the whole document. False after reporting. */
    bool (*layout)(void *context, int worker, PageRender *render, Str content, Buf *out);
    /* emit, alone */
    void (*finish)(void *context, const Site *site, FileSink sink, void *sink_context);
    void (*assets)(void *context, AssetSink sink, void *sink_context);
    /* The style sheets and scripts that plugins put on every page, in order. */
    void (*bundled)(void *context, AssetSink sink, void *sink_context);
} Hooks;

#endif
