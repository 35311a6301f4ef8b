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

static const char *const FORMS[] = {[LINK_TEXT] = "text",
                                    [LINK_IMAGE] = "image",
                                    [LINK_NAME] = "name",
                                    [LINK_MENTION] = "mention",
                                    [LINK_LABEL] = "label"};

const char *link_state_name(LinkState state) {
    return STATES[state];
}

static Str nearest_heading(PluginState *state, const Page *page, Str name) {
    Str page_name, heading;
    str_cut(name, '#', &page_name, &heading);
    const Face *face = page->face;
    Str *titles = arena_array(&state->scratch, Str, face->section_count);
    for (size_t i = 0; i < face->section_count; i++) {
        titles[i] = face->sections[i].title;
    }
    Str near = str_nearest(heading, titles, face->section_count);
    return near.len == 0 ? near
                         : str_format(&state->scratch, STR_FMT "#" STR_FMT, STR_ARG(page_name),
                                      STR_ARG(near));
}

static Str nearest_name(PluginState *state, Str name) {
    const Site *site = state->call->site;
    size_t count = 0, id_count = site->record_by_id.count;
    Str *names = arena_array(&state->scratch, Str, site->page_count + id_count);
    for (size_t i = 0; i < site->page_count; i++) {
        names[count++] = site->pages[i]->title;
    }
    for (size_t i = 0; i < id_count; i++) {
        const RecordName *id = site->record_by_id.entries[i].value;
        names[count++] = id->record->id;
    }
    Str page_name, heading;
    bool has_heading = str_cut(name, '#', &page_name, &heading);
    Str near = str_nearest(str_trim(page_name), names, count);
    return near.len == 0 || !has_heading
               ? near
               : str_format(&state->scratch, STR_FMT "#" STR_FMT, STR_ARG(near), STR_ARG(heading));
}

Str link_suggest(PluginState *state, const Page *from, Str target, const Target *found,
                 bool is_name) {
    if (found->state == LINK_OK || found->state == LINK_EXTERNAL) {
        return STR_EMPTY;
    }
    if (!is_name) {
        return site_suggest(state->call->site, from, target, found->state, &state->scratch);
    }
    return found->page != NULL ? nearest_heading(state, found->page, target)
                               : nearest_name(state, target);
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
    bool is_name = link->link->form == LINK_NAME || link->link->form == LINK_MENTION ||
                   link->link->form == LINK_LABEL;
    str_push_optional(
        L, link_suggest(state, handle->page, link->link->target, &link->target, is_name));
}

static const Field FIELDS[] = {{"form", push_form, false},
                               {"target", push_target, false},
                               {"text", push_text, false},
                               {"sentence", push_sentence, false},
                               {"line", push_line, false},
                               {"column", push_column, false},
                               {"from", push_from, false},
                               {"section", push_section, false},
                               {"state", push_state, false},
                               {"page", push_page, false},
                               {"anchor", push_anchor, false},
                               {"record", push_record, false},
                               {"suggestion", push_suggestion, false},
                               {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{NULL, NULL}};

const HandleType link_type = {HANDLE_LINK, "Link", FIELDS, METHODS, false};
