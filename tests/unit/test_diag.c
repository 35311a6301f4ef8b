/* SPDX-License-Identifier: MIT
 * test_diag.c - findings: severities, order, the three ways to print them; and the pool, whose
 * threads report at once. */
#include "unit.h"

#include "base/diag.h"
#include "base/fs.h"
#include "base/pool.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static Diag *diag;
static Arena arena;
static char folder[] = "/tmp/quoin-diag-XXXXXX";

static void set_up(void) {
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    diag = diag_new();
    diag_set_root(diag, folder);
}

static void tear_down(void) {
    diag_free(diag);
    arena_release(&arena);
    fs_remove_tree(folder);
}

static void write_source(const char *name, Str text) {
    ck_assert(fs_write(str_format(&arena, "%s/%s", folder, name).data, text));
}

static Pos at(const char *file, uint32_t line, uint32_t column, uint32_t length) {
    return (Pos){str_from(file), line, column, length};
}

static Str printed(DiagPrint how) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    diag_print(diag, &how, out);
    fclose(out);
    Str result = str_copy(&arena, (Str){text, len});
    free(text);
    return result;
}

static Str human(void) {
    return printed((DiagPrint){.format = DIAG_HUMAN});
}

static const struct {
    const char *name;
    Str source;
    uint32_t column, length;
    const char *expected; /* the lines with the source and the caret */
} caret_rows[] = {
    {"plain", STR("see [x](y)\n"), 5, 6, "    1 | see [x](y)\n      |     ^~~~~~\n"},
    {"no length", STR("abc"), 2, 0, "    1 | abc\n      |  ^\n"},
    {"tab", STR("a\tb\tc"), 5, 1, "    1 | a   b   c\n      |         ^\n"},
    {"two bytes a letter", STR("äö x"), 6, 1, "    1 | äö x\n      |    ^\n"},
    {"inside a letter", STR("äö"), 2, 1, "    1 | äö\n      | ^\n"},
    {"behind the end", STR("ab"), 9, 3, "    1 | ab\n      |   ^\n"},
    {"huge column", STR("ab"), UINT32_MAX, UINT32_MAX, "    1 | ab\n      |   ^\n"},
    {"longer than the line", STR("abc"), 2, 999, "    1 | abc\n      |  ^~\n"},
    {"no column", STR("abc"), 0, 0, "    1 | abc\n"},
    {"empty line", STR("\nx"), 1, 1, ""},
    {"escape codes", STR("\033[31mred"), 6, 3, "    1 | \xEF\xBF\xBD[31mred\n      |      ^~~\n"},
    {"invalid bytes", STR("\xFF\xFEx"), 3, 1, "    1 | \xEF\xBF\xBD\xEF\xBF\xBDx\n      |   ^\n"},
    {"CRLF", STR("ab\r\ncd"), 1, 2, "    1 | ab\n      | ^~\n"},
};

START_TEST(caret_stands_below_its_text) {
    write_source("a.md", caret_rows[_i].source);
    diag_report(diag, SEVERITY_ERROR, "x.y",
                at("a.md", 1, caret_rows[_i].column, caret_rows[_i].length), NULL, "no");
    const char *place = caret_rows[_i].column ? "" : NULL;
    Str text = human(), head, tail;
    str_cut(text, '\n', &head, &tail);
    ASSERT_TEXT(caret_rows[_i].name, tail, caret_rows[_i].expected);
    if (!place)
        ASSERT_TEXT("place", head, "a.md:1: error: no [x.y]");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_caret) {
    Buf line = {0};
    for (int i = 0; i < 10000; i++)
        buf_add_format(&line, "%d-", i);
    write_source("a.md", buf_str(&line));
    size_t offset = str_find(buf_str(&line), STR("5000-"));
    diag_report(diag, SEVERITY_ERROR, "x.y", at("a.md", 1, (uint32_t)offset + 1, 4), NULL, "no");
    Str rest = human(), head, source, caret;
    str_next_line(&rest, &head);
    str_next_line(&rest, &source);
    str_next_line(&rest, &caret);
    ck_assert_uint_lt(source.len, 120);
    ck_assert(str_starts_with(source, STR("    1 | …")) && str_ends_with(source, STR("…")));
    size_t under = str_find_char(caret, '^') + strlen("…") - 1;
    ASSERT_TEXT("marked", str_slice(source, under, under + 5), "5000-");
    ASSERT_TEXT("caret", str_trim(str_from_offset(caret, 8)), "^~~~");
    buf_release(&line);
}
END_TEST

START_TEST(a_finding_is_printed_whole) {
    write_source("a.md", STR("one\ntwo [x](y)\n"));
    Finding finding = {.severity = SEVERITY_WARNING,
                       .code = STR("link.broken"),
                       .pos = at("a.md", 2, 5, 6),
                       .message = STR("there is no page 'y'"),
                       .hint = STR("did you mean 'x'?"),
                       .second = at("a.md", 1, 1, 3),
                       .second_note = STR("first defined here")};
    diag_add(diag, &finding);
    ASSERT_TEXT("human", human(),
                "a.md:2:5: warning: there is no page 'y' [link.broken]\n"
                "    2 | two [x](y)\n      |     ^~~~~~\n"
                "  hint: did you mean 'x'?\n"
                "a.md:1:1: note: first defined here\n    1 | one\n      | ^~~\n");
    ASSERT_TEXT("json", printed((DiagPrint){.format = DIAG_JSON}),
                "{\"file\":\"a.md\",\"line\":2,\"column\":5,\"severity\":\"warning\","
                "\"code\":\"link.broken\",\"message\":\"there is no page 'y'\","
                "\"hint\":\"did you mean 'x'?\",\"target\":\"\",\"related\":{\"file\":\"a.md\","
                "\"line\":1,\"column\":1,\"message\":\"first defined here\"}}\n");
    ck_assert(str_contains(printed((DiagPrint){.color = true}), STR("\033[1;33mwarning:\033[0m")));
    ck_assert(!str_contains(human(), STR("\033")));
}
END_TEST

START_TEST(lines_are_found_in_any_order) {
    write_source("a.md", STR("one\ntwo\nthree"));
    write_source("b.md", STR("other"));
    Finding finding = {.severity = SEVERITY_ERROR, .code = STR("a.b"), .message = STR("m")};
    static const uint32_t lines[] = {2, 2, 3, 9};
    for (uint32_t i = 0; i < 4; i++) {
        finding.pos = at("a.md", lines[i], i + 1, 1);
        finding.second = at(i % 2 ? "b.md" : "a.md", 1, 1, 1);
        finding.second_note = STR("n");
        diag_add(diag, &finding);
    }
    ASSERT_TEXT("human", human(),
                "a.md:2:1: error: m [a.b]\n    2 | two\n      | ^\n"
                "a.md:1:1: note: n\n    1 | one\n      | ^\n"
                "a.md:2:2: error: m [a.b]\n    2 | two\n      |  ^\n"
                "b.md:1:1: note: n\n    1 | other\n      | ^\n"
                "a.md:3:3: error: m [a.b]\n    3 | three\n      |   ^\n"
                "a.md:1:1: note: n\n    1 | one\n      | ^\n"
                "a.md:9:4: error: m [a.b]\n"
                "b.md:1:1: note: n\n    1 | other\n      | ^\n");
}
END_TEST

START_TEST(github_annotations_are_escaped) {
    Finding finding = {.severity = SEVERITY_INFO,
                       .code = STR("a.b"),
                       .pos = at("x,y:z%.md", 3, 4, 0),
                       .message = STR("100% wrong\r\n::error::fake, really"),
                       .hint = STR("do: that")};
    diag_add(diag, &finding);
    diag_report(diag, SEVERITY_ERROR, "a.c", (Pos){0}, NULL, "no file");
    ASSERT_TEXT("github", printed((DiagPrint){.format = DIAG_GITHUB}),
                "::error title=a.c::no file\n"
                "::notice file=x%2Cy%3Az%25.md,line=3,col=4,title=a.b::100%25 wrong%0D%0A::error"
                "::fake, really%0Ahint: do: that\n");
}
END_TEST

START_TEST(output_cannot_steer_the_terminal) {
    diag_report(diag, SEVERITY_ERROR, "a.b", at("\033]0;x\a.md", 1, 1, 0), "\033[2J",
                "two\nlines \xC2\x9B");
    Str text = human();
    ck_assert(!str_contains(text, STR("\033")) && !str_contains(text, STR("\a")));
    ck_assert(!str_contains(text, STR("\xC2\x9B")) && str_contains(text, STR("two\n    lines ")));
}
END_TEST

static const struct {
    const char *rules; /* "code=severity", one after the other */
    Severity expected;
} rule_rows[] = {
    {"", SEVERITY_WARNING},
    {"link.broken=off", SEVERITY_OFF},
    {"link=error", SEVERITY_ERROR},
    {"link=off link.broken=error", SEVERITY_ERROR},
    {"link.broken=error link=off", SEVERITY_ERROR},
    {"link.broken=error link.broken=info", SEVERITY_INFO},
    {"lin=off link.brok=off link.broken.x=off", SEVERITY_WARNING},
};

START_TEST(the_most_specific_rule_wins) {
    Str rules = str_from(rule_rows[_i].rules), rule, code, name;
    Severity severity = SEVERITY_OFF;
    diag_report(diag, SEVERITY_WARNING, "link.broken", (Pos){0}, NULL, "before");
    while (rules.len) {
        str_cut(rules, ' ', &rule, &rules);
        str_cut(rule, '=', &code, &name);
        ck_assert(severity_parse(name, &severity));
        diag_set_severity(diag, code, severity);
    }
    diag_report(diag, SEVERITY_WARNING, "link.broken", (Pos){0}, NULL, "after");
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    bool is_off = rule_rows[_i].expected == SEVERITY_OFF;
    ck_assert_uint_eq(count, is_off ? 0 : 2);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(findings[i].severity, rule_rows[_i].expected);
    }
    ck_assert_int_eq(diag_has_code(diag, STR("link")), !is_off);
    ck_assert(!diag_has_code(diag, STR("lin")));
}
END_TEST

START_TEST(strict_lifts_warnings) {
    diag_report(diag, SEVERITY_WARNING, "a.b", (Pos){0}, NULL, "w");
    diag_report(diag, SEVERITY_INFO, "a.b", (Pos){0}, NULL, "i");
    ck_assert_uint_eq(diag_count(diag, SEVERITY_WARNING), 1);
    diag_set_strict(diag, true);
    ck_assert_uint_eq(diag_count(diag, SEVERITY_WARNING), 0);
    ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
    ASSERT_TEXT("strict", human(), "quoin: info: i [a.b]\nquoin: error: w [a.b]\n");
    ASSERT_TEXT("least", printed((DiagPrint){.least = SEVERITY_ERROR}), "quoin: error: w [a.b]\n");
}
END_TEST

START_TEST(repeats_are_dropped_and_the_rest_counted) {
    static const uint32_t lines[] = {3, 1, 2, 1, 10};
    for (size_t i = 0; i < 5; i++) {
        diag_report(diag, SEVERITY_ERROR, "a.b", at("none.md", lines[i], 0, 0), NULL, "m");
    }
    ASSERT_TEXT("cut", printed((DiagPrint){.max_findings = 2}),
                "none.md:1: error: m [a.b]\nnone.md:2: error: m [a.b]\n… and 2 more\n");
    ASSERT_TEXT("json is whole lines", printed((DiagPrint){.format = DIAG_JSON, .max_findings = 1}),
                "{\"file\":\"none.md\",\"line\":1,\"column\":0,\"severity\":\"error\","
                "\"code\":\"a.b\",\"message\":\"m\",\"hint\":\"\",\"target\":\"\"}\n");
    ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 4);
}
END_TEST

START_TEST(no_diag_drops_everything) {
    Finding finding = {.severity = SEVERITY_ERROR};
    diag_add(NULL, &finding);
    diag_report(NULL, SEVERITY_ERROR, "a.b", (Pos){0}, NULL, "m");
    diag_free(NULL);
}
END_TEST

START_TEST(severities_have_names) {
    Severity severity;
    for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
        ck_assert(severity_parse(str_from(severity_name((Severity)i)), &severity));
        ck_assert_int_eq((int)severity, i);
    }
    ck_assert(!severity_parse(STR("Error"), &severity) && !severity_parse(STR(""), &severity));
}
END_TEST

static void report_item(void *context, int worker, size_t item) {
    (void)worker;
    diag_report(context, SEVERITY_ERROR, "a.b", at("f.md", (uint32_t)item % 997, 1, 0), NULL,
                "item %zu", item);
}

START_TEST(any_number_of_threads_gives_the_same_list) {
    Str first = STR_EMPTY;
    for (int jobs = 1; jobs <= 8; jobs *= 2) {
        diag_free(diag);
        diag = diag_new();
        pool_run(jobs, 5000, report_item, diag);
        Str text = human();
        if (jobs == 1)
            first = text;
        ck_assert(text.len > 0 && str_equal(text, first));
    }
}
END_TEST

static void count_item(void *context, int worker, size_t item) {
    atomic_int *counts = context;
    ck_assert(worker >= 0 && worker < 3);
    atomic_fetch_add(&counts[item], 1);
}

START_TEST(every_item_is_run_once) {
    static const size_t totals[] = {0, 1, 2, 1000};
    for (size_t i = 0; i < 4; i++) {
        static atomic_int counts[1000];
        memset(counts, 0, sizeof counts);
        pool_run(3, totals[i], count_item, counts);
        for (size_t item = 0; item < 1000; item++) {
            ck_assert_int_eq(atomic_load(&counts[item]), item < totals[i]);
        }
    }
    ck_assert_int_ge(pool_core_count(), 1);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("diag");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    add_rows(tcase, caret_stands_below_its_text, ROW_COUNT(caret_rows));
    tcase_add_test(tcase, long_lines_are_cut_around_the_caret);
    tcase_add_test(tcase, a_finding_is_printed_whole);
    tcase_add_test(tcase, lines_are_found_in_any_order);
    tcase_add_test(tcase, github_annotations_are_escaped);
    tcase_add_test(tcase, output_cannot_steer_the_terminal);
    add_rows(tcase, the_most_specific_rule_wins, ROW_COUNT(rule_rows));
    tcase_add_test(tcase, strict_lifts_warnings);
    tcase_add_test(tcase, repeats_are_dropped_and_the_rest_counted);
    tcase_add_test(tcase, no_diag_drops_everything);
    tcase_add_test(tcase, severities_have_names);
    tcase_add_test(tcase, any_number_of_threads_gives_the_same_list);
    tcase_add_test(tcase, every_item_is_run_once);
    return run_suite("diag", tcase);
}
