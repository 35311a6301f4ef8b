/* SPDX-License-Identifier: MIT
 * markdown_html.c - a tree as HTML. One walk without recursion: each type has a function for its
 * start and one for its end. The output has no inline styles or handlers, and raw HTML of authors
 * goes through the rewriter, one floor for each element that we open around it. */
#include "text/markdown_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct Renderer {
    Markdown *markdown;
    const RenderOptions *options;
    HtmlRewriter *rewriter;
    Buf *out;
    Buf url;           /* scratch: a final URL */
    Buf text;          /* scratch: a label */
    VEC(size_t) marks; /* of the rewriter, one for each open element that may hold raw HTML */
    int tables;        /* so far: their regions need different names */
    size_t column;     /* of the table cell at hand */
    const uint8_t *alignments;
    size_t alignment_count;
} Renderer;

static void add(Renderer *r, const char *text) {
    buf_add(r->out, str_from(text));
}

static void start_line(Renderer *r) {
    if (r->out->len && r->out->data[r->out->len - 1] != '\n')
        buf_add_char(r->out, '\n');
}

static Str classes_of(Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    return extra ? extra->classes : STR_EMPTY;
}

static void add_classes(Renderer *r, const char *fixed, Str first, Str second) {
    if (!*fixed && !first.len && !second.len)
        return;
    add(r, " class=\"");
    add(r, fixed);
    if (first.len && *fixed)
        buf_add_char(r->out, ' ');
    html_add_escaped(r->out, first);
    if (second.len && (*fixed || first.len))
        buf_add_char(r->out, ' ');
    html_add_escaped(r->out, second);
    buf_add_char(r->out, '"');
}

/* "<name class=... id=...", still open. */
static void add_tag(Renderer *r, Node *node, const char *name, const char *classes) {
    const NodeExtra *extra = markdown_extra(node);
    buf_add_char(r->out, '<');
    add(r, name);
    add_classes(r, classes, classes_of(node), STR_EMPTY);
    if (extra && extra->id.len) {
        add(r, " id=\"");
        html_add_escaped(r->out, extra->id);
        buf_add_char(r->out, '"');
    }
}

static void add_attribute(Renderer *r, const char *name, Str value) {
    buf_add_char(r->out, ' ');
    add(r, name);
    add(r, "=\"");
    html_add_escaped(r->out, value);
    buf_add_char(r->out, '"');
}

static void enter(Renderer *r) {
    vec_push(&r->marks, html_rewriter_enter(r->rewriter));
}

static void leave(Renderer *r) {
    html_rewriter_leave(r->rewriter, r->marks.items[--r->marks.count], r->out);
}

/* In front of every block element. */
static void start_block(Renderer *r) {
    html_rewriter_end_paragraph(r->rewriter, r->out);
    start_line(r);
}

/* Blocks that hold blocks */

static bool open_document(Renderer *r, Node *node) {
    (void)node;
    enter(r);
    return true;
}

static void close_document(Renderer *r, Node *node) {
    (void)node;
    leave(r);
}

static bool open_quote(Renderer *r, Node *node) {
    start_block(r);
    add_tag(r, node, "blockquote", "");
    add(r, ">\n");
    enter(r);
    return true;
}

static void close_quote(Renderer *r, Node *node) {
    (void)node;
    leave(r);
    start_line(r);
    add(r, "</blockquote>\n");
}

static const char *alert_title(Str kind) {
    static const char *const titles[] = {"Note", "Tip", "Important", "Warning", "Caution"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (str_equal_ignoring_case(kind, str_from(titles[i])))
            return titles[i];
    }
    return "Note";
}

static bool open_alert(Renderer *r, Node *node) {
    Str kind = node_alert(node);
    start_block(r);
    add(r, "<div class=\"alert alert-");
    buf_add(r->out, kind);
    if (classes_of(node).len)
        buf_add_char(r->out, ' ');
    html_add_escaped(r->out, classes_of(node));
    add(r, "\" role=\"note\">\n<p class=\"alert-title\">");
    add(r, alert_title(kind));
    add(r, "</p>\n");
    enter(r);
    return true;
}

static void close_alert(Renderer *r, Node *node) {
    (void)node;
    leave(r);
    start_line(r);
    add(r, "</div>\n");
}

static bool holds_tasks(Node *list) {
    for (Node *item = node_first(list); item; item = node_next(item)) {
        if (node_task(item))
            return true;
    }
    return false;
}

/* "**Owner:** Ann", "**Owner**: Ann": an item that starts with its label. */
static bool has_label(Node *item) {
    Node *paragraph = node_first(item);
    Node *strong =
        paragraph && node_type(paragraph) == NODE_PARAGRAPH ? node_first(paragraph) : NULL;
    if (!strong || node_type(strong) != NODE_STRONG || node_task(item))
        return false;
    Node *last = node_last(strong), *next = node_next(strong);
    return (last && node_type(last) == NODE_TEXT && str_ends_with(node_literal(last), STR(":"))) ||
           (next && node_type(next) == NODE_TEXT && str_starts_with(node_literal(next), STR(":")));
}

static bool holds_labels(Node *list) {
    Node *item = node_first(list);
    while (item && has_label(item))
        item = node_next(item);
    return !item && !node_is_ordered(list);
}

static const char *list_class(Node *list) {
    if (holds_tasks(list))
        return "contains-tasks";
    return holds_labels(list) ? "labels" : "";
}

static bool open_list(Renderer *r, Node *node) {
    start_block(r);
    bool is_ordered = node_is_ordered(node);
    add_tag(r, node, is_ordered ? "ol" : "ul", list_class(node));
    if (is_ordered && node_start(node) != 1)
        buf_add_format(r->out, " start=\"%d\"", node_start(node));
    add(r, ">\n");
    return true;
}

static void close_list(Renderer *r, Node *node) {
    add(r, node_is_ordered(node) ? "</ol>\n" : "</ul>\n");
}

static const char *task_state(char mark) {
    switch (mark) {
    case ' ':
        return "open";
    case 'x':
        return "done";
    case '/':
        return "partial";
    case '-':
        return "dropped";
    default:
        return "unclear";
    }
}

static bool open_item(Renderer *r, Node *node) {
    char task = node_task(node);
    start_line(r);
    add_tag(r, node, "li", task ? "task" : "");
    if (task)
        add_attribute(r, "data-state", str_from(task_state(task)));
    buf_add_char(r->out, '>');
    enter(r);
    return true;
}

static void close_item(Renderer *r, Node *node) {
    (void)node;
    leave(r);
    add(r, "</li>\n");
}

/* Footnotes stand at the end of the tree, one behind the other. */

static bool is_footnote(Node *node) {
    return node && node_type(node) == NODE_FOOTNOTE;
}

static bool open_footnote(Renderer *r, Node *node) {
    if (!is_footnote(node_previous(node))) {
        start_block(r);
        add(r, "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
    }
    start_line(r);
    add_tag(r, node, "li", "");
    buf_add_format(r->out, " id=\"fn-%d\">\n", node_footnote(node));
    enter(r);
    return true;
}

static void add_back_references(Renderer *r, Node *footnote) {
    int number = node_footnote(footnote);
    size_t index = (size_t)number - 1;
    int uses = 1;
    if (number > 0 && index < r->markdown->footnote_uses.count)
        uses = r->markdown->footnote_uses.items[index];
    for (int use = 1; use <= uses; use++) {
        buf_add_format(r->out, " <a class=\"footnote-backref\" href=\"#fnref-%d", number);
        if (use > 1)
            buf_add_format(r->out, "-%d", use);
        buf_add_format(r->out, "\" aria-label=\"Back to reference %d", number);
        if (use > 1)
            buf_add_format(r->out, "-%d", use);
        add(r, "\">↩");
        if (use > 1)
            buf_add_format(r->out, "<sup>%d</sup>", use);
        add(r, "</a>");
    }
}

static bool ends_with_paragraph(Node *footnote) {
    Node *last = node_last(footnote);
    return last && node_type(last) == NODE_PARAGRAPH;
}

static void close_footnote(Renderer *r, Node *node) {
    leave(r);
    if (!ends_with_paragraph(node))
        add_back_references(r, node);
    start_line(r);
    add(r, "</li>\n");
    if (!is_footnote(node_next(node)))
        add(r, "</ol>\n</section>\n");
}

/* Leaf blocks */

static bool is_bare_paragraph(Node *node) {
    Node *list = node_parent(node_parent(node));
    return list && node_type(list) == NODE_LIST && node_is_tight(list);
}

static void add_checkbox(Renderer *r, Node *paragraph, char task) {
    buf_reset(&r->text);
    node_add_text(paragraph, &r->text);
    Str label = str_trim(buf_str(&r->text));
    add(r, task == 'x' ? "<input type=\"checkbox\" disabled checked"
                       : "<input type=\"checkbox\" disabled");
    add_attribute(r, "aria-label", label.len ? label : STR("Task"));
    add(r, label.len ? "> " : ">");
}

static bool open_paragraph(Renderer *r, Node *node) {
    if (!is_bare_paragraph(node)) {
        start_block(r);
        add_tag(r, node, "p", "");
        buf_add_char(r->out, '>');
    }
    Node *item = node_parent(node);
    char task = item && !node_previous(node) ? node_task(item) : '\0';
    if (task)
        add_checkbox(r, node, task);
    enter(r);
    return true;
}

static void close_paragraph(Renderer *r, Node *node) {
    leave(r);
    Node *parent = node_parent(node);
    if (is_footnote(parent) && !node_next(node))
        add_back_references(r, parent);
    if (!is_bare_paragraph(node))
        add(r, "</p>\n");
}

static bool open_heading(Renderer *r, Node *node) {
    char name[] = {'h', (char)('0' + node_level(node)), '\0'};
    start_block(r);
    add_tag(r, node, name, "");
    if (node_anchor(node).len)
        add_attribute(r, "id", node_anchor(node));
    buf_add_char(r->out, '>');
    enter(r);
    return true;
}

static void close_heading(Renderer *r, Node *node) {
    leave(r);
    Str anchor = node_anchor(node);
    if (anchor.len) {
        buf_reset(&r->text);
        node_add_text(node, &r->text);
        add(r, "<a class=\"anchor\" href=\"#");
        html_add_url(r->out, anchor);
        add(r, "\" aria-label=\"Link to this section: ");
        html_add_escaped(r->out, buf_str(&r->text));
        add(r, "\"></a>");
    }
    buf_add_format(r->out, "</h%d>\n", node_level(node));
}

static bool open_code_block(Renderer *r, Node *node) {
    start_block(r);
    if (r->options->code_block && r->options->code_block(r->options->context, node, r->out)) {
        start_line(r);
        return false;
    }
    Str language = node_language(node);
    add_tag(r, node, "pre", "");
    add(r, " tabindex=\"0\"><code"); /* it may scroll: the keyboard has to get there (WCAG 2.1.1) */
    if (language.len) {
        add(r, " class=\"language-");
        html_add_escaped(r->out, language);
        buf_add_char(r->out, '"');
    }
    buf_add_char(r->out, '>');
    html_add_escaped(r->out, node_literal(node));
    add(r, "</code></pre>\n");
    return false;
}

static bool open_html_block(Renderer *r, Node *node) {
    start_line(r);
    html_rewrite(r->rewriter, str_trim_right(node_literal(node)), r->out);
    start_line(r);
    return false;
}

static bool open_raw_block(Renderer *r, Node *node) {
    start_block(r);
    buf_add(r->out, node_literal(node));
    start_line(r);
    return false;
}

static bool open_rule(Renderer *r, Node *node) {
    start_block(r);
    add_tag(r, node, "hr", "");
    add(r, ">\n");
    return false;
}

/* Tables: the header row makes the head, the others the body. */

static bool open_table(Renderer *r, Node *node) {
    start_block(r);
    buf_add_format(r->out,
                   "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"Table %d\">\n",
                   ++r->tables);
    add_tag(r, node, "table", "");
    add(r, ">\n");
    r->alignments = cmark_gfm_extensions_get_table_alignments(node);
    r->alignment_count = cmark_gfm_extensions_get_table_columns(node);
    return true;
}

static bool has_body(Node *table) {
    Node *last = node_last(table);
    return last && !node_is_header_row(last);
}

static void close_table(Renderer *r, Node *node) {
    if (has_body(node))
        add(r, "</tbody>\n");
    add(r, "</table>\n</div>\n");
}

static bool open_row(Renderer *r, Node *node) {
    bool is_header = node_is_header_row(node);
    Node *previous = node_previous(node);
    start_line(r);
    if (is_header)
        add(r, "<thead>\n");
    else if (!previous || node_is_header_row(previous))
        add(r, "<tbody>\n");
    add_tag(r, node, "tr", "");
    add(r, ">\n");
    r->column = 0;
    return true;
}

static void close_row(Renderer *r, Node *node) {
    add(r, node_is_header_row(node) ? "</tr>\n</thead>\n" : "</tr>\n");
}

static const char *align_class(const Renderer *r) {
    char align = r->column < r->alignment_count ? (char)r->alignments[r->column] : '\0';
    if (align == 'l')
        return "align-left";
    if (align == 'c')
        return "align-center";
    return align == 'r' ? "align-right" : "";
}

static bool open_cell(Renderer *r, Node *node) {
    bool is_header = node_is_header_row(node_parent(node));
    add_tag(r, node, is_header ? "th" : "td", align_class(r));
    add(r, is_header ? " scope=\"col\">" : ">");
    r->column++;
    enter(r);
    return true;
}

static void close_cell(Renderer *r, Node *node) {
    leave(r);
    add(r, node_is_header_row(node_parent(node)) ? "</th>\n" : "</td>\n");
}

/* Inlines */

static bool open_text(Renderer *r, Node *node) {
    html_add_escaped(r->out, node_literal(node));
    return false;
}

static bool open_soft_break(Renderer *r, Node *node) {
    (void)node;
    buf_add_char(r->out, '\n');
    return false;
}

static bool open_line_break(Renderer *r, Node *node) {
    (void)node;
    add(r, "<br>\n");
    return false;
}

static bool open_code(Renderer *r, Node *node) {
    add_tag(r, node, "code", "");
    buf_add_char(r->out, '>');
    html_add_escaped(r->out, node_literal(node));
    add(r, "</code>");
    return false;
}

static bool open_html(Renderer *r, Node *node) {
    html_rewrite(r->rewriter, node_literal(node), r->out);
    return false;
}

static bool open_raw(Renderer *r, Node *node) {
    buf_add(r->out, node_literal(node));
    return false;
}

static bool open_wrapper(Renderer *r, Node *node, const char *name) {
    add_tag(r, node, name, "");
    buf_add_char(r->out, '>');
    enter(r);
    return true;
}

static bool open_emphasis(Renderer *r, Node *node) {
    return open_wrapper(r, node, "em");
}

static void close_emphasis(Renderer *r, Node *node) {
    (void)node;
    leave(r);
    add(r, "</em>");
}

static bool open_strong(Renderer *r, Node *node) {
    return open_wrapper(r, node, "strong");
}

static void close_strong(Renderer *r, Node *node) {
    (void)node;
    leave(r);
    add(r, "</strong>");
}

static bool open_strike(Renderer *r, Node *node) {
    return open_wrapper(r, node, "del");
}

static void close_strike(Renderer *r, Node *node) {
    (void)node;
    leave(r);
    add(r, "</del>");
}

/* The final URL of a link or picture in r->url; false when it may not be followed. */
static bool resolve(Renderer *r, Node *node, bool is_image, RenderLink *link) {
    Str url = node_url(node);
    buf_reset(&r->url);
    *link = (RenderLink){&r->url, STR_EMPTY, STR_EMPTY};
    if (!html_url_is_safe(url, is_image))
        return false;
    if (r->options->link)
        r->options->link(r->options->context, node, url, is_image, link);
    else
        buf_add(&r->url, url);
    return html_url_is_safe(buf_str(&r->url), is_image);
}

static void add_title(Renderer *r, Node *node, const RenderLink *link) {
    Str title = link->title.len ? link->title : node_title(node);
    if (title.len)
        add_attribute(r, "title", title);
}

static bool open_link(Renderer *r, Node *node) {
    RenderLink link;
    bool is_bare = !resolve(r, node, false, &link);
    NodeExtra *extra = markdown_extra(node);
    if (is_bare && !extra)
        extra = markdown_make_extra(r->markdown, node);
    if (extra)
        extra->is_bare = is_bare;
    if (!is_bare) {
        add(r, "<a");
        add_classes(r, "", link.classes, classes_of(node));
        add(r, " href=\"");
        html_add_url(r->out, buf_str(&r->url));
        buf_add_char(r->out, '"');
        add_title(r, node, &link);
        buf_add_char(r->out, '>');
    }
    enter(r);
    return true;
}

static void close_link(Renderer *r, Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    leave(r);
    if (!extra || !extra->is_bare)
        add(r, "</a>");
}

/* What stands in for a picture: all text below, of pictures within it too. */
static void add_alternative(Renderer *r, Node *image) {
    for (Node *node = node_first(image); node; node = node_walk(image, node)) {
        NodeType type = node_type(node);
        if (type == NODE_SOFT_BREAK || type == NODE_LINE_BREAK)
            buf_add_char(r->out, ' ');
        else if (type == NODE_TEXT || type == NODE_CODE)
            html_add_escaped(r->out, node_literal(node));
    }
}

static bool open_image(Renderer *r, Node *node) {
    RenderLink link;
    if (!resolve(r, node, true, &link)) {
        add_alternative(r, node);
        return false;
    }
    add(r, "<img");
    add_classes(r, "", link.classes, classes_of(node));
    add(r, " src=\"");
    html_add_url(r->out, buf_str(&r->url));
    add(r, "\" alt=\"");
    add_alternative(r, node);
    buf_add_char(r->out, '"');
    add_title(r, node, &link);
    add(r, " loading=\"lazy\" decoding=\"async\">");
    return false;
}

static bool open_reference(Renderer *r, Node *node) {
    const NodeExtra *extra = markdown_extra(node);
    int number = extra ? extra->number : 0;
    buf_add_format(r->out, "<sup class=\"footnote-ref\"><a href=\"#fn-%d\" id=\"fnref-%d", number,
                   number);
    if (extra && extra->use > 1)
        buf_add_format(r->out, "-%d", extra->use);
    buf_add_format(r->out, "\" aria-label=\"Footnote %d\">%d</a></sup>", number, number);
    return false;
}

/* `open` tells whether to go on with the children; leaves need no `close`. */
typedef struct Form {
    bool (*open)(Renderer *r, Node *node);
    void (*close)(Renderer *r, Node *node);
} Form;

static const Form FORMS[NODE_TYPE_COUNT] = {
    [NODE_DOCUMENT] = {open_document, close_document},
    [NODE_QUOTE] = {open_quote, close_quote},
    [NODE_ALERT] = {open_alert, close_alert},
    [NODE_LIST] = {open_list, close_list},
    [NODE_ITEM] = {open_item, close_item},
    [NODE_CODE_BLOCK] = {open_code_block, NULL},
    [NODE_HTML_BLOCK] = {open_html_block, NULL},
    [NODE_PARAGRAPH] = {open_paragraph, close_paragraph},
    [NODE_HEADING] = {open_heading, close_heading},
    [NODE_RULE] = {open_rule, NULL},
    [NODE_TABLE] = {open_table, close_table},
    [NODE_TABLE_ROW] = {open_row, close_row},
    [NODE_TABLE_CELL] = {open_cell, close_cell},
    [NODE_FOOTNOTE] = {open_footnote, close_footnote},
    [NODE_RAW_BLOCK] = {open_raw_block, NULL},
    [NODE_TEXT] = {open_text, NULL},
    [NODE_SOFT_BREAK] = {open_soft_break, NULL},
    [NODE_LINE_BREAK] = {open_line_break, NULL},
    [NODE_CODE] = {open_code, NULL},
    [NODE_HTML] = {open_html, NULL},
    [NODE_EMPHASIS] = {open_emphasis, close_emphasis},
    [NODE_STRONG] = {open_strong, close_strong},
    [NODE_STRIKE] = {open_strike, close_strike},
    [NODE_LINK] = {open_link, close_link},
    [NODE_IMAGE] = {open_image, NULL},
    [NODE_FOOTNOTE_REF] = {open_reference, NULL},
    [NODE_RAW] = {open_raw, NULL},
};

static bool open_node(Renderer *r, Node *node) {
    const Form *form = &FORMS[node_type(node)];
    return form->open && form->open(r, node);
}

static void close_node(Renderer *r, Node *node) {
    const Form *form = &FORMS[node_type(node)];
    if (form->close)
        form->close(r, node);
}

/* What an element without children that may have some opened is closed at once. */
static void render_tree(Renderer *r, Node *root) {
    Node *node = root;
    for (;;) {
        bool goes_in = open_node(r, node);
        Node *child = goes_in ? node_first(node) : NULL;
        if (child) {
            node = child;
            continue;
        }
        if (goes_in)
            close_node(r, node);
        while (node != root && !node_next(node)) {
            node = node_parent(node);
            close_node(r, node);
        }
        if (node == root)
            return;
        node = node_next(node);
    }
}

/* URLs in raw HTML ask the same callback. */
static void rewrite_url(void *context, Str url, bool is_image, Buf *out) {
    const RenderOptions *options = context;
    RenderLink link = {out, STR_EMPTY, STR_EMPTY};
    options->link(options->context, NULL, url, is_image, &link);
}

void markdown_render(Markdown *markdown, Node *root, const RenderOptions *options, Buf *out) {
    Renderer r = {.markdown = markdown, .options = options, .out = out};
    HtmlUrl url = options->link ? rewrite_url : NULL;
    r.rewriter = html_rewriter_new(options->trusted_html, url, (void *)(uintptr_t)options);
    size_t outer = html_rewriter_enter(r.rewriter);
    render_tree(&r, root);
    html_rewriter_leave(r.rewriter, outer, out);
    html_rewriter_free(r.rewriter);
    vec_release(&r.marks);
    buf_release(&r.url);
    buf_release(&r.text);
}
