/* SPDX-License-Identifier: MIT
 * lua_highlight.c - quoin.highlight: languages are tables that are read when a text first needs
 * them, once a state. */
#include "lua/state.h"

#include "text/highlight.h"

#include <string.h>

#define MAX_RANGES 1000
#define MAX_ROUNDS 40 /* of languages that name languages */

/* --- rules --------------------------------------------------------------------------------- */

const char *const LANGUAGE_KEYS[] = {"name", "ignore_case", "words", "modes", NULL};

const char *const LANGUAGE_RULE_KEYS[] = {
    "words",  "followed", "first",  "operand",      "push",     "pop",     "line",     "body",
    "inside", "through",  "before", "through_line", "indented", "capture", "language", NULL};

/* A rule has a pattern and a class at 1 and 2, and names: all become keys of a map. */
static Value *read_rule(lua_State *L, Arena *arena, int index) {
    Value *rule = value_map(arena);
    if (lua_type(L, index) == LUA_TSTRING) {
        return value_text(arena, str_at(L, index));
    }
    if (lua_type(L, index) != LUA_TTABLE) {
        luaL_error(L, "a rule of a language is a table, not a %s", luaL_typename(L, index));
    }
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        bool is_named = lua_type(L, -2) == LUA_TSTRING;
        if (!is_named && !lua_isinteger(L, -2)) {
            luaL_error(L, "a rule of a language has a pattern, a class and names");
        }
        Str key = is_named ? str_at(L, -2) : str_format(arena, "%d", (int)lua_tointeger(L, -2));
        value_set(arena, rule, key, value_from_lua(L, -1, arena));
    }
    return rule;
}

static Value *read_list_of_rules(lua_State *L, Arena *arena, int index) {
    Value *list = value_list(arena);
    luaL_checktype(L, index, LUA_TTABLE);
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        value_append(arena, list, read_rule(L, arena, lua_gettop(L)));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}

static Value *read_modes(lua_State *L, Arena *arena, int index) {
    Value *modes = value_map(arena);
    luaL_checktype(L, index, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            luaL_error(L, "`modes` wants a table of names");
        }
        value_set(arena, modes, str_at(L, -2), read_list_of_rules(L, arena, lua_gettop(L)));
    }
    return modes;
}

static const Value *read_language(lua_State *L, Arena *arena, int index) {
    Value *rules = value_map(arena);
    handle_check_keys(L, index, "a language", LANGUAGE_KEYS);
    value_set(arena, rules, STR("ignore_case"),
              value_bool(arena, table_boolean(L, index, "ignore_case", false)));
    if (lua_getfield(L, index, "words") != LUA_TNIL) {
        value_set(arena, rules, STR("words"), value_from_lua(L, -1, arena));
    }
    lua_getfield(L, index, "modes");
    value_set(arena, rules, STR("modes"), read_modes(L, arena, lua_gettop(L)));
    lua_pop(L, 2);
    return rules;
}

/* The table on top is the language that was asked for as `alias`. */
static void add_language(lua_State *L, PluginState *state, Str alias) {
    int index = lua_gettop(L);
    luaL_checktype(L, index, LUA_TTABLE);
    Highlighter *highlighter = state->highlighter;
    Str name = str_copy(&state->scratch, table_text(L, index, "name", true));
    buf_reset(&state->text);
    if (!highlighter_knows(highlighter, name)) {
        const Value *rules = read_language(L, &state->scratch, index);
        if (!highlighter_add(highlighter, name, rules, &state->text)) {
            luaL_error(L, "the language `%s`: %s", str_terminated(&state->scratch, name),
                       str_terminated(&state->scratch, buf_str(&state->text)));
        }
    }
    if (!str_equal(alias, name)) {
        highlighter_alias(highlighter, alias, name);
    }
}

bool highlight_load(lua_State *L, int load, Str name) {
    PluginState *state = state_of(L);
    if (state->highlighter == NULL) {
        state->highlighter = highlighter_new();
    }
    if (highlighter_knows(state->highlighter, name)) {
        return highlighter_has(state->highlighter, name);
    }
    lua_pushvalue(L, load);
    str_push(L, name);
    name = str_at(L, -1);
    lua_pushvalue(L, -1);
    lua_insert(L, -3); /* keeps the name alive */
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) {
        highlighter_alias(state->highlighter, name, STR_EMPTY);
    } else {
        add_language(L, state, name);
    }
    bool is_there = highlighter_has(state->highlighter, name);
    lua_pop(L, 2);
    return is_there;
}

/* --- quoin.highlight ----------------------------------------------------------------------- */

static uint32_t read_line_number(lua_State *L, int list, lua_Integer at) {
    lua_rawgeti(L, list, at);
    lua_Integer number = luaL_checkinteger(L, -1);
    lua_pop(L, 1);
    return number < 0 ? 0 : number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

/* A flat list: first, last, first, last, ... */
static void read_ranges(lua_State *L, Arena *arena, int list, HighlightOptions *options) {
    lua_Integer count = (lua_Integer)lua_rawlen(L, list) / 2;
    if (count > MAX_RANGES) {
        luaL_error(L, "more than %d ranges of lines", MAX_RANGES);
    }
    HighlightRange *ranges = arena_array(arena, HighlightRange, (size_t)count);
    for (lua_Integer i = 0; i < count; i++) {
        ranges[i].first = read_line_number(L, list, 2 * i + 1);
        ranges[i].last = read_line_number(L, list, 2 * i + 2);
        bool is_behind = i == 0 || ranges[i].first > ranges[i - 1].last;
        if (ranges[i].last < ranges[i].first || !is_behind) {
            luaL_error(L, "ranges of lines have to be in order");
        }
    }
    options->ranges = ranges;
    options->range_count = (size_t)count;
}

const char *const HIGHLIGHT_OPTION_KEYS[] = {"lines", "marked", NULL};

void highlight_read_options(lua_State *L, Arena *arena, int index, HighlightOptions *options) {
    options->has_lines = table_boolean(L, index, "lines", false);
    if (lua_getfield(L, index, "marked") != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        read_ranges(L, arena, lua_gettop(L), options);
        options->has_lines = true;
    }
    lua_pop(L, 1);
}

/* quoin.highlight(text, language, load, options) */
int highlight_text(lua_State *L) {
    PluginState *state = state_of(L);
    Str text = str_check(L, 1), name = str_check(L, 2);
    HighlightOptions options = {0};
    luaL_checktype(L, 3, LUA_TFUNCTION);
    if (!lua_isnoneornil(L, 4)) {
        luaL_checktype(L, 4, LUA_TTABLE);
        handle_check_keys(L, 4, "the options of quoin.highlight", HIGHLIGHT_OPTION_KEYS);
        highlight_read_options(L, &state->scratch, 4, &options);
    }
    if (!highlight_load(L, 3, name)) {
        lua_pushnil(L);
        return 1;
    }
    for (int round = 0;; round++) {
        buf_reset(&state->href);
        size_t missing = highlight(state->highlighter, name, text, &options, &state->href);
        Str *names = arena_array(&state->scratch, Str, missing);
        for (size_t i = 0; i < missing; i++) {
            names[i] = highlighter_missing(state->highlighter, i);
        }
        if (missing == 0 || round == MAX_ROUNDS) {
            break;
        }
        for (size_t i = 0; i < missing; i++) {
            highlight_load(L, 3, names[i]);
        }
    }
    str_push(L, buf_str(&state->href));
    return 1;
}
