/* SPDX-License-Identifier: MIT
 * path.c - taking paths apart, joining, matching and encoding them; never touches the disk. */
#include "base/path.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

enum { MAX_PATTERN = 1024 }; /* longer patterns match nothing */

Str path_dir(Str path) {
    size_t slash = str_find_last_char(path, '/');
    if (slash == STR_NONE)
        return STR_EMPTY;
    return str_slice(path, 0, slash == 0 ? 1 : slash);
}

Str path_base(Str path) {
    size_t slash = str_find_last_char(path, '/');
    return slash == STR_NONE ? path : str_from_offset(path, slash + 1);
}

/* Where the extension starts in a base name; its length when there is none. */
static size_t ext_offset(Str base) {
    size_t dot = str_find_last_char(base, '.');
    return dot == STR_NONE || dot == 0 || str_equal(base, STR("..")) ? base.len : dot;
}

Str path_stem(Str path) {
    Str base = path_base(path);
    return str_slice(base, 0, ext_offset(base));
}

Str path_ext(Str path) {
    Str base = path_base(path);
    return str_from_offset(base, ext_offset(base));
}

Str path_readable(Arena *arena, Str name) {
    char *text = str_terminated(arena, name);
    for (size_t i = 0; i < name.len; i++) {
        text[i] = (char)(text[i] == '-' || text[i] == '_' ? ' ' : text[i]);
    }
    Str line = utf8_line(arena, (Str){text, name.len});
    if (line.len == 0)
        return utf8_line(arena, name); /* "--" has no better name */
    text = str_terminated(arena, line);
    if (text[0] >= 'a' && text[0] <= 'z') {
        text[0] = (char)(text[0] - 'a' + 'A');
    }
    return (Str){text, line.len};
}

Str path_join(Arena *arena, Str a, Str b) {
    if (b.len == 0)
        return a;
    if (a.len == 0 || b.data[0] == '/')
        return b;
    bool has_slash = a.data[a.len - 1] == '/';
    return str_join(arena, has_slash ? a : str_join(arena, a, STR("/")), b);
}

Str path_normalise(Arena *arena, Str path, bool *escapes) {
    if (escapes)
        *escapes = false;
    bool is_absolute = path.len && path.data[0] == '/';
    char *out = arena_alloc(arena, path.len + 1);
    size_t start = is_absolute ? 1 : 0, len = start;
    if (is_absolute)
        out[0] = '/';
    Str rest = path, part;
    while (rest.len) {
        str_cut(rest, '/', &part, &rest);
        if (part.len == 0 || str_equal(part, STR(".")))
            continue;
        if (str_equal(part, STR(".."))) {
            if (len == start && escapes)
                *escapes = true;
            while (len > start && out[len - 1] != '/')
                len--;
            if (len > start)
                len--;
            continue;
        }
        if (len > start)
            out[len++] = '/';
        memcpy(out + len, part.data, part.len);
        len += part.len;
    }
    return (Str){out, len};
}

/* Bytes of the folders that both paths start with, their last slash included. */
static size_t common_folders(Str a, Str b) {
    size_t common = 0;
    for (size_t i = 0; i < a.len && i < b.len && a.data[i] == b.data[i]; i++) {
        if (a.data[i] == '/')
            common = i + 1;
    }
    return common;
}

void path_add_relative(Buf *buf, Str from, Str to) {
    size_t common = common_folders(from, to), start = buf->len;
    for (size_t i = common; i < from.len; i++) {
        if (from.data[i] == '/')
            buf_add_literal(buf, "../");
    }
    buf_add(buf, str_from_offset(to, common));
    if (buf->len == start)
        buf_add_literal(buf, "./"); /* "" would mean the page itself */
}

bool path_is_inside(Str path, Str folder) {
    if (folder.len == 0)
        return path.len == 0 || path.data[0] != '/';
    if (folder.data[folder.len - 1] == '/')
        folder.len--;
    if (!str_starts_with(path, folder))
        return false;
    return path.len == folder.len || path.data[folder.len] == '/';
}

static bool is_at(Str pattern, size_t at, Str what) {
    return str_starts_with(str_from_offset(pattern, at), what);
}

/* Is there a double star that stands for any number of whole parts? */
static bool is_folders_star(Str pattern, size_t at) {
    return is_at(pattern, at, STR("**/")) && (at == 0 || pattern.data[at - 1] == '/');
}

/* From each reached place of the pattern, also reaches what follows by matching nothing. */
static void reach_empty(Str pattern, bool *reached, bool is_part_start) {
    for (size_t at = 0; at < pattern.len; at++) {
        if (!reached[at] || pattern.data[at] != '*')
            continue;
        if (is_folders_star(pattern, at)) {
            if (is_part_start)
                reached[at + 3] = true;
        } else {
            reached[at + (is_at(pattern, at, STR("**")) ? 2 : 1)] = true;
        }
    }
}

/* One byte of the path: which places are reached behind it. False when none is. */
static bool reach_byte(Str pattern, const bool *reached, bool *next, char c) {
    bool is_continuation = ((unsigned char)c & 0xC0) == 0x80, is_alive = false;
    memset(next, 0, pattern.len + 1);
    for (size_t at = 0; at <= pattern.len; at++) {
        if (!reached[at])
            continue;
        size_t to = STR_NONE;
        char wanted = at < pattern.len ? pattern.data[at] : '\0';
        if (at > 0 && is_continuation && pattern.data[at - 1] == '?') {
            to = at; /* '?' takes a whole character */
        } else if (at == pattern.len) {
            continue;
        } else if (wanted == '*') {
            if (c != '/' || is_at(pattern, at, STR("**")))
                to = at;
        } else if (wanted == '?' ? c != '/' : wanted == c) {
            to = at + 1;
        }
        if (to == STR_NONE)
            continue;
        next[to] = is_alive = true;
    }
    return is_alive;
}

/* Follows all ways through the pattern at once, so that no pattern is exponential. */
bool path_matches(Str pattern, Str path) {
    bool sets[2][MAX_PATTERN + 4] = {{true}};
    if (pattern.len > MAX_PATTERN)
        return false;
    bool *reached = sets[0], *next = sets[1];
    reach_empty(pattern, reached, true);
    for (size_t i = 0; i < path.len; i++) {
        if (!reach_byte(pattern, reached, next, path.data[i]))
            return false;
        bool *swap = reached;
        reached = next;
        next = swap;
        reach_empty(pattern, reached, path.data[i] == '/');
    }
    return reached[pattern.len];
}

static bool is_plain_in_url(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~/!$&()*+,;=", c));
}

void path_add_encoded(Buf *buf, Str path) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (is_plain_in_url((char)c)) {
            buf_add_char(buf, (char)c);
        } else {
            char escaped[] = {'%', digits[c >> 4], digits[c & 15]};
            buf_add(buf, (Str){escaped, 3});
        }
    }
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Str path_decode(Arena *arena, Str text) {
    if (str_find_char(text, '%') == STR_NONE)
        return text;
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool may_be_escape = text.data[i] == '%' && text.len - i > 2;
        int high = may_be_escape ? hex_digit(text.data[i + 1]) : -1;
        int low = may_be_escape ? hex_digit(text.data[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            out[len++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[len++] = text.data[i];
        }
    }
    return (Str){out, len};
}
