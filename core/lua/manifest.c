/* SPDX-License-Identifier: MIT
 * manifest.c - what a plugin's table declares, checked; its functions, kept in the registry. */
#include "lua/state.h"

#include <string.h>

const char *const PLUGIN_KEYS[] = {
    "name",  "api",   "summary", "emits",     "options", "programs", "assets", "collect", "rollup",
    "pages", "check", "blocks",  "transform", "slots",   "finish",   "stages", NULL};

static const char *const FUNCTIONS[FUNCTION_COUNT] = {
    [FUNCTION_COLLECT] = "collect",     [FUNCTION_ROLLUP] = "rollup",
    [FUNCTION_PAGES] = "pages",         [FUNCTION_CHECK] = "check",
    [FUNCTION_TRANSFORM] = "transform", [FUNCTION_FINISH] = "finish"};

static const char *const FIELD_TYPES[] = {"string", "integer", "number", "boolean", "list", "map"};

static void check_type_name(lua_State *L, Str type, const char *where) {
    for (size_t i = 0; i < sizeof FIELD_TYPES / sizeof *FIELD_TYPES; i++) {
        if (str_equal(type, str_from(FIELD_TYPES[i]))) {
            return;
        }
    }
    luaL_error(L, "%s wants a type: string, integer, number, boolean, list or map", where);
}

static void check_emits(lua_State *L, const Value *emits) {
    for (size_t i = 0; emits != NULL && i < emits->count; i++) {
        const Value *fields = value_get(emits->entries[i].value, STR("fields"));
        if (fields == NULL || fields->type != VALUE_MAP) {
            luaL_error(L, "emits.%s wants {fields = {name = type}}", emits->entries[i].key.data);
        }
        for (size_t k = 0; k < fields->count; k++) {
            check_type_name(L, value_as_text(fields->entries[k].value), "a field in `emits`");
        }
    }
}

static void check_options(lua_State *L, const Value *options) {
    for (size_t i = 0; options != NULL && i < options->count; i++) {
        const Value *option = options->entries[i].value;
        check_type_name(L, value_as_text(value_get(option, STR("type"))), "an option");
        if (value_as_text(value_get(option, STR("help"))).len == 0) {
            luaL_error(L, "option `%s` has no help", options->entries[i].key.data);
        }
    }
}

/* A table of data as a map in `arena`; NULL when absent. */
static const Value *read_map(lua_State *L, int table, const char *key, Arena *arena) {
    const Value *value = NULL;
    if (lua_getfield(L, table, key) != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        value = value_from_lua(L, -1, arena);
        if (value->type != VALUE_MAP) {
            luaL_error(L, "`%s` wants a table with names", key);
        }
    }
    lua_pop(L, 1);
    return value;
}

static Str *read_texts(lua_State *L, int table, const char *key, Arena *arena, size_t *count) {
    Str *texts = NULL;
    *count = 0;
    if (lua_getfield(L, table, key) != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        *count = (size_t)lua_rawlen(L, -1);
        texts = arena_array(arena, Str, *count);
        for (size_t i = 0; i < *count; i++) {
            if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TSTRING) {
                luaL_error(L, "`%s` wants a list of strings", key);
            }
            texts[i] = str_copy(arena, str_at(L, -1));
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
    return texts;
}

/* The names of a table of functions, sorted. */
static NamedHook *read_named(lua_State *L, Plugin *plugin, const char *key, const char *what,
                             size_t *count) {
    Arena *arena = &state_of(L)->host->arena;
    NamedHook *hooks = NULL;
    *count = 0;
    if (lua_getfield(L, -1, key) != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
            if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TFUNCTION) {
                luaL_error(L, "`%s` wants a table of functions with names", key);
            }
            ++*count;
        }
        hooks = arena_array(arena, NamedHook, *count);
        size_t at = 0;
        for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1), at++) {
            hooks[at].name = str_copy(arena, str_at(L, -2));
            hooks[at].hook = str_format(arena, "%s " STR_FMT, what, STR_ARG(hooks[at].name)).data;
            hooks[at].plugin = plugin;
        }
    }
    lua_pop(L, 1);
    return hooks;
}

static void check_name(lua_State *L, const Plugin *plugin) {
    Str name = table_text(L, 1, "name", true);
    if (!str_equal(name, plugin->name)) {
        luaL_error(L, "the plugin's name is \"%s\", its folder's is \"%s\"", name.data,
                   plugin->name_text);
    }
    if (table_integer(L, 1, "api", 0) != 1) {
        luaL_error(L, "the plugin must say `api = 1`: this Quoin speaks version 1");
    }
    table_text(L, 1, "summary", false);
}

/* The plugin's table is at 1. */
static void read_manifest(lua_State *L, Plugin *plugin) {
    PluginHost *host = state_of(L)->host;
    Arena *arena = &host->arena;
    handle_check_keys(L, 1, "a plugin", PLUGIN_KEYS);
    check_name(L, plugin);
    plugin->emits = read_map(L, 1, "emits", arena);
    check_emits(L, plugin->emits);
    const Value *schema = read_map(L, 1, "options", arena);
    check_options(L, schema);
    plugin->programs = read_texts(L, 1, "programs", arena, &plugin->program_count);
    plugin->assets = read_texts(L, 1, "assets", arena, &plugin->asset_count);
    lua_settop(L, 1);
    plugin->slots = read_named(L, plugin, "slots", "slot", &plugin->slot_count);
    plugin->languages = read_named(L, plugin, "blocks", "block", &plugin->language_count);
    plugin->stages = read_named(L, plugin, "stages", "stage", &plugin->stage_count);
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        int type = lua_getfield(L, 1, FUNCTIONS[i]);
        if (type != LUA_TNIL && type != LUA_TFUNCTION) {
            luaL_error(L, "`%s` wants a function", FUNCTIONS[i]);
        }
        plugin->has[i] = type == LUA_TFUNCTION;
        lua_pop(L, 1);
    }
    const char *what = str_format(arena, "plugin %s", plugin->name_text).data;
    plugin->options = config_check_options(arena, plugin->config_file, what,
                                           schema != NULL ? schema : value_map(arena),
                                           plugin->given, host->options.diag);
}

static void keep_functions(lua_State *L) {
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        lua_getfield(L, 1, FUNCTIONS[i]);
        lua_rawseti(L, LUA_REGISTRYINDEX, REF_FUNCTION + i);
    }
    lua_getfield(L, 1, "slots");
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_SLOTS);
    lua_getfield(L, 1, "blocks");
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_BLOCKS);
    lua_getfield(L, 1, "stages");
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_STAGES);
}

static int load_body(lua_State *L) {
    PluginState *state = state_of(L);
    Plugin *plugin = lua_touserdata(L, 1);
    lua_settop(L, 0);
    sandbox_require(L, STR("init"));
    luaL_checktype(L, 1, LUA_TTABLE);
    if (plugin != NULL) {
        read_manifest(L, plugin);
    }
    keep_functions(L);
    value_push(L, state->plugin->options);
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    return 0;
}

bool manifest_load(PluginState *state, Plugin *plugin) {
    HookCall call = {.stage = STAGE_LOAD, .hook = "load", .diag = state->host->options.diag};
    return state_run(state, &call, load_body, plugin);
}
