/* SPDX-License-Identifier: MIT
 * host.c - the hooks of the pipeline, handed to every plugin in order, and the life of the states.
 *
 * Layouts and slots are in host_render.c, blocks in host_block.c. */
#include "base/cache.h"
#include "base/fs.h"
#include "base/path.h"
#include "lua/host_parts.h"
#include "lua/lua_template.h"

#include <stdio.h>
#include <stdlib.h>

/* --- states -------------------------------------------------------------------------------- */

PluginState *host_state(PluginHost *host, int worker_number, const Plugin *plugin) {
    Worker *worker = &host->workers[worker_number];
    PluginState **place = &worker->states[plugin - host->plugins];
    if (*place == NULL) {
        *place = state_new(host, worker, plugin);
        (*place)->is_broken = !manifest_load(*place, NULL);
    }
    return (*place)->is_broken ? NULL : *place;
}

/* Loads each plugin once, on worker 0; those that fail are reported and left out. */
static void load_plugins(PluginHost *host) {
    size_t kept = 0;
    Worker *worker = &host->workers[0];
    for (size_t i = 0; i < host->plugin_count; i++) {
        Plugin plugin = host->plugins[i];
        Plugin *place = &host->plugins[kept];
        *place = plugin;
        PluginState *state = state_new(host, worker, place);
        if (manifest_load(state, place)) {
            worker->states[kept++] = state;
        } else {
            report_flush(host); /* before its place is taken */
            state_free(state);
        }
    }
    host->plugin_count = kept;
}

/* Two plugins for one language: the first in order draws it. */
static void index_languages(PluginHost *host) {
    for (size_t i = 0; i < host->plugin_count; i++) {
        Plugin *plugin = &host->plugins[i];
        for (size_t k = 0; k < plugin->language_count; k++) {
            NamedHook *language = &plugin->languages[k];
            const NamedHook *other = map_get(&host->languages, language->name);
            if (other != NULL) {
                diag_report(host->options.diag, SEVERITY_WARNING, "plugin.conflict", plugin->pos,
                            "switch one of them off",
                            "plugins %s and %s both draw `" STR_FMT "` blocks",
                            other->plugin->name_text, plugin->name_text, STR_ARG(language->name));
            }
            map_add(&host->languages, language->name, language);
        }
    }
    host->other_languages = map_get(&host->languages, STR("*"));
}

/* --- read ---------------------------------------------------------------------------------- */

/* Function `index` of the registry, called with what was pushed above it. */
static void push_function(lua_State *L, Function index) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_FUNCTION + (int)index);
}

static void push_ref(lua_State *L, int ref) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
}

static int collect_body(lua_State *L) {
    push_function(L, FUNCTION_COLLECT);
    page_push_current(L, state_of(L));
    push_ref(L, REF_EMIT);
    push_ref(L, REF_OPTIONS);
    lua_call(L, 3, 0);
    return 0;
}

static void host_collect(void *context, int worker, PageReader *reader) {
    PluginHost *host = context;
    nodes_reset(&host->workers[worker]);
    for (size_t i = 0; i < host->plugin_count; i++) {
        const Plugin *plugin = &host->plugins[i];
        PluginState *state =
            plugin->has[FUNCTION_COLLECT] ? host_state(host, worker, plugin) : NULL;
        if (state == NULL) {
            continue;
        }
        HookCall call = {.stage = STAGE_COLLECT,
                         .hook = "collect",
                         .reader = reader,
                         .text = reader->text,
                         .markdown = reader->markdown,
                         .root = reader->root,
                         .diag = reader->diag,
                         .place = {.file = reader->source->file}};
        state_run(state, &call, collect_body, NULL);
    }
}

/* --- link ---------------------------------------------------------------------------------- */

static int rollup_body(lua_State *L) {
    push_function(L, FUNCTION_ROLLUP);
    handle_push_cached(L, &site_type, state_of(L)->call->site);
    push_ref(L, REF_EMIT);
    push_ref(L, REF_OPTIONS);
    lua_call(L, 3, 0);
    return 0;
}

static int pages_body(lua_State *L) {
    push_function(L, FUNCTION_PAGES);
    handle_push_cached(L, &site_type, state_of(L)->call->site);
    lua_pushcfunction(L, emit_add_page);
    push_ref(L, REF_OPTIONS);
    lua_call(L, 3, 0);
    return 0;
}

static int check_body(lua_State *L) {
    push_function(L, FUNCTION_CHECK);
    handle_push_cached(L, &site_type, state_of(L)->call->site);
    lua_pushcfunction(L, emit_finding);
    push_ref(L, REF_OPTIONS);
    lua_call(L, 3, 0);
    return 0;
}

static int finish_body(lua_State *L) {
    push_function(L, FUNCTION_FINISH);
    handle_push_cached(L, &site_type, state_of(L)->call->site);
    lua_pushcfunction(L, emit_write);
    push_ref(L, REF_OPTIONS);
    lua_call(L, 3, 0);
    return 0;
}

/* One hook of every plugin that has it, on worker 0; then what went wrong is shown. */
static void run_all(PluginHost *host, Function function, const HookCall *pattern,
                    lua_CFunction body) {
    nodes_reset(&host->workers[0]);
    for (size_t i = 0; i < host->plugin_count; i++) {
        const Plugin *plugin = &host->plugins[i];
        PluginState *state = plugin->has[function] ? host_state(host, 0, plugin) : NULL;
        HookCall call = *pattern;
        if (state != NULL) {
            state_run(state, &call, body, NULL);
        }
    }
    report_flush(host);
}

static void host_rollup(void *context, Site *site) {
    PluginHost *host = context;
    report_flush(host); /* what `collect` left */
    HookCall call = {.stage = STAGE_ROLLUP,
                     .hook = "rollup",
                     .site = site,
                     .open_site = site,
                     .diag = site->diag};
    run_all(host, FUNCTION_ROLLUP, &call, rollup_body);
}

static void host_pages(void *context, Site *site) {
    HookCall call = {
        .stage = STAGE_PAGES, .hook = "pages", .site = site, .open_site = site, .diag = site->diag};
    run_all(context, FUNCTION_PAGES, &call, pages_body);
}

static void host_check(void *context, Site *site) {
    HookCall call = {.stage = STAGE_CHECK, .hook = "check", .site = site, .diag = site->diag};
    run_all(context, FUNCTION_CHECK, &call, check_body);
}

/* --- emit ---------------------------------------------------------------------------------- */

static void host_finish(void *context, const Site *site, FileSink sink, void *sink_context) {
    HookCall call = {.stage = STAGE_FINISH,
                     .hook = "finish",
                     .site = site,
                     .diag = site->diag,
                     .sink = sink,
                     .sink_context = sink_context};
    run_all(context, FUNCTION_FINISH, &call, finish_body);
}

static void copy_assets(const Plugin *plugin, AssetSink sink, void *sink_context) {
    Arena arena = {0};
    FsEntries entries = {0};
    Str folder = path_join(&arena, str_from(plugin->folder), STR("assets"));
    const char *root = str_terminated(&arena, folder);
    Str real = fs_absolute(&arena, root); /* links do not bring in files from elsewhere */
    if (fs_kind(root) == FS_DIR && fs_walk(&arena, root, NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            Str path = entries.items[i].path;
            Str out =
                str_format(&arena, "assets/plugins/%s/" STR_FMT, plugin->name_text, STR_ARG(path));
            const char *disk = str_terminated(&arena, path_join(&arena, folder, path));
            if (entries.items[i].kind == FS_FILE && fs_is_inside(disk, real)) {
                sink(sink_context, disk, out);
            }
        }
    }
    vec_release(&entries);
    arena_release(&arena);
}

static void host_assets(void *context, AssetSink sink, void *sink_context) {
    PluginHost *host = context;
    for (size_t i = 0; i < host->plugin_count; i++) {
        copy_assets(&host->plugins[i], sink, sink_context);
    }
    report_flush(host); /* what rendering left */
}

static void bundle_assets(Arena *arena, const Plugin *plugin, AssetSink sink, void *sink_context) {
    Str folder = path_join(arena, str_from(plugin->folder), STR("assets"));
    Str real = fs_absolute(arena, str_terminated(arena, folder));
    for (size_t i = 0; i < plugin->asset_count; i++) {
        const char *disk = str_terminated(arena, path_join(arena, folder, plugin->assets[i]));
        if (fs_kind(disk) == FS_NONE || fs_is_inside(disk, real)) {
            sink(sink_context, disk,
                 str_format(arena, "assets/plugins/%s/" STR_FMT, plugin->name_text,
                            STR_ARG(plugin->assets[i])));
        }
    }
}

static void host_bundled(void *context, AssetSink sink, void *sink_context) {
    PluginHost *host = context;
    Arena arena = {0};
    for (size_t i = 0; i < host->plugin_count; i++) {
        bundle_assets(&arena, &host->plugins[i], sink, sink_context);
    }
    arena_release(&arena);
}

/* --- the host ------------------------------------------------------------------------------ */

PluginHost *plugin_host_new(const PluginHostOptions *options) {
    PluginHost *host = calloc(1, sizeof *host);
    if (host == NULL) {
        abort();
    }
    const Config *config = options->config;
    host->options = *options;
    host->options.workers = options->workers > 0 ? options->workers : 1;
    host->seconds = (int)config_int(config, "limits.hook_seconds");
    host->seconds = host->seconds < 1 ? 1 : host->seconds > 3600 ? 3600 : host->seconds;
    int64_t megabytes = config_int(config, "limits.plugin_memory_mb");
    host->memory_max = (size_t)(megabytes < 1 ? 1 : megabytes > 4096 ? 4096 : megabytes) << 20;
    host->allowed_count = config_list(config, "allow_programs", &host->allowed);
    pthread_mutex_init(&host->error_lock, NULL);
    pthread_mutex_init(&host->fingerprint_lock, NULL);
    host->cache = cache_folder(&host->arena);
    plugins_find(host);
    host->watchdog = watchdog_new(host->options.workers, host->seconds);
    host->workers = arena_array(&host->arena, Worker, (size_t)host->options.workers);
    for (int i = 0; i < host->options.workers; i++) {
        host->workers[i].number = i;
        host->workers[i].watch = watchdog_slot(host->watchdog, i);
        host->workers[i].states = arena_array(&host->arena, PluginState *, host->plugin_count);
    }
    load_plugins(host);
    host_check_slots(host);
    report_flush(host);
    index_languages(host);
    return host;
}

static void release_worker(PluginHost *host, Worker *worker) {
    for (size_t i = 0; i < host->plugin_count; i++) {
        state_free(worker->states[i]);
    }
    template_engine_free(worker->engine);
    map_release(&worker->layout_names);
    map_release(&worker->code_forms);
    state_free(worker->layouts);
    nodes_release(worker);
}

static int64_t spent(const PluginHost *host, size_t plugin, Stage stage) {
    int64_t sum = 0;
    for (int i = 0; i < host->options.workers; i++) {
        const PluginState *state = host->workers[i].states[plugin];
        sum += state != NULL ? state->spent[stage] : 0;
    }
    return sum;
}

/* With -v: where the plugins' time went, so that their authors can see it. */
static void print_spent(const PluginHost *host) {
    static const struct {
        const char *name;
        Stage stage;
    } STAGES[] = {
        {"load", STAGE_LOAD},    {"collect", STAGE_COLLECT}, {"rollup", STAGE_ROLLUP},
        {"pages", STAGE_PAGES},  {"check", STAGE_CHECK},     {"transform", STAGE_TRANSFORM},
        {"blocks", STAGE_BLOCK}, {"slots", STAGE_LAYOUT},    {"finish", STAGE_FINISH}};
    size_t count = sizeof STAGES / sizeof *STAGES;
    fprintf(stderr, "%-14s", "ms by plugin");
    for (size_t j = 0; j < count; j++) {
        fprintf(stderr, " %9s", STAGES[j].name);
    }
    fprintf(stderr, "\n");
    for (size_t i = 0; i < host->plugin_count; i++) {
        fprintf(stderr, "%-14s", host->plugins[i].name_text);
        for (size_t j = 0; j < count; j++) {
            fprintf(stderr, " %9.1f", (double)spent(host, i, STAGES[j].stage) / 1e6);
        }
        fprintf(stderr, "\n");
    }
}

/* With -v: what quoin.cached found in the cache, and what it had to make. */
static void print_cached(const PluginHost *host) {
    for (size_t i = 0; i < host->plugin_count; i++) {
        size_t kept = 0, made = 0;
        for (int k = 0; k < host->options.workers; k++) {
            const PluginState *state = host->workers[k].states[i];
            kept += state != NULL ? state->kept_count : 0;
            made += state != NULL ? state->made_count : 0;
        }
        if (kept + made > 0) {
            fprintf(stderr, "%s: %zu kept, %zu made\n", host->plugins[i].name_text, kept, made);
        }
    }
}

/* A build that wrote entries sees to it that their number stays bounded. */
static void sweep_cache(const PluginHost *host) {
    bool has_written = false;
    for (int k = 0; k < host->options.workers; k++) {
        for (size_t i = 0; i < host->plugin_count; i++) {
            const PluginState *state = host->workers[k].states[i];
            has_written = has_written || (state != NULL && state->has_written);
        }
    }
    if (has_written) {
        cache_sweep(host->cache);
    }
}

void plugin_host_free(PluginHost *host) {
    if (host == NULL) {
        return;
    }
    if (host->options.verbose) {
        print_spent(host);
        print_cached(host);
    }
    sweep_cache(host);
    report_flush(host);
    for (int i = 0; i < host->options.workers; i++) {
        release_worker(host, &host->workers[i]);
    }
    free(host->fingerprints);
    watchdog_free(host->watchdog);
    map_release(&host->languages);
    vec_release(&host->errors);
    arena_release(&host->error_arena);
    pthread_mutex_destroy(&host->error_lock);
    pthread_mutex_destroy(&host->fingerprint_lock);
    arena_release(&host->arena);
    free(host);
}

void plugin_host_flush(PluginHost *host) {
    report_flush(host);
}

void plugin_host_hooks(PluginHost *host, Hooks *out) {
    *out = (Hooks){.context = host,
                   .collect = host_collect,
                   .rollup = host_rollup,
                   .pages = host_pages,
                   .check = host_check,
                   .transform = host_transform,
                   .code_block = host_code_block,
                   .layout = host->options.theme != NULL ? host_layout : NULL,
                   .finish = host_finish,
                   .assets = host_assets,
                   .bundled = host_bundled};
}
