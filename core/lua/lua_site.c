/* SPDX-License-Identifier: MIT
 * lua_site.c - the classes Site and Project. */
#include "lua/state.h"

static void push_pages_of(lua_State *L, const Page *const *pages, size_t count) {
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        handle_push_cached(L, &page_type, pages[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static Str kind_argument(lua_State *L) {
    return lua_isnoneornil(L, 2) ? STR_EMPTY : str_check(L, 2);
}

/* --- Project ------------------------------------------------------------------------------- */

static const Project *project_of(const Handle *handle) {
    return handle->object;
}

static void push_project_id(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, project_of(handle)->id);
}

static void push_project_title(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, project_of(handle)->title);
}

static void push_project_owner(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push_optional(L, project_of(handle)->owner);
}

static void push_project_status(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push_optional(L, project_of(handle)->status);
}

static void push_project_description(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push_optional(L, project_of(handle)->description);
}

static void push_project_home(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    handle_push_cached(L, &page_type, project_of(handle)->home);
}

static void push_project_pages(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    push_pages_of(L, project_of(handle)->pages, project_of(handle)->page_count);
}

static int project_records(lua_State *L) {
    const Project *project = project_of(handle_check(L, 1, &project_type));
    Str kind = kind_argument(L);
    lua_Integer found = 0;
    lua_newtable(L);
    for (size_t i = 0; i < project->page_count; i++) {
        const Page *page = project->pages[i];
        for (size_t k = 0; k < page->record_count; k++) {
            if (kind.len == 0 || str_equal(page->records[k]->kind, kind)) {
                handle_push(L, &record_type, page->records[k]);
                lua_rawseti(L, -2, ++found);
            }
        }
    }
    return 1;
}

static const Field PROJECT_FIELDS[] = {{"id", push_project_id, false},
                                       {"title", push_project_title, false},
                                       {"owner", push_project_owner, false},
                                       {"status", push_project_status, false},
                                       {"description", push_project_description, false},
                                       {"home", push_project_home, false},
                                       {"pages", push_project_pages, true},
                                       {NULL, NULL, false}};

static const luaL_Reg PROJECT_METHODS[] = {{"records", project_records}, {NULL, NULL}};

const HandleType project_type = {HANDLE_PROJECT, "Project", PROJECT_FIELDS, PROJECT_METHODS, true};

/* --- Site ---------------------------------------------------------------------------------- */

static const Site *site_of(const Handle *handle) {
    return handle->object;
}

static void push_title(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, site_of(handle)->title);
}

static void push_description(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, site_of(handle)->config->description);
}

static void push_has_search(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    lua_pushboolean(L, config_bool(site_of(handle)->config, "search"));
}

static void push_language(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, site_of(handle)->config->language);
}

static void push_url(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, site_of(handle)->config->url);
}

static void push_repository(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, site_of(handle)->config->repository);
}

static void push_home(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    handle_push_cached(L, &page_type, site_of(handle)->home);
}

static void push_pages(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    const Site *site = site_of(handle);
    push_pages_of(L, (const Page *const *)site->pages, site->page_count);
}

static void push_projects(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    const Site *site = site_of(handle);
    lua_createtable(L, (int)site->project_count, 0);
    for (size_t i = 0; i < site->project_count; i++) {
        handle_push_cached(L, &project_type, site->projects[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int site_records(lua_State *L) {
    const Site *site = site_of(handle_check(L, 1, &site_type));
    records_push(L, (const Record *const *)site->records, site->record_count, kind_argument(L));
    return 1;
}

static int site_portal_records(lua_State *L) {
    const Site *site = site_of(handle_check(L, 1, &site_type));
    Str kind = kind_argument(L);
    lua_Integer found = 0;
    lua_newtable(L);
    for (size_t i = 0; i < site->record_count; i++) {
        const Record *record = site->records[i];
        if (record->page == RECORD_NO_PAGE && (kind.len == 0 || str_equal(record->kind, kind))) {
            handle_push(L, &record_type, record);
            lua_rawseti(L, -2, ++found);
        }
    }
    return 1;
}

static int site_page_by_path(lua_State *L) {
    const Site *site = site_of(handle_check(L, 1, &site_type));
    handle_push_cached(L, &page_type, site_page(site, str_check(L, 2)));
    return 1;
}

static int site_record_by_id(lua_State *L) {
    const Site *site = site_of(handle_check(L, 1, &site_type));
    const Record *record = site_record(site, NULL, str_check(L, 2));
    if (record == NULL) {
        lua_pushnil(L);
    } else {
        handle_push(L, &record_type, record);
    }
    return 1;
}

static void push_target_fields(lua_State *L, PluginState *state, const Page *from, Str name,
                               const Target *target) {
    handle_push_cached(L, &page_type, target->page);
    lua_setfield(L, -2, "page");
    str_push(L, target->anchor);
    lua_setfield(L, -2, "anchor");
    if (target->record != NULL) {
        handle_push(L, &record_type, target->record);
        lua_setfield(L, -2, "record");
    }
    if (target->page != NULL) {
        buf_reset(&state->href);
        site_add_href(state->call->site, from, target, &state->href);
        str_push(L, buf_str(&state->href));
        lua_setfield(L, -2, "href");
    }
    str_push_optional(L, link_suggest(state, from, name, target, true));
    lua_setfield(L, -2, "suggestion");
}

static int site_find(lua_State *L) {
    PluginState *state = state_of(L);
    const Site *site = site_of(handle_check(L, 1, &site_type));
    Str name = str_check(L, 2);
    const Page *from = handle_check(L, 3, &page_type)->object;
    Target target = {0};
    site_find_name(site, from, name, &state->scratch, &target);
    lua_createtable(L, 0, 6);
    lua_pushstring(L, link_state_name(target.state));
    lua_setfield(L, -2, "state");
    push_target_fields(L, state, from, name, &target);
    return 1;
}

static void push_today(lua_State *L, PluginState *state, Handle *handle) {
    (void)state;
    str_push(L, site_of(handle)->config->today);
}

static void push_kinds(lua_State *L, PluginState *state, Handle *handle) {
    const Kinds *kinds = site_of(handle)->kinds;
    (void)state;
    lua_createtable(L, (int)kinds->count, 0);
    for (size_t i = 0; i < kinds->count; i++) {
        kind_push(L, &kinds->items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int site_kind(lua_State *L) {
    const Site *site = site_of(handle_check(L, 1, &site_type));
    kind_push(L, kinds_find(site->kinds, str_check(L, 2)));
    return 1;
}

static const Field SITE_FIELDS[] = {
    {"title", push_title, false},       {"description", push_description, false},
    {"language", push_language, false}, {"has_search", push_has_search, false},
    {"url", push_url, false},           {"repository", push_repository, false},
    {"today", push_today, false},       {"kinds", push_kinds, true},
    {"home", push_home, false},         {"pages", push_pages, true},
    {"projects", push_projects, true},  {NULL, NULL, false}};

static const luaL_Reg SITE_METHODS[] = {{"records", site_records},
                                        {"portal_records", site_portal_records},
                                        {"page", site_page_by_path},
                                        {"record", site_record_by_id},
                                        {"find", site_find},
                                        {"kind", site_kind},
                                        {NULL, NULL}};

const HandleType site_type = {HANDLE_SITE, "Site", SITE_FIELDS, SITE_METHODS, true};
