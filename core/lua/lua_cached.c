/* SPDX-License-Identifier: MIT
 * lua_cached.c - quoin.cached: what a plugin makes is kept for later builds. */
#include "base/cache.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"
#include "lua/state.h"

#include <stdlib.h>

#define PROGRAM_MAX_BYTES ((size_t)256 * 1024 * 1024)
#define CODE_MAX_BYTES    ((size_t)4 * 1024 * 1024)

/* The running program's own file: another version may make something else. */
static uint64_t hash_program(void) {
    Arena arena = {0};
    Str bytes;
    bool is_read = fs_read(&arena, "/proc/self/exe", PROGRAM_MAX_BYTES, &bytes);
    uint64_t hash = hash_str(is_read ? bytes : STR(QUOIN_VERSION));
    arena_release(&arena);
    return hash;
}

/* All that `require` could load. */
static uint64_t hash_code(const char *folder, uint64_t hash) {
    Arena arena = {0};
    FsEntries entries = {0};
    if (fs_walk(&arena, folder, NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            Str path = entries.items[i].path, text;
            const char *disk = str_terminated(&arena, path_join(&arena, str_from(folder), path));
            if (entries.items[i].kind == FS_FILE && str_ends_with(path, STR(".lua")) &&
                fs_read(&arena, disk, CODE_MAX_BYTES, &text)) {
                hash = hash_combine(hash, hash_combine(hash_str(path), hash_str(text)));
            }
        }
    }
    vec_release(&entries);
    arena_release(&arena);
    return hash;
}

static uint64_t hash_plugin(const Plugin *plugin) {
    Buf options = {0};
    value_add_json(&options, plugin->options);
    uint64_t hash = hash_combine(hash_str(plugin->name), hash_str(buf_str(&options)));
    buf_release(&options);
    hash = hash_code(plugin->folder, hash);
    return plugin->overlay != NULL ? hash_code(plugin->overlay, hash) : hash;
}

/* What a plugin makes depends on itself and on the program. Known when first needed: most builds
 * have nothing to keep. */
static uint64_t fingerprint_of(PluginHost *host, const Plugin *plugin) {
    pthread_mutex_lock(&host->fingerprint_lock);
    if (host->program_fingerprint == 0) {
        host->program_fingerprint = hash_program() | 1;
        host->fingerprints = calloc(host->plugin_count, sizeof *host->fingerprints);
    }
    if (host->fingerprints == NULL) {
        abort();
    }
    uint64_t *place = &host->fingerprints[plugin - host->plugins];
    if (*place == 0) {
        *place = hash_combine(host->program_fingerprint, hash_plugin(plugin)) | 1;
    }
    uint64_t fingerprint = *place;
    pthread_mutex_unlock(&host->fingerprint_lock);
    return fingerprint;
}

static const char *entry_of(PluginState *state, Str key) {
    const Plugin *plugin = state->plugin;
    Buf *text = &state->text;
    if (state->host->cache == NULL || plugin == NULL) {
        return NULL;
    }
    buf_reset(text);
    buf_add_format(text, "%s\n%016llx\n", plugin->name_text,
                   (unsigned long long)fingerprint_of(state->host, plugin));
    buf_add(text, key);
    return cache_entry(&state->scratch, state->host->cache, "kept", buf_str(text));
}

int cached_text(lua_State *L) {
    PluginState *state = state_of(L);
    Str key = str_check(L, 1), kept;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    if (state->call->stage == STAGE_LOAD) { /* its options are not known yet */
        return luaL_error(L, "quoin.cached is for hooks, not for the plugin's own loading");
    }
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
