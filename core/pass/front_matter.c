/* SPDX-License-Identifier: MIT
 * front_matter.c - metadata of a page from its three usual places. */
#include "pass/front_matter.h"

#include "base/fs.h"
#include "text/yaml.h"

#include <errno.h>
#include <string.h>

#define MAX_KEY         40 /* bytes of a field's name in the text */
#define MAX_KEY_WORDS   5
#define MAX_HEAD_BLOCKS 6 /* blocks looked at for head fields */

/* --- front matter -------------------------------------------------------------------------- */

static bool is_marker(Str line, const char *marker) {
    return str_equal(str_trim_right(line), str_from(marker));
}

/* A YAML map starts with a key, after comments and blank lines. */
static bool looks_like_map(Str yaml) {
    Str line;
    while (str_next_line(&yaml, &line)) {
        Str trimmed = str_trim(line);
        if (trimmed.len == 0 || trimmed.data[0] == '#') {
            continue;
        }
        size_t colon = str_find_char(line, ':');
        return colon != STR_NONE && colon > 0 && colon <= 2 * MAX_KEY && line.data[0] != ' ' &&
               line.data[0] != '-' && line.data[0] != '|' && line.data[0] != '>';
    }
    return true; /* nothing but comments: empty front matter */
}

uint32_t front_matter_find(Str text, Str *yaml) {
    Str rest = text, line;
    uint32_t count = 0;
    *yaml = STR_EMPTY;
    if (str_starts_with(rest, STR("\xEF\xBB\xBF"))) {
        rest = str_from_offset(rest, 3);
    }
    if (!str_next_line(&rest, &line) || !is_marker(line, "---")) {
        return 0;
    }
    const char *start = rest.data;
    for (count = 1; str_next_line(&rest, &line); count++) {
        if (is_marker(line, "---") || is_marker(line, "...")) {
            *yaml = (Str){start, (size_t)(line.data - start)};
            return looks_like_map(*yaml) ? count + 1 : 0;
        }
        if ((size_t)(line.data - start) > 2 * YAML_MAX_FRONT_MATTER) {
            break;
        }
    }
    return 0; /* never closed: a rule at the top of the page */
}

/* "Last_Updated" and "Last Updated" are "last-updated". */
static Str normal_key(Arena *arena, Str key) {
    char *text = str_terminated(arena, str_trim(key));
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        text[i] = (char)(c == ' ' || c == '_' ? '-' : c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return (Str){text, len};
}

void front_matter_merge(Arena *arena, Value *meta, const Value *map) {
    for (size_t i = 0; map != NULL && map->type == VALUE_MAP && i < map->count; i++) {
        Str key = normal_key(arena, map->entries[i].key);
        if (value_get(meta, key) == NULL) {
            value_set(arena, meta, key, map->entries[i].value);
        }
    }
}

void front_matter_read_sidecar(Arena *arena, Value *meta, const Source *source, Diag *diag) {
    Str text;
    if (source->sidecar == NULL) {
        return;
    }
    if (!fs_read(arena, source->sidecar, YAML_MAX_FILE, &text)) {
        diag_report(diag, SEVERITY_ERROR, "read.sidecar", (Pos){source->sidecar_file, 0, 0, 0},
                    NULL, "cannot be read: %s", strerror(errno));
        return;
    }
    front_matter_merge(arena, meta,
                       yaml_parse(arena, source->sidecar_file, text, 1, YAML_MAX_FILE, diag));
}

/* --- fields in the text -------------------------------------------------------------------- */

/* "Start Date: 2020-01-01" -> key and value, when the part before the colon can be a name. */
static bool split_field(Str line, Str *key, Str *value) {
    size_t colon = str_find_char(line, ':'), words = 1;
    if (colon == STR_NONE || colon == 0 || colon > MAX_KEY) {
        return false;
    }
    *key = str_trim(str_slice(line, 0, colon));
    *value = str_trim(str_from_offset(line, colon + 1));
    for (size_t i = 0; i < key->len; i++) {
        words += key->data[i] == ' ';
        if (strchr(".,;(){}[]<>`\"'/\\=", key->data[i]) != NULL) {
            return false;
        }
    }
    char first = key->len > 0 ? key->data[0] : 0;
    bool is_letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    return is_letter && words <= MAX_KEY_WORDS && !str_starts_with(*value, STR("//"));
}

static void set_field(Arena *arena, Value *meta, Str key, Str value, uint32_t line) {
    Str name = normal_key(arena, key);
    if (value.len == 0 || value_get(meta, name) != NULL) {
        return;
    }
    Value *text = value_text(arena, value);
    text->quoted = true; /* words, be it "yes" or "5" */
    text->line = line;
    text->column = 1;
    value_set(arena, meta, name, text);
}

/* The lines of a paragraph as plain text, divided by '\n'. */
static void add_lines(Node *block, Buf *out) {
    for (Node *node = node_first(block); node != NULL; node = node_next(node)) {
        NodeType type = node_type(node);
        if (type == NODE_SOFT_BREAK || type == NODE_LINE_BREAK) {
            buf_add_char(out, '\n');
        } else if (type != NODE_HTML) {
            node_add_text(node, out);
        }
    }
}

/* Calls for each field of `lines`; every line must be one. True when they all were. */
static bool read_lines(Arena *arena, Value *meta, Str lines, uint32_t first_line) {
    Str key, value, line, rest = lines;
    size_t count = 0;
    while (str_next_line(&rest, &line)) {
        if (!split_field(line, &key, &value)) {
            return false;
        }
        count++;
    }
    for (uint32_t number = first_line; str_next_line(&lines, &line); number++) {
        if (split_field(line, &key, &value)) {
            set_field(arena, meta, key, value, number);
        }
    }
    return count > 0;
}

/* One plain line "Note: ..." is prose; it takes bold labels or several lines to be fields. */
static bool read_paragraph(Arena *arena, Value *meta, Node *block) {
    Buf lines = {0};
    Node *first = node_first(block);
    add_lines(block, &lines);
    bool is_bold = first != NULL && node_type(first) == NODE_STRONG;
    bool has_lines = str_find_char(buf_str(&lines), '\n') != STR_NONE;
    bool found =
        (is_bold || has_lines) && read_lines(arena, meta, buf_str(&lines), node_line(block));
    buf_release(&lines);
    return found;
}

static bool read_list(Arena *arena, Value *meta, Node *list) {
    Buf text = {0};
    Str key, value, first_line, rest;
    bool found = true;
    for (int pass = 0; pass < 2 && found; pass++) { /* every item must be a field */
        for (Node *item = node_first(list); item != NULL && found; item = node_next(item)) {
            Node *block = node_first(item);
            buf_reset(&text);
            if (block != NULL && node_type(block) == NODE_PARAGRAPH) {
                add_lines(block, &text);
            }
            rest = buf_str(&text);
            found = str_next_line(&rest, &first_line) && split_field(first_line, &key, &value);
            if (found && pass == 1) {
                set_field(arena, meta, key, value, node_line(item));
            }
        }
    }
    buf_release(&text);
    return found;
}

/* A table's header row is a field only when it surely is one: "Status | Accepted". */
static bool is_field_row(Node *row, Str name) {
    static const char *const NAMES[] = {"status", "date",    "author", "authors",
                                        "owner",  "version", "state",  "created"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_equal_ignoring_case(name, str_from(NAMES[i]))) {
            return true;
        }
    }
    return !node_is_header_row(row);
}

static bool read_table(Arena *arena, Value *meta, Node *table) {
    Buf key = {0}, value = {0};
    bool found = false;
    for (Node *row = node_first(table); row != NULL; row = node_next(row)) {
        Node *left = node_first(row), *right = left != NULL ? node_next(left) : NULL;
        if (right == NULL || node_next(right) != NULL) {
            break; /* only tables of two columns are lists of fields */
        }
        buf_reset(&key);
        buf_reset(&value);
        node_add_text(left, &key);
        node_add_text(right, &value);
        Str name = str_trim(buf_str(&key));
        if (str_ends_with(name, STR(":"))) {
            name.len--;
        }
        if (name.len > 0 && name.len <= MAX_KEY && is_field_row(row, name)) {
            set_field(arena, meta, name, str_trim(buf_str(&value)), node_line(row));
            found = true;
        }
    }
    buf_release(&key);
    buf_release(&value);
    return found;
}

void front_matter_read_head(Arena *arena, Value *meta, Node *root) {
    bool has_fields = false;
    int headings = 0, blocks = 0;
    for (Node *block = node_first(root); block != NULL && blocks < MAX_HEAD_BLOCKS;
         block = node_next(block)) {
        bool is_field_block = false;
        switch (node_type(block)) {
        case NODE_HEADING:
            if (++headings > 1 || has_fields || node_level(block) > 1) {
                return;
            }
            blocks = 0;
            continue;
        case NODE_PARAGRAPH:
            is_field_block = read_paragraph(arena, meta, block);
            break;
        case NODE_LIST:
            is_field_block = read_list(arena, meta, block);
            break;
        case NODE_TABLE:
            is_field_block = read_table(arena, meta, block);
            break;
        case NODE_HTML_BLOCK:
            continue;
        default:
            break;
        }
        if (has_fields && !is_field_block) {
            return;
        }
        has_fields = has_fields || is_field_block;
        blocks++;
    }
}
