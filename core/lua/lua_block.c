/* SPDX-License-Identifier: MIT
 * lua_block.c - the class Block: a fenced block that a plugin draws. */
#include "lua/state.h"

static const BlockView *view_of(const Handle *handle) {
    return handle->object;
}

static void push_text(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, view_of(handle)->text);
}

static void push_language(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, view_of(handle)->language);
}

static void push_info(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, view_of(handle)->info);
}

static void push_line(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, view_of(handle)->line);
}

static void push_heading(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push_optional(L, view_of(handle)->heading);
}

static void push_number(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, view_of(handle)->number);
}

static int block_report(lua_State *L) {
    const BlockView *block = view_of(handle_check(L, 1, &block_type));
    emit_block_finding(L, state_of(L), 2, block);
    return 0;
}

static const Field FIELDS[] = {
    {"text", push_text, false}, {"language", push_language, false}, {"info", push_info, false},
    {"line", push_line, false}, {"heading", push_heading, false},   {"number", push_number, false},
    {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{"report", block_report}, {NULL, NULL}};

const HandleType block_type = {HANDLE_BLOCK, "Block", FIELDS, METHODS, false};
