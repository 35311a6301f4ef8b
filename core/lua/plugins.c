/* SPDX-License-Identifier: MIT
 * plugins.c - which plugins a site uses and where they are: the default list, then what quoin.yaml
 * switches on, each from the site's own plugins/ folder or else from the shipped one. */
#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"
#include "lua/state.h"

/* What is on unless quoin.yaml says `false`, in the order of its hooks: what makes records stands
 * before what gathers them. */
static const char *const DEFAULTS[] = {
    "crosslinks",   "progress",     "diagrams",     "highlight", "fields",    "questions",
    "requirements", "risks",        "endpoints",    "elements",  "decisions", "governance",
    "glossary",     "traceability", "completeness", "registers", "math",      NULL};

typedef VEC(Plugin) Plugins;

static bool is_name(Str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
            return false;
        }
    }
    return name.len > 0;
}

static Str own_folder(PluginHost *host) {
    return path_join(&host->arena, host->options.config->root, STR("plugins"));
}

static bool has_init(Arena *arena, Str folder, Str name, Str *out) {
    *out = path_join(arena, folder, name);
    return fs_kind(str_terminated(arena, path_join(arena, *out, STR("init.lua")))) == FS_FILE;
}

/* False when there is no such plugin. */
static bool locate(PluginHost *host, Str name, Plugin *plugin) {
    Arena *arena = &host->arena;
    Str folder, shown = str_format(arena, "plugins/" STR_FMT, STR_ARG(name));
    if (!is_name(name)) {
        return false;
    }
    bool is_own = has_init(arena, own_folder(host), name, &folder);
    if (!is_own && !has_init(arena, str_from(host->options.shipped), name, &folder)) {
        return false;
    }
    const char *overlay = str_terminated(arena, path_join(arena, own_folder(host), name));
    overlay = fs_kind(overlay) == FS_DIR ? overlay : NULL;
    *plugin = (Plugin){.name = str_copy(arena, name),
                       .name_text = str_terminated(arena, name),
                       .folder = str_terminated(arena, folder),
                       .shown = shown,
                       .is_own = is_own,
                       .overlay = is_own ? NULL : overlay,
                       .config_file = host->options.config->file};
    return true;
}

static bool skip_deeper(void *context, Str path, FsKind kind) {
    (void)context;
    return kind != FS_DIR || str_find_char(path, '/') != STR_NONE;
}

/* Names of the plugins in `folder`, sorted. */
static void list_folder(Arena *arena, Str folder, FsEntries *out) {
    FsEntries all = {0};
    Str path;
    if (fs_kind(str_terminated(arena, folder)) == FS_DIR &&
        fs_walk(arena, str_terminated(arena, folder), skip_deeper, NULL, &all)) {
        for (size_t i = 0; i < all.count; i++) {
            if (has_init(arena, folder, all.items[i].path, &path)) {
                vec_push(out, all.items[i]);
            }
        }
    }
    vec_release(&all);
}

static Str nearest_plugin(PluginHost *host, Str name) {
    FsEntries entries = {0};
    list_folder(&host->arena, own_folder(host), &entries);
    list_folder(&host->arena, str_from(host->options.shipped), &entries);
    Str *names = arena_array(&host->arena, Str, entries.count);
    for (size_t i = 0; i < entries.count; i++) {
        names[i] = entries.items[i].path;
    }
    Str near = str_nearest(name, names, entries.count);
    vec_release(&entries);
    return near;
}

static void report_unknown(PluginHost *host, Str name, Pos pos) {
    Str near = nearest_plugin(host, name);
    Str hint = near.len > 0 ? str_format(&host->arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                            : STR("a plugin is a folder plugins/<name>/ with an init.lua");
    diag_report(host->options.diag, SEVERITY_ERROR, "plugin.unknown", pos,
                str_terminated(&host->arena, hint), "there is no plugin `" STR_FMT "`",
                STR_ARG(name));
}

/* Is it switched on? `options` gets its map, if any. */
static bool is_on(PluginHost *host, const ValueEntry *entry, const Value **options) {
    const Value *value = entry->value;
    *options = value->type == VALUE_MAP ? value : NULL;
    if (value->type != VALUE_MAP && value->type != VALUE_BOOL && value->type != VALUE_NULL) {
        diag_report(host->options.diag, SEVERITY_ERROR, "config.type",
                    config_pos(host->options.config, value), NULL,
                    "`plugins." STR_FMT "` wants true, false or a map of options",
                    STR_ARG(entry->key));
        return false;
    }
    return value->type != VALUE_BOOL || value->boolean;
}

static const ValueEntry *find_entry(const Value *map, Str name) {
    for (size_t i = 0; map != NULL && map->type == VALUE_MAP && i < map->count; i++) {
        if (str_equal(map->entries[i].key, name)) {
            return &map->entries[i];
        }
    }
    return NULL;
}

static bool is_default(Str name) {
    for (size_t i = 0; DEFAULTS[i] != NULL; i++) {
        if (str_equal(name, str_from(DEFAULTS[i]))) {
            return true;
        }
    }
    return false;
}

/* `entry` is NULL for a plugin of the default list that quoin.yaml does not mention. */
static void add(PluginHost *host, Plugins *list, Str name, const ValueEntry *entry) {
    Plugin plugin;
    const Value *options = NULL;
    Pos pos = {0};
    if (entry != NULL) {
        pos =
            (Pos){host->options.config->file, entry->line, entry->column, (uint32_t)entry->key.len};
        if (!is_on(host, entry, &options)) {
            return;
        }
    }
    if (locate(host, name, &plugin)) {
        plugin.given = options;
        plugin.pos = pos;
        vec_push(list, plugin);
    } else if (entry != NULL) {
        report_unknown(host, name, pos);
    }
}

static void report_unused(PluginHost *host, const Value *map) {
    FsEntries entries = {0};
    Arena *arena = &host->arena;
    bool is_shipped = str_equal(fs_absolute(arena, str_terminated(arena, own_folder(host))),
                                fs_absolute(arena, host->options.shipped));
    list_folder(arena, own_folder(host), &entries);
    for (size_t i = 0; i < entries.count && !is_shipped; i++) {
        Str name = entries.items[i].path;
        if (find_entry(map, name) != NULL || is_default(name)) {
            continue;
        }
        Str file = str_format(arena, "plugins/" STR_FMT "/init.lua", STR_ARG(name));
        diag_report(host->options.diag, SEVERITY_INFO, "plugin.unused", (Pos){.file = file},
                    "switch it on under `plugins:` in quoin.yaml",
                    "plugin " STR_FMT " is not switched on", STR_ARG(name));
    }
    vec_release(&entries);
}

void plugins_find(PluginHost *host) {
    Plugins list = {0};
    const Value *map = config_value(host->options.config, "plugins");
    for (size_t i = 0; DEFAULTS[i] != NULL; i++) {
        Str name = str_from(DEFAULTS[i]);
        add(host, &list, name, find_entry(map, name));
    }
    for (size_t i = 0; map != NULL && map->type == VALUE_MAP && i < map->count; i++) {
        if (!is_default(map->entries[i].key)) {
            add(host, &list, map->entries[i].key, &map->entries[i]);
        }
    }
    report_unused(host, map);
    host->plugin_count = list.count;
    host->plugins = vec_to_arena(&host->arena, &list);
}
