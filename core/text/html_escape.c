/* SPDX-License-Identifier: MIT
 * html_escape.c - text to HTML and back: escaping, character references, URLs in attributes and
 * the rule which URLs of other people are safe to follow. */
#include "text/html.h"

#include "base/utf8.h"
#include "text/html_entities.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_ENTITY 32 /* bytes between '&' and ';' */

/* What each byte becomes in text; NULL: itself. */
static const char *const ESCAPES[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};

void html_add_escaped(Buf *buf, Str text) {
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *escape = ESCAPES[(unsigned char)text.data[i]];
        if (!escape)
            continue;
        buf_add(buf, str_slice(text, from, i));
        buf_add(buf, str_from(escape));
        from = i + 1;
    }
    buf_add(buf, str_from_offset(text, from));
}

static int compare_entity(const void *key, const void *entity) {
    const Str *name = key;
    const char *other = ((const HtmlEntity *)entity)->name;
    return str_compare(*name, str_from(other));
}

static const HtmlEntity *find_entity(Str name) {
    size_t count = sizeof HTML_ENTITIES / sizeof *HTML_ENTITIES;
    return bsearch(&name, HTML_ENTITIES, count, sizeof *HTML_ENTITIES, compare_entity);
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 16;
}

/* "#x41" or "#65" to a code point; false when it is not a number. */
static bool parse_number(Str name, uint32_t *codepoint) {
    size_t at = 1;
    int base = 10;
    if (at < name.len && (name.data[at] == 'x' || name.data[at] == 'X')) {
        base = 16;
        at++;
    }
    if (at >= name.len)
        return false;
    uint32_t value = 0;
    for (; at < name.len; at++) {
        int digit = digit_value(name.data[at]);
        if (digit >= base)
            return false;
        value = value > 0x110000 ? value : value * (uint32_t)base + (uint32_t)digit;
    }
    *codepoint = value == 0 ? 0xFFFD : value;
    return true;
}

/* Decodes the reference at text[at] ('&'); its length, or 0 when there is none. */
static size_t add_reference(Buf *buf, Str text, size_t at) {
    Str window = str_slice(text, at + 1, at + 2 + LONGEST_ENTITY);
    size_t len = str_find_char(window, ';');
    if (len == STR_NONE || len == 0)
        return 0;
    Str name = str_slice(window, 0, len);
    uint32_t codepoint = 0;
    if (name.data[0] == '#') {
        if (!parse_number(name, &codepoint))
            return 0;
        utf8_add(buf, codepoint);
        return len + 2;
    }
    const HtmlEntity *entity = find_entity(name);
    if (!entity)
        return 0;
    utf8_add(buf, entity->first);
    if (entity->second)
        utf8_add(buf, entity->second);
    return len + 2;
}

void html_add_unescaped(Buf *buf, Str text) {
    size_t at = 0;
    while (at < text.len) {
        size_t ampersand = str_find_char(str_from_offset(text, at), '&');
        if (ampersand == STR_NONE)
            break;
        buf_add(buf, str_slice(text, at, at + ampersand));
        at += ampersand;
        size_t used = add_reference(buf, text, at);
        if (used == 0)
            buf_add_char(buf, '&');
        at += used ? used : 1;
    }
    buf_add(buf, str_from_offset(text, at));
}

void html_add_url(Buf *buf, Str url) {
    static const char hex[] = "0123456789ABCDEF";
    static const char kept[] = "-_.+!*(),%#@?=;:/$~";
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_plain || (c && strchr(kept, c))) {
            buf_add_char(buf, (char)c);
        } else if (c == '&') {
            buf_add_literal(buf, "&amp;");
        } else if (c == '\'') {
            buf_add_literal(buf, "&#x27;");
        } else {
            buf_add_char(buf, '%');
            buf_add_char(buf, hex[c >> 4]);
            buf_add_char(buf, hex[c & 15]);
        }
    }
}

static bool is_scheme_char(unsigned char c, bool is_first) {
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool is_other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    return is_letter || (is_other && !is_first);
}

/* The scheme of `url` in lower case without hidden characters: its length, 0 when the reference
 * is relative. What is longer than `room` is cut: none of ours is that long. */
static size_t read_scheme(Str url, char *scheme, size_t room) {
    size_t len = 0;
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.data[i];
        if (c <= ' ' || c == 0x7F)
            continue;
        if (c == ':')
            return len;
        if (!is_scheme_char(c, len == 0))
            return 0;
        if (len < room)
            scheme[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return 0;
}

static bool is_picture_data(Str url) {
    static const char *const types[] = {"png;", "gif;", "jpeg;", "webp;", "svg+xml;"};
    Str trimmed = str_trim(url);
    Str start = STR("data:image/");
    if (!str_equal_ignoring_case(str_slice(trimmed, 0, start.len), start))
        return false;
    Str type = str_from_offset(trimmed, start.len);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        Str known = str_from(types[i]);
        if (str_equal_ignoring_case(str_slice(type, 0, known.len), known))
            return true;
    }
    return false;
}

bool html_url_is_safe(Str url, bool is_image) {
    static const char *const schemes[] = {"http", "https", "mailto", "tel",
                                          "ftp",  "irc",   "xmpp",   "urn"};
    char scheme[8];
    size_t len = read_scheme(url, scheme, sizeof scheme);
    if (len == 0)
        return true;
    if (is_image && is_picture_data(url))
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (strlen(schemes[i]) == len && memcmp(schemes[i], scheme, len) == 0)
            return true;
    }
    return false;
}
