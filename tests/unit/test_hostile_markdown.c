/* SPDX-License-Identifier: MIT
 * test_hostile_markdown.c - text made to hang or to swell the parser. Each page must come back as
 * a tree and as HTML of bounded size; libcheck's timeout is the guard against a hang. */
#include "unit.h"

#include "base/buf.h"
#include "text/markdown.h"

#include <string.h>

/* before + unit repeated + middle + second repeated as often + after. */
typedef struct Pattern {
    const char *name, *before, *unit, *middle, *second, *after;
} Pattern;

static const Pattern patterns[] = {
    {"nested strong emphasis", "", "*a **a ", "b", " a** a*", ""},
    {"emphasis closers", "", "a_ ", "", "", ""},
    {"emphasis openers", "", "_a ", "", "", ""},
    {"triple stars", "a**b", "a***", "c* ", "", ""},
    {"stars and underscores", "", "*_", "", "", ""},
    {"mismatched delimiters", "", "*a_ ", "", "", ""},
    {"underscores in words", "", "a_b_", "", "", ""},
    {"strikes", "", "~~a ", "", "", ""},
    {"strikes that cannot close", "", "a~~ ~~", "", "", ""},
    {"link closers", "", "a]", "", "", ""},
    {"link openers", "", "[a", "", "", ""},
    {"links and emphasis", "", "[ a_", "", "", ""},
    {"links of parentheses", "", "[ (](", "", "", ""},
    {"unclosed links", "", "[a](b", "", "", ""},
    {"unclosed angles", "", "[a](<b", "", "", ""},
    {"deep parentheses", "", "[a](", "", "(", ""},
    {"images in images", "", "![[]()", "", "", ""},
    {"nested images", "", "![", "a", "](b)", ""},
    {"nested brackets", "", "[", "a", "]", ""},
    {"nested quotes", "", "> ", "a", "", ""},
    {"quotes and emphasis", "", ">", "", "a*", ""},
    {"lazy quotes", "", "> a\nb\n", "", "", ""},
    {"nested lists", "", " -", "x", "\n", ""},
    {"stars that are no rule", "", "* ", "a\n", "", ""},
    {"ordered lists", "", "1. ", "", "", ""},
    {"quotes and lists", "", "> - ", "a", "", ""},
    {"many items", "", "- a\n", "", "", ""},
    {"unclosed tags", "", "<a ", "", "", ""},
    {"unclosed attributes", "", "<a href=\"", "", "", ""},
    {"unclosed comments", "", "<!--", "", "", ""},
    {"comments over blank lines", "", "<!-- \n\n", "", "", ""},
    {"unclosed instructions", "", "<?", "", "", ""},
    {"unclosed declarations", "", "<!A ", "", "", ""},
    {"unclosed CDATA", "", "<![CDATA[", "", "", ""},
    {"tables in tables", "", "a | b\n-|\n", "", "", ""},
    {"long paragraph before a ruler", "", "a|b\n", "|-|\n", "", ""},
    {"many columns", "", "|a", "|\n", "|-", "|\n"},
    {"many columns, short delimiter row", "", "|", "\n|-\n", "", ""},
    {"long table", "|a|b|\n|-|-|\n", "|a|b|\n", "", "", ""},
    {"setext headings", "", "a\n=\n", "", "", ""},
    {"lines of one dash", "", "-\n", "", "", ""},
    {"reference bomb", "[a]: ", "bbb", "\n\n", "[a]", ""},
    {"many references", "", "[a]: b\n", "", "", ""},
    {"footnote references", "", "[^a] ", "\n\n[^a]: x\n", "", ""},
    {"footnotes in footnotes", "", "[^a]: ", "", "", ""},
    {"undefined footnotes", "", "[^a]\n", "", "", ""},
    {"addresses and parentheses", "", "(", "www.a", ")", ""},
    {"addresses and underscores", "", "www.a_", "", "", ""},
    {"addresses and entities", "http://a", "&a;", "", "", ""},
    {"schemes", "", "http://", "", "", ""},
    {"mail addresses", "", "a@", "", "", ""},
    {"character references", "", "&", "", "", ""},
    {"backslashes", "", "\\", "", "", ""},
    {"equal headings", "", "# a\n\n", "", "", ""},
    {"fences", "", "```\n", "", "", ""},
    {"open elements", "", "<b>", "", "", ""},
    {"open blocks", "", "<div>\n\n", "", "", ""},
    {"cells without table", "", "<td>", "", "", ""},
    {"elements across emphasis", "", "<b>*a", "", "</b>*", ""},
    {"scripts", "", "<script>", "", "", ""},
    {"tasks", "", "- [ ] a\n", "", "", ""},
    {"alerts", "", "> [!NOTE]\n> a\n\n", "", "", ""},
    {"carriage returns", "", "a\r", "", "", ""},
    {"invalid bytes", "", "\xFF", "", "", ""},
    {"half a character", "", "\xE2\x82", "", "", ""},
};

static const size_t sizes[] = {64 * 1024, 512 * 1024};

static void add_times(Buf *text, const char *unit, size_t count) {
    for (size_t i = 0; i < count; i++)
        buf_add(text, str_from(unit));
}

static void make(Buf *text, const Pattern *pattern, size_t size) {
    size_t count = size / (strlen(pattern->unit) + strlen(pattern->second));
    buf_add(text, str_from(pattern->before));
    add_times(text, pattern->unit, count);
    buf_add(text, str_from(pattern->middle));
    if (*pattern->second)
        add_times(text, pattern->second, count);
    buf_add(text, str_from(pattern->after));
}

static void render(Str text, Diag *diag, Buf *html) {
    Markdown *markdown = markdown_new();
    RenderOptions options = {0};
    Node *root = markdown_parse(markdown, STR("hostile.md"), text, 0, diag);
    ck_assert(node_type(root) == NODE_DOCUMENT);
    markdown_render(markdown, root, &options, html);
    markdown_free(markdown);
}

START_TEST(hostile_text_ends_within_its_bounds) {
    const Pattern *pattern = &patterns[_i / ROW_COUNT(sizes)];
    Buf text = {0}, html = {0};
    Diag *diag = diag_new();
    make(&text, pattern, sizes[_i % ROW_COUNT(sizes)]);
    render(buf_str(&text), diag, &html);
    ck_assert_msg(html.len < 32 * 1024 * 1024, "%s: %zu bytes of HTML", pattern->name, html.len);
    ck_assert_msg(html.len > 0 || strstr(pattern->unit, "<") || strstr(pattern->unit, "]: "),
                  "%s: nothing is left", pattern->name);
    diag_free(diag);
    buf_release(&text);
    buf_release(&html);
}
END_TEST

/* What goes beyond a bound says so and is shown as it was written. */
static const struct {
    const char *name;
    Pattern pattern;
} refused[] = {
    {"nesting", {"", "", "> ", "a", "", ""}},
    {"lines", {"", "", "a\n", "", "", ""}},
    {"openers", {"", "", "![ ", "", "", ""}},
    {"columns", {"", "", "|a", "|\n", "|-", "|\n"}},
    {"rulers", {"", "", "a | b\n-|\n", "", "", ""}},
    {"memory", {"", "[a]: ", "bbb", "\n\n", "[a]", ""}},
    {"size", {"", "", "a b c d e\n\n", "", "", ""}},
};

START_TEST(text_beyond_a_bound_is_shown_as_it_is) {
    Buf text = {0}, html = {0};
    Diag *diag = diag_new();
    size_t size = strcmp(refused[_i].name, "size") == 0 ? MARKDOWN_MAX_BYTES + 100 : 200000;
    make(&text, &refused[_i].pattern, size);
    render(buf_str(&text), diag, &html);
    ck_assert_msg(diag_has_code(diag, STR("markdown.limit")), "%s", refused[_i].name);
    ck_assert_msg(str_starts_with(buf_str(&html), STR("<pre tabindex=\"0\"><code>")), "%s",
                  refused[_i].name);
    ck_assert_uint_ge(html.len, size < MARKDOWN_MAX_BYTES ? text.len : MARKDOWN_MAX_BYTES);
    diag_free(diag);
    buf_release(&text);
    buf_release(&html);
}
END_TEST

/* After a parse was broken off, the same Markdown and the library are as good as new. */
START_TEST(next_page_is_parsed_as_ever) {
    Buf text = {0}, html = {0};
    Markdown *markdown = markdown_new();
    RenderOptions options = {0};
    buf_add_literal(&text, "~~x~~ [a]: ");
    add_times(&text, "a_b_~~ ", 250000);
    Diag *diag = diag_new();
    markdown_parse(markdown, STR("a.md"), buf_str(&text), 0, diag);
    ck_assert(diag_has_code(diag, STR("markdown.limit")));
    diag_free(diag);
    Node *root = markdown_parse(markdown, STR("b.md"), STR("a ~b~ *c* ~~d~~\n"), 0, NULL);
    markdown_render(markdown, root, &options, &html);
    ASSERT_TEXT("after", buf_str(&html), "<p>a ~b~ <em>c</em> <del>d</del></p>\n");
    markdown_free(markdown);
    buf_release(&text);
    buf_release(&html);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("hostile markdown");
    tcase_set_timeout(tcase, 120);
    add_rows(tcase, hostile_text_ends_within_its_bounds, ROW_COUNT(patterns) * ROW_COUNT(sizes));
    add_rows(tcase, text_beyond_a_bound_is_shown_as_it_is, ROW_COUNT(refused));
    tcase_add_test(tcase, next_page_is_parsed_as_ever);
    return run_suite("hostile markdown", tcase);
}
