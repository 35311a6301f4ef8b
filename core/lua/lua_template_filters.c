/* SPDX-License-Identifier: MIT
 * lua_template_filters.c - the filters of templates that work on texts, numbers and single values.
 *
 * They return plain text, which is escaped when it is written; only safe and escape trust. */
#include "lua/lua_template_parts.h"

#include "base/utf8.h"
#include "text/html.h"
#include "text/slug.h"
#include "text/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define JSON_DEPTH_MAX 32

static Buf *empty_text(lua_State *L) {
    Buf *text = &engine_of(L)->text;
    buf_reset(text);
    return text;
}

static int return_text(lua_State *L, Str text) {
    lua_pushlstring(L, text.data ? text.data : "", text.len);
    return 1;
}

static bool is_word_byte(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
           ch == '\'' || (unsigned char)ch >= 0x80;
}

static char upper_byte(char ch) {
    return ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : ch;
}

/* ASCII letters only: other scripts are left to CSS. */
static int filter_upper(lua_State *L) {
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    for (size_t i = 0; i < in.len; i++)
        buf_add_char(out, upper_byte(in.data[i]));
    return return_text(L, buf_str(out));
}

static void add_lower(Buf *out, Str in) {
    for (size_t i = 0; i < in.len;)
        utf8_add(out, utf8_lower(utf8_next(in, &i)));
}

static int filter_lower(lua_State *L) {
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    add_lower(out, in);
    return return_text(L, buf_str(out));
}

static int filter_capitalize(lua_State *L) {
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    add_lower(out, in);
    if (out->len)
        out->data[0] = upper_byte(out->data[0]);
    return return_text(L, buf_str(out));
}

static int filter_title(lua_State *L) {
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    for (size_t i = 0; i < in.len; i++) {
        bool starts = i == 0 || !is_word_byte(in.data[i - 1]);
        buf_add_char(out, starts ? upper_byte(in.data[i]) : in.data[i]);
    }
    return return_text(L, buf_str(out));
}

static int filter_trim(lua_State *L) {
    bool trusted = is_trusted(L, 1);
    return_text(L, str_trim(text_at(L, 1)));
    if (trusted)
        trust_top(L);
    return 1;
}

/* before(text), after(text): the part on one side of the first occurrence; without one, all of it
 * is before. What is trusted stays so: for cutting a page's HTML between elements. */
static int cut(lua_State *L, bool behind) {
    bool trusted = is_trusted(L, 1);
    Str in = text_at(L, 1), mark = text_at(L, 2);
    size_t at = str_find(in, mark);
    if (at == STR_NONE)
        return_text(L, behind ? STR_EMPTY : in);
    else
        return_text(L, behind ? str_from_offset(in, at + mark.len) : str_slice(in, 0, at));
    if (trusted)
        trust_top(L);
    return 1;
}

static int filter_before(lua_State *L) {
    return cut(L, false);
}

static int filter_after(lua_State *L) {
    return cut(L, true);
}

static int filter_replace(lua_State *L) {
    Str in = text_at(L, 1), old = text_at(L, 2), new = text_at(L, 3);
    Buf *out = empty_text(L);
    if (!old.len)
        return return_text(L, in);
    for (;;) {
        size_t at = str_find(in, old);
        buf_add(out, str_slice(in, 0, at == STR_NONE ? in.len : at));
        if (at == STR_NONE)
            break;
        buf_add(out, new);
        in = str_from_offset(in, at + old.len);
    }
    return return_text(L, buf_str(out));
}

/* truncate(length = 255, killwords = false, end = "…"): in code points, at a word's end. */
static int filter_truncate(lua_State *L) {
    Str in = text_at(L, 1);
    lua_Integer most = luaL_optinteger(L, 2, 255);
    bool cut_words = is_truthy(L, 3);
    Str end = lua_isnoneornil(L, 4) ? STR("…") : text_at(L, 4);
    if (most < 0 || (lua_Integer)utf8_length(in) <= most)
        return return_text(L, in);
    size_t at = 0;
    lua_Integer room = most - (lua_Integer)utf8_length(end);
    for (lua_Integer i = 0; i < room; i++)
        utf8_next(in, &at);
    Str kept = str_slice(in, 0, at);
    size_t space = str_find_last_char(kept, ' ');
    if (!cut_words && space != STR_NONE && space > 0 && in.data[at] != ' ')
        kept = str_slice(kept, 0, space);
    Buf *out = empty_text(L);
    buf_add(out, str_trim_right(kept));
    buf_add(out, end);
    return return_text(L, buf_str(out));
}

/* The text of HTML: tags and comments go, character references are decoded. */
static int filter_striptags(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    while (in.len) {
        size_t open = str_find_char(in, '<');
        buf_add(out, str_slice(in, 0, open == STR_NONE ? in.len : open));
        if (open == STR_NONE)
            break;
        in = str_from_offset(in, open);
        bool comment = str_starts_with(in, STR("<!--"));
        size_t close = comment ? str_find(in, STR("-->")) : str_find_char(in, '>');
        if (close == STR_NONE) {
            if (!comment)
                buf_add(out, in);
            break;
        }
        in = str_from_offset(in, close + (comment ? 3 : 1));
    }
    Str plain = str_collapse_spaces(&engine->scratch, buf_str(out));
    buf_reset(out);
    html_add_unescaped(out, plain);
    return return_text(L, buf_str(out));
}

static int filter_slug(lua_State *L) {
    return return_text(L, slug_make(&engine_of(L)->scratch, text_at(L, 1)));
}

static int filter_urlencode(lua_State *L) {
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    for (size_t i = 0; i < in.len; i++) {
        char ch = in.data[i];
        if ((is_word_byte(ch) && (unsigned char)ch < 0x80 && ch != '\'') ||
            (ch != '\0' && strchr("-_.~/", ch)))
            buf_add_char(out, ch);
        else
            buf_add_format(out, "%%%02X", (unsigned)(unsigned char)ch);
    }
    return return_text(L, buf_str(out));
}

static int filter_string(lua_State *L) {
    return return_text(L, text_at(L, 1));
}

static int filter_safe(lua_State *L) {
    lua_settop(L, 1);
    if (is_trusted(L, 1))
        return 1;
    return_text(L, text_at(L, 1));
    trust_top(L);
    return 1;
}

static int filter_escape(lua_State *L) {
    lua_settop(L, 1);
    if (is_trusted(L, 1))
        return 1;
    Str in = text_at(L, 1);
    Buf *out = empty_text(L);
    html_add_escaped(out, in);
    return_text(L, buf_str(out));
    trust_top(L);
    return 1;
}

/* default(value, boolean = false): with true also for what is false, 0 or empty. */
static int filter_default(lua_State *L) {
    lua_settop(L, 3);
    bool missing = is_truthy(L, 3) ? !is_truthy(L, 1) : lua_isnil(L, 1);
    lua_pushvalue(L, missing ? 2 : 1);
    return 1;
}

static lua_Number number_at(lua_State *L, int index) {
    if (is_trusted(L, index))
        text_at(L, index);
    int is_number = 0;
    lua_Number number = lua_tonumberx(L, index, &is_number);
    if (!is_number)
        luaL_error(L, "a %s is no number", luaL_typename(L, index));
    return number;
}

static int filter_round(lua_State *L) {
    lua_Integer digits = luaL_optinteger(L, 2, 0);
    luaL_argcheck(L, digits >= 0 && digits <= 15, 2, "0 to 15 digits");
    double factor = pow(10, (double)digits);
    lua_pushnumber(L, round(number_at(L, 1) * factor) / factor);
    return 1;
}

static int filter_abs(lua_State *L) {
    if (lua_isinteger(L, 1) && lua_tointeger(L, 1) != LUA_MININTEGER)
        lua_pushinteger(L, llabs(lua_tointeger(L, 1)));
    else
        lua_pushnumber(L, fabs(number_at(L, 1)));
    return 1;
}

/* int(default = 0) */
static int filter_int(lua_State *L) {
    if (is_trusted(L, 1))
        text_at(L, 1);
    int is_number = 0;
    double number = lua_tonumberx(L, 1, &is_number);
    if (is_number && fabs(number) < 9e18)
        lua_pushinteger(L, (lua_Integer)number);
    else
        lua_pushinteger(L, luaL_optinteger(L, 2, 0));
    return 1;
}

static void add_json(lua_State *L, Buf *out, int index, int depth);

static void add_json_list(lua_State *L, Buf *out, int index, lua_Integer count, int depth) {
    buf_add_char(out, '[');
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            buf_add_char(out, ',');
        lua_geti(L, index, i);
        add_json(L, out, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    buf_add_char(out, ']');
}

static void add_json_map(lua_State *L, Buf *out, int index, int depth) {
    lua_pushvalue(L, index);
    int keys = lua_gettop(L);
    lua_Integer count = list_at(L, keys);
    buf_add_char(out, '{');
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            buf_add_char(out, ',');
        lua_geti(L, keys, i);
        json_add_text(out, text_at(L, lua_gettop(L)));
        buf_add_char(out, ':');
        lua_gettable(L, index);
        add_json(L, out, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    buf_add_char(out, '}');
    lua_pop(L, 1);
}

static void add_json(lua_State *L, Buf *out, int index, int depth) {
    luaL_checkstack(L, 8, "json");
    if (depth > JSON_DEPTH_MAX)
        luaL_error(L, "json: nested more than %d deep", JSON_DEPTH_MAX);
    int type = lua_type(L, index);
    if (type == LUA_TNIL) {
        buf_add_literal(out, "null");
    } else if (type == LUA_TBOOLEAN || (type == LUA_TNUMBER && isfinite(lua_tonumber(L, index)))) {
        buf_add(out, text_at(L, index));
    } else if (type == LUA_TSTRING || is_trusted(L, index)) {
        json_add_text(out, text_at(L, index));
    } else if (type == LUA_TTABLE) {
        lua_Integer count = luaL_len(L, index);
        lua_pushnil(L);
        bool is_empty = !lua_next(L, index);
        if (!is_empty)
            lua_pop(L, 2);
        if (count > 0 || is_empty)
            add_json_list(L, out, index, count, depth);
        else
            add_json_map(L, out, index, depth);
    } else {
        luaL_error(L, "json: a %s cannot be written", luaL_typename(L, index));
    }
}

/* Compact, keys in order. The text is not trusted: in an attribute it must be escaped. */
static int filter_json(lua_State *L) {
    TemplateEngine *engine = engine_of(L);
    lua_settop(L, 1);
    buf_reset(&engine->code); /* no template is being compiled while a filter runs */
    add_json(L, &engine->code, 1, 0);
    return return_text(L, buf_str(&engine->code));
}

const luaL_Reg template_filters[] = {
    {"abs", filter_abs},
    {"after", filter_after},
    {"before", filter_before},
    {"capitalize", filter_capitalize},
    {"default", filter_default},
    {"escape", filter_escape},
    {"int", filter_int},
    {"json", filter_json},
    {"lower", filter_lower},
    {"replace", filter_replace},
    {"round", filter_round},
    {"safe", filter_safe},
    {"slug", filter_slug},
    {"string", filter_string},
    {"striptags", filter_striptags},
    {"title", filter_title},
    {"trim", filter_trim},
    {"truncate", filter_truncate},
    {"upper", filter_upper},
    {"urlencode", filter_urlencode},
    {NULL, NULL},
};
