/* SPDX-License-Identifier: MIT
 * lua_template_lists.c - the filters of templates that work on lists. Items keep their order
 * unless the filter is about order; what sorts, sorts stably. */
#include "lua/lua_template_parts.h"

#include "base/utf8.h"
#include "text/html.h"

#include <stdlib.h>
#include <string.h>

/* --- sorting --- */

typedef struct SortKey {
    int rank; /* numbers, texts, everything else */
    lua_Number number;
    Str text; /* kept alive by a table on the stack */
    lua_Integer index;
} SortKey;

static int compare_values(const SortKey *a, const SortKey *b) {
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == 0 && a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->rank == 1 ? str_compare_natural(a->text, b->text) : 0;
}

static int compare_up(const void *a, const void *b) {
    const SortKey *x = a, *y = b;
    int order = compare_values(x, y);
    return order ? order : x->index < y->index ? -1 : 1;
}

static int compare_down(const void *a, const void *b) {
    const SortKey *x = a, *y = b;
    int order = compare_values(y, x);
    return order ? order : x->index < y->index ? -1 : 1;
}

/* The attribute that argument `argument` names, of the item on top of the stack, replaces it. */
static void take_attribute(lua_State *L, int argument) {
    if (lua_isnoneornil(L, argument))
        return;
    push_attribute(L, lua_gettop(L), text_at(L, argument));
    lua_remove(L, -2);
}

/* Pushes two values (a table that keeps texts alive, and the keys) and returns the keys. */
static SortKey *push_keys(lua_State *L, lua_Integer count, int attribute) {
    lua_createtable(L, (int)count, 0);
    int alive = lua_gettop(L);
    SortKey *keys = lua_newuserdatauv(L, (size_t)(count + 1) * sizeof *keys, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        SortKey *key = &keys[i - 1];
        *key = (SortKey){.rank = 2, .index = i};
        lua_geti(L, 1, i);
        take_attribute(L, attribute);
        int top = lua_gettop(L);
        if (lua_type(L, top) == LUA_TNUMBER) {
            key->rank = 0;
            key->number = lua_tonumber(L, top);
        } else if (lua_type(L, top) == LUA_TSTRING || is_trusted(L, top)) {
            key->rank = 1;
            key->text = text_at(L, top);
        }
        lua_rawseti(L, alive, i);
    }
    return keys;
}

static int list_sort(lua_State *L) {
    lua_settop(L, 3);
    lua_Integer count = list_at(L, 1);
    SortKey *keys = push_keys(L, count, 2);
    qsort(keys, (size_t)count, sizeof *keys, is_truthy(L, 3) ? compare_down : compare_up);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_geti(L, 1, keys[i].index);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int extreme(lua_State *L, int sign) {
    lua_settop(L, 2);
    lua_Integer count = list_at(L, 1), best = 0;
    SortKey *keys = push_keys(L, count, 2);
    for (lua_Integer i = 1; i < count; i++)
        if (compare_values(&keys[i], &keys[best]) * sign > 0)
            best = i;
    if (count == 0)
        return 0;
    lua_geti(L, 1, best + 1);
    return 1;
}

static int list_max(lua_State *L) {
    return extreme(L, 1);
}

static int list_min(lua_State *L) {
    return extreme(L, -1);
}

/* --- the others --- */

static int list_length(lua_State *L) {
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING || is_trusted(L, 1))
        lua_pushinteger(L, (lua_Integer)utf8_length(text_at(L, 1)));
    else
        lua_pushinteger(L, list_at(L, 1));
    return 1;
}

static int list_first(lua_State *L) {
    lua_settop(L, 1);
    if (list_at(L, 1) == 0)
        return 0;
    lua_geti(L, 1, 1);
    return 1;
}

static int list_last(lua_State *L) {
    lua_settop(L, 1);
    lua_Integer count = list_at(L, 1);
    if (count == 0)
        return 0;
    lua_geti(L, 1, count);
    return 1;
}

static int list_reverse(lua_State *L) {
    lua_settop(L, 1);
    lua_Integer count = list_at(L, 1);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, count + 1 - i);
        lua_rawseti(L, 2, i);
    }
    return 1;
}

/* join(separator = "", attribute): trusted items stay so, the others are escaped beside them. */
static int list_join(lua_State *L) {
    lua_settop(L, 3);
    lua_Integer count = list_at(L, 1);
    bool trusted = is_trusted(L, 2);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        take_attribute(L, 3);
        trusted = trusted || is_trusted(L, -1);
        if (!is_trusted(L, -1)) {
            lua_pushstring(L, "");
            lua_insert(L, -2);
            text_at(L, lua_gettop(L)); /* converts or raises before anything is written */
            lua_remove(L, -2);
        }
        lua_rawseti(L, 4, i);
    }
    Buf *out = &engine_of(L)->text;
    buf_reset(out);
    bool escape_separator = trusted && !is_trusted(L, 2);
    Str separator = text_at(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1 && escape_separator)
            html_add_escaped(out, separator);
        else if (i > 1)
            buf_add(out, separator);
        lua_rawgeti(L, 4, i);
        bool escape = trusted && !is_trusted(L, -1);
        Str text = text_at(L, lua_gettop(L));
        if (escape)
            html_add_escaped(out, text);
        else
            buf_add(out, text);
        lua_pop(L, 1);
    }
    lua_pushlstring(L, out->data ? out->data : "", out->len);
    if (trusted)
        trust_top(L);
    return 1;
}

static int list_map(lua_State *L) {
    lua_settop(L, 2);
    lua_Integer count = list_at(L, 1), used = 0;
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        take_attribute(L, 2);
        if (lua_isnil(L, -1)) /* a list has no holes */
            lua_pop(L, 1);
        else
            lua_rawseti(L, 3, ++used);
    }
    return 1;
}

static int list_sum(lua_State *L) {
    lua_settop(L, 2);
    lua_Integer count = list_at(L, 1);
    lua_pushinteger(L, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        take_attribute(L, 2);
        if (lua_isnil(L, -1))
            lua_pop(L, 1);
        else if (!lua_isnumber(L, -1))
            return luaL_error(L, "sum: a %s is no number", luaL_typename(L, -1));
        else
            lua_arith(L, LUA_OPADD);
    }
    return 1;
}

static bool is_in(lua_State *L, int list, int value) {
    lua_Integer count = luaL_len(L, list);
    bool found = false;
    for (lua_Integer i = 1; i <= count && !found; i++) {
        lua_geti(L, list, i);
        found = are_equal(L, -1, value);
        lua_pop(L, 1);
    }
    return found;
}

/* Does the value on top pass the test named in argument 3 (argument 4 beside it)? */
static bool passes(lua_State *L) {
    if (lua_isnil(L, 3))
        return is_truthy(L, -1);
    const char *test = luaL_checkstring(L, 3);
    int value = lua_gettop(L);
    if (strcmp(test, "equalto") == 0 || strcmp(test, "eq") == 0 || strcmp(test, "==") == 0)
        return are_equal(L, value, 4);
    if (strcmp(test, "ne") == 0 || strcmp(test, "!=") == 0)
        return !are_equal(L, value, 4);
    if (strcmp(test, "defined") == 0)
        return !lua_isnil(L, value);
    if (strcmp(test, "undefined") == 0 || strcmp(test, "none") == 0)
        return lua_isnil(L, value);
    if (strcmp(test, "in") == 0) {
        luaL_checktype(L, 4, LUA_TTABLE);
        return is_in(L, 4, value);
    }
    return luaL_error(L, "there is no test '%s' here; use eq, ne, in, defined or none", test) != 0;
}

static int filter_by(lua_State *L, bool wanted) {
    lua_settop(L, 4);
    lua_Integer count = list_at(L, 1), used = 0;
    lua_newtable(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        lua_pushvalue(L, -1);
        take_attribute(L, 2);
        bool keep = passes(L) == wanted;
        lua_pop(L, 1);
        if (keep)
            lua_rawseti(L, 5, ++used);
        else
            lua_pop(L, 1);
    }
    return 1;
}

static int list_selectattr(lua_State *L) {
    return filter_by(L, true);
}

static int list_rejectattr(lua_State *L) {
    return filter_by(L, false);
}

static int list_unique(lua_State *L) {
    lua_settop(L, 2);
    lua_Integer count = list_at(L, 1), used = 0;
    lua_newtable(L); /* 3: result */
    lua_newtable(L); /* 4: seen */
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        lua_pushvalue(L, -1);
        take_attribute(L, 2);
        if (lua_isnil(L, -1) || is_trusted(L, -1)) {
            bool nothing = lua_isnil(L, -1);
            lua_pop(L, 1);
            lua_pushstring(L, nothing ? "" : text_at(L, lua_gettop(L)).data);
        }
        lua_pushvalue(L, -1);
        bool seen = lua_rawget(L, 4) != LUA_TNIL;
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
        lua_rawset(L, 4);
        if (seen)
            lua_pop(L, 1);
        else
            lua_rawseti(L, 3, ++used);
    }
    lua_settop(L, 3);
    return 1;
}

static void start_group(lua_State *L, int key, lua_Integer number, int groups) {
    lua_createtable(L, 2, 2);
    lua_pushvalue(L, key);
    lua_rawseti(L, -2, 1);
    lua_newtable(L);
    lua_rawseti(L, -2, 2);
    lua_pushvalue(L, key);
    lua_setfield(L, -2, "grouper");
    lua_rawgeti(L, -1, 2);
    lua_setfield(L, -2, "list");
    lua_rawseti(L, groups, number);
}

/* A list of groups {grouper, list} in the order of the grouper. */
static int list_groupby(lua_State *L) {
    lua_settop(L, 2);
    lua_Integer count = list_at(L, 1), groups = 0;
    SortKey *keys = push_keys(L, count, 2); /* 3: values, 4: keys */
    qsort(keys, (size_t)count, sizeof *keys, compare_up);
    lua_newtable(L); /* 5 */
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, 3, keys[i].index);
        if (i == 0 || compare_values(&keys[i - 1], &keys[i]) != 0)
            start_group(L, lua_gettop(L), ++groups, 5);
        lua_rawgeti(L, 5, groups);
        lua_rawgeti(L, -1, 2);
        lua_geti(L, 1, keys[i].index);
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
        lua_settop(L, 5);
    }
    return 1;
}

const luaL_Reg template_list_filters[] = {
    {"first", list_first},
    {"groupby", list_groupby},
    {"join", list_join},
    {"last", list_last},
    {"length", list_length},
    {"map", list_map},
    {"max", list_max},
    {"min", list_min},
    {"rejectattr", list_rejectattr},
    {"reverse", list_reverse},
    {"selectattr", list_selectattr},
    {"sort", list_sort},
    {"sum", list_sum},
    {"unique", list_unique},
    {NULL, NULL},
};
