/* SPDX-License-Identifier: MIT
 * lua_json.c - quoin.parse_json: RFC 8259 into Lua tables, bounded in depth. */
#include "base/utf8.h"
#include "lua/state.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

typedef struct Parser {
    lua_State *L;
    Str text;
    size_t at;
    Buf *word; /* the state's */
    const char *problem;
} Parser;

static bool fail(Parser *parser, const char *problem) {
    parser->problem = problem;
    return false;
}

static char peek(const Parser *parser) {
    return parser->at < parser->text.len ? parser->text.data[parser->at] : 0;
}

static void skip_space(Parser *parser) {
    while (parser->at < parser->text.len && strchr(" \t\r\n", peek(parser)) && peek(parser)) {
        parser->at++;
    }
}

static bool take(Parser *parser, char c) {
    skip_space(parser);
    if (peek(parser) != c) {
        return false;
    }
    parser->at++;
    return true;
}

static bool parse_hex(Parser *parser, uint32_t *out) {
    *out = 0;
    for (int i = 0; i < 4; i++, parser->at++) {
        char c = peek(parser);
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16) {
            return fail(parser, "\\u wants four hex digits");
        }
        *out = *out * 16 + digit;
    }
    return true;
}

static bool parse_unicode(Parser *parser) {
    uint32_t high, low;
    if (!parse_hex(parser, &high)) {
        return false;
    }
    if (high >= 0xd800 && high < 0xdc00 &&
        str_starts_with(str_from_offset(parser->text, parser->at), STR("\\u"))) {
        parser->at += 2;
        if (!parse_hex(parser, &low)) {
            return false;
        }
        if (low >= 0xdc00 && low < 0xe000) {
            utf8_add(parser->word, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            return true;
        }
        utf8_add(parser->word, high);
        high = low;
    }
    utf8_add(parser->word, high);
    return true;
}

static bool parse_escape(Parser *parser) {
    static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
    char c = peek(parser);
    const char *found = c != 0 ? strchr(FROM, c) : NULL;
    parser->at++;
    if (c == 'u') {
        return parse_unicode(parser);
    }
    if (found == NULL) {
        return fail(parser, "an unknown escape");
    }
    buf_add_char(parser->word, TO[found - FROM]);
    return true;
}

/* Behind the opening quote; pushes the text. */
static bool parse_text(Parser *parser) {
    buf_reset(parser->word);
    while (parser->at < parser->text.len) {
        char c = parser->text.data[parser->at++];
        if (c == '"') {
            str_push(parser->L, buf_str(parser->word));
            return true;
        }
        if ((unsigned char)c < 0x20) {
            return fail(parser, "a control character in a text");
        }
        if (c != '\\') {
            buf_add_char(parser->word, c);
        } else if (!parse_escape(parser)) {
            return false;
        }
    }
    return fail(parser, "a text without an end");
}

static bool is_number_char(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static bool parse_number(Parser *parser) {
    size_t start = parser->at;
    while (is_number_char(peek(parser))) {
        parser->at++;
    }
    Str number = str_slice(parser->text, start, parser->at);
    char text[64];
    if (number.len == 0 || number.len >= sizeof text || number.data[0] == '+' ||
        number.data[0] == '.') {
        return fail(parser, "not a value");
    }
    memcpy(text, number.data, number.len);
    text[number.len] = 0;
    if (lua_stringtonumber(parser->L, text) == 0) {
        return fail(parser, "not a number");
    }
    return true;
}

static bool parse_word(Parser *parser) {
    static const struct {
        const char *word;
        int boolean; /* -1: null */
    } WORDS[] = {{"true", 1}, {"false", 0}, {"null", -1}};
    for (size_t i = 0; i < 3; i++) {
        if (str_starts_with(str_from_offset(parser->text, parser->at), str_from(WORDS[i].word))) {
            parser->at += strlen(WORDS[i].word);
            if (WORDS[i].boolean < 0) {
                lua_pushnil(parser->L);
            } else {
                lua_pushboolean(parser->L, WORDS[i].boolean);
            }
            return true;
        }
    }
    return parse_number(parser);
}

static bool parse_value(Parser *parser, int depth);

/* null leaves a hole in no list: it becomes false there. */
static bool parse_list(Parser *parser, int depth) {
    lua_newtable(parser->L);
    if (take(parser, ']')) {
        return true;
    }
    for (lua_Integer i = 1;; i++) {
        if (!parse_value(parser, depth)) {
            return false;
        }
        if (lua_isnil(parser->L, -1)) {
            lua_pop(parser->L, 1);
            lua_pushboolean(parser->L, false);
        }
        lua_rawseti(parser->L, -2, i);
        if (take(parser, ']')) {
            return true;
        }
        if (!take(parser, ',')) {
            return fail(parser, "',' or ']' is missing");
        }
    }
}

static bool parse_map(Parser *parser, int depth) {
    lua_newtable(parser->L);
    if (take(parser, '}')) {
        return true;
    }
    for (;;) {
        if (!take(parser, '"')) {
            return fail(parser, "a key in quotes is missing");
        }
        if (!parse_text(parser)) {
            return false;
        }
        if (!take(parser, ':')) {
            return fail(parser, "':' is missing");
        }
        if (!parse_value(parser, depth)) {
            return false;
        }
        lua_rawset(parser->L, -3);
        if (take(parser, '}')) {
            return true;
        }
        if (!take(parser, ',')) {
            return fail(parser, "',' or '}' is missing");
        }
    }
}

/* Pushes one value. On false what was pushed is left to the caller. */
static bool parse_value(Parser *parser, int depth) {
    if (depth >= MAX_DEPTH) {
        return fail(parser, "too deep");
    }
    luaL_checkstack(parser->L, 6, "too deep");
    if (take(parser, '{')) {
        return parse_map(parser, depth + 1);
    }
    if (take(parser, '[')) {
        return parse_list(parser, depth + 1);
    }
    return take(parser, '"') ? parse_text(parser) : parse_word(parser);
}

static uint32_t line_at(Str text, size_t at) {
    uint32_t line = 1;
    for (size_t i = 0; i < at && i < text.len; i++) {
        line += text.data[i] == '\n';
    }
    return line;
}

int json_parse_lua(lua_State *L) {
    Parser parser = {.L = L, .text = str_check(L, 1), .word = &state_of(L)->text};
    bool is_good = parse_value(&parser, 0);
    skip_space(&parser);
    if (is_good && parser.at < parser.text.len) {
        is_good = fail(&parser, "something follows the value");
    }
    if (is_good) {
        return 1;
    }
    lua_settop(L, 1);
    lua_pushnil(L);
    lua_pushfstring(L, "line %d: %s", (int)line_at(parser.text, parser.at), parser.problem);
    return 2;
}
