/* SPDX-License-Identifier: MIT
 * ident.c - the scanner for ids: looks for the '-' that every id has, then at what is around it. */
#include "text/ident.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_id_char(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z');
}

/* Part of a word in any language: bytes above ASCII count. */
static bool is_word_char(char c) {
    return is_id_char(c) || is_small(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool may_precede(Str text, size_t start) {
    char c = start > 0 ? text.data[start - 1] : ' ';
    return !is_word_char(c) && c != '-' && c != '/' && c != '\\';
}

static bool may_follow(Str text, size_t end) {
    char c = end < text.len ? text.data[end] : ' ';
    char after = end + 1 < text.len ? text.data[end + 1] : ' ';
    return !is_word_char(c) && (c != '-' || is_small(after) || !is_word_char(after));
}

bool ident_next(Str text, size_t *at, Str *id) {
    size_t low = *at; /* what was looked at before is not looked at again */
    for (size_t from = *at; from < text.len;) {
        size_t dash = str_find_char(str_from_offset(text, from), '-');
        if (dash == STR_NONE) {
            break;
        }
        dash += from;
        size_t start = dash, end = dash;
        while (start > low && is_id_char(text.data[start - 1])) {
            start--;
        }
        while (end < text.len &&
               (is_id_char(text.data[end]) ||
                (text.data[end] == '-' && end + 1 < text.len && is_id_char(text.data[end + 1])))) {
            end++;
        }
        from = low = end > dash ? end : dash + 1;
        bool has_shape = dash - start >= 2 && !is_digit(text.data[start]) && end > dash &&
                         is_digit(text.data[end - 1]);
        if (has_shape && may_precede(text, start) && may_follow(text, end)) {
            *id = str_slice(text, start, end);
            *at = end;
            return true;
        }
    }
    *at = text.len;
    return false;
}
