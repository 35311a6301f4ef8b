/* SPDX-License-Identifier: MIT
 * test_markdown.c - our side of the dialect: anchors, tasks, alerts, autolinks, footnotes, places,
 * changes to the tree, raw HTML in its block, and the same HTML from many threads. */
#include "unit.h"

#include "base/fs.h"
#include "base/pool.h"
#include "text/markdown.h"

#include <stdio.h>
#include <string.h>

static void render(Markdown *markdown, Node *root, Buf *out) {
    RenderOptions options = {0};
    markdown_render(markdown, root, &options, out);
}

static const struct {
    const char *name, *text, *html;
} html_rows[] = {
    {"heading", "## A `b` *c* ![d](e)\n",
     "<h2 id=\"a-b-c-\">A <code>b</code> <em>c</em> <img src=\"e\" alt=\"d\" loading=\"lazy\" "
     "decoding=\"async\"><a class=\"anchor\" href=\"#a-b-c-\" "
     "aria-label=\"Link to this section: A b c \"></a></h2>\n"},
    {"open task", "- [ ] a *b*\n",
     "<ul class=\"contains-tasks\">\n<li class=\"task\" data-state=\"open\"><input "
     "type=\"checkbox\" disabled aria-label=\"a b\"> a <em>b</em></li>\n</ul>\n"},
    {"done task in a loose list", "1. [X] a\n\n2. b\n",
     "<ol class=\"contains-tasks\">\n<li class=\"task\" data-state=\"done\">\n<p><input "
     "type=\"checkbox\" disabled checked aria-label=\"a\"> a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n"
     "</ol>\n"},
    {"empty task", "- [ ]\n",
     "<ul class=\"contains-tasks\">\n<li class=\"task\" data-state=\"open\"><input "
     "type=\"checkbox\" disabled aria-label=\"Task\"></li>\n</ul>\n"},
    {"no task", "- [x](y) [z]\n- [x]y\n- [?] z\n",
     "<ul>\n<li><a href=\"y\">x</a> [z]</li>\n<li>[x]y</li>\n<li>[?] z</li>\n</ul>\n"},
    {"alert", "> [!warning]\n> Text\n",
     "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n"
     "<p>Text</p>\n</div>\n"},
    {"no alert", "> [!NOTE] Text\n", "<blockquote>\n<p>[!NOTE] Text</p>\n</blockquote>\n"},
    {"alert without content", "> [!NOTE]\n", "<blockquote>\n<p>[!NOTE]</p>\n</blockquote>\n"},
    {"web address", "(see https://a.b/c_(d)).\n",
     "<p>(see <a href=\"https://a.b/c_(d)\">https://a.b/c_(d)</a>).</p>\n"},
    {"www", "www.a.org/b?c, www.a, xwww.a.b\n",
     "<p><a href=\"http://www.a.org/b?c\">www.a.org/b?c</a>, <a href=\"http://www.a\">www.a</a>, "
     "xwww.a.b</p>\n"},
    {"mail", "a.b+c@d-e.org. a@b a@b.c_\n",
     "<p><a href=\"mailto:a.b+c@d-e.org\">a.b+c@d-e.org</a>. a@b a@b.c_</p>\n"},
    {"no address in links, pictures, code", "[www.a.b](c) ![www.a.b](c) `www.a.b`\n",
     "<p><a href=\"c\">www.a.b</a> <img src=\"c\" alt=\"www.a.b\" loading=\"lazy\" "
     "decoding=\"async\"> <code>www.a.b</code></p>\n"},
    {"unsafe link", "[a](javascript:b) ![c](vbscript:d)\n", "<p>a c</p>\n"},
    {"strike", "~~a~~ ~b~\n", "<p><del>a</del> ~b~</p>\n"},
    {"language", "``` {.Rust,ignore}\n<a>\n```\n",
     "<pre tabindex=\"0\"><code class=\"language-Rust\">&lt;a&gt;\n</code></pre>\n"},
    {"open tag ends with its paragraph", "a <b>b\n\nc</b>\n", "<p>a <b>b</b></p>\n<p>c</p>\n"},
    {"open block ends with its item", "- <div>\n- b\n",
     "<ul>\n<li>\n<div>\n</div></li>\n<li>b</li>\n</ul>\n"},
    {"block around Markdown", "<details>\n\n*a*\n\n</details>\n",
     "<details>\n<p><em>a</em></p>\n</details>\n"},
    {"tags across emphasis", "<b>a *b</b>* c\n", "<p><b>a <em>b</em> c</b></p>\n"},
    {"comment", "a <!-- b --> c\n\n<!--\nd\n-->\n", "<p>a  c</p>\n"},
    {"invalid UTF-8 and NUL", "a\xFF\n", "<p>a\xEF\xBF\xBD</p>\n"},
    {"BOM and CRLF", "\xEF\xBB\xBF# a\r\n\r\nb\r\nc\r\n",
     "<h1 id=\"a\">a<a class=\"anchor\" href=\"#a\" aria-label=\"Link to this section: a\"></a>"
     "</h1>\n<p>b\nc</p>\n"},
};

START_TEST(markdown_becomes_html) {
    Markdown *markdown = markdown_new();
    Buf out = {0};
    Node *root = markdown_parse(markdown, STR("a.md"), str_from(html_rows[_i].text), 0, NULL);
    render(markdown, root, &out);
    ASSERT_TEXT(html_rows[_i].name, buf_str(&out), html_rows[_i].html);
    buf_release(&out);
    markdown_free(markdown);
}
END_TEST

static Node *find(Node *root, NodeType type) {
    for (Node *node = root; node; node = node_walk(root, node)) {
        if (node_type(node) == type)
            return node;
    }
    return NULL;
}

START_TEST(lines_count_the_front_matter) {
    Markdown *markdown = markdown_new();
    Str text = STR("---\nt: x\n---\n# A\n\nb\n  c www.d.e\n\n```x\ncode\n```\n");
    Node *root = markdown_parse(markdown, STR("a.md"), text, 3, NULL);
    Node *heading = find(root, NODE_HEADING), *code = find(root, NODE_CODE_BLOCK);
    ck_assert_uint_eq(node_line(heading), 4);
    ck_assert_uint_eq(node_column(heading), 1);
    ck_assert_uint_eq(node_line(find(root, NODE_LINK)), 7);
    ck_assert_uint_eq(node_line(find(root, NODE_SOFT_BREAK)), 6);
    ck_assert_uint_eq(node_line(code), 9);
    ck_assert_uint_eq(node_content_line(code), 10);
    ck_assert_uint_eq(node_end_line(code), 11);
    ck_assert(node_is_fenced(code));
    markdown_free(markdown);
}
END_TEST

static const struct {
    const char *name, *text, *code;
    uint32_t line, column;
} report_rows[] = {
    {"undefined footnote", "a\nb [^x]\n", "markdown.footnote-undefined", 2, 3},
    {"unused footnote", "a\n\n[^x]: b\n", "markdown.footnote-unused", 3, 1},
    {"second definition", "a[^x]\n\n[^x]: b\n\n[^x]: c\n", "markdown.footnote-unused", 5, 1},
    {"unclosed fence", "a\n\n```js\nb\n", "markdown.unclosed-fence", 3, 1},
    {"fence closed by another", "~~~~\n```\n~~~\n", "markdown.unclosed-fence", 1, 1},
    {"used footnote", "a[^x]\n\n[^x]: b\n", NULL, 0, 0},
    {"footnote in code", "`[^x]`\n\n```\n[^y]: z\n```\n", NULL, 0, 0},
    {"escaped footnote", "\\[^x]\n", NULL, 0, 0},
    {"character class", "matches [^a-z] and [^0-9]+\n", NULL, 0, 0},
    {"closed fences", "```\na\n```\n\n> ~~~\n> a\n> ~~~~\n\n- b\n  ```\n  ```\n", NULL, 0, 0},
};

START_TEST(dead_ends_are_reported) {
    Markdown *markdown = markdown_new();
    Diag *diag = diag_new();
    size_t count;
    markdown_parse(markdown, STR("a.md"), str_from(report_rows[_i].text), 0, diag);
    const Finding *findings = diag_findings(diag, &count);
    ck_assert_msg(count == (report_rows[_i].code ? 1 : 0), "%s: %zu", report_rows[_i].name, count);
    if (count == 1) {
        ASSERT_TEXT(report_rows[_i].name, findings->code, report_rows[_i].code);
        ck_assert_uint_eq(findings->pos.line, report_rows[_i].line);
        ck_assert_uint_eq(findings->pos.column, report_rows[_i].column);
    }
    diag_free(diag);
    markdown_free(markdown);
}
END_TEST

START_TEST(footnotes_link_both_ways) {
    Markdown *markdown = markdown_new();
    Buf out = {0};
    Str text = STR("a[^n] b[^m] c[^n]\n\n[^m]: M\n[^n]: N\n");
    Node *root = markdown_parse(markdown, STR("a.md"), text, 0, NULL);
    ck_assert_int_eq(node_footnote(find(root, NODE_FOOTNOTE)), 1);
    render(markdown, root, &out);
    static const char *const parts[] = {
        "a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" aria-label=\"Footnote "
        "1\">1</a></sup>",
        "id=\"fnref-2\"",
        "id=\"fnref-1-2\"",
        "<section class=\"footnotes\"",
        "<li id=\"fn-1\">\n<p>N <a class=\"footnote-backref\" href=\"#fnref-1\"",
        "href=\"#fnref-1-2\"",
        "<li id=\"fn-2\">\n<p>M "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        ck_assert_msg(str_contains(buf_str(&out), str_from(parts[i])), "%s", parts[i]);
    buf_release(&out);
    markdown_free(markdown);
}
END_TEST

START_TEST(trees_can_be_changed) {
    Markdown *markdown = markdown_new();
    Buf out = {0};
    Str text = STR("a *b*\n\n| h |\n|---|\n| c |\n");
    Node *root = markdown_parse(markdown, STR("a.md"), text, 0, NULL);
    uint64_t generation = markdown_generation(markdown);
    Node *emphasis = find(root, NODE_EMPHASIS), *cell = find(root, NODE_TABLE_CELL);
    Node *link = node_new_link(markdown, STR("x y"), STR("t"));
    ck_assert(node_append(link, node_new_text(markdown, STR("<l>"))));
    ck_assert(node_insert_before(emphasis, link));
    ck_assert(node_set_class(markdown, link, STR("k")));
    ck_assert(node_insert_after(link, node_new_raw(markdown, false, STR("<q>r</q>"))));
    ck_assert(node_append(cell, node_new_raw(markdown, false, STR("<i>s</i>"))));
    ck_assert(node_set_literal(markdown, node_first(emphasis), STR("B")));
    ck_assert(!node_set_literal(markdown, root, STR("B")));
    ck_assert(!node_set_url(markdown, emphasis, STR("B")));
    ck_assert(!node_append(node_first(emphasis), node_new_text(markdown, STR("z"))));
    ck_assert(node_insert_after(find(root, NODE_PARAGRAPH),
                                node_new_raw(markdown, true, STR("<hr class=\"z\">"))));
    node_remove(node_first(find(root, NODE_PARAGRAPH)));
    render(markdown, root, &out);
    ck_assert(str_starts_with(buf_str(&out),
                              STR("<p><a class=\"k\" href=\"x%20y\" title=\"t\">&lt;l&gt;</a>"
                                  "<q>r</q><em>B</em></p>\n<hr class=\"z\">\n")));
    ck_assert(str_contains(buf_str(&out), STR("h<i>s</i></th>")));
    markdown_parse(markdown, STR("b.md"), STR("x"), 0, NULL);
    ck_assert(markdown_generation(markdown) != generation);
    buf_release(&out);
    markdown_free(markdown);
}
END_TEST

START_TEST(names_of_types_are_read_back) {
    for (int type = NODE_NONE + 1; type < NODE_TYPE_COUNT; type++)
        ck_assert(node_type_parse(str_from(node_type_name((NodeType)type))) == (NodeType)type);
    ck_assert(node_type_parse(STR("x")) == NODE_NONE);
}
END_TEST

/* Callbacks of the renderer */

static void decide_link(void *context, Node *node, Str url, bool is_image, RenderLink *out) {
    *(int *)context += 1;
    buf_add(out->url, node ? STR("node/") : STR("raw/"));
    buf_add(out->url, url);
    if (is_image)
        out->classes = STR("pic");
}

static bool draw_code(void *context, Node *node, Buf *out) {
    (void)context;
    if (!str_equal(node_language(node), STR("dot")))
        return false;
    buf_add_literal(out, "<svg></svg>");
    return true;
}

START_TEST(callbacks_decide_links_and_code) {
    Markdown *markdown = markdown_new();
    Buf out = {0};
    int calls = 0;
    RenderOptions options = {&calls, false, decide_link, draw_code};
    Str text = STR("[a](b) <a href=c>d</a> ![e](f)\n\n```dot\ng\n```\n\n```x\nh\n```\n");
    Node *root = markdown_parse(markdown, STR("a.md"), text, 0, NULL);
    markdown_render(markdown, root, &options, &out);
    ASSERT_TEXT("callbacks", buf_str(&out),
                "<p><a href=\"node/b\">a</a> <a href=\"raw/c\">d</a> <img class=\"pic\" "
                "src=\"node/f\" alt=\"e\" loading=\"lazy\" decoding=\"async\"></p>\n"
                "<svg></svg>\n<pre tabindex=\"0\"><code class=\"language-x\">h\n</code></pre>\n");
    ck_assert_int_eq(calls, 3);
    buf_release(&out);
    markdown_free(markdown);
}
END_TEST

/* Pages for the threads: real ones when they are there, each also with strikes added. */
typedef struct Pages {
    Arena arena;
    VEC(Str) texts;
    Buf *html[3]; /* of one thread, and of two in two rounds */
    int round;
    Markdown *markdowns[2];
} Pages;

static void add_page(Pages *pages, Str text) {
    vec_push(&pages->texts, text);
    Str strikes = STR("\n\n~~a~~ *b* ~~c _d_~~ www.e.f\n");
    vec_push(&pages->texts, str_join(&pages->arena, text, strikes));
}

static void collect_pages(Pages *pages) {
    FsEntries entries = {0};
    if (!fs_walk(&pages->arena, "../shared/corpora/rust-rfcs/src", NULL, NULL, &entries))
        printf("there are no corpora: made pages are used\n");
    for (size_t i = 0; i < entries.count; i++) {
        Str text, path = entries.items[i].path;
        const char *whole =
            str_format(&pages->arena, "../shared/corpora/rust-rfcs/src/" STR_FMT, STR_ARG(path))
                .data;
        if (str_ends_with(path, STR(".md")) && fs_read(&pages->arena, whole, 4 << 20, &text))
            add_page(pages, text);
    }
    for (int i = 0; i < 40; i++) {
        add_page(pages,
                 str_format(&pages->arena, "# %d ~x~ *y*\n\n- [ ] ~z _a_\n\n|~|w:|\n|-|-|\n", i));
    }
    vec_release(&entries);
}

static void render_page(void *context, int worker, size_t item) {
    Pages *pages = context;
    Markdown *markdown = pages->markdowns[worker];
    Node *root = markdown_parse(markdown, STR("a.md"), pages->texts.items[item], 0, NULL);
    render(markdown, root, &pages->html[pages->round][item]);
}

START_TEST(two_threads_give_the_html_of_one) {
    Pages pages = {0};
    collect_pages(&pages);
    pages.markdowns[0] = markdown_new();
    pages.markdowns[1] = markdown_new();
    for (pages.round = 0; pages.round < 3; pages.round++) {
        pages.html[pages.round] = calloc(pages.texts.count, sizeof(Buf));
        pool_run(pages.round ? 2 : 1, pages.texts.count, render_page, &pages);
    }
    for (size_t i = 0; i < pages.texts.count; i++) {
        for (int round = 1; round < 3; round++)
            ck_assert_msg(str_equal(buf_str(&pages.html[0][i]), buf_str(&pages.html[round][i])),
                          "page %zu", i);
        for (int round = 0; round < 3; round++)
            buf_release(&pages.html[round][i]);
    }
    for (int round = 0; round < 3; round++)
        free(pages.html[round]);
    markdown_free(pages.markdowns[0]);
    markdown_free(pages.markdowns[1]);
    vec_release(&pages.texts);
    arena_release(&pages.arena);
}
END_TEST

int main(void) {
    markdown_init();
    TCase *tcase = tcase_create("markdown");
    tcase_set_timeout(tcase, 120);
    add_rows(tcase, markdown_becomes_html, ROW_COUNT(html_rows));
    tcase_add_test(tcase, lines_count_the_front_matter);
    add_rows(tcase, dead_ends_are_reported, ROW_COUNT(report_rows));
    tcase_add_test(tcase, footnotes_link_both_ways);
    tcase_add_test(tcase, trees_can_be_changed);
    tcase_add_test(tcase, names_of_types_are_read_back);
    tcase_add_test(tcase, callbacks_decide_links_and_code);
    tcase_add_test(tcase, two_threads_give_the_html_of_one);
    return run_suite("markdown", tcase);
}
