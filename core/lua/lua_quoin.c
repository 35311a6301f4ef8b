/* SPDX-License-Identifier: MIT
 * lua_quoin.c - the table `quoin`: text helpers, and `pairs` in the order of the keys. */
#include "base/date.h"
#include "base/hash.h"
#include "lua/state.h"
#include "text/html.h"
#include "text/slug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int quoin_escape(lua_State *L) {
    Str text = str_check(L, 1);
    if (text.len == 0 || strpbrk(text.data, "&<>\"") == NULL) {
        if (memchr(text.data, 0, text.len) == NULL) {
            lua_settop(L, 1);
            return 1;
        }
    }
    PluginState *state = state_of(L);
    buf_reset(&state->text);
    html_add_escaped(&state->text, text);
    str_push(L, buf_str(&state->text));
    return 1;
}

static int quoin_slug(lua_State *L) {
    str_push(L, slug_make(&state_of(L)->scratch, str_check(L, 1)));
    return 1;
}

static int quoin_safe_url(lua_State *L) {
    if (html_url_is_safe(str_check(L, 1), false)) {
        lua_settop(L, 1);
    } else {
        lua_pushnil(L);
    }
    return 1;
}

static int quoin_json(lua_State *L) {
    PluginState *state = state_of(L);
    luaL_checkany(L, 1);
    const Value *value = value_from_lua(L, 1, &state->scratch);
    buf_reset(&state->text);
    value_add_json(&state->text, value);
    str_push(L, buf_str(&state->text));
    return 1;
}

static int quoin_hash(lua_State *L) {
    char hex[33];
    hash_hex(str_check(L, 1), hex);
    lua_pushstring(L, hex);
    return 1;
}

/* --- pairs --------------------------------------------------------------------------------- */

/* A key to sort by: numbers before text, others last as they come. Text is kept alive by the table
 * that is walked, or else by the list of keys. */
typedef struct SortKey {
    int rank;
    lua_Number number;
    Str text;
    lua_Integer at; /* in the list of keys */
} SortKey;

static int compare_sort_keys(const void *a, const void *b) {
    const SortKey *left = a, *right = b;
    if (left->rank != right->rank) {
        return left->rank - right->rank;
    }
    if (left->rank == 0 && left->number != right->number) {
        return left->number < right->number ? -1 : 1;
    }
    int order = left->rank == 1 ? str_compare(left->text, right->text) : 0;
    return order != 0 ? order : left->at < right->at ? -1 : left->at > right->at;
}

static SortKey sort_key(lua_State *L, int index, lua_Integer at) {
    SortKey key = {.rank = 2, .at = at};
    if (lua_type(L, index) == LUA_TNUMBER) {
        key.rank = 0;
        key.number = lua_tonumber(L, index);
    } else if (lua_type(L, index) == LUA_TSTRING) {
        key.rank = 1;
        key.text = str_at(L, index);
    } else if (lua_type(L, index) == LUA_TBOOLEAN) {
        key.number = lua_toboolean(L, index);
    }
    return key;
}

/* Counts the keys of the table at 1; true when they are 1, 2, 3, ... in this order already. */
static bool is_sequence(lua_State *L, lua_Integer *count) {
    bool is_ordered = true;
    *count = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        ++*count;
        is_ordered = is_ordered && lua_isinteger(L, -2) && lua_tointeger(L, -2) == *count;
    }
    return is_ordered;
}

/* Upvalues: the table, its keys in order, how many came. */
static int next_sorted(lua_State *L) {
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        lua_settop(L, 0);
        if (lua_rawgeti(L, lua_upvalueindex(2), ++at) == LUA_TNIL) {
            return 1;
        }
        lua_pushvalue(L, 1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) { /* else removed meanwhile */
            break;
        }
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int next_in_table(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    return lua_next(L, 1) ? 2 : (lua_pushnil(L), 1);
}

/* Pushes a list of the keys of the table at 1 in order. */
static void push_sorted_keys(lua_State *L, lua_Integer count) {
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    SortKey *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);
    lua_Integer at = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0 && at < count; lua_pop(L, 1)) {
        keys[at] = sort_key(L, -2, at + 1);
        lua_pushvalue(L, -2);
        lua_rawseti(L, -5, ++at);
    }
    qsort(keys, (size_t)at, sizeof *keys, compare_sort_keys);
    for (lua_Integer i = 0; i < at; i++) {
        lua_rawgeti(L, -2, keys[i].at);
        lua_rawseti(L, -4, i + 1);
    }
    lua_pop(L, 2);
}

int quoin_sorted(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer count;
    if (is_sequence(L, &count)) {
        lua_pushcfunction(L, next_in_table);
        lua_pushvalue(L, 1);
        lua_pushnil(L);
        return 3;
    }
    lua_pushvalue(L, 1);
    push_sorted_keys(L, count);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_sorted, 3);
    return 1;
}

static int quoin_days(lua_State *L) {
    Date date;
    if (date_parse(str_check(L, 1), &date)) {
        lua_pushinteger(L, date_to_days(date));
    } else {
        lua_pushnil(L);
    }
    return 1;
}

static int quoin_date(lua_State *L) {
    lua_Integer days = luaL_checkinteger(L, 1);
    luaL_argcheck(L, days > -700000 && days < 2900000, 1, "not in the years 1 to 9999");
    Date date = date_from_days((int32_t)days);
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    lua_pushstring(L, text);
    return 1;
}

const luaL_Reg quoin_functions[] = {
    {"escape", quoin_escape}, {"slug", quoin_slug},           {"safe_url", quoin_safe_url},
    {"json", quoin_json},     {"parse_json", json_parse_lua}, {"sorted", quoin_sorted},
    {"hash", quoin_hash},     {"buffer", buffer_new},         {"days", quoin_days},
    {"date", quoin_date},     {"run", run_program},           {"cached", cached_text},
    {"layout", layout_graph}, {"highlight", highlight_text},  {NULL, NULL}};

static int unknown_function(lua_State *L) {
    size_t count = 0;
    Str names[sizeof quoin_functions / sizeof *quoin_functions];
    for (; quoin_functions[count].name != NULL; count++) {
        names[count] = str_from(quoin_functions[count].name);
    }
    Str name = str_at(L, 2);
    return luaL_error(L, "quoin has no function `%s`%s", luaL_tolstring(L, 2, NULL),
                      handle_hint(state_of(L), name, names, count));
}

static int read_only(lua_State *L) {
    return luaL_error(L, "the table quoin cannot be changed");
}

/* Pushes the table: an empty one before the functions, so that it cannot be changed. */
void quoin_register(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    luaL_setfuncs(L, quoin_functions, 0);
    lua_pushliteral(L, QUOIN_VERSION);
    lua_setfield(L, -2, "version");
    lua_newtable(L);
    lua_pushcfunction(L, unknown_function);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, read_only);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}
