/* SPDX-License-Identifier: MIT
 * markdown.h - GitHub-flavoured Markdown: text to tree, tree to HTML; the only door to cmark-gfm.
 *
 * A Markdown is one thread's parser with its memory. A tree lives until the next markdown_parse
 * or markdown_free on the same Markdown: the tree is a visitor, nobody keeps it. Nodes have lines
 * and columns of the file (front matter included, columns in bytes from 1).
 *
 * The dialect is GFM 0.29 with tables, strikethrough (two tildes), task items, footnotes, extended
 * autolinks, GitHub alerts and anchors. Task items and autolinks are made on the tree, because the
 * library's own extensions are neither complete nor thread-safe. */
#ifndef QUOIN_TEXT_MARKDOWN_H
#define QUOIN_TEXT_MARKDOWN_H

#include "base/diag.h"

typedef struct Markdown Markdown;
typedef struct cmark_node Node; /* opaque */

typedef enum NodeType {
    NODE_NONE,
    /* blocks */
    NODE_DOCUMENT,
    NODE_QUOTE,
    NODE_ALERT,
    NODE_LIST,
    NODE_ITEM,
    NODE_CODE_BLOCK,
    NODE_HTML_BLOCK,
    NODE_PARAGRAPH,
    NODE_HEADING,
    NODE_RULE,
    NODE_TABLE,
    NODE_TABLE_ROW,
    NODE_TABLE_CELL,
    NODE_FOOTNOTE,
    NODE_RAW_BLOCK,
    /* inlines */
    NODE_TEXT,
    NODE_SOFT_BREAK,
    NODE_LINE_BREAK,
    NODE_CODE,
    NODE_HTML,
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_LINK,
    NODE_IMAGE,
    NODE_FOOTNOTE_REF,
    NODE_RAW,
    NODE_TYPE_COUNT
} NodeType;

/* Once in main, before any thread: registers the extensions. */
void markdown_init(void);

Markdown *markdown_new(void);
void markdown_free(Markdown *markdown);

/* The dialect's own bounds. A file beyond them gives one "markdown.limit" error at its place and
 * a tree of one code block with the (cut) text, so that nothing is lost. */
#define MARKDOWN_MAX_BYTES ((size_t)2 * 1024 * 1024)

/* Parses a whole page; never NULL. `skip_lines` lines at the start (front matter) are not content
 * but count. Reports footnotes without definition, definitions that nobody uses, and fences that
 * are never closed ("markdown.*"); with a NULL `diag` nothing is reported. CRLF and a BOM are
 * accepted; NUL and invalid UTF-8 become U+FFFD. */
Node *markdown_parse(Markdown *markdown, Str file, Str text, uint32_t skip_lines, Diag *diag);

/* Walking. */
NodeType node_type(Node *node);
const char *node_type_name(NodeType type); /* "code_block", as Lua sees it */
NodeType node_type_parse(Str name);        /* NODE_NONE when unknown */
bool node_is_block(NodeType type);
Node *node_parent(Node *node);
Node *node_next(Node *node);
Node *node_previous(Node *node);
Node *node_first(Node *node);
Node *node_last(Node *node);
/* The node after `node` in document order within `root` (children first), NULL at the end. */
Node *node_walk(Node *root, Node *node);
/* The same, but not into the children of `node`. */
Node *node_walk_over(Node *root, Node *node);

/* Facts. Text borrows from the tree; what a node does not have is empty or 0. */
uint32_t
node_line(Node *node); /* soft breaks and nodes made by code give their nearest ancestor's */
uint32_t node_column(Node *node);
uint32_t node_end_line(Node *node);
Str node_literal(Node *node); /* text, code, code block, html */
/* All text below, markup removed, breaks as spaces. The text of a picture counts only when the
 * node is the picture itself: as for anchors. */
void node_add_text(Node *node, Buf *out);
int node_level(Node *node);    /* heading 1-6 */
Str node_anchor(Node *node);   /* heading: its anchor on this page */
Str node_info(Node *node);     /* code block: the info string */
Str node_language(Node *node); /* its first word, without a leading '{' or '.' */
bool node_is_fenced(Node *node);
uint32_t node_content_line(Node *node);   /* code block: line of its first line of content */
uint32_t node_content_column(Node *node); /* code block: column where its content starts */
Str node_url(Node *node); /* link, image: destination, entities and escapes resolved */
Str node_title(Node *node);
bool node_is_autolink(Node *node); /* link made from a bare address or <...> */
char node_task(Node *node); /* item: ' ' open, 'x' done, '-' '/' '~' other marks, 0: no task */
Str node_alert(Node *node); /* alert: "note", "tip", "important", "warning", "caution" */
bool node_is_ordered(Node *node); /* list */
int node_start(Node *node);       /* ordered list: first number */
bool node_is_tight(Node *node);
bool node_is_header_row(Node *node);
char node_align(Node *node);   /* table cell: 'l', 'c', 'r' or 0 */
int node_footnote(Node *node); /* footnote, reference: number from 1 */

/* Changing (render only). New nodes belong to the tree's memory. A node that was removed or
 * replaced must not be used again. All return false when the tree's rules forbid it. */
Node *node_new_text(Markdown *markdown, Str text);
Node *node_new_raw(Markdown *markdown, bool is_block, Str html); /* written as it is */
Node *node_new_link(Markdown *markdown, Str url, Str title);     /* without content */
bool node_insert_before(Node *node, Node *new_node);
bool node_insert_after(Node *node, Node *new_node);
bool node_append(Node *parent, Node *new_node);
void node_remove(Node *node);
bool node_set_literal(Markdown *markdown, Node *node, Str text);
bool node_set_url(Markdown *markdown, Node *node, Str url);
/* Extra class names for the element that the node becomes. */
bool node_set_class(Markdown *markdown, Node *node, Str classes);
/* The id of the element that an item, paragraph, table row or quote becomes; false for others. A
 * paragraph of a tight list has no element: give it to the item. */
bool node_set_id(Markdown *markdown, Node *node, Str id);
/* Changes each time a tree is parsed: a handle that remembers it can tell that it is stale. */
uint64_t markdown_generation(const Markdown *markdown);

typedef struct RenderLink {
    Buf *url;    /* where to write the final URL, not escaped */
    Str classes; /* for the element; set by the callback; borrowed until the next call */
    Str title;   /* replaces the author's when not empty */
} RenderLink;

typedef struct RenderOptions {
    void *context;
    bool trusted_html;
    /* Decides the URL of a link or picture; NULL: written as it is (if safe). `node` is NULL for
     * links in raw HTML. */
    void (*link)(void *context, Node *node, Str url, bool is_image, RenderLink *out);
    /* Writes a code block itself and returns true, or false for the usual form. May be NULL. */
    bool (*code_block)(void *context, Node *node, Buf *out);
} RenderOptions;

/* The tree as HTML, without the outer document. Deterministic. */
void markdown_render(Markdown *markdown, Node *root, const RenderOptions *options, Buf *out);

#endif
