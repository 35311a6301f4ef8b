/* SPDX-License-Identifier: MIT
 * bundle.c - puts files of the theme and of plugins behind each other. */
#include "pass/bundle.h"

#include "base/fs.h"
#include "base/path.h"
#include "text/css.h"

#include <errno.h>
#include <string.h>

#define MAX_FILE ((size_t)4 * 1024 * 1024)

typedef struct Bundler {
    Arena arena;
    const Theme *theme;
    Diag *diag;
    Buf *out;
    void (*add)(struct Bundler *bundler, Str path, Str text);
    Str ext; /* ".css" */
} Bundler;

/* The file as its author knows it, from its address. */
static Str shown(Bundler *bundler, Str path) {
    Str own = STR("assets/theme/"), plugins = STR("assets/plugins/"), name, file, found;
    if (str_starts_with(path, own) &&
        theme_find(bundler->theme, &bundler->arena, str_from_offset(path, own.len), &found)) {
        return found;
    }
    str_cut(str_from_offset(path, plugins.len), '/', &name, &file);
    return str_format(&bundler->arena, "plugins/" STR_FMT "/assets/" STR_FMT, STR_ARG(name),
                      STR_ARG(file));
}

/* `path` is the address that the file would have of its own: relative addresses start there. */
static void add_css(Bundler *bundler, Str path, Str text) {
    Str folder = str_from_offset(path_dir(path), sizeof "assets/" - 1);
    bool is_whole;
    css_add(bundler->out, text, str_join(&bundler->arena, folder, STR("/")), &is_whole);
    if (!is_whole) {
        diag_report(bundler->diag, SEVERITY_WARNING, "theme.css",
                    (Pos){shown(bundler, path), 0, 0, 0}, NULL,
                    "a bracket, string or comment of this style sheet does not match");
    }
}

/* Can a string go over the end of a line? It needs a backtick or a backslash for that. */
static bool has_long_strings(Str text) {
    Str line;
    while (str_next_line(&text, &line)) {
        line = str_trim(line);
        bool is_comment = str_starts_with(line, STR("//"));
        if (str_ends_with(line, STR("\\")) || (!is_comment && str_contains(line, STR("`")))) {
            return true;
        }
    }
    return false;
}

/* The line without its comment, where that certainly is one: behind nothing that could be a string
 * or a regular expression, and not the end of a longer one. */
static Str without_comment(Str line) {
    size_t at = str_find(line, STR("//"));
    Str code = str_slice(line, 0, at);
    bool is_kept = at == STR_NONE || str_contains(line, STR("*/")) ||
                   str_contains(line, STR("@license")) || str_contains(code, STR("\"")) ||
                   str_contains(code, STR("'")) || str_contains(code, STR("/"));
    return is_kept ? line : str_trim_right(code);
}

/* Without indentation and comments, as far as no more than a line has to be looked at. */
static void add_plain_js(Buf *out, Str text) {
    bool is_kept = has_long_strings(text);
    Str line;
    while (str_next_line(&text, &line)) {
        line = is_kept ? line : without_comment(str_trim(line));
        if (is_kept || line.len > 0) {
            buf_add(out, line);
            buf_add_char(out, '\n');
        }
    }
}

static void add_js(Bundler *bundler, Str path, Str text) {
    (void)path;
    buf_add_literal(bundler->out, "try{(function(){\n");
    add_plain_js(bundler->out, text);
    buf_add_literal(bundler->out, "})()}catch(e){setTimeout(function(){throw e})}\n");
}

static void add_file(void *context, const char *disk, Str path) {
    Bundler *bundler = context;
    Str text;
    if (!str_ends_with(path, bundler->ext)) {
        return;
    }
    if (fs_read(&bundler->arena, disk, MAX_FILE, &text)) {
        bundler->add(bundler, path, text);
    } else {
        diag_report(bundler->diag, SEVERITY_ERROR, "emit.read",
                    (Pos){shown(bundler, path), 0, 0, 0}, NULL, "cannot be read: %s",
                    strerror(errno));
    }
}

static void add_own(Bundler *bundler, Str path) {
    const char *disk = theme_find(bundler->theme, &bundler->arena, path, NULL);
    if (disk != NULL) {
        add_file(bundler, disk, path_join(&bundler->arena, STR("assets/theme"), path));
    }
}

static void add_all(Bundler *bundler, const Str *paths, const Hooks *hooks) {
    for (; paths->len > 0; paths++) {
        add_own(bundler, *paths);
    }
    if (bundler->add == add_css) {
        buf_add(bundler->out, bundler->theme->colors);
    }
    if (hooks->bundled != NULL) {
        hooks->bundled(hooks->context, add_file, bundler);
    }
    arena_release(&bundler->arena);
}

void bundle_add_css(const Theme *theme, const Hooks *hooks, Diag *diag, Buf *out) {
    Bundler bundler = {
        .theme = theme, .diag = diag, .out = out, .add = add_css, .ext = STR(".css")};
    add_all(&bundler, theme->css, hooks);
}

void bundle_add_js(const Theme *theme, const Hooks *hooks, Diag *diag, Buf *out) {
    Bundler bundler = {.theme = theme, .diag = diag, .out = out, .add = add_js, .ext = STR(".js")};
    add_all(&bundler, theme->js, hooks);
}

void bundle_add_script(const Theme *theme, Str path, Diag *diag, Buf *out) {
    Bundler bundler = {.theme = theme, .diag = diag, .out = out, .add = add_js, .ext = STR(".js")};
    add_own(&bundler, path);
    arena_release(&bundler.arena);
}
