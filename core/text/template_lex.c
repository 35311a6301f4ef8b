/* SPDX-License-Identifier: MIT
 * template_lex.c - the words of a template's tags, and complaints about them. */
#include "text/template_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static Pos place(const Compiler *c, size_t at, size_t length) {
    uint32_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < at && i < c->source.len; i++) {
        if (c->source.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    return (Pos){c->file, line, (uint32_t)(at - start + 1), (uint32_t)(length ? length : 1)};
}

void compiler_fail(Compiler *c, size_t at, size_t length, const char *hint, const char *format,
                   ...) {
    if (!c->tag_failed && !c->stop) {
        char message[256];
        va_list args;
        va_start(args, format);
        vsnprintf(message, sizeof message, format, args);
        va_end(args);
        diag_report(c->diag, SEVERITY_ERROR, "template.syntax", place(c, at, length), hint, "%s",
                    message);
        c->error_count++;
        if (c->error_count >= TEMPLATE_MAX_ERRORS)
            c->stop = true;
    }
    c->tag_failed = true;
    c->token = (Token){TOKEN_END, STR_EMPTY, at};
}

void compiler_warn(Compiler *c, size_t at, size_t length, const char *message) {
    diag_report(c->diag, SEVERITY_WARNING, "template.unused", place(c, at, length), NULL, "%s",
                message);
}

void compiler_unknown(Compiler *c, Token token, const char *what, const Str *names, size_t count) {
    Str near = str_nearest(token.text, names, count);
    Str hint =
        near.len ? str_format(c->arena, "did you mean '" STR_FMT "'?", STR_ARG(near)) : STR_EMPTY;
    compiler_fail(c, token.at, token.text.len, near.len ? str_terminated(c->arena, hint) : NULL,
                  "there is no %s '" STR_FMT "'", what, STR_ARG(token.text));
}

static bool is_space(char ch) {
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static bool is_digit(char ch) {
    return ch >= '0' && ch <= '9';
}

static bool is_name_char(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || is_digit(ch);
}

static bool closes_tag(const Compiler *c) {
    Str rest = str_from_offset(c->source, c->at);
    if (c->brackets > 0)
        return false;
    return str_starts_with(rest, c->closer) ||
           (str_starts_with(rest, STR("-")) &&
            str_starts_with(str_from_offset(rest, 1), c->closer));
}

static Token make_token(Compiler *c, TokenType type, size_t from, size_t to) {
    c->at = to;
    return (Token){type, str_slice(c->source, from, to), from};
}

static Token read_number(Compiler *c) {
    const char *s = c->source.data;
    size_t i = c->at, len = c->source.len;
    while (i < len && is_digit(s[i]))
        i++;
    if (i + 1 < len && s[i] == '.' && is_digit(s[i + 1])) {
        i++;
        while (i < len && is_digit(s[i]))
            i++;
    }
    if (i < len && is_name_char(s[i])) {
        compiler_fail(c, c->at, i - c->at + 1, NULL, "this is neither a number nor a name");
        return c->token;
    }
    return make_token(c, TOKEN_NUMBER, c->at, i);
}

static Token read_text(Compiler *c) {
    const char *s = c->source.data;
    char quote = s[c->at];
    size_t from = c->at + 1, i = from;
    while (i < c->source.len && s[i] != quote)
        i += s[i] == '\\' ? 2 : 1;
    if (i >= c->source.len) {
        compiler_fail(c, c->at, 1, NULL, "this text has no closing quote");
        return c->token;
    }
    Token token = make_token(c, TOKEN_TEXT, from, i);
    c->at = i + 1;
    token.at = from - 1;
    return token;
}

static Token read_sign(Compiler *c) {
    static const char *const pairs[] = {"==", "!=", "<=", ">=", "//", "**"};
    static const struct {
        const char *wrong, *hint;
    } foreign[] = {{"&&", "write 'and'"},
                   {"||", "write 'or'"},
                   {"!", "write 'not'"},
                   {"?", "write 'a if condition else b'"}};
    Str rest = str_from_offset(c->source, c->at);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_starts_with(rest, str_from(pairs[i])))
            return make_token(c, TOKEN_SIGN, c->at, c->at + 2);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (str_starts_with(rest, str_from(foreign[i].wrong))) {
            compiler_fail(c, c->at, strlen(foreign[i].wrong), foreign[i].hint,
                          "'%s' is not part of the template language", foreign[i].wrong);
            return c->token;
        }
    }
    if (!strchr("+-*/%~<>|.,:()[]{}=", rest.data[0]) || rest.data[0] == '\0') {
        compiler_fail(c, c->at, 1, NULL, "unexpected character '%c' in a tag",
                      rest.data[0] >= ' ' ? rest.data[0] : '?');
        return c->token;
    }
    if (strchr("([{", rest.data[0]))
        c->brackets++;
    if (strchr(")]}", rest.data[0]) && c->brackets > 0)
        c->brackets--;
    return make_token(c, TOKEN_SIGN, c->at, c->at + 1);
}

void compiler_next(Compiler *c) {
    if (c->tag_failed)
        return;
    while (c->at < c->source.len && is_space(c->source.data[c->at]))
        c->at++;
    if (c->at >= c->source.len) {
        compiler_fail(c, c->tag_at, 2, NULL, "this tag is never closed with '" STR_FMT "'",
                      STR_ARG(c->closer));
        c->stop = true;
        return;
    }
    char ch = c->source.data[c->at];
    if (closes_tag(c))
        c->token = (Token){TOKEN_END, STR_EMPTY, c->at};
    else if (is_digit(ch))
        c->token = read_number(c);
    else if (is_name_char(ch)) {
        size_t end = c->at;
        while (end < c->source.len && is_name_char(c->source.data[end]))
            end++;
        c->token = make_token(c, TOKEN_NAME, c->at, end);
    } else if (ch == '"' || ch == '\'')
        c->token = read_text(c);
    else
        c->token = read_sign(c);
}

void compiler_open_tag(Compiler *c, const char *closer) {
    c->closer = str_from(closer);
    c->brackets = c->depth = c->operations = 0;
    c->tag_failed = false;
    compiler_next(c);
}

bool compiler_is_sign(const Compiler *c, const char *sign) {
    return c->token.type == TOKEN_SIGN && str_equal(c->token.text, str_from(sign));
}

bool compiler_is_word(const Compiler *c, const char *word) {
    return c->token.type == TOKEN_NAME && str_equal(c->token.text, str_from(word));
}

bool compiler_take_sign(Compiler *c, const char *sign) {
    bool found = compiler_is_sign(c, sign);
    if (found)
        compiler_next(c);
    return found;
}

bool compiler_take_word(Compiler *c, const char *word) {
    bool found = compiler_is_word(c, word);
    if (found)
        compiler_next(c);
    return found;
}

void compiler_expect_sign(Compiler *c, const char *sign, const char *where) {
    if (!compiler_take_sign(c, sign))
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "expected '%s' %s", sign, where);
}

Str compiler_expect_name(Compiler *c, const char *what) {
    Str name = c->token.text;
    if (c->token.type != TOKEN_NAME) {
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "expected %s", what);
        return STR("_");
    }
    compiler_next(c);
    return name;
}

Str compiler_quote(Compiler *c, Str text) {
    Buf buf = {0};
    buf_reserve(&buf, text.len + 2);
    buf_add_char(&buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char ch = (unsigned char)text.data[i];
        if (ch == '"' || ch == '\\') {
            buf_add_char(&buf, '\\');
            buf_add_char(&buf, (char)ch);
        } else if (ch < 32 || ch == 127) {
            buf_add_format(&buf, "\\%03u", (unsigned)ch);
        } else {
            buf_add_char(&buf, (char)ch);
        }
    }
    buf_add_char(&buf, '"');
    Str quoted = str_copy(c->arena, buf_str(&buf));
    buf_release(&buf);
    return quoted;
}

Str compiler_text_value(Compiler *c, Token token) {
    char *to = arena_alloc(c->arena, token.text.len);
    size_t len = 0;
    for (size_t i = 0; i < token.text.len; i++) {
        char ch = token.text.data[i];
        if (ch == '\\' && i + 1 < token.text.len) {
            ch = token.text.data[++i];
            ch = ch == 'n' ? '\n' : ch == 't' ? '\t' : ch;
        }
        to[len++] = ch;
    }
    return (Str){to, len};
}
