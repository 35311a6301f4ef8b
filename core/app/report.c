/* SPDX-License-Identifier: MIT
 * report.c - prints what was found and turns it into the exit code. */
#include "app/command.h"

/* The folder that the user named, with a '/' behind it; empty for the current one. */
static Str named_folder(Arena *arena, const Options *options) {
    Str folder = str_from(options_folder(options));
    while (folder.len > 1 && str_ends_with(folder, STR("/"))) {
        folder.len--;
    }
    return str_equal(folder, STR(".")) ? STR_EMPTY : str_join(arena, folder, STR("/"));
}

int report_findings(Diag *diag, const Options *options) {
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

const char *plural(size_t count, const char *one, const char *many) {
    return count == 1 ? one : many;
}
