/* SPDX-License-Identifier: MIT
 * lua_template.c - the template engine: loads templates, runs them, reports what goes wrong.
 *
 * The runtime table Q that each chunk gets is made here of the functions for output and
 * composition below, of lua_template_values.c and, as Q.filters, of the filters' files. No C
 * function owns memory while Lua runs: Lua errors may jump out of any call. */
#include "lua/lua_template_parts.h"

#include "text/html.h"
#include "text/template.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_PREFIX "=template:"

/* --- loading --- */

static int raise_reported(lua_State *L, TemplateEngine *engine) {
    engine->is_reported = true;
    lua_pushliteral(L, "");
    return lua_error(L);
}

static bool is_inside_theme(Str name) {
    return name.len > 0 && name.data[0] != '/' && !str_contains(name, STR("..")) &&
           str_find_char(name, '\0') == STR_NONE && str_find_char(name, '\\') == STR_NONE;
}

/* Pushes the compiled template and returns true; on false the reason was reported. */
static bool compile_file(lua_State *L, TemplateEngine *engine, const char *disk, Str shown) {
    LoadedTemplate *loaded = arena_new(&engine->arena, LoadedTemplate);
    loaded->shown = str_copy(&engine->arena, shown);
    if (!fs_read(&engine->arena, disk, TEMPLATE_FILE_MAX, &loaded->source)) {
        diag_report(engine->diag, SEVERITY_ERROR, "template.unreadable", (Pos){.file = shown}, NULL,
                    "cannot read this template");
        return false;
    }
    buf_reset(&engine->code);
    if (!template_compile(loaded->shown, loaded->source, &engine->code, engine->diag))
        return false;
    Str chunk = str_join(&engine->arena, STR(CHUNK_PREFIX), shown);
    const char *name = str_terminated(&engine->arena, chunk);
    map_set(&engine->loaded, str_from(name), loaded);
    if (luaL_loadbufferx(L, engine->code.data, engine->code.len, name, "t") != LUA_OK) {
        diag_report(engine->diag, SEVERITY_ERROR, "template.error", (Pos){.file = loaded->shown},
                    "move parts of it into includes or macros", "this template is too large: %s",
                    lua_tostring(L, -1));
        return false;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, engine);
    lua_call(L, 1, 1);
    return true;
}

/* The templates of the theme, for "did you mean". */
static Str nearest_template(TemplateEngine *engine, Str name) {
    VEC(Str) names = {0};
    for (size_t i = 0; i < 8 && engine->theme->folders[i]; i++) {
        FsEntries entries = {0};
        if (fs_walk(&engine->scratch, engine->theme->folders[i], NULL, NULL, &entries))
            for (size_t k = 0; k < entries.count; k++)
                if (str_ends_with(entries.items[k].path, STR(".html")))
                    vec_push(&names, entries.items[k].path);
        vec_release(&entries);
    }
    Str near = str_nearest(name, names.items, names.count);
    vec_release(&names);
    return near;
}

static int raise_missing(lua_State *L, TemplateEngine *engine, Str name) {
    Str near = nearest_template(engine, name);
    if (!near.len)
        return luaL_error(L, "there is no template '%s' in the theme", name.data);
    lua_pushlstring(L, near.data, near.len);
    return luaL_error(L, "there is no template '%s' in the theme; did you mean '%s'?", name.data,
                      lua_tostring(L, -1));
}

/* Pushes the main function of the template whose name is the text at `index`; false (and nothing
 * pushed) when it does not exist and may be missing. Raises otherwise. */
static bool push_template(lua_State *L, TemplateEngine *engine, int index, bool may_miss) {
    Str name = text_at(L, index), shown = STR_EMPTY;
    lua_rawgetp(L, LUA_REGISTRYINDEX, engine);
    lua_getfield(L, -1, "cache");
    lua_remove(L, -2);
    lua_pushvalue(L, index);
    int type = lua_rawget(L, -2);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        const char *disk = is_inside_theme(name)
                               ? theme_find(engine->theme, &engine->scratch, name, &shown)
                               : NULL;
        if (!disk)
            lua_pushliteral(L, "missing");
        else if (!compile_file(L, engine, disk, shown.len ? shown : name))
            lua_pushliteral(L, "broken");
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
    if (lua_isfunction(L, -1))
        return true;
    if (strcmp(lua_tostring(L, -1), "missing") != 0)
        raise_reported(L, engine);
    lua_pop(L, 1);
    if (!may_miss)
        raise_missing(L, engine, name);
    return false;
}

/* --- output --- */

static void add_value(lua_State *L, Buf *out, int index) {
    if (lua_type(L, index) == LUA_TSTRING) {
        Str text;
        text.data = lua_tolstring(L, index, &text.len);
        html_add_escaped(out, text);
    } else if (is_trusted(L, index)) {
        buf_add(out, text_at(L, index));
    } else {
        html_add_escaped(out, text_at(L, index));
    }
}

/* E(text, value): the text as it is, then the value escaped. */
static int out_escaped(lua_State *L) {
    Buf *out = engine_of(L)->out;
    Str text;
    text.data = lua_tolstring(L, 1, &text.len);
    lua_settop(L, 2);
    buf_add(out, text);
    add_value(L, out, 2);
    return 0;
}

/* W(text), R(value): as it is. */
static int out_raw(lua_State *L) {
    lua_settop(L, 1);
    buf_add(engine_of(L)->out, text_at(L, 1));
    return 0;
}

static int out_mark(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)engine_of(L)->out->len);
    return 1;
}

/* take(mark): what was written since, taken back, as trusted text. */
static int out_take(lua_State *L) {
    Buf *out = engine_of(L)->out;
    size_t mark = (size_t)luaL_checkinteger(L, 1);
    lua_pushlstring(L, out->len > mark ? out->data + mark : "", out->len - mark);
    buf_truncate(out, mark);
    trust_top(L);
    return 1;
}

/* capture(function, ...): what the function writes, as trusted text. */
static int out_capture(lua_State *L) {
    Buf *out = engine_of(L)->out;
    size_t mark = out->len;
    lua_call(L, lua_gettop(L) - 1, 0);
    lua_pushlstring(L, out->len > mark ? out->data + mark : "", out->len - mark);
    buf_truncate(out, mark);
    trust_top(L);
    return 1;
}

/* --- composition --- */

static void enter_template(lua_State *L, TemplateEngine *engine) {
    if (++engine->include_depth > TEMPLATE_DEPTH_MAX)
        luaL_error(L, "templates include or extend each other more than %d deep",
                   TEMPLATE_DEPTH_MAX);
}

static int macro_enter(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    if (++engine->macro_depth > TEMPLATE_DEPTH_MAX)
        return luaL_error(L, "macros call each other more than %d deep", TEMPLATE_DEPTH_MAX);
    return 0;
}

static int macro_leave(lua_State *L) {
    engine_of(L)->macro_depth--;
    return 0;
}

/* Pushes a context whose missing names are looked up in the table at `parent`. */
static void push_context(lua_State *L, int locals, int parent) {
    if (locals && lua_istable(L, locals))
        lua_pushvalue(L, locals);
    else
        lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, parent);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* include(name, context, locals, may_miss) */
static int template_include(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    lua_settop(L, 4);
    if (!push_template(L, engine, 1, lua_toboolean(L, 4) != 0))
        return 0;
    push_context(L, 3, 2);
    enter_template(L, engine);
    lua_call(L, 1, 0);
    engine->include_depth--;
    return 0;
}

/* extend(name, context): the parent runs in the same context, where the blocks are. */
static int template_extend(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    lua_settop(L, 2);
    push_template(L, engine, 1, false);
    lua_pushvalue(L, 2);
    enter_template(L, engine);
    lua_call(L, 1, 0);
    engine->include_depth--;
    return 0;
}

/* An imported macro called as a value; upvalue 3 is the macro. */
static int call_imported(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(3));
    lua_insert(L, 1);
    return out_capture(L);
}

/* import(name, context): a table of the template's macros; what it writes is dropped. */
static int template_import(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    size_t mark = engine->out->len;
    lua_settop(L, 2);
    push_template(L, engine, 1, false);
    push_context(L, 0, 2);
    enter_template(L, engine);
    lua_call(L, 1, 1);
    engine->include_depth--;
    buf_truncate(engine->out, mark);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, 3);) {
        size_t len;
        const char *name = lua_tolstring(L, -2, &len);
        lua_pushlstring(L, name, len - 1); /* without the '_' that keeps it from being a keyword */
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_pushvalue(L, lua_upvalueindex(2));
        lua_pushvalue(L, -4);
        lua_pushcclosure(L, call_imported, 3);
        lua_rawset(L, 4);
        lua_pop(L, 1);
    }
    return 1;
}

static int macro_pick(lua_State *L) {
    if (lua_getfield(L, 1, lua_tostring(L, 2)) == LUA_TNIL)
        return luaL_error(L, "that template has no macro '%s'", lua_tostring(L, 2));
    return 1;
}

/* Adds the function at 4 to the chain of block `name` (3) in context 1 and pushes the chain. A
 * template (told by its macro table, 2) that comes to the same block again replaces its own. */
static void push_chain(lua_State *L) {
    lua_settop(L, 4);
    if (lua_rawgeti(L, 1, 1) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, 1, 1); /* names are texts: no variable is called 1 */
    }
    lua_pushvalue(L, 3);
    if (lua_rawget(L, 5) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, 3);
        lua_pushvalue(L, -2);
        lua_rawset(L, 5);
    }
    lua_Integer count = (lua_Integer)lua_rawlen(L, 6);
    lua_getfield(L, 6, "owner");
    bool again = lua_rawequal(L, -1, 2) != 0;
    lua_pop(L, 1);
    lua_pushvalue(L, 4);
    lua_rawseti(L, 6, again ? count : count + 1);
    lua_pushvalue(L, 2);
    lua_setfield(L, 6, "owner");
}

static int block_define(lua_State *L) {
    push_chain(L);
    return 0;
}

/* Runs function `place` of the chain on top of the stack, when there is one. */
static bool run_block(lua_State *L, lua_Integer place) {
    int chain = lua_gettop(L);
    if (lua_rawgeti(L, chain, place) == LUA_TNIL)
        return false;
    lua_pushvalue(L, chain);
    lua_pushinteger(L, place);
    lua_call(L, 2, 0);
    return true;
}

static int block_run(lua_State *L) {
    push_chain(L);
    run_block(L, 1);
    return 0;
}

static int block_super(lua_State *L) {
    lua_Integer place = luaL_checkinteger(L, 2);
    lua_settop(L, 1);
    if (!run_block(L, place + 1))
        return luaL_error(L, "super(): no template above has this block");
    return 0;
}

/* A function of the host that returns HTML; upvalue 3 is the function. */
static int call_trusted(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(3));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    if (lua_isnil(L, -1))
        return 1;
    lua_settop(L, 1);
    text_at(L, 1);
    trust_top(L);
    return 1;
}

static const luaL_Reg runtime[] = {
    {"E", out_escaped},
    {"W", out_raw},
    {"R", out_raw},
    {"mark", out_mark},
    {"take", out_take},
    {"capture", out_capture},
    {"enter", macro_enter},
    {"leave", macro_leave},
    {"pick", macro_pick},
    {"include", template_include},
    {"extend", template_extend},
    {"import", template_import},
    {"define", block_define},
    {"block", block_run},
    {"super", block_super},
    {NULL, NULL},
};

/* --- errors --- */

/* Called where the error was raised: remembers the innermost template and who included it. */
static int remember_place(lua_State *L) {
    TemplateEngine *engine = lua_touserdata(L, lua_upvalueindex(1));
    lua_Debug frame;
    engine->place = engine->from = (TemplatePlace){0};
    for (int level = 0; level < 250 && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        Str chunk = str_from(frame.source);
        if (frame.currentline <= 0 || !str_starts_with(chunk, STR(CHUNK_PREFIX)))
            continue;
        TemplatePlace place = {str_copy(&engine->scratch, chunk), (uint32_t)frame.currentline};
        if (!engine->place.line) {
            engine->place = place;
        } else if (!str_equal(engine->place.chunk, place.chunk)) {
            engine->from = place;
            break;
        }
    }
    if (!lua_isstring(L, 1))
        luaL_tolstring(L, 1, NULL);
    return 1;
}

/* Without "template:name:12: ". */
static Str without_place(Str message) {
    if (!str_starts_with(message, STR("template:")))
        return message;
    for (size_t i = 9; i + 2 < message.len; i++) {
        size_t k = i + 1;
        while (message.data[i] == ':' && k < message.len && message.data[k] >= '0' &&
               message.data[k] <= '9')
            k++;
        if (k > i + 1 && k + 1 < message.len && message.data[k] == ':')
            return str_from_offset(message, k + 2);
    }
    return message;
}

/* The name in "... (field 'x')" as the template has it; cuts it off the message. */
static Str cut_name(Str *message) {
    size_t open = str_find(*message, STR(" ("));
    Str rest = open == STR_NONE ? STR_EMPTY : str_from_offset(*message, open), name, kind;
    if (!str_cut(rest, '\'', &kind, &rest) || !str_cut(rest, '\'', &name, &rest))
        return STR_EMPTY;
    *message = str_slice(*message, 0, open);
    return str_starts_with(name, STR("v_")) ? str_from_offset(name, 2) : name;
}

/* Lua's words for an error in the words of templates. */
static Str explain(Arena *arena, Str raw) {
    Str message = without_place(raw);
    if (!str_starts_with(message, STR("attempt to ")))
        return message;
    Str name = cut_name(&message);
    if (str_starts_with(message, STR("attempt to call a nil")))
        return str_format(arena, "there is no function '" STR_FMT "'", STR_ARG(name));
    message = str_from_offset(message, 11);
    if (!name.len)
        return str_join(arena, STR("cannot "), message);
    return str_format(arena, "cannot " STR_FMT ": '" STR_FMT "'", STR_ARG(message), STR_ARG(name));
}

static bool is_word_at(Str line, size_t at, Str word) {
    char before = at > 0 ? line.data[at - 1] : ' ';
    char after = at + word.len < line.len ? line.data[at + word.len] : ' ';
    bool joined = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
                  (after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z') ||
                  before == '_' || after == '_';
    return !joined;
}

/* Underlines what the message quotes, where the line has it; else the line's first tag. */
static Pos pos_of(TemplateEngine *engine, TemplatePlace place, Str message) {
    const LoadedTemplate *loaded = map_get(&engine->loaded, place.chunk);
    if (!loaded)
        return (Pos){0};
    Pos pos = {.file = loaded->shown, .line = place.line};
    Str line = str_line(loaded->source, place.line), word = STR_EMPTY, rest = message;
    if (str_cut(rest, '\'', &word, &rest) && str_cut(rest, '\'', &word, &rest) && word.len)
        for (size_t at = 0; at < line.len; at++) {
            if (str_starts_with(str_from_offset(line, at), word) && is_word_at(line, at, word)) {
                pos.column = (uint32_t)at + 1;
                pos.length = (uint32_t)word.len;
                return pos;
            }
        }
    size_t statement = str_find(line, STR("{%")), output = str_find(line, STR("{{"));
    size_t first = statement < output ? statement : output;
    pos.column = first == STR_NONE ? 0 : (uint32_t)first + 1;
    pos.length = first == STR_NONE ? 0 : 2;
    return pos;
}

static void report_error(TemplateEngine *engine, const char *name) {
    size_t len = 0;
    const char *raw = lua_tolstring(engine->L, -1, &len);
    Str message = explain(&engine->scratch, raw ? (Str){raw, len} : STR("unknown error"));
    Finding finding = {.severity = SEVERITY_ERROR, .code = STR("template.error")};
    size_t hint = str_find(message, STR("; did you mean"));
    finding.message = str_slice(message, 0, hint == STR_NONE ? message.len : hint);
    if (hint != STR_NONE)
        finding.hint = str_from_offset(message, hint + 2);
    finding.pos = pos_of(engine, engine->place, message);
    if (!finding.pos.file.len)
        finding.pos.file = str_from(name);
    if (engine->from.line) {
        finding.second = pos_of(engine, engine->from, STR_EMPTY);
        finding.second_note = STR("used from here");
    }
    diag_add(engine->diag, &finding);
}

/* --- the engine --- */

static void add_functions(lua_State *L, TemplateEngine *engine, const luaL_Reg *functions) {
    lua_pushlightuserdata(L, engine);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &engine->loaded); /* the metatable of trusted text */
    luaL_setfuncs(L, functions, 2);
}

/* Protected: builds Q. The argument is the engine. */
static int set_up(lua_State *L) {
    TemplateEngine *engine = lua_touserdata(L, 1);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &engine->loaded);
    lua_newtable(L);
    add_functions(L, engine, runtime);
    add_functions(L, engine, template_values);
    lua_newtable(L);
    add_functions(L, engine, template_filters);
    add_functions(L, engine, template_list_filters);
    lua_setfield(L, -2, "filters");
    lua_newtable(L);
    lua_setfield(L, -2, "cache");
    lua_rawsetp(L, LUA_REGISTRYINDEX, engine);
    lua_pushlightuserdata(L, engine);
    lua_pushcclosure(L, remember_place, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &engine->place);
    lua_pushnil(L); /* a field of something undefined is undefined */
    lua_newtable(L);
    lua_newtable(L);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    return 0;
}

TemplateEngine *template_engine_new(lua_State *L, const Theme *theme, Diag *diag) {
    TemplateEngine *engine = calloc(1, sizeof *engine);
    if (!engine)
        abort();
    *engine = (TemplateEngine){.L = L, .theme = theme, .diag = diag};
    lua_pushcfunction(L, set_up);
    lua_pushlightuserdata(L, engine);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        lua_pop(L, 1);
        diag_report(diag, SEVERITY_ERROR, "template.error", (Pos){0}, NULL,
                    "not enough memory for the templates");
        template_engine_free(engine);
        return NULL;
    }
    return engine;
}

/* Protected: (name, variables). Upvalues as everywhere. */
static int render(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    push_context(L, 0, 2); /* 3 */
    if (lua_getfield(L, 2, "content") == LUA_TSTRING) {
        trust_top(L);
        lua_setfield(L, 3, "content");
    }
    lua_settop(L, 3);
    if (lua_getfield(L, 2, "slot") == LUA_TFUNCTION) {
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_pushvalue(L, lua_upvalueindex(2));
        lua_pushvalue(L, 4);
        lua_pushcclosure(L, call_trusted, 3);
        lua_setfield(L, 3, "slot");
    }
    lua_settop(L, 3);
    push_template(L, engine, 1, false);
    lua_pushvalue(L, 3);
    lua_call(L, 1, 0);
    return 0;
}

/* Protected: (engine, name, variables); gives render its upvalues and calls it. */
static int start(lua_State *L) {
    lua_pushvalue(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &((TemplateEngine *)lua_touserdata(L, 1))->loaded);
    lua_pushcclosure(L, render, 2);
    lua_pushstring(L, lua_touserdata(L, 2));
    lua_pushvalue(L, 3);
    lua_call(L, 2, 0);
    return 0;
}

bool template_engine_render(TemplateEngine *engine, const char *name, int context_index, Buf *out) {
    lua_State *L = engine->L;
    int top = lua_gettop(L);
    size_t mark = out->len;
    context_index = lua_absindex(L, context_index);
    engine->out = out;
    engine->include_depth = engine->macro_depth = 0;
    engine->is_reported = false;
    engine->place = engine->from = (TemplatePlace){0};
    if (!lua_checkstack(L, 8))
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &engine->place);
    lua_pushcfunction(L, start);
    lua_pushlightuserdata(L, engine);
    lua_pushlightuserdata(L, (void *)(uintptr_t)name);
    lua_pushvalue(L, context_index);
    bool ok = lua_pcall(L, 3, 0, top + 1) == LUA_OK;
    if (!ok && !engine->is_reported)
        report_error(engine, name);
    if (!ok)
        buf_truncate(out, mark);
    lua_settop(L, top);
    arena_reset(&engine->scratch);
    return ok;
}

void template_engine_free(TemplateEngine *engine) {
    if (!engine)
        return;
    buf_release(&engine->code);
    buf_release(&engine->text);
    map_release(&engine->loaded);
    arena_release(&engine->scratch);
    arena_release(&engine->arena);
    free(engine);
}
