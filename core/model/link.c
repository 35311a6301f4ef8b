/* SPDX-License-Identifier: MIT
 * link.c - what a destination leads to, the way github.com resolves it, and the URL that leads
 * there in the output. Everything here only reads the site. */
#include "base/fs.h"
#include "base/path.h"
#include "base/vec.h"
#include "model/site.h"
#include "text/slug.h"

#include <string.h>

/* --- parts of a destination --------------------------------------------------------------- */

typedef struct Destination {
    Str path;     /* decoded; empty for the same page */
    Str fragment; /* decoded, without '#' */
    Str suffix;   /* as written, from the first '?' or '#' */
} Destination;

/* RFC 3986 3.1. One letter is a drive of Windows, not a scheme. */
static Str scheme_of(Str url) {
    size_t colon = str_find_char(url, ':');
    for (size_t i = 0; colon != STR_NONE && i < colon; i++) {
        char c = url.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool is_other = (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
        if (!is_letter && (i == 0 || !is_other)) {
            return STR_EMPTY;
        }
    }
    return colon == STR_NONE || colon < 2 ? STR_EMPTY : str_slice(url, 0, colon);
}

static Destination split_destination(Arena *arena, Str url) {
    Destination parts = {.path = url, .fragment = STR_EMPTY, .suffix = STR_EMPTY};
    size_t hash = str_find_char(url, '#'), query = str_find_char(url, '?');
    size_t end = hash < query ? hash : query;
    if (hash != STR_NONE) {
        parts.fragment = path_decode(arena, str_from_offset(url, hash + 1));
    }
    if (end != STR_NONE) {
        parts.suffix = str_from_offset(url, end);
        parts.path = str_slice(url, 0, end);
    }
    parts.path = path_decode(arena, parts.path);
    return parts;
}

/* The path within the repository of a full URL to a file of the portal's own repository, on its
 * branch: https://github.com/owner/repo/blob/main/docs/x.md. Permanent links stay what they are. */
static bool own_repository_path(const Config *config, Str url, Str *path) {
    static const char *const VIEWS[] = {"blob", "tree", "raw", "edit"};
    Str view, ref, rest, base = config->repository;
    if (base.len == 0 || url.len <= base.len || url.data[base.len] != '/' ||
        !str_equal_ignoring_case(str_slice(url, 0, base.len), base)) {
        return false;
    }
    str_cut(str_from_offset(url, base.len + 1), '/', &view, &rest);
    if (str_equal(view, STR("-"))) { /* GitLab: /-/blob/ */
        str_cut(rest, '/', &view, &rest);
    }
    bool is_view = false;
    for (size_t i = 0; i < sizeof VIEWS / sizeof *VIEWS; i++) {
        is_view = is_view || str_equal(view, str_from(VIEWS[i]));
    }
    str_cut(rest, '/', &ref, path);
    return is_view && (str_equal(ref, config->branch) || str_equal(ref, STR("HEAD")));
}

/* A path within the repository as a site path; false when it is not in the content folder. */
static bool into_content(const Config *config, Str in_repository, Str *path) {
    Str prefix = config->repository_prefix;
    if (!path_is_inside(in_repository, prefix)) {
        return false;
    }
    *path = prefix.len == 0 ? in_repository : str_from_offset(in_repository, prefix.len);
    *path = str_starts_with(*path, STR("/")) ? str_from_offset(*path, 1) : *path;
    return true;
}

/* --- anchors ------------------------------------------------------------------------------ */

static bool is_made_by_renderer(Str fragment) {
    return fragment.len == 0 || str_equal(fragment, STR("top")) ||
           str_starts_with(fragment, STR("fn-")) || str_starts_with(fragment, STR("fnref-"));
}

static void resolve_anchor(const Page *page, Str fragment, Target *out) {
    Str user_content = STR("user-content-"); /* GitHub's own prefix, seen in copied addresses */
    if (str_starts_with(fragment, user_content)) {
        fragment = str_from_offset(fragment, user_content.len);
    }
    const Str *anchor = map_get(&page->anchors, fragment);
    out->state = LINK_OK;
    out->page = page;
    if (anchor != NULL) {
        out->anchor = *anchor;
        return;
    }
    if (is_made_by_renderer(fragment) || (page->is_generated && page->html.len > 0)) {
        out->anchor = fragment;
        return;
    }
    for (size_t i = 0; i < page->anchors.count; i++) {
        if (str_equal_ignoring_case(page->anchors.entries[i].key, fragment)) {
            out->anchor = page->anchors.entries[i].key;
            out->state = LINK_ANCHOR_CASE;
            return;
        }
    }
    out->state = LINK_NO_ANCHOR;
}

/* --- files -------------------------------------------------------------------------------- */

static bool resolve_file(const Site *site, Str path, const Destination *parts, Target *out) {
    const Page *page = map_get(&site->page_by_path, path);
    const Source *source = map_get(&site->sources->by_path, path);
    bool is_folder = path.len == 0 || map_has(&site->sources->folders, path);
    if (page == NULL && is_folder) {
        page = site_folder_page(site, path);
    }
    if (page != NULL) {
        resolve_anchor(page, parts->fragment, out);
    } else if (map_has(&site->draft_by_path, path)) {
        out->state = LINK_DRAFT;
    } else if (source != NULL) {
        out->state = LINK_OK;
        out->asset = source;
        out->suffix = parts->suffix;
    } else if (is_folder) {
        out->state = LINK_NO_INDEX;
    } else {
        return false;
    }
    return true;
}

static void resolve_missing(const Site *site, Str path, Arena *arena, Target *out) {
    const Source *folded = map_get(&site->sources->folded, str_lower(arena, path));
    out->state = folded != NULL ? LINK_FILE_CASE : LINK_BROKEN;
}

/* Where a path as written may point to, best first: at most two candidates. */
static size_t candidate_paths(const Site *site, const Page *from, Str written, Arena *arena,
                              Str paths[2], bool *escapes) {
    size_t count = 0;
    *escapes = false;
    if (str_starts_with(written, STR("/"))) {
        while (str_starts_with(written, STR("/"))) {
            written = str_from_offset(written, 1);
        }
        Str path = path_normalise(arena, written, escapes), inside;
        if (into_content(site->config, path, &inside)) {
            paths[count++] = inside;
        }
        if (count == 0 || !str_equal(paths[0], path)) {
            paths[count++] = path; /* the root of the portal, where that is not the repository's */
        }
        return count;
    }
    Str joined = path_join(arena, path_dir(from->path), written);
    paths[count++] = path_normalise(arena, joined, escapes);
    return count;
}

/* "../src/main.c" written in docs/: a file of the repository that is no content. It is there on
 * GitHub, so the link leads there. */
static bool resolve_in_repository(const Site *site, const Page *from, const Destination *parts,
                                  Arena *arena, Target *out) {
    const Config *config = site->config;
    bool escapes;
    Str folder = path_join(arena, config->repository_prefix, path_dir(from->path));
    bool is_rooted = str_starts_with(parts->path, STR("/"));
    Str joined =
        is_rooted ? str_from_offset(parts->path, 1) : path_join(arena, folder, parts->path);
    Str path = path_normalise(arena, joined, &escapes);
    Str top = str_slice(config->content_root, 0,
                        config->content_root.len - config->repository_prefix.len);
    if (config->repository_prefix.len == 0 || config->repository.len == 0 || escapes ||
        fs_kind(str_terminated(arena, path_join(arena, top, path))) == FS_NONE) {
        return false;
    }
    Buf url = {0};
    buf_add_format(&url, STR_FMT "/blob/" STR_FMT "/", STR_ARG(config->repository),
                   STR_ARG(config->branch));
    path_add_encoded(&url, path);
    buf_add(&url, parts->suffix);
    *out = (Target){.state = LINK_EXTERNAL, .url = str_copy(arena, buf_str(&url))};
    buf_release(&url);
    return true;
}

static void resolve_path(const Site *site, const Page *from, const Destination *parts, Arena *arena,
                         Target *out) {
    Str paths[2];
    bool escapes;
    size_t count = candidate_paths(site, from, parts->path, arena, paths, &escapes);
    if (escapes) {
        if (!resolve_in_repository(site, from, parts, arena, out)) {
            out->state = LINK_OUTSIDE;
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (resolve_file(site, paths[i], parts, out)) {
            return;
        }
    }
    if (!str_starts_with(parts->path, STR("/")) ||
        !resolve_in_repository(site, from, parts, arena, out)) {
        resolve_missing(site, paths[count - 1], arena, out);
    }
}

void site_resolve(const Site *site, const Page *from, Str url, bool is_image, Arena *arena,
                  Target *out) {
    Str own;
    *out = (Target){.state = LINK_EXTERNAL};
    (void)is_image;
    url = str_trim(url);
    if (str_starts_with(url, STR("//"))) {
        return;
    }
    if (scheme_of(url).len > 0) {
        if (own_repository_path(site->config, url, &own)) {
            Destination parts = split_destination(arena, own);
            Str inside;
            if (into_content(site->config, path_normalise(arena, parts.path, NULL), &inside)) {
                if (!resolve_file(site, inside, &parts, out)) {
                    resolve_missing(site, inside, arena, out);
                }
            }
        }
        return;
    }
    Destination parts = split_destination(arena, url);
    if (parts.path.len == 0) {
        resolve_anchor(from, parts.fragment, out);
        return;
    }
    resolve_path(site, from, &parts, arena, out);
}

/* --- names -------------------------------------------------------------------------------- */

/* Of several pages with one name: the one in the same folder, else below the same top folder, else
 * the first by path. */
static const Page *nearest_page(const Site *site, const Page *from, Str name, Arena *arena) {
    Str dir = path_dir(from->path), top, rest;
    str_cut(dir, '/', &top, &rest);
    Str folders[] = {dir, top, STR_EMPTY};
    const Page *page = NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && page == NULL; i++) {
        page = map_get(&site->page_by_name, site_name_key(arena, folders[i], name));
    }
    return page;
}

/* A heading is named by its text or by its anchor. */
static void resolve_heading(const Page *page, Str heading, Arena *arena, Target *out) {
    heading = str_trim(heading);
    for (size_t i = 0; i < page->face->section_count; i++) {
        if (str_equal_ignoring_case(page->face->sections[i].title, heading)) {
            *out =
                (Target){.state = LINK_OK, .page = page, .anchor = page->face->sections[i].anchor};
            return;
        }
    }
    resolve_anchor(page, heading, out);
    if (out->state == LINK_NO_ANCHOR) {
        resolve_anchor(page, slug_make(arena, heading), out);
    }
}

static bool resolve_record(const Site *site, const Page *from, Str id, Target *out) {
    const Record *record = site_record(site, from, id);
    if (record == NULL || record->page == RECORD_NO_PAGE) {
        return false;
    }
    *out = (Target){.state = LINK_OK,
                    .record = record,
                    .anchor = record->anchor,
                    .page = site->pages[record->page]};
    return true;
}

void site_find_name(const Site *site, const Page *from, Str name, Arena *arena, Target *out) {
    Str page_name, heading;
    *out = (Target){.state = LINK_BROKEN};
    name = str_trim(name);
    if (resolve_record(site, from, name, out)) {
        return;
    }
    bool has_heading = str_cut(name, '#', &page_name, &heading);
    page_name = str_trim(page_name);
    const Page *page = page_name.len == 0 ? from : nearest_page(site, from, page_name, arena);
    if (page == NULL || name.len == 0) {
        return;
    }
    if (has_heading) {
        resolve_heading(page, heading, arena, out);
    } else {
        *out = (Target){.state = LINK_OK, .page = page};
    }
}

/* --- addresses ---------------------------------------------------------------------------- */

static void add_fragment(Buf *buf, Str anchor) {
    if (anchor.len > 0) {
        buf_add_char(buf, '#');
        path_add_encoded(buf, anchor);
    }
}

void site_add_url(const Page *to, Str anchor, Buf *out) {
    path_add_encoded(out, to->out);
    add_fragment(out, anchor);
}

void site_add_page_href(const Page *from, const Page *to, Str anchor, Buf *out) {
    if (from != to || anchor.len == 0) {
        Buf path = {0};
        path_add_relative(&path, from->out, to->out);
        path_add_encoded(out, buf_str(&path));
        buf_release(&path);
    }
    add_fragment(out, anchor);
}

void site_add_href(const Site *site, const Page *from, const Target *target, Buf *out) {
    (void)site;
    if (target->page != NULL) {
        site_add_page_href(from, target->page, target->anchor, out);
    } else if (target->asset != NULL) {
        Buf path = {0};
        path_add_relative(&path, from->out, target->asset->path);
        path_add_encoded(out, buf_str(&path));
        buf_release(&path);
        buf_add(out, target->suffix);
    } else if (target->state == LINK_EXTERNAL) {
        buf_add(out, target->url);
    }
}

/* --- did you mean ------------------------------------------------------------------------- */

typedef VEC(Str) Names;

static Str suggest_anchor(const Page *page, Str url, Arena *arena) {
    Names names = {0};
    Destination parts = split_destination(arena, url);
    for (size_t i = 0; i < page->anchors.count; i++) {
        vec_push(&names, page->anchors.entries[i].key);
    }
    Str near = str_nearest(parts.fragment, names.items, names.count);
    vec_release(&names);
    if (near.len == 0) {
        return STR_EMPTY;
    }
    size_t hash = str_find_char(url, '#');
    return str_format(arena, STR_FMT "#" STR_FMT, STR_ARG(str_slice(url, 0, hash)), STR_ARG(near));
}

/* Every folder may have a README: that name tells nothing about where a file went. */
static bool has_same_base(Str path, Str base, Arena *arena) {
    Str other = path_base(path), stem = path_stem(base);
    if (str_equal_ignoring_case(stem, STR("readme")) ||
        str_equal_ignoring_case(stem, STR("index"))) {
        return false;
    }
    return str_equal_ignoring_case(other, base) ||
           str_equal_ignoring_case(other, str_join(arena, base, STR(".md")));
}

/* A file of that name elsewhere, or of a similar name in the folder that the link points into. */
static Str suggest_file(const Site *site, const Page *from, Str url, Arena *arena) {
    Destination parts = split_destination(arena, url);
    Str joined = str_starts_with(parts.path, STR("/"))
                     ? str_from_offset(parts.path, 1)
                     : path_join(arena, path_dir(from->path), parts.path);
    Str path = path_normalise(arena, joined, NULL), base = path_base(path), found = STR_EMPTY;
    Names names = {0};
    for (size_t i = 0; i < site->sources->count && base.len > 0 && found.len == 0; i++) {
        Str other = site->sources->items[i].path;
        if (has_same_base(other, base, arena)) {
            found = other;
        } else if (str_equal(path_dir(other), path_dir(path))) {
            vec_push(&names, path_base(other));
        }
    }
    if (found.len == 0) {
        Str near = str_nearest(base, names.items, names.count);
        found = near.len > 0 ? path_join(arena, path_dir(path), near) : STR_EMPTY;
    }
    vec_release(&names);
    if (found.len == 0) {
        return STR_EMPTY;
    }
    Buf relative = {0};
    path_add_relative(&relative, from->path, found);
    Str result = str_copy(arena, buf_str(&relative));
    buf_release(&relative);
    return result;
}

Str site_suggest(const Site *site, const Page *from, Str url, LinkState state, Arena *arena) {
    Target target;
    switch (state) {
    case LINK_NO_ANCHOR:
    case LINK_ANCHOR_CASE:
        site_resolve(site, from, url, false, arena, &target);
        return target.page != NULL ? suggest_anchor(target.page, url, arena) : STR_EMPTY;
    case LINK_BROKEN:
    case LINK_FILE_CASE:
        return suggest_file(site, from, url, arena);
    default:
        return STR_EMPTY;
    }
}
