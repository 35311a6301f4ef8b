/* SPDX-License-Identifier: MIT
 * test_yaml.c - YAML as authors write it, right and wrong, and the values that come of it. */
#include "unit.h"

#include "base/buf.h"
#include "text/yaml.h"

#include <math.h>
#include <string.h>

static Arena arena;
static Diag *diag;

static void set_up(void) {
    diag = diag_new();
}

static void tear_down(void) {
    diag_free(diag);
    arena_release(&arena);
}

static Value *parse(Str text) {
    return yaml_parse(&arena, STR("in.yaml"), text, 1, YAML_MAX_FILE, diag);
}

static Str as_json(const Value *value) {
    Buf buf = {0};
    value_add_json(&buf, value);
    Str json = str_copy(&arena, buf_str(&buf));
    buf_release(&buf);
    return json;
}

static const struct {
    const char *text, *json;
} value_rows[] = {
    {"", "null"},
    {"# only a comment\n", "null"},
    {"---\n", "null"},
    {"a: 1\nb: two\n", "{\"a\":1,\"b\":\"two\"}"},
    {"\xEF\xBB\xBF"
     "a: 1\n",
     "{\"a\":1}"},
    {"a: 1\r\nb: 2\r\n", "{\"a\":1,\"b\":2}"},
    {"---\na: 1\n...\n", "{\"a\":1}"},
    {"[1, -3, 0, +5]", "[1,-3,0,5]"},
    {"[007, 0x1F, 0o7, -01, 1_000]", "[\"007\",\"0x1F\",\"0o7\",\"-01\",\"1_000\"]"},
    {"[1.5, 0.25, -3.75, 1.10, 2.0, 1e3]", "[1.5,0.25,-3.75,\"1.10\",\"2.0\",\"1e3\"]"},
    {"[00.5, 1.2.3, ., e5, 1e, 1e+, .inf, .nan, 12e9999]",
     "[\"00.5\",\"1.2.3\",\".\",\"e5\",\"1e\",\"1e+\",\".inf\",\".nan\",\"12e9999\"]"},
    {"[9223372036854775807, 9223372036854775808]", "[9223372036854775807,\"9223372036854775808\"]"},
    {"[true, True, FALSE, yes, no, on, tRue]", "[true,true,false,\"yes\",\"no\",\"on\",\"tRue\"]"},
    {"[null, ~, Null, nULL]", "[null,null,null,\"nULL\"]"},
    {"['1', \"true\", '', 2020-01-01]", "[\"1\",\"true\",\"\",\"2020-01-01\"]"},
    {"a:\nb: ''\n", "{\"a\":null,\"b\":\"\"}"},
    {"title: [Insert feature name]\n", "{\"title\":[\"Insert feature name\"]}"},
    {"a: |\n  x\n  y\nb: >\n  x\n  y\n", "{\"a\":\"x\\ny\\n\",\"b\":\"x y\\n\"}"},
    {"a:\n  - x\n  - b: 1\n    c: [d, {e: f}]\n",
     "{\"a\":[\"x\",{\"b\":1,\"c\":[\"d\",{\"e\":\"f\"}]}]}"},
    {"'quoted key': 1\n1: 2\n", "{\"quoted key\":1,\"1\":2}"},
    {"a: \"\\u00e9\\n\"\n", "{\"a\":\"é\\n\"}"},
    {"url: https://example.org/#x\n", "{\"url\":\"https://example.org/#x\"}"},
};

START_TEST(yaml_gives_values) {
    const char *text = value_rows[_i].text;
    const Value *value = parse(str_from(text));
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    ck_assert_msg(value, "%s: %s", text, count ? findings[0].message.data : "");
    ck_assert_uint_eq(count, 0);
    ASSERT_TEXT(text, as_json(value), value_rows[_i].json);
}
END_TEST

static const struct {
    Str text;
    const char *code;
    uint32_t line, column; /* with the first line at 10 */
    const char *hint;      /* a part of it */
} error_rows[] = {
    {STR("owner: @alice\n"), "yaml.syntax", 10, 8, "owner: \"@alice\""},
    {STR("a: 1\ntitle: Design: part 2\n"), "yaml.syntax", 11, 14, "title: \"Design: part 2\""},
    {STR("p: %50\n"), "yaml.syntax", 10, 4, "p: \"%50\""},
    {STR("p: `x`\n"), "yaml.syntax", 10, 4, "p: \"`x`\""},
    {STR("a:\n\tb: 1\n"), "yaml.syntax", 11, 1, "spaces"},
    {STR("a: 1\nb: 2\na: 3\n"), "yaml.duplicate-key", 12, 1, "remove"},
    {STR("x: *foo\n"), "yaml.alias", 10, 4, "x: \"*foo\""},
    {STR("x: *foo*\n"), "yaml.syntax", 10, 8, "x: \"*foo*\""},
    {STR("*a : b\n"), "yaml.alias", 10, 1, ""},
    {STR("x: &foo bar\n"), "yaml.alias", 10, 4, "x: \"&foo bar\""},
    {STR("x: !important\n"), "yaml.tag", 10, 4, "x: \"!important\""},
    {STR("%TAG ! tag:x,2000:\n---\na: 1\n"), "yaml.tag", 10, 1, "TAG"},
    {STR("<<: {a: 1}\n"), "yaml.merge", 10, 1, "write the keys out"},
    {STR("a: 1\nb: caf\xE9\n"), "yaml.encoding", 11, 7, "UTF-8"},
    {STR("a: x\x01\n"), "yaml.syntax", 10, 5, "character"},
    {STR("a: x\0y\n"), "yaml.syntax", 10, 5, "character"},
    {STR("a: \"\\0\"\n"), "yaml.syntax", 10, 4, ""},
    {STR("t: 'It's'\n"), "yaml.syntax", 10, 8, "t: \"It's\""},
    {STR("t: \"say \"x\"\"\n"), "yaml.syntax", 10, 10, "t: 'say \"x\"'"},
    {STR("t: [Draft] My\n"), "yaml.syntax", 10, 12, "t: \"[Draft] My\""},
    {STR("t: \"abc\nb: 1\n"), "yaml.syntax", 10, 4, "close it"},
    {STR("t: {{ name }}\n"), "yaml.key", 10, 5, "t: \"{{ name }}\""},
    {STR("a: 1\njust text\nb: 2\n"), "yaml.syntax", 11, 1, "key: value"},
    {STR("t:Foo\nowner: x\n"), "yaml.syntax", 11, 6, "space after"},
    {STR("a: 1\n---\nb: 2\n"), "yaml.document", 11, 1, "---"},
    {STR("é: @x\n"), "yaml.syntax", 10, 5, "é: \"@x\""},
    {STR("\xEF\xBB\xBFo: @x\n"), "yaml.syntax", 10, 7, "o: \"@x\""},
    {STR("a: [1, 2\nb: 3\n"), "yaml.syntax", 10, 4, ""},
    {STR("a: {b\n"), "yaml.syntax", 10, 4, ""},
    {STR("a: \"C:\\q\"\n"), "yaml.syntax", 10, 7, "single quotes"},
    {STR("a: - b\n"), "yaml.syntax", 10, 4, "line below"},
    {STR("? [a]\n: b\n"), "yaml.key", 10, 3, ""},
    {STR("'': b\n"), "yaml.key", 10, 1, "name"},
    {STR("a: \"\\uD800\"\n"), "yaml.syntax", 10, 7, ""},
    {STR("a: 1\r\nb: @x\r\n"), "yaml.syntax", 11, 4, "b: \"@x\""},
};

START_TEST(mistakes_are_reported_at_their_place) {
    Str text = error_rows[_i].text;
    ck_assert_msg(!yaml_parse(&arena, STR("f.md"), text, 10, YAML_MAX_FRONT_MATTER, diag), "%s",
                  text.data);
    size_t count;
    const Finding *finding = diag_findings(diag, &count);
    ck_assert_msg(count >= 1, "%s", text.data);
    ASSERT_TEXT(text.data, finding->code, error_rows[_i].code);
    ASSERT_TEXT(text.data, finding->pos.file, "f.md");
    ck_assert_msg(finding->pos.line == error_rows[_i].line, "%s: line %u", text.data,
                  (unsigned)finding->pos.line);
    ck_assert_msg(finding->pos.column == error_rows[_i].column, "%s: column %u", text.data,
                  (unsigned)finding->pos.column);
    ck_assert_msg(str_contains(finding->hint, str_from(error_rows[_i].hint)), "%s: hint %s",
                  text.data, finding->hint.data);
}
END_TEST

START_TEST(duplicates_show_both_places) {
    ck_assert_ptr_null(parse(STR("a:\n  é: 1\n  b: 2\n  é: 3\na: 4\n")));
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert(findings[0].pos.line == 4 && findings[0].pos.column == 3);
    ck_assert(findings[0].second.line == 2 && findings[0].second.column == 3);
    ck_assert(findings[0].pos.length == 2 && findings[0].second_note.len > 0);
    ck_assert(findings[1].pos.line == 5 && findings[1].second.line == 1);
}
END_TEST

START_TEST(values_know_their_place) {
    const Value *root = yaml_parse(&arena, STR("f"), STR("é: x\nlist:\n  - 'y'\n"), 3, 100, diag);
    const Value *item = value_get(root, STR("list"))->items[0];
    ck_assert(item->line == 5 && item->column == 5 && item->quoted);
    ck_assert(root->entries[1].line == 4 && root->entries[1].column == 1);
    const Value *first = value_get(root, STR("é"));
    ck_assert(first->line == 3 && first->column == 5 && !first->quoted);
}
END_TEST

static Str repeated(const char *part, size_t count) {
    Buf buf = {0};
    for (size_t i = 0; i < count; i++)
        buf_add(&buf, str_from(part));
    Str text = str_copy(&arena, buf_str(&buf));
    buf_release(&buf);
    return text;
}

static const struct {
    const char *part;
    size_t count;
    const char *code; /* NULL: it is fine */
} bound_rows[] = {
    {"[", 60000, "yaml.depth"},
    {"- ", 30000, "yaml.depth"},
    {"{a: ", 15000, "yaml.depth"},
    {"[", 65, "yaml.depth"},
    {"- x\n", 19999, NULL},
    {"- x\n", 20000, "yaml.size"},
    {"- [x]\n", 10000, "yaml.size"},
    {"a: 1\n", 10000, "yaml.duplicate-key"},
    {"x", 1024 * 1024, NULL},
    {"x", 1024 * 1024 + 1, "yaml.size"},
    {"\n", 100000, NULL},
    {"- *a\n", 10000, "yaml.alias"},
    {"? ", 10000, "yaml.key"},
    {"\"", 60001, "yaml.syntax"},
    {"a: ", 1000, "yaml.syntax"},
};

START_TEST(bounds_hold) {
    Str text = repeated(bound_rows[_i].part, bound_rows[_i].count);
    const Value *value = parse(text);
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    ck_assert_msg((value == NULL) == (bound_rows[_i].code != NULL), "%s", bound_rows[_i].part);
    ck_assert_uint_le(count, 20);
    if (bound_rows[_i].code) {
        ck_assert_uint_ge(count, 1);
        ASSERT_TEXT(bound_rows[_i].part, findings[0].code, bound_rows[_i].code);
    }
}
END_TEST

/* Whatever the bytes are: a value, or a reason why not. */
START_TEST(random_bytes_give_a_value_or_a_finding) {
    static const char alphabet[] = "ab1 \n\n\t:-[]{}?,&*!|>'\"%@`#\\~.<=\xC3\xA9\xFF";
    char text[48];
    uint32_t random = (uint32_t)_i * 2654435761u + 1;
    for (int round = 0; round < 3000; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
        }
        Diag *own = diag_new();
        const Value *value = yaml_parse(&arena, STR("f"), (Str){text, sizeof text}, 1, 99, own);
        ck_assert_int_eq(value != NULL, diag_count(own, SEVERITY_ERROR) == 0);
        diag_free(own);
        arena_reset(&arena);
    }
}
END_TEST

START_TEST(values_are_built_and_read) {
    Value *map = value_map(&arena), *list = value_list(&arena);
    for (int i = 0; i < 100; i++)
        value_append(&arena, list, value_int(&arena, i));
    value_set(&arena, map, STR("list"), list);
    value_set(&arena, map, STR("a"), value_text(&arena, STR("x")));
    value_set(&arena, map, STR("a"), value_bool(&arena, true));
    Value *inner = value_map(&arena);
    value_set(&arena, inner, STR("b"), value_number(&arena, 0.1));
    value_set(&arena, map, STR("inner"), inner);
    ck_assert_uint_eq(map->count, 3);
    ck_assert_int_eq(value_as_int(list->items[99], -1), 99);
    ck_assert(value_as_bool(value_get(map, STR("a")), false));
    ASSERT_TEXT("path", value_as_text(value_path(map, STR("inner.b"))), "0.1");
    ck_assert_ptr_null(value_path(map, STR("inner.b.c")));
    ck_assert_ptr_null(value_path(map, STR("none.b")));
    ck_assert_ptr_eq(value_path(map, STR("")), map);
    Value *copy = value_copy(&arena, map);
    ASSERT_TEXT("copy", as_json(copy), str_terminated(&arena, as_json(map)));
    value_append(&arena, copy->entries[0].value, value_null(&arena));
    ck_assert_uint_eq(list->count, 100);
    ck_assert_uint_eq(copy->entries[0].value->count, 101);
}
END_TEST

START_TEST(absent_values_are_fine) {
    ck_assert_ptr_null(value_get(NULL, STR("a")));
    ck_assert_ptr_null(value_path(NULL, STR("a")));
    ck_assert_ptr_null(value_copy(&arena, NULL));
    ck_assert_uint_eq(value_as_text(NULL).len, 0);
    ck_assert_int_eq(value_as_int(NULL, 7), 7);
    ck_assert(value_as_bool(NULL, true));
    ck_assert_int_eq(value_as_int(value_text(&arena, STR("1")), 7), 7);
    ASSERT_TEXT("json", as_json(NULL), "null");
    ASSERT_TEXT("inf", as_json(value_number(&arena, (double)INFINITY)), "null");
}
END_TEST

START_TEST(a_cycle_ends) {
    Value *list = value_list(&arena);
    value_append(&arena, list, list);
    Str json = as_json(list);
    ck_assert(json.len > 4 && json.len < 2000);
    ck_assert_ptr_nonnull(value_copy(&arena, list));
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("yaml");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 30);
    add_rows(tcase, yaml_gives_values, ROW_COUNT(value_rows));
    add_rows(tcase, mistakes_are_reported_at_their_place, ROW_COUNT(error_rows));
    tcase_add_test(tcase, duplicates_show_both_places);
    tcase_add_test(tcase, values_know_their_place);
    add_rows(tcase, bounds_hold, ROW_COUNT(bound_rows));
    add_rows(tcase, random_bytes_give_a_value_or_a_finding, 4);
    tcase_add_test(tcase, values_are_built_and_read);
    tcase_add_test(tcase, absent_values_are_fine);
    tcase_add_test(tcase, a_cycle_ends);
    return run_suite("yaml", tcase);
}
