/* SPDX-License-Identifier: MIT
 * host_block.c - fenced blocks: plugins draw them on pages, and show stages of a drawing to
 * `quoin diagram`. */
#include "lua/host_parts.h"

#include <stdlib.h>

/* --- blocks of pages ----------------------------------------------------------------------- */

typedef struct BlockArguments {
    const BlockView *view;
    Str hook; /* its key in `blocks`: a language or "*" */
    Buf *out;
    bool is_drawn;
    const CodeForm **form; /* for a table, of the hook for all others; or NULL */
} BlockArguments;

static int block_body(lua_State *L) {
    PluginState *state = state_of(L);
    BlockArguments *arguments = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_BLOCKS);
    str_push(L, arguments->hook);
    lua_rawget(L, -2);
    handle_push(L, &block_type, arguments->view);
    page_push_current(L, state);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    handle_push_cached(L, &site_type, state->call->site);
    lua_call(L, 4, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        buf_add(arguments->out, str_at(L, -1));
        arguments->is_drawn = true;
    } else if (lua_type(L, -1) == LUA_TTABLE && arguments->form != NULL) {
        *arguments->form = code_form_read(L);
    } else if (!lua_isnil(L, -1)) {
        luaL_error(L, "a block returns HTML or nil, not a %s", luaL_typename(L, -1));
    }
    return 0;
}

/* Blocks are numbered on each page from 1; those for `blocks["*"]` apart, so that the ids of
 * diagrams do not depend on what else stands on the page. */
static uint32_t block_number(Worker *worker, const Markdown *markdown, bool is_other) {
    uint64_t generation = markdown_generation(markdown);
    if (worker->blocks_generation != generation) {
        worker->blocks_generation = generation;
        worker->block_count = worker->other_count = 0;
    }
    return is_other ? ++worker->other_count : ++worker->block_count;
}

static Str heading_at(const Face *face, uint32_t line) {
    uint32_t section = face_section_at(face->sections, face->section_count, line);
    return section != SECTION_NONE ? face->sections[section].title : STR_EMPTY;
}

static HookCall block_call(const PageRender *render, Node *block, const NamedHook *hook) {
    HookCall call = host_page_call(render, STAGE_BLOCK, hook->hook);
    call.place.line = node_line(block);
    return call;
}

static bool draw(PluginState *state, const PageRender *render, Node *block, const NamedHook *hook,
                 BlockArguments *arguments) {
    HookCall call = block_call(render, block, hook);
    BlockView view = {.file = call.place.file,
                      .text = node_literal(block),
                      .language = node_language(block),
                      .info = node_info(block),
                      .heading = heading_at(render->page->face, call.place.line),
                      .line = node_content_line(block),
                      .column = node_content_column(block),
                      .number =
                          block_number(state->worker, render->markdown, arguments->form != NULL)};
    arguments->view = &view;
    arguments->hook = hook->name;
    bool is_good = state_run(state, &call, block_body, arguments);
    arguments->view = NULL;
    bool is_kept = is_good && arguments->form != NULL && *arguments->form != NULL && call.made == 0;
    if (is_kept) { /* nothing was said of this block: it is the same for the next one */
        Str info = str_copy(&state->kept, view.info);
        map_set(&state->worker->code_forms, info, (void *)(uintptr_t)*arguments->form);
    }
    return arguments->is_drawn;
}

/* A language that no plugin draws: `blocks["*"]`, asked for each info string that is new. */
static bool draw_other(PluginState *state, const PageRender *render, Node *block,
                       const NamedHook *hook, Buf *out) {
    const CodeForm *form = map_get(&state->worker->code_forms, node_info(block));
    if (form == NULL) {
        BlockArguments arguments = {.out = out, .form = &form};
        if (draw(state, render, block, hook, &arguments)) {
            return true;
        }
    }
    HookCall call = block_call(render, block, hook);
    return form != NULL && code_form_write(state, &call, form, node_literal(block), out);
}

/* A block without a word behind its fence is nobody's. */
bool host_code_block(void *context, int worker, PageRender *render, Node *block, Buf *out) {
    PluginHost *host = context;
    Str name = node_language(block);
    const NamedHook *hook = name.len > 0 ? map_get(&host->languages, name) : NULL;
    PluginState *state = hook != NULL ? host_state(host, worker, hook->plugin) : NULL;
    BlockArguments arguments = {.out = out};
    if (state != NULL && draw(state, render, block, hook, &arguments)) {
        return true;
    }
    hook = name.len > 0 ? host->other_languages : NULL;
    state = hook != NULL ? host_state(host, worker, hook->plugin) : NULL;
    return state != NULL && draw_other(state, render, block, hook, out);
}

/* --- blocks that a plugin asks for --------------------------------------------------------- */

#define MAX_DEPTH 4

/* Block:draw(language, text): runs the other plugin in its own state and comes back with HTML. */
int block_draw(lua_State *L) {
    PluginState *outer = state_of(L);
    const BlockView *around = handle_check(L, 1, &block_type)->object;
    Str name = str_check(L, 2), text = str_check(L, 3);
    if (outer->call->page == NULL) {
        return luaL_error(L, "Block:draw needs a page: it is there in `blocks` only");
    }
    const NamedHook *language = map_get(&outer->host->languages, name);
    PluginState *inner =
        language != NULL ? host_state(outer->host, outer->worker->number, language->plugin) : NULL;
    if (inner == NULL) {
        lua_pushnil(L);
        return 1;
    }
    HookCall call = *outer->call;
    call.hook = language->hook;
    call.made = 0;
    if (inner->call != NULL || ++call.depth > MAX_DEPTH) {
        return luaL_error(L, "plugin %s draws already: it cannot draw this `%s` block in it",
                          language->plugin->name_text, name.data);
    }
    BlockView view = *around;
    view.text = text;
    view.language = view.info = name;
    view.number = block_number(outer->worker, call.markdown, false);
    view.is_made = true;
    BlockArguments arguments = {.view = &view, .hook = name, .out = &outer->text};
    buf_reset(&outer->text);
    state_run(inner, &call, block_body, &arguments);
    watch_check(outer->worker->watch, L);
    if (arguments.is_drawn) {
        str_push(L, buf_str(&outer->text));
    } else {
        lua_pushnil(L);
    }
    return 1;
}

/* --- stages -------------------------------------------------------------------------------- */

static const NamedHook *find_named(const NamedHook *hooks, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(hooks[i].name, name)) {
            return &hooks[i];
        }
    }
    return NULL;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Sorts and drops repeats. */
static size_t sort_names(Str *names, size_t count) {
    size_t kept = 0;
    if (count > 1) {
        qsort(names, count, sizeof *names, compare_names);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !str_equal(names[kept - 1], names[i])) {
            names[kept++] = names[i];
        }
    }
    return kept;
}

size_t plugin_host_stage_languages(const PluginHost *host, Arena *arena, const Str **out) {
    Str *names = arena_array(arena, Str, host->languages.count);
    size_t count = 0;
    for (size_t i = 0; i < host->languages.count; i++) {
        const NamedHook *language = host->languages.entries[i].value;
        if (language->plugin->stage_count > 0) {
            names[count++] = language->name;
        }
    }
    *out = names;
    return sort_names(names, count);
}

size_t plugin_host_stages(const PluginHost *host, Arena *arena, const Str **out) {
    size_t count = 0, at = 0;
    for (size_t i = 0; i < host->plugin_count; i++) {
        count += host->plugins[i].stage_count;
    }
    Str *names = arena_array(arena, Str, count);
    for (size_t i = 0; i < host->plugin_count; i++) {
        for (size_t k = 0; k < host->plugins[i].stage_count; k++) {
            names[at++] = host->plugins[i].stages[k].name;
        }
    }
    *out = names;
    return sort_names(names, count);
}

typedef struct StageArguments {
    Str stage;
    const BlockView *view;
    Buf *out;
    bool is_shown, is_json;
} StageArguments;

static int stage_body(lua_State *L) {
    PluginState *state = state_of(L);
    StageArguments *arguments = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_STAGES);
    str_push(L, arguments->stage);
    lua_rawget(L, -2);
    handle_push(L, &block_type, arguments->view);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_OPTIONS);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        buf_add(arguments->out, str_at(L, -1));
    } else if (lua_type(L, -1) == LUA_TTABLE) {
        value_add_json(arguments->out, value_from_lua(L, -1, &state->scratch));
        arguments->is_json = true;
    } else if (lua_isnil(L, -1)) {
        return 0;
    } else {
        luaL_error(L, "a stage returns text, a table or nil, not a %s", luaL_typename(L, -1));
    }
    arguments->is_shown = true;
    return 0;
}

/* What is left to say when nothing came out and nobody said why. */
static void report_nothing(Diag *diag, const BlockView *block, Str stage, const Plugin *plugin) {
    size_t count;
    diag_findings(diag, &count);
    if (count > 0) {
        return;
    }
    Pos pos = {block->file, block->line, block->column, 0};
    if (plugin == NULL) {
        diag_report(diag, SEVERITY_ERROR, "diagram.nothing", pos, NULL,
                    "no plugin shows stages of `" STR_FMT "` blocks", STR_ARG(block->language));
    } else {
        diag_report(diag, SEVERITY_ERROR, "diagram.nothing", pos,
                    "another stage may be there: --svg, --facts, --text, --layout",
                    "plugin %s has no `" STR_FMT "` for this `" STR_FMT "` block",
                    plugin->name_text, STR_ARG(stage), STR_ARG(block->language));
    }
}

bool plugin_host_stage(PluginHost *host, Str stage, const BlockView *block, Diag *diag, Buf *out,
                       bool *is_json) {
    const NamedHook *language = map_get(&host->languages, block->language);
    const Plugin *plugin = language != NULL ? language->plugin : NULL;
    const NamedHook *hook =
        plugin != NULL ? find_named(plugin->stages, plugin->stage_count, stage) : NULL;
    PluginState *state = hook != NULL ? host_state(host, 0, plugin) : NULL;
    StageArguments arguments = {.stage = stage, .view = block, .out = out};
    Diag *usual = host->options.diag;
    if (state != NULL) {
        HookCall call = {.stage = STAGE_BLOCK,
                         .hook = hook->hook,
                         .diag = diag,
                         .place = {.file = block->file, .line = block->line}};
        state_run(state, &call, stage_body, &arguments);
    }
    host->options.diag = diag; /* an error belongs to this block */
    report_flush(host);
    host->options.diag = usual;
    if (!arguments.is_shown) {
        report_nothing(diag, block, stage,
                       plugin != NULL && plugin->stage_count > 0 ? plugin : NULL);
    }
    *is_json = arguments.is_json;
    return arguments.is_shown;
}
