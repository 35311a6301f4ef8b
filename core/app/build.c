/* SPDX-License-Identifier: MIT
 * build.c - quoin build: the way through the house. */
#include "app/pipeline.h"
#include "app/progress.h"

#include "base/fs.h"
#include "base/path.h"

#include <string.h>

static Str output_folder(Pipeline *pipeline) {
    const Options *options = pipeline->options;
    Arena *arena = &pipeline->arena;
    return options->output != NULL ? fs_absolute(arena, options->output)
                                   : path_join(arena, pipeline->config->root, STR("_site"));
}

/* As the user would type it. */
static const char *shown_folder(Pipeline *pipeline) {
    const Options *options = pipeline->options;
    if (options->output != NULL) {
        return options->output;
    }
    Str folder = path_join(&pipeline->arena, str_from(options_folder(options)), STR("_site"));
    return str_terminated(&pipeline->arena, path_normalise(&pipeline->arena, folder, NULL));
}

static void print_summary(Pipeline *pipeline, const EmitCounts *counts) {
    size_t pages = pipeline->site->page_count;
    if (pipeline->options->verbosity < 0) {
        return;
    }
    fprintf(stderr, "Built %zu %s in %.2f s: %zu %s written, %zu unchanged, %zu removed; ", pages,
            plural(pages, "page", "pages"), progress_seconds(), counts->written,
            plural(counts->written, "file", "files"), counts->unchanged, counts->removed);
    print_counts(pipeline->diag, pipeline->options);
    fprintf(stderr, "Open %s/index.html\n", shown_folder(pipeline));
}

/* Says last, where it cannot scroll away, why there is no new output. */
static void print_failure(Pipeline *pipeline) {
    size_t count;
    const Finding *findings = diag_findings(pipeline->diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (str_starts_with(findings[i].code, STR("emit."))) {
            fprintf(stderr, STR_FMT ": " STR_FMT "\n", STR_ARG(findings[i].pos.file),
                    STR_ARG(findings[i].message));
            break;
        }
    }
    if (!diag_has_code(pipeline->diag, STR("emit.partial"))) {
        fprintf(stderr, "Nothing was built; the output is as it was.\n");
    }
}

/* With -v: how long the station took that ends now. */
static void print_station(const Pipeline *pipeline, const char *name, double *since) {
    double now = progress_seconds();
    if (pipeline->options->verbosity > 0) {
        fprintf(stderr, "%-7s %8.1f ms\n", name, (now - *since) * 1e3);
    }
    *since = now;
}

/* A plugin that failed may not have made its pages: yesterday's stay. So do pages that the theme
 * could not show, with the files that belong to them. */
static bool keeps_obsolete(const Pipeline *pipeline) {
    static const char *const CODES[] = {"plugin", "theme.error", "template.error",
                                        "template.syntax", "template.unreadable"};
    bool is_failed = false;
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        is_failed = is_failed || diag_has_code(pipeline->diag, str_from(CODES[i]));
    }
    return is_failed;
}

/* The five stations. True when the output is in place. */
static bool build(Pipeline *pipeline, Emit *emit, EmitCounts *counts) {
    double since = progress_seconds();
    if (!pipeline_scan(pipeline)) {
        return false;
    }
    print_station(pipeline, "scan", &since);
    pipeline_read(pipeline);
    print_station(pipeline, "read", &since);
    if (was_interrupted()) {
        return false;
    }
    pipeline_link(pipeline);
    print_station(pipeline, "link", &since);
    pipeline_render(pipeline, emit);
    print_station(pipeline, "render", &since);
    if (was_interrupted()) {
        return false;
    }
    bool is_done = emit_commit(emit, keeps_obsolete(pipeline), counts);
    print_station(pipeline, "emit", &since);
    return is_done;
}

int command_build(const Options *options) {
    Pipeline pipeline;
    EmitCounts counts = {0};
    Emit *emit = NULL;
    bool is_built = false;
    catch_interrupts();
    progress_start(options->verbosity >= 0 && options->format == DIAG_HUMAN);
    if (pipeline_open(&pipeline, options, true)) {
        emit = emit_open(pipeline.config, output_folder(&pipeline), pipeline.diag);
        is_built = emit != NULL && build(&pipeline, emit, &counts);
    }
    progress_end();
    emit_close(emit); /* before printing: a closed pipe may end the program there */
    int code = report_findings(pipeline.diag, options);
    if (is_built) {
        print_summary(&pipeline, &counts);
    } else if (was_interrupted()) {
        fprintf(stderr, "Interrupted; the output is as it was.\n");
        code = EXIT_INTERRUPTED;
    } else {
        print_failure(&pipeline);
        code = EXIT_USAGE;
    }
    pipeline_close(&pipeline);
    return code;
}
