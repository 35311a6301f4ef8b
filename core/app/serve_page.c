/* SPDX-License-Identifier: MIT
 * serve_page.c - one page of an edition: its file is read again when it was edited, it is rendered
 * when it is asked for, and kept until something changes. */
#include "app/serve_edition.h"
#include "base/fs.h"
#include "base/hash.h"
#include "pass/link.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_KEPT_BYTES ((size_t)128 * 1024 * 1024) /* of rendered pages */

static double milliseconds_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static Rendered *rendered_of(Edition *edition, const Page *page) {
    return &edition->rendered[page->index];
}

const Page *edition_touch(Edition *edition, Str disk) {
    const Page *page = edition->is_linked ? map_get(&edition->by_disk, disk) : NULL;
    if (page == NULL || fs_kind(page->source->disk) != FS_FILE) {
        return NULL;
    }
    Rendered *rendered = rendered_of(edition, page);
    rendered->is_touched = true;
    rendered->is_fresh = false;
    return page;
}

/* Reads the page's file into this edition; what is found is of the page's rendering. */
static void read_again(Edition *edition, const Page *page) {
    Pipeline *pipeline = &edition->pipeline;
    Rendered *rendered = rendered_of(edition, page);
    double start = milliseconds_now();
    Shelf *shelf = shelf_new(diag_root(pipeline->diag));
    vec_push(&edition->patches, shelf);
    ReadContext context = {.config = pipeline->config,
                           .kinds = &pipeline->kinds,
                           .hooks = &pipeline->hooks,
                           .diag = rendered->diag};
    edition->reader.faces = &shelf->arena;
    const Face *face =
        read_source(&context, &edition->reader, shelf_add_source(shelf, page->source));
    link_patch_page(pipeline->site, pipeline->site->pages[page->index], face);
    rendered->is_touched = false;
    rendered->read_ms = milliseconds_now() - start;
}

void edition_warm(Edition *edition, const Page *page) {
    Pipeline *pipeline = &edition->pipeline;
    Shelf *shelf = shelf_new(NULL);
    ReadContext context = {.config = pipeline->config,
                           .kinds = &pipeline->kinds,
                           .hooks = &pipeline->hooks,
                           .diag = shelf->diag};
    edition->reader.faces = &shelf->arena;
    if (page->source != NULL) {
        read_source(&context, &edition->reader, page->source);
    }
    plugin_host_flush(pipeline->host);
    shelf_release(shelf);
    edition_page(edition, page);
}

/* Files of a page take the place of those that it made before. */
static bool keep_side_file(void *context, Str path, Str bytes) {
    Edition *edition = context;
    Buf *file = map_get(&edition->side_files, path);
    if (file == NULL) {
        file = calloc(1, sizeof *file);
        if (file == NULL) {
            abort();
        }
        map_set(&edition->side_files, str_copy(&edition->pipeline.arena, path), file);
    }
    buf_reset(file);
    buf_add(file, bytes);
    return true;
}

static void render(Edition *edition, const Page *page, Rendered *rendered) {
    Pipeline *pipeline = &edition->pipeline;
    RenderContext context = {.site = pipeline->site,
                             .hooks = &pipeline->hooks,
                             .diag = rendered->diag,
                             .file = keep_side_file,
                             .file_context = edition};
    Buf html = {0};
    double start = milliseconds_now();
    rendered->is_good = render_page(&context, &edition->renderer, page, &html);
    rendered->render_ms = milliseconds_now() - start;
    plugin_host_flush(pipeline->host); /* into the diag of this rendering */
    if (rendered->is_good) {
        edition->rendered_bytes += html.len - rendered->html.len;
        buf_release(&rendered->html);
        rendered->html = html;
        hash_hex(buf_str(&html), rendered->version_text);
        rendered->version = (Str){rendered->version_text, 32};
    } else {
        buf_release(&html);
    }
}

/* A crawler may ask for every page of a large portal. */
static void bound_memory(Edition *edition) {
    if (edition->rendered_bytes <= MAX_KEPT_BYTES) {
        return;
    }
    for (size_t i = 0; i < edition->pipeline.site->page_count; i++) {
        buf_release(&edition->rendered[i].html);
        edition->rendered[i].is_fresh = false;
    }
    edition->rendered_bytes = 0;
}

const Rendered *edition_page(Edition *edition, const Page *page) {
    Rendered *rendered = rendered_of(edition, page);
    if (rendered->is_fresh) {
        return rendered;
    }
    bound_memory(edition);
    diag_free(rendered->diag);
    rendered->diag = diag_new();
    diag_set_root(rendered->diag, diag_root(edition->pipeline.diag));
    rendered->read_ms = 0;
    if (rendered->is_touched) {
        read_again(edition, page);
    }
    render(edition, page, rendered);
    rendered->is_fresh = true;
    return rendered;
}
