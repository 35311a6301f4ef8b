/* SPDX-License-Identifier: MIT
 * test_slug.c - anchors as github.com makes them. */
#include "unit.h"

#include "base/fs.h"
#include "text/slug.h"
#include "text/yaml.h"

#include <stdio.h>

static const struct {
    const char *heading, *slug;
} slug_rows[] = {
    {"Goals", "goals"},
    {"1. Goals & Non-Goals", "1-goals--non-goals"},
    {"What's new?", "whats-new"},
    {"API: `GET /leads`", "api-get-leads"},
    {"snake_case stays", "snake_case-stays"},
    {"Ärger mit Größe", "ärger-mit-größe"},
    {"ΩMEGA", "ωmega"},
    {"日本語 見出し", "日本語-見出し"},
    {"Emoji 🎉 party", "emoji--party"},
    {"a — b", "a--b"},
    {"tab\there", "tabhere"},
    {"no\xC2\xA0"
     "break",
     "nobreak"},
    {"🎉", ""},
    {"", ""},
    {"  two  spaces ", "--two--spaces-"},
    {"C++ / C#", "c--c"},
    {"v1.2.3", "v123"},
    {"bad \xFF byte", "bad--byte"},
};

START_TEST(anchors_equal_githubs) {
    Arena arena = {0};
    const char *heading = slug_rows[_i].heading;
    ASSERT_TEXT(heading, slug_make(&arena, str_from(heading)), slug_rows[_i].slug);
    arena_release(&arena);
}
END_TEST

START_TEST(repeated_anchors_get_the_first_free_number) {
    static const char *const headings[] = {"a", "A", "a-1", "a", "a-1", "🎉", "🎉", "a"};
    static const char *const slugs[] = {"a", "a-1", "a-1-1", "a-2", "a-1-2", "", "-1", "a-3"};
    Arena arena = {0};
    SlugSet set = {0};
    for (size_t i = 0; i < 8; i++) {
        ASSERT_TEXT(headings[i], slug_unique(&set, &arena, str_from(headings[i])), slugs[i]);
    }
    slugset_release(&set);
    arena_release(&arena);
}
END_TEST

START_TEST(many_equal_headings_stay_cheap) {
    Arena arena = {0};
    SlugSet set = {0};
    Str slug = STR_EMPTY;
    for (int i = 0; i < 20000; i++)
        slug = slug_unique(&set, &arena, STR("Same"));
    ASSERT_TEXT("last", slug, "same-19999");
    slugset_release(&set);
    arena_release(&arena);
}
END_TEST

/* One line of a facts file, which is JSON and so YAML: "headings" has [depth, line, slug, text]. */
static size_t check_page(Arena *arena, Str line) {
    SlugSet set = {0};
    const Value *page = yaml_parse(arena, STR("facts"), line, 1, YAML_MAX_FILE, NULL);
    const Value *headings = value_get(page, STR("headings"));
    size_t count = headings ? headings->count : 0;
    for (size_t i = 0; i < count; i++) {
        const Value *heading = headings->items[i];
        Str text = value_as_text(heading->items[3]), slug = value_as_text(heading->items[2]);
        ASSERT_TEXT(str_terminated(arena, text), slug_unique(&set, arena, text),
                    str_terminated(arena, slug));
    }
    slugset_release(&set);
    return count;
}

START_TEST(anchors_of_real_pages_equal_the_expected_ones) {
    static const char *const files[] = {"keps", "rust-rfcs", "aries-rfcs", "odh-adrs"};
    Arena arena = {0};
    Str path = str_format(&arena, "../shared/corpora/expected/%s.facts.jsonl", files[_i]), text;
    if (!fs_read(&arena, path.data, 64 << 20, &text)) {
        printf("skipped: there is no %s\n", path.data);
        return;
    }
    size_t count = 0;
    for (Str line; str_next_line(&text, &line);) {
        count += check_page(&arena, line);
    }
    ck_assert_uint_gt(count, 100);
    arena_release(&arena);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("slug");
    add_rows(tcase, anchors_equal_githubs, ROW_COUNT(slug_rows));
    tcase_add_test(tcase, repeated_anchors_get_the_first_free_number);
    tcase_add_test(tcase, many_equal_headings_stay_cheap);
    add_rows(tcase, anchors_of_real_pages_equal_the_expected_ones, 4);
    return run_suite("slug", tcase);
}
