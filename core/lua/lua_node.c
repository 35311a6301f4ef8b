/* SPDX-License-Identifier: MIT
 * lua_node.c - the class Node: reading. Changing is in node_change.c. */
#include "lua/state.h"

void node_push(lua_State *L, Node *node) {
    if (node == NULL) {
        lua_pushnil(L);
    } else {
        handle_push(L, &node_type_info, node);
    }
}

static Node *node_of(const Handle *handle) {
    return (Node *)(uintptr_t)handle->object;
}

static void push_type(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushstring(L, node_type_name(node_type(node_of(handle))));
}

static void push_line(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, node_line(node_of(handle)));
}

static void push_column(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, node_column(node_of(handle)));
}

static void push_end_line(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, node_end_line(node_of(handle)));
}

static void push_literal(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_literal(node_of(handle)));
}

static void push_text(lua_State *L, PluginState *state, Handle *handle) {
    buf_reset(&state->text);
    node_add_text(node_of(handle), &state->text);
    str_push(L, buf_str(&state->text));
}

static void push_level(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, node_level(node_of(handle)));
}

static void push_anchor(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_anchor(node_of(handle)));
}

static void push_info(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_info(node_of(handle)));
}

static void push_language(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_language(node_of(handle)));
}

static void push_url(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_url(node_of(handle)));
}

static void push_title(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, node_title(node_of(handle)));
}

static void push_task(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    char mark = node_task(node_of(handle));
    if (mark == 0) {
        lua_pushnil(L);
    } else {
        lua_pushlstring(L, &mark, 1);
    }
}

static void push_alert(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push_optional(L, node_alert(node_of(handle)));
}

static void push_is_ordered(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushboolean(L, node_is_ordered(node_of(handle)));
}

static void push_is_header(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushboolean(L, node_is_header_row(node_of(handle)));
}

static void push_parent(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    node_push(L, node_parent(node_of(handle)));
}

static void push_next(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    node_push(L, node_next(node_of(handle)));
}

static void push_previous(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    node_push(L, node_previous(node_of(handle)));
}

static void push_first(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    node_push(L, node_first(node_of(handle)));
}

static void push_last(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    node_push(L, node_last(node_of(handle)));
}

static void push_section(lua_State *L, PluginState *state, Handle *handle) {
    const Page *page = state->call->page; /* NULL in collect */
    size_t count;
    const Section *sections = page_sections(state, page, &count);
    section_push(L, state, page, face_section_at(sections, count, node_line(node_of(handle))));
}

static int node_children(lua_State *L) {
    Node *node = node_of(handle_check(L, 1, &node_type_info));
    return nodes_push_below(L, state_of(L), node, STR_EMPTY, false);
}

static int node_nodes(lua_State *L) {
    Node *node = node_of(handle_check(L, 1, &node_type_info));
    Str type = lua_isnoneornil(L, 2) ? STR_EMPTY : str_check(L, 2);
    return nodes_push_below(L, state_of(L), node, type, true);
}

static const Field FIELDS[] = {{"type", push_type, false},
                               {"line", push_line, false},
                               {"column", push_column, false},
                               {"end_line", push_end_line, false},
                               {"literal", push_literal, false},
                               {"text", push_text, false},
                               {"level", push_level, false},
                               {"anchor", push_anchor, false},
                               {"info", push_info, false},
                               {"language", push_language, false},
                               {"url", push_url, false},
                               {"title", push_title, false},
                               {"task", push_task, false},
                               {"alert", push_alert, false},
                               {"is_ordered", push_is_ordered, false},
                               {"is_header", push_is_header, false},
                               {"parent", push_parent, false},
                               {"next", push_next, false},
                               {"previous", push_previous, false},
                               {"first", push_first, false},
                               {"last", push_last, false},
                               {"section", push_section, false},
                               {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{"children", node_children},
                                   {"nodes", node_nodes},
                                   {"replace", node_change_replace},
                                   {"insert_before", node_change_insert_before},
                                   {"insert_after", node_change_insert_after},
                                   {"append", node_change_append},
                                   {"remove", node_change_remove},
                                   {"set_url", node_change_set_url},
                                   {"set_class", node_change_set_class},
                                   {NULL, NULL}};

const HandleType node_type_info = {HANDLE_NODE, "Node", FIELDS, METHODS, false};
