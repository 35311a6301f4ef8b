/* SPDX-License-Identifier: MIT
 * check.c - quoin check: scan, read, link; findings, no output. */
#include "app/pipeline.h"
#include "app/progress.h"

static void print_summary(Pipeline *pipeline) {
    size_t pages = 0;
    for (size_t i = 0; i < pipeline->site->page_count; i++) {
        pages += pipeline->site->pages[i]->source != NULL;
    }
    if (pipeline->options->verbosity >= 0) {
        fprintf(stderr, "Checked %zu %s in %.2f s: ", pages, plural(pages, "page", "pages"),
                progress_seconds());
        print_counts(pipeline->diag, pipeline->options);
    }
}

int command_check(const Options *options) {
    Pipeline pipeline;
    bool is_checked = false;
    catch_interrupts();
    progress_start(options->verbosity >= 0 && options->format == DIAG_HUMAN);
    if (pipeline_open(&pipeline, options, false) && pipeline_scan(&pipeline)) {
        pipeline_read(&pipeline);
        if (!was_interrupted()) {
            pipeline_link(&pipeline);
            is_checked = true;
        }
    }
    progress_end();
    int code = report_findings(pipeline.diag, options);
    if (is_checked) {
        print_summary(&pipeline);
    } else {
        code = was_interrupted() ? EXIT_INTERRUPTED : EXIT_USAGE;
    }
    pipeline_close(&pipeline);
    return code;
}
