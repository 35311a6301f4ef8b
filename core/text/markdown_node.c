/* SPDX-License-Identifier: MIT
 * markdown_node.c - walking, reading and changing trees. */
#include "text/markdown_internal.h"

#include <string.h>

enum { TYPES = 64 };

/* Our types by the library's numbers; those of extensions are learned by markdown_init. */
static unsigned char block_types[TYPES] = {
    [CMARK_NODE_DOCUMENT & CMARK_NODE_VALUE_MASK] = NODE_DOCUMENT,
    [CMARK_NODE_BLOCK_QUOTE & CMARK_NODE_VALUE_MASK] = NODE_QUOTE,
    [CMARK_NODE_LIST & CMARK_NODE_VALUE_MASK] = NODE_LIST,
    [CMARK_NODE_ITEM & CMARK_NODE_VALUE_MASK] = NODE_ITEM,
    [CMARK_NODE_CODE_BLOCK & CMARK_NODE_VALUE_MASK] = NODE_CODE_BLOCK,
    [CMARK_NODE_HTML_BLOCK & CMARK_NODE_VALUE_MASK] = NODE_HTML_BLOCK,
    [CMARK_NODE_CUSTOM_BLOCK & CMARK_NODE_VALUE_MASK] = NODE_RAW_BLOCK,
    [CMARK_NODE_PARAGRAPH & CMARK_NODE_VALUE_MASK] = NODE_PARAGRAPH,
    [CMARK_NODE_HEADING & CMARK_NODE_VALUE_MASK] = NODE_HEADING,
    [CMARK_NODE_THEMATIC_BREAK & CMARK_NODE_VALUE_MASK] = NODE_RULE,
    [CMARK_NODE_FOOTNOTE_DEFINITION & CMARK_NODE_VALUE_MASK] = NODE_FOOTNOTE,
};

static unsigned char inline_types[TYPES] = {
    [CMARK_NODE_TEXT & CMARK_NODE_VALUE_MASK] = NODE_TEXT,
    [CMARK_NODE_SOFTBREAK & CMARK_NODE_VALUE_MASK] = NODE_SOFT_BREAK,
    [CMARK_NODE_LINEBREAK & CMARK_NODE_VALUE_MASK] = NODE_LINE_BREAK,
    [CMARK_NODE_CODE & CMARK_NODE_VALUE_MASK] = NODE_CODE,
    [CMARK_NODE_HTML_INLINE & CMARK_NODE_VALUE_MASK] = NODE_HTML,
    [CMARK_NODE_CUSTOM_INLINE & CMARK_NODE_VALUE_MASK] = NODE_RAW,
    [CMARK_NODE_EMPH & CMARK_NODE_VALUE_MASK] = NODE_EMPHASIS,
    [CMARK_NODE_STRONG & CMARK_NODE_VALUE_MASK] = NODE_STRONG,
    [CMARK_NODE_LINK & CMARK_NODE_VALUE_MASK] = NODE_LINK,
    [CMARK_NODE_IMAGE & CMARK_NODE_VALUE_MASK] = NODE_IMAGE,
    [CMARK_NODE_FOOTNOTE_REFERENCE & CMARK_NODE_VALUE_MASK] = NODE_FOOTNOTE_REF,
};

static const char *const TYPE_NAMES[NODE_TYPE_COUNT] = {
    [NODE_NONE] = "none",
    [NODE_DOCUMENT] = "document",
    [NODE_QUOTE] = "quote",
    [NODE_ALERT] = "alert",
    [NODE_LIST] = "list",
    [NODE_ITEM] = "item",
    [NODE_CODE_BLOCK] = "code_block",
    [NODE_HTML_BLOCK] = "html_block",
    [NODE_PARAGRAPH] = "paragraph",
    [NODE_HEADING] = "heading",
    [NODE_RULE] = "rule",
    [NODE_TABLE] = "table",
    [NODE_TABLE_ROW] = "table_row",
    [NODE_TABLE_CELL] = "table_cell",
    [NODE_FOOTNOTE] = "footnote",
    [NODE_RAW_BLOCK] = "raw_block",
    [NODE_TEXT] = "text",
    [NODE_SOFT_BREAK] = "soft_break",
    [NODE_LINE_BREAK] = "line_break",
    [NODE_CODE] = "code",
    [NODE_HTML] = "html",
    [NODE_EMPHASIS] = "emphasis",
    [NODE_STRONG] = "strong",
    [NODE_STRIKE] = "strike",
    [NODE_LINK] = "link",
    [NODE_IMAGE] = "image",
    [NODE_FOOTNOTE_REF] = "footnote_ref",
    [NODE_RAW] = "raw",
};

static NodeType extension_type(const char *name) {
    if (strcmp(name, "table") == 0)
        return NODE_TABLE;
    if (strcmp(name, "table_row") == 0 || strcmp(name, "table_header") == 0)
        return NODE_TABLE_ROW;
    if (strcmp(name, "table_cell") == 0)
        return NODE_TABLE_CELL;
    return strcmp(name, "strikethrough") == 0 ? NODE_STRIKE : NODE_NONE;
}

static unsigned char *type_slot(int type) {
    bool is_inline = (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
    int value = type & CMARK_NODE_VALUE_MASK;
    return (is_inline ? inline_types : block_types) + (value < TYPES ? value : 0);
}

void markdown_learn_types(Node *sample_root) {
    for (Node *node = sample_root; node; node = node_walk(sample_root, node)) {
        NodeType type = extension_type(cmark_node_get_type_string(node));
        if (type != NODE_NONE)
            *type_slot((int)cmark_node_get_type(node)) = (unsigned char)type;
    }
}

NodeExtra *markdown_extra(Node *node) {
    return cmark_node_get_user_data(node);
}

NodeExtra *markdown_make_extra(Markdown *markdown, Node *node) {
    NodeExtra *extra = cmark_node_get_user_data(node);
    if (!extra) {
        extra = arena_new(&markdown->arena, NodeExtra);
        cmark_node_set_user_data(node, extra);
    }
    return extra;
}

Node *markdown_new_node(Markdown *markdown, cmark_node_type type) {
    markdown_use(markdown);
    return cmark_node_new_with_mem(type, &MARKDOWN_MEMORY);
}

static Str text_or_empty(const char *text) {
    return text ? str_from(text) : STR_EMPTY;
}

NodeType node_type(Node *node) {
    NodeType type = (NodeType)*type_slot((int)cmark_node_get_type(node));
    if (type != NODE_QUOTE && type != NODE_HTML && type != NODE_HTML_BLOCK)
        return type;
    const NodeExtra *extra = markdown_extra(node);
    if (!extra)
        return type;
    if (extra->is_raw)
        return type == NODE_HTML ? NODE_RAW : NODE_RAW_BLOCK;
    return extra->is_alert ? NODE_ALERT : type;
}

const char *node_type_name(NodeType type) {
    return TYPE_NAMES[type];
}

NodeType node_type_parse(Str name) {
    for (int type = NODE_NONE + 1; type < NODE_TYPE_COUNT; type++) {
        if (str_equal(name, str_from(TYPE_NAMES[type])))
            return (NodeType)type;
    }
    return NODE_NONE;
}

bool node_is_block(NodeType type) {
    return type >= NODE_DOCUMENT && type <= NODE_RAW_BLOCK;
}

Node *node_parent(Node *node) {
    return cmark_node_parent(node);
}

Node *node_next(Node *node) {
    return cmark_node_next(node);
}

Node *node_previous(Node *node) {
    return cmark_node_previous(node);
}

Node *node_first(Node *node) {
    return cmark_node_first_child(node);
}

Node *node_last(Node *node) {
    return cmark_node_last_child(node);
}

Node *node_walk_over(Node *root, Node *node) {
    while (node && node != root) {
        Node *next = cmark_node_next(node);
        if (next)
            return next;
        node = cmark_node_parent(node);
    }
    return NULL;
}

Node *node_walk(Node *root, Node *node) {
    Node *child = cmark_node_first_child(node);
    return child ? child : node_walk_over(root, node);
}

uint32_t node_line(Node *node) {
    for (; node; node = cmark_node_parent(node)) {
        const NodeExtra *extra = markdown_extra(node);
        if (extra && extra->line)
            return extra->line;
        int line = cmark_node_get_start_line(node);
        if (line > 0)
            return (uint32_t)line;
    }
    return 0;
}

uint32_t node_column(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    if (extra && extra->column)
        return extra->column;
    int column = cmark_node_get_start_column(node);
    return column > 0 ? (uint32_t)column : 0;
}

uint32_t node_end_line(Node *node) {
    uint32_t first = node_line(node);
    for (; node; node = cmark_node_parent(node)) {
        int line = cmark_node_get_end_line(node);
        if (line > 0)
            return (uint32_t)line < first ? first : (uint32_t)line;
    }
    return first;
}

Str node_literal(Node *node) {
    return text_or_empty(cmark_node_get_literal(node));
}

void node_add_text(Node *node, Buf *out) {
    for (Node *at = node; at;) {
        switch (node_type(at)) {
        case NODE_TEXT:
        case NODE_CODE:
        case NODE_CODE_BLOCK:
            buf_add(out, node_literal(at));
            break;
        case NODE_SOFT_BREAK:
        case NODE_LINE_BREAK:
            buf_add_char(out, ' ');
            break;
        case NODE_IMAGE:
            if (at != node) {
                at = node_walk_over(node, at);
                continue;
            }
            break;
        default:
            if (at != node && out->len && out->data[out->len - 1] != ' ' &&
                node_is_block(node_type(at)) && cmark_node_previous(at))
                buf_add_char(out, ' ');
        }
        at = node_walk(node, at);
    }
}

int node_level(Node *node) {
    return cmark_node_get_heading_level(node);
}

Str node_anchor(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    return extra && cmark_node_get_type(node) == CMARK_NODE_HEADING ? extra->name : STR_EMPTY;
}

Str node_info(Node *node) {
    return text_or_empty(cmark_node_get_fence_info(node));
}

Str node_language(Node *node) {
    Str info = node_info(node);
    while (info.len && (info.data[0] == '{' || info.data[0] == '.' || info.data[0] == ' '))
        info = str_from_offset(info, 1);
    size_t end = 0;
    while (end < info.len && !strchr(" \t\r\n,}", info.data[end]))
        end++;
    return str_slice(info, 0, end);
}

bool node_is_fenced(Node *node) {
    int length, offset;
    char character;
    return cmark_node_get_fenced(node, &length, &offset, &character) != 0;
}

uint32_t node_content_line(Node *node) {
    uint32_t line = node_line(node);
    return line && node_is_fenced(node) ? line + 1 : line;
}

uint32_t node_content_column(Node *node) {
    return node_column(node);
}

Str node_url(Node *node) {
    return text_or_empty(cmark_node_get_url(node));
}

Str node_title(Node *node) {
    return text_or_empty(cmark_node_get_title(node));
}

bool node_is_autolink(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    return extra && extra->is_autolink;
}

char node_task(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    return extra ? extra->task : '\0';
}

Str node_alert(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    return extra && extra->is_alert ? extra->name : STR_EMPTY;
}

bool node_is_ordered(Node *node) {
    return cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
}

int node_start(Node *node) {
    return cmark_node_get_list_start(node);
}

bool node_is_tight(Node *node) {
    return cmark_node_get_list_tight(node) != 0;
}

bool node_is_header_row(Node *node) {
    return node_type(node) == NODE_TABLE_ROW &&
           cmark_gfm_extensions_get_table_row_is_header(node) != 0;
}

char node_align(Node *node) {
    Node *table = cmark_node_parent(cmark_node_parent(node));
    if (node_type(node) != NODE_TABLE_CELL || node_type(table) != NODE_TABLE)
        return '\0';
    size_t column = 0;
    for (Node *at = node; (at = cmark_node_previous(at)) != NULL;)
        column++;
    if (column >= cmark_gfm_extensions_get_table_columns(table))
        return '\0';
    return (char)cmark_gfm_extensions_get_table_alignments(table)[column];
}

int node_footnote(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    return extra ? extra->number : 0;
}

/* A NUL-terminated copy without NUL inside: what the library takes. */
static const char *library_text(Markdown *markdown, Str text) {
    char *copy = str_terminated(&markdown->arena, text);
    for (char *at = copy; (at = memchr(at, '\0', text.len - (size_t)(at - copy))) != NULL; at++)
        *at = '?';
    return copy;
}

static void set_literal(Markdown *markdown, Node *node, Str text) {
    markdown_use(markdown);
    cmark_node_set_literal(node, library_text(markdown, text));
}

Node *node_new_text(Markdown *markdown, Str text) {
    Node *node = markdown_new_node(markdown, CMARK_NODE_TEXT);
    set_literal(markdown, node, text);
    return node;
}

/* Held as raw HTML with a mark, because the library lets that stand in table cells. */
Node *node_new_raw(Markdown *markdown, bool is_block, Str html) {
    Node *node =
        markdown_new_node(markdown, is_block ? CMARK_NODE_HTML_BLOCK : CMARK_NODE_HTML_INLINE);
    set_literal(markdown, node, html);
    markdown_make_extra(markdown, node)->is_raw = true;
    return node;
}

Node *node_new_link(Markdown *markdown, Str url, Str title) {
    Node *node = markdown_new_node(markdown, CMARK_NODE_LINK);
    cmark_node_set_url(node, library_text(markdown, url));
    cmark_node_set_title(node, library_text(markdown, title));
    return node;
}

bool node_insert_before(Node *node, Node *new_node) {
    return cmark_node_insert_before(node, new_node) != 0;
}

bool node_insert_after(Node *node, Node *new_node) {
    return cmark_node_insert_after(node, new_node) != 0;
}

bool node_append(Node *parent, Node *new_node) {
    return cmark_node_append_child(parent, new_node) != 0;
}

void node_remove(Node *node) {
    cmark_node_unlink(node);
}

bool node_set_literal(Markdown *markdown, Node *node, Str text) {
    if (!cmark_node_get_literal(node) || node_type(node) == NODE_FOOTNOTE_REF)
        return false;
    set_literal(markdown, node, text);
    return true;
}

bool node_set_url(Markdown *markdown, Node *node, Str url) {
    if (!cmark_node_get_url(node))
        return false;
    markdown_use(markdown);
    return cmark_node_set_url(node, library_text(markdown, url)) != 0;
}

bool node_set_id(Markdown *markdown, Node *node, Str id) {
    NodeType type = node_type(node);
    if (type != NODE_ITEM && type != NODE_PARAGRAPH && type != NODE_TABLE_ROW && type != NODE_QUOTE)
        return false;
    markdown_make_extra(markdown, node)->id = str_copy(&markdown->arena, id);
    return true;
}

bool node_set_class(Markdown *markdown, Node *node, Str classes) {
    NodeType type = node_type(node);
    if (type == NODE_DOCUMENT || type == NODE_TEXT || type == NODE_SOFT_BREAK ||
        type == NODE_HTML || type == NODE_HTML_BLOCK || type == NODE_RAW || type == NODE_RAW_BLOCK)
        return false;
    markdown_make_extra(markdown, node)->classes = str_copy(&markdown->arena, classes);
    return true;
}
