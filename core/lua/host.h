/* SPDX-License-Identifier: MIT
 * host.h - the plugins and the theme's templates, running in sandboxed Lua states.
 *
 * One state a plugin and worker, and one a worker for templates. The host implements model/hook.h;
 * nothing else of Lua is visible outside this layer. */
#ifndef QUOIN_LUA_HOST_H
#define QUOIN_LUA_HOST_H

#include "model/hook.h"
#include "model/theme.h"

typedef struct PluginHost PluginHost;

typedef struct PluginHostOptions {
    const Config *config;
    const Kinds *kinds;
    const Theme *theme;  /* NULL: no layouts (check) */
    const char *shipped; /* absolute folder of the plugins that come with Quoin */
    int workers;
    Diag *diag;
    bool verbose; /* what plugins `print` goes to standard error */
} PluginHostOptions;

/* Loads what `plugins:` switches on (the default list when absent): first from the site's own
 * plugins/ folder, then from the shipped one. A plugin that cannot be loaded is reported
 * ("plugin.*") and left out. Never NULL. */
PluginHost *plugin_host_new(const PluginHostOptions *options);
void plugin_host_free(PluginHost *host);
void plugin_host_hooks(PluginHost *host, Hooks *out);

/* A fenced block as plugins see it. */
typedef struct BlockView {
    Str file; /* as the user knows it */
    Str text, language, info;
    Str heading;           /* title of the section it stands in; empty: none */
    uint32_t line, column; /* of its content in the file */
    uint32_t number;       /* from 1 on each page */
    bool is_made;          /* text of another plugin: what is found in it stands at `line` */
} BlockView;

/* Stages: what `quoin diagram` shows of a block, on the calling thread. The lists are sorted, in
 * `arena`: languages that a plugin with stages draws; names of all stages. */
size_t plugin_host_stage_languages(const PluginHost *host, Arena *arena, const Str **out);
size_t plugin_host_stages(const PluginHost *host, Arena *arena, const Str **out);

/* Appends what `stage` makes of the block to `out`; *is_json tells whether that is JSON. False when
 * nothing comes out: `diag` has the reason then. */
bool plugin_host_stage(PluginHost *host, Str stage, const BlockView *block, Diag *diag, Buf *out,
                       bool *is_json);

/* Errors of plugins are kept until the link station starts (those of `collect`) and until `finish`
 * (those of rendering), so that which of many are shown does not depend on the number of jobs.
 * Whoever renders single pages (`serve`) calls this before it prints. */
void plugin_host_flush(PluginHost *host);

#endif
