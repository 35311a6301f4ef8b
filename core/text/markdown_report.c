/* SPDX-License-Identifier: MIT
 * markdown_report.c - what the parser passes over in silence: footnotes without definition,
 * definitions without use, fences that are never closed. */
#include "text/markdown_internal.h"

#include <string.h>

typedef struct Report {
    Markdown *markdown;
    Str file, text;
    uint32_t skip_lines;
    Diag *diag;
    VEC(Str) lines;   /* of the file, from 1 at index 1 */
    VEC(bool) masked; /* line is inside a code block or HTML block, or defines a used footnote */
} Report;

static Str line_at(const Report *report, uint32_t line) {
    return line < report->lines.count ? report->lines.items[line] : STR_EMPTY;
}

static void split_lines(Report *report) {
    if (report->lines.count)
        return;
    Str rest = report->text, line;
    vec_push(&report->lines, STR_EMPTY);
    while (str_next_line(&rest, &line))
        vec_push(&report->lines, line);
}

/* Whether `line` ends with a run of at least `len` fence characters and nothing but quote marks
 * and blanks stands before it. */
static bool is_closing_fence(Str line, char fence, size_t len) {
    line = str_trim_right(line);
    size_t run = 0;
    while (run < line.len && line.data[line.len - 1 - run] == fence)
        run++;
    if (run < len)
        return false;
    for (size_t i = 0; i < line.len - run; i++) {
        if (!strchr(" \t>", line.data[i]))
            return false;
    }
    return true;
}

static void check_fence(Report *report, Node *code) {
    int len, offset;
    char fence;
    if (!cmark_node_get_fenced(code, &len, &offset, &fence))
        return;
    split_lines(report);
    uint32_t first = node_line(code), last = node_end_line(code);
    if (last > first && is_closing_fence(line_at(report, last), fence, (size_t)len))
        return;
    Pos pos = {report->file, first, node_column(code), (uint32_t)len};
    diag_report(report->diag, SEVERITY_WARNING, "markdown.unclosed-fence", pos,
                "add a line with the same fence where the code ends",
                "the code block that starts here is never closed");
}

/* The label at text[at], which starts with "[^"; empty when it is none. */
static Str label_at(Str text, size_t at) {
    Str rest = str_from_offset(text, at + 2);
    size_t end = str_find_char(rest, ']');
    if (end == STR_NONE)
        return STR_EMPTY;
    Str label = str_slice(rest, 0, end);
    for (size_t i = 0; i < label.len; i++) {
        if (strchr(" \t\r\n[^\\", label.data[i]))
            return STR_EMPTY;
    }
    return label;
}

/* "[^a-z]", "[^0-9]+": character classes of regular expressions rather than footnotes. */
static bool looks_like_pattern(Str text, size_t at, Str label) {
    size_t end = at + 3 + label.len;
    bool is_range = label.len >= 3 && label.data[1] == '-' && label.len % 3 == 0;
    return is_range || (end < text.len && strchr("*+?{", text.data[end])) ||
           (label.len == 1 && strchr("/\"',:;.|<>()", label.data[0]));
}

/* An undefined reference is left in the text; an escaped "\[^x]" as well, so ask the source. */
static void check_undefined(Report *report, Node *node, Str literal, size_t at) {
    Str label = label_at(literal, at);
    if (!label.len || looks_like_pattern(literal, at, label))
        return;
    split_lines(report);
    uint32_t number = node_line(node);
    Str line = line_at(report, number);
    size_t found = str_find(line, str_slice(literal, at, at + label.len + 3));
    if (found == STR_NONE || (found > 0 && line.data[found - 1] == '\\'))
        return;
    Pos pos = {report->file, number, (uint32_t)found + 1, (uint32_t)label.len + 3};
    diag_report(report->diag, SEVERITY_WARNING, "markdown.footnote-undefined", pos,
                "write its text somewhere on the page, on a line that starts with the label",
                "the footnote [^" STR_FMT "] has no definition", STR_ARG(label));
}

static void check_text(Report *report, Node *text) {
    Str literal = node_literal(text);
    for (size_t at = 0; at < literal.len;) {
        size_t found = str_find(str_from_offset(literal, at), STR("[^"));
        if (found == STR_NONE)
            return;
        check_undefined(report, text, literal, at + found);
        at += found + 2;
    }
}

static void mask(Report *report, uint32_t first, uint32_t last) {
    for (uint32_t line = first; line <= last && line < report->masked.count; line++)
        report->masked.items[line] = true;
}

/* A definition that the tree does not have was not used (or defined before). */
static void check_definition(Report *report, uint32_t number) {
    Str line = line_at(report, number);
    size_t at = 0;
    while (at < line.len && strchr(" \t>", line.data[at]))
        at++;
    if (!str_starts_with(str_from_offset(line, at), STR("[^")))
        return;
    Str label = label_at(line, at);
    size_t colon = at + label.len + 3;
    if (!label.len || colon >= line.len || line.data[colon] != ':')
        return;
    Pos pos = {report->file, number, (uint32_t)at + 1, (uint32_t)label.len + 3};
    diag_report(report->diag, SEVERITY_WARNING, "markdown.footnote-unused", pos,
                "remove it, or refer to it; of two definitions only the first counts",
                "nothing refers to this definition of the footnote [^" STR_FMT "]", STR_ARG(label));
}

static void check_footnotes(Report *report, Node *root) {
    split_lines(report);
    for (size_t i = 0; i < report->lines.count; i++)
        vec_push(&report->masked, i <= report->skip_lines);
    for (Node *node = root; node; node = node_walk(root, node)) {
        NodeType type = node_type(node);
        if (type == NODE_TEXT)
            check_text(report, node);
        else if (type == NODE_CODE_BLOCK || type == NODE_HTML_BLOCK)
            mask(report, node_line(node), node_end_line(node));
        else if (type == NODE_FOOTNOTE)
            mask(report, node_line(node), node_line(node));
    }
    for (uint32_t line = 1; line < report->lines.count; line++) {
        if (!report->masked.items[line])
            check_definition(report, line);
    }
}

void markdown_report(Markdown *markdown, Node *root, Str file, Str text, uint32_t skip_lines,
                     Diag *diag) {
    if (!diag)
        return;
    Report report = {markdown, file, text, skip_lines, diag, {0}, {0}};
    for (Node *node = root; node;) {
        NodeType type = node_type(node);
        if (type == NODE_CODE_BLOCK)
            check_fence(&report, node);
        bool is_leaf = type == NODE_PARAGRAPH || type == NODE_HEADING || type == NODE_TABLE;
        node = is_leaf ? node_walk_over(root, node) : node_walk(root, node);
    }
    if (markdown_has_pair(text, '[', '^'))
        check_footnotes(&report, root);
    vec_release(&report.lines);
    vec_release(&report.masked);
}
