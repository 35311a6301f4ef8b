/* SPDX-License-Identifier: MIT
 * test_companion.c - the files beside a page: bounded, and without what is not for readers. */
#include "unit.h"

#include "pass/preview.h"
#include "pass/twin.h"

#include <string.h>

static const struct {
    const char *name, *text, *expected;
} twin_rows[] = {
    {"no comment", "a\r\nb", "a\r\nb"},
    {"a line of comment goes", "a\n<!-- b -->\nc\n", "a\nc\n"},
    {"a comment over lines", "a <!-- b\n\nc --> d\n", "a \n d\n"},
    {"several in a line", "a<!-- b -->c<!-- d -->e\n", "ace\n"},
    {"one that does not end hides the rest", "a\n<!-- b\nc\n", "a\n"},
    {"in code spans", "`<!-- a -->` ``b ` <!-- c -->`` <!-- d -->\n",
     "`<!-- a -->` ``b ` <!-- c -->`` \n"},
    {"behind a lone backtick", "a ` b <!-- c -->\n", "a ` b \n"},
    {"escaped", "\\<!-- a -->\n", "\\<!-- a -->\n"},
    {"in a fence", "```\n<!-- a -->\n```\n<!-- b -->\n", "```\n<!-- a -->\n```\n"},
    {"in a longer fence", "````\n```\n<!-- a -->\n````\n<!-- b -->\n",
     "````\n```\n<!-- a -->\n````\n"},
    {"in a fence of a list", "- a\n  ~~~ html\n  <!-- b -->\n  ~~~\n  <!-- c -->\n",
     "- a\n  ~~~ html\n  <!-- b -->\n  ~~~\n"},
    {"in a fence of a quote", "> ```\n> <!-- a -->\n> ```\n", "> ```\n> <!-- a -->\n> ```\n"},
    {"a fence in a comment is none", "<!--\n```\n-->\n<!-- a -->\nb\n", "b\n"},
    {"blank lines stay", "a\n\n<!-- b -->\n\nc\n", "a\n\n\nc\n"},
};

START_TEST(comments_are_left_out) {
    Face face = {.title = STR("T")};
    Page page = {.face = &face, .title = STR("T")};
    Buf out = {0};
    Str head = STR("---\ntitle: \"T\"\n---\n\n");
    twin_add(&page, str_from(twin_rows[_i].text), 0, &out);
    ck_assert(str_starts_with(buf_str(&out), head));
    ASSERT_TEXT(twin_rows[_i].name, str_from_offset(buf_str(&out), head.len),
                twin_rows[_i].expected);
    buf_release(&out);
}
END_TEST

START_TEST(a_preview_is_bounded) {
    enum { COUNT = 20000 };
    Arena arena = {0};
    Buf out = {0}, text = {0};
    Section *sections = arena_array(&arena, Section, COUNT);
    for (int i = 0; i < 5000; i++) {
        buf_add_literal(&text, "日本語");
    }
    for (int i = 0; i < COUNT; i++) {
        sections[i] = (Section){.anchor = str_format(&arena, "s%d", i),
                                .title = buf_str(&text),
                                .text = buf_str(&text)};
    }
    Face face = {.sections = sections, .section_count = COUNT, .summary = buf_str(&text)};
    Page page = {.face = &face, .title = buf_str(&text)};
    preview_add_json(&page, &out);
    ck_assert_uint_lt(out.len, PREVIEW_MAX_BYTES + 4096);
    ck_assert(str_ends_with(buf_str(&out), STR("…\"}}}\n")));
    buf_release(&out);
    buf_release(&text);
    arena_release(&arena);
}
END_TEST

START_TEST(a_text_is_cut_between_words) {
    Buf out = {0}, text = {0};
    for (int i = 0; i < 100; i++) {
        buf_add_literal(&text, "word ");
    }
    Face face = {.summary = buf_str(&text)};
    Page page = {.face = &face, .title = STR("T")};
    preview_add_json(&page, &out);
    ck_assert(str_ends_with(buf_str(&out), STR(" word word…\"}\n")));
    ck_assert_uint_lt(out.len, 240);
    buf_release(&out);
    buf_release(&text);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("companion");
    add_rows(tcase, comments_are_left_out, ROW_COUNT(twin_rows));
    tcase_add_test(tcase, a_preview_is_bounded);
    tcase_add_test(tcase, a_text_is_cut_between_words);
    return run_suite("companion", tcase);
}
