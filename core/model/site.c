/* SPDX-License-Identifier: MIT
 * site.c - the site while it grows: pages, names, records; and the addresses of pages. */
#include "model/site.h"

#include "base/path.h"
#include "base/utf8.h"
#include "text/slug.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

Site *site_new(Arena *arena, const Config *config, const Kinds *kinds, const Sources *sources,
               Diag *diag) {
    Site *site = arena_new(arena, Site);
    site->arena = arena;
    site->config = config;
    site->kinds = kinds;
    site->sources = sources;
    site->diag = diag;
    return site;
}

void site_free(Site *site) {
    if (site == NULL) {
        return;
    }
    for (size_t i = 0; i < site->page_count; i++) {
        map_release(&site->pages[i]->anchors);
    }
    map_release(&site->page_by_path);
    map_release(&site->page_by_out);
    map_release(&site->page_by_name);
    map_release(&site->draft_by_path);
    map_release(&site->record_by_id);
    vec_free(site->pages);
    vec_free(site->records);
}

/* --- paths ------------------------------------------------------------------------------- */

static bool is_stem(Str path, const char *stem) {
    return str_equal_ignoring_case(path_stem(path_base(path)), str_from(stem));
}

Str site_out_path(Arena *arena, Str path, bool is_index) {
    Str dir = path_dir(path);
    if (is_index) {
        return path_join(arena, dir, STR("index.html"));
    }
    /* "a.markdown" keeps its ending, so that it cannot take the place of "a.md". */
    Str base = path_base(path);
    Str stem = str_equal_ignoring_case(path_ext(base), STR(".md")) ? path_stem(base) : base;
    return path_join(arena, dir, str_join(arena, stem, STR(".html")));
}

static const Page *page_at(const Site *site, Str folder, const char *name, bool is_out) {
    Buf path = {0};
    if (folder.len > 0) {
        buf_add(&path, folder);
        buf_add_char(&path, '/');
    }
    buf_add(&path, str_from(name));
    const Page *page = map_get(is_out ? &site->page_by_out : &site->page_by_path, buf_str(&path));
    buf_release(&path);
    return page;
}

const Page *site_folder_page(const Site *site, Str folder) {
    static const char *const NAMES[] = {"README.md", "readme.md", "Readme.md", "README.markdown",
                                        "index.md",  "Index.md",  "INDEX.md",  "index.markdown"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const Page *page = page_at(site, folder, NAMES[i], false);
        if (page != NULL) {
            return page;
        }
    }
    return page_at(site, folder, "index.html", true); /* other ways to write "index" */
}

const Page *site_page(const Site *site, Str path) {
    return map_get(&site->page_by_path, path);
}

const Project *site_project(const Site *site, Str id) {
    for (size_t i = 0; i < site->project_count; i++) {
        if (str_equal(site->projects[i]->id, id)) {
            return site->projects[i];
        }
    }
    return NULL;
}

/* --- names ------------------------------------------------------------------------------- */

Str site_name_key(Arena *arena, Str folder, Str name) {
    Str key = str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(folder), STR_ARG(str_trim(name)));
    return str_lower(arena, key);
}

static void add_name(Site *site, Page *page, Str name) {
    Str dir = path_dir(page->path), top, rest;
    str_cut(dir, '/', &top, &rest);
    Str folders[] = {dir, top, STR_EMPTY};
    for (size_t i = 0; i < sizeof folders / sizeof *folders && str_trim(name).len > 0; i++) {
        map_add(&site->page_by_name, site_name_key(site->arena, folders[i], name), page);
    }
}

/* A page answers to its title, its path with and without ending, its file's name (the folder's
 * for an index page) and its aliases. */
static void add_names(Site *site, Page *page) {
    Arena *arena = site->arena;
    const Value *aliases = value_get(page->face->meta, STR("aliases"));
    Str stem = path_stem(path_base(page->path));
    add_name(site, page, page->title);
    add_name(site, page, page->path);
    add_name(site, page, path_join(arena, path_dir(page->path), stem));
    add_name(site, page, page->is_index ? path_base(path_dir(page->path)) : stem);
    if (aliases != NULL && aliases->type == VALUE_LIST) {
        for (size_t i = 0; i < aliases->count; i++) {
            add_name(site, page, value_as_text(aliases->items[i]));
        }
    } else {
        add_name(site, page, value_as_text(aliases));
    }
}

static void add_anchors(Site *site, Page *page) {
    const Face *face = page->face;
    map_release(&page->anchors);
    for (size_t i = 0; i < face->section_count; i++) {
        map_add(&page->anchors, face->sections[i].anchor, (void *)&face->sections[i].anchor);
    }
    for (size_t i = 0; i < face->anchor_count; i++) {
        map_add(&page->anchors, face->anchors[i], (void *)&face->anchors[i]);
    }
    for (size_t i = 0; i < face->record_count; i++) {
        if (face->records[i].block_line > 0) {
            map_add(&page->anchors, face->records[i].anchor, (void *)&face->records[i].anchor);
        }
    }
    (void)site;
}

/* --- pages ------------------------------------------------------------------------------- */

static Page *add_page(Site *site, Str path, Str out) {
    assert(!site->is_frozen);
    Page *page = arena_new(site->arena, Page);
    page->index = (uint32_t)site->page_count;
    page->path = path;
    page->out = out;
    page->in_nav = true;
    page->order = PAGE_ORDER_DEFAULT;
    struct {
        Page **items;
        size_t count, cap;
    } list = {site->pages, site->page_count, site->page_cap};
    vec_push(&list, page);
    site->pages = list.items;
    site->page_count = list.count;
    site->page_cap = list.cap;
    map_add(&site->page_by_path, path, page);
    map_add(&site->page_by_out, out, page);
    return page;
}

/* Is there an index page of any spelling beside `path` that is published? */
static bool has_index_beside(const Site *site, Str path) {
    static const char *const NAMES[] = {"index.md", "index.markdown"};
    Str dir = path_dir(path);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Str name = path_join(site->arena, dir, str_from(NAMES[i]));
        const Source *source = map_get(&site->sources->by_path, name);
        if (source == NULL) {
            source = map_get(&site->sources->folded, str_lower(site->arena, name));
        }
        if (source != NULL && source->is_page && str_equal(path_dir(source->path), dir) &&
            !map_has(&site->draft_by_path, source->path)) {
            return true;
        }
    }
    return false;
}

/* README.md stands for its folder unless an index.md beside it does. */
static bool stands_for_folder(const Site *site, Str path) {
    return is_stem(path, "index") || (is_stem(path, "readme") && !has_index_beside(site, path));
}

/* `kind:` may mean something else to the authors; it is a mistake when it nearly is one of ours. */
static void report_kind(Site *site, const Page *page) {
    const Value *value = value_get(page->face->meta, STR("kind"));
    Str *names = arena_array(site->arena, Str, site->kinds->count + 1);
    for (size_t i = 0; i < site->kinds->count; i++) {
        names[i] = site->kinds->items[i].name;
    }
    Str near = str_nearest(page->kind_name, names, site->kinds->count);
    Str hint = near.len > 0
                   ? str_format(site->arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                   : STR("kinds are the folders of templates/; `quoin new --list` shows them");
    Severity severity = near.len > 0 ? SEVERITY_WARNING : SEVERITY_INFO;
    diag_report(site->diag, severity, "page.unknown-kind",
                (Pos){page->face->file, value->line, value->column, 0},
                str_terminated(site->arena, hint), "there is no kind `" STR_FMT "`",
                STR_ARG(page->kind_name));
}

/* What the core itself reads from a page's metadata. */
static const ConfigKey PAGE_KEYS[] = {
    {"title", CONFIG_TEXT, "", "", ""},  {"kind", CONFIG_TEXT, "", "", ""},
    {"layout", CONFIG_TEXT, "", "", ""}, {"aliases", CONFIG_TEXT_LIST, "", "", ""},
    {"order", CONFIG_INT, "", "", ""},   {"nav", CONFIG_BOOL, "", "", ""},
    {"draft", CONFIG_BOOL, "", "", ""},  {"search", CONFIG_BOOL, "", "", ""},
};

/* A value of another type is as if it were not there: that must be said. Fields that are written
 * as text at the page's head, at column 1, are words for readers, no settings. */
static void report_types(Site *site, const Page *page) {
    for (size_t i = 0; i < sizeof PAGE_KEYS / sizeof *PAGE_KEYS; i++) {
        const ConfigKey *key = &PAGE_KEYS[i];
        const Value *value = value_get(page->face->meta, str_from(key->path));
        bool is_given = value != NULL && value->type != VALUE_NULL && value->column > 1;
        const char *wanted = is_given ? config_type_problem(key, value) : NULL;
        if (wanted != NULL) {
            diag_report(site->diag, SEVERITY_WARNING, "page.type",
                        (Pos){page->face->file, value->line, value->column, 0}, NULL,
                        "`%s` wants %s; it is left out", key->path, wanted);
        }
    }
}

int site_order(const Value *value) {
    int64_t order = value_as_int(value, PAGE_ORDER_DEFAULT);
    return order < INT_MIN ? INT_MIN : order > INT_MAX ? INT_MAX : (int)order;
}

static void apply_meta(Site *site, Page *page) {
    const Value *meta = page->face->meta;
    report_types(site, page);
    page->title = page->face->title;
    page->kind_name = value_as_text(value_get(meta, STR("kind")));
    bool is_named = page->kind_name.len > 0;
    if (!is_named) {
        page->kind_name = config_kind(site->config, page->path);
    }
    page->kind = kinds_find(site->kinds, page->kind_name);
    page->order = site_order(value_get(meta, STR("order")));
    config_parse_bool(value_get(meta, STR("nav")), &page->in_nav); /* true when it says nothing */
    page->layout = value_as_text(value_get(meta, STR("layout")));
    if (page->kind == NULL && is_named) {
        report_kind(site, page);
    }
    if (page->layout.len == 0) {
        bool is_home = str_equal(page->out, STR("index.html"));
        page->layout = is_home ? STR("home") : STR("page");
    }
}

/* README.md beside readme.md, a.md beside a.MD: the later one keeps its whole name. */
static Str free_out_path(Site *site, Str path, bool *is_index) {
    Str out = site_out_path(site->arena, path, *is_index);
    if (map_has(&site->page_by_out, out) && *is_index) {
        *is_index = false;
        out = site_out_path(site->arena, path, false);
    }
    if (map_has(&site->page_by_out, out)) {
        out = str_join(site->arena, path, STR(".html"));
    }
    return out;
}

Page *site_add_source(Site *site, const Source *source, const Face *face) {
    bool is_index = stands_for_folder(site, source->path);
    Str out = free_out_path(site, source->path, &is_index);
    Page *page = add_page(site, source->path, out);
    page->source = source;
    page->face = face;
    page->is_index = is_index;
    apply_meta(site, page);
    add_names(site, page);
    add_anchors(site, page);
    return page;
}

void site_set_face(Site *site, Page *page, const Face *face) {
    page->face = face;
    add_anchors(site, page);
}

static bool is_good_path(Str path) {
    bool escapes;
    Arena scratch = {0};
    bool is_plain = str_equal(path_normalise(&scratch, path, &escapes), path) && !escapes;
    arena_release(&scratch);
    return is_plain && path.len > 3 && path.data[0] != '/' && str_ends_with(path, STR(".md")) &&
           memchr(path.data, '\0', path.len) == NULL;
}

static bool can_add_page(Site *site, const GeneratedPage *draft, Str out) {
    Pos pos = {draft->path, 0, 0, 0};
    if (!is_good_path(draft->path)) {
        diag_report(site->diag, SEVERITY_ERROR, "page.path", pos,
                    "a site path like `open-items.md` or `billing/risks.md`",
                    "plugin " STR_FMT " adds a page with a bad path", STR_ARG(draft->plugin));
        return false;
    }
    if (map_has(&site->page_by_path, draft->path) || map_has(&site->page_by_out, out)) {
        diag_report(site->diag, SEVERITY_ERROR, "page.duplicate", pos, NULL,
                    "plugin " STR_FMT " adds a page that is already there", STR_ARG(draft->plugin));
        return false;
    }
    return true;
}

Page *site_add_page(Site *site, const GeneratedPage *draft) {
    Arena *arena = site->arena;
    bool is_index = is_stem(draft->path, "index");
    Str path = str_copy(arena, draft->path), out = site_out_path(arena, path, is_index);
    if (!can_add_page(site, draft, out)) {
        return NULL;
    }
    Face *face = arena_new(arena, Face);
    face->path = face->file = path;
    face->title = utf8_line(arena, draft->title);
    face->meta = draft->meta != NULL ? value_copy(arena, draft->meta) : value_map(arena);
    Page *page = add_page(site, path, out);
    page->face = face;
    page->title = face->title;
    page->is_generated = true;
    page->is_index = is_index;
    page->generated_by = str_copy(arena, draft->plugin);
    page->layout = draft->layout.len > 0 ? str_copy(arena, draft->layout) : STR("page");
    page->body = str_copy(arena, draft->markdown);
    page->html = str_copy(arena, draft->html);
    page->order = draft->order;
    page->in_nav = draft->in_nav;
    page->project = site_project(site, draft->project);
    add_names(site, page);
    return page;
}

/* --- records ----------------------------------------------------------------------------- */

static void report_duplicate(Site *site, const Record *record, const Record *first) {
    Finding finding = {
        .severity = SEVERITY_WARNING,
        .code = STR("record.duplicate"),
        .pos = record->pos,
        .message = str_format(site->arena, "the id " STR_FMT " is used twice on this page",
                              STR_ARG(record->id)),
        .second = first->pos,
        .second_note = STR("first used here"),
    };
    diag_add(site->diag, &finding);
}

/* The scopes of a page from the nearest to the widest; "\n" is in no path. */
#define SCOPE_COUNT 4

static void scope_keys(Arena *arena, const Page *page, Str id, Str keys[SCOPE_COUNT]) {
    Str folder = path_dir(page->path), project = page->project ? page->project->id : STR_EMPTY;
    keys[0] = str_format(arena, "page:" STR_FMT "\n" STR_FMT, STR_ARG(page->path), STR_ARG(id));
    keys[1] = str_format(arena, "folder:" STR_FMT "\n" STR_FMT, STR_ARG(folder), STR_ARG(id));
    keys[2] = str_format(arena, "project:" STR_FMT "\n" STR_FMT, STR_ARG(project), STR_ARG(id));
    keys[3] = id;
}

static void index_record(Site *site, const Record *record) {
    Str keys[SCOPE_COUNT];
    if (record->id.len == 0 || record->page == RECORD_NO_PAGE) {
        return;
    }
    scope_keys(site->arena, site->pages[record->page], record->id, keys);
    for (size_t i = 0; i < SCOPE_COUNT; i++) {
        RecordName *name = map_get(&site->record_by_id, keys[i]);
        if (name == NULL) {
            name = arena_new(site->arena, RecordName);
            name->record = record;
            map_set(&site->record_by_id, keys[i], name);
        } else if (i == 0) {
            if (name->record->pos.line != record->pos.line) { /* else two plugins read one place */
                report_duplicate(site, record, name->record);
            }
            return;
        } else {
            name->is_ambiguous = true;
        }
    }
}

static const Record *record_in_scope(const Site *site, Str key, bool *is_known) {
    const RecordName *name = map_get(&site->record_by_id, key);
    *is_known = name != NULL;
    return name == NULL || name->is_ambiguous ? NULL : name->record;
}

const Record *site_record(const Site *site, const Page *from, Str id) {
    Arena scratch = {0};
    Str keys[SCOPE_COUNT];
    bool is_known = false;
    const Record *record = record_in_scope(site, id, &is_known);
    if (record != NULL || !is_known || from == NULL) {
        return record; /* most ids are used once: no need to look at nearer scopes */
    }
    is_known = false;
    scope_keys(&scratch, from, id, keys);
    for (size_t i = 0; i < SCOPE_COUNT - 1 && !is_known; i++) {
        record = record_in_scope(site, keys[i], &is_known);
    }
    arena_release(&scratch);
    return record;
}

const Record *site_add_record(Site *site, const Record *draft) {
    assert(!site->is_frozen);
    Arena *arena = site->arena;
    Record *record = arena_new(arena, Record);
    *record = *draft;
    record->kind = str_copy(arena, draft->kind);
    record->id = str_copy(arena, draft->id);
    record->title = utf8_line(arena, draft->title);
    record->anchor = str_copy(arena, draft->anchor);
    record->pos.file = str_copy(arena, draft->pos.file);
    record->fields = draft->fields != NULL ? value_copy(arena, draft->fields) : NULL;
    struct {
        const Record **items;
        size_t count, cap;
    } list = {site->records, site->record_count, site->record_cap};
    vec_push(&list, record);
    site->records = list.items;
    site->record_count = list.count;
    site->record_cap = list.cap;
    index_record(site, record);
    return record;
}
