/* SPDX-License-Identifier: MIT
 * review.c - quoin review: makes the edits that findings offer for one page, such as the present
 * fingerprint of a target that has changed since a link to it was reviewed. */
#include "app/pipeline.h"

#include "base/fs.h"
#include "base/path.h"

#include <errno.h>
#include <string.h>

/* The folder with quoin.yaml at or above the page, else the page's own folder. */
static Str find_root(Arena *arena, Str page) {
    for (Str dir = path_dir(page); dir.len > 1; dir = path_dir(dir)) {
        if (fs_kind(str_terminated(arena, path_join(arena, dir, STR("quoin.yaml")))) == FS_FILE) {
            return dir;
        }
    }
    return path_dir(page);
}

/* Replaces the first `from` on a line; false when it is not there (any more). */
static bool edit_line(Arena *arena, Str *text, uint32_t line, Str from, Str to) {
    Str found = str_line(*text, line);
    size_t at = str_find(found, from);
    if (found.len == 0 || from.len == 0 || at == STR_NONE) {
        return false;
    }
    size_t start = (size_t)(found.data - text->data) + at;
    Buf edited = {0};
    buf_add(&edited, str_slice(*text, 0, start));
    buf_add(&edited, to);
    buf_add(&edited, str_from_offset(*text, start + from.len));
    *text = str_copy(arena, buf_str(&edited));
    buf_release(&edited);
    return true;
}

static bool replace_file(Arena *arena, const char *path, Str text) {
    Str fresh = str_format(arena, "%s.quoin-new", path);
    return fs_write(fresh.data, text) && fs_rename(fresh.data, path);
}

/* Makes the offered edits; gives how many, or -1 when the page cannot be read or written. */
static int review_page(Pipeline *pipeline, const char *disk, Str file) {
    Arena *arena = &pipeline->arena;
    size_t count;
    int edits = 0;
    Str text;
    const Finding *findings = diag_findings(pipeline->diag, &count);
    if (!fs_read(arena, disk, READ_MAX_BYTES, &text)) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const Finding *finding = &findings[i];
        if (finding->fix_line == 0 || !str_equal(finding->pos.file, file) ||
            !edit_line(arena, &text, finding->fix_line, finding->fix_from, finding->fix_to)) {
            continue;
        }
        edits++;
        if (pipeline->options->verbosity >= 0) {
            printf(STR_FMT ":%u: " STR_FMT "\n", STR_ARG(file), finding->fix_line,
                   STR_ARG(finding->message));
        }
    }
    return edits == 0 || replace_file(arena, disk, text) ? edits : -1;
}

static const Source *find_source(const Pipeline *pipeline, Str disk) {
    for (size_t i = 0; i < pipeline->sources.count; i++) {
        if (str_equal(str_from(pipeline->sources.items[i].disk), disk)) {
            return &pipeline->sources.items[i];
        }
    }
    return NULL;
}

static int review(Pipeline *pipeline, const char *given, Str disk) {
    const Source *source = find_source(pipeline, disk);
    if (source == NULL || !source->is_page) {
        fprintf(stderr, "quoin review: %s is no page of this portal\n", given);
        return EXIT_USAGE;
    }
    pipeline_read(pipeline);
    pipeline_link(pipeline);
    int edits = review_page(pipeline, source->disk, source->file);
    if (edits < 0) {
        fprintf(stderr, "quoin review: %s: %s\n", given, strerror(errno));
        return EXIT_USAGE;
    }
    if (pipeline->options->verbosity >= 0) {
        printf("%d accepted\n", edits);
    }
    return EXIT_CLEAN;
}

int command_review(const Options *options) {
    Arena arena = {0};
    Options inner = *options;
    Pipeline pipeline;
    Str disk = fs_absolute(&arena, options->arguments[0]);
    if (fs_kind(options->arguments[0]) != FS_FILE) { /* before a portal is looked for above it */
        fprintf(stderr, "quoin review: %s is not a file\n", options->arguments[0]);
        arena_release(&arena);
        return EXIT_USAGE;
    }
    const char *folder = options->argument_count > 1
                             ? options->arguments[1]
                             : str_terminated(&arena, find_root(&arena, disk));
    inner.arguments = &folder;
    inner.argument_count = 1;
    int code = EXIT_USAGE;
    if (pipeline_open(&pipeline, &inner, false) && pipeline_scan(&pipeline)) {
        code = review(&pipeline, options->arguments[0], disk);
    } else {
        report_findings(pipeline.diag, &inner);
    }
    pipeline_close(&pipeline);
    arena_release(&arena);
    return code;
}
