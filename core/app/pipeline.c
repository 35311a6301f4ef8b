/* SPDX-License-Identifier: MIT
 * pipeline.c - runs the stations: read and render on all workers, the others alone. */
#include "app/pipeline.h"

#include "app/progress.h"
#include "app/share.h"
#include "base/path.h"
#include "base/pool.h"
#include "model/companion.h"
#include "pass/announce.h"
#include "pass/bundle.h"
#include "pass/kind_template.h"
#include "pass/link.h"
#include "pass/preview.h"
#include "pass/records_json.h"
#include "pass/render.h"
#include "pass/scan.h"
#include "pass/search.h"
#include "pass/twin.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number) {
    (void)number;
    interrupted = 1;
}

void catch_interrupts(void) {
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too long is an error of its write */
}

bool was_interrupted(void) {
    return interrupted != 0;
}

/* --- opening ---------------------------------------------------------------------------------- */

static void load_kinds(Pipeline *pipeline) {
    Arena *arena = &pipeline->arena;
    Str own = path_join(arena, pipeline->config->root, STR("templates"));
    const char *folders[] = {share_path(arena, "templates"), str_terminated(arena, own), NULL};
    Markdown *markdown = markdown_new();
    kinds_load(&pipeline->kinds, arena, folders, pipeline->diag);
    kind_read_templates(&pipeline->kinds, arena, markdown);
    markdown_free(markdown);
}

bool pipeline_open(Pipeline *pipeline, const Options *options, bool renders) {
    Arena *arena = &pipeline->arena;
    *pipeline = (Pipeline){.options = options, .diag = diag_new()};
    ConfigOptions config_options = {options_folder(options), options->drafts, options->strict};
    diag_set_root(pipeline->diag, options_folder(options));
    diag_set_strict(pipeline->diag, options->strict);
    pipeline->jobs = options->jobs > 0 ? options->jobs : pool_core_count();
    pipeline->config = config_load(arena, &config_options, pipeline->diag);
    if (pipeline->config == NULL) {
        return false;
    }
    diag_set_strict(pipeline->diag, pipeline->config->strict);
    load_kinds(pipeline);
    if (renders) {
        pipeline->theme =
            theme_load(arena, pipeline->config, share_path(arena, "themes"), pipeline->diag);
        if (pipeline->theme == NULL) {
            return false;
        }
    }
    PluginHostOptions host_options = {
        .config = pipeline->config,
        .kinds = &pipeline->kinds,
        .theme = pipeline->theme,
        .shipped = share_path(arena, "plugins"),
        .workers = pipeline->jobs + 1, /* and the spare one; states are made when needed */
        .verbose = options->verbosity > 0,
        .diag = pipeline->diag,
    };
    pipeline->host = plugin_host_new(&host_options);
    plugin_host_hooks(pipeline->host, &pipeline->hooks);
    return true;
}

int pipeline_spare_worker(const Pipeline *pipeline) {
    return pipeline->jobs;
}

void pipeline_close(Pipeline *pipeline) {
    plugin_host_free(pipeline->host);
    site_free(pipeline->site);
    history_free(pipeline->history);
    sources_release(&pipeline->sources);
    for (int i = 0; pipeline->face_arenas != NULL && i < pipeline->jobs; i++) {
        arena_release(&pipeline->face_arenas[i]);
    }
    diag_free(pipeline->diag);
    arena_release(&pipeline->arena);
}

/* --- scan and read ------------------------------------------------------------------------------
 */

bool pipeline_scan(Pipeline *pipeline) {
    pipeline->history = history_start(pipeline->config); /* beside everything up to link */
    return scan_sources(pipeline->config, &pipeline->arena, &pipeline->sources, pipeline->diag);
}

typedef struct ReadWork {
    Pipeline *pipeline;
    ReadContext context;
    ReadWorker *workers;
    size_t *pages; /* index of each page among the sources */
    size_t count;
} ReadWork;

static ReadContext read_context(Pipeline *pipeline) {
    return (ReadContext){pipeline->config, &pipeline->kinds, &pipeline->hooks, pipeline->diag,
                         pipeline->history};
}

static void read_item(void *pointer, int worker, size_t item) {
    ReadWork *work = pointer;
    size_t source = work->pages[item];
    if (was_interrupted()) {
        return;
    }
    work->pipeline->faces[source] =
        read_source(&work->context, &work->workers[worker], &work->pipeline->sources.items[source]);
    progress_step("Reading", work->count);
}

void pipeline_read(Pipeline *pipeline) {
    Arena *arena = &pipeline->arena;
    Sources *sources = &pipeline->sources;
    ReadWork work = {.pipeline = pipeline, .context = read_context(pipeline)};
    work.workers = arena_array(arena, ReadWorker, (size_t)pipeline->jobs);
    work.pages = arena_array(arena, size_t, sources->count);
    pipeline->faces = arena_array(arena, const Face *, sources->count);
    pipeline->face_arenas = arena_array(arena, Arena, (size_t)pipeline->jobs);
    for (int i = 0; i < pipeline->jobs; i++) {
        work.workers[i] = (ReadWorker){
            .index = i, .markdown = markdown_new(), .faces = &pipeline->face_arenas[i]};
    }
    for (size_t i = 0; i < sources->count; i++) {
        if (sources->items[i].is_page) {
            work.pages[work.count++] = i;
        }
    }
    pool_run(pipeline->jobs, work.count, read_item, &work);
    for (int i = 0; i < pipeline->jobs; i++) {
        markdown_free(work.workers[i].markdown);
        arena_release(&work.workers[i].scratch);
    }
}

/* --- link
 * ----------------------------------------------------------------------------------------- */

void pipeline_link(Pipeline *pipeline) {
    ReadContext context = read_context(pipeline);
    ReadWorker worker = {.markdown = markdown_new(), .faces = &pipeline->face_arenas[0]};
    pipeline->site =
        link_site(&context, &worker, &pipeline->arena, &pipeline->sources, pipeline->faces);
    markdown_free(worker.markdown);
    arena_release(&worker.scratch);
}

/* --- render and emit
 * ------------------------------------------------------------------------------ */

typedef struct RenderWork {
    Pipeline *pipeline;
    RenderContext context;
    RenderWorker *workers;
    Buf *documents; /* one a worker */
    Emit *emit;
} RenderWork;

static void render_item(void *pointer, int worker, size_t item) {
    RenderWork *work = pointer;
    const Page *page = work->pipeline->site->pages[item];
    Buf *document = &work->documents[worker];
    if (was_interrupted()) {
        return;
    }
    buf_reset(document);
    if (render_page(&work->context, &work->workers[worker], page, document)) {
        emit_file(work->emit, page->out, buf_str(document));
    } else {
        emit_keep(work->emit, page->out);
    }
    progress_step("Rendering", work->pipeline->site->page_count);
}

static bool emit_plugin_file(void *emit, Str path, Str bytes) {
    return emit_file(emit, path, bytes);
}

static void render_pages(Pipeline *pipeline, Emit *emit) {
    Arena *arena = &pipeline->arena;
    RenderWork work = {.pipeline = pipeline, .emit = emit};
    work.context = (RenderContext){.site = pipeline->site,
                                   .hooks = &pipeline->hooks,
                                   .diag = pipeline->diag,
                                   .file = emit_plugin_file,
                                   .file_context = emit};
    work.workers = arena_array(arena, RenderWorker, (size_t)pipeline->jobs);
    work.documents = arena_array(arena, Buf, (size_t)pipeline->jobs);
    for (int i = 0; i < pipeline->jobs; i++) {
        work.workers[i] = (RenderWorker){.index = i, .markdown = markdown_new()};
    }
    pool_run(pipeline->jobs, pipeline->site->page_count, render_item, &work);
    for (int i = 0; i < pipeline->jobs; i++) {
        markdown_free(work.workers[i].markdown);
        arena_release(&work.workers[i].scratch);
        buf_release(&work.workers[i].content);
        buf_release(&work.documents[i]);
    }
}

static bool is_emitted(void *emit, Str path) {
    return emit_has(emit, path);
}

/* What tells programs about the whole portal. What the site or a plugin has made goes before. */
static void emit_announcements(Pipeline *pipeline, Emit *emit) {
    Buf nav = {0};
    const Source *robots = map_get(&pipeline->sources.by_path, STR("robots.txt"));
    preview_add_nav(pipeline->site, &nav);
    emit_file(emit, STR(PREVIEW_NAV), buf_str(&nav));
    buf_release(&nav);
    if (robots != NULL && !emit_has(emit, robots->path)) {
        emit_copy(emit, robots->disk, robots->path); /* no page links to it */
    }
    announce_all(pipeline->site, is_emitted, emit_plugin_file, emit);
}

static void emit_asset(void *emit, const char *disk, Str path) {
    emit_copy(emit, disk, path);
}

static void emit_theme(Pipeline *pipeline, Emit *emit) {
    Arena *arena = &pipeline->arena;
    FsEntries files = {0};
    theme_assets(pipeline->theme, arena, &files);
    for (size_t i = 0; i < files.count; i++) {
        const char *disk = theme_find(pipeline->theme, arena, files.items[i].path, NULL);
        if (disk != NULL) {
            emit_copy(emit, disk, path_join(arena, STR("assets/theme"), files.items[i].path));
        }
    }
    vec_release(&files);
}

static void emit_bundles(Pipeline *pipeline, Emit *emit) {
    Buf text = {0};
    bundle_add_css(pipeline->theme, &pipeline->hooks, pipeline->diag, &text);
    if (text.len > 0) {
        emit_file(emit, STR(BUNDLE_CSS), buf_str(&text));
    }
    buf_reset(&text);
    bundle_add_js(pipeline->theme, &pipeline->hooks, pipeline->diag, &text);
    if (text.len > 0) {
        emit_file(emit, STR(BUNDLE_JS), buf_str(&text));
    }
    buf_release(&text);
}

/* The files that pages refer to, and those in folders that are always copied. */
static void emit_assets(Pipeline *pipeline, Emit *emit) {
    const Site *site = pipeline->site;
    const Str *folders;
    Map copied = {0}; /* a name that something else has is reported, once */
    size_t folder_count = config_list(pipeline->config, "assets", &folders);
    for (size_t i = 0; i < site->page_count; i++) {
        for (size_t j = 0; j < site->pages[i]->link_count; j++) {
            const Source *asset = site->pages[i]->links[j].target.asset;
            if (asset != NULL && map_add(&copied, asset->path, emit)) {
                emit_copy(emit, asset->disk, asset->path);
            }
        }
    }
    for (size_t i = 0; i < pipeline->sources.count; i++) {
        const Source *source = &pipeline->sources.items[i];
        for (size_t j = 0; j < folder_count && !source->is_page; j++) {
            bool escapes;
            Str folder = path_normalise(&pipeline->arena, folders[j], &escapes);
            if (!escapes && path_is_inside(source->path, folder) &&
                map_add(&copied, source->path, emit)) {
                emit_copy(emit, source->disk, source->path);
            }
        }
    }
    map_release(&copied);
}

/* `layout:` may mean something to another program; a slip is near one of the theme's. */
static void report_layout(Pipeline *pipeline, const Page *page, const Value *value) {
    static const char *const LAYOUTS[] = {"page", "home", "register", "sitemap", "404"};
    Str names[sizeof LAYOUTS / sizeof *LAYOUTS];
    for (size_t i = 0; i < sizeof LAYOUTS / sizeof *LAYOUTS; i++) {
        names[i] = str_from(LAYOUTS[i]);
    }
    Str near = str_nearest(page->layout, names, sizeof LAYOUTS / sizeof *LAYOUTS);
    Str hint = str_format(&pipeline->arena, "did you mean `" STR_FMT "`?", STR_ARG(near));
    diag_report(pipeline->diag, near.len > 0 ? SEVERITY_WARNING : SEVERITY_INFO,
                "page.unknown-layout", (Pos){page->face->file, value->line, value->column, 0},
                near.len > 0 ? str_terminated(&pipeline->arena, hint) : NULL,
                "the theme has no layout `" STR_FMT "`; `page` stands in", STR_ARG(page->layout));
}

static void check_layouts(Pipeline *pipeline) {
    Map known = {0};
    for (size_t i = 0; i < pipeline->site->page_count; i++) {
        const Page *page = pipeline->site->pages[i];
        const Value *value = value_get(page->face->meta, STR("layout"));
        if (page->source == NULL || value == NULL || map_has(&known, page->layout)) {
            continue;
        }
        Str path = str_format(&pipeline->arena, "layouts/" STR_FMT ".html", STR_ARG(page->layout));
        if (theme_find(pipeline->theme, &pipeline->arena, path, NULL) != NULL) {
            map_add(&known, page->layout, pipeline);
        } else {
            report_layout(pipeline, page, value);
        }
    }
    map_release(&known);
}

#define MANY_RECORDS 100000

static void emit_records(Pipeline *pipeline, Emit *emit) {
    Str wish = config_text(pipeline->config, "records_json");
    size_t count = pipeline->site->record_count;
    bool is_wanted =
        str_equal(wish, STR("true")) || (str_equal(wish, STR("auto")) && count <= MANY_RECORDS);
    if (!is_wanted && str_equal(wish, STR("auto"))) {
        diag_report(pipeline->diag, SEVERITY_INFO, "records.many", (Pos){0},
                    "`records_json: true` in quoin.yaml writes it all the same",
                    "records.json is not written: it would hold %zu records", count);
    }
    Buf json = {0};
    if (is_wanted && count > 0) {
        records_add_json(pipeline->site, &json);
        emit_file(emit, STR("records.json"), buf_str(&json));
    }
    buf_release(&json);
}

/* --- search -----------------------------------------------------------------------------------
 */

typedef struct SearchWork {
    Search *search;
    Emit *emit;
} SearchWork;

static void search_item(void *pointer, int worker, size_t item) {
    SearchWork *work = pointer;
    if (!was_interrupted()) {
        search_add_part(work->search, worker, item, emit_plugin_file, work->emit);
    }
}

/* What the first search of a visit loads. */
static void emit_search_scripts(Pipeline *pipeline, Emit *emit) {
    Buf text = {0};
    bundle_add_script(pipeline->theme, STR("js/search-engine.js"), pipeline->diag, &text);
    bundle_add_script(pipeline->theme, STR("js/search.js"), pipeline->diag, &text);
    emit_file(emit, STR("search/search.js"), buf_str(&text));
    buf_release(&text);
}

static void emit_search(Pipeline *pipeline, Emit *emit) {
    if (!config_bool(pipeline->config, "search")) {
        return;
    }
    SearchWork work = {search_new(pipeline->site, pipeline->jobs), emit};
    pool_run(pipeline->jobs, search_part_count(work.search), search_item, &work);
    if (!was_interrupted()) {
        search_finish(work.search, emit_plugin_file, emit);
    }
    search_free(work.search);
    emit_search_scripts(pipeline, emit);
}

/* Files for programs beside the pages, after all others: whoever else makes a file of that name
 * has it. */
typedef struct CompanionWork {
    const Site *site;
    Emit *emit;
    Buf *texts;       /* one a worker */
    bool *is_free[2]; /* by page: its Markdown, its preview */
} CompanionWork;

static void companion_item(void *pointer, int worker, size_t item) {
    CompanionWork *work = pointer;
    const Page *page = work->site->pages[item];
    Buf *text = &work->texts[worker];
    Arena scratch = {0};
    if (work->is_free[0][item] && !was_interrupted()) {
        buf_reset(text);
        twin_add_page(page, text);
        emit_file(work->emit, page->path, buf_str(text));
    }
    if (work->is_free[1][item] && !was_interrupted()) {
        buf_reset(text);
        preview_add_json(page, text);
        emit_file(work->emit, companion_preview_path(&scratch, page), buf_str(text));
    }
    arena_release(&scratch);
}

static void emit_companions(Pipeline *pipeline, Emit *emit) {
    const Site *site = pipeline->site;
    Arena *arena = &pipeline->arena;
    CompanionWork work = {.site = site, .emit = emit};
    work.texts = arena_array(arena, Buf, (size_t)pipeline->jobs);
    work.is_free[0] = arena_array(arena, bool, site->page_count);
    work.is_free[1] = arena_array(arena, bool, site->page_count);
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        work.is_free[0][i] = companion_has_markdown(site, page) && !emit_has(emit, page->path);
        work.is_free[1][i] = companion_has_preview(site, page) &&
                             !emit_has(emit, companion_preview_path(arena, page));
    }
    pool_run(pipeline->jobs, site->page_count, companion_item, &work);
    for (int i = 0; i < pipeline->jobs; i++) {
        buf_release(&work.texts[i]);
    }
}

void pipeline_render(Pipeline *pipeline, Emit *emit) {
    render_pages(pipeline, emit);
    pipeline_emit_rest(pipeline, emit);
    emit_companions(pipeline, emit);
}

void pipeline_emit_rest(Pipeline *pipeline, Emit *emit) {
    const Hooks *hooks = &pipeline->hooks;
    check_layouts(pipeline);
    emit_theme(pipeline, emit);
    emit_bundles(pipeline, emit);
    emit_assets(pipeline, emit);
    emit_records(pipeline, emit);
    emit_search(pipeline, emit);
    emit_file(emit, STR(".nojekyll"), STR_EMPTY); /* Pages serves files as they are */
    if (hooks->assets != NULL) {
        hooks->assets(hooks->context, emit_asset, emit);
    }
    if (hooks->finish != NULL) {
        hooks->finish(hooks->context, pipeline->site, emit_plugin_file, emit);
    }
    emit_announcements(pipeline, emit);
}
