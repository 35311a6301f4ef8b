/* SPDX-License-Identifier: MIT
 * host_render.c - the hooks of the render station: transform, and layouts with their slots. Blocks
 * are in host_block.c.
 *
 * A layout runs in the worker's template state; `slot` leaves it for the states of the plugins and
 * comes back with HTML. */
#include "base/path.h"
#include "lua/host_parts.h"
#include "lua/lua_template.h"
#include "model/companion.h"

#include <stdlib.h>

HookCall host_page_call(const PageRender *render, Stage stage, const char *hook) {
    return (HookCall){.stage = stage,
                      .hook = hook,
                      .site = render->site,
                      .page = render->page,
                      .text = render->text,
                      .markdown = render->markdown,
                      .root = render->root,
                      .diag = render->diag,
                      .sink = render->file,
                      .sink_context = render->file_context,
                      .place = {.file = render->page->face->file}};
}

/* --- transform ----------------------------------------------------------------------------- */

static int transform_body(lua_State *L) {
    PluginState *state = state_of(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_FUNCTION + FUNCTION_TRANSFORM);
    page_push_current(L, state);
    handle_push_cached(L, &site_type, state->call->site);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    lua_call(L, 3, 0);
    return 0;
}

void host_transform(void *context, int worker, PageRender *render) {
    PluginHost *host = context;
    nodes_reset(&host->workers[worker]);
    for (size_t i = 0; i < host->plugin_count; i++) {
        const Plugin *plugin = &host->plugins[i];
        PluginState *state =
            plugin->has[FUNCTION_TRANSFORM] ? host_state(host, worker, plugin) : NULL;
        if (state != NULL) {
            HookCall call = host_page_call(render, STAGE_TRANSFORM, "transform");
            state_run(state, &call, transform_body, NULL);
        }
    }
}

/* --- slots --------------------------------------------------------------------------------- */

typedef struct SlotArguments {
    Str name;
    Handle handle;      /* `arg` when its type is not NULL */
    const Value *value; /* `arg` otherwise; may be NULL */
    Buf *out;
} SlotArguments;

static void push_argument(lua_State *L, const SlotArguments *arguments) {
    if (arguments->handle.type == NULL) {
        value_push(L, arguments->value);
        return;
    }
    Handle *handle = handle_push(L, arguments->handle.type, arguments->handle.object);
    handle->page = arguments->handle.page;
    handle->index = arguments->handle.index;
}

static int slot_body(lua_State *L) {
    PluginState *state = state_of(L);
    SlotArguments *arguments = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_SLOTS);
    str_push(L, arguments->name);
    lua_rawget(L, -2);
    page_push_current(L, state);
    handle_push_cached(L, &site_type, state->call->site);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    push_argument(L, arguments);
    lua_call(L, 4, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        buf_add(arguments->out, str_at(L, -1));
    } else if (!lua_isnil(L, -1)) {
        luaL_error(L, "a slot returns HTML or nil, not a %s", luaL_typename(L, -1));
    }
    return 0;
}

static const NamedHook *find_slot(const Plugin *plugin, Str name) {
    for (size_t i = 0; i < plugin->slot_count; i++) {
        if (str_equal(plugin->slots[i].name, name)) {
            return &plugin->slots[i];
        }
    }
    return NULL;
}

/* The second argument of `slot`, taken out of the template state. */
static void read_argument(lua_State *L, PluginState *state, SlotArguments *arguments) {
    if (lua_isnoneornil(L, 2)) {
        return;
    }
    const HandleType *const *types = handle_types();
    for (size_t i = 0; i < HANDLE_COUNT && arguments->handle.type == NULL; i++) {
        const Handle *handle = handle_test(L, 2, types[i]);
        if (handle != NULL) {
            arguments->handle = *handle;
        }
    }
    if (arguments->handle.type == NULL) {
        arguments->value = value_from_lua(L, 2, &state->scratch);
    }
}

/* What one plugin puts into the slot, if it knows it. */
static void fill_from(PluginState *layouts, const Plugin *plugin, SlotArguments *arguments) {
    const NamedHook *slot = find_slot(plugin, arguments->name);
    PluginState *state =
        slot != NULL ? host_state(layouts->host, layouts->worker->number, slot->plugin) : NULL;
    if (state != NULL) {
        HookCall call = *layouts->call;
        call.hook = slot->hook;
        call.made = 0;
        state_run(state, &call, slot_body, arguments);
    }
}

/* The theme's option `slots` may name the plugins of a slot in their order; false: none. */
static const Value *chosen_plugins(const PluginHost *host, Str slot) {
    return value_get(value_get(host->options.theme->options, STR("slots")), slot);
}

/* slot(name, arg): the HTML of all plugins that fill it. */
static int fill_slot(lua_State *L) {
    PluginState *layouts = state_of(L);
    PluginHost *host = layouts->host;
    SlotArguments arguments = {.name = str_check(L, 1), .out = &layouts->text};
    const Value *chosen = chosen_plugins(host, arguments.name);
    read_argument(L, layouts, &arguments);
    buf_reset(&layouts->text);
    for (size_t i = 0; chosen == NULL && i < host->plugin_count; i++) {
        fill_from(layouts, &host->plugins[i], &arguments);
    }
    for (size_t k = 0; chosen != NULL && chosen->type == VALUE_LIST && k < chosen->count; k++) {
        for (size_t i = 0; i < host->plugin_count; i++) {
            if (str_equal(host->plugins[i].name, value_as_text(chosen->items[k]))) {
                fill_from(layouts, &host->plugins[i], &arguments);
            }
        }
    }
    watch_check(layouts->worker->watch, L);
    str_push(L, buf_str(&layouts->text));
    return 1;
}

static void check_plugin_name(PluginHost *host, Str slot, const Value *value) {
    Str name = value_as_text(value);
    Str *names = arena_array(&host->arena, Str, host->plugin_count + 1);
    for (size_t i = 0; i < host->plugin_count; i++) {
        names[i] = host->plugins[i].name;
        if (str_equal(names[i], name)) {
            return;
        }
    }
    Str near = str_nearest(name, names, host->plugin_count);
    Str hint = str_format(&host->arena, "did you mean `" STR_FMT "`?", STR_ARG(near));
    diag_report(host->options.diag, SEVERITY_WARNING, "theme.slot",
                (Pos){host->options.config->file, value->line, value->column, (uint32_t)name.len},
                near.len > 0 ? str_terminated(&host->arena, hint) : NULL,
                "slot `" STR_FMT "`: there is no plugin `" STR_FMT "`", STR_ARG(slot),
                STR_ARG(name));
}

void host_check_slots(PluginHost *host) {
    const Theme *theme = host->options.theme;
    const Value *slots = theme != NULL ? value_get(theme->options, STR("slots")) : NULL;
    for (size_t i = 0; slots != NULL && slots->type == VALUE_MAP && i < slots->count; i++) {
        const Value *list = slots->entries[i].value;
        for (size_t k = 0; list->type == VALUE_LIST && k < list->count; k++) {
            check_plugin_name(host, slots->entries[i].key, list->items[k]);
        }
    }
}

/* --- layouts ------------------------------------------------------------------------------- */

typedef struct LayoutArguments {
    Str content;
    Buf *out;
    bool is_good;
} LayoutArguments;

static int layouts_body(lua_State *L) {
    PluginState *state = state_of(L);
    value_push(L, state->host->options.theme->options);
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, QUOIN_VERSION);
    lua_setfield(L, -2, "version");
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_KEYS);
    state->worker->engine =
        template_engine_new(L, state->host->options.theme, state->host->options.diag);
    return 0;
}

/* The worker's template state; NULL when it could not be made. */
static PluginState *layouts_state(PluginHost *host, int number) {
    Worker *worker = &host->workers[number];
    if (worker->layouts == NULL) {
        worker->layouts = state_new(host, worker, NULL);
        HookCall call = {.stage = STAGE_LOAD, .hook = "load"};
        if (worker->layouts != NULL) {
            state_run(worker->layouts, &call, layouts_body, NULL);
        }
    }
    return worker->engine != NULL ? worker->layouts : NULL;
}

/* The way from a page to the portal's root. The 404 page is served for any address, so its way
 * starts at the host: the path of the configured `url`, or the host's own root. */
static Str root_of(PluginState *state, const Page *page) {
    if (str_equal(page->layout, STR("404"))) {
        Str url = state->call->site->config->url, host, path;
        size_t scheme = str_find(url, STR("://"));
        str_cut(str_from_offset(url, scheme == STR_NONE ? 0 : scheme + 3), '/', &host, &path);
        bool has_slash = path.len == 0 || str_ends_with(path, STR("/"));
        return str_format(&state->scratch, "/" STR_FMT "%s", STR_ARG(path), has_slash ? "" : "/");
    }
    buf_reset(&state->text);
    for (size_t i = 0; i < page->out.len; i++) {
        if (page->out.data[i] == '/') {
            buf_add_literal(&state->text, "../");
        }
    }
    return str_copy(&state->scratch, buf_str(&state->text));
}

/* Is there anything in assets/site.css (".css") or assets/site.js? */
static bool has_bundle(const PluginHost *host, const Str *theme, Str ext) {
    bool is_found = theme->len > 0;
    for (size_t i = 0; i < host->plugin_count; i++) {
        const Plugin *plugin = &host->plugins[i];
        for (size_t k = 0; k < plugin->asset_count; k++) {
            is_found = is_found || str_ends_with(plugin->assets[k], ext);
        }
    }
    return is_found;
}

/* Addresses of the style sheet and the script of all pages; undefined when there is none. */
static void push_bundles(lua_State *L, PluginState *state, Str root) {
    const Theme *theme = state->host->options.theme;
    if (has_bundle(state->host, theme->css, STR(".css"))) {
        str_push(L, str_join(&state->scratch, root, STR("assets/site.css")));
        lua_setfield(L, -2, "site_css");
    }
    if (has_bundle(state->host, theme->js, STR(".js"))) {
        str_push(L, str_join(&state->scratch, root, STR("assets/site.js")));
        lua_setfield(L, -2, "site_js");
    }
}

/* Where the page's source is changed on the repository's site; empty when that is not known. */
static Str edit_url(PluginState *state, const Page *page) {
    const Config *config = state->call->site->config;
    if (page->source == NULL || config->repository.len == 0) {
        return STR_EMPTY;
    }
    Str path = path_join(&state->scratch, config->repository_prefix, page->path);
    buf_reset(&state->text);
    buf_add_format(&state->text, STR_FMT "/edit/" STR_FMT "/", STR_ARG(config->repository),
                   STR_ARG(config->branch));
    path_add_encoded(&state->text, path);
    return str_copy(&state->scratch, buf_str(&state->text));
}

/* Addresses of the page itself; undefined when it has none. */
static void push_addresses(lua_State *L, PluginState *state, Str root) {
    const Site *site = state->call->site;
    const Page *page = state->call->page;
    Buf *text = &state->text;
    buf_reset(text);
    if (companion_is_public(page) && companion_add_address(site->config, page->out, text)) {
        str_push(L, buf_str(text));
        lua_setfield(L, -2, "canonical_url");
    }
    if (companion_has_markdown(site, page)) {
        buf_reset(text);
        buf_add(text, root);
        path_add_encoded(text, page->path);
        str_push(L, buf_str(text));
        lua_setfield(L, -2, "markdown_url");
    }
    lua_pushboolean(L, site->config->previews);
    lua_setfield(L, -2, "previews");
    if (site->feed_count > 0) {
        str_push(L, str_join(&state->scratch, root, STR("feed.xml")));
        lua_setfield(L, -2, "feed_url");
    }
}

static void push_context(lua_State *L, PluginState *state, Str content) {
    const HookCall *call = state->call;
    Str root = root_of(state, call->page);
    lua_createtable(L, 0, 8);
    page_push_current(L, state);
    lua_setfield(L, -2, "page");
    handle_push_cached(L, &site_type, call->site);
    lua_setfield(L, -2, "site");
    str_push(L, content);
    lua_setfield(L, -2, "content");
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    lua_setfield(L, -2, "theme");
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_KEYS);
    lua_setfield(L, -2, "quoin");
    str_push(L, root);
    lua_setfield(L, -2, "root");
    push_bundles(L, state, root);
    push_addresses(L, state, root);
    str_push(L, edit_url(state, call->page));
    lua_setfield(L, -2, "edit_url");
    lua_pushcfunction(L, fill_slot);
    lua_setfield(L, -2, "slot");
}

/* A theme need not have every layout: "page" stands in. Looked for once a worker. */
static const char *layout_name(PluginState *state, Str layout) {
    Map *known = &state->worker->layout_names;
    const char *found = map_get(known, layout);
    if (found != NULL) {
        return found;
    }
    Str name = str_format(&state->kept, "layouts/" STR_FMT ".html", STR_ARG(layout));
    bool is_there = theme_find(state->host->options.theme, &state->kept, name, NULL) != NULL;
    found = is_there ? name.data : "layouts/page.html";
    map_set(known, str_copy(&state->kept, layout), (void *)(uintptr_t)found);
    return found;
}

static int layout_body(lua_State *L) {
    PluginState *state = state_of(L);
    LayoutArguments *arguments = lua_touserdata(L, 1);
    const char *name = layout_name(state, state->call->page->layout);
    push_context(L, state, arguments->content);
    arguments->is_good =
        template_engine_render(state->worker->engine, name, lua_gettop(L), arguments->out);
    return 0;
}

bool host_layout(void *context, int worker, PageRender *render, Str content, Buf *out) {
    PluginHost *host = context;
    PluginState *state = layouts_state(host, worker);
    if (state == NULL) {
        return false;
    }
    HookCall call = host_page_call(render, STAGE_LAYOUT, "layout");
    LayoutArguments arguments = {.content = content, .out = out};
    return state_run(state, &call, layout_body, &arguments) && arguments.is_good;
}
