/* SPDX-License-Identifier: MIT
 * html_tag.c - finds well-formed tags in raw HTML. Tags are those that CommonMark knows, which is
 * narrower than what browsers accept; the rewriter makes text of the rest. */
#include "text/html_internal.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_ATTRIBUTES = sizeof((HtmlTag *)0)->attributes / sizeof(HtmlAttribute) };

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_name_char(char c) {
    return is_letter(c) || is_digit(c) || c == '-';
}

static bool is_attribute_start(char c) {
    return is_letter(c) || c == '_' || c == ':' || c == '@';
}

static bool is_attribute_char(char c) {
    return is_attribute_start(c) || is_digit(c) || c == '.' || c == '-';
}

static size_t skip_blanks(Str html, size_t at) {
    while (at < html.len && is_blank(html.data[at]))
        at++;
    return at;
}

static bool is_void_name(Str name) {
    static const char *const names[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                        "input", "link", "meta", "param", "source", "track", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal_ignoring_case(name, str_from(names[i])))
            return true;
    }
    return false;
}

/* Reads the value at html[at], behind '='; the offset behind it, or STR_NONE. */
static size_t scan_value(Str html, size_t at, HtmlAttribute *attribute) {
    if (at >= html.len)
        return STR_NONE;
    char quote = html.data[at];
    if (quote == '"' || quote == '\'') {
        size_t len = str_find_char(str_from_offset(html, at + 1), quote);
        if (len == STR_NONE)
            return STR_NONE;
        attribute->value_at = at + 1;
        attribute->value = str_slice(html, at + 1, at + 1 + len);
        return at + len + 2;
    }
    size_t end = at;
    while (end < html.len && !is_blank(html.data[end]) && !strchr("\"'=<>`", html.data[end]))
        end++;
    attribute->value_at = at;
    attribute->value = str_slice(html, at, end);
    return end > at ? end : STR_NONE;
}

/* Reads `name` or `name = value` at html[at]; the offset behind it, or STR_NONE. */
static size_t scan_attribute(Str html, size_t at, HtmlAttribute *attribute) {
    size_t from = at;
    if (at >= html.len || !is_attribute_start(html.data[at]))
        return STR_NONE;
    while (at < html.len && is_attribute_char(html.data[at]))
        at++;
    *attribute = (HtmlAttribute){str_slice(html, from, at), STR_EMPTY, at};
    size_t equals = skip_blanks(html, at);
    if (equals >= html.len || html.data[equals] != '=')
        return at;
    return scan_value(html, skip_blanks(html, equals + 1), attribute);
}

/* Attributes and the end of an opening tag. */
static bool scan_attributes(Str html, size_t at, HtmlTag *tag) {
    for (;;) {
        size_t next = skip_blanks(html, at);
        if (next >= html.len)
            return false;
        tag->is_self_closing = html.data[next] == '/';
        size_t close = next + tag->is_self_closing;
        if (close < html.len && html.data[close] == '>') {
            tag->end = close + 1;
            return true;
        }
        if (next == at || tag->is_self_closing)
            return false;
        HtmlAttribute attribute;
        at = scan_attribute(html, next, &attribute);
        if (at == STR_NONE)
            return false;
        if (tag->attribute_count < MAX_ATTRIBUTES)
            tag->attributes[tag->attribute_count++] = attribute;
    }
}

static bool scan_tag(Str html, size_t at, HtmlTag *tag) {
    size_t from = at + 1;
    tag->is_closing = from < html.len && html.data[from] == '/';
    from += tag->is_closing;
    if (from >= html.len || !is_letter(html.data[from]))
        return false;
    size_t end = from;
    while (end < html.len && is_name_char(html.data[end]))
        end++;
    tag->name = str_slice(html, from, end);
    tag->at = at;
    tag->attribute_count = 0;
    tag->is_void = is_void_name(tag->name);
    tag->is_self_closing = false;
    if (!tag->is_closing)
        return scan_attributes(html, end, tag);
    end = skip_blanks(html, end);
    tag->end = end + 1;
    return end < html.len && html.data[end] == '>';
}

/* A construct from `opening` to `closing`, looked for from at + `skip`. */
typedef struct Hidden {
    const char *opening, *closing;
    size_t skip;
} Hidden;

static const Hidden HIDDEN[] = {
    {"<!--", "-->", 2}, /* "<!-->" is a whole comment */
    {"<![CDATA[", "]]>", 9},
    {"<?", "?>", 2},
    {"<!", ">", 2},
};

HtmlMarkup html_scan_markup(Str html, size_t at, HtmlTag *tag, size_t *end) {
    if (scan_tag(html, at, tag)) {
        *end = tag->end;
        return HTML_MARKUP_TAG;
    }
    Str rest = str_from_offset(html, at);
    for (size_t i = 0; i < sizeof HIDDEN / sizeof *HIDDEN; i++) {
        if (!str_starts_with(rest, str_from(HIDDEN[i].opening)))
            continue;
        Str closing = str_from(HIDDEN[i].closing);
        size_t found = str_find(str_from_offset(rest, HIDDEN[i].skip), closing);
        *end = found == STR_NONE ? html.len : at + HIDDEN[i].skip + found + closing.len;
        return HTML_MARKUP_HIDDEN;
    }
    *end = at + 1;
    return HTML_MARKUP_NONE;
}

bool html_next_tag(Str html, size_t *at, HtmlTag *tag) {
    while (*at < html.len) {
        size_t found = str_find_char(str_from_offset(html, *at), '<');
        if (found == STR_NONE)
            break;
        if (html_scan_markup(html, *at + found, tag, at) == HTML_MARKUP_TAG)
            return true;
    }
    *at = html.len;
    return false;
}

bool html_attribute(const HtmlTag *tag, const char *name, Buf *out) {
    for (size_t i = 0; i < tag->attribute_count; i++) {
        if (str_equal_ignoring_case(tag->attributes[i].name, str_from(name))) {
            html_add_unescaped(out, tag->attributes[i].value);
            return true;
        }
    }
    return false;
}
