/* SPDX-License-Identifier: MIT
 * lua_buffer.c - the class Buffer: text that grows outside of Lua's strings, yet within the state's
 * memory limit, because its bytes come from the state's allocator. */
#include "lua/state.h"
#include "text/html.h"

#include <string.h>

#define BUFFER_TYPE "Buffer"

typedef struct TextBuffer {
    char *data;
    size_t len, cap;
} TextBuffer;

static void *resize(lua_State *L, void *block, size_t old_cap, size_t new_cap) {
    void *context;
    lua_Alloc allocate = lua_getallocf(L, &context);
    return allocate(context, block, old_cap, new_cap);
}

static void append(lua_State *L, TextBuffer *buffer, Str s) {
    if (s.len > buffer->cap - buffer->len) {
        size_t cap = buffer->cap * 2 > buffer->len + s.len ? buffer->cap * 2 : buffer->len + s.len;
        char *data = resize(L, buffer->data, buffer->cap, cap);
        if (data == NULL) {
            luaL_error(L, "not enough memory");
        }
        buffer->data = data;
        buffer->cap = cap;
    }
    if (s.len > 0) {
        memcpy(buffer->data + buffer->len, s.data, s.len);
        buffer->len += s.len;
    }
}

static int buffer_add(lua_State *L) {
    TextBuffer *buffer = luaL_checkudata(L, 1, BUFFER_TYPE);
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        append(L, buffer, str_check(L, i));
    }
    lua_settop(L, 1);
    return 1;
}

static int buffer_escape(lua_State *L) {
    TextBuffer *buffer = luaL_checkudata(L, 1, BUFFER_TYPE);
    PluginState *state = state_of(L);
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        Str text = str_check(L, i);
        buf_reset(&state->text);
        html_add_escaped(&state->text, text);
        append(L, buffer, buf_str(&state->text));
    }
    lua_settop(L, 1);
    return 1;
}

static int buffer_text(lua_State *L) {
    TextBuffer *buffer = luaL_checkudata(L, 1, BUFFER_TYPE);
    str_push(L, (Str){buffer->data, buffer->len});
    return 1;
}

static int buffer_release(lua_State *L) {
    TextBuffer *buffer = luaL_checkudata(L, 1, BUFFER_TYPE);
    resize(L, buffer->data, buffer->cap, 0);
    *buffer = (TextBuffer){NULL, 0, 0};
    return 0;
}

int buffer_new(lua_State *L) {
    TextBuffer *buffer = lua_newuserdatauv(L, sizeof *buffer, 0);
    *buffer = (TextBuffer){NULL, 0, 0};
    luaL_setmetatable(L, BUFFER_TYPE);
    return 1;
}

const luaL_Reg buffer_methods[] = {
    {"add", buffer_add}, {"escape", buffer_escape}, {"text", buffer_text}, {NULL, NULL}};

void buffer_register(lua_State *L) {
    luaL_newmetatable(L, BUFFER_TYPE);
    lua_newtable(L);
    luaL_setfuncs(L, buffer_methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, buffer_release);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}
