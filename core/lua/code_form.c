/* SPDX-License-Identifier: MIT
 * code_form.c - how a plugin wants code blocks written: asked once for each info string, then the
 * blocks are written without Lua. Most blocks of a site have one of a few info strings. */
#include "lua/host_parts.h"

#define MAX_ROUNDS    40      /* of languages that name languages */
#define DEFAULT_BYTES 1000000 /* longest text that is highlighted */

static const CodeForm PLAIN = {.is_plain = true};

const char *const CODE_FORM_KEYS[] = {"language", "before",    "after", "lines",
                                      "marked",   "max_bytes", "load",  NULL};

/* The table on top, kept as long as the state; its languages are loaded by `load` from now on. */
const CodeForm *code_form_read(lua_State *L) {
    PluginState *state = state_of(L);
    int index = lua_gettop(L);
    handle_check_keys(L, index, "the form of a code block", CODE_FORM_KEYS);
    if (table_text(L, index, "language", false).len == 0) {
        return &PLAIN;
    }
    CodeForm *form = arena_new(&state->kept, CodeForm);
    form->language = str_copy(&state->kept, table_text(L, index, "language", true));
    form->before = str_copy(&state->kept, table_text(L, index, "before", false));
    form->after = str_copy(&state->kept, table_text(L, index, "after", false));
    int64_t most = table_integer(L, index, "max_bytes", DEFAULT_BYTES);
    form->max_bytes = most < 0 ? 0 : (size_t)most;
    highlight_read_options(L, &state->kept, index, &form->options);
    if (lua_getfield(L, index, "load") != LUA_TFUNCTION) {
        luaL_error(L, "the form of a code block wants a function `load`");
    }
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_LOAD_LANGUAGE);
    bool is_there = highlight_load(L, lua_gettop(L), form->language);
    lua_pop(L, 1);
    return is_there ? form : &PLAIN;
}

typedef struct Missing {
    const Str *names;
    size_t count;
} Missing;

static int load_missing(lua_State *L) {
    const Missing *missing = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_LOAD_LANGUAGE);
    int load = lua_gettop(L);
    for (size_t i = 0; i < missing->count; i++) {
        highlight_load(L, load, missing->names[i]);
    }
    return 0;
}

/* Languages inside of the text; false when loading them went wrong. */
static bool load_inner(PluginState *state, HookCall *call, size_t count) {
    Arena arena = {0};
    Str *names = arena_array(&arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = highlighter_missing(state->highlighter, i);
    }
    Missing missing = {names, count};
    bool is_good = state_run(state, call, load_missing, &missing);
    arena_release(&arena);
    return is_good;
}

bool code_form_write(PluginState *state, HookCall *call, const CodeForm *form, Str text, Buf *out) {
    if (form->is_plain || text.len > form->max_bytes) {
        return false;
    }
    buf_add(out, form->before);
    size_t start = out->len;
    for (int round = 0; round < MAX_ROUNDS; round++) {
        buf_truncate(out, start);
        size_t missing = highlight(state->highlighter, form->language, text, &form->options, out);
        if (missing == 0 || !load_inner(state, call, missing)) {
            break;
        }
    }
    buf_add(out, form->after);
    return true;
}
