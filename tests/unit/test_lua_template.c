/* SPDX-License-Identifier: MIT
 * What templates give, run through the engine with a small theme in a temporary folder. A row's
 * source may hold further files: "=== parts/x.html" on a line of its own starts one. */
#include "lua/lua_template.h"

#include "base/path.h"

#include <check.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The variables. `page` is a handle as the host makes them: userdata whose methods want self. */
static const char context[] =
    "local page, other = ...\n"
    "local function fields(t) return {__index = function(_, k)\n"
    "  local v = t[k] if v == nil then error('Page has no field \\'' .. tostring(k) .. '\\'"
    "; did you mean \\'title\\'?', 2) end return v end} end\n"
    "local set = setmeta\n"
    "set(other, fields{title = 'Other', path = 'o.md'})\n"
    "set(page, fields{title = 'A <b> & \"c\"', path = 'a.md', kind = 'design', meta = {owner = "
    "'Ann'},"
    "  href = function(self, to) return (self.path) .. '->' .. to.path .. '?a&b' end})\n"
    "return {page = page, other = other, content = '<p>text</p>', zero = 0, empty = '', list = {1, "
    "2, 3},\n"
    "  none_here = {}, map = {b = 2, a = 1, c = 3}, name = 'x<y', yes = true, no = false, half = "
    "2.5,\n"
    "  two = 2.0, words = {'b', 'A', 'c'}, html = '<i>n</i> &amp; <!-- x -->m',\n"
    "  items = {{t = 'x', n = 2, g = 'q'}, {t = 'a10', n = 1, g = 'p'}, {t = 'a2', n = 3, g = "
    "'q'}},\n"
    "  slot = function(n, arg) if n == 'none' then return nil end return '<s>' .. n .. "
    "(arg and arg.title or '') .. '</s>' end,\n"
    "  fail = function() error('it broke') end, tags = {'<a>', '<b>'}}";

typedef struct Row {
    const char *name, *source, *expected;
} Row;

static const Row rows[] = {
    {"text", "a {b} % # \n", "a {b} % # \n"},
    {"escape", "{{ page.title }}", "A &lt;b&gt; &amp; &quot;c&quot;"},
    {"safe", "{{ name | safe }}{{ name }}", "x<yx&lt;y"},
    {"content_is_trusted", "{{ content }}", "<p>text</p>"},
    {"slot_is_trusted", "{{ slot('head') }}|{{ slot('card', other) }}|{{ slot('none') }}",
     "<s>head</s>|<s>cardOther</s>|"},
    {"slot_in_set", "{% set s = slot('x') %}{% if s %}{{ s }}{% endif %}", "<s>x</s>"},
    {"undefined_is_empty", "[{{ nope }}{{ nope.deeper.still }}{{ page.meta.nope }}]", "[]"},
    {"method_gets_self", "{{ page.href(other) }}", "a.md-&gt;o.md?a&amp;b"},
    {"field_of_map", "{{ map.a }}{{ map['b'] }}{{ page['kind'] }}", "12design"},
    {"index", "{{ list[0] }}{{ list[-1] }}{{ list[9] }}{{ [7, 8][1] }}", "138"},
    {"numbers",
     "{{ 1 + 2 * 3 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ 4 / 2 }} {{ half }} {{ two }} {{ 2 ** 3 }}",
     "7 3 3 2 2.5 2 8"},
    {"unary", "{{ -1 }} {{ 3 - -1 }} {{ -1 | abs }} {{ 2-1 }}", "-1 4 1 1"},
    {"concat", "{{ 'a' ~ 1 ~ name }}", "a1x&lt;y"},
    {"concat_keeps_trust", "{{ content ~ name }}", "<p>text</p>x&lt;y"},
    {"add_lists", "{{ (list + [4]) | join(',') }}", "1,2,3,4"},
    {"text_escapes", "{{ 'it\\'s' | safe }} {{ \"a\\\\b\" }}", "it's a\\b"},
    {"truth",
     "{{ 1 if zero else 2 }}{{ 1 if empty else 2 }}{{ 1 if none_here else 2 }}"
     "{{ 1 if list else 2 }}{{ 1 if map else 2 }}{{ 1 if page else 2 }}{{ 1 if nope else 2 }}",
     "2221112"},
    {"or_gives_value", "{{ empty or 'x' }}{{ zero or nope or 'y' }}{{ 'a' or 'b' }}", "xya"},
    {"and_gives_value", "{{ zero and 'x' }}{{ 'a' and 'b' }}{{ yes and name }}", "0bx&lt;y"},
    {"not", "{{ not empty }} {{ not yes }} {{ not zero and yes }}", "true false true"},
    {"inline_if", "{{ page.kind if page else 'x' }}{{ 'x' if no }}{{ nope if yes else 'z' }}",
     "design"},
    {"nested_inline_if", "{{ 'a' if no else 'b' if no else 'c' }}", "c"},
    {"comparisons",
     "{{ 1 < 2 }}{{ 2 <= 1 }}{{ 'a' != 'b' }}{{ page.kind == 'design' }}{{ 1 == 1.0 }}",
     "truefalsetruetruetrue"},
    {"equal_trusted", "{{ content == '<p>text</p>' }}", "true"},
    {"in", "{{ 2 in list }}{{ 9 in list }}{{ 'a' in map }}{{ 'z' not in map }}{{ '<' in name }}",
     "truefalsetruetruetrue"},
    {"is",
     "{{ nope is defined }}{{ page is defined }}{{ nope is none }}{{ name is string }}"
     "{{ 3 is odd }}{{ 4 is not even }}{{ 9 is divisibleby(3) }}{{ list is sequence }}",
     "falsetruetruetruetruefalsetruetrue"},
    {"not_is", "{{ not nope is defined }}", "true"},
    {"if_chain", "{% if no %}a{% elif zero %}b{% elif 1 %}c{% else %}d{% endif %}", "c"},
    {"for", "{% for x in list %}{{ x }},{% endfor %}", "1,2,3,"},
    {"for_else",
     "{% for x in none_here %}a{% else %}b{% endfor %}"
     "{% for x in list %}a{% else %}b{% endfor %}{% for x in nope %}{% else %}n{% endfor %}",
     "baaan"},
    {"for_map_sorted",
     "{% for k, v in map %}{{ k }}={{ v }} {% endfor %}{% for k in map %}{{ k }}{% endfor %}",
     "a=1 b=2 c=3 abc"},
    {"for_items", "{% for k, v in map.items() %}{{ k }}{% endfor %}", "abc"},
    {"for_pairs", "{% for a, b in [[1, 2], [3, 4]] %}{{ a }}{{ b }};{% endfor %}", "12;34;"},
    {"for_if",
     "{% for x in list if x != 2 %}{{ loop.index }}:{{ x }}/{{ loop.length }} {% endfor %}",
     "1:1/2 2:3/2 "},
    {"loop_fields",
     "{% for x in list %}{{ loop.index0 }}{{ loop.revindex }}{{ 'f' if loop.first }}"
     "{{ 'l' if loop.last }}{{ loop.cycle('a', 'b') }}{{ loop.previtem }} {% endfor %}",
     "03fa 12b1 21la2 "},
    {"nested_loops",
     "{% for x in list %}{% for y in [8, 9] %}{{ loop.index }}{% endfor %}{{ loop.index }} {% "
     "endfor %}",
     "121 122 123 "},
    {"range", "{% for i in range(3) %}{{ i }}{% endfor %}{{ range(5, 0, -2) | join('') }}",
     "012531"},
    {"set", "{% set a = 1 %}{% set a = a + 1 %}{{ a }}", "2"},
    {"set_in_loop_is_local",
     "{% set a = 1 %}{% for x in list %}{% set a = a + x %}{{ a }}{% endfor %}{{ a }}", "2341"},
    {"set_in_if_is_seen",
     "{% for x in list %}{% if x == 2 %}{% set b = 'y' %}{% endif %}{{ b or 'n' }}{% endfor %}",
     "nyn"},
    {"set_block", "{% set a %}<b>{{ name }}</b>{% endset %}{{ a }}", "<b>x&lt;y</b>"},
    {"namespace",
     "{% set n = namespace(sum=0) %}{% for x in list %}{% set n.sum = n.sum + x %}{% endfor %}{{ "
     "n.sum }}",
     "6"},
    {"macro",
     "{% macro m(a, b='d') %}<{{ a }}{{ b }}>{% endmacro %}{{ m(name) }}{{ m(1, b=2) }}{{ m('x') | "
     "length }}",
     "<x&lt;yd><12>4"},
    {"macro_recursion",
     "{% macro t(n) %}{{ n }}{% if n %}{{ t(n - 1) }}{% endif %}{% endmacro %}{{ t(3) }}", "3210"},
    {"macro_sees_globals_only",
     "{% macro m() %}{{ name }}{{ x }}{% endmacro %}{% for x in list %}{{ m() }}{% endfor %}",
     "x&lt;yx&lt;yx&lt;y"},
    {"include",
     "{% for x in list %}{% include 'p.html' %}{% endfor %}{{ leak }}\n=== p.html\n[{{ x }}{{ "
     "loop.index }}{{ page.kind }}]{% set leak = 1 %}",
     "[11design][22design][33design]"},
    {"include_ignore_missing", "a{% include 'no.html' ignore missing %}b", "ab"},
    {"import",
     "{% import 'm.html' as m %}{{ m.b('<') }}{% from 'm.html' import b as c %}{{ c(1) }}"
     "\n=== m.html\ndropped{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}",
     "<b>&lt;</b><b>1</b>"},
    {"extends",
     "{% extends 'base.html' %}{% block a %}A{{ super() }}{% endblock %}"
     "\n=== base.html\n<{% block a %}a{% endblock %}|{% block b %}b{% endblock %}>",
     "<Aa|b>"},
    {"extends_three",
     "{% extends 'mid.html' %}{% block a %}1{{ super() }}{% endblock %}{% block c %}C{% endblock %}"
     "\n=== mid.html\n{% extends 'base.html' %}{% block a %}2{{ super() }}{% block c %}c{% "
     "endblock %}{% endblock %}"
     "\n=== base.html\n{% block a %}3{% endblock %}",
     "123C"},
    {"extends_set",
     "{% extends 'base.html' %}{% set title = 'T' %}\n=== base.html\n{{ title or 'none' }}{% block "
     "x %}{{ title }}{% endblock %}",
     "TT"},
    {"macro_in_block",
     "{% extends 'base.html' %}{% macro m(x) %}({{ x }}){% endmacro %}{% block a %}{{ m(1) }}{% "
     "endblock %}"
     "\n=== base.html\n{% block a %}{% endblock %}",
     "(1)"},
    {"raw", "{% raw %}{{ x }} {% if %}{% endraw %}{{ 1 }}", "{{ x }} {% if %}1"},
    {"comment", "a{# {{ x }} {% if %} #}b", "ab"},
    {"trim", "a  {%- if 1 -%}  b  {%- endif -%}  c {{- 1 -}} d", "abc1d"},
    {"lone_tags_leave_no_line", "a\n  {% if 1 %}\n  b\n  {# c #}\n  {% endif %}  \nd\n",
     "a\n  b\nd\n"},
    {"tag_in_line_keeps_spaces", "a {% if 1 %} b {% endif %}\nc", "a  b \nc"},
    {"lua_keywords_as_names",
     "{% set end = 1 %}{% for local in list %}{{ local }}{% endfor %}{{ end }}"
     "{% macro then(function) %}{{ function }}{% endmacro %}{{ then(5) }}",
     "12315"},
    {"braces_in_map", "{{ {'a': {'b': 3}}.a.b }}", "3"},
    {"close_in_text", "{{ '}}' }}{{ \"%}\" }}", "}}%}"},
    {"f_upper", "{{ 'aé' | upper }}{{ 'ÀB' | lower }}{{ 'ab cd' | title }}{{ 'aB' | capitalize }}",
     "AéàbAb CdAb"},
    {"f_trim_default",
     "{{ ' a ' | trim }}{{ nope | default('d') }}{{ empty | default('e') }}{{ empty | default('f', "
     "true) }}",
     "adf"},
    {"f_length", "{{ list | length }}{{ 'é' | length }}{{ map | length }}{{ nope | length }}",
     "3130"},
    {"f_join", "{{ words | join(', ') }};{{ items | join('-', 't') }};{{ tags | join }}",
     "b, A, c;x-a10-a2;&lt;a&gt;&lt;b&gt;"},
    {"f_join_trusted", "{{ tags | join('<br>' | safe) }}", "&lt;a&gt;<br>&lt;b&gt;"},
    {"f_first_last", "{{ list | first }}{{ list | last }}{{ nope | first }}", "13"},
    {"f_replace", "{{ 'aXbX' | replace('X', '--') }}", "a--b--"},
    {"f_truncate",
     "{{ 'one two three' | truncate(9) }}|{{ 'äöüß' | truncate(3, true, '') }}|{{ 'ab' | "
     "truncate(5) }}",
     "one two…|äöü|ab"},
    {"f_striptags", "{{ html | striptags }}", "n &amp; m"},
    {"f_slug", "{{ 'A b, C' | slug }}", "a-b-c"},
    {"f_json", "{{ {'b': [1, 'x'], 'a': nope, 'c': yes} | json | safe }}{{ [] | json }}",
     "{\"b\":[1,\"x\"],\"c\":true}[]"},
    {"f_sort",
     "{{ words | sort | join }}{{ items | sort('t') | join(' ', 't') }}{{ list | "
     "sort(reverse=true) | join }}"
     "{{ items | sort('n') | join('', 'n') }}",
     "Abca2 a10 x321123"},
    {"f_reverse_round", "{{ list | reverse | join }}{{ 2.567 | round(1) }} {{ 2.5 | round }}",
     "3212.6 3"},
    {"f_escape_once", "{{ name | escape }}{{ name | e | safe }}", "x&lt;yx&lt;y"},
    {"f_urlencode", "{{ 'a b/ü&' | urlencode }}", "a%20b/%C3%BC%26"},
    {"f_map_sum",
     "{{ items | map('n') | join }}{{ items | sum('n') }}{{ list | max }}{{ items | min('n') | "
     "length }}",
     "213633"},
    {"f_selectattr",
     "{{ items | selectattr('g', 'eq', 'q') | join('', 'n') }}{{ items | rejectattr('g', "
     "'equalto', 'q') | join('', 'n') }}",
     "231"},
    {"f_groupby",
     "{% for g, xs in items | groupby('g') %}{{ g }}:{{ xs | join('', 'n') }} {% endfor %}",
     "p:1 q:23 "},
    {"f_unique_int", "{{ [1, 1, 2] | unique | join }}{{ '12' | int + 1 }}{{ 'x' | int(7) }}",
     "12137"},
    {"f_before_after",
     "{{ 'a-b-c' | before('-') }} {{ 'a-b-c' | after('-') }} {{ 'a' | before('-') }}{{ 'a' | "
     "after('-') }} {{ content | after('>') }}",
     "a b-c a text</p>"},
    {"filter_binds_tighter", "{{ 'a' ~ 'b' | upper }}", "aB"},
};

typedef struct Failure {
    const char *name, *source;
    const char *file;
    uint32_t line, column;
    const char *message, *hint;
} Failure;

static const Failure failures[] = {
    {"unknown_function", "a\n b {{ nofunc(1) }}", "main.html", 2, 7,
     "there is no function 'nofunc'", ""},
    {"unknown_field", "{{ page.titel }}", "main.html", 1, 9, "has no field 'titel'", "title"},
    {"method_of_nothing", "\n{{ nope.href(1) }}", "main.html", 2, 9, "no function 'href'", ""},
    {"in_include", "x\n{% include 'p.html' %}\n=== p.html\n\n\n{{ 1 + nope }}", "p.html", 3, 1,
     "cannot add", ""},
    {"in_block",
     "{% extends 'b.html' %}\n{% block a %}\n{{ list < 1 }}{% endblock %}\n=== b.html\n{% block a "
     "%}{% endblock %}",
     "main.html", 3, 1, "cannot compare", ""},
    {"print_list", "{{ list }}", "main.html", 1, 1, "a list or map is no text", ""},
    {"loop_over_text", "{% for x in name %}{% endfor %}", "main.html", 1, 1,
     "cannot loop over a string", ""},
    {"error_of_function", "\n\n{{ fail() }}", "main.html", 3, 1, "it broke", ""},
    {"missing_include", "{% include 'parts/hedaer.html' %}\n=== parts/header.html\nx", "main.html",
     1, 13, "no template 'parts/hedaer.html'", "parts/header.html"},
    {"outside_theme", "{% include '../secret' %}", "main.html", 1, 13, "no template", ""},
    {"endless_include", "{% include 'main.html' %}", "main.html", 1, 1, "more than 32 deep", ""},
    {"endless_extends", "{% extends 'main.html' %}", "main.html", 1, 1, "more than 32 deep", ""},
    {"endless_macro", "{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "main.html", 1, 1,
     "more than 32 deep", ""},
    {"endless_capture", "{% macro m() %}{{ m() ~ 'x' }}{% endmacro %}\n{{ m() }}", "main.html", 1,
     1, "more than 32 deep", ""},
    {"super_without_parent", "{% block a %}{{ super() }}{% endblock %}", "main.html", 1, 1,
     "no template above", ""},
    {"broken_include", "{% include 'p.html' %}\n=== p.html\n{{ a | nope }}", "p.html", 1, 8,
     "no filter 'nope'", ""},
    {"set_foreign_table", "{% set map.a = 1 %}", "main.html", 1, 1, "only fields of a namespace",
     ""},
    {"huge_range", "{{ range(100000000) | length }}", "main.html", 1, 1, "range() of more", ""},
    {"missing_macro", "{% from 'm.html' import x %}\n=== m.html\ny", "main.html", 1, 25,
     "no macro 'x'", ""},
};

static char folder[64];
static lua_State *L;
static Diag *diag;
static Theme theme;
static TemplateEngine *engine;
static Arena arena;

static int set_meta(lua_State *state) {
    lua_settop(state, 2);
    lua_setmetatable(state, 1);
    return 1;
}

static void push_context(void) {
    lua_register(L, "setmeta", set_meta);
    ck_assert_msg(luaL_loadstring(L, context) == LUA_OK, "%s", lua_tostring(L, -1));
    lua_newuserdatauv(L, 1, 0);
    lua_newuserdatauv(L, 1, 0);
    ck_assert_msg(lua_pcall(L, 2, 1, 0) == LUA_OK, "%s", lua_tostring(L, -1));
}

static void set_up(void) {
    strcpy(folder, "/tmp/quoin-template-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    L = luaL_newstate();
    luaL_openlibs(L);
    diag = diag_new();
    theme = (Theme){.name = STR("test"), .folders = {folder}};
    engine = template_engine_new(L, &theme, diag);
    push_context();
}

static void tear_down(void) {
    lua_close(L);
    template_engine_free(engine);
    diag_free(diag);
    fs_remove_tree(folder);
    arena_release(&arena);
}

static void write_file(Str name, Str text) {
    Str path = path_join(&arena, str_from(folder), name);
    ck_assert(fs_make_dirs(str_terminated(&arena, path_dir(path))));
    ck_assert(fs_write(str_terminated(&arena, path), text));
}

/* "main.html" and what follows each "\n=== name" line. */
static void write_theme(const char *source) {
    Str rest = str_from(source), name = STR("main.html");
    for (;;) {
        size_t next = str_find(rest, STR("\n=== "));
        bool last = next == STR_NONE;
        write_file(name, str_slice(rest, 0, last ? rest.len : next));
        if (last)
            return;
        rest = str_from_offset(rest, next + 5);
        str_next_line(&rest, &name);
    }
}

START_TEST(template_gives) {
    Buf out = {0};
    buf_add_literal(&out, "before ");
    write_theme(rows[_i].source);
    bool ok = template_engine_render(engine, "main.html", -1, &out);
    diag_print(diag, &(DiagPrint){.format = DIAG_HUMAN}, stderr);
    ck_assert_msg(ok, "%s: failed", rows[_i].name);
    ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
    Str got = str_from_offset(buf_str(&out), 7);
    ck_assert_msg(str_equal(got, str_from(rows[_i].expected)), "%s:\n%.*s\n%s", rows[_i].name,
                  STR_ARG(got), rows[_i].expected);
    buf_release(&out);
}
END_TEST

START_TEST(failure_leaves_nothing_and_names_place) {
    const Failure *row = &failures[_i];
    Buf out = {0};
    size_t count = 0;
    buf_add_literal(&out, "before ");
    write_theme(row->source);
    ck_assert_msg(!template_engine_render(engine, "main.html", -1, &out), "%s", row->name);
    ck_assert(str_equal(buf_str(&out), STR("before ")));
    const Finding *found = diag_findings(diag, &count);
    ck_assert_msg(count == 1, "%s: %zu findings", row->name, count);
    ck_assert_msg(str_contains(found->message, str_from(row->message)), "%s: %.*s", row->name,
                  STR_ARG(found->message));
    ck_assert_msg(str_contains(found->hint, str_from(row->hint)), "%s: hint %.*s", row->name,
                  STR_ARG(found->hint));
    ck_assert_msg(str_ends_with(found->pos.file, str_from(row->file)), "%s: %.*s", row->name,
                  STR_ARG(found->pos.file));
    ck_assert_msg(found->pos.line == row->line && found->pos.column == row->column, "%s: %u:%u",
                  row->name, found->pos.line, found->pos.column);
    buf_release(&out);
}
END_TEST

START_TEST(engine_works_after_a_failure) {
    Buf out = {0};
    write_theme("{% if fails %}{{ fail() }}{% endif %}fine");
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, "fails");
    int top = lua_gettop(L);
    ck_assert(!template_engine_render(engine, "main.html", -1, &out));
    lua_pushnil(L);
    lua_setfield(L, -2, "fails");
    ck_assert(template_engine_render(engine, "main.html", -1, &out));
    ck_assert(str_equal(buf_str(&out), STR("fine")));
    ck_assert_int_eq(lua_gettop(L), top);
    buf_release(&out);
}
END_TEST

START_TEST(include_error_names_who_included) {
    Buf out = {0};
    size_t count = 0;
    write_theme("\n\n{% include 'p.html' %}\n=== p.html\n{{ 1 + nope }}");
    ck_assert(!template_engine_render(engine, "main.html", -1, &out));
    const Finding *found = diag_findings(diag, &count);
    ck_assert_uint_eq(found->second.line, 3);
    ck_assert(str_ends_with(found->second.file, STR("main.html")));
    ck_assert_uint_gt(found->second_note.len, 0);
    buf_release(&out);
}
END_TEST

START_TEST(missing_layout_is_reported) {
    Buf out = {0};
    ck_assert(!template_engine_render(engine, "layouts/none.html", -1, &out));
    ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
    buf_release(&out);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("lua_template");
    TCase *tcase = tcase_create("render");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, template_gives, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, failure_leaves_nothing_and_names_place, 0,
                        sizeof failures / sizeof *failures);
    tcase_add_test(tcase, engine_works_after_a_failure);
    tcase_add_test(tcase, include_error_names_who_included);
    tcase_add_test(tcase, missing_layout_is_reported);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
