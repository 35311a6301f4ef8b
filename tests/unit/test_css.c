/* SPDX-License-Identifier: MIT
 * test_css.c - style sheets behind each other: comments go, addresses move, what is open is closed.
 */
#include "unit.h"

#include "text/css.h"

static const struct {
    const char *name, *css, *expected;
    bool is_whole;
} rows[] = {
    {"comments and indentation go", "/* a */\n  a {\n    b: c; /* d */\n\n  }\n", "a{b: c;}\n",
     true},
    {"two words stay two", "a/* */b{}", "a/**/b{}\n", true},
    {"white space beside what separates goes", "a , b { c : d ; e: f , g } h { }",
     "a,b{c : d;e: f,g}\nh{}\n", true},
    {"an empty property keeps its space", "a{--b: ;c:d}", "a{--b: ;c:d}\n", true},
    {"an escaped space is a letter", "a\\ {b:c}", "a\\ {b:c}\n", true},
    {"strings stay", "a{content:\"/* b */  c\"}", "a{content:\"/* b */  c\"}\n", true},
    {"escapes stay", "a{content:\"\\\"/*\"} .b\\}{}", "a{content:\"\\\"/*\"}\n.b\\}{}\n", true},
    {"an address", "a{b:url(c.svg)}", "a{b:url(theme/css/c.svg)}\n", true},
    {"an address in quotes", "a{b:URL( '../c.svg' )}", "a{b:url('theme/css/../c.svg' )}\n", true},
    {"a comment in an address is none", "a{b:url(c/*d*/e)}", "a{b:url(theme/css/c/*d*/e)}\n", true},
    {"addresses from elsewhere", "a{b:url(/c) url(#d) url(data:,e) url(\"https://f/g\")}",
     "a{b:url(/c) url(#d) url(data:,e) url(\"https://f/g\")}\n", true},
    {"a function that ends alike", "a{b:curl(c)}", "a{b:curl(c)}\n", true},
    {"an open block", "@layer x { a { b: c", "@layer x{a{b: c}}\n", false},
    {"an open bracket in a block", "a{b:calc(1}\n.d{}", "a{b:calc(1)}\n.d{}\n", false},
    {"a brace too many", "a{}}\n.b{}", "a{}\n.b{}\n", false},
    {"an open string", "a{b:\"c\n}", "a{b:\"c\"}\n", false},
    {"an open comment", "a{} /* b", "a{}\n", false},
    {"an open address", "a{b:url(c", "a{b:url(theme/css/c)}\n", false},
    {"an open address in quotes", "a{b:url('c", "a{b:url('theme/css/c')}\n", false},
    {"a backslash at the end", "a{}\\", "a{}\\\n", true},
    {"a mark at the start", "\xEF\xBB\xBF.a{}", ".a{}\n", true},
    {"nothing", "", "", true},
};

START_TEST(a_sheet_is_copied) {
    Buf out = {0};
    bool is_whole;
    css_add(&out, str_from(rows[_i].css), STR("theme/css/"), &is_whole);
    ASSERT_TEXT(rows[_i].name, buf_str(&out), rows[_i].expected);
    ck_assert_msg(is_whole == rows[_i].is_whole, "%s: whole?", rows[_i].name);
    buf_release(&out);
}
END_TEST

START_TEST(a_deep_sheet_is_closed) {
    Buf css = {0}, out = {0};
    bool is_whole;
    for (int i = 0; i < 200000; i++) {
        buf_add_char(&css, "({["[i % 3]);
    }
    css_add(&out, buf_str(&css), STR_EMPTY, &is_whole);
    ck_assert_uint_eq(out.len, 2 * css.len + 1);
    ck_assert(!is_whole);
    buf_release(&css);
    buf_release(&out);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("css");
    add_rows(tcase, a_sheet_is_copied, ROW_COUNT(rows));
    tcase_add_test(tcase, a_deep_sheet_is_closed);
    return run_suite("css", tcase);
}
