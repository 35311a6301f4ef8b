/* SPDX-License-Identifier: MIT
 * markdown_parse.c - text to tree: the guard, the parser in its bounds, the pass after it, and
 * the tree of one code block for text that goes beyond the bounds.
 *
 * While it parses inlines with the strikethrough extension, cmark-gfm changes tables that all its
 * parsers read. So that extension is attached only to text with "~~", and such text excludes all
 * others for as long as inlines are parsed. */
#include "text/markdown_internal.h"

#include "base/utf8.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINES_PER_PIECE = 64, /* fed at once; the clock is asked in between */
    BASE_MEMORY = 32 * 1024 * 1024,
    MEMORY_PER_BYTE = 100,
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_rwlock_t inline_gate;
static cmark_syntax_extension *table_extension, *strike_extension;

/* One parse; what must survive a jump lives here, not in local variables. */
typedef struct Parse {
    Markdown *markdown;
    Str text;
    uint32_t skip_lines;
    bool has_strike;
    bool holds_gate;
    cmark_parser *parser;
    Node *root;
} Parse;

static void make_gate(void) {
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
#ifdef __GLIBC__
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
#endif
    pthread_rwlock_init(&inline_gate, &attributes);
    pthread_rwlockattr_destroy(&attributes);
}

/* Parses with strikethrough, which leaves the library's tables in their normal state. */
static Node *parse_with_strike(const char *text) {
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_parser_attach_syntax_extension(parser, table_extension);
    cmark_parser_attach_syntax_extension(parser, strike_extension);
    cmark_parser_feed(parser, text, strlen(text));
    Node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

static void initialise(void) {
    make_gate();
    cmark_gfm_core_extensions_ensure_registered();
    table_extension = cmark_find_syntax_extension("table");
    strike_extension = cmark_find_syntax_extension("strikethrough");
    Node *sample = parse_with_strike("| a |\n| - |\n| b |\n\n~~c~~\n");
    markdown_learn_types(sample);
    cmark_node_free(sample);
}

void markdown_init(void) {
    pthread_once(&once, initialise);
}

Markdown *markdown_new(void) {
    markdown_init();
    Markdown *markdown = calloc(1, sizeof *markdown);
    if (!markdown)
        abort();
    return markdown;
}

static void forget_tree(Markdown *markdown) {
    markdown->root = NULL;
    markdown_memory_reset(markdown);
    arena_reset(&markdown->arena);
    slugset_release(&markdown->slugs);
    markdown->footnote_uses.count = 0;
    markdown->limit = SIZE_MAX;
    markdown->deadline = 0;
    markdown->generation++;
}

void markdown_free(Markdown *markdown) {
    if (!markdown)
        return;
    markdown_memory_release(markdown);
    arena_release(&markdown->arena);
    slugset_release(&markdown->slugs);
    vec_release(&markdown->footnote_uses);
    buf_release(&markdown->scratch);
    free(markdown);
}

uint64_t markdown_generation(const Markdown *markdown) {
    return markdown->generation;
}

bool markdown_has_pair(Str text, char first, char second) {
    for (size_t at = 1; at < text.len; at++) {
        const char *found = memchr(text.data + at, second, text.len - at);
        if (!found)
            return false;
        if (found[-1] == first)
            return true;
        at = (size_t)(found - text.data);
    }
    return false;
}

static Str skip_lines(Str text, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        size_t end = str_find_char(text, '\n');
        if (end == STR_NONE)
            return STR_EMPTY;
        text = str_from_offset(text, end + 1);
    }
    return text;
}

/* Takes up to LINES_PER_PIECE whole lines off `rest`. */
static Str next_piece(Str *rest) {
    size_t end = 0;
    for (int i = 0; i < LINES_PER_PIECE && end < rest->len; i++) {
        const char *found = memchr(rest->data + end, '\n', rest->len - end);
        end = found ? (size_t)(found - rest->data) + 1 : rest->len;
    }
    Str piece = str_slice(*rest, 0, end);
    *rest = str_from_offset(*rest, end);
    return piece;
}

static void feed_skipped_lines(cmark_parser *parser, uint32_t count) {
    static const char empty[] = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";
    for (uint32_t left = count; left > 0;) {
        uint32_t some = left < sizeof empty - 1 ? left : (uint32_t)sizeof empty - 1;
        cmark_parser_feed(parser, empty, some);
        left -= some;
    }
}

static void enter_gate(Parse *parse) {
    if (parse->has_strike)
        pthread_rwlock_wrlock(&inline_gate);
    else
        pthread_rwlock_rdlock(&inline_gate);
    parse->holds_gate = true;
}

/* After a jump the library's tables may be in the state of a parse with strikethrough. */
static void leave_gate(Parse *parse, bool has_jumped) {
    if (!parse->holds_gate)
        return;
    if (parse->has_strike && has_jumped)
        cmark_node_free(parse_with_strike("~~x~~"));
    pthread_rwlock_unlock(&inline_gate);
    parse->holds_gate = false;
}

static bool is_ascii_word(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

/* The same answer as utf8_find_invalid gives, faster on text that is mostly ASCII. */
static bool is_valid_utf8(Str text) {
    size_t at = 0;
    while (at < text.len) {
        if (at + 8 <= text.len && is_ascii_word(text.data + at)) {
            at += 8;
            continue;
        }
        size_t end = at;
        while (end < text.len && (end - at < 8 || (text.data[end] & 0x80)))
            end++;
        if (utf8_find_invalid(str_slice(text, at, end)) != STR_NONE)
            return false;
        at = end;
    }
    return true;
}

/* What costs time or the gate is asked for only when the text can need it. */
static int parser_options(const Parse *parse) {
    int options = CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
    if (markdown_has_pair(parse->text, '[', '^'))
        options |= CMARK_OPT_FOOTNOTES;
    if (!is_valid_utf8(parse->text))
        options |= CMARK_OPT_VALIDATE_UTF8;
    return options;
}

/* Everything that may jump. */
static void run_parser(Parse *parse) {
    Markdown *markdown = parse->markdown;
    parse->parser = cmark_parser_new_with_mem(parser_options(parse), &MARKDOWN_MEMORY);
    cmark_parser_attach_syntax_extension(parse->parser, table_extension);
    if (parse->has_strike)
        cmark_parser_attach_syntax_extension(parse->parser, strike_extension);
    feed_skipped_lines(parse->parser, parse->skip_lines);
    Str rest = parse->text;
    while (rest.len) {
        Str piece = next_piece(&rest);
        cmark_parser_feed(parse->parser, piece.data, piece.len);
        markdown_check_clock(markdown);
    }
    enter_gate(parse);
    Node *root = cmark_parser_finish(parse->parser);
    leave_gate(parse, false);
    markdown_enrich(markdown, root);
    parse->root = root;
}

static Node *parse_bounded(Parse *parse) {
    Markdown *markdown = parse->markdown;
    markdown->limit = BASE_MEMORY + MEMORY_PER_BYTE * parse->text.len;
    markdown_start_clock(markdown);
    if (setjmp(markdown->jump) == 0)
        run_parser(parse);
    leave_gate(parse, parse->root == NULL);
    markdown->limit = SIZE_MAX;
    markdown->deadline = 0;
    return parse->root;
}

/* Valid UTF-8 without NUL, cut to what we are ready to show. */
static const char *clean_text(Markdown *markdown, Str text) {
    Buf *clean = &markdown->scratch;
    buf_reset(clean);
    text = str_slice(text, 0, MARKDOWN_MAX_BYTES);
    for (size_t at = 0; at < text.len;) {
        uint32_t codepoint = utf8_next(text, &at);
        utf8_add(clean, codepoint ? codepoint : 0xFFFD);
    }
    buf_add_char(clean, '\0');
    return clean->data;
}

/* A document of one code block that holds the text. */
static Node *make_plain_tree(Markdown *markdown, Str text) {
    forget_tree(markdown);
    Node *root = markdown_new_node(markdown, CMARK_NODE_DOCUMENT);
    Node *code = markdown_new_node(markdown, CMARK_NODE_CODE_BLOCK);
    cmark_node_set_literal(code, clean_text(markdown, text));
    cmark_node_append_child(root, code);
    cmark_node_get_fence_info(code);
    markdown_make_extra(markdown, code)->line = 1;
    return root;
}

static void report_limit(Diag *diag, Str file, uint32_t line, const char *reason) {
    Pos pos = {.file = file, .line = line, .column = line ? 1 : 0};
    diag_report(diag, SEVERITY_ERROR, "markdown.limit", pos,
                "the page is shown as plain text; split it or simplify this place",
                "the Markdown goes beyond what is safe to parse: %s", reason);
}

Node *markdown_parse(Markdown *markdown, Str file, Str text, uint32_t skip, Diag *diag) {
    if (str_starts_with(text, STR("\xEF\xBB\xBF")))
        text = str_from_offset(text, 3);
    forget_tree(markdown);
    markdown_use(markdown);
    Str content = skip_lines(text, skip);
    uint32_t line = 0;
    const char *reason = NULL;
    Node *root = NULL;
    if (text.len > MARKDOWN_MAX_BYTES) {
        reason = "the file is larger than 2 MiB";
    } else if (markdown_guard(content, &line, &reason)) {
        Parse parse = {.markdown = markdown, .text = content, .skip_lines = skip};
        parse.has_strike = markdown_has_pair(content, '~', '~');
        root = parse_bounded(&parse);
        line = 0;
        reason = "it needs too much memory or time";
    }
    if (root) {
        markdown_report(markdown, root, file, text, skip, diag);
    } else {
        report_limit(diag, file, line ? line + skip : 0, reason);
        root = make_plain_tree(markdown, content);
    }
    markdown->root = root;
    return root;
}
