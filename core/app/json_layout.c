/* SPDX-License-Identifier: MIT
 * json_layout.c - breaks the lines of compact JSON. */
#include "app/json_layout.h"

#define WIDTH 100

/* Offset behind the value at `at`, and how wide it is on one line with its spaces. */
static size_t measure(Str json, size_t at, size_t *width) {
    size_t depth = 0, start = at, spaces = 0;
    bool is_text = false;
    for (; at < json.len; at++) {
        char c = json.data[at];
        if (is_text) {
            at += c == '\\';
            is_text = c != '"';
        } else if (c == '"') {
            is_text = true;
        } else if (c == '{' || c == '[') {
            depth++;
            spaces += c == '{';
        } else if ((c == '}' || c == ']' || c == ',') && depth == 0) {
            break;
        } else if (c == '}' || c == ']') {
            depth--;
            spaces += c == '}';
        } else if (c == ',' || c == ':') {
            spaces++;
        }
    }
    *width = at - start + spaces;
    return at;
}

static void add_on_one_line(Buf *out, Str json) {
    bool is_text = false;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.data[i];
        bool is_empty = c == '}' && i > 0 && json.data[i - 1] == '{';
        if (!is_text && c == '}' && !is_empty) {
            buf_add_char(out, ' ');
        }
        buf_add_char(out, c);
        if (is_text && c == '\\' && i + 1 < json.len) {
            buf_add_char(out, json.data[++i]);
        } else if (c == '"') {
            is_text = !is_text;
        } else if (!is_text && (c == ',' || c == ':' ||
                                (c == '{' && i + 1 < json.len && json.data[i + 1] != '}'))) {
            buf_add_char(out, ' ');
        }
    }
}

static void add_indent(Buf *out, size_t depth) {
    buf_add_char(out, '\n');
    for (size_t i = 0; i < depth; i++) {
        buf_add_literal(out, "  ");
    }
}

static void add_value(Buf *out, Str value, size_t depth, size_t before);

/* `value` is a list or a map that does not fit on a line. */
static void add_members(Buf *out, Str value, size_t depth) {
    size_t at = 1, width;
    buf_add_char(out, value.data[0]);
    while (at < value.len - 1) {
        size_t before = 2 * (depth + 1), key = at;
        add_indent(out, depth + 1);
        if (value.data[0] == '{') {
            for (at++; value.data[at] != '"'; at++) {
                at += value.data[at] == '\\';
            }
            at += 2; /* the quote, the colon */
            buf_add(out, str_slice(value, key, at));
            buf_add_char(out, ' ');
            before += at - key + 1;
        }
        size_t end = measure(value, at, &width);
        add_value(out, str_slice(value, at, end), depth + 1, before);
        if (end < value.len - 1) {
            buf_add_char(out, ',');
        }
        at = end + 1;
    }
    add_indent(out, depth);
    buf_add_char(out, value.data[value.len - 1]);
}

static void add_value(Buf *out, Str value, size_t depth, size_t before) {
    size_t width;
    measure(value, 0, &width);
    bool is_simple = value.len == 0 || (value.data[0] != '{' && value.data[0] != '[');
    if (is_simple || before + width < WIDTH) {
        add_on_one_line(out, value);
    } else {
        add_members(out, value, depth);
    }
}

void json_add_layout(Buf *out, Str json) {
    add_value(out, json, 0, 0);
    buf_add_char(out, '\n');
}
