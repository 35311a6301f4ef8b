/* SPDX-License-Identifier: MIT
 * lua_section.c - the class Section: a heading of a page, by its index. */
#include "lua/state.h"

#include <stdio.h>

void section_push(lua_State *L, PluginState *state, const Page *page, uint32_t index) {
    size_t count;
    page_sections(state, page, &count);
    if (index >= count) { /* SECTION_NONE, too */
        lua_pushnil(L);
        return;
    }
    Handle *handle = handle_push(L, &section_type, NULL);
    handle->page = page;
    handle->index = index;
}

static const Section *section_of(PluginState *state, const Handle *handle) {
    size_t count;
    return &page_sections(state, handle->page, &count)[handle->index];
}

static void push_anchor(lua_State *L, PluginState *state, Handle *handle) {
    str_push(L, section_of(state, handle)->anchor);
}

static void push_title(lua_State *L, PluginState *state, Handle *handle) {
    str_push(L, section_of(state, handle)->title);
}

static void push_level(lua_State *L, PluginState *state, Handle *handle) {
    lua_pushinteger(L, section_of(state, handle)->level);
}

static void push_line(lua_State *L, PluginState *state, Handle *handle) {
    lua_pushinteger(L, section_of(state, handle)->line);
}

static void push_last_line(lua_State *L, PluginState *state, Handle *handle) {
    lua_pushinteger(L, section_of(state, handle)->last_line);
}

void fingerprint_push(lua_State *L, uint32_t fingerprint) {
    char text[9];
    snprintf(text, sizeof text, "%08x", (unsigned)fingerprint);
    lua_pushstring(L, text);
}

static void push_fingerprint(lua_State *L, PluginState *state, Handle *handle) {
    fingerprint_push(L, section_of(state, handle)->fingerprint);
}

static void push_parent(lua_State *L, PluginState *state, Handle *handle) {
    section_push(L, state, handle->page, section_of(state, handle)->parent);
}

static void push_page(lua_State *L, PluginState *state, Handle *handle) {
    if (handle->page != NULL) {
        handle_push_cached(L, &page_type, handle->page);
    } else {
        page_push_current(L, state);
    }
}

/* At most six levels: written from the inside out. */
static void push_path(lua_State *L, PluginState *state, Handle *handle) {
    size_t count;
    const Section *sections = page_sections(state, handle->page, &count);
    Str path = sections[handle->index].title;
    uint32_t parent = sections[handle->index].parent;
    for (int depth = 0; parent < count && depth < 6; depth++) {
        path = str_format(&state->scratch, STR_FMT " / " STR_FMT, STR_ARG(sections[parent].title),
                          STR_ARG(path));
        parent = sections[parent].parent;
    }
    str_push(L, path);
}

static const Field FIELDS[] = {{"anchor", push_anchor, false},
                               {"title", push_title, false},
                               {"level", push_level, false},
                               {"line", push_line, false},
                               {"parent", push_parent, false},
                               {"page", push_page, false},
                               {"path", push_path, false},
                               {"last_line", push_last_line, false},
                               {"fingerprint", push_fingerprint, false},
                               {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{NULL, NULL}};

const HandleType section_type = {HANDLE_SECTION, "Section", FIELDS, METHODS, false};
