/* SPDX-License-Identifier: MIT
 * markdown_autolink.c - GFM 6.9: bare web and mail addresses in text become links. Works on the
 * finished tree, so a text node is all it sees; line ends and other inlines bound it. */
#include "text/markdown_internal.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_DOMAIN = 1024 }; /* real ones end at 253; bounds the work on hostile text */

/* An address found in text[from, to). */
typedef struct Address {
    size_t from, to;
    const char *prefix; /* what its URL has in front: "http://", "mailto:" or "" */
} Address;

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alphanumeric(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The length of the host character at text[at], 0 when it is none. */
static size_t host_char_len(Str text, size_t at) {
    char c = text.data[at];
    if (is_alphanumeric(c) || c == '-' || c == '_')
        return 1;
    if ((unsigned char)c < 0x80)
        return 0;
    size_t next = at;
    uint32_t codepoint = utf8_next(text, &next);
    bool is_host = !utf8_is_space(codepoint) && !utf8_is_punctuation(codepoint);
    return is_host ? next - at : 0;
}

/* The end of the domain at text[at]; `at` itself when there is no valid one. */
static size_t domain_end(Str text, size_t at, bool needs_period) {
    size_t periods = 0, underscores = 0, underscores_before = 0, end = at;
    while (end < text.len && end - at < MAX_DOMAIN) {
        char c = text.data[end];
        size_t len = 1;
        if (c == '.' && end > at) {
            periods++;
            underscores_before = underscores;
            underscores = 0;
        } else {
            len = host_char_len(text, end);
            underscores += c == '_';
        }
        if (len == 0)
            break;
        end += len;
    }
    bool is_valid = underscores == 0 && underscores_before == 0 && (periods > 0 || !needs_period);
    return is_valid ? end : at;
}

/* "&amp;" at the end of text[from, to): where it starts, or `to`. */
static size_t entity_start(Str text, size_t from, size_t to) {
    size_t at = to - 1;
    while (at > from && is_alphanumeric(text.data[at - 1]))
        at--;
    return at < to - 1 && at > from && text.data[at - 1] == '&' ? at - 1 : to;
}

/* Takes punctuation that belongs to the sentence off the end of text[from, to). */
static size_t trim_end(Str text, size_t from, size_t to) {
    long surplus = 0; /* closing parentheses beyond the opening ones */
    for (size_t i = from; i < to; i++)
        surplus += text.data[i] == ')' ? 1 : text.data[i] == '(' ? -1 : 0;
    while (to > from) {
        char c = text.data[to - 1];
        if (c == ';') {
            size_t start = entity_start(text, from, to);
            to = start < to ? start : to - 1;
        } else if (c == ')' && surplus > 0) {
            surplus--;
            to--;
        } else if (strchr("?!.,:*_~'\"", c)) {
            to--;
        } else {
            break;
        }
    }
    return to;
}

static bool match_web(Str text, size_t host, size_t from, bool needs_period, Address *found) {
    size_t end = domain_end(text, host, needs_period);
    if (end == host)
        return false;
    while (end < text.len && !is_blank(text.data[end]) && text.data[end] != '<')
        end++;
    found->from = from;
    found->to = trim_end(text, from, end);
    return found->to > host;
}

/* "://" at text[at]. */
static bool match_scheme(Str text, size_t least, size_t at, Address *found) {
    static const char *const schemes[] = {"http", "https", "ftp"};
    size_t from = at;
    while (from > least && at - from < 6 && is_letter(text.data[from - 1]))
        from--;
    found->prefix = "";
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (str_equal_ignoring_case(str_slice(text, from, at), str_from(schemes[i])))
            return match_web(text, at + 3, from, false, found);
    }
    return false;
}

/* Whether what stands before the text lets an address begin. */
static bool may_begin_text(Node *text) {
    Node *before = cmark_node_previous(text);
    switch (node_type(before ? before : cmark_node_parent(text))) {
    case NODE_CODE:
    case NODE_HTML:
    case NODE_LINK:
    case NODE_IMAGE:
    case NODE_FOOTNOTE_REF:
        return false;
    default:
        return true;
    }
}

static bool match_www(Node *node, Str text, size_t least, size_t at, Address *found) {
    if (!str_starts_with(str_from_offset(text, at), STR("www.")))
        return false;
    bool may_begin =
        at == 0 ? may_begin_text(node)
                : at > least && (is_blank(text.data[at - 1]) || strchr("*_~(", text.data[at - 1]));
    found->prefix = "http://";
    return may_begin && match_web(text, at, at, true, found);
}

/* '@' at text[at]. */
static bool match_mail(Str text, size_t least, size_t at, Address *found) {
    size_t from = at, end = at + 1, last_period = 0;
    while (from > least &&
           (is_alphanumeric(text.data[from - 1]) || strchr(".+-_", text.data[from - 1])))
        from--;
    if (from == at || (from > 0 && text.data[from - 1] == '/'))
        return false;
    while (end < text.len && end - at < MAX_DOMAIN) {
        char c = text.data[end];
        if (c == '.' && end + 1 < text.len && is_alphanumeric(text.data[end + 1]))
            last_period = end;
        else if (!is_alphanumeric(c) && c != '-' && c != '_')
            break;
        end++;
    }
    bool goes_on = end < text.len && text.data[end] == '@';
    if (last_period == 0 || goes_on || !is_letter(text.data[end - 1]))
        return false;
    *found = (Address){from, end, "mailto:"};
    return true;
}

/* The first address that starts at or behind `least`. */
static bool find_address(Node *node, Str text, size_t least, Address *found) {
    for (size_t i = least; i < text.len; i++) {
        char c = text.data[i];
        bool is_found = false;
        if (c == ':' && i + 3 < text.len && text.data[i + 1] == '/' && text.data[i + 2] == '/')
            is_found = match_scheme(text, least, i, found);
        else if (c == 'w' && i + 4 < text.len && text.data[i + 1] == 'w')
            is_found = match_www(node, text, least, i, found);
        else if (c == '@')
            is_found = match_mail(text, least, i, found);
        if (is_found)
            return true;
    }
    return false;
}

static Node *new_text(Markdown *markdown, Str text, uint32_t line, uint32_t column) {
    Node *node = node_new_text(markdown, text);
    NodeExtra *extra = markdown_make_extra(markdown, node);
    extra->line = line;
    extra->column = column;
    return node;
}

static Node *new_link(Markdown *markdown, Str text, const Address *found, uint32_t line,
                      uint32_t column) {
    Str address = str_slice(text, found->from, found->to);
    Str url = str_join(&markdown->arena, str_from(found->prefix), address);
    Node *link = node_new_link(markdown, url, STR_EMPTY);
    NodeExtra *extra = markdown_make_extra(markdown, link);
    extra->line = line;
    extra->column = column ? column + (uint32_t)found->from : 0;
    extra->is_autolink = true;
    cmark_node_append_child(link, new_text(markdown, address, line, extra->column));
    return link;
}

Node *markdown_autolink(Markdown *markdown, Node *node) {
    Address found;
    Str text = node_literal(node);
    if (!find_address(node, text, 0, &found))
        return node;
    uint32_t line = node_line(node), column = node_column(node);
    Node *last = node;
    size_t at = 0;
    text = str_copy(&markdown->arena, text);
    do {
        Str before = str_slice(text, at, found.from);
        Node *link = new_link(markdown, text, &found, line, column);
        if (at == 0) {
            node_set_literal(markdown, node, before);
        } else if (before.len) {
            Node *between = new_text(markdown, before, line, column + (uint32_t)at);
            cmark_node_insert_after(last, between);
            last = between;
        }
        cmark_node_insert_after(last, link);
        last = link;
        at = found.to;
    } while (find_address(node, text, at, &found));
    if (at < text.len) {
        Node *rest = new_text(markdown, str_from_offset(text, at), line, column + (uint32_t)at);
        cmark_node_insert_after(last, rest);
        last = rest;
    }
    return last;
}
