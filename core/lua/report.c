/* SPDX-License-Identifier: MIT
 * report.c - errors of plugins become diagnostics: where in the plugin, on which page, how it got
 * there. Only the first few of each plugin and hook are shown. */
#include "lua/state.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_ERRORS    5
#define TRACE_DEPTH     6
#define MAX_KEPT_ERRORS 100000

/* "@plugins/x/init.lua" -> "plugins/x/init.lua" */
static Str source_file(const lua_Debug *activation) {
    Str source = str_from(activation->source);
    return source.len > 0 && source.data[0] == '@' ? str_from_offset(source, 1) : source;
}

static void add_trace(PluginState *state, const lua_Debug *activation) {
    Str before = state->error_trace;
    state->error_trace = str_format(&state->scratch, STR_FMT "%s" STR_FMT ":%d", STR_ARG(before),
                                    before.len > 0 ? ", " : "called from ",
                                    STR_ARG(source_file(activation)), activation->currentline);
}

/* Notes the innermost place in Lua code and the way to it; gives the message as text. */
int report_message_handler(lua_State *L) {
    PluginState *state = state_of(L);
    lua_Debug activation;
    int found = 0;
    state->error_line = 0;
    state->error_trace = STR_EMPTY;
    for (int level = 0; found < TRACE_DEPTH && lua_getstack(L, level, &activation); level++) {
        lua_getinfo(L, "Sl", &activation);
        if (activation.currentline <= 0) {
            continue;
        }
        if (found++ == 0) {
            state->error_file = str_copy(&state->scratch, source_file(&activation));
            state->error_line = (uint32_t)activation.currentline;
        } else {
            add_trace(state, &activation);
        }
    }
    if (lua_type(L, 1) != LUA_TSTRING) {
        lua_pushfstring(L, "(an error that is a %s, not a text)", luaL_typename(L, 1));
        return 1;
    }
    lua_settop(L, 1);
    return 1;
}

/* Takes "plugins/x/init.lua:12: " off the message: error() may name another level than where it
 * was called. */
static Str take_place(PluginState *state, Str message) {
    size_t at = str_find(message, STR(".lua:"));
    if (at == STR_NONE || state->plugin == NULL) {
        return message;
    }
    Str file = str_slice(message, 0, at + 4);
    Str rest = str_from_offset(message, at + 5), line, text;
    int64_t number;
    bool is_place = str_find_char(file, ' ') == STR_NONE && str_cut(rest, ':', &line, &text) &&
                    str_to_int(line, &number);
    if (!is_place) {
        return message;
    }
    if (str_starts_with(file, state->plugin->shown)) { /* not shortened with "..." */
        state->error_file = str_copy(&state->scratch, file);
        state->error_line = (uint32_t)number;
    }
    return str_trim_left(text);
}

static Str describe(PluginState *state, int status, bool is_over_time, const char **hint) {
    Arena *arena = &state->scratch;
    if (is_over_time) {
        *hint = "`limits.hook_seconds` in quoin.yaml sets the limit";
        return str_format(arena, "took longer than %d seconds", state->host->seconds);
    }
    if (status == LUA_ERRMEM) {
        *hint = "`limits.plugin_memory_mb` in quoin.yaml sets the limit";
        return str_format(arena, "not enough memory: the limit is %zu MiB",
                          state->host->memory_max >> 20);
    }
    Str message = lua_type(state->L, -1) == LUA_TSTRING ? str_at(state->L, -1)
                                                        : STR("(an error without a text)");
    message = take_place(state, message);
    *hint = state->error_trace.len > 0 ? str_terminated(arena, state->error_trace) : "";
    return str_trim_right(str_slice(message, 0, 600));
}

static Pos copy_pos(Arena *arena, Pos pos) {
    pos.file = str_copy(arena, pos.file);
    return pos;
}

/* The manual's codes: what to do about each differs. */
static Str code_of(const PluginState *state, const HookCall *call, bool is_limit) {
    if (state->plugin == NULL) {
        return STR("theme.error");
    }
    if (is_limit) {
        return STR("plugin.limit");
    }
    return call->stage == STAGE_LOAD ? STR("plugin.load") : STR("plugin.error");
}

static size_t plugin_index(const PluginState *state) {
    return state->plugin != NULL ? (size_t)(state->plugin - state->host->plugins) : SIZE_MAX;
}

void report_error(PluginState *state, HookCall *call, int status, bool is_over_time) {
    PluginHost *host = state->host;
    const char *hint;
    if (call->page != NULL && call->diag == NULL) {
        return; /* the page is rendered once more: all was said the first time */
    }
    Str text = describe(state, status, is_over_time, &hint);
    const char *name = state->plugin != NULL ? state->plugin->name_text : NULL;
    Pos pos = {.file = state->error_file, .line = state->error_line};
    if (pos.file.len == 0 && state->plugin != NULL) {
        pos.file = str_format(&state->scratch, STR_FMT "/init.lua", STR_ARG(state->plugin->shown));
    }
    pthread_mutex_lock(&host->error_lock);
    if (host->errors.count < MAX_KEPT_ERRORS) {
        Arena *arena = &host->error_arena;
        Str message =
            name != NULL
                ? str_format(arena, "plugin %s, hook %s: " STR_FMT, name, call->hook, STR_ARG(text))
                : str_format(arena, "theme, %s: " STR_FMT, call->hook, STR_ARG(text));
        PluginError error = {
            .plugin = plugin_index(state),
            .hook = call->hook,
            .diag = call->diag != NULL ? call->diag : host->options.diag,
            .finding = {.severity = SEVERITY_ERROR,
                        .code = code_of(state, call, is_over_time || status == LUA_ERRMEM),
                        .pos = copy_pos(arena, pos),
                        .message = message,
                        .hint = str_copy(arena, str_from(hint)),
                        .second = copy_pos(arena, call->place),
                        .second_note = call->place.file.len > 0 ? STR("while processing this page")
                                                                : STR_EMPTY}};
        vec_push(&host->errors, error);
    }
    pthread_mutex_unlock(&host->error_lock);
}

static int compare_errors(const void *a, const void *b) {
    const PluginError *left = a, *right = b;
    if (left->plugin != right->plugin) {
        return left->plugin < right->plugin ? -1 : 1;
    }
    int order = strcmp(left->hook, right->hook);
    order = order ? order : str_compare(left->finding.second.file, right->finding.second.file);
    if (order == 0 && left->finding.second.line != right->finding.second.line) {
        return left->finding.second.line < right->finding.second.line ? -1 : 1;
    }
    return order ? order : str_compare(left->finding.message, right->finding.message);
}

static void report_rest(PluginHost *host, const PluginError *error, size_t count) {
    const char *name =
        error->plugin < host->plugin_count ? host->plugins[error->plugin].name_text : "theme";
    diag_report(error->diag, SEVERITY_ERROR, error->finding.code.data,
                (Pos){.file = error->finding.pos.file}, NULL,
                "plugin %s, hook %s: %zu further errors like these", name, error->hook, count);
}

void report_flush(PluginHost *host) {
    pthread_mutex_lock(&host->error_lock);
    PluginError *errors = host->errors.items;
    size_t count = host->errors.count;
    if (count > 1) {
        qsort(errors, count, sizeof *errors, compare_errors);
    }
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && errors[end].plugin == errors[i].plugin &&
                      strcmp(errors[end].hook, errors[i].hook) == 0;
             end++) {
            if (end - i < SHOWN_ERRORS) {
                diag_add(errors[end].diag, &errors[end].finding);
            }
        }
        if (end - i > SHOWN_ERRORS) {
            report_rest(host, &errors[i], end - i - SHOWN_ERRORS);
        }
    }
    host->errors.count = 0;
    arena_reset(&host->error_arena);
    pthread_mutex_unlock(&host->error_lock);
}
