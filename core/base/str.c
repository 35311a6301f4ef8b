/* SPDX-License-Identifier: MIT
 * str.c - looking at, cutting, copying and comparing borrowed text. */
#include "base/str.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MAX_DISTANCE_TEXT = 128 }; /* longer names are never "near": bounds the work */

static char lower_char(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

Str str_from(const char *text) {
    return text ? (Str){text, strlen(text)} : STR_EMPTY;
}

bool str_equal(Str a, Str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool str_equal_ignoring_case(Str a, Str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower_char(a.data[i]) != lower_char(b.data[i]))
            return false;
    }
    return true;
}

int str_compare(Str a, Str b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static size_t skip_zeros(Str s, size_t at) {
    while (at + 1 < s.len && s.data[at] == '0' && is_digit(s.data[at + 1]))
        at++;
    return at;
}

static size_t end_of_digits(Str s, size_t at) {
    while (at < s.len && is_digit(s.data[at]))
        at++;
    return at;
}

/* Compares the numbers at a[*i] and b[*j] by value, of any length, and moves behind them. */
static int compare_numbers(Str a, size_t *i, Str b, size_t *j) {
    size_t a_from = skip_zeros(a, *i), b_from = skip_zeros(b, *j);
    *i = end_of_digits(a, a_from);
    *j = end_of_digits(b, b_from);
    size_t a_len = *i - a_from, b_len = *j - b_from;
    if (a_len != b_len)
        return a_len < b_len ? -1 : 1;
    return memcmp(a.data + a_from, b.data + b_from, a_len);
}

int str_compare_natural(Str a, Str b) {
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        if (is_digit(a.data[i]) && is_digit(b.data[j])) {
            int order = compare_numbers(a, &i, b, &j);
            if (order)
                return order;
            continue;
        }
        unsigned char x = (unsigned char)lower_char(a.data[i++]);
        unsigned char y = (unsigned char)lower_char(b.data[j++]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    if (i < a.len)
        return 1;
    if (j < b.len)
        return -1;
    return str_compare(a, b);
}

bool str_starts_with(Str s, Str prefix) {
    return s.len >= prefix.len && str_equal((Str){s.data, prefix.len}, prefix);
}

bool str_ends_with(Str s, Str suffix) {
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.data + s.len - suffix.len, suffix.data, suffix.len) == 0);
}

size_t str_find(Str s, Str needle) {
    if (needle.len == 0)
        return 0;
    if (needle.len > s.len)
        return STR_NONE;
    const char *found = memmem(s.data, s.len, needle.data, needle.len);
    return found ? (size_t)(found - s.data) : STR_NONE;
}

size_t str_find_char(Str s, char c) {
    const char *found = s.len ? memchr(s.data, c, s.len) : NULL;
    return found ? (size_t)(found - s.data) : STR_NONE;
}

size_t str_find_last_char(Str s, char c) {
    for (size_t i = s.len; i > 0; i--) {
        if (s.data[i - 1] == c)
            return i - 1;
    }
    return STR_NONE;
}

bool str_contains(Str s, Str needle) {
    return str_find(s, needle) != STR_NONE;
}

bool str_to_int(Str s, int64_t *out) {
    bool is_negative = s.len && s.data[0] == '-';
    size_t at = s.len && (s.data[0] == '-' || s.data[0] == '+');
    if (at == s.len)
        return false;
    int64_t number = 0; /* kept negative: the range below zero is the larger one */
    for (; at < s.len; at++) {
        if (!is_digit(s.data[at]))
            return false;
        int digit = s.data[at] - '0';
        if (number < (INT64_MIN + digit) / 10)
            return false;
        number = number * 10 - digit;
    }
    if (!is_negative && number == INT64_MIN)
        return false;
    *out = is_negative ? number : -number;
    return true;
}

Str str_slice(Str s, size_t from, size_t to) {
    if (to > s.len)
        to = s.len;
    if (from >= to)
        return STR_EMPTY;
    return (Str){s.data + from, to - from};
}

Str str_from_offset(Str s, size_t from) {
    return str_slice(s, from, s.len);
}

Str str_trim_left(Str s) {
    while (s.len && is_blank(s.data[0]))
        s.data++, s.len--;
    return s;
}

Str str_trim_right(Str s) {
    while (s.len && is_blank(s.data[s.len - 1]))
        s.len--;
    return s;
}

Str str_trim(Str s) {
    return str_trim_left(str_trim_right(s));
}

bool str_cut(Str s, char sep, Str *head, Str *tail) {
    size_t at = str_find_char(s, sep);
    if (at == STR_NONE) {
        *head = s;
        *tail = STR_EMPTY;
        return false;
    }
    *head = str_slice(s, 0, at);
    *tail = str_from_offset(s, at + 1);
    return true;
}

bool str_next_line(Str *rest, Str *line) {
    if (rest->len == 0)
        return false;
    Str all = *rest;
    str_cut(all, '\n', line, rest);
    if (line->len < all.len && line->len && line->data[line->len - 1] == '\r')
        line->len--;
    return true;
}

Str str_line(Str text, uint32_t number) {
    Str line;
    for (uint32_t i = 1; str_next_line(&text, &line); i++) {
        if (i == number)
            return line;
    }
    return STR_EMPTY;
}

char *str_terminated(Arena *arena, Str s) {
    char *copy = arena_alloc(arena, s.len + 1);
    if (s.len)
        memcpy(copy, s.data, s.len);
    return copy;
}

Str str_copy(Arena *arena, Str s) {
    return s.len ? (Str){str_terminated(arena, s), s.len} : STR_EMPTY;
}

Str str_format(Arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len <= 0)
        return STR_EMPTY;
    char *text = arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return (Str){text, (size_t)len};
}

Str str_lower(Arena *arena, Str s) {
    char *copy = str_terminated(arena, s);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = lower_char(copy[i]);
    return (Str){copy, s.len};
}

Str str_join(Arena *arena, Str a, Str b) {
    char *both = arena_alloc(arena, a.len + b.len + 1);
    if (a.len)
        memcpy(both, a.data, a.len);
    if (b.len)
        memcpy(both + a.len, b.data, b.len);
    return (Str){both, a.len + b.len};
}

Str str_collapse_spaces(Arena *arena, Str s) {
    s = str_trim(s);
    char *copy = arena_alloc(arena, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_blank(s.data[i])) {
            copy[len++] = s.data[i];
        } else if (copy[len - 1] != ' ') { /* trimmed: the first byte is never blank */
            copy[len++] = ' ';
        }
    }
    return (Str){copy, len};
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* The restricted distance: a pair of neighbours may be swapped, but not edited after that. */
size_t str_distance(Str a, Str b, size_t limit) {
    size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
    size_t too_far = limit < SIZE_MAX ? limit + 1 : limit;
    if (apart > limit)
        return too_far;
    if (a.len > MAX_DISTANCE_TEXT || b.len > MAX_DISTANCE_TEXT) {
        return str_equal(a, b) ? 0 : too_far;
    }
    size_t rows[3][MAX_DISTANCE_TEXT + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = last[j - 1] + (a.data[i - 1] != b.data[j - 1]);
            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last, last = row, row = oldest;
    }
    return last[b.len] > limit ? too_far : last[b.len];
}

/* Writes what counts when names are compared: no case, no separators. */
static Str simplify(Str s, char *out, size_t size) {
    size_t len = 0;
    for (size_t i = 0; i < s.len && len < size; i++) {
        char c = s.data[i];
        if (c != '-' && c != '_' && c != ' ' && c != '.')
            out[len++] = lower_char(c);
    }
    return (Str){out, len};
}

Str str_nearest(Str needle, const Str *candidates, size_t count) {
    char needle_bytes[MAX_DISTANCE_TEXT], candidate_bytes[MAX_DISTANCE_TEXT];
    if (needle.len == 0 || needle.len > MAX_DISTANCE_TEXT)
        return STR_EMPTY;
    Str plain = simplify(needle, needle_bytes, sizeof needle_bytes);
    size_t limit = needle.len / 3 > 1 ? needle.len / 3 : 1;
    size_t nearest = limit + 1;
    Str result = STR_EMPTY;
    for (size_t i = 0; i < count && nearest > 0; i++) {
        if (candidates[i].len == 0 || candidates[i].len > MAX_DISTANCE_TEXT)
            continue;
        Str candidate = simplify(candidates[i], candidate_bytes, sizeof candidate_bytes);
        size_t distance = str_distance(plain, candidate, nearest - 1);
        /* A single character is near nothing but itself. */
        if (distance >= nearest || distance >= plain.len + (distance == 0))
            continue;
        nearest = distance;
        result = candidates[i];
    }
    return result;
}
