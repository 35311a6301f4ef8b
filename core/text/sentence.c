/* SPDX-License-Identifier: MIT
 * sentence.c - finds the ends of the sentence around a place. */
#include "text/sentence.h"

#define ELLIPSIS "\xe2\x80\xa6"

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool may_start_sentence(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '"' || c == '(' || c == '[' ||
           c == '`' || (unsigned char)c >= 0x80;
}

/* "e.g." and "Fig.": the word before the '.' has at most three letters or a '.' inside. */
static bool is_abbreviation(Str text, size_t dot) {
    size_t start = dot;
    while (start > 0 && !is_space(text.data[start - 1]) && text.data[start - 1] != '(') {
        start--;
    }
    Str word = str_slice(text, start, dot);
    if (str_find_char(word, '.') != STR_NONE) {
        return true;
    }
    static const char *const SHORT[] = {"Fig", "fig", "Sec", "sec", "No",     "no",   "vs", "cf",
                                        "Mr",  "Mrs", "Dr",  "etc", "approx", "resp", "Eq"};
    for (size_t i = 0; i < sizeof SHORT / sizeof *SHORT; i++) {
        if (str_equal(word, str_from(SHORT[i]))) {
            return true;
        }
    }
    return word.len == 1;
}

/* Does a sentence end with the character at `at`? */
static bool ends_at(Str text, size_t at) {
    char c = text.data[at];
    if (c != '.' && c != '!' && c != '?') {
        return false;
    }
    size_t next = at + 1;
    if (next >= text.len) {
        return true;
    }
    if (!is_space(text.data[next])) {
        return false;
    }
    while (next < text.len && is_space(text.data[next])) {
        next++;
    }
    return next >= text.len ||
           (may_start_sentence(text.data[next]) && !(c == '.' && is_abbreviation(text, at)));
}

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* The nearest space at or before `at`, so that no word is cut; else a character's start. */
static size_t cut_before(Str text, size_t at, size_t least) {
    size_t cut = at;
    while (cut > least && !is_space(text.data[cut])) {
        cut--;
    }
    if (cut > least) {
        return cut;
    }
    while (at > least && at < text.len && is_continuation(text.data[at])) {
        at--;
    }
    return at;
}

Str sentence_around(Arena *arena, Str text, size_t at, size_t max) {
    if (text.len == 0) {
        return STR_EMPTY;
    }
    at = at < text.len ? at : text.len - 1;
    size_t start = at, end = at;
    while (start > 0 && !ends_at(text, start - 1) && at - start < 4 * max) {
        start--;
    }
    while (end < text.len && end - at < 4 * max) {
        if (ends_at(text, end++)) {
            break;
        }
    }
    const char *before = "", *after = "";
    if (end - start > max && at - start > max / 2) {
        start = cut_before(text, at - max / 2, start);
        before = ELLIPSIS;
    }
    if (end - start > max) {
        end = cut_before(text, start + max, at > start ? at : start);
        after = ELLIPSIS;
    }
    Str body = str_collapse_spaces(arena, str_slice(text, start, end));
    return str_format(arena, "%s" STR_FMT "%s", before, STR_ARG(body), after);
}
