/* SPDX-License-Identifier: MIT
 * handle.c - what plugins hold of the core's data: typed, read-only, dead after the hook call.
 *
 * Every full userdata in a plugin's state that is as large as a Handle starts with a pointer that
 * tells its type, so checking one is a comparison. Fields are tables of data: name -> getter. */
#include "lua/state.h"

#include <string.h>

#define METATABLE(kind) (REF_METATABLE + (int)(kind))

static const HandleType *const TYPES[HANDLE_COUNT] = {
    [HANDLE_PAGE] = &page_type,      [HANDLE_SECTION] = &section_type,
    [HANDLE_NODE] = &node_type_info, [HANDLE_RECORD] = &record_type,
    [HANDLE_LINK] = &link_type,      [HANDLE_PROJECT] = &project_type,
    [HANDLE_SITE] = &site_type,      [HANDLE_BLOCK] = &block_type};

const HandleType *const *handle_types(void) {
    return TYPES;
}

const char *handle_hint(PluginState *state, Str name, const Str *names, size_t count) {
    Str near = str_nearest(name, names, count);
    if (near.len == 0) {
        return "";
    }
    return str_terminated(
        &state->scratch,
        str_format(&state->scratch, "; did you mean `" STR_FMT "`?", STR_ARG(near)));
}

static int raise_unknown_field(lua_State *L, PluginState *state, const HandleType *type) {
    size_t count = 0, at = 0;
    for (const Field *field = type->fields; field->name != NULL; field++) {
        count++;
    }
    for (const luaL_Reg *method = type->methods; method->name != NULL; method++) {
        count++;
    }
    Str *names = arena_array(&state->scratch, Str, count);
    for (const Field *field = type->fields; field->name != NULL; field++) {
        names[at++] = str_from(field->name);
    }
    for (const luaL_Reg *method = type->methods; method->name != NULL; method++) {
        names[at++] = str_from(method->name);
    }
    if (lua_type(L, 2) != LUA_TSTRING) {
        return luaL_error(L, "%s has fields with names, not a %s", type->name, luaL_typename(L, 2));
    }
    return luaL_error(L, "%s has no field `%s`%s", type->name, lua_tostring(L, 2),
                      handle_hint(state, str_at(L, 2), names, count));
}

static Handle *as_handle(lua_State *L, int index) {
    bool is_large = lua_type(L, index) == LUA_TUSERDATA && lua_rawlen(L, index) >= sizeof(Handle);
    return is_large ? lua_touserdata(L, index) : NULL;
}

static void check_fresh(lua_State *L, const PluginState *state, const Handle *handle) {
    bool is_stale = handle->generation != state->generation ||
                    (handle->type == &node_type_info && handle->object != NULL &&
                     nodes_is_removed(state->worker, handle->object));
    if (is_stale) {
        luaL_error(L,
                   "stale handle: this %s belongs to an earlier hook call or was removed; keep "
                   "its fields instead",
                   handle->type->name);
    }
}

Handle *handle_test(lua_State *L, int arg, const HandleType *type) {
    Handle *handle = as_handle(L, arg);
    if (handle == NULL || handle->type != type) {
        return NULL;
    }
    check_fresh(L, state_of(L), handle);
    return handle;
}

Handle *handle_check(lua_State *L, int arg, const HandleType *type) {
    Handle *handle = handle_test(L, arg, type);
    if (handle == NULL) {
        luaL_typeerror(L, arg, type->name);
    }
    return handle;
}

/* A field that is made once: in the user value, by its index. */
static int push_kept(lua_State *L, PluginState *state, Handle *handle, const Field *field,
                     lua_Integer index) {
    if (lua_getiuservalue(L, 1, 1) != LUA_TTABLE) {
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, 1);
    }
    int kept = lua_gettop(L);
    if (lua_rawgeti(L, kept, index) == LUA_TNIL) {
        field->push(L, state, handle);
        lua_pushvalue(L, -1);
        lua_rawseti(L, kept, index);
    }
    return 1;
}

/* Upvalues: names -> method or index of a field; the type. */
static int read_field(lua_State *L) {
    PluginState *state = state_of(L);
    const HandleType *type = lua_touserdata(L, lua_upvalueindex(2));
    Handle *handle = lua_touserdata(L, 1); /* nobody else can call this: the metatable is hidden */
    check_fresh(L, state, handle);
    lua_pushvalue(L, 2);
    int found = lua_rawget(L, lua_upvalueindex(1));
    if (found == LUA_TFUNCTION) {
        return 1;
    }
    if (found != LUA_TNUMBER) {
        return raise_unknown_field(L, state, type);
    }
    lua_Integer index = lua_tointeger(L, -1);
    const Field *field = &type->fields[index];
    if (field->is_kept) {
        return push_kept(L, state, handle, field, index);
    }
    field->push(L, state, handle);
    return 1;
}

static int refuse_writing(lua_State *L) {
    const HandleType *type = lua_touserdata(L, lua_upvalueindex(1));
    return luaL_error(L, "%s is read-only: `%s` cannot be assigned", type->name,
                      luaL_tolstring(L, 2, NULL));
}

static int is_equal(lua_State *L) {
    const Handle *a = as_handle(L, 1), *b = as_handle(L, 2);
    lua_pushboolean(L, a != NULL && b != NULL && a->type == b->type && a->object == b->object &&
                           a->page == b->page && a->index == b->index);
    return 1;
}

static int to_text(lua_State *L) {
    const HandleType *type = lua_touserdata(L, lua_upvalueindex(1));
    lua_pushstring(L, type->name);
    return 1;
}

static void register_type(lua_State *L, const HandleType *type) {
    lua_newtable(L); /* the metatable */
    lua_newtable(L); /* its members */
    for (lua_Integer i = 0; type->fields[i].name != NULL; i++) {
        lua_pushinteger(L, i);
        lua_setfield(L, -2, type->fields[i].name);
    }
    luaL_setfuncs(L, type->methods, 0);
    lua_pushlightuserdata(L, (void *)(uintptr_t)type);
    lua_pushcclosure(L, read_field, 2);
    lua_setfield(L, -2, "__index");
    static const luaL_Reg OTHERS[] = {
        {"__newindex", refuse_writing}, {"__eq", is_equal}, {"__tostring", to_text}, {NULL, NULL}};
    lua_pushlightuserdata(L, (void *)(uintptr_t)type);
    luaL_setfuncs(L, OTHERS, 1);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, type->name);
    lua_setfield(L, -2, "__name");
    lua_rawseti(L, LUA_REGISTRYINDEX, METATABLE(type->kind));
}

void handle_register(lua_State *L) {
    for (size_t i = 0; i < HANDLE_COUNT; i++) {
        register_type(L, TYPES[i]);
    }
}

Handle *handle_push(lua_State *L, const HandleType *type, const void *object) {
    Handle *handle = lua_newuserdatauv(L, sizeof *handle, type->keeps ? 1 : 0);
    *handle = (Handle){.type = type, .object = object, .generation = state_of(L)->generation};
    lua_rawgeti(L, LUA_REGISTRYINDEX, METATABLE(type->kind));
    lua_setmetatable(L, -2);
    return handle;
}

void handle_push_cached(lua_State *L, const HandleType *type, const void *object) {
    if (object == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, REF_HANDLES);
    if (lua_rawgetp(L, -1, object) == LUA_TNIL) {
        lua_pop(L, 1);
        handle_push(L, type, object);
        state_of(L)->has_cached = true;
        lua_pushvalue(L, -1);
        lua_rawsetp(L, -3, object);
    }
    lua_remove(L, -2);
}

static bool is_known(const char *const *keys, const char *name) {
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (strcmp(keys[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void handle_check_keys(lua_State *L, int index, const char *what, const char *const *keys) {
    luaL_checktype(L, index, LUA_TTABLE);
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING) {
            luaL_error(L, "%s has named fields only", what);
        }
        if (is_known(keys, lua_tostring(L, -1))) {
            continue;
        }
        PluginState *state = state_of(L);
        size_t count = 0;
        while (keys[count] != NULL) {
            count++;
        }
        Str *names = arena_array(&state->scratch, Str, count);
        for (size_t i = 0; i < count; i++) {
            names[i] = str_from(keys[i]);
        }
        luaL_error(L, "%s has no field `%s`%s", what, lua_tostring(L, -1),
                   handle_hint(state, str_at(L, -1), names, count));
    }
}

void handle_need_site(lua_State *L, PluginState *state, const char *what) {
    if (state->call == NULL || state->call->site == NULL) {
        luaL_error(L, "%s is not known yet in `collect`, which sees one page only", what);
    }
}
