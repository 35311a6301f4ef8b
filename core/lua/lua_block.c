/* SPDX-License-Identifier: MIT
 * lua_block.c - the class Block: a fenced block that a plugin draws. */
#include "base/path.h"
#include "lua/state.h"

#define MAX_NAME 100

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

/* Letters, digits, "-", "_" and one dot with an ending. What ends in "html" could be a page. */
static void check_file_name(lua_State *L, Str name) {
    size_t dot = str_find_char(name, '.');
    bool is_good = name.len <= MAX_NAME && dot != STR_NONE && dot > 0 && dot + 1 < name.len &&
                   !str_equal_ignoring_case(path_ext(name), STR(".html"));
    for (size_t i = 0; i < name.len && is_good; i++) {
        char c = name.data[i];
        is_good = i == dot || c == '-' || c == '_' || (c >= '0' && c <= '9') ||
                  (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    if (!is_good) {
        luaL_error(L,
                   "a file's name has letters, digits, \"-\", \"_\" and one dot, does not end in "
                   ".html, and is not too long: \"%s\"",
                   name.data);
    }
}

/* Block:file(name, bytes): "billing/design.html" and "orders.svg" give
 * "billing/design.orders.svg": what belongs to a page stands beside it, and no other page can have
 * that name. */
static int block_file(lua_State *L) {
    PluginState *state = state_of(L);
    handle_check(L, 1, &block_type);
    Str name = str_check(L, 2), bytes = str_check(L, 3);
    const HookCall *call = state->call;
    check_file_name(L, name);
    if (call->page == NULL || call->sink == NULL) {
        lua_pushnil(L);
        return 1;
    }
    Str out = call->page->out, stem = str_slice(out, 0, out.len - path_ext(out).len);
    Str path = str_format(&state->scratch, STR_FMT "." STR_FMT, STR_ARG(stem), STR_ARG(name));
    if (!call->sink(call->sink_context, path, bytes)) {
        return luaL_error(L, "the file \"%s\" cannot be written: another one has that name",
                          path.data);
    }
    buf_reset(&state->text);
    path_add_relative(&state->text, out, path);
    Str relative = str_copy(&state->scratch, buf_str(&state->text));
    buf_reset(&state->href);
    path_add_encoded(&state->href, relative);
    str_push(L, buf_str(&state->href));
    return 1;
}

static const Field FIELDS[] = {
    {"text", push_text, false}, {"language", push_language, false}, {"info", push_info, false},
    {"line", push_line, false}, {"heading", push_heading, false},   {"number", push_number, false},
    {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {
    {"report", block_report}, {"draw", block_draw}, {"file", block_file}, {NULL, NULL}};

const HandleType block_type = {HANDLE_BLOCK, "Block", FIELDS, METHODS, false};
