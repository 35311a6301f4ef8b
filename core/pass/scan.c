/* SPDX-License-Identifier: MIT
 * scan.c - station 1: walks the content folder and sorts files into pages and assets. */
#include "pass/scan.h"

#include "base/fs.h"
#include "base/path.h"

#include <errno.h>
#include <string.h>

typedef struct Scan {
    const Config *config;
    Arena *arena;
    const Str *excludes;
    size_t exclude_count;
} Scan;

/* Folders beside quoin.yaml that belong to Quoin, when they hold such a file one level down. */
static const struct {
    const char *folder, *marker;
} OWN_FOLDERS[] = {
    {"plugins", "init.lua"},
    {"themes", "theme.yaml"},
    {"templates", "kind.yaml"},
    {"theme", NULL},
};

static bool skip_nested(void *context, Str path, FsKind kind) {
    (void)context;
    return kind == FS_DIR && str_find_char(path, '/') != STR_NONE;
}

static bool has_marker(Arena *arena, const char *folder, const char *marker) {
    FsEntries entries = {0};
    bool found = marker == NULL;
    if (!found && fs_walk(arena, folder, skip_nested, NULL, &entries)) {
        for (size_t i = 0; i < entries.count && !found; i++) {
            found = str_equal(path_base(entries.items[i].path), str_from(marker));
        }
    }
    vec_release(&entries);
    return found;
}

static bool is_own_folder(const Scan *scan, Str path) {
    const Config *config = scan->config;
    bool has_config = config->file.len > 0;
    if (config->content.len > 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof OWN_FOLDERS / sizeof *OWN_FOLDERS; i++) {
        /* Without quoin.yaml beside them, only what nobody else makes is ours: kinds. */
        bool is_ours = has_config || str_equal(path, STR("templates"));
        if (is_ours && str_equal(path, str_from(OWN_FOLDERS[i].folder))) {
            Str disk = path_join(scan->arena, config->root, path);
            return has_marker(scan->arena, str_terminated(scan->arena, disk),
                              OWN_FOLDERS[i].marker);
        }
    }
    return false;
}

static bool skip_entry(void *context, Str path, FsKind kind) {
    Scan *scan = context;
    Str base = path_base(path);
    if (kind != FS_DIR) {
        return kind != FS_FILE;
    }
    if (str_equal(base, STR(".git")) || str_equal(base, STR("node_modules")) ||
        str_equal(base, STR(".quoin")) || is_own_folder(scan, path)) {
        return true;
    }
    Str lock = str_format(scan->arena, STR_FMT "/" STR_FMT "/.quoin/lock",
                          STR_ARG(scan->config->content_root), STR_ARG(path));
    return fs_kind(str_terminated(scan->arena, lock)) == FS_FILE; /* an output of Quoin */
}

static bool is_hidden(Str path) {
    Str part;
    for (bool more = true; more;) {
        more = str_cut(path, '/', &part, &path);
        if (str_starts_with(part, STR(".")) || str_starts_with(part, STR("_"))) {
            return true;
        }
    }
    return false;
}

static bool is_excluded(const Scan *scan, Str path) {
    for (size_t i = 0; i < scan->exclude_count; i++) {
        if (path_matches(scan->excludes[i], path)) {
            return true;
        }
    }
    return false;
}

static bool is_page(const Scan *scan, Str path) {
    Str ext = path_ext(path);
    bool is_markdown =
        str_equal_ignoring_case(ext, STR(".md")) || str_equal_ignoring_case(ext, STR(".markdown"));
    return is_markdown && !is_hidden(path) && !is_excluded(scan, path);
}

/* Where files may come from: the checkout around the content, else the site's folder. */
static Str trusted_folder(const Config *config) {
    Str prefix = config->repository_prefix;
    return prefix.len == 0
               ? config->root
               : str_slice(config->content_root, 0, config->content_root.len - prefix.len - 1);
}

/* A link must not bring in a file from elsewhere on this machine, nor git's own files, which hold
 * credentials in CI. */
static bool is_own_file(const Scan *scan, const FsEntry *entry, const char *disk) {
    if (!entry->is_link) {
        return true;
    }
    Str folder = trusted_folder(scan->config), git = path_join(scan->arena, folder, STR(".git"));
    return fs_is_inside(disk, folder) && !fs_is_inside(disk, git);
}

static Str shown_file(const Scan *scan, Str path) {
    return path_join(scan->arena, scan->config->content, path);
}

static void add_folders(Map *folders, Str path) {
    static char present;
    for (Str dir = path_dir(path); map_add(folders, dir, &present) && dir.len > 0;) {
        dir = path_dir(dir);
    }
}

static void index_sources(const Scan *scan, Sources *sources) {
    for (size_t i = 0; i < sources->count; i++) {
        Source *source = &sources->items[i];
        map_add(&sources->by_path, source->path, source);
        map_add(&sources->folded, str_lower(scan->arena, source->path), source);
        add_folders(&sources->folders, source->path);
    }
}

/* `name` from metadata.sidecar beside the page: "kep.yaml" belongs to the folder's index page,
 * "*.yaml" to the page with the same stem. */
static const Source *sidecar_of(const Scan *scan, const Sources *sources, Str page, Str name) {
    Arena *arena = scan->arena;
    Str stem = path_stem(path_base(page)), dir = path_dir(page);
    if (str_starts_with(name, STR("*"))) {
        return map_get(&sources->by_path,
                       path_join(arena, dir, str_join(arena, stem, str_from_offset(name, 1))));
    }
    bool is_index =
        str_equal_ignoring_case(stem, STR("readme")) || str_equal_ignoring_case(stem, STR("index"));
    return is_index ? map_get(&sources->by_path, path_join(arena, dir, name)) : NULL;
}

static void attach_sidecars(const Scan *scan, Sources *sources) {
    const Str *names;
    size_t count = config_list(scan->config, "metadata.sidecar", &names);
    for (size_t i = 0; i < sources->count && count > 0; i++) {
        Source *source = &sources->items[i];
        for (size_t j = 0; j < count && source->is_page && source->sidecar == NULL; j++) {
            const Source *sidecar = sidecar_of(scan, sources, source->path, names[j]);
            if (sidecar != NULL) {
                source->sidecar = sidecar->disk;
                source->sidecar_file = sidecar->file;
            }
        }
    }
}

static void add_file(const Scan *scan, const FsEntry *entry, Sources *out, Diag *diag) {
    Str path = entry->path, shown = shown_file(scan, path);
    char *disk =
        str_terminated(scan->arena, path_join(scan->arena, scan->config->content_root, path));
    if (is_own_file(scan, entry, disk)) {
        out->items[out->count++] =
            (Source){.path = path, .file = shown, .disk = disk, .is_page = is_page(scan, path)};
    } else if (!is_hidden(path) && !is_excluded(scan, path)) {
        diag_report(diag, SEVERITY_WARNING, "scan.outside", (Pos){shown, 0, 0, 0},
                    "copy the file, or exclude this path",
                    "is a symbolic link to a file outside the repository; it is left out");
    }
}

/* False when a part of the site is unknown: then nothing may be built, or the output would lose
 * pages that are still there. */
static bool report_unread(const Scan *scan, const FsEntry *entry, Diag *diag) {
    bool is_deep = entry->error == ELOOP;
    diag_report(diag, SEVERITY_ERROR, is_deep ? "scan.depth" : "scan.unreadable",
                (Pos){shown_file(scan, entry->path), 0, 0, 0}, NULL, "%s",
                is_deep ? "folders are nested too deeply; what is below this one is left out"
                        : strerror(entry->error));
    return is_deep;
}

bool scan_sources(const Config *config, Arena *arena, Sources *out, Diag *diag) {
    Scan scan = {.config = config, .arena = arena};
    FsEntries entries = {0};
    *out = (Sources){0};
    scan.exclude_count = config_list(config, "exclude", &scan.excludes);
    char *root = str_terminated(arena, config->content_root);
    if (!fs_walk(arena, root, skip_entry, &scan, &entries)) {
        diag_report(diag, SEVERITY_ERROR, "scan.unreadable", (Pos){config->content, 0, 0, 0}, NULL,
                    "the content folder cannot be read: %s", strerror(errno));
        vec_release(&entries);
        return false;
    }
    out->items = arena_array(arena, Source, entries.count);
    bool is_whole = true;
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.items[i].kind == FS_FILE) {
            add_file(&scan, &entries.items[i], out, diag);
        } else if (entries.items[i].error != 0) {
            is_whole = report_unread(&scan, &entries.items[i], diag) && is_whole;
        }
    }
    vec_release(&entries);
    index_sources(&scan, out);
    attach_sidecars(&scan, out);
    return is_whole;
}

void sources_release(Sources *sources) {
    map_release(&sources->by_path);
    map_release(&sources->folded);
    map_release(&sources->folders);
}
