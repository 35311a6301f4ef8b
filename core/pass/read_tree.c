/* SPDX-License-Identifier: MIT
 * read_tree.c - one walk over a page's tree that fills its face: sections, links with the sentence
 * they stand in, anchors of raw HTML, title and summary. */
#include "pass/read_tree.h"

#include "base/path.h"
#include "base/utf8.h"
#include "text/html.h"
#include "text/sentence.h"

#include <string.h>

#define MAX_SENTENCE    300 /* bytes around a link */
#define MAX_SUMMARY     200
#define MAX_LINK_TEXT   200
#define MAX_LINK_SOURCE 2000 /* bytes between the start of a link and its destination */

typedef struct LinkAt {
    size_t link;   /* index in the builder */
    size_t offset; /* of its text in the block's text */
} LinkAt;

typedef struct TreeReader {
    FaceBuilder *builder;
    Arena *scratch;
    Str text;
    VEC(size_t) lines;     /* offset of each line's start */
    Buf block;             /* plain text of the block at hand */
    Buf plain;             /* of the page without its headings, a line for each block */
    VEC(size_t) starts;    /* where each section begins in it */
    VEC(LinkAt) pending;   /* links of the block whose sentence is not known yet */
    uint32_t open[7];      /* innermost section of each level, for parents */
    bool has_content;      /* something other than a heading was seen */
    bool opens_with_title; /* the first thing on the page is a first-level heading */
    int title_headings;
} TreeReader;

/* --- exact places -------------------------------------------------------------------------- */

static void index_lines(TreeReader *reader) {
    size_t at = 0;
    vec_push(&reader->lines, at);
    for (;;) {
        const char *end = at < reader->text.len
                              ? memchr(reader->text.data + at, '\n', reader->text.len - at)
                              : NULL;
        if (end == NULL) {
            return;
        }
        at = (size_t)(end - reader->text.data) + 1;
        vec_push(&reader->lines, at);
    }
}

static Str line_at(const TreeReader *reader, uint32_t line) {
    if (line == 0 || line > reader->lines.count) {
        return STR_EMPTY;
    }
    size_t from = reader->lines.items[line - 1];
    size_t to = line < reader->lines.count ? reader->lines.items[line] - 1 : reader->text.len;
    return str_slice(reader->text, from, to);
}

/* Finds `needle` on the line, at or behind the column when possible. */
static bool find_on_line(const TreeReader *reader, uint32_t line, Str needle, Pos *pos) {
    Str text = line_at(reader, line);
    size_t from = pos->line == line && pos->column > 0 ? pos->column - 1 : 0;
    size_t at = str_find(str_from_offset(text, from), needle);
    at = at != STR_NONE ? at + from : str_find(text, needle);
    if (at == STR_NONE) {
        return false;
    }
    pos->line = line;
    pos->column = (uint32_t)at + 1;
    pos->length = (uint32_t)needle.len;
    return true;
}

/* The library's lines and columns of inlines are sometimes off (after a link that spans lines, on
 * indented lines), so the text is looked for again, nearest line first, within its block. */
static bool find_near(const TreeReader *reader, uint32_t first, uint32_t last, Str needle,
                      Pos *pos) {
    uint32_t reach = last - first;
    if (needle.len == 0) {
        return false;
    }
    for (uint32_t distance = 0; distance <= reach; distance++) {
        if (pos->line + distance <= last &&
            find_on_line(reader, pos->line + distance, needle, pos)) {
            return true;
        }
        if (distance > 0 && pos->line >= first + distance &&
            find_on_line(reader, pos->line - distance, needle, pos)) {
            return true;
        }
    }
    return false;
}

/* Moves a place at the destination of `[text](destination)` to the line where the text starts,
 * when that is an earlier one. */
static void move_to_start(const TreeReader *reader, Pos *pos) {
    size_t at = reader->lines.items[pos->line - 1] + pos->column - 1;
    const char *text = reader->text.data;
    int depth = 1;
    if (at < 3 || text[at - 1] != '(' || text[at - 2] != ']') {
        return;
    }
    uint32_t line = pos->line;
    for (size_t i = at - 2, limit = i > MAX_LINK_SOURCE ? i - MAX_LINK_SOURCE : 0; i-- > limit;) {
        line -= text[i] == '\n';
        depth += text[i] == ']' ? 1 : text[i] == '[' ? -1 : 0;
        if (depth == 0) {
            if (line != pos->line) {
                pos->line = line;
                pos->column = (uint32_t)(i - reader->lines.items[line - 1]) + 1;
                pos->length = 1;
            }
            return;
        }
    }
}

/* A link stands where it starts. Its destination is looked for first, because it is more telling
 * than its text; when it is not on that line (the link spans lines, or refers to a definition) the
 * first word of its text has to be. */
static Pos place_link(const TreeReader *reader, Node *node, Node *block, Str target, Str text) {
    Pos pos = {reader->builder->face.file, node_line(node), node_column(node), 0};
    uint32_t first = node_line(block), last = node_end_line(block);
    Str word, rest;
    last = last < first ? first : last;
    pos.line = pos.line < first ? first : pos.line > last ? last : pos.line;
    str_cut(text, ' ', &word, &rest);
    if (target.len > 0 && find_on_line(reader, pos.line, target, &pos)) {
        move_to_start(reader, &pos);
    } else if (word.len == 0 || !find_on_line(reader, pos.line, word, &pos)) {
        if (find_near(reader, first, last, target, &pos)) {
            move_to_start(reader, &pos);
        } else {
            find_near(reader, first, last, word, &pos);
        }
    }
    return pos;
}

/* --- sentences ------------------------------------------------------------------------------ */

static void finish_block(TreeReader *reader) {
    Str text = buf_str(&reader->block);
    for (size_t i = 0; i < reader->pending.count; i++) {
        Link *link = &reader->builder->links.items[reader->pending.items[i].link];
        link->sentence = sentence_around(reader->builder->arena, text,
                                         reader->pending.items[i].offset, MAX_SENTENCE);
    }
    reader->pending.count = 0;
}

/* --- links ---------------------------------------------------------------------------------- */

static bool leads_outside(Str url) {
    return str_starts_with(url, STR("http:")) || str_starts_with(url, STR("https:")) ||
           str_starts_with(url, STR("mailto:")) || str_starts_with(url, STR("//"));
}

static void add_link(TreeReader *reader, Link *link, size_t offset) {
    size_t index = reader->builder->links.count;
    bool wants_sentence = !leads_outside(link->target) && !str_starts_with(link->target, STR("#"));
    if (facebuilder_add_link(reader->builder, link) && wants_sentence) {
        vec_push(&reader->pending, ((LinkAt){index, offset}));
    }
}

static void read_link(TreeReader *reader, Node *node, Node *block) {
    Buf text = {0};
    node_add_text(node, &text);
    Link link = {.form = node_type(node) == NODE_IMAGE ? LINK_IMAGE : LINK_TEXT,
                 .target = node_url(node),
                 .text = str_trim(str_slice(buf_str(&text), 0, MAX_LINK_TEXT))};
    link.pos = leads_outside(link.target)
                   ? (Pos){reader->builder->face.file, node_line(node), node_column(node), 0}
                   : place_link(reader, node, block, link.target, link.text);
    add_link(reader, &link, reader->block.len);
    buf_release(&text);
}

/* --- raw HTML ------------------------------------------------------------------------------- */

static Pos place_in_html(const TreeReader *reader, Node *node, Str html, size_t at) {
    Pos pos = {reader->builder->face.file, node_line(node), node_column(node), 1};
    for (size_t i = 0; i < at; i++) {
        if (html.data[i] == '\n') {
            pos.line++;
            pos.column = 0;
        } else {
            pos.column++;
        }
    }
    return pos;
}

static void add_anchor(TreeReader *reader, const HtmlTag *tag, const char *attribute) {
    Buf value = {0};
    if (html_attribute(tag, attribute, &value) && value.len > 0) {
        Str anchor = str_copy(reader->builder->arena, buf_str(&value));
        vec_push(&reader->builder->anchors, anchor);
    }
    buf_release(&value);
}

static void read_tag(TreeReader *reader, Node *node, Str html, const HtmlTag *tag) {
    bool is_image = str_equal_ignoring_case(tag->name, STR("img"));
    bool is_link = str_equal_ignoring_case(tag->name, STR("a"));
    Buf target = {0};
    add_anchor(reader, tag, "id");
    add_anchor(reader, tag, "name");
    if ((is_image && html_attribute(tag, "src", &target)) ||
        (is_link && html_attribute(tag, "href", &target))) {
        Link link = {.form = is_image ? LINK_IMAGE : LINK_TEXT,
                     .target = buf_str(&target),
                     .pos = place_in_html(reader, node, html, tag->at)};
        find_on_line(reader, link.pos.line, link.target, &link.pos);
        add_link(reader, &link, reader->block.len);
    }
    buf_release(&target);
}

static void read_html(TreeReader *reader, Node *node) {
    Str html = node_literal(node);
    HtmlTag tag;
    size_t at = 0;
    while (html_next_tag(html, &at, &tag)) {
        if (!tag.is_closing) {
            read_tag(reader, node, html, &tag);
        }
    }
}

/* --- blocks ---------------------------------------------------------------------------------- */

static void read_inlines(TreeReader *reader, Node *block) {
    buf_reset(&reader->block);
    for (Node *node = node_walk(block, block); node != NULL; node = node_walk(block, node)) {
        switch (node_type(node)) {
        case NODE_TEXT:
        case NODE_CODE:
            buf_add(&reader->block, node_literal(node));
            break;
        case NODE_SOFT_BREAK:
        case NODE_LINE_BREAK:
            buf_add_char(&reader->block, ' ');
            break;
        case NODE_LINK:
        case NODE_IMAGE:
            read_link(reader, node, block);
            break;
        case NODE_HTML:
            read_html(reader, node);
            break;
        default:
            break;
        }
    }
    finish_block(reader);
}

/* A line of the plain text, in one sweep: most of it is copied as it is. */
static void add_plain(TreeReader *reader, Str text) {
    Buf *out = &reader->plain;
    size_t start = out->len;
    buf_reserve(out, text.len + 1);
    char *to = out->data + start;
    bool is_space = true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c > ' ' && c != 0x7F) {
            *to++ = (char)c;
            is_space = false;
        } else if (!is_space) {
            *to++ = ' ';
            is_space = true;
        }
    }
    out->len = (size_t)(to - out->data);
    if (out->len > start && is_space) {
        out->len--;
    }
    if (out->len > start) {
        buf_add_char(out, '\n');
    }
}

/* Text of raw HTML between two tags, without comments. */
static void add_between_tags(TreeReader *reader, Str html) {
    Buf text = {0};
    while (html.len > 0) {
        size_t comment = str_find(html, STR("<!--"));
        html_add_unescaped(&text, str_slice(html, 0, comment));
        html = comment == STR_NONE ? STR_EMPTY : str_from_offset(html, comment);
        size_t end = str_find(html, STR("-->"));
        html = end == STR_NONE ? STR_EMPTY : str_from_offset(html, end + 3);
    }
    add_plain(reader, buf_str(&text));
    buf_release(&text);
}

static void add_plain_html(TreeReader *reader, Str html) {
    HtmlTag tag;
    size_t at = 0, from = 0;
    while (html_next_tag(html, &at, &tag)) {
        bool is_hidden = from > 0 && tag.is_closing &&
                         (str_equal_ignoring_case(tag.name, STR("style")) ||
                          str_equal_ignoring_case(tag.name, STR("script")));
        add_between_tags(reader, is_hidden ? STR_EMPTY : str_slice(html, from, tag.at));
        from = at;
    }
    add_between_tags(reader, str_from_offset(html, from));
}

static void read_heading(TreeReader *reader, Node *node) {
    FaceBuilder *builder = reader->builder;
    int level = node_level(node);
    Str title = str_collapse_spaces(builder->arena, buf_str(&reader->block));
    Section section = {.anchor = str_copy(builder->arena, node_anchor(node)),
                       .title = title,
                       .level = (uint8_t)level,
                       .line = node_line(node),
                       .parent = SECTION_NONE};
    for (int i = level - 1; i > 0 && section.parent == SECTION_NONE; i--) {
        section.parent = reader->open[i];
    }
    reader->open[level] = (uint32_t)builder->sections.count;
    for (int i = level + 1; i <= 6; i++) {
        reader->open[i] = SECTION_NONE;
    }
    if (level == 1) {
        reader->opens_with_title = reader->opens_with_title || !reader->has_content;
        reader->title_headings++;
    }
    reader->has_content = true;
    vec_push(&builder->sections, section);
    vec_push(&reader->starts, reader->plain.len);
}

static void read_summary(TreeReader *reader, Node *node) {
    Face *face = &reader->builder->face;
    Node *parent = node_parent(node);
    if (face->summary.len == 0 && parent != NULL && node_type(parent) == NODE_DOCUMENT) {
        Str text = str_trim(buf_str(&reader->block));
        size_t end = text.len < MAX_SUMMARY ? text.len : MAX_SUMMARY;
        while (end < text.len && end > 0 && ((unsigned char)text.data[end] & 0xC0) == 0x80) {
            end--;
        }
        face->summary = str_collapse_spaces(reader->builder->arena, str_slice(text, 0, end));
    }
}

static void read_block(TreeReader *reader, Node *node) {
    NodeType type = node_type(node);
    switch (type) {
    case NODE_HEADING:
        read_inlines(reader, node);
        read_heading(reader, node);
        break;
    case NODE_PARAGRAPH:
        read_inlines(reader, node);
        read_summary(reader, node);
        add_plain(reader, buf_str(&reader->block));
        break;
    case NODE_TABLE_CELL:
        read_inlines(reader, node);
        add_plain(reader, buf_str(&reader->block));
        break;
    case NODE_CODE_BLOCK:
        add_plain(reader, node_literal(node));
        break;
    case NODE_HTML_BLOCK:
        buf_reset(&reader->block);
        read_html(reader, node);
        finish_block(reader);
        add_plain_html(reader, node_literal(node));
        break;
    default:
        break;
    }
    reader->has_content = reader->has_content || (type != NODE_DOCUMENT && type != NODE_HTML_BLOCK);
}

/* A section ends where the next heading of its level or above begins. */
static void finish_sections(TreeReader *reader) {
    size_t count = reader->builder->sections.count;
    uint32_t lines = (uint32_t)reader->lines.count;
    for (size_t i = 0; i < count; i++) {
        Section *section = &reader->builder->sections.items[i];
        size_t next = i + 1;
        while (next < count && reader->builder->sections.items[next].level > section->level) {
            next++;
        }
        section->last_line = next < count ? reader->builder->sections.items[next].line - 1 : lines;
        if (section->line > 0 && section->line <= lines) {
            size_t from = reader->lines.items[section->line - 1];
            size_t to = section->last_line < lines ? reader->lines.items[section->last_line]
                                                   : reader->text.len;
            section->fingerprint = record_fingerprint(str_slice(reader->text, from, to));
        }
    }
}

static void divide_plain(TreeReader *reader) {
    FaceBuilder *builder = reader->builder;
    Str plain = str_copy(builder->arena, buf_str(&reader->plain));
    size_t end = plain.len;
    for (size_t i = reader->starts.count; i > 0; i--) {
        builder->sections.items[i - 1].text = str_slice(plain, reader->starts.items[i - 1], end);
        end = reader->starts.items[i - 1];
    }
    builder->face.text = str_slice(plain, 0, end);
}

/* --- title ----------------------------------------------------------------------------------- */

/* "3027-infallible_promotion.md" -> "3027 infallible promotion"; an index page has its folder's
 * name. */
static Str title_from_path(Arena *arena, Str path) {
    Str stem = path_stem(path_base(path));
    bool is_index =
        str_equal_ignoring_case(stem, STR("readme")) || str_equal_ignoring_case(stem, STR("index"));
    Str name = is_index && path_dir(path).len > 0 ? path_base(path_dir(path)) : stem;
    return path_readable(arena, name);
}

/* The heading that is the page's title; NULL when it has none. Several first-level headings are
 * chapters, unless the first one opens the page. */
static const Section *title_heading(const TreeReader *reader) {
    const FaceBuilder *builder = reader->builder;
    for (size_t i = 0; i < builder->sections.count; i++) {
        const Section *section = &builder->sections.items[i];
        if (section->level == 1 && section->title.len > 0) {
            return reader->title_headings == 1 || reader->opens_with_title ? section : NULL;
        }
    }
    return NULL;
}

static void choose_title(TreeReader *reader) {
    Face *face = &reader->builder->face;
    const Section *heading = title_heading(reader);
    Arena *arena = reader->builder->arena;
    Str given = utf8_line(arena, value_as_text(value_get(face->meta, STR("title"))));
    face->has_title_heading = heading != NULL;
    face->title = given.len > 0     ? given
                  : heading != NULL ? utf8_line(arena, heading->title)
                                    : title_from_path(arena, face->path);
}

void read_tree(FaceBuilder *builder, Node *root, Str text, Arena *scratch) {
    TreeReader reader = {.builder = builder, .scratch = scratch, .text = text};
    for (size_t i = 0; i < sizeof reader.open / sizeof *reader.open; i++) {
        reader.open[i] = SECTION_NONE;
    }
    index_lines(&reader);
    builder->face.line_count = (uint32_t)reader.lines.count;
    Node *node = root;
    while (node != NULL) {
        NodeType type = node_type(node);
        bool is_leaf = type == NODE_HEADING || type == NODE_PARAGRAPH || type == NODE_TABLE_CELL;
        read_block(&reader, node);
        node = is_leaf ? node_walk_over(root, node) : node_walk(root, node);
    }
    finish_sections(&reader);
    divide_plain(&reader);
    choose_title(&reader);
    vec_release(&reader.starts);
    buf_release(&reader.plain);
    vec_release(&reader.lines);
    vec_release(&reader.pending);
    buf_release(&reader.block);
}
