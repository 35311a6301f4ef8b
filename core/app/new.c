/* SPDX-License-Identifier: MIT
 * new.c - quoin new: a spec from the template of its kind, or a plugin that works. */
#include "app/command.h"
#include "app/share.h"

#include "base/date.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/process.h"
#include "model/kind.h"

#include <errno.h>
#include <string.h>

#define MAX_TEMPLATE ((size_t)1024 * 1024)

static int complain(const char *path, const char *why) {
    fprintf(stderr, "quoin new: %s: %s\n", path, why);
    return EXIT_USAGE;
}

/* --- kinds ------------------------------------------------------------------------------------ */

/* The site's own kinds are beside the nearest quoin.yaml at or above the current folder. */
static Str site_root(Arena *arena) {
    Str here = fs_absolute(arena, ".");
    for (Str dir = here; dir.len > 1; dir = path_dir(dir)) {
        if (fs_kind(str_terminated(arena, path_join(arena, dir, STR("quoin.yaml")))) == FS_FILE) {
            return dir;
        }
    }
    return here;
}

static void load_kinds(Kinds *kinds, Arena *arena) {
    Str own = path_join(arena, site_root(arena), STR("templates"));
    const char *folders[] = {share_path(arena, "templates"), str_terminated(arena, own), NULL};
    Diag *diag = diag_new();
    kinds_load(kinds, arena, folders, diag);
    diag_print(diag, &(DiagPrint){.least = SEVERITY_WARNING}, stderr);
    diag_free(diag);
}

static int list_kinds(const Kinds *kinds) {
    for (size_t i = 0; i < kinds->count; i++) {
        const Kind *kind = &kinds->items[i];
        printf("%-16.*s " STR_FMT "%s" STR_FMT "\n", STR_ARG(kind->name), STR_ARG(kind->title),
               kind->description.len > 0 ? ": " : "", STR_ARG(kind->description));
    }
    printf("%-16s a plugin of this site, in plugins/NAME/\n", "plugin");
    return EXIT_CLEAN;
}

/* --- filling -----------------------------------------------------------------------------------
 */

typedef struct Filling {
    const char *name;
    Str value;
} Filling;

/* Replaces {{name}} for each filling; anything else stays as it is. */
static void fill(Str text, const Filling *fillings, size_t count, Buf *out) {
    for (size_t open; (open = str_find(text, STR("{{"))) != STR_NONE;) {
        size_t close = str_find(str_from_offset(text, open), STR("}}"));
        bool is_known = false;
        buf_add(out, str_slice(text, 0, open));
        text = str_from_offset(text, open);
        for (size_t i = 0; close != STR_NONE && i < count && !is_known; i++) {
            if (str_equal(str_trim(str_slice(text, 2, close)), str_from(fillings[i].name))) {
                buf_add(out, fillings[i].value);
                is_known = true;
            }
        }
        if (!is_known) {
            buf_add_literal(out, "{{");
        }
        text = str_from_offset(text, is_known ? close + 2 : 2);
    }
    buf_add(out, text);
}

static Str git_user(Arena *arena) {
    static const char *const COMMAND[] = {"git", "config", "user.name", NULL};
    Buf out = {0};
    ProcessResult result;
    Str name = STR_EMPTY;
    if (process_run(COMMAND, STR_EMPTY, 5, 4096, &out, NULL, &result) && result.exit_code == 0) {
        name = str_copy(arena, str_trim(buf_str(&out)));
    }
    buf_release(&out);
    return name;
}

/* Text inside a double-quoted YAML scalar. */
static Str yaml_escape(Arena *arena, Str text) {
    Buf out = {0};
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') {
            buf_add_char(&out, '\\');
        }
        buf_add_char(&out, text.data[i]);
    }
    Str result = str_copy(arena, buf_str(&out));
    buf_release(&out);
    return result;
}

/* --- numbers -----------------------------------------------------------------------------------
 */

#define MAX_DIGITS 9

static size_t digits_of(Str name) {
    size_t count = 0;
    while (count < name.len && name.data[count] >= '0' && name.data[count] <= '9') {
        count++;
    }
    return count;
}

static bool ends_a_word(Str name, size_t at) {
    return at == name.len || memchr("-_. ", name.data[at], 4) != NULL;
}

/* "2026-11-20-meeting" is dated, not numbered. */
static bool is_dated(Str name) {
    Date date;
    return name.len >= 10 && date_parse(str_slice(name, 0, 10), &date);
}

/* How many digits a name like "0007-use-lua.md" begins with; 0 for names without a number. */
static size_t number_len(Str name) {
    size_t count = digits_of(name);
    bool is_number = count > 0 && count <= MAX_DIGITS && ends_a_word(name, count);
    return is_number && !is_dated(name) ? count : 0;
}

static unsigned long number_value(Str name) {
    unsigned long value = 0;
    for (size_t i = 0, count = number_len(name); i < count; i++) {
        value = value * 10 + (unsigned long)(name.data[i] - '0');
    }
    return value;
}

/* Letters N that stand for a number: at least two at the start of a name, and nothing else. */
static size_t wanted_len(Str name) {
    size_t count = 0;
    while (count < name.len && name.data[count] == 'N') {
        count++;
    }
    return count >= 2 && ends_a_word(name, count) ? count : 0;
}

static bool skip_below(void *context, Str path, FsKind kind) {
    (void)context, (void)kind;
    return str_find_char(path, '/') != STR_NONE;
}

/* The number after the highest in a folder, padded like the numbers there; in a folder without
 * numbers it is 1, `width` digits wide. */
static Str next_number(Arena *arena, Str folder, size_t width) {
    FsEntries entries = {0};
    unsigned long highest = 0;
    size_t padded = 0, count = 0;
    const char *root = folder.len > 0 ? str_terminated(arena, folder) : ".";
    if (fs_kind(root) == FS_DIR && fs_walk(arena, root, skip_below, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            Str name = entries.items[i].path;
            size_t len = number_len(name);
            unsigned long value = number_value(name);
            count += len > 0;
            highest = value > highest ? value : highest;
            padded = len > padded && name.data[0] == '0' ? len : padded;
        }
    }
    vec_release(&entries);
    return str_format(arena, "%0*lu", (int)(count > 0 ? padded : width), highest + 1);
}

/* The number of a new page. A part NNNN of its path becomes the next free number; without one, the
 * number is that of the file, else that of its folder, else the next free one in the folder. */
static Str number_path(Arena *arena, Str *path) {
    Str done = STR_EMPTY, rest = *path, dir = path_dir(*path), number = STR_EMPTY;
    while (number.len == 0 && rest.len > 0) {
        size_t slash = str_find_char(rest, '/');
        Str part = str_slice(rest, 0, slash == STR_NONE ? rest.len : slash);
        size_t len = wanted_len(part);
        if (len > 0) {
            number = next_number(arena, done, len);
            *path = str_format(arena, STR_FMT "%s" STR_FMT STR_FMT, STR_ARG(done),
                               done.len > 0 && !str_equal(done, STR("/")) ? "/" : "",
                               STR_ARG(number), STR_ARG(str_from_offset(rest, len)));
        }
        done = done.len == 0 && part.len == 0 ? STR("/") : path_join(arena, done, part);
        rest = slash == STR_NONE ? STR_EMPTY : str_from_offset(rest, slash + 1);
    }
    Str names[] = {path_base(*path), path_base(dir)};
    for (size_t i = 0; i < 2 && number.len == 0; i++) {
        number = str_slice(names[i], 0, number_len(names[i]));
    }
    return number.len > 0 ? number : next_number(arena, dir, 4);
}

/* From the file's name without its number; a name that says only what it is (README, plan) leaves
 * the title to the folder. */
static Str title_of(Arena *arena, const Kind *kind, Str path) {
    Str name = path_stem(path_base(path)), folder = path_base(path_dir(path));
    bool says_nothing = str_equal_ignoring_case(name, STR("readme")) ||
                        str_equal_ignoring_case(name, STR("index")) ||
                        str_equal_ignoring_case(name, kind->name);
    name = says_nothing && folder.len > 0 ? folder : name;
    size_t len = number_len(name);
    name = len > 0 && len + 1 < name.len ? str_from_offset(name, len + 1) : name;
    return yaml_escape(arena, path_readable(arena, name));
}

static bool write_new(Arena *arena, const char *path, Str bytes) {
    Str dir = path_dir(str_from(path));
    if (fs_kind(path) != FS_NONE) {
        complain(path, "is there already; nothing was written");
        return false;
    }
    if ((dir.len > 0 && !fs_make_dirs(str_terminated(arena, dir))) || !fs_write(path, bytes)) {
        complain(path, strerror(errno));
        return false;
    }
    printf("%s\n", path);
    return true;
}

static int new_spec(Arena *arena, const Kind *kind, const char *given) {
    Str path = str_from(given), source, date;
    Str ext = path_ext(path);
    if (path_base(path).len == 0) {
        return complain(given, "the name of a file is missing");
    }
    if (ext.len == 0) {
        path = str_join(arena, path, STR(".md"));
    }
    Str number = number_path(arena, &path);
    char *page = str_terminated(arena, path_join(arena, str_from(kind->folder), STR("page.md")));
    if (!fs_read(arena, page, MAX_TEMPLATE, &source)) {
        return complain(page, strerror(errno));
    }
    Date today = date_today();
    date = str_format(arena, "%04d-%02d-%02d", today.year, today.month, today.day);
    Filling fillings[] = {{"title", title_of(arena, kind, path)},
                          {"number", number},
                          {"date", date},
                          {"owner", yaml_escape(arena, git_user(arena))}};
    Buf out = {0};
    fill(source, fillings, sizeof fillings / sizeof *fillings, &out);
    bool is_written = write_new(arena, str_terminated(arena, path), buf_str(&out));
    buf_release(&out);
    return is_written ? EXIT_CLEAN : EXIT_USAGE;
}

/* --- plugins ------------------------------------------------------------------------------------
 */

static const struct {
    const char *path, *text;
} PLUGIN_FILES[] = {
    {"init.lua", "-- Lists the pages that have no summary. Replace it by what you need.\n"
                 "return {\n"
                 "  name = \"{{name}}\",\n"
                 "  api = 1,\n"
                 "  options = {\n"
                 "    title = { type = \"string\", default = \"Pages without a summary\", help = "
                 "\"Title of the page.\" },\n"
                 "  },\n"
                 "  pages = function(site, add, opt)\n"
                 "    local lines = {}\n"
                 "    for _, page in ipairs(site.pages) do\n"
                 "      if not page.is_generated and page.summary == \"\" then\n"
                 "        lines[#lines + 1] = (\"- [%s](/%s)\"):format(page.title, page.path)\n"
                 "      end\n"
                 "    end\n"
                 "    if #lines == 0 then lines[1] = \"Every page has one.\" end\n"
                 "    add { path = \"{{name}}.md\", title = opt.title, markdown = "
                 "table.concat(lines, \"\\n\") }\n"
                 "  end,\n"
                 "}\n"},
    {"README.md", "# {{name}}\n\nReads: all pages. Makes: the page `{{name}}.html`.\n\n"
                  "| Option | Default | Meaning |\n| --- | --- | --- |\n"
                  "| `title` | Pages without a summary | Title of the page. |\n"},
    {"tests/{{name}}.case",
     "A page without text is listed.\n\n"
     "=== file quoin.yaml\nplugins:\n  {{name}}: true\n"
     "=== file index.md\n# Home\n\nSome text.\n"
     "=== file team/empty.md\n# Empty\n"
     "=== run\nquoin build -q\n"
     "=== exit 0\n"
     "=== read _site/{{name}}.html contains\n<a href=\"team/empty.html\">Empty</a>\n"},
};

static bool is_name(Str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '_')))) {
            return false;
        }
    }
    return name.len > 0 && name.len <= 40;
}

static int new_plugin(Arena *arena, const char *name) {
    Filling filling = {"name", str_from(name)};
    int code = EXIT_CLEAN;
    if (!is_name(filling.value)) {
        return complain(name, "a plugin's name is made of a-z, 0-9 and _");
    }
    for (size_t i = 0; i < sizeof PLUGIN_FILES / sizeof *PLUGIN_FILES && code == EXIT_CLEAN; i++) {
        Buf path = {0}, text = {0};
        buf_add_format(&path, "plugins/%s/", name);
        fill(str_from(PLUGIN_FILES[i].path), &filling, 1, &path);
        fill(str_from(PLUGIN_FILES[i].text), &filling, 1, &text);
        if (!write_new(arena, str_terminated(arena, buf_str(&path)), buf_str(&text))) {
            code = EXIT_USAGE;
        }
        buf_release(&path);
        buf_release(&text);
    }
    if (code == EXIT_CLEAN) {
        printf("Switch it on in quoin.yaml:\n  plugins:\n    %s: true\n"
               "Test it: quoin test plugins/%s\n",
               name, name);
    }
    return code;
}

static int unknown_kind(Arena *arena, const Kinds *kinds, const char *name) {
    Str *names = arena_array(arena, Str, kinds->count + 1);
    for (size_t i = 0; i < kinds->count; i++) {
        names[i] = kinds->items[i].name;
    }
    names[kinds->count] = STR("plugin");
    Str near = str_nearest(str_from(name), names, kinds->count + 1);
    fprintf(stderr, "quoin new: there is no kind `%s`\n  hint: ", name);
    if (near.len > 0) {
        fprintf(stderr, "did you mean `" STR_FMT "`?\n", STR_ARG(near));
    } else {
        fprintf(stderr, "`quoin new --list` shows what there is\n");
    }
    return EXIT_USAGE;
}

int command_new(const Options *options) {
    Arena arena = {0};
    Kinds kinds;
    int code;
    load_kinds(&kinds, &arena);
    if (options->list) {
        code = list_kinds(&kinds);
    } else if (strcmp(options->arguments[0], "plugin") == 0) {
        code = new_plugin(&arena, options->arguments[1]);
    } else {
        const Kind *kind = kinds_find(&kinds, str_from(options->arguments[0]));
        code = kind != NULL ? new_spec(&arena, kind, options->arguments[1])
                            : unknown_kind(&arena, &kinds, options->arguments[0]);
    }
    arena_release(&arena);
    return code;
}
