/* SPDX-License-Identifier: MIT
 * report.c - prints what was found and turns it into the exit code. */
#include "app/command.h"

int report_findings(Diag *diag, const Options *options) {
    Severity least = options->verbosity > 0    ? SEVERITY_INFO
                     : options->verbosity == 0 ? SEVERITY_WARNING
                                               : SEVERITY_ERROR;
    DiagPrint how = {.format = options->format,
                     .color = use_color(options, stdout),
                     .least = least,
                     .max_findings = options->max_findings};
    diag_print(diag, &how, stdout);
    fflush(stdout);
    return diag_count(diag, SEVERITY_ERROR) > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

const char *plural(size_t count, const char *one, const char *many) {
    return count == 1 ? one : many;
}
