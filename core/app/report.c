/* SPDX-License-Identifier: MIT
 * report.c - prints what was found and turns it into the exit code. */
#include "app/command.h"

#include "base/fs.h"

#include <errno.h>
#include <string.h>

#define MAX_BASELINE ((size_t)64 * 1024 * 1024)

/* The folder that the user named, with a '/' behind it; empty for the current one. */
static Str named_folder(Arena *arena, const Options *options) {
    Str folder = str_from(options_folder(options));
    while (folder.len > 1 && str_ends_with(folder, STR("/"))) {
        folder.len--;
    }
    return str_equal(folder, STR(".")) ? STR_EMPTY : str_join(arena, folder, STR("/"));
}

/* The baseline's path is as the user typed it, relative to where Quoin was started. */
static void read_baseline(Diag *diag, const Options *options) {
    Arena arena = {0};
    Str text;
    if (options->baseline != NULL && !options->update_baseline) {
        if (fs_read(&arena, options->baseline, MAX_BASELINE, &text)) {
            diag_read_baseline(diag, text);
        } else {
            diag_report(diag, SEVERITY_ERROR, "baseline.unreadable", (Pos){0},
                        "make it with --update-baseline", "baseline %s cannot be read: %s",
                        options->baseline, strerror(errno));
        }
    }
    arena_release(&arena);
}

/* False when it cannot be written (said). */
static bool write_baseline(Diag *diag, const Options *options) {
    Buf text = {0};
    buf_add_literal(&text, "# Known findings of `quoin check`; written by --update-baseline.\n");
    diag_add_baseline(diag, &text);
    bool is_good = fs_write(options->baseline, buf_str(&text));
    if (!is_good) {
        fprintf(stderr, "quoin: %s: %s\n", options->baseline, strerror(errno));
    }
    buf_release(&text);
    return is_good;
}

int report_findings(Diag *diag, const Options *options) {
    if (options->baseline != NULL && options->update_baseline) {
        return write_baseline(diag, options) ? EXIT_CLEAN : EXIT_USAGE;
    }
    read_baseline(diag, options);
    Severity least = options->verbosity > 0    ? SEVERITY_INFO
                     : options->verbosity == 0 ? SEVERITY_WARNING
                                               : SEVERITY_ERROR;
    Arena arena = {0};
    DiagPrint how = {.folder = named_folder(&arena, options),
                     .format = options->format,
                     .color = use_color(options, stdout),
                     .least = least,
                     .max_findings = options->max_findings};
    diag_print(diag, &how, stdout);
    fflush(stdout);
    arena_release(&arena);
    return diag_count(diag, SEVERITY_ERROR) > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

void print_counts(Diag *diag, const Options *options) {
    size_t errors = diag_count(diag, SEVERITY_ERROR), warnings = diag_count(diag, SEVERITY_WARNING),
           notices = diag_count(diag, SEVERITY_INFO), known = diag_known_count(diag);
    fprintf(stderr, "%zu %s, %zu %s", errors, plural(errors, "error", "errors"), warnings,
            plural(warnings, "warning", "warnings"));
    if (notices > 0 && options->verbosity == 0) {
        fprintf(stderr, ", %zu %s (-v shows %s)", notices, plural(notices, "notice", "notices"),
                plural(notices, "it", "them"));
    }
    if (known > 0) {
        fprintf(stderr, "; %zu known not shown", known);
    }
    fprintf(stderr, ".\n");
}

const char *plural(size_t count, const char *one, const char *many) {
    return count == 1 ? one : many;
}
