/* SPDX-License-Identifier: MIT
 * twin.c - writes a page's text without what is not for readers. */
#include "pass/twin.h"

#include "base/fs.h"
#include "pass/front_matter.h"
#include "pass/read.h"

/* --- front matter -------------------------------------------------------------------------------
 */

/* A JSON string is one in YAML, too. */
static void add_field(Buf *out, const char *name, Str value) {
    if (value.len > 0) {
        buf_add_format(out, "%s: ", name);
        json_add_text(out, value);
        buf_add_char(out, '\n');
    }
}

static void add_head(const Page *page, Buf *out) {
    const Value *meta = page->face->meta;
    buf_add_literal(out, "---\n");
    add_field(out, "title", page->title);
    add_field(out, "kind", page->kind_name);
    add_field(out, "status", value_as_text(value_get(meta, STR("status"))));
    add_field(out, "owner", value_as_text(value_get(meta, STR("owner"))));
    add_field(out, "project", page->project != NULL ? page->project->title : STR_EMPTY);
    add_field(out, "updated", page->updated);
    buf_add_literal(out, "---\n\n");
}

/* --- text ---------------------------------------------------------------------------------------
 */

typedef struct Copier {
    Buf *out;
    char fence; /* '`' or '~' inside a fenced block, else 0 */
    size_t fence_len;
    bool in_comment;
} Copier;

static size_t run_length(Str line, char c) {
    size_t len = 0;
    while (len < line.len && line.data[len] == c) {
        len++;
    }
    return len;
}

/* Follows fences; they may stand in lists and quotes, so any indentation counts. */
static bool is_fenced(Copier *copier, Str line) {
    Str text = str_trim(line);
    while (str_starts_with(text, STR(">"))) {
        text = str_trim_left(str_from_offset(text, 1));
    }
    char c = text.len > 0 ? text.data[0] : ' ';
    size_t len = c == '`' || c == '~' ? run_length(text, c) : 0;
    Str info = str_from_offset(text, len);
    if (copier->fence == 0) {
        if (len >= 3 && !(c == '`' && str_contains(info, STR("`")))) {
            copier->fence = c;
            copier->fence_len = len;
        }
        return copier->fence != 0;
    }
    if (c == copier->fence && len >= copier->fence_len && info.len == 0) {
        copier->fence = 0;
    }
    return true;
}

/* The start of a comment outside code spans, STR_NONE when there is none. */
static size_t find_comment(Str line) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\\') {
            i++;
        } else if (line.data[i] == '`') {
            Str rest = str_from_offset(line, i);
            size_t len = run_length(rest, '`');
            size_t end = str_find(str_from_offset(rest, len), str_slice(rest, 0, len));
            i += end == STR_NONE ? len - 1 : len + end + len - 1;
        } else if (str_starts_with(str_from_offset(line, i), STR("<!--"))) {
            return i;
        }
    }
    return STR_NONE;
}

static bool is_indented_code(Str line) {
    return str_starts_with(line, STR("    ")) || str_starts_with(line, STR("\t"));
}

/* A line that only held comments vanishes. */
static void copy_line(Copier *copier, Str line) {
    size_t before = copier->out->len;
    bool had_comment = copier->in_comment;
    Str rest = line;
    if (!copier->in_comment && (is_fenced(copier, line) || is_indented_code(line))) {
        buf_add(copier->out, line);
        buf_add_char(copier->out, '\n');
        return;
    }
    while (rest.len > 0) {
        size_t at = copier->in_comment ? str_find(rest, STR("-->")) : find_comment(rest);
        if (!copier->in_comment) {
            buf_add(copier->out, str_slice(rest, 0, at == STR_NONE ? rest.len : at));
        }
        if (at == STR_NONE) {
            break;
        }
        rest = str_from_offset(rest, at + (copier->in_comment ? 3 : 4));
        copier->in_comment = !copier->in_comment;
        had_comment = true;
    }
    Str copied = str_from_offset(buf_str(copier->out), before);
    if (had_comment && str_trim(copied).len == 0) {
        buf_truncate(copier->out, before);
    } else {
        buf_add_char(copier->out, '\n');
    }
}

void twin_add(const Page *page, Str text, uint32_t skip, Buf *out) {
    Copier copier = {.out = out};
    Str line;
    bool has_comments = str_contains(text, STR("<!--"));
    add_head(page, out);
    while (skip-- > 0 && str_next_line(&text, &line)) {
        continue;
    }
    if (str_starts_with(text, STR("\xEF\xBB\xBF"))) {
        text = str_from_offset(text, 3);
    }
    while (str_starts_with(text, STR("\n")) || str_starts_with(text, STR("\r\n"))) {
        str_next_line(&text, &line);
    }
    if (!has_comments) {
        buf_add(out, text);
        return;
    }
    while (str_next_line(&text, &line)) {
        copy_line(&copier, line);
    }
}

void twin_add_page(const Page *page, Buf *out) {
    Arena arena = {0};
    Str text = page->body, yaml;
    uint32_t skip = 0;
    if (page->source != NULL) {
        text = STR_EMPTY;
        fs_read(&arena, page->source->disk, READ_MAX_BYTES, &text);
        skip = front_matter_find(text, &yaml);
    }
    twin_add(page, text, skip, out);
    arena_release(&arena);
}
