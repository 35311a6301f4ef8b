/* SPDX-License-Identifier: MIT
 * serve_edition.c - making an edition, and looking things up in it. Rendering is in serve_page.c.
 */
#include "app/serve_edition.h"

#include "app/share.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"
#include "model/companion.h"
#include "pass/preview.h"
#include "pass/twin.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_CONFIG ((size_t)16 * 1024 * 1024)

/* --- what faces depend on beside their page ----------------------------------------------------
 */

static uint64_t hash_file(uint64_t hash, const char *disk) {
    Stamp stamp = stamp_of(disk);
    hash = hash_combine(hash, hash_str(str_from(disk)));
    return hash_combine(hash, hash_str((Str){(const char *)&stamp, sizeof stamp}));
}

static uint64_t hash_folder(uint64_t hash, Str folder) {
    Arena arena = {0};
    FsEntries entries = {0};
    if (fs_walk(&arena, str_terminated(&arena, folder), NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            Str path = path_join(&arena, folder, entries.items[i].path);
            if (entries.items[i].kind == FS_FILE) {
                hash = hash_file(hash, str_terminated(&arena, path));
            }
        }
    }
    vec_release(&entries);
    arena_release(&arena);
    return hash;
}

/* Config, kinds and plugins: with others every page is read again. */
static uint64_t basis_of(Pipeline *pipeline) {
    static const char *const FOLDERS[] = {"plugins", "templates"};
    Arena *arena = &pipeline->arena;
    const Config *config = pipeline->config;
    Str file = path_join(arena, config->root, STR("quoin.yaml"));
    Str yaml = STR_EMPTY;
    bool is_read = fs_read(arena, str_terminated(arena, file), MAX_CONFIG, &yaml);
    uint64_t hash = hash_combine(hash_str(is_read ? yaml : STR_EMPTY), hash_str(config->today));
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        hash = hash_folder(hash, path_join(arena, config->root, str_from(FOLDERS[i])));
        hash = hash_folder(hash, str_from(share_path(arena, FOLDERS[i])));
    }
    return hash;
}

/* Data for scripts (search, navigation) is fetched when it is needed: no reason to reload. */
static void add_asset(void *context, Str path, const EmitView *view) {
    static const char *const ENDINGS[] = {".css", ".js",   ".svg", ".png",
                                          ".jpg", ".jpeg", ".gif", ".webp"};
    uint64_t *hash = context;
    bool is_data = path_is_inside(path, STR("search")) || str_equal(path, STR("assets/nav.js"));
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS && !is_data; i++) {
        if (str_equal_ignoring_case(path_ext(path), str_from(ENDINGS[i]))) {
            *hash = hash_combine(*hash, hash_str(path));
            *hash = view->disk != NULL ? hash_file(*hash, view->disk)
                                       : hash_combine(*hash, hash_str(view->bytes));
        }
    }
}

/* --- making ------------------------------------------------------------------------------------
 */

static double seconds_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void index_disks(Edition *edition) {
    const Site *site = edition->pipeline.site;
    for (size_t i = 0; i < site->page_count; i++) {
        const Source *source = site->pages[i]->source;
        if (source != NULL) {
            map_set(&edition->by_disk, str_from(source->disk), site->pages[i]);
        }
        if (source != NULL && source->sidecar != NULL) {
            map_set(&edition->by_disk, str_from(source->sidecar), site->pages[i]);
        }
    }
}

/* Shows one page of each layout: then the spare worker has its states and templates before the
 * first page is asked for, templates that are broken later do not matter to this edition, and a
 * theme that does not work is known now. */
static void warm_up(Edition *edition) {
    const Site *site = edition->pipeline.site;
    Map layouts = {0};
    for (size_t i = 0; i < site->page_count; i++) {
        if (map_add(&layouts, site->pages[i]->layout, edition)) {
            edition_warm(edition, site->pages[i]);
            edition->is_sound = edition_page(edition, site->pages[i])->is_good && edition->is_sound;
        }
    }
    map_release(&layouts);
}

static bool has_unsound(Diag *diag) {
    static const char *const CODES[] = {"plugin.load",     "plugin.unknown",      "theme",
                                        "template.syntax", "template.unreadable", "template.error"};
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < sizeof CODES / sizeof *CODES; j++) {
            if (findings[i].severity == SEVERITY_ERROR &&
                str_starts_with(findings[i].code, str_from(CODES[j]))) {
                return true;
            }
        }
    }
    return false;
}

static void link_and_emit(Edition *edition, const FaceSet *known) {
    Pipeline *pipeline = &edition->pipeline;
    faceset_read(&edition->faces, known, pipeline, basis_of(pipeline));
    edition->read_count = edition->faces.read_count;
    pipeline->face_arenas = arena_array(&pipeline->arena, Arena, (size_t)pipeline->jobs);
    pipeline_link(pipeline);
    edition->rest = emit_open_memory(pipeline->diag);
    pipeline_emit_rest(pipeline, edition->rest);
    emit_each(edition->rest, add_asset, &edition->assets);
    edition->is_linked = edition->is_sound = true;
    edition->rendered = calloc(pipeline->site->page_count + 1, sizeof *edition->rendered);
    if (edition->rendered == NULL) {
        abort();
    }
    index_disks(edition);
    warm_up(edition);
    plugin_host_flush(pipeline->host);
    faceset_report(&edition->faces, pipeline->diag);
}

Edition *edition_make(const Options *options, const FaceSet *known) {
    Edition *edition = calloc(1, sizeof *edition);
    double start = seconds_now();
    if (edition == NULL) {
        abort();
    }
    Pipeline *pipeline = &edition->pipeline;
    if (pipeline_open(pipeline, options, true) && pipeline_scan(pipeline)) {
        edition->reader =
            (ReadWorker){.index = pipeline_spare_worker(pipeline), .markdown = markdown_new()};
        edition->renderer =
            (RenderWorker){.index = pipeline_spare_worker(pipeline), .markdown = markdown_new()};
        link_and_emit(edition, known);
    }
    edition->is_sound = edition->is_sound && !has_unsound(pipeline->diag);
    edition->seconds = seconds_now() - start;
    return edition;
}

static void free_rendered(Edition *edition) {
    for (size_t i = 0; edition->is_linked && i < edition->pipeline.site->page_count; i++) {
        buf_release(&edition->rendered[i].html);
        diag_free(edition->rendered[i].diag);
    }
    free(edition->rendered);
    for (size_t i = 0; i < edition->side_files.count; i++) {
        Buf *bytes = edition->side_files.entries[i].value;
        buf_release(bytes);
        free(bytes);
    }
    map_release(&edition->side_files);
}

void edition_free(Edition *edition) {
    if (edition == NULL) {
        return;
    }
    free_rendered(edition);
    if (edition->reader.markdown != NULL) {
        markdown_free(edition->reader.markdown);
        markdown_free(edition->renderer.markdown);
    }
    arena_release(&edition->reader.scratch);
    arena_release(&edition->renderer.scratch);
    buf_release(&edition->renderer.content);
    map_release(&edition->by_disk);
    emit_close(edition->rest);
    pipeline_close(&edition->pipeline);
    for (size_t i = 0; i < edition->patches.count; i++) {
        shelf_release(edition->patches.items[i]);
    }
    vec_release(&edition->patches);
    faceset_release(&edition->faces);
    free(edition);
}

/* --- looking up --------------------------------------------------------------------------------
 */

/* A portal that is published below a path may be asked for with it: its page 404 does. */
static Str cut_prefix(const Config *config, Str path) {
    Str rest, host, prefix;
    size_t scheme = str_find(config->url, STR("://"));
    if (scheme == STR_NONE) {
        return path;
    }
    rest = str_from_offset(config->url, scheme + 3);
    str_cut(rest, '/', &host, &prefix);
    while (str_ends_with(prefix, STR("/"))) {
        prefix.len--;
    }
    bool is_below = prefix.len > 0 && str_starts_with(path, prefix) && path.len > prefix.len &&
                    path.data[prefix.len] == '/';
    return is_below ? str_from_offset(path, prefix.len + 1) : path;
}

static const Page *page_at(const Edition *edition, Str out) {
    return map_get(&edition->pipeline.site->page_by_out, out);
}

/* The page whose rendering makes the file: "a/b.x-1.svg" comes with "a/b.html". */
static const Page *page_beside(const Edition *edition, Arena *arena, Str out) {
    Str folder = path_dir(out);
    Str name = path_base(out), stem = path_stem(name);
    const Page *page = NULL;
    for (; page == NULL && stem.len < name.len; name = stem, stem = path_stem(name)) {
        page = page_at(edition, path_join(arena, folder, str_join(arena, stem, STR(".html"))));
    }
    return page;
}

/* A page's Markdown and its preview are made anew for each request: that is quick, and they are
 * never older than the page. */
static bool find_companion(Edition *edition, Arena *arena, EditionFile *out) {
    const Site *site = edition->pipeline.site;
    const Page *page = companion_page(site, arena, out->out);
    Buf text = {0};
    if (page == NULL) {
        return false;
    }
    edition_page(edition, page); /* it may have been edited */
    if (str_equal(page->path, out->out)) {
        twin_add_page(page, &text);
    } else {
        preview_add_json(page, &text);
    }
    out->bytes = str_copy(arena, buf_str(&text));
    buf_release(&text);
    return true;
}

static EditionMatch find_file(Edition *edition, Arena *arena, EditionFile *out) {
    EmitView view;
    if (emit_get(edition->rest, out->out, &view)) {
        out->bytes = view.bytes;
        out->disk = view.disk;
        return view.disk != NULL ? EDITION_DISK : EDITION_BYTES;
    }
    if (find_companion(edition, arena, out)) {
        return EDITION_BYTES;
    }
    const Page *page = page_beside(edition, arena, out->out);
    if (page != NULL) {
        edition_page(edition, page);
    }
    const Buf *side = map_get(&edition->side_files, out->out);
    out->bytes = side != NULL ? buf_str(side) : STR_EMPTY;
    return side != NULL ? EDITION_BYTES : EDITION_NOTHING;
}

static EditionMatch find_path(Edition *edition, Str path, Arena *arena, EditionFile *out) {
    bool is_folder = path.len == 0 || str_ends_with(path, STR("/"));
    *out = (EditionFile){.out = is_folder ? str_join(arena, path, STR("index.html")) : path};
    out->page = page_at(edition, out->out);
    if (out->page != NULL) {
        return EDITION_PAGE;
    }
    EditionMatch match = is_folder ? EDITION_NOTHING : find_file(edition, arena, out);
    if (match != EDITION_NOTHING || is_folder) {
        return match;
    }
    if (page_at(edition, str_join(arena, path, STR("/index.html"))) != NULL) {
        return EDITION_FOLDER;
    }
    out->page = page_at(edition, str_join(arena, path, STR(".html")));
    return out->page != NULL ? EDITION_PAGE : EDITION_NOTHING;
}

EditionMatch edition_find(Edition *edition, Str path, Arena *arena, EditionFile *out) {
    EditionMatch match = find_path(edition, path, arena, out);
    Str rest = cut_prefix(edition->pipeline.config, path);
    return match != EDITION_NOTHING || rest.len == path.len ? match
                                                            : find_path(edition, rest, arena, out);
}

/* --- folders -----------------------------------------------------------------------------------
 */

void edition_folders(const Config *config, FolderSink add, void *context) {
    static const char *const OWN[] = {"plugins", "templates", "theme", "themes"};
    static const char *const SHIPPED[] = {"plugins", "templates", "themes"};
    Arena arena = {0};
    add(context, str_terminated(&arena, config->root), config->content.len == 0);
    add(context, str_terminated(&arena, config->content_root), true);
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        Str folder = path_join(&arena, config->root, str_from(OWN[i]));
        add(context, str_terminated(&arena, folder), true);
    }
    for (size_t i = 0; i < sizeof SHIPPED / sizeof *SHIPPED; i++) {
        Str folder = fs_absolute(&arena, share_path(&arena, SHIPPED[i]));
        add(context, str_terminated(&arena, folder), true);
    }
    arena_release(&arena);
}
