/* SPDX-License-Identifier: MIT
 * color.c - tells a CSS colour from text that must not get into a style sheet. */
#include "text/color.h"

#include <string.h>

#define MAX_COLOR 80

static bool is_hex(Str text) {
    if (!str_starts_with(text, STR("#"))) {
        return false;
    }
    Str digits = str_from_offset(text, 1);
    for (size_t i = 0; i < digits.len; i++) {
        if (strchr("0123456789abcdefABCDEF", digits.data[i]) == NULL || digits.data[i] == '\0') {
            return false;
        }
    }
    return digits.len == 3 || digits.len == 4 || digits.len == 6 || digits.len == 8;
}

static bool is_name(Str text) {
    static const char *const NAMES[] = {"aqua",   "black", "blue",   "fuchsia", "gray",  "green",
                                        "grey",   "lime",  "maroon", "navy",    "olive", "orange",
                                        "purple", "red",   "silver", "teal",    "white", "yellow"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_equal_ignoring_case(text, str_from(NAMES[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_function(Str text) {
    static const char *const NAMES[] = {"rgb", "rgba", "hsl",   "hsla", "hwb",
                                        "lab", "lch",  "oklab", "oklch"};
    Str name, rest;
    bool is_known = false;
    if (!str_cut(text, '(', &name, &rest) || !str_ends_with(rest, STR(")"))) {
        return false;
    }
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        is_known = is_known || str_equal_ignoring_case(name, str_from(NAMES[i]));
    }
    Str inner = str_slice(rest, 0, rest.len - 1);
    for (size_t i = 0; i < inner.len; i++) {
        char c = inner.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == '\0' || (!is_letter && strchr("0123456789 .,%/+-", c) == NULL)) {
            return false;
        }
    }
    return is_known && str_trim(inner).len > 0;
}

bool color_is_css(Str text) {
    return text.len <= MAX_COLOR && (is_hex(text) || is_name(text) || is_function(text));
}
