/* SPDX-License-Identifier: MIT
 * lua_page.c - the class Page, and the navigation as a page sees it.
 *
 * In `collect` a page is what is being read (object NULL); later it is a page of the site. */
#include "base/path.h"
#include "lua/state.h"
#include "model/nav.h"

#include <string.h>

const char *const NAV_ITEM_KEYS[] = {"title",       "page",         "depth", "is_current",
                                     "is_ancestor", "has_children", "more",  NULL};

const Face *page_face(PluginState *state, const Handle *page) {
    if (page->object != NULL) {
        return ((const Page *)page->object)->face;
    }
    return &state->call->reader->face->face;
}

const Section *page_sections(PluginState *state, const Page *page, size_t *count) {
    if (page != NULL) {
        *count = page->face->section_count;
        return page->face->sections;
    }
    const FaceBuilder *builder = state->call->reader->face;
    *count = builder->sections.count;
    return builder->sections.items;
}

void page_push_current(lua_State *L, PluginState *state) {
    if (state->call->page != NULL) {
        handle_push_cached(L, &page_type, state->call->page);
    } else {
        handle_push(L, &page_type, NULL);
    }
}

static const Page *site_page_of(lua_State *L, PluginState *state, const Handle *handle,
                                const char *what) {
    handle_need_site(L, state, what);
    return handle->object;
}

/* --- fields -------------------------------------------------------------------------------- */

static void push_path(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = page->object;
    str_push(L, it != NULL ? it->path : page_face(state, page)->path);
}

static void push_out(lua_State *L, PluginState *state, Handle *page) {
    str_push(L, site_page_of(L, state, page, "page.out")->out);
}

static void push_title(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = page->object;
    str_push(L, it != NULL ? it->title : page_face(state, page)->title);
}

static void push_meta_text(lua_State *L, PluginState *state, Handle *page, Str key) {
    str_push_optional(L, value_as_text(value_get(page_face(state, page)->meta, key)));
}

static void push_kind(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = page->object;
    const Kind *read = it == NULL ? state->call->reader->kind : NULL;
    if (it != NULL) {
        str_push_optional(L, it->kind_name);
    } else if (read != NULL) { /* named by the page or by the config's globs */
        str_push(L, read->name);
    } else {
        push_meta_text(L, state, page, STR("kind"));
    }
}

/* The kind's schema as a table, made once a state; nil for no kind. */
void kind_push(lua_State *L, const Kind *kind) {
    if (kind == NULL) {
        lua_pushnil(L);
    } else if (lua_rawgetp(L, LUA_REGISTRYINDEX, kind) == LUA_TNIL) {
        lua_pop(L, 1);
        value_push(L, kind->schema);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, kind);
    }
}

static void push_schema(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = page->object;
    const Kind *kind = it != NULL ? it->kind : state->call->reader->kind;
    (void)state;
    kind_push(L, kind);
}

static void push_meta(lua_State *L, PluginState *state, Handle *page) {
    const Value *meta = page_face(state, page)->meta;
    if (meta == NULL) {
        lua_newtable(L);
    } else {
        value_push(L, meta);
    }
}

static void push_status(lua_State *L, PluginState *state, Handle *page) {
    push_meta_text(L, state, page, STR("status"));
}

static void push_owner(lua_State *L, PluginState *state, Handle *page) {
    push_meta_text(L, state, page, STR("owner"));
}

static void push_summary(lua_State *L, PluginState *state, Handle *page) {
    str_push(L, page_face(state, page)->summary);
}

static void push_project(lua_State *L, PluginState *state, Handle *page) {
    handle_push_cached(L, &project_type, site_page_of(L, state, page, "page.project")->project);
}

static bool path_is_index(Str path) {
    Str stem = path_stem(path);
    return str_equal_ignoring_case(stem, STR("readme")) ||
           str_equal_ignoring_case(stem, STR("index"));
}

static void push_is_index(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = page->object;
    lua_pushboolean(L, it != NULL ? it->is_index : path_is_index(page_face(state, page)->path));
}

static void push_is_generated(lua_State *L, PluginState *state, Handle *page) {
    (void)state;
    const Page *it = page->object;
    lua_pushboolean(L, it != NULL && it->is_generated);
}

static void push_is_home(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = site_page_of(L, state, page, "page.is_home");
    lua_pushboolean(L, it == state->call->site->home);
}

static void push_layout(lua_State *L, PluginState *state, Handle *page) {
    str_push(L, site_page_of(L, state, page, "page.layout")->layout);
}

static void push_generated_by(lua_State *L, PluginState *state, Handle *page) {
    (void)state;
    const Page *it = page->object;
    str_push_optional(L, it != NULL ? it->generated_by : STR_EMPTY);
}

static void push_sections(lua_State *L, PluginState *state, Handle *page) {
    size_t count;
    page_sections(state, page->object, &count);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        section_push(L, state, page->object, (uint32_t)i);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_links(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = site_page_of(L, state, page, "page.links");
    lua_createtable(L, (int)it->link_count, 0);
    for (size_t i = 0; i < it->link_count; i++) {
        link_push(L, it, &it->links[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* The resolved form of a link: pages keep their links in the order of their face's. */
static const PageLink *resolved_link(const Page *from, const Link *link) {
    size_t index = (size_t)(link - from->face->links);
    if (index < from->link_count && from->links[index].link == link) {
        return &from->links[index];
    }
    for (size_t i = 0; i < from->link_count; i++) {
        if (from->links[i].link == link) {
            return &from->links[i];
        }
    }
    return NULL;
}

static void push_backlinks(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = site_page_of(L, state, page, "page.backlinks");
    lua_createtable(L, (int)it->backlink_count, 0);
    lua_Integer count = 0;
    for (size_t i = 0; i < it->backlink_count; i++) {
        const Backlink *backlink = &it->backlinks[i];
        const PageLink *link = resolved_link(backlink->from, backlink->link);
        if (link != NULL) {
            link_push(L, backlink->from, link);
            lua_rawseti(L, -2, ++count);
        }
    }
}

static void push_previous(lua_State *L, PluginState *state, Handle *page) {
    handle_push_cached(L, &page_type, site_page_of(L, state, page, "page.previous")->previous);
}

static void push_next(lua_State *L, PluginState *state, Handle *page) {
    handle_push_cached(L, &page_type, site_page_of(L, state, page, "page.next")->next);
}

static void push_nav_item(lua_State *L, const NavItem *item) {
    lua_createtable(L, 0, 7);
    str_push(L, item->title);
    lua_setfield(L, -2, "title");
    handle_push_cached(L, &page_type, item->page);
    lua_setfield(L, -2, "page");
    lua_pushinteger(L, item->depth);
    lua_setfield(L, -2, "depth");
    lua_pushboolean(L, item->is_current);
    lua_setfield(L, -2, "is_current");
    lua_pushboolean(L, item->is_ancestor);
    lua_setfield(L, -2, "is_ancestor");
    lua_pushboolean(L, item->has_children);
    lua_setfield(L, -2, "has_children");
    lua_pushinteger(L, item->more);
    lua_setfield(L, -2, "more");
}

static void push_nav_items(lua_State *L, const NavItem *items, size_t count) {
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_nav_item(L, &items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_breadcrumbs(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = site_page_of(L, state, page, "page.breadcrumbs");
    const NavItem *items;
    size_t count = nav_breadcrumbs(state->call->site, it, &state->scratch, &items);
    push_nav_items(L, items, count);
}

static void push_nav(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = site_page_of(L, state, page, "page.nav");
    const NavItem *items;
    size_t count = nav_visible(state->call->site, it, &state->scratch, &items);
    push_nav_items(L, items, count);
}

static void push_updated(lua_State *L, PluginState *state, Handle *page) {
    str_push_optional(L, site_page_of(L, state, page, "page.updated")->updated);
}

static void push_contributors(lua_State *L, PluginState *state, Handle *page) {
    const Page *it = site_page_of(L, state, page, "page.contributors");
    lua_createtable(L, (int)it->contributor_count, 0);
    for (size_t i = 0; i < it->contributor_count; i++) {
        str_push(L, it->contributors[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_line_count(lua_State *L, PluginState *state, Handle *page) {
    lua_pushinteger(L, page_face(state, page)->line_count);
}

static void push_has_title_heading(lua_State *L, PluginState *state, Handle *page) {
    lua_pushboolean(L, page_face(state, page)->has_title_heading);
}

/* --- methods ------------------------------------------------------------------------------- */

/* Only the tree of the page that the hook is for exists. */
static PluginState *check_tree(lua_State *L) {
    PluginState *state = state_of(L);
    const Handle *page = handle_check(L, 1, &page_type);
    const HookCall *call = state->call;
    bool has_tree = call->stage == STAGE_COLLECT || call->stage == STAGE_TRANSFORM;
    if (!has_tree || page->object != call->page) {
        luaL_error(L, "the text of a page can be walked in `collect` and `transform` only, and "
                      "only that of their own page");
    }
    return state;
}

static int page_nodes(lua_State *L) {
    PluginState *state = check_tree(L);
    Str type = lua_isnoneornil(L, 2) ? STR_EMPTY : str_check(L, 2);
    Str containing = lua_isnoneornil(L, 3) ? STR_EMPTY : str_check(L, 3);
    return nodes_push_iterator(L, state, type, containing);
}

static int page_contains(lua_State *L) {
    PluginState *state = check_tree(L);
    for (int i = 2; i <= lua_gettop(L) || i == 2; i++) {
        if (str_contains(state->call->text, str_check(L, i))) {
            lua_pushboolean(L, true);
            return 1;
        }
    }
    lua_pushboolean(L, false);
    return 1;
}

static int page_ids(lua_State *L) {
    return nodes_push_ids(L, check_tree(L));
}

static int page_root(lua_State *L) {
    PluginState *state = check_tree(L);
    node_push(L, state->call->root);
    return 1;
}

static int page_line(lua_State *L) {
    PluginState *state = check_tree(L);
    lua_Integer number = luaL_checkinteger(L, 2);
    bool is_line = number >= 1 && number <= UINT32_MAX;
    str_push(L,
             is_line ? nodes_line(state->worker, state->call->text, (uint32_t)number) : STR_EMPTY);
    return 1;
}

/* What was emitted so far, by index: the array moves when it grows. */
static int records_so_far(lua_State *L, PluginState *state, Str kind) {
    const FaceBuilder *builder = state->call->reader->face;
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t i = 0; i < builder->records.count; i++) {
        if (kind.len == 0 || str_equal(builder->records.items[i].kind, kind)) {
            handle_push(L, &record_type, NULL)->index = (uint32_t)i;
            lua_rawseti(L, -2, ++count);
        }
    }
    return 1;
}

static int page_records(lua_State *L) {
    PluginState *state = state_of(L);
    const Page *page = handle_check(L, 1, &page_type)->object;
    Str kind = lua_isnoneornil(L, 2) ? STR_EMPTY : str_check(L, 2);
    if (page == NULL) {
        return records_so_far(L, state, kind);
    }
    records_push(L, page->records, page->record_count, kind);
    return 1;
}

/* Relative URL of a site path: a page's, else a file's as it is. */
static void add_path_href(PluginState *state, const Page *from, Str path, Str anchor, Buf *out) {
    const Page *page = site_page(state->call->site, path);
    if (page != NULL) {
        site_add_page_href(from, page, anchor, out);
        return;
    }
    Buf *plain = &state->text;
    buf_reset(plain);
    path_add_relative(plain, from->out, path);
    Str relative = str_copy(&state->scratch, buf_str(plain));
    path_add_encoded(out, relative);
    if (anchor.len > 0) {
        buf_add_char(out, '#');
        buf_add(out, anchor);
    }
}

static bool add_handle_href(lua_State *L, PluginState *state, const Page *from, Str anchor,
                            Buf *out) {
    const Handle *to;
    if ((to = handle_test(L, 2, &page_type)) != NULL) {
        site_add_page_href(from, to->object, anchor, out);
    } else if ((to = handle_test(L, 2, &section_type)) != NULL) {
        size_t count;
        const Section *sections = page_sections(state, to->page, &count);
        site_add_page_href(from, to->page, sections[to->index].anchor, out);
    } else if ((to = handle_test(L, 2, &link_type)) != NULL) {
        site_add_href(state->call->site, from, &((const PageLink *)to->object)->target, out);
    } else if ((to = handle_test(L, 2, &project_type)) != NULL) {
        site_add_page_href(from, ((const Project *)to->object)->home, anchor, out);
    } else if ((to = handle_test(L, 2, &record_type)) != NULL) {
        const Record *record = record_of(state, to);
        const Page *page = record->page < state->call->site->page_count
                               ? state->call->site->pages[record->page]
                               : state->call->site->home;
        site_add_page_href(from, page, anchor.len > 0 ? anchor : record->anchor, out);
    } else {
        return false;
    }
    return true;
}

static int page_href(lua_State *L) {
    PluginState *state = state_of(L);
    const Handle *handle = handle_check(L, 1, &page_type);
    const Page *from = site_page_of(L, state, handle, "page:href");
    Str anchor = lua_isnoneornil(L, 3) ? STR_EMPTY : str_check(L, 3);
    if (lua_type(L, 2) != LUA_TSTRING && lua_type(L, 2) != LUA_TUSERDATA) {
        return luaL_typeerror(L, 2, "page, record, link, section, project or path");
    }
    Buf *out = &state->href;
    buf_reset(out);
    if (lua_type(L, 2) == LUA_TSTRING) {
        add_path_href(state, from, str_at(L, 2), anchor, out);
    } else if (!add_handle_href(L, state, from, anchor, out)) {
        return luaL_typeerror(L, 2, "page, record, link, section, project or path");
    }
    str_push(L, buf_str(out));
    return 1;
}

static const Field FIELDS[] = {{"path", push_path, false},
                               {"out", push_out, false},
                               {"title", push_title, false},
                               {"kind", push_kind, false},
                               {"schema", push_schema, true},
                               {"meta", push_meta, true},
                               {"status", push_status, false},
                               {"owner", push_owner, false},
                               {"summary", push_summary, false},
                               {"project", push_project, false},
                               {"is_index", push_is_index, false},
                               {"is_generated", push_is_generated, false},
                               {"is_home", push_is_home, false},
                               {"layout", push_layout, false},
                               {"generated_by", push_generated_by, false},
                               {"sections", push_sections, true},
                               {"links", push_links, true},
                               {"backlinks", push_backlinks, true},
                               {"previous", push_previous, false},
                               {"next", push_next, false},
                               {"breadcrumbs", push_breadcrumbs, true},
                               {"nav", push_nav, true},
                               {"updated", push_updated, false},
                               {"contributors", push_contributors, true},
                               {"line_count", push_line_count, false},
                               {"has_title_heading", push_has_title_heading, false},
                               {NULL, NULL, false}};

static const luaL_Reg METHODS[] = {
    {"nodes", page_nodes}, {"contains", page_contains}, {"ids", page_ids},   {"root", page_root},
    {"line", page_line},   {"records", page_records},   {"href", page_href}, {NULL, NULL}};

const HandleType page_type = {HANDLE_PAGE, "Page", FIELDS, METHODS, true};
