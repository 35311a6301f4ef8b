/* SPDX-License-Identifier: MIT
 * lua_value.c - text and typed trees between C and Lua. */
#include "lua/state.h"

#include <math.h>
#include <stdlib.h>

#define MAX_DEPTH 100
#define MAX_ITEMS 1000000

void str_push(lua_State *L, Str s) {
    lua_pushlstring(L, s.len > 0 ? s.data : "", s.len);
}

void str_push_optional(lua_State *L, Str s) {
    if (s.len == 0) {
        lua_pushnil(L);
    } else {
        str_push(L, s);
    }
}

Str str_check(lua_State *L, int arg) {
    Str s;
    s.data = luaL_checklstring(L, arg, &s.len);
    return s;
}

Str str_at(lua_State *L, int index) {
    Str s = STR_EMPTY;
    if (lua_type(L, index) == LUA_TSTRING) {
        s.data = lua_tolstring(L, index, &s.len);
    }
    return s;
}

static void raise_field_type(lua_State *L, const char *key, const char *wanted) {
    luaL_error(L, "field `%s` wants a %s, not a %s", key, wanted, luaL_typename(L, -1));
}

Str table_text(lua_State *L, int table, const char *key, bool is_needed) {
    Str s = STR_EMPTY;
    int type = lua_getfield(L, table, key);
    if (type == LUA_TSTRING) {
        s = str_at(L, -1);
    } else if (type != LUA_TNIL) {
        raise_field_type(L, key, "string");
    } else if (is_needed) {
        luaL_error(L, "field `%s` is missing", key);
    }
    lua_pop(L, 1);
    return s;
}

int64_t table_integer(lua_State *L, int table, const char *key, int64_t fallback) {
    int type = lua_getfield(L, table, key), is_integer = 1;
    if (type != LUA_TNIL) {
        fallback = type == LUA_TNUMBER ? lua_tointegerx(L, -1, &is_integer) : 0;
        if (type != LUA_TNUMBER || !is_integer) {
            raise_field_type(L, key, "whole number");
        }
    }
    lua_pop(L, 1);
    return fallback;
}

bool table_boolean(lua_State *L, int table, const char *key, bool fallback) {
    int type = lua_getfield(L, table, key);
    if (type == LUA_TBOOLEAN) {
        fallback = lua_toboolean(L, -1);
    } else if (type != LUA_TNIL) {
        raise_field_type(L, key, "boolean");
    }
    lua_pop(L, 1);
    return fallback;
}

static void push_list(lua_State *L, const Value *value) {
    lua_createtable(L, (int)value->count, 0);
    for (size_t i = 0; i < value->count; i++) {
        value_push(L, value->items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_map(lua_State *L, const Value *value) {
    lua_createtable(L, 0, (int)value->count);
    for (size_t i = 0; i < value->count; i++) {
        str_push(L, value->entries[i].key);
        value_push(L, value->entries[i].value);
        lua_rawset(L, -3);
    }
}

void value_push(lua_State *L, const Value *value) {
    luaL_checkstack(L, 4, "too deep");
    switch (value != NULL ? value->type : VALUE_NULL) {
    case VALUE_NULL:
        lua_pushnil(L);
        break;
    case VALUE_BOOL:
        lua_pushboolean(L, value->boolean);
        break;
    case VALUE_INT:
        lua_pushinteger(L, value->integer);
        break;
    case VALUE_NUMBER:
        lua_pushnumber(L, value->number);
        break;
    case VALUE_TEXT:
        str_push(L, value->text);
        break;
    case VALUE_LIST:
        push_list(L, value);
        break;
    case VALUE_MAP:
        push_map(L, value);
        break;
    }
}

typedef struct Reader {
    Arena *arena;
    size_t items;
} Reader;

static Value *read_value(lua_State *L, Reader *reader, int index, int depth);

static Value *read_list(lua_State *L, Reader *reader, int index, int depth) {
    Value *list = value_list(reader->arena);
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        value_append(reader->arena, list, read_value(L, reader, lua_gettop(L), depth));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}

static int compare_keys(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Keys are sorted: a table has no order of its own. */
static Value *read_map(lua_State *L, Reader *reader, int index, int depth) {
    Value *map = value_map(reader->arena);
    size_t count = 0, at = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            luaL_error(L, "a map here has keys of type string only, not %s", luaL_typename(L, -2));
        }
        count++;
    }
    Str *keys = arena_array(reader->arena, Str, count);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        keys[at++] = str_at(L, -2);
    }
    if (count > 1) {
        qsort(keys, count, sizeof *keys, compare_keys);
    }
    for (size_t i = 0; i < count; i++) {
        str_push(L, keys[i]);
        lua_rawget(L, index);
        value_set(reader->arena, map, keys[i], read_value(L, reader, lua_gettop(L), depth));
        lua_pop(L, 1);
    }
    return map;
}

static Value *read_number(lua_State *L, Arena *arena, int index) {
    if (lua_isinteger(L, index)) {
        return value_int(arena, lua_tointeger(L, index));
    }
    double number = lua_tonumber(L, index);
    if (!isfinite(number)) {
        luaL_error(L, "a number here must be finite");
    }
    return value_number(arena, number);
}

static Value *read_value(lua_State *L, Reader *reader, int index, int depth) {
    if (depth >= MAX_DEPTH || ++reader->items > MAX_ITEMS) {
        luaL_error(L, "the table is too deep or too large, or contains itself");
    }
    luaL_checkstack(L, 6, "too deep");
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return value_null(reader->arena);
    case LUA_TBOOLEAN:
        return value_bool(reader->arena, lua_toboolean(L, index));
    case LUA_TNUMBER:
        return read_number(L, reader->arena, index);
    case LUA_TSTRING:
        return value_text(reader->arena, str_at(L, index));
    case LUA_TTABLE: {
        bool is_list = lua_rawgeti(L, index, 1) != LUA_TNIL;
        lua_pop(L, 1);
        return is_list ? read_list(L, reader, index, depth + 1)
                       : read_map(L, reader, index, depth + 1);
    }
    default:
        luaL_error(L, "a %s cannot be stored: use text, numbers, booleans and tables",
                   luaL_typename(L, index));
        return NULL;
    }
}

Value *value_from_lua(lua_State *L, int index, Arena *arena) {
    Reader reader = {arena, 0};
    return read_value(L, &reader, lua_absindex(L, index), 0);
}
