/* SPDX-License-Identifier: MIT
 * markdown_enrich.c - the one walk after the parser: anchors, tasks, alerts, autolinks, numbers of
 * footnotes. It also reads every text once, because the library copies a text when it is first
 * asked for, and later readers must not allocate. */
#include "text/markdown_internal.h"

#include <stdlib.h>
#include <string.h>

static void add_anchor(Markdown *markdown, Node *heading) {
    Buf *text = &markdown->scratch;
    buf_reset(text);
    node_add_text(heading, text);
    Str anchor = slug_unique(&markdown->slugs, &markdown->arena, buf_str(text));
    markdown_make_extra(markdown, heading)->name = anchor;
}

static bool is_break(Node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

/* The text that the first paragraph of a block starts with, or NULL. */
static Node *leading_text(Node *block) {
    Node *paragraph = cmark_node_first_child(block);
    if (cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return NULL;
    Node *text = cmark_node_first_child(paragraph);
    return cmark_node_get_type(text) == CMARK_NODE_TEXT ? text : NULL;
}

/* Takes the first `count` bytes off a text node; the node goes when nothing is left. */
static void cut_start(Markdown *markdown, Node *text, size_t count) {
    Str literal = node_literal(text);
    if (count >= literal.len) {
        cmark_node_unlink(text);
        return;
    }
    NodeExtra *extra = markdown_make_extra(markdown, text);
    extra->column = node_column(text) + (uint32_t)count;
    node_set_literal(markdown, text, str_from_offset(literal, count));
}

static void add_task(Markdown *markdown, Node *item) {
    Node *text = leading_text(item);
    if (!text)
        return;
    Str literal = node_literal(text);
    if (literal.len < 3 || literal.data[0] != '[' || literal.data[2] != ']' ||
        !strchr(" xX-/~", literal.data[1]))
        return;
    Node *next = cmark_node_next(text);
    bool ends = literal.len == 3 ? !next || is_break(next)
                                 : literal.data[3] == ' ' || literal.data[3] == '\t';
    if (!ends)
        return;
    char mark = literal.data[1];
    markdown_make_extra(markdown, item)->task = mark == 'X' ? 'x' : mark;
    cut_start(markdown, text, literal.len - str_trim_left(str_from_offset(literal, 3)).len);
}

/* "[!NOTE]" to "note"; empty when it is no alert. */
static Str alert_kind(Str literal) {
    static const char *const kinds[] = {"note", "tip", "important", "warning", "caution"};
    Str text = str_trim_right(literal);
    if (!str_starts_with(text, STR("[!")) || !str_ends_with(text, STR("]")))
        return STR_EMPTY;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_equal_ignoring_case(str_slice(text, 2, text.len - 1), str_from(kinds[i])))
            return str_from(kinds[i]);
    }
    return STR_EMPTY;
}

/* A quote whose first line is only the marker. Without content behind it, it stays a quote. */
static void add_alert(Markdown *markdown, Node *quote) {
    Node *text = leading_text(quote);
    Str kind = text ? alert_kind(node_literal(text)) : STR_EMPTY;
    if (!kind.len)
        return;
    Node *next = cmark_node_next(text);
    Node *paragraph = cmark_node_parent(text);
    if (next ? !is_break(next) : !cmark_node_next(paragraph))
        return;
    cmark_node_unlink(text);
    if (next)
        cmark_node_unlink(next);
    else
        cmark_node_unlink(paragraph);
    NodeExtra *extra = markdown_make_extra(markdown, quote);
    extra->name = kind;
    extra->is_alert = true;
}

static void add_reference(Markdown *markdown, Node *reference) {
    int64_t number = 0;
    str_to_int(node_literal(reference), &number);
    if (number < 1 || number > INT32_MAX)
        return;
    while (markdown->footnote_uses.count < (size_t)number)
        vec_push(&markdown->footnote_uses, 0);
    NodeExtra *extra = markdown_make_extra(markdown, reference);
    extra->number = (int)number;
    extra->use = ++markdown->footnote_uses.items[number - 1];
}

/* "<https://x.org>": the text is the address and only the brackets stand around it. */
static void mark_autolink(Markdown *markdown, Node *link) {
    Node *child = cmark_node_first_child(link);
    if (!child || cmark_node_next(child) || cmark_node_get_type(child) != CMARK_NODE_TEXT)
        return;
    const char *url = cmark_node_get_url(link);
    const char *text = cmark_node_get_literal(child);
    if (strncmp(url, "mailto:", 7) == 0 && strncmp(text, "mailto:", 7) != 0)
        url += 7;
    int width = cmark_node_get_end_column(link) - cmark_node_get_start_column(link);
    if (strcmp(url, text) == 0 && width <= (int)strlen(text) + 1)
        markdown_make_extra(markdown, link)->is_autolink = true;
}

typedef struct Walk {
    Markdown *markdown;
    Node *root;
    Node *link_end; /* no autolinks until the walk gets there */
    bool is_in_link;
    int footnotes;
} Walk;

/* Neither a link nor the text of a picture may contain links. */
static void visit_link(Walk *walk, Node *node) {
    cmark_node_get_url(node);
    cmark_node_get_title(node);
    if (cmark_node_get_type(node) == CMARK_NODE_LINK)
        mark_autolink(walk->markdown, node);
    if (!walk->is_in_link)
        walk->link_end = node_walk_over(walk->root, node);
    walk->is_in_link = true;
}

/* Handles one node; the node after which the walk goes on, its children first unless *over. */
static Node *visit(Walk *walk, Node *node, bool *over) {
    Markdown *markdown = walk->markdown;
    switch (node_type(node)) {
    case NODE_TEXT:
        cmark_node_get_literal(node);
        *over = true;
        return walk->is_in_link ? node : markdown_autolink(markdown, node);
    case NODE_HEADING:
        add_anchor(markdown, node);
        break;
    case NODE_ITEM:
        add_task(markdown, node);
        break;
    case NODE_QUOTE:
        add_alert(markdown, node);
        break;
    case NODE_LINK:
    case NODE_IMAGE:
        visit_link(walk, node);
        break;
    case NODE_CODE_BLOCK:
        cmark_node_get_fence_info(node);
        cmark_node_get_literal(node);
        break;
    case NODE_CODE:
    case NODE_HTML:
    case NODE_HTML_BLOCK:
        cmark_node_get_literal(node);
        break;
    case NODE_FOOTNOTE_REF:
        add_reference(markdown, node);
        break;
    case NODE_FOOTNOTE:
        markdown_make_extra(markdown, node)->number = ++walk->footnotes;
        break;
    default:
        break;
    }
    return node;
}

void markdown_enrich(Markdown *markdown, Node *root) {
    Walk walk = {.markdown = markdown, .root = root};
    Node *node = root;
    while (node) {
        if (node == walk.link_end)
            walk.is_in_link = false;
        bool over = false;
        node = visit(&walk, node, &over);
        node = over ? node_walk_over(root, node) : node_walk(root, node);
    }
}
