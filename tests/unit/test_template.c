/* SPDX-License-Identifier: MIT
 * The template compiler: what it refuses, and that the Lua it makes stays in step with the lines.
 * What templates give is tested in test_lua_template.c. */
#include "base/fs.h"
#include "text/template.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Row {
    const char *name, *source;
    uint32_t line, column;
    const char *message, *hint; /* part of them; "" for no hint */
} Row;

static const Row rows[] = {
    {"unknown_filter", "a\n {{ x | uper }}", 2, 9, "there is no filter 'uper'", "upper"},
    {"unknown_tag", "{% fro x in y %}", 1, 4, "there is no tag 'fro'", "for"},
    {"unknown_test", "{% if x is defind %}{% endif %}", 1, 12, "no test 'defind'", "defined"},
    {"unknown_loop_field", "{% for x in y %}{{ loop.indx }}{% endfor %}", 1, 25,
     "no field of loop 'indx'", "index"},
    {"unknown_argument", "{{ x | truncate(lenght=3) }}", 1, 17, "no argument 'lenght'", "length"},
    {"too_many_arguments", "{{ x | upper(1) }}", 1, 8, "takes 0 arguments, not 1", ""},
    {"too_few_arguments", "{{ x | replace('a') }}", 1, 8, "needs 2 arguments", ""},
    {"macro_arguments", "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", 1, 34,
     "takes 1 argument, not 2", ""},
    {"foreign_and", "{% if a && b %}{% endif %}", 1, 9, "'&&' is not part", "and"},
    {"foreign_ternary", "{{ a ? b : c }}", 1, 6, "'?' is not part", "if condition else"},
    {"no_value", "{{ }}", 1, 4, "expected a value", ""},
    {"no_operand", "{{ a + }}", 1, 8, "expected a value before the end", ""},
    {"open_output", "line\n  {{ a ", 2, 3, "never closed with '}}'", ""},
    {"open_comment", "x {# y", 1, 3, "never closed with '#}'", ""},
    {"open_text", "{{ \"abc }}", 1, 4, "no closing quote", ""},
    {"open_if", "\n{% if a %}b", 2, 1, "this 'if' is never closed with 'endif'", ""},
    {"open_raw", "{% raw %} {{", 1, 1, "'raw' is never closed", ""},
    {"stray_end", "{% endfor %}", 1, 1, "'endfor' without a 'for'", ""},
    {"crossed_ends", "{% if a %}{% for x in y %}{% endif %}", 1, 27,
     "'endif' here, but 'endfor' must come first", ""},
    {"second_else", "{% if a %}{% else %}{% else %}{% endif %}", 1, 21, "a second 'else'", ""},
    {"wrong_end_name", "{% block a %}{% endblock b %}", 1, 26, "this ends 'a'", ""},
    {"double_block", "{% block a %}{% endblock %}{% block a %}{% endblock %}", 1, 37,
     "a second block 'a'", ""},
    {"late_extends", "text {% extends 'x' %}", 1, 6, "must be the first", ""},
    {"macro_in_if", "{% if a %}{% macro m() %}{% endmacro %}{% endif %}", 1, 11,
     "must stand outside", ""},
    {"super_outside", "{{ super() }}", 1, 4, "only inside a block", ""},
    {"keyword_for_value", "{{ and }}", 1, 4, "expected a value before 'and'", ""},
    {"rest_of_tag", "{{ a b }}", 1, 6, "unexpected 'b'", ""},
    {"missing_in", "{% for x of y %}{% endfor %}", 1, 10, "expected 'in'", ""},
    {"name_of_number", "{{ 3x }}", 1, 4, "neither a number nor a name", ""},
    {"open_bracket", "{{ (a }}", 1, 7, "expected ')'", ""},
    {"nul_byte_in_tag", "{{ \x01 }}", 1, 4, "unexpected character", ""},
    {"named_argument_of_method", "{{ page.href(to=1) }}", 1, 14, "named arguments", "order"},
};

static const Finding *compile(Diag *diag, const char *source, size_t *count) {
    Buf lua = {0};
    ck_assert(!template_compile(STR("t.html"), str_from(source), &lua, diag));
    ck_assert_uint_eq(lua.len, 0);
    buf_release(&lua);
    return diag_findings(diag, count);
}

START_TEST(error_names_its_place) {
    const Row *row = &rows[_i];
    Diag *diag = diag_new();
    size_t count = 0;
    const Finding *found = compile(diag, row->source, &count);
    ck_assert_msg(count >= 1, "%s: nothing reported", row->name);
    ck_assert_msg(str_contains(found->message, str_from(row->message)), "%s: %.*s", row->name,
                  STR_ARG(found->message));
    ck_assert_msg(str_contains(found->hint, str_from(row->hint)), "%s: hint %.*s", row->name,
                  STR_ARG(found->hint));
    ck_assert_msg(found->pos.line == row->line && found->pos.column == row->column, "%s: %u:%u",
                  row->name, found->pos.line, found->pos.column);
    ck_assert(str_equal(found->pos.file, STR("t.html")));
    diag_free(diag);
}
END_TEST

START_TEST(several_errors_are_reported) {
    Diag *diag = diag_new();
    size_t count = 0;
    compile(diag, "{{ a | nope1 }}\n{{ b }}\n{{ c | nope2 }}\n{% nope3 %}", &count);
    ck_assert_uint_eq(count, 3);
    diag_free(diag);
}
END_TEST

/* `left` n times, `middle`, `right` n times: refused with a message, without a crash. */
static const struct {
    const char *name, *left, *middle, *right;
    int times;
} floods[] = {
    {"brackets", "(", "a", ")", 100000}, {"lists", "[", "", "]", 100000},
    {"not", "not ", "a", "", 100000},    {"minus", "- ", "a", "", 100000},
    {"sum", "a + ", "a", "", 100000},    {"filters", "", "a", " | upper", 100000},
    {"fields", "", "a", ".b", 100000},   {"inline_if", "a if b else ", "c", "", 100000},
    {"maps", "{a: ", "1", "}", 100000},  {"calls", "f(", "", ")", 100000},
    {"power", "2 ** ", "2", "", 100000}, {"concat", "a ~ ", "a", "", 100000},
};

static void add_times(Buf *buf, const char *text, int times) {
    for (int i = 0; i < times; i++)
        buf_add(buf, str_from(text));
}

START_TEST(expressions_are_bounded) {
    Buf source = {0}, lua = {0};
    Diag *diag = diag_new();
    size_t count = 0;
    buf_add_literal(&source, "{{ ");
    add_times(&source, floods[_i].left, floods[_i].times);
    add_times(&source, floods[_i].middle, 1);
    add_times(&source, floods[_i].right, floods[_i].times);
    buf_add_literal(&source, " }}");
    ck_assert_msg(!template_compile(STR("t.html"), buf_str(&source), &lua, diag), "%s",
                  floods[_i].name);
    const Finding *found = diag_findings(diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_msg(str_contains(found->message, STR("more than")), "%.*s", STR_ARG(found->message));
    buf_release(&source);
    buf_release(&lua);
    diag_free(diag);
}
END_TEST

START_TEST(tags_are_bounded) {
    static const char *const openers[] = {"{% if a %}", "{% for x in y %}", "{% set x %}"};
    Buf source = {0}, lua = {0};
    Diag *diag = diag_new();
    add_times(&source, openers[_i], 5000);
    ck_assert(!template_compile(STR("t.html"), buf_str(&source), &lua, diag));
    ck_assert_uint_ge(diag_count(diag, SEVERITY_ERROR), 1);
    buf_release(&source);
    buf_release(&lua);
    diag_free(diag);
}
END_TEST

START_TEST(many_errors_stop) {
    Buf source = {0}, lua = {0};
    Diag *diag = diag_new();
    add_times(&source, "{{ | }}\n", 5000);
    ck_assert(!template_compile(STR("t.html"), buf_str(&source), &lua, diag));
    ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 20);
    buf_release(&source);
    buf_release(&lua);
    diag_free(diag);
}
END_TEST

/* Every line of the Lua is the line of the template: the marker must be on the same one. */
START_TEST(lines_stay_in_step) {
    Str source =
        STR("one\n\n{% if a %}\n  {# c\n c #}\n  {% for x in y %}\n{{ x }}\n{% set z = 1 %}"
            "{% endfor %}\n{% endif %}\n{% block b %}\n{% raw %}\n\n{% endraw %}\n"
            "{% endblock %}\n\n{{ marker }}\n");
    Buf lua = {0};
    uint32_t number = 1;
    ck_assert(template_compile(STR("t.html"), source, &lua, NULL));
    while (!str_contains(str_line(buf_str(&lua), number), STR("marker")))
        ck_assert_uint_lt(number++, 40);
    ck_assert(str_contains(str_line(source, number), STR("marker")));
    buf_release(&lua);
}
END_TEST

/* Cut anywhere and with any byte damaged, the compiler comes to an end. */
START_TEST(damaged_templates_end) {
    static const char whole[] =
        "{% extends 'a' %}{% macro m(a, b='x') -%} {{ a|default(b) }} {%- endmacro %}"
        "{% block c %}{% for k, v in {a: [1, 2.5]} %}{{ loop.cycle('a', \"b\") ~ k[0].x }}"
        "{% else %}{# no #}{% endfor %}{{ super() }}{% endblock %}"
        "{% raw %}{{ }}{% endraw %}{% include ['x'] ignore missing %}";
    char damaged[sizeof whole];
    Buf lua = {0};
    for (size_t at = 0; at < sizeof whole - 1; at++) {
        buf_reset(&lua);
        template_compile(STR("t"), (Str){whole, at}, &lua, NULL);
        memcpy(damaged, whole, sizeof whole);
        for (const char *bad = "{}%#\"'(\n\x01-"; *bad; bad++) {
            damaged[at] = *bad;
            buf_reset(&lua);
            template_compile(STR("t"), (Str){damaged, sizeof whole - 1}, &lua, NULL);
        }
    }
    buf_release(&lua);
}
END_TEST

/* The theme that ships, with nothing to say about it; run from the project's folder. */
START_TEST(shipped_theme_compiles) {
    Arena arena = {0};
    FsEntries files = {0};
    Buf lua = {0};
    Diag *diag = diag_new();
    size_t compiled = 0, count = 0;
    if (!fs_walk(&arena, "themes/default", NULL, NULL, &files)) {
        printf("themes/default is not here: skipped\n");
        return;
    }
    for (size_t i = 0; i < files.count; i++) {
        Str path = files.items[i].path, text;
        if (!str_ends_with(path, STR(".html")))
            continue;
        Str disk = str_join(&arena, STR("themes/default/"), path);
        ck_assert(fs_read(&arena, str_terminated(&arena, disk), 1 << 20, &text));
        ck_assert_msg(template_compile(path, text, &lua, diag), "%.*s", STR_ARG(path));
        compiled++;
    }
    diag_findings(diag, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_ge(compiled, 10);
    vec_release(&files);
    buf_release(&lua);
    diag_free(diag);
    arena_release(&arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("template");
    TCase *tcase = tcase_create("compile");
    tcase_set_timeout(tcase, 20);
    tcase_add_loop_test(tcase, error_names_its_place, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, several_errors_are_reported);
    tcase_add_loop_test(tcase, expressions_are_bounded, 0, sizeof floods / sizeof *floods);
    tcase_add_loop_test(tcase, tags_are_bounded, 0, 3);
    tcase_add_test(tcase, many_errors_stop);
    tcase_add_test(tcase, lines_stay_in_step);
    tcase_add_test(tcase, damaged_templates_end);
    tcase_add_test(tcase, shipped_theme_compiles);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
