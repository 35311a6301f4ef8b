/* SPDX-License-Identifier: MIT
 * sandbox.c - one Lua state: what it may see, and running code in it under the limits. */
#include "base/fs.h"
#include "lua/state.h"

#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* States are small and short-lived: collecting when memory has grown fourfold saves a tenth of the
 * time. At its limit a state collects everything before it fails. */
#define GC_PAUSE 400

#define MODULE_MAX_BYTES ((size_t)1024 * 1024)

/* --- globals ------------------------------------------------------------------------------- */

static const char *const MISSING_ON_PURPOSE[] = {
    "io",   "os",     "debug",   "package",        "load",       "loadfile", "loadstring", "warn",
    "dump", "dofile", "getfenv", "collectgarbage", "randomseed", "random",   NULL};

static bool is_missing_on_purpose(const char *name) {
    for (size_t i = 0; MISSING_ON_PURPOSE[i] != NULL; i++) {
        if (strcmp(MISSING_ON_PURPOSE[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The text keys of the table at `index`, in scratch memory. */
static size_t text_keys(lua_State *L, int index, const Str **out) {
    PluginState *state = state_of(L);
    size_t count = 0, filled = 0;
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        count++;
        lua_pop(L, 1);
    }
    Str *names = arena_array(&state->scratch, Str, count);
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            names[filled++] = str_at(L, -1);
        }
    }
    *out = names;
    return filled;
}

/* __index of the true globals: what is not there. Arguments: globals, name. */
static int read_unknown_global(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING) {
        return luaL_error(L, "globals have names");
    }
    const char *name = lua_tostring(L, 2);
    if (is_missing_on_purpose(name)) {
        return luaL_error(L,
                          "plugins cannot use `%s`: no files, clock, random numbers or code "
                          "from text",
                          name);
    }
    const Str *names;
    size_t count = text_keys(L, 1, &names);
    return luaL_error(L, "there is no global `%s`%s", name,
                      handle_hint(state_of(L), str_at(L, 2), names, count));
}

static int write_global(lua_State *L) {
    return luaL_error(L, "globals cannot be assigned: write `local %s`",
                      luaL_tolstring(L, 2, NULL));
}

static void remove_fields(lua_State *L, const char *table, const char *const *names) {
    lua_getfield(L, -1, table);
    for (size_t i = 0; names[i] != NULL; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, names[i]);
    }
    lua_pop(L, 1);
}

/* --- wrapped functions --------------------------------------------------------------------- */

static int print_text(lua_State *L) {
    PluginState *state = state_of(L);
    if (!state->host->options.verbose) {
        return 0;
    }
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        luaL_tolstring(L, i, NULL);
    }
    flockfile(stderr);
    fprintf(stderr, "%s:", state->plugin != NULL ? state->plugin->name_text : "theme");
    for (int i = 1; i <= count; i++) {
        fprintf(stderr, " %s", lua_tostring(L, count + i));
    }
    fputc('\n', stderr);
    funlockfile(stderr);
    return 0;
}

/* Finalizers would run at any time, where no limit holds. Upvalue 1: the true function. */
static int set_metatable(lua_State *L) {
    if (lua_type(L, 2) == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL) {
            return luaL_error(L, "a metatable cannot have __gc here");
        }
        lua_pop(L, 1);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

/* Message handler of xpcall: when the time is over, no further Lua code runs. */
static int guarded_handler(lua_State *L) {
    if (watch_is_over(state_of(L)->worker->watch)) {
        return 1;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

static int return_all(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return lua_gettop(L);
}

static int guarded_xpcall(lua_State *L) {
    luaL_checkany(L, 2);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, guarded_handler, 1);
    lua_replace(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, return_all);
    return return_all(L, LUA_OK, 0);
}

/* Calls a function on the coroutine at argument 1 so that the watchdog knows what runs. */
static int guarded_on_coroutine(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTHREAD);
    WatchSlot *watch = state_of(L)->worker->watch;
    lua_State *before = watch_switch(watch, lua_tothread(L, 1));
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    watch_switch(watch, before);
    watch_check(watch, L);
    return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

/* What coroutine.wrap returns: resumes upvalue 1 with upvalue 2 (the guarded resume). */
static int resume_wrapped(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 2);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    if (!lua_toboolean(L, 1)) {
        lua_settop(L, 2);
        return lua_error(L);
    }
    lua_remove(L, 1);
    return lua_gettop(L);
}

/* Upvalue 1: coroutine.create, 2: the guarded resume. */
static int guarded_wrap(lua_State *L) {
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushcclosure(L, resume_wrapped, 2);
    return 1;
}

/* Replaces the function `name` of the table on top by one that has it as its upvalue. */
static void wrap_function(lua_State *L, const char *name, lua_CFunction wrapper) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, -2, name);
}

static void guard_coroutines(lua_State *L) {
    lua_getfield(L, -1, "coroutine");
    wrap_function(L, "resume", guarded_on_coroutine);
    wrap_function(L, "close", guarded_on_coroutine);
    lua_getfield(L, -1, "create");
    lua_getfield(L, -2, "resume");
    lua_pushcclosure(L, guarded_wrap, 2);
    lua_setfield(L, -2, "wrap");
    lua_pop(L, 1);
}

/* --- modules ------------------------------------------------------------------------------- */

/* "types.flow" -> "types/flow.lua"; raises for anything but words joined by dots. */
static Str module_path(lua_State *L, Str module) {
    PluginState *state = state_of(L);
    Str rest = module, part;
    Str path = STR_EMPTY;
    for (bool more = true; more;) {
        more = str_cut(rest, '.', &part, &rest);
        bool is_good = part.len > 0;
        for (size_t i = 0; i < part.len; i++) {
            char c = part.data[i];
            is_good = is_good && (c == '_' || c == '-' || (c >= '0' && c <= '9') ||
                                  (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        }
        if (!is_good) {
            luaL_error(L, "a module's name is words joined by dots, not `%s`", lua_tostring(L, 1));
        }
        path = path.len == 0
                   ? part
                   : str_format(&state->scratch, STR_FMT "/" STR_FMT, STR_ARG(path), STR_ARG(part));
    }
    return str_format(&state->scratch, STR_FMT ".lua", STR_ARG(path));
}

static void load_module(lua_State *L, Str module) {
    PluginState *state = state_of(L);
    const Plugin *plugin = state->plugin;
    Arena *arena = &state->scratch;
    Str path = module_path(L, module), text;
    Str disk = str_format(arena, "%s/" STR_FMT, plugin->folder, STR_ARG(path));
    Str name = str_format(arena, "@" STR_FMT "/" STR_FMT, STR_ARG(plugin->shown), STR_ARG(path));
    if (plugin->overlay != NULL) { /* the site adds or replaces single modules */
        Str own = str_format(arena, "%s/" STR_FMT, plugin->overlay, STR_ARG(path));
        disk = fs_kind(own.data) == FS_FILE ? own : disk;
    }
    if (!fs_read(arena, disk.data, MODULE_MAX_BYTES, &text)) {
        luaL_error(L, "there is no module `%s`", str_terminated(arena, path));
    }
    if (luaL_loadbufferx(L, text.data, text.len, str_terminated(arena, name), "t") != LUA_OK) {
        lua_error(L);
    }
}

void sandbox_require(lua_State *L, Str module) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_MODULES);
    int modules = lua_gettop(L);
    str_push(L, module);
    if (lua_rawget(L, modules) == LUA_TBOOLEAN) {
        luaL_error(L, "modules require each other in a circle");
    }
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        str_push(L, module);
        lua_pushboolean(L, false); /* being loaded */
        lua_rawset(L, modules);
        load_module(L, module);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1) || lua_isboolean(L, -1)) {
            luaL_error(L, "the module must return a table or a function");
        }
        str_push(L, module);
        lua_pushvalue(L, -2);
        lua_rawset(L, modules);
    }
    lua_remove(L, modules);
}

static int require_module(lua_State *L) {
    Str module = str_check(L, 1);
    if (str_equal(module, STR("quoin"))) {
        lua_pushvalue(L, lua_upvalueindex(1));
        return 1;
    }
    if (state_of(L)->plugin == NULL) {
        return luaL_error(L, "templates have no modules");
    }
    sandbox_require(L, module);
    return 1;
}

/* --- states -------------------------------------------------------------------------------- */

static void open_libraries(lua_State *L) {
    static const luaL_Reg LIBRARIES[] = {{"_G", luaopen_base},
                                         {"string", luaopen_string},
                                         {"table", luaopen_table},
                                         {"math", luaopen_math},
                                         {"utf8", luaopen_utf8},
                                         {"coroutine", luaopen_coroutine},
                                         {NULL, NULL}};
    for (const luaL_Reg *library = LIBRARIES; library->name != NULL; library++) {
        luaL_requiref(L, library->name, library->func, 1);
        lua_pop(L, 1);
    }
}

/* The true globals are behind an empty table, so that every assignment is seen. */
static void lock_globals(lua_State *L) {
    lua_newtable(L); /* metatable of the true globals */
    lua_pushcfunction(L, read_unknown_global);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_newtable(L); /* what code sees as _G */
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "_G");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

static void lock_string_metatable(lua_State *L) {
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

static int set_up(lua_State *L) {
    static const char *const BASE[] = {"dofile",         "loadfile", "load",
                                       "collectgarbage", "warn",     NULL};
    static const char *const STRING[] = {"dump", NULL};
    static const char *const MATH[] = {"random", "randomseed", NULL};
    open_libraries(L);
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_MODULES);
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_HANDLES);
    handle_register(L);
    buffer_register(L);
    emit_register(L);
    lua_pushglobaltable(L);
    remove_fields(L, "_G", BASE);
    remove_fields(L, "string", STRING);
    remove_fields(L, "math", MATH);
    quoin_register(L);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, require_module, 1);
    lua_setfield(L, -3, "require");
    lua_setfield(L, -2, "quoin");
    lua_pushcfunction(L, print_text);
    lua_setfield(L, -2, "print");
    lua_pushcfunction(L, quoin_sorted);
    lua_setfield(L, -2, "pairs");
    wrap_function(L, "setmetatable", set_metatable);
    wrap_function(L, "xpcall", guarded_xpcall);
    guard_coroutines(L);
    lock_string_metatable(L);
    lock_globals(L);
    return 0;
}

PluginState *state_new(PluginHost *host, Worker *worker, const Plugin *plugin) {
    PluginState *state = calloc(1, sizeof *state);
    if (state == NULL) {
        abort();
    }
    state->host = host;
    state->worker = worker;
    state->plugin = plugin;
    state->memory.max = host->memory_max;
    state->L = lua_newstate(limits_allocate, &state->memory);
    if (state->L == NULL) {
        abort(); /* the limit is at least 1 MiB, a state takes 60 KB: the machine has no memory */
    }
    *(PluginState **)lua_getextraspace(state->L) = state;
    lua_gc(state->L, LUA_GCINC, GC_PAUSE, 0, 0);
    lua_pushcfunction(state->L, set_up);
    if (lua_pcall(state->L, 0, 0, 0) != LUA_OK) {
        fprintf(stderr, "quoin: cannot set up Lua: %s\n", lua_tostring(state->L, -1));
        abort();
    }
    return state;
}

void state_free(PluginState *state) {
    if (state == NULL) {
        return;
    }
    lua_close(state->L);
    arena_release(&state->scratch);
    arena_release(&state->kept);
    buf_release(&state->text);
    buf_release(&state->href);
    highlighter_free(state->highlighter);
    free(state);
}

typedef struct Run {
    lua_CFunction body;
    void *argument;
} Run;

static int run_body(lua_State *L) {
    PluginState *state = state_of(L);
    Run *run = lua_touserdata(L, 1);
    lua_settop(L, 0);
    if (state->has_cached) {
        lua_newtable(L);
        lua_rawseti(L, LUA_REGISTRYINDEX, REF_HANDLES);
        state->has_cached = false;
    }
    lua_pushlightuserdata(L, run->argument);
    return run->body(L);
}

static int64_t thread_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

bool state_run(PluginState *state, HookCall *call, lua_CFunction body, void *argument) {
    lua_State *L = state->L;
    bool is_timed = state->host->options.verbose;
    int64_t start = is_timed ? thread_time() : 0;
    Watch watch = {.state = L,
                   .plugin = state->plugin != NULL ? state->plugin->name_text : "theme",
                   .hook = call->hook,
                   .page = call->place.file};
    Run run = {body, argument};
    HookCall *outer = state->call;
    int top = lua_gettop(L);
    state->call = call;
    state->generation++;
    state->error_line = 0;
    state->error_file = state->error_trace = STR_EMPTY;
    watch_enter(&watch, state->worker->watch);
    lua_pushcfunction(L, report_message_handler);
    lua_pushcfunction(L, run_body);
    lua_pushlightuserdata(L, &run);
    int status = lua_pcall(L, 1, 0, top + 1);
    bool is_over_time = watch_leave(&watch);
    if (status != LUA_OK) {
        report_error(state, call, status, is_over_time);
    }
    lua_settop(L, top);
    if (status == LUA_ERRMEM) {
        lua_gc(L, LUA_GCCOLLECT);
    }
    state->call = outer;
    arena_reset(&state->scratch);
    if (is_timed) {
        state->spent[call->stage] += thread_time() - start;
    }
    return status == LUA_OK;
}
