/* SPDX-License-Identifier: MIT
 * serve_live.c - what browsers are told. The findings' JSON is in serve_findings.c. */
#include "app/serve_live.h"

#include "app/serve_findings.h"
#include "app/share.h"
#include "base/fs.h"
#include "base/hash.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_LIVE_FILE ((size_t)1024 * 1024)

double live_milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* --- the script and its style ------------------------------------------------------------------
 */

static bool read_file(const char *name, Buf *out, char version[33]) {
    Arena arena = {0};
    Str text;
    const char *path = share_path(&arena, name);
    bool is_read = fs_read(&arena, path, MAX_LIVE_FILE, &text);
    if (is_read) {
        buf_add(out, text);
        hash_hex(text, version);
    } else {
        fprintf(stderr, "quoin serve: %s: %s\n", path, strerror(errno));
    }
    arena_release(&arena);
    return is_read;
}

bool viewers_init(Viewers *viewers) {
    *viewers = (Viewers){0};
    return read_file("themes/default/serve/live.js", &viewers->script, viewers->script_version) &&
           read_file("themes/default/serve/live.css", &viewers->style, viewers->style_version);
}

void viewers_release(Viewers *viewers) {
    while (viewers->list.count > 0) {
        viewers_remove(viewers, viewers->list.items[0]);
    }
    vec_release(&viewers->list);
    buf_release(&viewers->script);
    buf_release(&viewers->style);
}

/* --- viewers -----------------------------------------------------------------------------------
 */

static void set_version(Viewer *viewer, Str version) {
    snprintf(viewer->version, sizeof viewer->version, STR_FMT, STR_ARG(str_slice(version, 0, 32)));
}

Viewer *viewers_add(Viewers *viewers, HttpStream *stream, Str path, Str version) {
    Viewer *viewer = calloc(1, sizeof *viewer);
    if (viewer == NULL || (viewer->path = malloc(path.len + 1)) == NULL) {
        abort();
    }
    memcpy(viewer->path, path.data, path.len);
    viewer->path[path.len] = '\0';
    viewer->stream = stream;
    set_version(viewer, version);
    vec_push(&viewers->list, viewer);
    return viewer;
}

void viewers_remove(Viewers *viewers, Viewer *viewer) {
    for (size_t i = 0; i < viewers->list.count; i++) {
        if (viewers->list.items[i] == viewer) {
            viewers->list.items[i] = viewers->list.items[--viewers->list.count];
            break;
        }
    }
    free(viewer->path);
    free(viewer);
}

/* --- pages -------------------------------------------------------------------------------------
 */

const Page *live_page(const Shown *shown, Str path, Arena *arena, int *status) {
    EditionFile file;
    *status = 200;
    if (shown->edition == NULL) {
        return NULL;
    }
    EditionMatch match = edition_find(shown->edition, path, arena, &file);
    if (match == EDITION_PAGE) {
        return file.page;
    }
    *status = 404;
    return match == EDITION_NOTHING
               ? map_get(&shown->edition->pipeline.site->page_by_out, STR("404.html"))
               : NULL;
}

Str live_version(const Shown *shown, Str path, Arena *arena) {
    int status;
    const Page *page = live_page(shown, path, arena, &status);
    const Rendered *rendered = page != NULL ? edition_page(shown->edition, page) : NULL;
    return rendered != NULL && rendered->html.len > 0 ? str_copy(arena, rendered->version)
                                                      : STR("none");
}

void live_add_page(const Viewers *viewers, Str html, Str version, Buf *out) {
    size_t at = str_find(html, STR("</head>"));
    at = at == STR_NONE ? html.len : at;
    buf_add(out, str_slice(html, 0, at));
    buf_add_format(out,
                   "<script src=\"/_quoin/live.js?%s\" defer data-version=\"" STR_FMT
                   "\" data-style=\"/_quoin/live.css?%s\"></script>\n",
                   viewers->script_version, STR_ARG(version), viewers->style_version);
    buf_add(out, str_from_offset(html, at));
}

void live_add_placeholder(const Viewers *viewers, const Shown *shown, Buf *out) {
    const char *title =
        shown->is_starting ? "The portal is being read" : "This page cannot be shown";
    const char *text = shown->is_starting
                           ? "It appears here as soon as it is ready."
                           : "The findings say why. It appears here as soon as that is mended.";
    Buf html = {0};
    buf_add_format(&html,
                   "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<title>%s</title>\n<link rel=\"stylesheet\" href=\"/_quoin/live.css?%s\">\n"
                   "</head>\n<body class=\"placeholder\">\n<main>\n<h1>%s</h1>\n<p>%s</p>\n"
                   "</main>\n</body>\n</html>\n",
                   title, viewers->style_version, title, text);
    live_add_page(viewers, buf_str(&html), STR("none"), out);
    buf_release(&html);
}

/* --- telling -----------------------------------------------------------------------------------
 */

static void send_change(Viewer *viewer, const Rendered *rendered, double noticed) {
    Buf data = {0};
    double server = noticed > 0 ? live_milliseconds() - noticed : 0;
    buf_add_format(&data,
                   "{\"version\":\"%s\",\"quiet\":%s,\"read\":%.1f,\"render\":%.1f,"
                   "\"server\":%.1f}",
                   viewer->version, noticed > 0 ? "false" : "true",
                   rendered != NULL ? rendered->read_ms : 0,
                   rendered != NULL ? rendered->render_ms : 0, server);
    http_stream_send(viewer->stream, "change", buf_str(&data));
    buf_release(&data);
}

void viewer_update(Viewer *viewer, const Shown *shown, double noticed) {
    Arena arena = {0};
    int status;
    const Page *page = live_page(shown, str_from(viewer->path), &arena, &status);
    const Rendered *rendered = page != NULL ? edition_page(shown->edition, page) : NULL;
    bool is_there = rendered != NULL && rendered->html.len > 0;
    Str version = is_there ? rendered->version : STR("none");
    if (!str_equal(version, str_from(viewer->version))) {
        set_version(viewer, version);
        send_change(viewer, rendered, noticed);
    }
    arena_release(&arena);
}

void viewer_update_findings(Viewer *viewer, const Shown *shown) {
    Arena arena = {0};
    Buf json = {0};
    int status;
    const Page *page = live_page(shown, str_from(viewer->path), &arena, &status);
    findings_add_json(shown, page, &json);
    uint64_t hash = hash_str(buf_str(&json));
    if (hash != viewer->findings) {
        viewer->findings = hash;
        http_stream_send(viewer->stream, "findings", buf_str(&json));
    }
    buf_release(&json);
    arena_release(&arena);
}
