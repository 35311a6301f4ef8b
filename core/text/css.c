/* SPDX-License-Identifier: MIT
 * css.c - copies a style sheet token by token, as far as comments, strings, addresses and brackets
 * are concerned (CSS Syntax 3, section 4); everything else is taken as it is. */
#include "text/css.h"

#include "base/vec.h"

typedef struct Copier {
    Buf *out;
    Str css;
    size_t at;
    Str base;
    VEC(char) open; /* the brackets that are still to come */
    bool is_whole;
} Copier;

static char peek(const Copier *copier, size_t ahead) {
    size_t at = copier->at + ahead;
    return at < copier->css.len ? copier->css.data[at] : '\0';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char last_char(const Copier *copier) {
    return copier->out->len > 0 ? copier->out->data[copier->out->len - 1] : '\n';
}

/* Two words with only a comment between them stay two words. */
static void skip_comment(Copier *copier) {
    size_t end = str_find(str_from_offset(copier->css, copier->at + 2), STR("*/"));
    copier->is_whole = copier->is_whole && end != STR_NONE;
    copier->at = end == STR_NONE ? copier->css.len : copier->at + 2 + end + 2;
    if (!is_blank(last_char(copier)) && copier->at < copier->css.len &&
        !is_blank(peek(copier, 0))) {
        buf_add_literal(copier->out, "/**/");
    }
}

static bool is_separator(char c) {
    return c == '{' || c == ';' || c == ',';
}

/* White space is one space, a line end behind a block, and nothing beside what separates. */
static void copy_blanks(Copier *copier) {
    char last = last_char(copier);
    while (copier->at < copier->css.len && is_blank(peek(copier, 0))) {
        copier->at++;
    }
    if (!is_blank(last) && !is_separator(last)) {
        buf_add_char(copier->out, last == '}' ? '\n' : ' ');
    }
}

/* Before what separates. A custom property may be empty, but some browsers want a space there; and
 * an escaped space is no white space. */
static void drop_blank(Copier *copier) {
    Buf *out = copier->out;
    char before = out->len > 1 ? out->data[out->len - 2] : '\n';
    if (out->len > 0 && is_blank(last_char(copier)) && before != ':' && before != '\\') {
        out->len--;
    }
}

/* With `before` as the first thing in it. */
static void copy_string(Copier *copier, Str before) {
    char quote = peek(copier, 0);
    size_t from = ++copier->at;
    buf_add_char(copier->out, quote);
    buf_add(copier->out, before);
    while (copier->at < copier->css.len && peek(copier, 0) != quote && peek(copier, 0) != '\n') {
        copier->at += peek(copier, 0) == '\\' && copier->at + 1 < copier->css.len ? 2 : 1;
    }
    bool is_closed = peek(copier, 0) == quote && copier->at < copier->css.len;
    copier->at += is_closed;
    buf_add(copier->out, str_slice(copier->css, from, copier->at));
    if (!is_closed) {
        buf_add_char(copier->out, quote);
        copier->is_whole = false;
    }
}

/* An address that starts nowhere but here: no scheme, host, root or fragment. */
static bool is_relative(Str url) {
    for (size_t i = 0; i < url.len; i++) {
        char c = url.data[i];
        if (c == ':') {
            return false;
        }
        if (c == '/' || c == '?' || c == '#') {
            return i > 0;
        }
    }
    return url.len > 0;
}

static bool is_url_function(const Copier *copier) {
    char before = copier->at > 0 ? copier->css.data[copier->at - 1] : ' ';
    bool is_name = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
                   (before >= '0' && before <= '9') || before == '-' || before == '_';
    return !is_name &&
           str_equal_ignoring_case(str_slice(copier->css, copier->at, copier->at + 4), STR("url("));
}

/* url(a.svg), url("a.svg"): without quotes everything up to the bracket is the address. */
static void copy_url(Copier *copier) {
    buf_add_literal(copier->out, "url(");
    for (copier->at += 4; is_blank(peek(copier, 0)) && copier->at < copier->css.len;) {
        copier->at++;
    }
    char quote = peek(copier, 0);
    bool is_quoted = quote == '"' || quote == '\'';
    Str rest = str_from_offset(copier->css, copier->at + is_quoted);
    size_t end = str_find_char(rest, is_quoted ? quote : ')');
    Str before = is_relative(str_slice(rest, 0, end)) ? copier->base : STR_EMPTY;
    if (is_quoted) { /* the bracket is copied as that of any other function */
        copy_string(copier, before);
        vec_push(&copier->open, ')');
        return;
    }
    buf_add(copier->out, before);
    copier->is_whole = copier->is_whole && end != STR_NONE;
    end = end == STR_NONE ? rest.len : end;
    buf_add(copier->out, str_trim_right(str_slice(rest, 0, end)));
    buf_add_char(copier->out, ')');
    copier->at += end + (end < rest.len);
}

/* A bracket that closes something closes what was opened inside it, too. */
static void copy_closing(Copier *copier, char c) {
    size_t depth = copier->open.count;
    while (depth > 0 && copier->open.items[depth - 1] != c) {
        depth--;
    }
    copier->at++;
    if (depth == 0) {
        copier->is_whole = false;
        return;
    }
    while (copier->open.count > depth) {
        copier->is_whole = false;
        buf_add_char(copier->out, copier->open.items[--copier->open.count]);
    }
    copier->open.count--;
    if (c == '}') {
        drop_blank(copier);
    }
    buf_add_char(copier->out, c);
}

static void copy_char(Copier *copier, char c) {
    if (is_separator(c)) {
        drop_blank(copier);
    }
    if (c == '{' || c == '(' || c == '[') {
        vec_push(&copier->open, c == '{' ? '}' : c == '(' ? ')' : ']');
    }
    buf_add_char(copier->out, c);
    copier->at++;
    if (c == '\\' && copier->at < copier->css.len) {
        buf_add_char(copier->out, peek(copier, 0));
        copier->at++;
    }
}

static void copy_next(Copier *copier) {
    char c = peek(copier, 0);
    if (c == '/' && peek(copier, 1) == '*') {
        skip_comment(copier);
    } else if (is_blank(c)) {
        copy_blanks(copier);
    } else if (c == '"' || c == '\'') {
        copy_string(copier, STR_EMPTY);
    } else if ((c == 'u' || c == 'U') && is_url_function(copier)) {
        copy_url(copier);
    } else if (c == '}' || c == ')' || c == ']') {
        copy_closing(copier, c);
    } else {
        copy_char(copier, c);
    }
}

void css_add(Buf *out, Str css, Str base, bool *is_whole) {
    Copier copier = {.out = out, .css = css, .base = base, .is_whole = true};
    if (str_starts_with(css, STR("\xEF\xBB\xBF"))) {
        copier.at = 3;
    }
    if (out->len > 0 && last_char(&copier) != '\n') {
        buf_add_char(out, '\n');
    }
    while (copier.at < css.len) {
        copy_next(&copier);
    }
    copier.is_whole = copier.is_whole && copier.open.count == 0;
    if (copier.open.count > 0) {
        drop_blank(&copier);
    }
    while (copier.open.count > 0) {
        buf_add_char(out, copier.open.items[--copier.open.count]);
    }
    if (last_char(&copier) != '\n') {
        buf_add_char(out, '\n');
    }
    *is_whole = copier.is_whole;
    vec_release(&copier.open);
}
