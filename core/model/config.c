/* SPDX-License-Identifier: MIT
 * config.c - reads quoin.yaml and checks it against the table of keys; also checks the options of
 * plugins and themes, whose schemas are data. */
#include "model/config.h"

#include "base/date.h"
#include "base/fs.h"
#include "base/path.h"
#include "model/repository.h"
#include "text/yaml.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

static const ConfigKey KEYS[] = {
    {"title", CONFIG_TEXT, "", "", "Title of the portal. Default: the home page's title."},
    {"description", CONFIG_TEXT, "", "", "One sentence for search engines and previews."},
    {"language", CONFIG_TEXT, "en", "", "Language of the text (BCP 47), e.g. en, de, pt-BR."},
    {"url", CONFIG_TEXT, "", "",
     "Address of the published portal, e.g. https://team.github.io/specs/. Needed for the links of "
     "the 404 page, and for the sitemap and the canonical addresses of pages; everything else is "
     "relative. Default for the 404 page: where GitHub Pages puts the repository."},
    {"repository", CONFIG_TEXT, "", "",
     "Web address of the repository. Full links to its own files become local links. Default: the "
     "git remote \"origin\"."},
    {"branch", CONFIG_TEXT, "main", "", "Branch for links to the repository."},
    {"content", CONFIG_TEXT, ".", "", "Folder with the Markdown files, relative to quoin.yaml."},
    {"exclude", CONFIG_TEXT_LIST, "", "",
     "Globs of site paths that are not content, e.g. drafts/** or **/CHANGELOG.md."},
    {"assets", CONFIG_TEXT_LIST, "", "",
     "Folders whose files are always copied. Files that a page refers to are copied anyway."},
    {"html", CONFIG_CHOICE, "sanitised", "sanitised|trusted",
     "What happens to raw HTML in Markdown: sanitised by an allow-list like GitHub's, or written "
     "as "
     "it is."},
    {"drafts", CONFIG_BOOL, "false", "", "Build pages with `draft: true` too (--drafts)."},
    {"strict", CONFIG_BOOL, "false", "", "Treat warnings as errors (--strict)."},
    {"nav", CONFIG_NAV, "", "",
     "Site paths of pages and folders that come first among their siblings, in this order; "
     "`Title: path` also gives a title."},
    {"projects.*.title", CONFIG_TEXT, "", "", "Title of the project. Default: its index page's."},
    {"projects.*.owner", CONFIG_TEXT, "", "", "Who answers for the project."},
    {"projects.*.status", CONFIG_TEXT, "", "", "Status of the project, e.g. Active."},
    {"projects.*.description", CONFIG_TEXT, "", "", "One sentence for the project's card."},
    {"projects.*.order", CONFIG_INT, "0", "", "Place among the projects; smaller comes first."},
    {"kinds", CONFIG_MAP, "", "",
     "Kinds of pages whose front matter names none: a glob of site paths, or a list of them, by "
     "kind, e.g. decision: adr/*.md."},
    {"metadata.sidecar", CONFIG_TEXT_LIST, "", "",
     "Names of YAML files with metadata for the page beside them (the folder's index page), e.g. "
     "kep.yaml; or `*.yaml` for a file with the page's own name."},
    {"theme.name", CONFIG_TEXT, "default", "", "Name of a theme: the site's own or a shipped one."},
    {"theme.options", CONFIG_MAP, "", "", "Options of the theme; see its theme.yaml."},
    {"plugins", CONFIG_MAP, "", "",
     "Plugins by name: true, false, or a map of options. Those that come with Quoin are on unless "
     "false."},
    {"search", CONFIG_BOOL, "true", "",
     "Write the index of the portal's search. `search: false` in the front matter of a page leaves "
     "that page out."},
    {"print", CONFIG_BOOL, "true", "",
     "Make print.html in each project: all its pages as one document, for paper and for sign-off. "
     "Not for projects of more than 100 pages."},
    {"records_json", CONFIG_CHOICE, "auto", "auto|true|false",
     "Write records.json: every record of the portal, for other programs. auto: unless there are "
     "more than 100,000."},
    {"previews", CONFIG_BOOL, "true", "",
     "Write a small file of data beside each page, which links to it show when they are pointed "
     "at."},
    {"markdown", CONFIG_BOOL, "true", "",
     "Write the text of each page as Markdown beside it, for language models and other programs. "
     "Comments and front matter that the portal does not show are left out."},
    {"llms", CONFIG_BOOL, "true", "",
     "Write llms.txt: all pages with a line about each, for language models."},
    {"feed", CONFIG_BOOL, "true", "",
     "Write feed.xml (Atom): the 50 specs that changed last, by git or by the date in their text."},
    {"sitemap", CONFIG_BOOL, "true", "", "Write sitemap.xml. Needs `url`."},
    {"robots", CONFIG_BOOL, "true", "",
     "Write a robots.txt that names the sitemap, unless the content has one. Needs `url`."},
    {"git", CONFIG_BOOL, "true", "",
     "Take the day of the last change and the authors of each page from git, where there is one."},
    {"allow_programs", CONFIG_TEXT_LIST, "dot", "", "Programs that plugins may run."},
    {"severity", CONFIG_MAP, "", "",
     "Severity (off, info, warning, error) of a diagnostic code or a whole area, e.g. "
     "link.broken: warning."},
    {"limits.hook_seconds", CONFIG_INT, "10", "", "Seconds that a plugin may work on one page."},
    {"limits.plugin_memory_mb", CONFIG_INT, "256", "", "Memory of one plugin in MiB."},
    {NULL, CONFIG_TEXT, NULL, NULL, NULL},
};

const ConfigKey *config_keys(void) {
    return KEYS;
}

/* How a path relates to a key of the table: the key itself, a group above it, or neither. */
typedef enum KeyMatch { MATCH_NONE, MATCH_GROUP, MATCH_KEY } KeyMatch;

static KeyMatch match_key(Str pattern, Str path) {
    for (;;) {
        Str want, got;
        bool more_pattern = str_cut(pattern, '.', &want, &pattern);
        bool more_path = str_cut(path, '.', &got, &path);
        if (!str_equal(want, STR("*")) && !str_equal(want, got)) {
            return MATCH_NONE;
        }
        if (!more_path) {
            return more_pattern ? MATCH_GROUP : MATCH_KEY;
        }
        if (!more_pattern) {
            return MATCH_NONE;
        }
    }
}

static KeyMatch find_key(Str path, const ConfigKey **out) {
    KeyMatch best = MATCH_NONE;
    for (const ConfigKey *key = KEYS; key->path != NULL; key++) {
        KeyMatch match = match_key(str_from(key->path), path);
        if (match > best) {
            best = match;
            *out = key;
        }
    }
    return best;
}

Pos config_pos(const Config *config, const Value *value) {
    return (Pos){config->file, value ? value->line : 0, value ? value->column : 0, 0};
}

/* --- types ------------------------------------------------------------------------------- */

static bool is_scalar(const Value *value) {
    return value->type != VALUE_LIST && value->type != VALUE_MAP && value->type != VALUE_NULL;
}

/* YAML 1.1 wrote booleans in many ways; where a boolean is wanted, they are still understood. */
bool config_parse_bool(const Value *value, bool *out) {
    static const struct {
        const char *word;
        bool boolean;
    } WORDS[] = {{"yes", true}, {"on", true},   {"true", true},
                 {"no", false}, {"off", false}, {"false", false}};
    if (value == NULL) {
        return false;
    }
    if (value->type == VALUE_BOOL) {
        *out = value->boolean;
        return true;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (value->type == VALUE_TEXT && !value->quoted &&
            str_equal_ignoring_case(value->text, str_from(WORDS[i].word))) {
            *out = WORDS[i].boolean;
            return true;
        }
    }
    return false;
}

static bool has_choice(const char *choices, Str word) {
    Str rest = str_from(choices), choice;
    for (bool more = true; more;) {
        more = str_cut(rest, '|', &choice, &rest);
        if (str_equal(choice, word)) {
            return true;
        }
    }
    return false;
}

static bool is_text_list(const Value *value) {
    if (value->type != VALUE_LIST) {
        return is_scalar(value);
    }
    for (size_t i = 0; i < value->count; i++) {
        if (!is_scalar(value->items[i])) {
            return false;
        }
    }
    return true;
}

/* NULL when the value fits, else what was wanted. */
const char *config_type_problem(const ConfigKey *key, const Value *value) {
    bool boolean;
    switch (key->type) {
    case CONFIG_TEXT:
        return is_scalar(value) ? NULL : "text";
    case CONFIG_BOOL:
        return config_parse_bool(value, &boolean) ? NULL : "true or false";
    case CONFIG_INT:
        return value->type == VALUE_INT ? NULL : "a whole number";
    case CONFIG_CHOICE:
        return is_scalar(value) && has_choice(key->choices, value->text) ? NULL : key->choices;
    case CONFIG_TEXT_LIST:
        return is_text_list(value) ? NULL : "a list of texts";
    case CONFIG_MAP:
        return value->type == VALUE_MAP ? NULL : "a map";
    case CONFIG_NAV:
        return value->type == VALUE_LIST ? NULL : "a list of paths";
    }
    return NULL;
}

/* --- validation -------------------------------------------------------------------------- */

typedef struct Check {
    Arena *arena;
    const Config *config;
    Diag *diag;
    bool is_good;
} Check;

static Str suggest_key(Check *check, Str prefix, Str name) {
    VEC(Str) names = {0};
    for (const ConfigKey *key = KEYS; key->path != NULL; key++) {
        Str rest = str_from(key->path), parent = prefix, part, want;
        bool fits = true;
        while (parent.len > 0 && fits) {
            str_cut(rest, '.', &part, &rest);
            str_cut(parent, '.', &want, &parent);
            fits = str_equal(part, want) || str_equal(part, STR("*"));
        }
        if (fits && rest.len > 0) {
            str_cut(rest, '.', &part, &rest);
            vec_push(&names, part);
        }
    }
    Str near = str_copy(check->arena, str_nearest(name, names.items, names.count));
    vec_release(&names);
    return near;
}

static void report_unknown(Check *check, Str prefix, const ValueEntry *entry) {
    Str near = suggest_key(check, prefix, entry->key);
    Str hint = near.len > 0 ? str_format(check->arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                            : STR("`quoin help config` lists all keys");
    Pos pos = {check->config->file, entry->line, entry->column, (uint32_t)entry->key.len};
    diag_report(check->diag, SEVERITY_ERROR, "config.unknown-key", pos,
                str_terminated(check->arena, hint), "there is no key `" STR_FMT "`%s" STR_FMT,
                STR_ARG(entry->key), prefix.len > 0 ? " in " : "", STR_ARG(prefix));
    check->is_good = false;
}

static void report_type(Check *check, Str path, const Value *value, const char *wanted) {
    diag_report(check->diag, SEVERITY_ERROR, "config.type", config_pos(check->config, value), NULL,
                "`" STR_FMT "` wants %s", STR_ARG(path), wanted);
    check->is_good = false;
}

/* The path of a key in the table. A name of the user's own with a dot, a folder `v1.2`, is `*`. */
static Str path_below(Check *check, Str prefix, Str name) {
    const ConfigKey *key = NULL;
    if (prefix.len == 0) {
        return name;
    }
    Str any = str_format(check->arena, STR_FMT ".*", STR_ARG(prefix));
    if (str_contains(name, STR(".")) && find_key(any, &key) != MATCH_NONE) {
        return any;
    }
    return str_format(check->arena, STR_FMT "." STR_FMT, STR_ARG(prefix), STR_ARG(name));
}

static void check_map(Check *check, Str prefix, const Value *map) {
    for (size_t i = 0; i < map->count; i++) {
        const ValueEntry *entry = &map->entries[i];
        Str path = path_below(check, prefix, entry->key);
        bool is_dotted = str_contains(entry->key, STR(".")) && !str_ends_with(path, STR(".*"));
        const ConfigKey *key = NULL;
        KeyMatch match = is_dotted ? MATCH_NONE : find_key(path, &key);
        if (match == MATCH_NONE) {
            report_unknown(check, prefix, entry);
        } else if (entry->value->type == VALUE_NULL) {
            continue; /* a key with nothing behind it keeps its default */
        } else if (match == MATCH_KEY) {
            const char *wanted = config_type_problem(key, entry->value);
            if (wanted != NULL) {
                report_type(check, path, entry->value, wanted);
            }
        } else if (entry->value->type == VALUE_MAP) {
            check_map(check, path, entry->value);
        } else if (!is_scalar(entry->value) ||
                   find_key(str_format(check->arena, STR_FMT ".name", STR_ARG(path)), &key) !=
                       MATCH_KEY) {
            report_type(check, path, entry->value, "a map");
        }
    }
}

static void apply_severities(const Config *config, Diag *diag, Check *check) {
    const Value *map = config_value(config, "severity");
    for (size_t i = 0; map != NULL && i < map->count; i++) {
        Severity severity;
        /* `off` is a YAML 1.1 boolean; as text it is what it says. */
        if (severity_parse(value_as_text(map->entries[i].value), &severity)) {
            diag_set_severity(diag, map->entries[i].key, severity);
        } else {
            report_type(check, STR("severity"), map->entries[i].value,
                        "off, info, warning or error");
        }
    }
}

/* --- reading ----------------------------------------------------------------------------- */

const Value *config_value(const Config *config, const char *path) {
    Str parent, name = str_from(path);
    const Value *value = value_path(config->tree, name);
    size_t dot = str_find_last_char(name, '.');
    if (value == NULL && dot != STR_NONE && str_ends_with(name, STR(".name"))) {
        parent = str_slice(name, 0, dot); /* `theme: x` is short for `theme: {name: x}` */
        value = value_path(config->tree, parent);
        value = value != NULL && is_scalar(value) ? value : NULL;
    }
    return value != NULL && value->type == VALUE_NULL ? NULL : value;
}

static const ConfigKey *known_key(const char *path) {
    const ConfigKey *key = NULL;
    KeyMatch match = find_key(str_from(path), &key);
    assert(match == MATCH_KEY && "the key must be in the table");
    (void)match;
    return key;
}

Str config_text(const Config *config, const char *path) {
    const ConfigKey *key = known_key(path);
    const Value *value = config_value(config, path);
    return value != NULL && is_scalar(value) ? value->text : str_from(key->fallback);
}

int64_t config_int(const Config *config, const char *path) {
    const ConfigKey *key = known_key(path);
    int64_t fallback = 0;
    str_to_int(str_from(key->fallback), &fallback);
    return value_as_int(config_value(config, path), fallback);
}

bool config_bool(const Config *config, const char *path) {
    const ConfigKey *key = known_key(path);
    const Value *value = config_value(config, path);
    bool boolean = strcmp(key->fallback, "true") == 0;
    if (value != NULL) {
        config_parse_bool(value, &boolean);
    }
    return boolean;
}

size_t config_list(const Config *config, const char *path, const Str **items) {
    const ConfigKey *key = known_key(path);
    const Value *value = config_value(config, path);
    Arena *arena = config->arena;
    if (value == NULL) {
        Str *one = arena_new(arena, Str);
        *one = str_from(key->fallback);
        *items = one;
        return one->len > 0 ? 1 : 0;
    }
    size_t count = value->type == VALUE_LIST ? value->count : 1;
    Str *list = arena_array(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        list[i] = value_as_text(value->type == VALUE_LIST ? value->items[i] : value);
    }
    *items = list;
    return count;
}

Str config_kind(const Config *config, Str path) {
    const Value *kinds = config_value(config, "kinds");
    for (size_t i = 0; kinds != NULL && i < kinds->count; i++) {
        const Value *globs = kinds->entries[i].value;
        size_t count = globs->type == VALUE_LIST ? globs->count : 1;
        for (size_t j = 0; j < count; j++) {
            const Value *glob = globs->type == VALUE_LIST ? globs->items[j] : globs;
            if (path_matches(value_as_text(glob), path)) {
                return kinds->entries[i].key;
            }
        }
    }
    return STR_EMPTY;
}

static bool load_tree(Config *config, Arena *arena, Diag *diag) {
    Str text;
    char *path = str_terminated(arena, path_join(arena, config->root, STR("quoin.yaml")));
    config->tree = value_map(arena);
    if (fs_kind(path) == FS_NONE) {
        return true;
    }
    config->file = STR("quoin.yaml");
    if (!fs_read(arena, path, YAML_MAX_FILE, &text)) {
        diag_report(diag, SEVERITY_ERROR, "config.unreadable", (Pos){config->file, 0, 0, 0}, NULL,
                    "cannot be read: %s", strerror(errno));
        return false;
    }
    Value *tree = yaml_parse(arena, config->file, text, 1, YAML_MAX_FILE, diag);
    if (tree == NULL) {
        return false;
    }
    if (tree->type == VALUE_NULL) {
        return true;
    }
    if (tree->type != VALUE_MAP) {
        diag_report(diag, SEVERITY_ERROR, "config.type", config_pos(config, tree),
                    "start with a line like `title: Our specs`", "the file must be a map of keys");
        return false;
    }
    config->tree = tree;
    return true;
}

static bool refuse_content(const Config *config, Diag *diag, Str why) {
    Pos pos = config_pos(config, config_value(config, "content"));
    diag_report(diag, SEVERITY_ERROR, "config.content", pos, NULL, STR_FMT, STR_ARG(why));
    return false;
}

static bool find_content(Config *config, Arena *arena, Diag *diag) {
    Str given = config_text(config, "content");
    bool escapes = false;
    Str content = path_normalise(arena, given, &escapes);
    char *disk = str_terminated(arena, path_join(arena, config->root, content));
    if (escapes || str_starts_with(content, STR("/"))) {
        return refuse_content(config, diag,
                              STR("`content` must be a folder inside the site's folder"));
    }
    if (fs_kind(disk) != FS_DIR) {
        return refuse_content(
            config, diag, str_format(arena, "there is no folder `" STR_FMT "`", STR_ARG(given)));
    }
    if (!fs_is_inside(disk, config->root)) {
        return refuse_content(
            config, diag, STR("`content` is a symbolic link that leads out of the site's folder"));
    }
    config->content = content;
    config->content_root = fs_absolute(arena, disk);
    return true;
}

/* Where GitHub Pages publishes a repository: https://owner.github.io/name/. */
static Str pages_url(Arena *arena, Str repository) {
    Str prefix = STR("https://github.com/"), owner, name;
    if (!str_starts_with(repository, prefix) ||
        !str_cut(str_from_offset(repository, prefix.len), '/', &owner, &name)) {
        return STR_EMPTY;
    }
    Str host = str_format(arena, STR_FMT ".github.io", STR_ARG(owner));
    return str_equal_ignoring_case(name, host)
               ? str_format(arena, "https://" STR_FMT "/", STR_ARG(host))
               : str_format(arena, "https://" STR_FMT "/" STR_FMT "/", STR_ARG(host),
                            STR_ARG(name));
}

/* Folders of `assets:` that are no folders of the content are slips. */
static void check_assets(const Config *config, Arena *arena, Diag *diag) {
    const Value *value = config_value(config, "assets");
    const Str *folders;
    size_t count = value == NULL ? 0 : config_list(config, "assets", &folders);
    for (size_t i = 0; i < count; i++) {
        bool escapes;
        Str folder = path_normalise(arena, folders[i], &escapes);
        char *disk = str_terminated(arena, path_join(arena, config->content_root, folder));
        if (escapes || str_starts_with(folder, STR("/")) || fs_kind(disk) != FS_DIR) {
            diag_report(diag, SEVERITY_WARNING, "config.assets",
                        config_pos(config, value->type == VALUE_LIST ? value->items[i] : value),
                        "a folder inside the content folder", "there is no folder `" STR_FMT "`",
                        STR_ARG(folders[i]));
        }
    }
}

/* Other schemes would make links that run scripts. */
static void check_url(const Config *config, Diag *diag) {
    Str url = config_text(config, "url");
    if (url.len > 0 && !str_starts_with(url, STR("https://")) &&
        !str_starts_with(url, STR("http://"))) {
        diag_report(diag, SEVERITY_ERROR, "config.type",
                    config_pos(config, config_value(config, "url")), NULL,
                    "`url` wants an address that starts with https://");
    }
}

static void fill_fields(Config *config, const ConfigOptions *options, Arena *arena) {
    Str origin = STR_EMPTY, url;
    if (!repository_find(arena, config->content_root, &config->repository_prefix, &origin)) {
        config->repository_prefix = config->content; /* the site's folder is all we know of */
    }
    config->title = config_text(config, "title");
    config->description = config_text(config, "description");
    config->language = config_text(config, "language");
    config->url = config_text(config, "url");
    bool has_slash = config->url.len == 0 || str_ends_with(config->url, STR("/"));
    config->base_url = has_slash ? config->url : str_join(arena, config->url, STR("/"));
    config->branch = config_text(config, "branch");
    url = config_text(config, "repository");
    config->repository = url.len > 0 ? repository_web_url(arena, url) : origin;
    if (config->url.len == 0) {
        config->url = pages_url(arena, config->repository);
    }
    Date today = date_today();
    config->today = str_format(arena, "%04d-%02d-%02d", today.year, today.month, today.day);
    config->trusted_html = str_equal(config_text(config, "html"), STR("trusted"));
    config->previews = config_bool(config, "previews");
    config->markdown = config_bool(config, "markdown");
    config->drafts = options->drafts || config_bool(config, "drafts");
    config->strict = options->strict || config_bool(config, "strict");
}

Config *config_load(Arena *arena, const ConfigOptions *options, Diag *diag) {
    Config *config = arena_new(arena, Config);
    config->arena = arena;
    config->root = fs_absolute(arena, options->dir);
    if (fs_kind(options->dir) != FS_DIR || config->root.len == 0) {
        diag_report(diag, SEVERITY_ERROR, "config.folder", (Pos){0}, NULL, "`%s` is not a folder",
                    options->dir);
        return NULL;
    }
    if (!load_tree(config, arena, diag)) {
        return NULL;
    }
    Check check = {arena, config, diag, true};
    check_map(&check, STR_EMPTY, config->tree);
    if (!check.is_good || !find_content(config, arena, diag)) {
        return NULL;
    }
    apply_severities(config, diag, &check);
    check_assets(config, arena, diag);
    check_url(config, diag);
    fill_fields(config, options, arena);
    return check.is_good ? config : NULL;
}
