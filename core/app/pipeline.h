/* SPDX-License-Identifier: MIT
 * pipeline.h - the stations on all worker threads: what build, check and others share. */
#ifndef QUOIN_APP_PIPELINE_H
#define QUOIN_APP_PIPELINE_H

#include "app/command.h"
#include "lua/host.h"
#include "pass/emit.h"
#include "pass/read.h"

typedef struct Pipeline {
    Arena arena; /* config, sources, site */
    const Options *options;
    Diag *diag;
    Config *config;
    Kinds kinds;
    const Theme *theme; /* NULL when nothing is rendered */
    Sources sources;
    History *history;   /* from git, being read until link; NULL: none */
    const Face **faces; /* one a source; NULL for assets */
    Arena *face_arenas; /* one a worker */
    PluginHost *host;
    Hooks hooks;
    Site *site;
    int jobs;
} Pipeline;

/* Config, kinds, theme (when `renders`) and plugins. False after reporting what makes going on
 * meaningless. pipeline_close is needed in any case. */
bool pipeline_open(Pipeline *pipeline, const Options *options, bool renders);

/* The stations. Each is called once, in this order. */
bool pipeline_scan(Pipeline *pipeline);
void pipeline_read(Pipeline *pipeline);
void pipeline_link(Pipeline *pipeline);
/* Renders every page into `emit` and adds assets, plugin files and the like. */
void pipeline_render(Pipeline *pipeline, Emit *emit);
/* All of that but the pages, for `serve`, which renders pages when they are asked for. */
void pipeline_emit_rest(Pipeline *pipeline, Emit *emit);
/* The worker number of plugins' states that no station uses: for single pages, on any one thread
 * beside the stations. */
int pipeline_spare_worker(const Pipeline *pipeline);

void pipeline_close(Pipeline *pipeline);

/* Ctrl-C: stations end early once this is set. */
void catch_interrupts(void);
bool was_interrupted(void);

#endif
