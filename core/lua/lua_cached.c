/* SPDX-License-Identifier: MIT
 * lua_cached.c - quoin.cached: what a plugin makes is kept for later builds. */
#include "base/fs.h"
#include "base/hash.h"
#include "lua/cache.h"
#include "lua/state.h"

#define PROGRAM_MAX_BYTES ((size_t)256 * 1024 * 1024)

/* The running program's own file: another version may make something else. */
static uint64_t hash_program(void) {
    Arena arena = {0};
    Str bytes;
    bool is_read = fs_read(&arena, "/proc/self/exe", PROGRAM_MAX_BYTES, &bytes);
    uint64_t hash = hash_str(is_read ? bytes : STR(QUOIN_VERSION));
    arena_release(&arena);
    return hash;
}

static uint64_t program_fingerprint(PluginHost *host) {
    pthread_mutex_lock(&host->program_lock);
    if (host->program_fingerprint == 0) {
        host->program_fingerprint = hash_program() | 1;
    }
    uint64_t fingerprint = host->program_fingerprint;
    pthread_mutex_unlock(&host->program_lock);
    return fingerprint;
}

static const char *entry_of(PluginState *state, Str key) {
    const Plugin *plugin = state->plugin;
    Buf *text = &state->text;
    if (state->host->cache == NULL || plugin == NULL) {
        return NULL;
    }
    buf_reset(text);
    buf_add_format(text, "%s\n%016llx\n%016llx\n", plugin->name_text,
                   (unsigned long long)plugin->fingerprint,
                   (unsigned long long)program_fingerprint(state->host));
    buf_add(text, key);
    return cache_entry(&state->scratch, state->host->cache, "kept", buf_str(text));
}

int cached_text(lua_State *L) {
    PluginState *state = state_of(L);
    Str key = str_check(L, 1), kept;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    const char *entry = entry_of(state, key);
    if (cache_read(&state->scratch, entry, &kept)) {
        state->kept_count++;
        str_push(L, kept);
        return 1;
    }
    state->made_count++;
    lua_settop(L, 2);
    lua_call(L, 0, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        cache_write(&state->scratch, entry, state->worker->number, str_at(L, -1));
        state->has_written = true;
    } else if (!lua_isnil(L, -1)) {
        return luaL_error(L, "what quoin.cached calls returns text or nil, not a %s",
                          luaL_typename(L, -1));
    }
    return 1;
}
