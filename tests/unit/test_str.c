/* SPDX-License-Identifier: MIT
 * test_str.c - arena, str, buf, vec, map, hash and utf8. */
#include "unit.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

START_TEST(arena_gives_zeroed_aligned_memory) {
    static const size_t sizes[] = {0, 1, 15, 16, 17, 4096, 65536, 70000, 10 << 20};
    Arena arena = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *memory = arena_alloc(&arena, sizes[i]);
            ck_assert_uint_eq((uintptr_t)memory % 16, 0);
            unsigned char any = 0;
            for (size_t at = 0; at < sizes[i]; at++)
                any |= memory[at];
            ck_assert_uint_eq(any, 0);
            memset(memory, 0xAA, sizes[i]);
        }
        arena_reset(&arena);
    }
    ck_assert_uint_gt(arena.bytes, 10 << 20); /* the largest chunk is kept */
    arena_release(&arena);
    ck_assert_uint_eq(arena.bytes, 0);
}
END_TEST

START_TEST(arena_keeps_many_small_things_apart) {
    Arena arena = {0};
    uint32_t *numbers[20000];
    for (uint32_t i = 0; i < 20000; i++)
        *(numbers[i] = arena_new(&arena, uint32_t)) = i;
    for (uint32_t i = 0; i < 20000; i++)
        ck_assert_uint_eq(*numbers[i], i);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *text;
    bool is_number;
    int64_t number;
} int_rows[] = {
    {"0", true, 0},
    {"-0", true, 0},
    {"+7", true, 7},
    {"007", true, 7},
    {"9223372036854775807", true, INT64_MAX},
    {"-9223372036854775808", true, INT64_MIN},
    {"9223372036854775808", false, 0},
    {"-9223372036854775809", false, 0},
    {"99999999999999999999999", false, 0},
    {"", false, 0},
    {"-", false, 0},
    {"1 ", false, 0},
    {"0x1", false, 0},
    {"--1", false, 0},
};

START_TEST(numbers_are_read_whole_or_not_at_all) {
    int64_t number = 0;
    const char *text = int_rows[_i].text;
    ck_assert_msg(str_to_int(str_from(text), &number) == int_rows[_i].is_number, "%s", text);
    if (int_rows[_i].is_number)
        ck_assert_msg(number == int_rows[_i].number, "%s", text);
}
END_TEST

static const struct {
    const char *a, *b;
    int order;
} natural_rows[] = {
    {"a2", "a10", -1},
    {"A2", "a10", -1},
    {"a10", "a10", 0},
    {"a", "A", 1},
    {"a01", "a1", -1},
    {"a1", "a1b", -1},
    {"", "a", -1},
    {"chapter 9", "Chapter 10", -1},
    {"v1.9.0", "v1.10.0", -1},
    {"99999999999999999999998", "99999999999999999999999", -1},
    {"a-1", "a1", -1},
};

START_TEST(natural_order_counts) {
    Str a = str_from(natural_rows[_i].a), b = str_from(natural_rows[_i].b);
    int there = str_compare_natural(a, b), back = str_compare_natural(b, a);
    ck_assert_msg((there > 0) - (there < 0) == natural_rows[_i].order, "%s", a.data);
    ck_assert_msg((back > 0) - (back < 0) == -natural_rows[_i].order, "%s", a.data);
}
END_TEST

static const struct {
    const char *a, *b;
    size_t distance;
} distance_rows[] = {
    {"", "", 0},
    {"abc", "abc", 0},
    {"abc", "abd", 1},
    {"abc", "acb", 1},
    {"abc", "ab", 1},
    {"", "ab", 2},
    {"kitten", "sitting", 3},
    {"ca", "abc", 3},
    {"abcdef", "ghijkl", 5},
};

START_TEST(distance_counts_edits_and_swaps) {
    Str a = str_from(distance_rows[_i].a), b = str_from(distance_rows[_i].b);
    ck_assert_uint_eq(str_distance(a, b, 4), distance_rows[_i].distance);
    ck_assert_uint_eq(str_distance(b, a, 4), distance_rows[_i].distance);
}
END_TEST

static const struct {
    const char *needle, *nearest;
} nearest_rows[] = {
    {"desgin", "design"},
    {"Design", "design"},
    {"api_reference", "API Reference"},
    {"desin", "design"},
    {"nothing-like-it", ""},
    {"x", ""},
    {"", ""},
    {"api.reference", "API Reference"},
    {"riks", "risks"},
    {"--", ""},
};

START_TEST(nearest_name_is_suggested) {
    const Str names[] = {STR("design"), STR("API Reference"), STR("risks"), STR("a"), STR("")};
    const char *needle = nearest_rows[_i].needle;
    ASSERT_TEXT(needle, str_nearest(str_from(needle), names, 5), nearest_rows[_i].nearest);
}
END_TEST

START_TEST(nearest_is_bounded) {
    Arena arena = {0};
    size_t len = 1 << 20;
    char *text = arena_alloc(&arena, len);
    memset(text, 'a', len);
    Str candidates[] = {{text, len - 1}, STR("a")};
    ck_assert_uint_eq(str_nearest((Str){text, len}, candidates, 2).len, 0);
    ck_assert_uint_eq(str_nearest((Str){text, 100}, candidates, 2).len, 0);
    ck_assert_uint_eq(str_distance((Str){text, len}, candidates[0], SIZE_MAX), SIZE_MAX);
    arena_release(&arena);
}
END_TEST

START_TEST(lines_end_in_lf_or_crlf) {
    Str rest = STR("one\r\n\ntwo\rx\nthree\r"), line, first = rest;
    static const char *const lines[] = {"one", "", "two\rx", "three\r"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(str_next_line(&rest, &line));
        ASSERT_TEXT("line", line, lines[i]);
        ASSERT_TEXT("by number", str_line(first, (uint32_t)i + 1), lines[i]);
    }
    ck_assert(!str_next_line(&rest, &line));
    ck_assert_uint_eq(str_line(first, 0).len, 0);
    ck_assert_uint_eq(str_line(first, 99).len, 0);
}
END_TEST

START_TEST(parts_are_clamped) {
    Str text = STR("hello"), head, tail;
    ASSERT_TEXT("slice", str_slice(text, 1, 3), "el");
    ASSERT_TEXT("beyond", str_slice(text, 3, 99), "lo");
    ASSERT_TEXT("backwards", str_slice(text, 3, 1), "");
    ASSERT_TEXT("offset", str_from_offset(text, 9), "");
    ASSERT_TEXT("trim", str_trim(STR(" \t\r\n a b \n")), "a b");
    ASSERT_TEXT("trim all", str_trim(STR(" \n ")), "");
    ck_assert(str_cut(STR("a=b=c"), '=', &head, &tail));
    ASSERT_TEXT("head", head, "a");
    ASSERT_TEXT("tail", tail, "b=c");
    ck_assert(!str_cut(text, '=', &head, &tail));
    ASSERT_TEXT("uncut", head, "hello");
    ck_assert_uint_eq(tail.len, 0);
    ck_assert_uint_eq(str_find(text, STR("")), 0);
    ck_assert_uint_eq(str_find(text, STR("lo")), 3);
    ck_assert_uint_eq(str_find(text, STR("hello!")), STR_NONE);
    ck_assert_uint_eq(str_find_last_char(text, 'l'), 3);
    ck_assert(str_ends_with(text, STR("llo")) && !str_starts_with(text, STR("hello!")));
}
END_TEST

START_TEST(empty_text_without_data_is_fine_everywhere) {
    Arena arena = {0};
    Str none = {0}, head, tail;
    ck_assert(str_equal(none, STR("")) && str_compare(none, none) == 0);
    ck_assert(str_starts_with(none, none) && str_ends_with(none, none));
    ck_assert_uint_eq(str_find_char(none, 'a'), STR_NONE);
    ck_assert(!str_cut(none, ',', &head, &tail));
    ck_assert_uint_eq(str_collapse_spaces(&arena, none).len, 0);
    ck_assert_uint_eq(str_lower(&arena, none).len + str_join(&arena, none, none).len, 0);
    ck_assert_uint_eq(hash_str(none), hash_str(STR("")));
    ck_assert_uint_eq(utf8_find_invalid(none), STR_NONE);
    arena_release(&arena);
}
END_TEST

START_TEST(copies_are_what_they_say) {
    Arena arena = {0};
    ASSERT_TEXT("lower", str_lower(&arena, STR("ÄB c")), "Äb c");
    ASSERT_TEXT("collapse", str_collapse_spaces(&arena, STR("  a \n\t b  ")), "a b");
    ASSERT_TEXT("join", str_join(&arena, STR("a"), STR("b")), "ab");
    ASSERT_TEXT("format", str_format(&arena, "%d-" STR_FMT, 7, STR_ARG(STR("x"))), "7-x");
    ck_assert_str_eq(str_terminated(&arena, str_slice(STR("abc"), 0, 2)), "ab");
    arena_release(&arena);
}
END_TEST

START_TEST(buf_takes_its_own_bytes) {
    Buf buf = {0};
    ck_assert_uint_eq(buf_str(&buf).len, 0);
    buf_add_literal(&buf, "ab");
    for (int i = 0; i < 12; i++)
        buf_add(&buf, buf_str(&buf));
    ck_assert_uint_eq(buf.len, 2 << 12);
    for (size_t i = 0; i < buf.len; i++)
        ck_assert_int_eq(buf.data[i], i % 2 ? 'b' : 'a');
    buf_truncate(&buf, 1);
    buf_truncate(&buf, 99);
    buf_add_format(&buf, "%05d%s", 42, "");
    buf_add_char(&buf, '!');
    ASSERT_TEXT("buf", buf_str(&buf), "a00042!");
    buf_release(&buf);
}
END_TEST

START_TEST(vec_moves_to_an_arena) {
    Arena arena = {0};
    VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        vec_push(&numbers, i);
    size_t count = numbers.count;
    const int *kept = vec_to_arena(&arena, &numbers);
    ck_assert_ptr_null(numbers.items);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(kept[i], (int)i);
    vec_release(&numbers);
    arena_release(&arena);
}
END_TEST

START_TEST(map_finds_what_was_set_in_order) {
    Arena arena = {0};
    Map map = {0};
    enum { COUNT = 5000 };
    ck_assert_ptr_null(map_get(&map, STR("x")));
    for (uintptr_t i = 1; i <= COUNT; i++) {
        ck_assert(map_add(&map, str_format(&arena, "key-%zu", (size_t)i), (void *)i));
    }
    ck_assert(!map_add(&map, STR("key-7"), NULL));
    map_set(&map, STR("key-8"), (void *)1);
    for (uintptr_t i = 1; i <= COUNT; i++) {
        Str key = str_format(&arena, "key-%zu", (size_t)i);
        ck_assert_uint_eq((uintptr_t)map_get(&map, key), i == 8 ? 1 : i);
        ck_assert(str_equal(map.entries[i - 1].key, key));
    }
    ck_assert_uint_eq(map.count, COUNT);
    ck_assert(!map_has(&map, STR("key-0")));
    map_set(&map, STR(""), NULL);
    ck_assert(map_has(&map, STR("")));
    map_release(&map);
    arena_release(&arena);
}
END_TEST

/* Values of the reference implementation: a cache key must not change between machines. */
START_TEST(hashes_are_stable) {
    char hex[33];
    ck_assert_uint_eq(hash_str(STR("")), 0x2d06800538d394c2u);
    hash_hex(STR(""), hex);
    ck_assert_str_eq(hex, "99aa06d3014798d86001c324468d497f");
    ck_assert_uint_ne(hash_combine(1, 2), hash_combine(2, 1));
    ck_assert_uint_ne(hash_combine(0, 0), hash_combine(0, 1));
}
END_TEST

static const struct {
    const char *name;
    Str text;
    size_t invalid;
} utf8_rows[] = {
    {"ascii", STR("abc"), STR_NONE},
    {"two, three, four bytes", STR("é€😀"), STR_NONE},
    {"last of all", STR("\xF4\x8F\xBF\xBF"), STR_NONE},
    {"above U+10FFFF", STR("a\xF4\x90\x80\x80"), 1},
    {"surrogate", STR("\xED\xA0\x80"), 0},
    {"overlong slash", STR("ab\xC0\xAF"), 2},
    {"overlong three", STR("\xE0\x80\xAF"), 0},
    {"overlong four", STR("\xF0\x80\x80\xAF"), 0},
    {"lone continuation", STR("a\x80"), 1},
    {"cut off", STR("abc\xE2\x82"), 3},
    {"FF", STR("\xFF"), 0},
    {"Latin-1", STR("caf\xE9!"), 3},
    {"NUL is valid", STR("a\0b"), STR_NONE},
};

START_TEST(invalid_utf8_is_found) {
    Str text = utf8_rows[_i].text;
    Buf again = {0};
    size_t count = 0;
    ck_assert_msg(utf8_find_invalid(text) == utf8_rows[_i].invalid, "%s", utf8_rows[_i].name);
    for (size_t at = 0; at < text.len; count++) {
        size_t before = at;
        utf8_add(&again, utf8_next(text, &at));
        ck_assert_msg(at > before && at <= text.len, "%s", utf8_rows[_i].name);
    }
    ck_assert_uint_eq(count, utf8_length(text));
    ck_assert_uint_eq(utf8_find_invalid(buf_str(&again)), STR_NONE);
    bool is_same = str_equal(buf_str(&again), text);
    ck_assert_msg(is_same == (utf8_rows[_i].invalid == STR_NONE), "%s", utf8_rows[_i].name);
    buf_release(&again);
}
END_TEST

static const struct {
    uint32_t codepoint, lower;
    bool is_word, is_space, is_punctuation;
} class_rows[] = {
    {'A', 'a', true, false, false},         {'z', 'z', true, false, false},
    {'_', '_', true, false, true},          {'-', '-', false, false, true},
    {'$', '$', false, false, true},         {' ', ' ', false, true, false},
    {0x0B, 0x0B, false, false, false},      {0xA0, 0xA0, false, true, false},
    {0xC4, 0xE4, true, false, false},       {0xD7, 0xD7, false, false, false},
    {0x100, 0x101, true, false, false},     {0x101, 0x101, true, false, false},
    {0x130, 'i', true, false, false},       {0x178, 0xFF, true, false, false},
    {0x3A9, 0x3C9, true, false, false},     {0x1E9E, 0xDF, true, false, false},
    {0x2014, 0x2014, false, false, true},   {0x20AC, 0x20AC, false, false, false},
    {0x2160, 0x2170, true, false, false},   {0x3000, 0x3000, false, true, false},
    {0x4E2D, 0x4E2D, true, false, false},   {0x1F600, 0x1F600, false, false, false},
    {0x10400, 0x10428, true, false, false}, {0xB2, 0xB2, false, false, false},
    {0x200D, 0x200D, false, false, false},  {0x110000, 0x110000, false, false, false},
};

START_TEST(characters_have_classes) {
    uint32_t codepoint = class_rows[_i].codepoint;
    ck_assert_msg(utf8_lower(codepoint) == class_rows[_i].lower, "U+%04X", codepoint);
    ck_assert_msg(utf8_is_word(codepoint) == class_rows[_i].is_word, "U+%04X", codepoint);
    ck_assert_msg(utf8_is_space(codepoint) == class_rows[_i].is_space, "U+%04X", codepoint);
    ck_assert_msg(utf8_is_punctuation(codepoint) == class_rows[_i].is_punctuation, "U+%04X",
                  codepoint);
}
END_TEST

START_TEST(json_text_is_safe_in_a_script) {
    Buf buf = {0};
    utf8_add_json(&buf, STR("a\"\\\n\t\x01</script>\xFF é\0"));
    ASSERT_TEXT("json", buf_str(&buf),
                "\"a\\\"\\\\\\n\\t\\u0001<\\/script>\xEF\xBF\xBD é\\u0000\"");
    buf_release(&buf);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("base");
    tcase_add_test(tcase, arena_gives_zeroed_aligned_memory);
    tcase_add_test(tcase, arena_keeps_many_small_things_apart);
    add_rows(tcase, numbers_are_read_whole_or_not_at_all, ROW_COUNT(int_rows));
    add_rows(tcase, natural_order_counts, ROW_COUNT(natural_rows));
    add_rows(tcase, distance_counts_edits_and_swaps, ROW_COUNT(distance_rows));
    add_rows(tcase, nearest_name_is_suggested, ROW_COUNT(nearest_rows));
    tcase_add_test(tcase, nearest_is_bounded);
    tcase_add_test(tcase, lines_end_in_lf_or_crlf);
    tcase_add_test(tcase, parts_are_clamped);
    tcase_add_test(tcase, empty_text_without_data_is_fine_everywhere);
    tcase_add_test(tcase, copies_are_what_they_say);
    tcase_add_test(tcase, buf_takes_its_own_bytes);
    tcase_add_test(tcase, vec_moves_to_an_arena);
    tcase_add_test(tcase, map_finds_what_was_set_in_order);
    tcase_add_test(tcase, hashes_are_stable);
    add_rows(tcase, invalid_utf8_is_found, ROW_COUNT(utf8_rows));
    add_rows(tcase, characters_have_classes, ROW_COUNT(class_rows));
    tcase_add_test(tcase, json_text_is_safe_in_a_script);
    return run_suite("str", tcase);
}
