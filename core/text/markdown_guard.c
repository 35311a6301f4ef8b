/* SPDX-License-Identifier: MIT
 * markdown_guard.c - refuses text on which the parser is known to need quadratic time or worse,
 * by one quick look at its lines. The bounds are far beyond what people write. */
#include "text/markdown_internal.h"

#include <string.h>

enum {
    MAX_MARKERS = 64,       /* block markers at a line's start: "> > - 1." */
    MAX_OPENERS = 4096,     /* "<!", "<?", "![" in one block */
    MAX_RUN_LINES = 10000,  /* lines without a blank one, outside fences */
    MAX_TABLE_CELLS = 1000, /* '|' in the line above a delimiter row or in that row */
    MAX_RULERS = 500,       /* lines of '-', ':', '|' in one block: each looks at it all again */
};

typedef struct Guard {
    size_t openers, run, rulers; /* since the last blank line */
    char fence;                  /* '`' or '~' inside a fence, else 0 */
    size_t fence_len;
    Str previous; /* the line before */
} Guard;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static size_t skip_blanks(Str line, size_t at) {
    while (at < line.len && is_blank(line.data[at]))
        at++;
    return at;
}

/* The length of the block marker at line[at], 0 when there is none. */
static size_t marker_len(Str line, size_t at) {
    size_t end = at;
    if (line.data[at] == '>')
        return 1;
    if (line.data[at] == '-' || line.data[at] == '+' || line.data[at] == '*') {
        end++;
    } else {
        while (end < line.len && end - at < 9 && line.data[end] >= '0' && line.data[end] <= '9')
            end++;
        if (end == at || end >= line.len || (line.data[end] != '.' && line.data[end] != ')'))
            return 0;
        end++;
    }
    return end >= line.len || is_blank(line.data[end]) ? end - at : 0;
}

/* "- - - -" of any length: a rule, not nested lists. */
static bool is_rule(Str line, size_t at) {
    char c = line.data[at];
    if (c != '-' && c != '*')
        return false;
    while (at < line.len && (line.data[at] == c || is_blank(line.data[at])))
        at++;
    return at == line.len;
}

/* Counts the block markers, one too many at most, and moves *at to what follows them. */
static size_t count_markers(Str line, size_t *at) {
    size_t count = 0;
    *at = skip_blanks(line, 0);
    while (*at < line.len && count <= MAX_MARKERS) {
        size_t len = marker_len(line, *at);
        if (len == 0 || is_rule(line, *at))
            break;
        count++;
        *at = skip_blanks(line, *at + len);
    }
    return count;
}

static size_t count_openers(Str line) {
    size_t count = 0;
    const char *end = line.data + line.len;
    for (const char *at = line.data; (at = memchr(at, '!', (size_t)(end - at))) != NULL; at++)
        count += (at > line.data && at[-1] == '<') || (at + 1 < end && at[1] == '[');
    for (const char *at = line.data; (at = memchr(at, '?', (size_t)(end - at))) != NULL; at++)
        count += at > line.data && at[-1] == '<';
    return count;
}

/* A line of only '-', ':', '|' and blanks with a '-': it may make a table of what is above. */
static bool is_ruler(Str line, size_t at) {
    bool has_dash = false;
    for (; at < line.len; at++) {
        char c = line.data[at];
        if (c != '-' && c != ':' && c != '|' && !is_blank(c))
            return false;
        has_dash |= c == '-';
    }
    return has_dash;
}

static size_t count_char(Str line, char c) {
    size_t count = 0;
    if (line.len == 0)
        return 0;
    const char *end = line.data + line.len;
    for (const char *at = line.data; (at = memchr(at, c, (size_t)(end - at))) != NULL; at++)
        count++;
    return count;
}

/* Opens or closes a fence that starts at line[at]. */
static void note_fence(Guard *guard, Str line, size_t at) {
    char c = at < line.len ? line.data[at] : '\0';
    if ((c != '`' && c != '~') || at > 3)
        return;
    size_t end = at;
    while (end < line.len && line.data[end] == c)
        end++;
    size_t len = end - at;
    Str rest = str_from_offset(line, end);
    if (!guard->fence && len >= 3 && !(c == '`' && str_find_char(rest, '`') != STR_NONE)) {
        guard->fence = c;
        guard->fence_len = len;
    } else if (guard->fence == c && len >= guard->fence_len && skip_blanks(line, end) == line.len) {
        *guard = (Guard){0};
    }
}

static const char *check_line(Guard *guard, Str line) {
    size_t start = skip_blanks(line, 0);
    if (guard->fence || start == line.len) {
        note_fence(guard, line, start);
        if (!guard->fence)
            *guard = (Guard){0};
        return NULL;
    }
    if (count_markers(line, &start) > MAX_MARKERS)
        return "more than 64 nested lists and quotes start on one line";
    note_fence(guard, line, start);
    guard->openers += count_openers(line);
    if (guard->openers > MAX_OPENERS)
        return "more than 4096 of \"<!\", \"<?\" and \"![\" stand in one block";
    if (++guard->run > MAX_RUN_LINES)
        return "more than 10000 lines follow each other without a blank line";
    if (start < line.len && is_ruler(line, start)) {
        if (++guard->rulers > MAX_RULERS)
            return "more than 500 lines of \"-\" stand in one block";
        if (count_char(line, '|') > MAX_TABLE_CELLS ||
            count_char(guard->previous, '|') > MAX_TABLE_CELLS)
            return "a table has more than 1000 columns";
    }
    guard->previous = line;
    return NULL;
}

bool markdown_guard(Str text, uint32_t *line, const char **reason) {
    Guard guard = {0};
    Str rest = text, current;
    *line = 0;
    while (str_next_line(&rest, &current)) {
        ++*line;
        *reason = check_line(&guard, current);
        if (*reason)
            return false;
    }
    return true;
}
