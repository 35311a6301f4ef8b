/* SPDX-License-Identifier: MIT
 * lua_record.c - the class Record. In `collect` a record is an index into what was emitted. */
#include "lua/state.h"

const Record *record_of(PluginState *state, const Handle *handle) {
    if (handle->object != NULL) {
        return handle->object;
    }
    return &state->call->reader->face->records.items[handle->index];
}

void records_push(lua_State *L, const Record *const *records, size_t count, Str kind) {
    lua_Integer found = 0;
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        if (kind.len == 0 || str_equal(records[i]->kind, kind)) {
            handle_push(L, &record_type, records[i]);
            lua_rawseti(L, -2, ++found);
        }
    }
}

static const Page *page_of(PluginState *state, const Record *record) {
    const Site *site = state->call->site;
    return site != NULL && record->page < site->page_count ? site->pages[record->page] : NULL;
}

static void push_kind(lua_State *L, PluginState *state, Handle *handle) {
    str_push(L, record_of(state, handle)->kind);
}

static void push_id(lua_State *L, PluginState *state, Handle *handle) {
    str_push_optional(L, record_of(state, handle)->id);
}

static void push_title(lua_State *L, PluginState *state, Handle *handle) {
    str_push(L, record_of(state, handle)->title);
}

static void push_page(lua_State *L, PluginState *state, Handle *handle) {
    if (state->call->site == NULL) {
        page_push_current(L, state);
    } else {
        handle_push_cached(L, &page_type, page_of(state, record_of(state, handle)));
    }
}

static void push_section(lua_State *L, PluginState *state, Handle *handle) {
    const Record *record = record_of(state, handle);
    if (state->call->site == NULL) { /* being read: known by its line */
        size_t count;
        const Section *sections = page_sections(state, NULL, &count);
        section_push(L, state, NULL, face_section_at(sections, count, record->pos.line));
        return;
    }
    const Page *page = page_of(state, record);
    if (page == NULL) {
        lua_pushnil(L);
    } else {
        section_push(L, state, page, record->section);
    }
}

static void push_anchor(lua_State *L, PluginState *state, Handle *handle) {
    str_push(L, record_of(state, handle)->anchor);
}

static void push_fingerprint(lua_State *L, PluginState *state, Handle *handle) {
    fingerprint_push(L, record_of(state, handle)->fingerprint);
}

static void push_line(lua_State *L, PluginState *state, Handle *handle) {
    lua_pushinteger(L, record_of(state, handle)->pos.line);
}

static void push_column(lua_State *L, PluginState *state, Handle *handle) {
    lua_pushinteger(L, record_of(state, handle)->pos.column);
}

static void push_fields(lua_State *L, PluginState *state, Handle *handle) {
    const Value *fields = record_of(state, handle)->fields;
    if (fields == NULL) {
        lua_newtable(L);
    } else {
        value_push(L, fields);
    }
}

static const Field FIELDS[] = {{"kind", push_kind, false},
                               {"id", push_id, false},
                               {"title", push_title, false},
                               {"page", push_page, false},
                               {"section", push_section, false},
                               {"anchor", push_anchor, false},
                               {"line", push_line, false},
                               {"column", push_column, false},
                               {"fingerprint", push_fingerprint, false},
                               {"fields", push_fields, true},
                               {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {{NULL, NULL}};

const HandleType record_type = {HANDLE_RECORD, "Record", FIELDS, METHODS, true};
