/* SPDX-License-Identifier: MIT
 * test_gfm.c - the examples of the GFM specification through our parser and renderer.
 *
 * Both sides are brought to one form first: attributes sorted, white space that means nothing
 * dropped, and what we add on purpose (anchors, the scrollable frame of tables, labels) taken off.
 * What still differs must be listed with its reason in tests/spec/gfm-differences.txt. */
#include "unit.h"

#include "base/fs.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/html.h"
#include "text/markdown.h"

#include <stdio.h>
#include <string.h>

#define FENCE "````````````````````````````````"

typedef struct Example {
    Str markdown, html;
} Example;

static Arena arena;
static VEC(Example) examples;
static VEC(int) differences; /* numbers of the examples listed as different */

/* Before the tests run, libcheck cannot report. */
static void require(bool is_true, const char *what) {
    if (!is_true) {
        fprintf(stderr, "%s\n", what);
        exit(EXIT_FAILURE);
    }
}

static void read_examples(void) {
    Str text, line;
    require(fs_read(&arena, "tests/spec/gfm-0.29.txt", 1 << 20, &text), "no gfm-0.29.txt");
    Buf part = {0};
    Example example = {0};
    int state = 0; /* outside, Markdown, HTML */
    while (str_next_line(&text, &line)) {
        if (state == 0) {
            state = str_starts_with(line, STR(FENCE " example"));
        } else if (str_equal(line, STR(".")) || (state == 2 && str_equal(line, STR(FENCE)))) {
            *(state == 1 ? &example.markdown : &example.html) = str_copy(&arena, buf_str(&part));
            buf_reset(&part);
            if (state == 2)
                vec_push(&examples, example);
            state = state == 1 ? 2 : 0;
        } else {
            for (Str head, tail = line; line.len; line = tail) {
                bool has_tab = str_find(line, STR("→")) != STR_NONE;
                size_t at = has_tab ? str_find(line, STR("→")) : line.len;
                head = str_slice(line, 0, at);
                tail = str_from_offset(line, at + (has_tab ? STR("→").len : 0));
                buf_add(&part, head);
                buf_add(&part, has_tab ? STR("\t") : STR_EMPTY);
            }
            buf_add_char(&part, '\n');
        }
    }
    buf_release(&part);
}

static void read_differences(void) {
    Str text, line, number, reason;
    require(fs_read(&arena, "tests/spec/gfm-differences.txt", 1 << 20, &text), "no differences");
    while (str_next_line(&text, &line)) {
        int64_t value;
        if (!line.len || line.data[0] == '#')
            continue;
        bool is_cut = str_cut(line, ' ', &number, &reason) && reason.len;
        require(is_cut && str_to_int(number, &value), "a difference without number or reason");
        vec_push(&differences, (int)value);
    }
}

static bool is_listed(int number) {
    for (size_t i = 0; i < differences.count; i++) {
        if (differences.items[i] == number)
            return true;
    }
    return false;
}

/* To one form */

static bool is_block_tag(Str name) {
    static const char *const names[] = {
        "p",   "h1",    "h2",    "h3", "h4", "h5", "h6", "ul",    "ol",  "li",  "blockquote",
        "pre", "table", "thead", "tr", "th", "td", "hr", "tbody", "div", "del", "section"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, str_from(names[i])))
            return true;
    }
    return false;
}

/* An attribute that we add, or NULL; ours to theirs for those that only look different. */
static const char *theirs(Str tag, Str name, Str value, Str *out) {
    static const char *const ours[] = {"loading", "decoding", "scope",      "data-state",
                                       "role",    "tabindex", "aria-label", NULL};
    *out = value;
    for (size_t i = 0; ours[i]; i++) {
        if (str_equal(name, str_from(ours[i])))
            return NULL;
    }
    if (str_equal(name, STR("id")) && tag.len == 2 && tag.data[0] == 'h')
        return NULL;
    if (str_equal(name, STR("class"))) {
        if (str_starts_with(value, STR("align-"))) {
            *out = str_from_offset(value, 6);
            return "align";
        }
        if (str_equal(value, STR("task")) || str_equal(value, STR("contains-tasks")))
            return NULL;
    }
    return str_terminated(&arena, str_lower(&arena, name));
}

static int compare_text(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void add_tag(Buf *out, const HtmlTag *tag, Str name) {
    Str parts[32];
    size_t count = 0;
    for (size_t i = 0; i < tag->attribute_count; i++) {
        Str value;
        Buf decoded = {0};
        html_add_unescaped(&decoded, tag->attributes[i].value);
        const char *attribute = theirs(name, tag->attributes[i].name, buf_str(&decoded), &value);
        if (attribute)
            parts[count++] = str_format(&arena, " %s=\"" STR_FMT "\"", attribute, STR_ARG(value));
        buf_release(&decoded);
    }
    qsort(parts, count, sizeof *parts, compare_text);
    buf_add(out, tag->is_closing ? STR("</") : STR("<"));
    buf_add(out, name);
    for (size_t i = 0; i < count; i++)
        buf_add(out, parts[i]);
    buf_add_char(out, '>');
}

/* Text: references decoded; outside <pre>, runs of white space as one space, none at blocks. */
static void add_text(Buf *out, Str text, bool is_pre, bool trims) {
    Buf decoded = {0};
    html_add_unescaped(&decoded, text);
    for (size_t i = 0; i < decoded.len; i++) {
        char c = decoded.data[i];
        bool is_blank = c == ' ' || c == '\n' || c == '\t';
        if (is_pre || !is_blank)
            html_add_escaped(out, str_slice(buf_str(&decoded), i, i + 1));
        else if (!(trims && out->len && out->data[out->len - 1] == '>') && out->len &&
                 out->data[out->len - 1] != ' ')
            buf_add_char(out, ' ');
        trims &= is_blank;
    }
    buf_release(&decoded);
}

static void trim_end(Buf *out) {
    while (out->len && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '\n'))
        out->len--;
}

static bool has_class(const HtmlTag *tag, const char *name) {
    Buf value = {0};
    bool found = html_attribute(tag, "class", &value) && str_equal(buf_str(&value), str_from(name));
    buf_release(&value);
    return found;
}

static Str normalised(Str html) {
    Buf out = {0};
    HtmlTag tag;
    size_t at = 0, before = 0;
    bool is_pre = false, trims = true, skips_end = false;
    int frames = 0;
    while (html_next_tag(html, &at, &tag)) {
        add_text(&out, str_slice(html, before, tag.at), is_pre, trims);
        before = at;
        Str name = str_lower(&arena, tag.name);
        bool is_anchor = str_equal(name, STR("a")) && has_class(&tag, "anchor");
        bool is_frame = str_equal(name, STR("div")) && has_class(&tag, "table-wrap");
        bool ends_frame = frames && tag.is_closing && str_equal(name, STR("div"));
        frames += is_frame - ends_frame;
        if (is_anchor || is_frame || ends_frame || skips_end) {
            skips_end = is_anchor;
            trims = true;
            continue;
        }
        trims = is_block_tag(name);
        if (trims && !is_pre)
            trim_end(&out);
        if (str_equal(name, STR("pre")))
            is_pre = !tag.is_closing;
        add_tag(&out, &tag, name);
    }
    add_text(&out, str_from_offset(html, before), is_pre, trims);
    trim_end(&out);
    Str result = str_copy(&arena, buf_str(&out));
    buf_release(&out);
    return result;
}

START_TEST(example_gives_the_html_of_the_specification) {
    const Example *example = &examples.items[_i];
    Markdown *markdown = markdown_new();
    RenderOptions options = {.trusted_html = true};
    Buf html = {0};
    Node *root = markdown_parse(markdown, STR("spec"), example->markdown, 0, NULL);
    markdown_render(markdown, root, &options, &html);
    Str got = normalised(buf_str(&html)), expected = normalised(example->html);
    bool is_same = str_equal(got, expected);
    if (is_listed(_i + 1))
        ck_assert_msg(!is_same, "example %d no longer differs: take it off the list", _i + 1);
    else
        ck_assert_msg(is_same, "example %d\n" STR_FMT "-- got\n" STR_FMT "\n-- expected\n" STR_FMT,
                      _i + 1, STR_ARG(example->markdown), STR_ARG(got), STR_ARG(expected));
    buf_release(&html);
    markdown_free(markdown);
}
END_TEST

START_TEST(all_examples_are_there) {
    ck_assert_uint_eq(examples.count, 673);
}
END_TEST

int main(void) {
    read_examples();
    read_differences();
    TCase *tcase = tcase_create("gfm");
    tcase_add_test(tcase, all_examples_are_there);
    add_rows(tcase, example_gives_the_html_of_the_specification, (int)examples.count);
    int status = run_suite("gfm", tcase);
    vec_release(&examples);
    vec_release(&differences);
    arena_release(&arena);
    return status;
}
