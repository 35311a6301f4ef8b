/* SPDX-License-Identifier: MIT
 * lua_template_values.c - what values mean in templates: text, truth, equality, lists, fields. */
#include "lua/lua_template_parts.h"

#include "text/html.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

TemplateEngine *engine_of(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

bool is_trusted(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index))
        return false;
    bool same = lua_rawequal(L, -1, lua_upvalueindex(2)) != 0;
    lua_pop(L, 1);
    return same;
}

void trust_top(lua_State *L) {
    lua_createtable(L, 1, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_setmetatable(L, -2);
}

static Str string_at(lua_State *L, int index) {
    Str text;
    text.data = lua_tolstring(L, index, &text.len);
    return text;
}

Str text_at(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        return string_at(L, index);
    case LUA_TNIL:
    case LUA_TNONE:
        return STR_EMPTY;
    case LUA_TBOOLEAN:
        return lua_toboolean(L, index) ? STR("true") : STR("false");
    case LUA_TNUMBER: {
        double number = lua_tonumber(L, index);
        if (!lua_isinteger(L, index) && number == floor(number) && fabs(number) < 1e15) {
            lua_pushinteger(L, (lua_Integer)number); /* 2, not 2.0 */
            lua_replace(L, index);
        }
        return string_at(L, index);
    }
    default:
        break;
    }
    if (is_trusted(L, index))
        lua_rawgeti(L, index, 1);
    else if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        lua_pop(L, 1);
        luaL_tolstring(L, index, NULL);
    } else {
        luaL_error(L, "a %s is no text; use a field of it, join or json",
                   lua_istable(L, index) ? "list or map" : luaL_typename(L, index));
    }
    lua_replace(L, index);
    return string_at(L, index);
}

static bool has_length(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TTABLE)
        return true;
    if (luaL_getmetafield(L, index, "__len") == LUA_TNIL)
        return false;
    lua_pop(L, 1);
    return true;
}

bool is_truthy(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        return false;
    case LUA_TBOOLEAN:
        return lua_toboolean(L, index) != 0;
    case LUA_TNUMBER:
        return lua_tonumber(L, index) != 0;
    case LUA_TSTRING:
        return lua_rawlen(L, index) > 0;
    case LUA_TTABLE:
        if (is_trusted(L, index)) {
            lua_rawgeti(L, index, 1);
            bool filled = lua_rawlen(L, -1) > 0;
            lua_pop(L, 1);
            return filled;
        }
        if (luaL_len(L, index) > 0)
            return true;
        index = lua_absindex(L, index);
        lua_pushnil(L);
        if (!lua_next(L, index))
            return false;
        lua_pop(L, 2);
        return true;
    default:
        return !has_length(L, index) || luaL_len(L, index) > 0;
    }
}

bool are_equal(lua_State *L, int a, int b) {
    a = lua_absindex(L, a);
    b = lua_absindex(L, b);
    if (is_trusted(L, a))
        lua_rawgeti(L, a, 1);
    else
        lua_pushvalue(L, a);
    if (is_trusted(L, b))
        lua_rawgeti(L, b, 1);
    else
        lua_pushvalue(L, b);
    bool same = lua_compare(L, -2, -1, LUA_OPEQ) != 0;
    lua_pop(L, 2);
    return same;
}

/* --- lists --- */

static int compare_keys(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Pushes the list of the text keys of the map at `index`, sorted by bytes; whatever else a map
 * has as keys has no order and is left out. */
static lua_Integer push_sorted_keys(lua_State *L, int index) {
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        count++;
    Str *keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t used = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING && used < count)
            keys[used++] = string_at(L, -2);
    qsort(keys, used, sizeof *keys, compare_keys);
    lua_createtable(L, (int)used, 0);
    for (size_t i = 0; i < used; i++) {
        lua_pushlstring(L, keys[i].data, keys[i].len);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
    return (lua_Integer)used;
}

static lua_Integer run_iterator(lua_State *L, int index) {
    lua_newtable(L);
    for (lua_Integer n = 0;; n++) {
        lua_pushvalue(L, index);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
            lua_replace(L, index);
            return n;
        }
        if (n == TEMPLATE_LIST_MAX)
            luaL_error(L, "more than %d items in a loop", TEMPLATE_LIST_MAX);
        lua_rawseti(L, -2, n + 1);
    }
}

lua_Integer list_at(lua_State *L, int index) {
    int type = lua_type(L, index);
    if (type == LUA_TNIL || type == LUA_TNONE)
        return 0;
    if (type == LUA_TFUNCTION)
        return run_iterator(L, index);
    if (is_trusted(L, index) || !has_length(L, index) || type == LUA_TSTRING)
        return luaL_error(L, "cannot loop over a %s", luaL_typename(L, index));
    lua_Integer count = luaL_len(L, index);
    if (count > 0 || type != LUA_TTABLE)
        return count;
    count = push_sorted_keys(L, index);
    lua_replace(L, index);
    return count;
}

void push_attribute(lua_State *L, int index, Str path) {
    Str name;
    lua_pushvalue(L, index);
    while (path.len) {
        str_cut(path, '.', &name, &path);
        lua_pushlstring(L, name.data, name.len);
        lua_gettable(L, -2);
        lua_remove(L, -2);
    }
}

/* --- the runtime's functions --- */

static int run_truth(lua_State *L) {
    lua_pushboolean(L, is_truthy(L, 1));
    return 1;
}

static int run_or_false(lua_State *L) {
    if (!is_truthy(L, 1)) {
        lua_pushboolean(L, 0);
        return 1;
    }
    lua_settop(L, 1);
    return 1;
}

static int run_equal(lua_State *L) {
    lua_pushboolean(L, are_equal(L, 1, 2));
    return 1;
}

static int run_list(lua_State *L) {
    lua_settop(L, 1);
    lua_Integer count = list_at(L, 1);
    lua_pushinteger(L, count);
    return 2;
}

/* keys, count, values: of a map, or of a list of pairs. */
static int run_pairs(lua_State *L) {
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    bool is_map = lua_istable(L, 1) && luaL_len(L, 1) == 0;
    lua_Integer count = list_at(L, 2);
    lua_createtable(L, (int)count, 0); /* 3: keys */
    lua_createtable(L, (int)count, 0); /* 4: values */
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 2, i);
        if (is_map) {
            lua_pushvalue(L, -1);
            lua_rawseti(L, 3, i);
            lua_gettable(L, 1);
        } else {
            if (!lua_istable(L, -1))
                return luaL_error(L, "a loop with two variables needs a map or a list of pairs");
            lua_geti(L, -1, 1);
            lua_rawseti(L, 3, i);
            lua_geti(L, -1, 2);
            lua_remove(L, -2);
        }
        lua_rawseti(L, 4, i);
    }
    lua_pushinteger(L, count);
    lua_insert(L, 4);
    return 3;
}

static int run_select(lua_State *L) {
    lua_Integer count = list_at(L, 1), used = 0;
    lua_settop(L, 2);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        lua_pushvalue(L, 2);
        lua_pushvalue(L, -2);
        lua_call(L, 1, 1);
        bool keep = lua_toboolean(L, -1) != 0;
        lua_pop(L, 1);
        if (keep)
            lua_rawseti(L, 3, ++used);
        else
            lua_pop(L, 1);
    }
    return 1;
}

static int run_loop(lua_State *L) {
    lua_Integer i = luaL_checkinteger(L, 1), n = luaL_checkinteger(L, 2);
    static const char *const names[] = {"index", "index0", "revindex", "revindex0", "length"};
    lua_Integer values[] = {i, i - 1, n - i + 1, n - i, n};
    lua_createtable(L, 0, 7);
    for (size_t k = 0; k < 5; k++) {
        lua_pushinteger(L, values[k]);
        lua_setfield(L, -2, names[k]);
    }
    lua_pushboolean(L, i == 1);
    lua_setfield(L, -2, "first");
    lua_pushboolean(L, i == n);
    lua_setfield(L, -2, "last");
    return 1;
}

static int run_cycle(lua_State *L) {
    int count = lua_gettop(L) - 1;
    if (count < 1)
        return 0;
    lua_Integer at = (luaL_checkinteger(L, 1) - 1) % count;
    lua_pushvalue(L, 2 + (int)at);
    return 1;
}

/* range(stop), range(start, stop), range(start, stop, step); `stop` is not included. */
static int run_range(lua_State *L) {
    lua_Integer start = 0, stop = luaL_checkinteger(L, 1), step = luaL_optinteger(L, 3, 1);
    if (!lua_isnoneornil(L, 2)) {
        start = stop;
        stop = luaL_checkinteger(L, 2);
    }
    luaL_argcheck(L, step != 0, 3, "a step of 0");
    lua_newtable(L);
    lua_Integer n = 0;
    for (lua_Integer i = start; step > 0 ? i < stop : i > stop; i += step) {
        if (n == TEMPLATE_LIST_MAX)
            return luaL_error(L, "range() of more than %d numbers", TEMPLATE_LIST_MAX);
        lua_pushinteger(L, i);
        lua_rawseti(L, -2, ++n);
        if (step > 0 ? i > LUA_MAXINTEGER - step : i < LUA_MININTEGER - step)
            break;
    }
    return 1;
}

/* value[key]: lists count from 0, and from their end with negative numbers. */
static int run_at(lua_State *L) {
    lua_settop(L, 2);
    if (lua_isnil(L, 1) || lua_isnil(L, 2))
        return 0;
    if (is_trusted(L, 2))
        text_at(L, 2);
    if (lua_type(L, 2) == LUA_TNUMBER && has_length(L, 1) && lua_type(L, 1) != LUA_TSTRING) {
        lua_Integer at = luaL_checkinteger(L, 2);
        lua_Integer count = luaL_len(L, 1);
        if (count > 0) {
            lua_geti(L, 1, at < 0 ? count + 1 + at : at + 1);
            return 1;
        }
    }
    if (lua_type(L, 1) == LUA_TSTRING || is_trusted(L, 1))
        return luaL_error(L, "a text has no parts to take with []");
    lua_gettable(L, 1);
    return 1;
}

/* contains(set, value) */
static int run_contains(lua_State *L) {
    bool found = false;
    lua_settop(L, 2);
    if (lua_type(L, 1) == LUA_TSTRING || is_trusted(L, 1)) {
        found = str_contains(text_at(L, 1), text_at(L, 2));
    } else if (lua_istable(L, 1) && luaL_len(L, 1) == 0) {
        if (!lua_isnil(L, 2)) {
            lua_pushvalue(L, 2);
            found = lua_gettable(L, 1) != LUA_TNIL;
        }
    } else {
        lua_Integer count = list_at(L, 1);
        for (lua_Integer i = 1; i <= count && !found; i++) {
            lua_geti(L, 1, i);
            found = are_equal(L, -1, 2);
            lua_pop(L, 1);
        }
    }
    lua_pushboolean(L, found);
    return 1;
}

/* The texts after each other; trusted when one of them is, the others escaped then. */
static int run_concat(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    lua_settop(L, 2);
    bool first_trusted = is_trusted(L, 1), second_trusted = is_trusted(L, 2);
    bool trusted = first_trusted || second_trusted;
    Str first = text_at(L, 1), second = text_at(L, 2); /* may call __tostring: before the buffer */
    buf_reset(&engine->text);
    if (trusted && !first_trusted)
        html_add_escaped(&engine->text, first);
    else
        buf_add(&engine->text, first);
    if (trusted && !second_trusted)
        html_add_escaped(&engine->text, second);
    else
        buf_add(&engine->text, second);
    lua_pushlstring(L, engine->text.data ? engine->text.data : "", engine->text.len);
    if (trusted)
        trust_top(L);
    return 1;
}

static int run_add(lua_State *L) {
    lua_settop(L, 2);
    if (lua_type(L, 1) == LUA_TNUMBER && lua_type(L, 2) == LUA_TNUMBER) {
        lua_arith(L, LUA_OPADD);
        return 1;
    }
    if (lua_isnil(L, 1) || lua_isnil(L, 2))
        return luaL_error(L, "cannot add something undefined");
    if (!lua_istable(L, 1) || !lua_istable(L, 2) || is_trusted(L, 1) || is_trusted(L, 2))
        return run_concat(L);
    lua_Integer first = list_at(L, 1), second = list_at(L, 2);
    lua_createtable(L, (int)(first + second), 0);
    for (lua_Integer i = 1; i <= first + second; i++) {
        lua_geti(L, i <= first ? 1 : 2, i <= first ? i : i - first);
        lua_rawseti(L, 3, i);
    }
    return 1;
}

/* is(value, test, argument) */
static int run_is(lua_State *L) {
    const char *test = luaL_checkstring(L, 2);
    int type = lua_type(L, 1);
    bool result = false;
    if (strcmp(test, "string") == 0)
        result = type == LUA_TSTRING || is_trusted(L, 1);
    else if (strcmp(test, "number") == 0)
        result = type == LUA_TNUMBER;
    else if (strcmp(test, "boolean") == 0)
        result = type == LUA_TBOOLEAN;
    else if (strcmp(test, "sequence") == 0)
        result = type != LUA_TSTRING && !is_trusted(L, 1) && has_length(L, 1) && luaL_len(L, 1) > 0;
    else if (strcmp(test, "mapping") == 0)
        result = type == LUA_TTABLE && !is_trusted(L, 1) && luaL_len(L, 1) == 0;
    else if (strcmp(test, "divisibleby") == 0)
        result =
            luaL_checkinteger(L, 3) != 0 && luaL_checkinteger(L, 1) % luaL_checkinteger(L, 3) == 0;
    else
        result = (luaL_checkinteger(L, 1) & 1) == (strcmp(test, "odd") == 0);
    lua_pushboolean(L, result);
    return 1;
}

/* call(object, name, ...): a method of a handle, a function in a table. */
static int run_call(lua_State *L) {
    const char *name = lua_tostring(L, 2);
    int count = lua_gettop(L) - 2;
    int type = lua_type(L, 1);
    bool has_fields = (type == LUA_TTABLE && !is_trusted(L, 1)) || type == LUA_TUSERDATA;
    if (!has_fields || lua_getfield(L, 1, name) == LUA_TNIL) {
        if (type == LUA_TTABLE && has_fields && count == 0 && strcmp(name, "items") == 0) {
            lua_settop(L, 1); /* as in Jinja: for k, v in map.items() */
            return 1;
        }
        if (type == LUA_TSTRING || is_trusted(L, 1))
            return luaL_error(L, "a text has no function '%s'; is there a filter for it?", name);
        return luaL_error(L, "there is no function '%s'%s", name,
                          type == LUA_TNIL ? ": what stands before it is undefined" : "");
    }
    lua_replace(L, 2);
    if (type == LUA_TUSERDATA) {
        lua_pushvalue(L, 1);
        lua_insert(L, 3);
        count++;
    }
    lua_call(L, count, 1);
    return 1;
}

static int run_namespace(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_newmetatable(L, "quoin.namespace");
    lua_setmetatable(L, 1);
    return 1;
}

/* assign(namespace, name, value): other tables belong to the site and are not to be changed. */
static int run_assign(lua_State *L) {
    luaL_getmetatable(L, "quoin.namespace");
    if (!lua_istable(L, 1) || !lua_getmetatable(L, 1) || !lua_rawequal(L, -1, -2))
        return luaL_error(L, "only fields of a namespace(...) can be set");
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, 1);
    return 0;
}

const luaL_Reg template_values[] = {
    {"T", run_truth},           {"F", run_or_false},
    {"eq", run_equal},          {"list", run_list},
    {"pairs", run_pairs},       {"select", run_select},
    {"loop", run_loop},         {"cycle", run_cycle},
    {"range", run_range},       {"at", run_at},
    {"contains", run_contains}, {"concat", run_concat},
    {"add", run_add},           {"is", run_is},
    {"call", run_call},         {"namespace", run_namespace},
    {"assign", run_assign},     {NULL, NULL},
};
