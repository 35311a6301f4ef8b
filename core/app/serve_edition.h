/* SPDX-License-Identifier: MIT
 * serve_edition.h - one linked portal in memory, and its pages, rendered when they are asked for.
 *
 * An edition has one owner at a time, on one thread: the builder while it makes it, then the server
 * until the next edition has come, then the builder again, who frees it. So nothing in it is
 * locked, and nothing of it is counted but the faces, which editions share (serve_faces.h) and
 * which only the builder counts.
 *
 * Between two editions an edited page is read again into this one (edition_touch): the page shows
 * what is in its file now; what other pages say about it waits for the next edition. */
#ifndef QUOIN_APP_SERVE_EDITION_H
#define QUOIN_APP_SERVE_EDITION_H

#include "app/serve_faces.h"
#include "pass/render.h"

/* A page as it was rendered last. */
typedef struct Rendered {
    Buf html;    /* empty: not yet, or it could not be */
    Str version; /* 32 hex digits of the bytes' hash, in `version_text` */
    char version_text[33];
    Diag *diag;                /* of this rendering; NULL: nothing */
    double read_ms, render_ms; /* of the last time; 0: that was not needed */
    bool is_fresh;             /* nothing has changed since */
    bool is_touched;           /* its file is to be read again */
    bool is_good;              /* false: `html` is of an earlier time, or empty */
} Rendered;

typedef struct Edition {
    Pipeline pipeline;
    bool is_linked; /* false: it could not be made; only the findings are of use */
    bool is_sound;  /* config, theme, templates and plugins are in order */
    FaceSet faces;
    Emit *rest; /* all files that are no pages; NULL when not linked */
    uint64_t
        assets; /* hash of styles, scripts and pictures: all that pages show beside their bytes */
    double seconds; /* that it took */
    size_t read_count;
    /* from here on for the server only */
    ReadWorker reader;
    RenderWorker renderer;
    Rendered *rendered; /* by the page's index */
    size_t rendered_bytes;
    VEC(Shelf *) patches; /* of pages that were read again */
    Map by_disk;          /* path of a page's file or sidecar -> Page */
    Map side_files;       /* path -> Buf, heap: files that came with pages */
} Edition;

/* Makes an edition; faces that are as in `known` are taken from there. Never NULL. */
Edition *edition_make(const Options *options, const FaceSet *known);
void edition_free(Edition *edition);

/* The file (absolute path) has changed. The page whose file or sidecar it is, now to be read again;
 * NULL when it is no page of this edition or not there any more: only a new edition can tell. */
const Page *edition_touch(Edition *edition, Str disk);
/* Reads and renders the page to no purpose but that all states and templates are there after. */
void edition_warm(Edition *edition, const Page *page);

/* The page, rendered if need be; borrowed until the next call. */
const Rendered *edition_page(Edition *edition, const Page *page);

typedef enum EditionMatch {
    EDITION_NOTHING,
    EDITION_PAGE,   /* `page` */
    EDITION_FOLDER, /* the same with a '/' behind it is a page */
    EDITION_BYTES,  /* `bytes` */
    EDITION_DISK    /* `disk` */
} EditionMatch;

typedef struct EditionFile {
    const Page *page;
    Str bytes;
    const char *disk;
    Str out; /* the path in the output: its ending tells the type; in the arena given */
} EditionFile;

/* What a decoded address ("billing/", "billing/design.html") leads to, as on GitHub Pages. */
EditionMatch edition_find(Edition *edition, Str path, Arena *arena, EditionFile *out);

/* Folders whose files make the site: given to `add`, absolute, with or without those below. */
typedef void (*FolderSink)(void *context, const char *folder, bool is_deep);
void edition_folders(const Config *config, FolderSink add, void *context);

#endif
