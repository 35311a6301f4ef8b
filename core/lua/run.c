/* SPDX-License-Identifier: MIT
 * run.c - quoin.run: other programs for plugins. Only what the plugin declares and the site allows;
 * the output is kept by content (program, arguments, input), see cache.h. */
#include "base/cache.h"
#include "base/process.h"
#include "lua/state.h"

#include <sys/stat.h>

#define RUN_SECONDS       10
#define RUN_MAX_BYTES     CACHE_MAX_BYTES
#define RUN_MAX_ARGUMENTS 64

static bool is_listed(const Str *list, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i], name)) {
            return true;
        }
    }
    return false;
}

static void check_declared(lua_State *L, const Plugin *plugin, Str program) {
    if (plugin == NULL || !is_listed(plugin->programs, plugin->program_count, program)) {
        luaL_error(L, "program `%s` is not declared in `programs`", program.data);
    }
}

/* NULL-ended, in scratch memory. */
static const char **read_arguments(lua_State *L, Arena *arena, const char *program) {
    luaL_checktype(L, 2, LUA_TTABLE);
    size_t count = (size_t)lua_rawlen(L, 2);
    if (count > RUN_MAX_ARGUMENTS) {
        luaL_error(L, "more than %d arguments", RUN_MAX_ARGUMENTS);
    }
    const char **arguments = arena_array(arena, const char *, count + 2);
    arguments[0] = program;
    for (size_t i = 1; i <= count; i++) {
        if (lua_rawgeti(L, 2, (lua_Integer)i) != LUA_TSTRING) {
            luaL_error(L, "argument %d is a %s, not a string", (int)i, luaL_typename(L, -1));
        }
        arguments[i] = str_terminated(arena, str_at(L, -1));
        lua_pop(L, 1);
    }
    return arguments;
}

/* What the output depends on: the very program (a newer one draws differently), how it is called.
 */
static const char *entry_of(PluginState *state, const char *disk, const char *const *arguments,
                            Str input) {
    struct stat info;
    if (state->host->cache == NULL || stat(disk, &info) != 0) {
        return NULL;
    }
    Buf *key = &state->text;
    buf_reset(key);
    buf_add_format(key, "%s\n%lld\n%lld\n", disk, (long long)info.st_size,
                   (long long)info.st_mtime);
    for (size_t i = 1; arguments[i] != NULL; i++) {
        buf_add_format(key, "%zu:%s\n", str_from(arguments[i]).len, arguments[i]);
    }
    buf_add_char(key, '\n');
    buf_add(key, input);
    return cache_entry(&state->scratch, state->host->cache, "run", buf_str(key));
}

static int fail(lua_State *L, const char *why, Str said) {
    lua_pushnil(L);
    lua_pushstring(L, why);
    str_push(L, said);
    return 3;
}

/* Output goes to `text`, errors to `href`: both belong to the state. */
static bool run(PluginState *state, const char *const *arguments, Str input,
                ProcessResult *result) {
    WatchSlot *watch = state->worker->watch;
    buf_reset(&state->text);
    buf_reset(&state->href);
    watch_pause(watch);
    bool is_started = process_run(arguments, input, RUN_SECONDS, RUN_MAX_BYTES, &state->text,
                                  &state->href, result);
    watch_resume(watch);
    return is_started;
}

int run_program(lua_State *L) {
    PluginState *state = state_of(L);
    Arena *arena = &state->scratch;
    Str program = str_check(L, 1), input = str_check(L, 3), disk, output;
    check_declared(L, state->plugin, program);
    if (!is_listed(state->host->allowed, state->host->allowed_count, program)) {
        return fail(L, "forbidden", STR("add it to `allow_programs` in quoin.yaml"));
    }
    const char **arguments = read_arguments(L, arena, program.data);
    if (!process_find(arena, program.data, &disk)) {
        return fail(L, "missing", STR_EMPTY);
    }
    arguments[0] = str_terminated(arena, disk);
    const char *entry = entry_of(state, arguments[0], arguments, input);
    if (cache_read(arena, entry, &output)) {
        str_push(L, output);
        return 1;
    }
    ProcessResult result;
    if (!run(state, arguments, input, &result)) {
        return fail(L, "missing", STR_EMPTY);
    }
    Str said = str_slice(buf_str(&state->href), 0, 2000);
    if (result.timed_out) {
        return fail(L, "timeout", said);
    }
    if (result.exit_code != 0) {
        return fail(L, "failed", said);
    }
    cache_write(arena, entry, state->worker->number, buf_str(&state->text));
    state->has_written = true;
    str_push(L, buf_str(&state->text));
    return 1;
}
