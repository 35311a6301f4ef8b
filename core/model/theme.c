/* SPDX-License-Identifier: MIT
 * theme.c - finds the theme and its files: the site's `theme/` folder, the theme, its parents. */
#include "model/theme.h"

#include "base/map.h"
#include "base/path.h"
#include "text/yaml.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FOLDERS (sizeof((Theme *)0)->folders / sizeof(char *) - 1)

static const char *folder_of(Arena *arena, Str parent, Str name) {
    char *path = str_terminated(arena, path_join(arena, parent, name));
    return fs_kind(path) == FS_DIR ? path : NULL;
}

static const char *find_theme(Arena *arena, const Config *config, const char *shipped, Str name) {
    Str own = path_join(arena, config->root, STR("themes"));
    if (name.len == 0 || str_contains(name, STR("/")) || str_starts_with(name, STR("."))) {
        return NULL;
    }
    const char *folder = folder_of(arena, own, name);
    return folder != NULL ? folder : folder_of(arena, str_from(shipped), name);
}

static const Value *read_yaml(Arena *arena, const char *folder, Str shown, Diag *diag) {
    Str text;
    char *path = str_terminated(arena, path_join(arena, str_from(folder), STR("theme.yaml")));
    if (!fs_read(arena, path, YAML_MAX_FILE, &text)) {
        return NULL;
    }
    return yaml_parse(arena, shown, text, 1, YAML_MAX_FILE, diag);
}

/* Options of a child theme come on top of its parent's. */
static void add_options(Arena *arena, Value *schema, const Value *theme) {
    const Value *options = value_get(theme, STR("options"));
    for (size_t i = 0; options != NULL && options->type == VALUE_MAP && i < options->count; i++) {
        if (value_get(schema, options->entries[i].key) == NULL) {
            value_set(arena, schema, options->entries[i].key, options->entries[i].value);
        }
    }
}

static bool skip_deeper(void *context, Str path, FsKind kind) {
    (void)context;
    return kind != FS_DIR || str_find_char(path, '/') != STR_NONE;
}

/* Of the themes in `parent`, the one whose name is most like `name`; empty when none is. */
static Str nearest_in(Arena *arena, Str parent, Str name) {
    FsEntries entries = {0};
    Str near = STR_EMPTY;
    if (fs_walk(arena, str_terminated(arena, parent), skip_deeper, NULL, &entries)) {
        Str *names = arena_array(arena, Str, entries.count);
        for (size_t i = 0; i < entries.count; i++) {
            names[i] = entries.items[i].path;
        }
        near = str_nearest(name, names, entries.count);
    }
    vec_release(&entries);
    return near;
}

static void report_missing(Arena *arena, const Config *config, const char *shipped, Str name,
                           Diag *diag) {
    Str near = nearest_in(arena, path_join(arena, config->root, STR("themes")), name);
    near = near.len > 0 ? near : nearest_in(arena, str_from(shipped), name);
    Str hint = near.len > 0 ? str_format(arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                            : STR("a theme is a folder themes/<name>/ with a theme.yaml");
    diag_report(diag, SEVERITY_ERROR, "theme.unknown",
                config_pos(config, config_value(config, "theme.name")), str_terminated(arena, hint),
                "there is no theme `" STR_FMT "`", STR_ARG(name));
}

/* A theme's folder as its users know it: themes/<name>, or the site's own theme/. */
static Str shown_folder(Arena *arena, Str folder) {
    Str parent = path_base(path_dir(folder)), name = path_base(folder);
    return str_equal(parent, STR("themes")) ? path_join(arena, parent, name) : name;
}

/* A link in a theme must not bring in a file from elsewhere on this machine. */
static bool is_own_file(Arena *arena, const char *folder, const char *disk) {
    return fs_is_inside(disk, path_dir(fs_absolute(arena, folder)));
}

const char *theme_find(const Theme *theme, Arena *arena, Str path, Str *shown) {
    bool escapes;
    if (!str_equal(path_normalise(arena, path, &escapes), path) || escapes ||
        str_starts_with(path, STR("/"))) {
        return NULL; /* a page may ask for a layout `../../x` */
    }
    for (size_t i = 0; theme->folders[i] != NULL; i++) {
        Str folder = str_from(theme->folders[i]);
        char *disk = str_terminated(arena, path_join(arena, folder, path));
        if (fs_kind(disk) == FS_FILE && is_own_file(arena, theme->folders[i], disk)) {
            if (shown != NULL) {
                *shown = path_join(arena, shown_folder(arena, folder), path);
            }
            return disk;
        }
    }
    return NULL;
}

/* --- bundles --------------------------------------------------------------------------------- */

/* The theme.yaml of each folder, most specific first; `list` is NULL where there is none. */
typedef struct Levels {
    struct {
        const Value *yaml;
        Str file; /* for diagnostics */
    } items[MAX_FOLDERS];
    size_t count;
} Levels;

typedef struct Bundle {
    const Theme *theme;
    const char *folder; /* "css" */
    VEC(Str) paths;
    Map seen;
} Bundle;

static void add_to_bundle(Bundle *bundle, Arena *arena, Str file, const Value *name, Diag *diag) {
    Str path = path_join(arena, str_from(bundle->folder), value_as_text(name));
    if (theme_find(bundle->theme, arena, path, NULL) == NULL) {
        diag_report(diag, SEVERITY_WARNING, "theme.missing-file",
                    (Pos){file, name->line, name->column, 0}, NULL,
                    "the theme has no file `" STR_FMT "`", STR_ARG(path));
    } else if (map_add(&bundle->seen, path, bundle)) {
        vec_push(&bundle->paths, path);
    }
}

/* What is listed under `folder`, a parent's files before its child's. */
static const Str *list_bundle(const Theme *theme, Arena *arena, const Levels *levels,
                              const char *folder, Diag *diag) {
    Bundle bundle = {.theme = theme, .folder = folder};
    for (size_t i = levels->count; i-- > 0;) {
        const Value *list = value_get(levels->items[i].yaml, str_from(folder));
        for (size_t k = 0; list != NULL && list->type == VALUE_LIST && k < list->count; k++) {
            add_to_bundle(&bundle, arena, levels->items[i].file, list->items[k], diag);
        }
    }
    map_release(&bundle.seen);
    vec_push(&bundle.paths, STR_EMPTY); /* the end */
    return vec_to_arena(arena, &bundle.paths);
}

static bool is_bundled(const Theme *theme, Str path) {
    const Str *lists[] = {theme->css, theme->js};
    for (size_t i = 0; i < 2; i++) {
        for (const Str *listed = lists[i]; listed->len > 0; listed++) {
            if (str_equal(*listed, path)) {
                return true;
            }
        }
    }
    return false;
}

/* --- loading --------------------------------------------------------------------------------- */

static const Value *read_level(Arena *arena, const char *folder, Str shown, Levels *levels,
                               Diag *diag) {
    Str file = path_join(arena, shown, STR("theme.yaml"));
    const Value *yaml = read_yaml(arena, folder, file, diag);
    levels->items[levels->count].yaml = yaml;
    levels->items[levels->count++].file = file;
    return yaml;
}

/* The theme's folders, most specific first, with what their theme.yaml
 * say; false after reporting. */
static bool find_levels(Arena *arena, const Config *config, const char *shipped, Theme *theme,
                        Levels *levels, Diag *diag) {
    Str name = theme->name;
    const char *overrides = folder_of(arena, config->root, STR("theme"));
    if (overrides != NULL) {
        theme->folders[levels->count] = overrides;
        read_level(arena, overrides, STR("theme"), levels, diag);
    }
    do {
        const char *folder = find_theme(arena, config, shipped, name);
        const Value *yaml = NULL;
        if (folder != NULL) {
            theme->folders[levels->count] = folder;
            yaml = read_level(arena, folder, path_join(arena, STR("themes"), name), levels, diag);
        }
        if (yaml == NULL) {
            report_missing(arena, config, shipped, name, diag);
            return false;
        }
        name = value_as_text(value_get(yaml, STR("parent")));
    } while (name.len > 0 && levels->count < MAX_FOLDERS);
    return true;
}

static void add_color(Buf *css, Str name, const Value *value) {
    Str light = value_as_text(value_get(value, STR("light")));
    if (value->type != VALUE_MAP) {
        buf_add_format(css, "--" STR_FMT ":" STR_FMT ";", STR_ARG(name),
                       STR_ARG(value_as_text(value)));
        return;
    }
    buf_add_format(css, "--" STR_FMT ":light-dark(" STR_FMT "," STR_FMT ");", STR_ARG(name),
                   STR_ARG(light), STR_ARG(value_as_text(value_get(value, STR("dark")))));
}

/* The option `colors`, checked already: tokens by name. */
static Str colors_of(Arena *arena, const Value *options) {
    const Value *colors = value_get(options, STR("colors"));
    Buf css = {0};
    if (colors == NULL || colors->type != VALUE_MAP || colors->count == 0) {
        return STR_EMPTY;
    }
    buf_add_literal(&css, "@layer tokens{:root,:root[data-accent]{");
    if (value_get(colors, STR("accent")) != NULL) { /* unless it is set too */
        buf_add_literal(&css, "--accent-soft:color-mix(in srgb,var(--accent) 11%,var(--page));");
    }
    for (size_t i = 0; i < colors->count; i++) {
        add_color(&css, colors->entries[i].key, colors->entries[i].value);
    }
    buf_add_literal(&css, "}}\n");
    Str text = str_copy(arena, buf_str(&css));
    buf_release(&css);
    return text;
}

const Theme *theme_load(Arena *arena, const Config *config, const char *shipped, Diag *diag) {
    Theme *theme = arena_new(arena, Theme);
    Value *schema = value_map(arena);
    Levels levels = {.count = 0};
    theme->name = config_text(config, "theme.name");
    if (!find_levels(arena, config, shipped, theme, &levels, diag)) {
        return NULL;
    }
    for (size_t i = 0; i < levels.count; i++) {
        add_options(arena, schema, levels.items[i].yaml);
    }
    theme->options = config_check_options(arena, config->file, "the theme", schema,
                                          config_value(config, "theme.options"), diag);
    theme->colors = colors_of(arena, theme->options);
    theme->css = list_bundle(theme, arena, &levels, "css", diag);
    theme->js = list_bundle(theme, arena, &levels, "js", diag);
    return theme;
}

/* --- other files ----------------------------------------------------------------------------- */

static bool skip_others(void *context, Str path, FsKind kind) {
    (void)context;
    (void)kind;
    Str first, rest;
    str_cut(path, '/', &first, &rest);
    return !(str_equal(first, STR("css")) || str_equal(first, STR("js")) ||
             str_equal(first, STR("assets")) || str_equal(path, STR("favicon.svg")));
}

static int compare_paths(const void *a, const void *b) {
    return str_compare(((const FsEntry *)a)->path, ((const FsEntry *)b)->path);
}

void theme_assets(const Theme *theme, Arena *arena, FsEntries *out) {
    Map seen = {0};
    for (size_t i = 0; theme->folders[i] != NULL; i++) {
        FsEntries entries = {0};
        fs_walk(arena, theme->folders[i], skip_others, NULL, &entries);
        for (size_t j = 0; j < entries.count; j++) {
            FsEntry entry = entries.items[j];
            if (entry.kind == FS_FILE && !is_bundled(theme, entry.path) &&
                map_add(&seen, entry.path, out)) {
                vec_push(out, entry);
            }
        }
        vec_release(&entries);
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof(FsEntry), compare_paths);
    }
    map_release(&seen);
}
