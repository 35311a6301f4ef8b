/* SPDX-License-Identifier: MIT
 * lua_template_parts.h - what the files of the template runtime share.
 *
 * Every function of the runtime is a C closure with two upvalues: the engine, and the metatable
 * of trusted text. Trusted text is a table {text} with that metatable. */
#ifndef QUOIN_LUA_LUA_TEMPLATE_PARTS_H
#define QUOIN_LUA_LUA_TEMPLATE_PARTS_H

#include "base/map.h"
#include "lua/lua_template.h"

#include <lauxlib.h>

#define TEMPLATE_DEPTH_MAX 32 /* includes in includes; macros in macros */
#define TEMPLATE_FILE_MAX  ((size_t)1024 * 1024)
#define TEMPLATE_LIST_MAX  1000000 /* items of range() and of iterators */

/* A place in a template. */
typedef struct TemplatePlace {
    Str chunk; /* as Lua names the chunk; key of `loaded` */
    uint32_t line;
} TemplatePlace;

typedef struct LoadedTemplate {
    Str shown, source;
} LoadedTemplate;

struct TemplateEngine {
    lua_State *L;
    const Theme *theme;
    Diag *diag;
    Arena arena;   /* sources and names */
    Arena scratch; /* of one render */
    Map loaded;    /* chunk name -> LoadedTemplate */
    Buf code;      /* the template being compiled */
    Buf text;      /* short work of one function, never across a call into Lua */
    Buf *out;
    unsigned include_depth, macro_depth;
    bool is_reported;          /* the error on its way was reported already */
    TemplatePlace place, from; /* of the error, and where that template was included */
};

TemplateEngine *engine_of(lua_State *L);
bool is_trusted(lua_State *L, int index);
/* Replaces the text on top of the stack by trusted text. */
void trust_top(lua_State *L);
/* The value at a positive index as text (converted in place); raises for lists and maps. */
Str text_at(lua_State *L, int index);
bool is_truthy(lua_State *L, int index);
bool are_equal(lua_State *L, int a, int b);
/* Makes the value at a positive index a list that lua_geti can read; returns its length. A map
 * becomes the list of its keys in order; an iterator is run. Raises for other values. */
lua_Integer list_at(lua_State *L, int index);
/* Pushes the field at the end of a dotted path of the value at `index`. */
void push_attribute(lua_State *L, int index, Str path);

extern const luaL_Reg template_filters[]; /* lua_template_filters.c and _lists.c */
extern const luaL_Reg template_list_filters[];
extern const luaL_Reg template_values[]; /* lua_template_values.c: truth, equality, loops */

#endif
