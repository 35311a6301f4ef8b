/* SPDX-License-Identifier: MIT
 * lua_block.c - the class Block: a fenced block that a plugin draws. */
#include "lua/state.h"

static Node *block_node(const Handle *handle) {
    return (Node *)(uintptr_t)handle->object;
}

static void push_text(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_literal(block_node(handle)));
}

static void push_language(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_language(block_node(handle)));
}

static void push_info(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_info(block_node(handle)));
}

static void push_line(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, node_content_line(block_node(handle)));
}

static void push_heading(lua_State *L, PluginState *state, Handle *handle) {
    const Face *face = state->call->page->face;
    uint32_t line = node_line(block_node(handle));
    uint32_t section = face_section_at(face->sections, face->section_count, line);
    if (section == SECTION_NONE) {
        lua_pushnil(L);
    } else {
        str_push(L, face->sections[section].title);
    }
}

static void push_number(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, handle->index);
}

static int block_report(lua_State *L) {
    Node *block = block_node(handle_check(L, 1, &block_type));
    emit_block_finding(L, state_of(L), 2, block);
    return 0;
}

static const Field FIELDS[] = {
    {"text", push_text, false}, {"language", push_language, false}, {"info", push_info, false},
    {"line", push_line, false}, {"heading", push_heading, false},   {"number", push_number, false},
    {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{"report", block_report}, {NULL, NULL}};

const HandleType block_type = {HANDLE_BLOCK, "Block", FIELDS, METHODS, false};
