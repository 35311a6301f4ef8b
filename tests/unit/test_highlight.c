/* SPDX-License-Identifier: MIT
 * Highlighting: what rules mean, which rules are wrong, and that the text always comes out whole.
 * The languages themselves are tested in plugins/highlight/tests. */
#include "unit.h"

#include "base/buf.h"
#include "text/highlight.h"
#include "text/html.h"
#include "text/yaml.h"

#include <string.h>

static Arena arena;
static Diag *diag;
static Highlighter *highlighter;
static Buf out;

static void set_up(void) {
    diag = diag_new();
    highlighter = highlighter_new();
}

static void tear_down(void) {
    highlighter_free(highlighter);
    diag_free(diag);
    buf_release(&out);
    arena_release(&arena);
}

static const Value *rules_of(const char *yaml) {
    const Value *rules = yaml_parse(&arena, STR("rules"), str_from(yaml), 1, YAML_MAX_FILE, diag);
    ck_assert_msg(rules != NULL, "the rules are no YAML: %s", yaml);
    return rules;
}

static void add(const char *name, const char *yaml) {
    Buf error = {0};
    bool is_good = highlighter_add(highlighter, str_from(name), rules_of(yaml), &error);
    ck_assert_msg(is_good, "%s: " STR_FMT, name, STR_ARG(buf_str(&error)));
    buf_release(&error);
}

/* What stands in the HTML besides tags. */
static Str text_of(Str html) {
    Buf plain = {0}, text = {0};
    bool in_tag = false;
    for (size_t i = 0; i < html.len; i++) {
        char c = html.data[i];
        in_tag = in_tag || c == '<';
        if (!in_tag)
            buf_add_char(&plain, c);
        in_tag = in_tag && c != '>';
    }
    html_add_unescaped(&text, buf_str(&plain));
    Str copy = str_copy(&arena, buf_str(&text));
    buf_release(&plain);
    buf_release(&text);
    return copy;
}

static Str run(Str text, const HighlightOptions *options) {
    buf_reset(&out);
    highlight(highlighter, STR("x"), text, options, &out);
    ck_assert_msg(str_equal(text_of(buf_str(&out)), text), "the text is another one: " STR_FMT,
                  STR_ARG(str_slice(buf_str(&out), 0, 300)));
    return buf_str(&out);
}

/* "<span class="hl-k">a</span>" as "[k a]", for rows that can be read. */
static Str shortened(Str html) {
    Buf text = {0};
    for (size_t at = 0; at < html.len;) {
        Str rest = str_from_offset(html, at);
        if (str_starts_with(rest, STR("<span class=\"hl-"))) {
            size_t end = str_find_char(rest, '>');
            buf_add_char(&text, '[');
            buf_add(&text, str_slice(rest, 16, end - 1));
            buf_add_char(&text, ' ');
            at += end + 1;
        } else if (str_starts_with(rest, STR("</span>"))) {
            buf_add_char(&text, ']');
            at += 7;
        } else {
            buf_add_char(&text, html.data[at++]);
        }
    }
    Str copy = str_copy(&arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

typedef struct MeaningRow {
    const char *name, *rules, *text, *expected;
} MeaningRow;

#define MAIN(rules) "modes: { main: [" rules "] }"

static const MeaningRow meanings[] = {
    {"no rules", "modes: { main: [] }", "a <b>", "a &lt;b&gt;"},
    {"a pattern and a class", MAIN("{1: '[a-z]+', 2: keyword}"), "a 1 bc", "[k a] 1 [k bc]"},
    {"the longest match wins", MAIN("{1: a, 2: keyword}, {1: ab, 2: string}"), "a ab!",
     "[k a] [s ab]!"},
    {"of equal ones the first", MAIN("{1: a, 2: keyword}, {1: '[a-z]', 2: string}"), "ab",
     "[k a][s b]"},
    {"classes with blanks between are one span", MAIN("{1: '[a-z]+', 2: keyword}"), "a  b\nc",
     "[k a  b\nc]"},
    {"blanks at the end stay outside", MAIN("{1: '[a-z]+', 2: keyword}"), "a \n1", "[k a] \n1"},
    {"repetitions", MAIN("{1: 'a{2}b{1,2}c{0,1}d{2,}', 2: string}"), "aabbcdd aabddd aabd",
     "[s aabbcdd aabddd] aabd"},
    {"groups and alternatives", MAIN("{1: '(ab|c)+d?', 2: string}"), "abcd xcc",
     "[s abcd] x[s cc]"},
    {"sets", MAIN("{1: '[^a\\n]', 2: string}, {1: '[]\\-]', 2: number}"), "a]b", "a[s ]b]"},
    {"escapes", MAIN("{1: '\\d\\w\\s\\.', 2: number}"), "1a . 1a .", "[n 1a . 1a .]"},
    {"letters are not cut", MAIN("{1: '[^a]', 2: string}"),
     "a\xc3\xa9"
     "a",
     "a[s \xc3\xa9]a"},
    {"case does not matter",
     "ignore_case: true\nwords: { keyword: SELECT }\nmodes: { main: [{1: "
     "'[a-z]+', words: true}] }",
     "select Select x", "[k select Select] x"},
    {"words", "words: { keyword: if else, type: int }\nmodes: { main: [{1: '\\w+', words: true}] }",
     "if int ifx", "[k if] [t int] ifx"},
    {"named lists of words",
     "words: { keyword: a, more: { type: a } }\nmodes: { main: [{1: a, words: more}] }", "a",
     "[t a]"},
    {"what a word makes of the next",
     "words: { keyword>function: fn }\nmodes: { main: [{1: '\\w+', words: true}] }", "fn a b fn(c)",
     "[k fn] [f a] b [k fn](c)"},
    {"what follows decides", MAIN("{1: '\\w+', 2: '', followed: {'(': function, ': ': property}}"),
     "a( b (c:d e: f:", "[f a]( [f b] (c:d [p e]: [p f]:"},
    {"begin of a line", MAIN("{1: '^#.*', 2: comment}"), "#a\nb #c\n#d", "[c #a]\nb #c\n[c #d]"},
    {"first on a line", MAIN("{1: '#.*', 2: comment, first: true}"), "#a\nb #c\n  #d",
     "[c #a]\nb #c\n  [c #d]"},
    {"where a value may begin",
     "words: { keyword: return }\nmodes: { main: [{1: '/[^/]+/', 2: regexp, operand: true}, {1: "
     "'\\w+', 2: '', words: true}] }",
     "a/b/c = /d/, (x)/y/z return /e/", "a/b/c = [r /d/], (x)/y/z [k return] [r /e/]"},
    {"modes",
     "modes: { main: [{1: '\"', 2: string, push: in}], in: [string, {1: '\"', pop: true}, "
     "{1: x, 2: escape}] }",
     "a \"bxc\" d", "a [s &quot;b][e x][s c&quot;] d"},
    {"a mode within itself",
     "modes: { main: [{1: '<', 2: comment, push: in}], in: [comment, {1: "
     "'<', push: in}, {1: '>', pop: true}] }",
     "a <b <c> d> e", "a [c &lt;b &lt;c&gt; d&gt;] e"},
    {"leaving the last mode is nothing", MAIN("{1: '\\}', 2: operator, pop: true}"), "a}}b",
     "a[o }}]b"},
    {"through", MAIN("{1: '/\\*', 2: comment, through: '*/'}"), "a /*b*/ c /*d",
     "a [c /*b*/] c [c /*d]"},
    {"before", MAIN("{1: '>', 2: meta, body: string, before: '<'}"), "a >b< c",
     "a [m &gt;][s b]&lt; c"},
    {"what was captured ends it", MAIN("{1: 'r#*\"', 2: string, through: '\"%1', capture: '#'}"),
     "r##\"a\"#b\"##c r\"d\"e", "[s r##&quot;a&quot;#b&quot;##]c [s r&quot;d&quot;]e"},
    {"through a line", MAIN("{1: '<<\\w+', 2: string, through_line: '%1', capture: '\\w'}"),
     "a <<X y\nb\n X \nc", "a [s &lt;&lt;X] y[s \nb\n X ]\nc"},
    {"indented", MAIN("{1: '\\|', 2: operator, indented: true, body: string}"),
     " a: |\n  b\n\n  c\n d", " a: [o |][s \n  b\n\n  c]\n d"},
    {"indented behind a dash", MAIN("{1: '\\|', 2: operator, indented: true, body: string}"),
     "- a: |\n    b\n  c", "- a: [o |][s \n    b]\n  c"},
    {"inside",
     "modes: { main: [{1: '\\(', 2: '', through: ')', inside: in}], in: [{1: '[a-z(]', 2: "
     "keyword}] }",
     "a(b(c)d", "a([k b(c])d"},
    {"an unknown language inside is plain",
     MAIN("{1: '<', 2: tag, body: '', through: '>', language: none}"), "a<b>c",
     "a[g &lt;]b[g &gt;]c"},
    {"a line", MAIN("{1: '^\\+.*', 2: keyword, line: inserted}"), "a\n+b\nc",
     "a\n[line hl-ins [k +b]]\nc"},
};

START_TEST(rules_mean_what_they_say) {
    const MeaningRow *row = &meanings[_i];
    add("x", row->rules);
    highlighter_alias(highlighter, STR("none"), STR_EMPTY);
    ASSERT_TEXT(row->name, shortened(run(str_from(row->text), NULL)), row->expected);
}
END_TEST

typedef struct MistakeRow {
    const char *rules, *message;
} MistakeRow;

static const MistakeRow mistakes[] = {
    {"modes: {}", "`modes` wants a table with `main`"},
    {MAIN("{1: '(a', 2: string}"), "mode `main`, rule 1: a `(` has no `)` `(a`"},
    {MAIN("{1: 'a)', 2: string}"), "mode `main`, rule 1: a `)` has no `(` `a)`"},
    {MAIN("{1: '[a', 2: string}"), "mode `main`, rule 1: a `[` has no `]` `[a`"},
    {MAIN("{1: '', 2: string}"), "mode `main`, rule 1: the pattern is empty"},
    {MAIN("{1: 'a{2', 2: string}"),
     "mode `main`, rule 1: `{` wants numbers and `}`; write \\{ for the character `a{2`"},
    {MAIN("{1: 'a{1,99}', 2: string}"), "mode `main`, rule 1: a repetition is too large `a{1,99}`"},
    {MAIN("{1: '\\q', 2: string}"),
     "mode `main`, rule 1: a `\\` stands before something that has no meaning there `\\q`"},
    {MAIN("{1: a, 2: strnig}"), "mode `main`, rule 1: there is no token class `strnig`"},
    {MAIN("{1: a, 2: string, push: nowhere}"), "mode `main`, rule 1: there is no mode `nowhere`"},
    {MAIN("{1: a, 2: string, pusch: main}"), "mode `main`, rule 1: a rule has no key `pusch`"},
    {MAIN("{1: a}, {1: b, words: true}"), "mode `main`, rule 2: there is no list of words `words`"},
    {MAIN("{1: a, through: b, before: c}"), "mode `main`, rule 1: a rule begins one region only"},
    {"words: { keyword: a b, type: b }\nmodes: { main: [] }", "this word is there twice: `b`"},
};

START_TEST(mistakes_in_rules_are_named) {
    const MistakeRow *row = &mistakes[_i];
    Buf error = {0};
    ck_assert_msg(!highlighter_add(highlighter, STR("x"), rules_of(row->rules), &error),
                  "no mistake: %s", row->rules);
    ASSERT_TEXT(row->rules, buf_str(&error), row->message);
    ck_assert(!highlighter_has(highlighter, STR("x")));
    ASSERT_TEXT("plain", run(STR("a < b"), NULL), "a &lt; b");
    buf_release(&error);
}
END_TEST

/* --- languages in languages ---------------------------------------------------------------- */

START_TEST(languages_inside_are_asked_for_until_they_are_there) {
    add("x", MAIN("{1: '~', 2: meta, body: '', through_line: '~', capture: '', language: true}"));
    Str text = STR("~y\nb\n~\n");
    buf_reset(&out);
    ck_assert_uint_eq(highlight(highlighter, STR("x"), text, NULL, &out), 1);
    ASSERT_TEXT("name", highlighter_missing(highlighter, 0), "y");
    add("y", MAIN("{1: b, 2: keyword}"));
    buf_reset(&out);
    ck_assert_uint_eq(highlight(highlighter, STR("x"), text, NULL, &out), 0);
    ASSERT_TEXT("inside", shortened(buf_str(&out)), "[m ~y]\n[k b]\n[m ~]\n");
}
END_TEST

START_TEST(an_alias_is_the_same_language) {
    add("x", MAIN("{1: a, 2: keyword}"));
    highlighter_alias(highlighter, STR("ex"), STR("x"));
    buf_reset(&out);
    highlight(highlighter, STR("ex"), STR("a"), NULL, &out);
    ASSERT_TEXT("alias", shortened(buf_str(&out)), "[k a]");
}
END_TEST

/* --- lines --------------------------------------------------------------------------------- */

typedef struct LineRow {
    const char *text, *expected;
} LineRow;

static const LineRow line_rows[] = {
    {"", ""},
    {"a", "[line [k a]]"},
    {"a\n", "[line [k a]]\n"},
    {"a\n\n1", "[line [k a]]\n[line hl-marked ]\n[line hl-marked 1]"},
    {"a\nb\nc\nd\ne\n",
     "[line [k a]]\n[line hl-marked [k b]]\n[line hl-marked [k c]]\n[line [k d]]\n"
     "[line hl-marked [k e]]\n"},
    {"/*\n*/", "[line [c /*]]\n[line hl-marked [c */]]"},
};

START_TEST(each_line_has_a_span_of_its_own) {
    static const HighlightRange ranges[] = {{2, 3}, {5, 9}};
    HighlightOptions options = {true, ranges, 2};
    add("x", MAIN("{1: '[a-z]', 2: keyword}, {1: '/\\*', 2: comment, through: '*/'}"));
    const LineRow *row = &line_rows[_i];
    ASSERT_TEXT(row->text, shortened(run(str_from(row->text), &options)), row->expected);
}
END_TEST

/* --- hostile text -------------------------------------------------------------------------- */

#define HOSTILE                                                                                    \
    "words: { keyword: a }\n"                                                                      \
    "modes:\n"                                                                                     \
    "  main:\n"                                                                                    \
    "    - {1: '\"', 2: string, push: text}\n"                                                     \
    "    - {1: '\\{', 2: '', push: main}\n"                                                        \
    "    - {1: '\\}', 2: '', pop: true}\n"                                                         \
    "    - {1: '#+\"', 2: string, through: '\"%1', capture: '#'}\n"                                \
    "    - {1: '`+', 2: string, through: '%1', capture: '`'}\n"                                    \
    "    - {1: '/[^/]+/', 2: regexp, operand: true}\n"                                             \
    "    - {1: '<', 2: tag, through: '>', inside: main}\n"                                         \
    "    - {1: '\\|', 2: tag, indented: true, inside: main}\n"                                     \
    "    - {1: '(ab)+c', 2: type}\n"                                                               \
    "    - {1: '\\w+', words: true, followed: {'(': function}}\n"                                  \
    "    - {1: '~+', 2: meta, through_line: '%1', capture: '~', language: true}\n"                 \
    "    - {1: '-', 2: comment, first: true}\n"                                                    \
    "  text:\n"                                                                                    \
    "    - string\n"                                                                               \
    "    - {1: '\\$\\{', 2: '', push: main}\n"                                                     \
    "    - {1: '\"', pop: true}\n"

static const char *const patterns[] = {
    "a",    "\"",   "{",     "}",      "\"${", "<",      "`",     "` `` ", "#",      "#\"",
    "/",    "/ /x", "ab",    "|\n ",   " ",    "- ",     "a (",   "~x\n",  "~x\n~~", "\n",
    "\xff", "\xc3", "\x80<", "<\"${`", "&\"'", "\t|\n ", "#\"`#", "(",     "a ",     "\"}",
};

/* 200,000 bytes each: with anything worse than linear this would not end. */
START_TEST(hostile_text_comes_out_whole) {
    const char *pattern = patterns[_i];
    size_t len = strlen(pattern);
    static const HighlightOptions lines = {.has_lines = true};
    Buf text = {0};
    add("x", HOSTILE);
    highlighter_alias(highlighter, STR("x2"), STR("x"));
    while (text.len + len < 200000)
        buf_add(&text, str_from(pattern));
    for (int i = 0; i < 2; i++) {
        buf_reset(&out);
        highlight(highlighter, STR("x"), buf_str(&text), i ? &lines : NULL, &out);
        Str again = text_of(buf_str(&out));
        ck_assert_msg(str_equal(again, buf_str(&text)), "`%s` repeated is another text", pattern);
    }
    buf_release(&text);
}
END_TEST

/* Patterns whose automaton has more states than are kept. */
START_TEST(many_states_are_forgotten_and_made_anew) {
    Buf text = {0};
    uint32_t seed = 1;
    add("x", MAIN("{1: '[ab]*a[ab]{12}c', 2: keyword}, {1: '[ab]', 2: ''}"));
    for (int i = 0; i < 30000; i++) {
        seed = seed * 1664525u + 1013904223u;
        buf_add_char(&text, (seed >> 24) % 40 == 0 ? 'c' : (seed >> 16) & 1 ? 'a' : 'b');
    }
    Str once = str_copy(&arena, run(buf_str(&text), NULL));
    ck_assert(str_contains(once, STR("hl-k")));
    ck_assert(str_equal(run(buf_str(&text), NULL), once));
    buf_release(&text);
}
END_TEST

START_TEST(one_line_of_a_megabyte) {
    Buf text = {0};
    add("x", HOSTILE);
    while (text.len < 1000000)
        buf_add_literal(&text, "a(\"b${c}\" /d/ `e` ");
    run(buf_str(&text), NULL);
    buf_release(&text);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("highlight");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    add_rows(tcase, rules_mean_what_they_say, ROW_COUNT(meanings));
    add_rows(tcase, mistakes_in_rules_are_named, ROW_COUNT(mistakes));
    tcase_add_test(tcase, languages_inside_are_asked_for_until_they_are_there);
    tcase_add_test(tcase, an_alias_is_the_same_language);
    add_rows(tcase, each_line_has_a_span_of_its_own, ROW_COUNT(line_rows));
    add_rows(tcase, hostile_text_comes_out_whole, ROW_COUNT(patterns));
    tcase_add_test(tcase, many_states_are_forgotten_and_made_anew);
    tcase_add_test(tcase, one_line_of_a_megabyte);
    return run_suite("highlight", tcase);
}
