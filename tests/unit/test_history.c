/* SPDX-License-Identifier: MIT
 * test_history.c - what `git log` says becomes dates and names; the form in which they are kept. */
#include "unit.h"

#include "model/history.h"

#define LOG(literal)                ((Str){literal, sizeof(literal) - 1})
#define COMMIT(time, parents, name) "\1" time "\2" parents "\2" name "\0\n"

/* "day-time: names" of a file. */
static Str shown(Arena *arena, const Map *changes, const char *path) {
    const Change *change = map_get(changes, str_from(path));
    if (change == NULL) {
        return STR("nothing");
    }
    Str text = str_format(arena, "%lld:", (long long)change->time);
    for (size_t i = 0; i < change->name_count; i++) {
        text = str_format(arena, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(change->names[i]));
    }
    return text;
}

static const Str dates = LOG(COMMIT("300", "b", "Ann") "docs/a.md\0docs/x.png\0\0" COMMIT(
    "200", "c",
    "Bob") "docs/a.md\0docs/sub/b.MARKDOWN\0README.md\0\0" COMMIT("100", "",
                                                                  "Ann") "docs/a.md\0docs2/c.md\0");

START_TEST(the_newest_commit_dates_a_file) {
    Arena arena = {0};
    Map changes = {0};
    history_parse(&arena, STR("docs"), dates, STR_EMPTY, &changes);
    ck_assert_uint_eq(changes.count, 2);
    ASSERT_TEXT("several", shown(&arena, &changes, "a.md"), "300: Ann Bob");
    ASSERT_TEXT("one", shown(&arena, &changes, "sub/b.MARKDOWN"), "200: Bob");
    map_release(&changes);
    arena_release(&arena);
}
END_TEST

START_TEST(without_a_prefix_all_files_count) {
    Arena arena = {0};
    Map changes = {0};
    history_parse(&arena, STR_EMPTY, dates, STR_EMPTY, &changes);
    ck_assert_uint_eq(changes.count, 4);
    ASSERT_TEXT("whole path", shown(&arena, &changes, "docs2/c.md"), "100: Ann");
    map_release(&changes);
    arena_release(&arena);
}
END_TEST

START_TEST(names_come_from_the_second_log) {
    Arena arena = {0};
    Map changes = {0};
    Str names = LOG(
        COMMIT("90", "b", "Cid") "docs/a.md\0\0" COMMIT("80", "b", "Dora") "docs/a.md\0\0" COMMIT(
            "70", "b", "Dora") "docs/a.md\0docs/gone.md\0\0" COMMIT("60", "b",
                                                                    "renovate[bot]") "docs/a.md\0");
    history_parse(&arena, STR("docs"), dates, names, &changes);
    ASSERT_TEXT("authors", shown(&arena, &changes, "a.md"), "300: Dora Cid");
    ASSERT_TEXT("nobody", shown(&arena, &changes, "sub/b.MARKDOWN"), "200:");
    ASSERT_TEXT("not on the main line", shown(&arena, &changes, "gone.md"), "0: Dora");
    map_release(&changes);
    arena_release(&arena);
}
END_TEST

START_TEST(a_merge_is_seen) {
    ck_assert(!history_has_merges(dates));
    ck_assert(history_has_merges(LOG(COMMIT("1", "a", "x") "f\0\0" COMMIT("1", "a b", "x") "f\0")));
}
END_TEST

START_TEST(bad_output_is_survived) {
    static const Str logs[] = {LOG(""),
                               LOG("\0\0\0"),
                               LOG("\1"),
                               LOG("\1\0a.md\0"),
                               LOG("a.md\0"),
                               LOG("\1x\2\2\xFF\xFE\0\na.md\0"),
                               LOG("\1-5\2\2n\0\na.md\0"),
                               LOG("\199999999999999999999\2\2n\0\na.md\0"),
                               LOG("\1300\2b\2Ann\0\na.m")};
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        Arena arena = {0};
        Map changes = {0};
        history_parse(&arena, STR_EMPTY, logs[i], logs[i], &changes);
        const Change *change = map_get(&changes, STR("a.md"));
        ck_assert_msg(change == NULL || (change->time >= 0 && change->time <= 253402300799),
                      "log %zu", i);
        map_release(&changes);
        arena_release(&arena);
    }
}
END_TEST

START_TEST(what_is_kept_is_read_again) {
    Arena arena = {0};
    Map changes = {0}, again = {0}, broken = {0};
    Buf text = {0};
    history_parse(&arena, STR("docs"), dates, STR_EMPTY, &changes);
    history_add(&text, &changes);
    ck_assert(history_read(&arena, buf_str(&text), &again));
    ck_assert_uint_eq(again.count, 2);
    ASSERT_TEXT("again", shown(&arena, &again, "a.md"), "300: Ann Bob");
    ck_assert(!history_read(&arena, str_slice(buf_str(&text), 0, text.len - 5), &broken) ||
              broken.count < 2);
    ck_assert(!history_read(&arena, STR("something else"), &broken));
    ck_assert(!history_read(&arena,
                            LOG("quoin history 1\0a.md\0"
                                "1\0"
                                "9999999999\0"),
                            &broken));
    map_release(&changes);
    map_release(&again);
    map_release(&broken);
    buf_release(&text);
    arena_release(&arena);
}
END_TEST

START_TEST(many_authors_are_bounded) {
    Arena arena = {0};
    Map changes = {0};
    Buf log = {0};
    for (int i = 0; i < 5000; i++) {
        buf_add_format(&log, "\1%d\2b\2Author %d%c\na.md%c%c", 9000 - i, i % 100, 0, 0, 0);
    }
    history_parse(&arena, STR_EMPTY, buf_str(&log), STR_EMPTY, &changes);
    const Change *change = map_get(&changes, STR("a.md"));
    ck_assert_int_eq(change->time, 9000);
    ck_assert_uint_eq(change->name_count, HISTORY_MAX_NAMES);
    ASSERT_TEXT("equal: the latest first", change->names[0], "Author 0");
    map_release(&changes);
    buf_release(&log);
    arena_release(&arena);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("history");
    tcase_add_test(tcase, the_newest_commit_dates_a_file);
    tcase_add_test(tcase, without_a_prefix_all_files_count);
    tcase_add_test(tcase, names_come_from_the_second_log);
    tcase_add_test(tcase, a_merge_is_seen);
    tcase_add_test(tcase, bad_output_is_survived);
    tcase_add_test(tcase, what_is_kept_is_read_again);
    tcase_add_test(tcase, many_authors_are_bounded);
    return run_suite("history", tcase);
}
