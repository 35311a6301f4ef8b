/* SPDX-License-Identifier: MIT
 * serve_live.h - the browsers that look at the portal: who shows which page in which version, and
 * what they are told. */
#ifndef QUOIN_APP_SERVE_LIVE_H
#define QUOIN_APP_SERVE_LIVE_H

#include "app/serve_edition.h"
#include "app/serve_http.h"

typedef struct Viewer {
    HttpStream *stream;
    char *path;        /* decoded, without the leading '/' */
    char version[33];  /* of the page as the browser shows it */
    uint64_t findings; /* hash of what it was told */
} Viewer;

typedef struct Viewers {
    VEC(Viewer *) list;
    Buf script, style; /* live.js, live.css */
    char script_version[33], style_version[33];
} Viewers;

/* What is shown now. */
typedef struct Shown {
    Edition *edition; /* NULL: none yet */
    Edition *failed;  /* a newer one that could not take its place; NULL: none */
    bool is_starting; /* the first one is being made */
} Shown;

/* Reads live.js and live.css from the folder of what comes with Quoin. False after saying so. */
bool viewers_init(Viewers *viewers);
void viewers_release(Viewers *viewers);

Viewer *viewers_add(Viewers *viewers, HttpStream *stream, Str path, Str version);
void viewers_remove(Viewers *viewers, Viewer *viewer);

/* Where an address leads: the page (or page 404) and its status; NULL for other files, and when
 * nothing can be shown. */
const Page *live_page(const Shown *shown, Str path, Arena *arena, int *status);
/* The page's version, "none" when nothing can be shown. */
Str live_version(const Shown *shown, Str path, Arena *arena);

/* Sends the viewer what differs from what it has: the page's version, the findings. `noticed` is
 * when the change was seen (milliseconds, monotonic); 0: some time ago, and quietly. */
void viewer_update(Viewer *viewer, const Shown *shown, double noticed);
void viewer_update_findings(Viewer *viewer, const Shown *shown);

/* `html` with the live script in its head. */
void live_add_page(const Viewers *viewers, Str html, Str version, Buf *out);
/* The page that stands in when there is none to show. */
void live_add_placeholder(const Viewers *viewers, const Shown *shown, Buf *out);

double live_milliseconds(void);

#endif
