/* SPDX-License-Identifier: MIT
 * template.h - Jinja-like templates, compiled to Lua source.
 *
 * This room turns text into text; lua/lua_template runs the result. Line n of the generated Lua
 * is line n of the template, so that a runtime error points at the right place. */
#ifndef QUOIN_TEXT_TEMPLATE_H
#define QUOIN_TEXT_TEMPLATE_H

#include "base/diag.h"

/* Compiles `source` into a Lua chunk; false after reporting "template.*" errors with file, line,
 * column. The header comment of template.c is the reference of the syntax and of the chunk's
 * calling convention. */
bool template_compile(Str file, Str source, Buf *lua, Diag *diag);

#endif
