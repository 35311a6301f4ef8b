/* SPDX-License-Identifier: MIT
 * lua_link.c - the class Link: what one page refers to, resolved. */
#include "lua/state.h"

static const char *const STATES[] = {
    [LINK_OK] = "ok",
    [LINK_EXTERNAL] = "external",
    [LINK_BROKEN] = "broken",
    [LINK_NO_ANCHOR] = "no-anchor",
    [LINK_ANCHOR_CASE] = "anchor-case",
    [LINK_FILE_CASE] = "file-case",
    [LINK_OUTSIDE] = "outside",
    [LINK_DRAFT] = "draft",
    [LINK_UNKNOWN_ID] = "unknown-id",
    [LINK_NO_INDEX] = "no-index",
};

static const char *const FORMS[] = {
    [LINK_TEXT] = "text", [LINK_IMAGE] = "image", [LINK_NAME] = "name", [LINK_MENTION] = "mention"};

const char *link_state_name(LinkState state) {
    return STATES[state];
}

void link_push(lua_State *L, const Page *from, const PageLink *link) {
    handle_push(L, &link_type, link)->page = from;
}

static const PageLink *resolved(const Handle *handle) {
    return handle->object;
}

static const Link *written(const Handle *handle) {
    return resolved(handle)->link;
}

static void push_form(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushstring(L, FORMS[written(handle)->form]);
}

static void push_target(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, written(handle)->target);
}

static void push_text(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, written(handle)->text);
}

static void push_sentence(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, written(handle)->sentence);
}

static void push_line(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, written(handle)->pos.line);
}

static void push_column(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushinteger(L, written(handle)->pos.column);
}

static void push_from(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    handle_push_cached(L, &page_type, handle->page);
}

static void push_section(lua_State *L, PluginState *state, Handle *handle) {
    section_push(L, state, handle->page, written(handle)->section);
}

static void push_state(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushstring(L, STATES[resolved(handle)->target.state]);
}

static void push_page(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    handle_push_cached(L, &page_type, resolved(handle)->target.page);
}

static void push_anchor(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, resolved(handle)->target.anchor);
}

static void push_record(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    const Record *record = resolved(handle)->target.record;
    if (record != NULL) {
        handle_push(L, &record_type, record);
    } else {
        lua_pushnil(L);
    }
}

static void push_suggestion(lua_State *L, PluginState *state, Handle *handle) {
    const PageLink *link = resolved(handle);
    LinkState found = link->target.state;
    if (found == LINK_OK || found == LINK_EXTERNAL) {
        lua_pushnil(L);
        return;
    }
    str_push_optional(L, site_suggest(state->call->site, handle->page, link->link->target, found,
                                      &state->scratch));
}

static const Field FIELDS[] = {
    {"form", push_form, false},       {"target", push_target, false},
    {"text", push_text, false},       {"sentence", push_sentence, false},
    {"line", push_line, false},       {"column", push_column, false},
    {"from", push_from, false},       {"section", push_section, false},
    {"state", push_state, false},     {"page", push_page, false},
    {"anchor", push_anchor, false},   {"record", push_record, false},
    {"suggestion", push_suggestion, false}, {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{NULL, NULL}};

const HandleType link_type = {HANDLE_LINK, "Link", FIELDS, METHODS, false};
