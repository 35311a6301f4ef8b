/* SPDX-License-Identifier: MIT
 * lua_template.h - runs a theme's templates (text/template.h) in a Lua state.
 *
 * The state belongs to the templates alone: the engine gives nil a metatable there, so that a
 * field of something undefined is undefined instead of an error. */
#ifndef QUOIN_LUA_LUA_TEMPLATE_H
#define QUOIN_LUA_LUA_TEMPLATE_H

#include "model/theme.h"

#include <lua.h>

typedef struct TemplateEngine TemplateEngine;

/* `L`, `theme` and `diag` must outlive all rendering. NULL when Lua has no memory left. */
TemplateEngine *template_engine_new(lua_State *L, const Theme *theme, Diag *diag);

/* Appends the template `name` ("layouts/page.html"), rendered with the variables in the table at
 * `context_index`, to `out`. In it, `content` (text) and what the function `slot` returns are
 * trusted HTML; every other text is escaped when it is written. False after reporting
 * "template.*"; `out` is then as it was. Templates are compiled once an engine. */
bool template_engine_render(TemplateEngine *engine, const char *name, int context_index, Buf *out);

/* Does not touch the Lua state: may be called before or after lua_close. */
void template_engine_free(TemplateEngine *engine);

#endif
