/* SPDX-License-Identifier: MIT
 * test_process.c - running programs, and dates. */
#include "unit.h"

#include "base/date.h"
#include "base/pool.h"
#include "base/process.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct {
    const char *script, *input;
    int exit_code;
    const char *out, *err;
} process_rows[] = {
    {"cat", "hello", 0, "hello", ""},
    {"cat; exit 3", "", 3, "", ""},
    {"echo a; echo b >&2", "", 0, "a\n", "b\n"},
    {"exit 0", "never read", 0, "", ""},
    {"kill -TERM $$", "", -1, "", ""},
    {"printf '%s' \"$0\"", "", 0, "sh", ""},
    {"exec 0<&-; sleep 0.1; echo late", "ignored", 0, "late\n", ""},
};

START_TEST(programs_are_run) {
    Buf out = {0}, err = {0};
    ProcessResult result;
    const char *argv[] = {"sh", "-c", process_rows[_i].script, NULL};
    Str input = str_from(process_rows[_i].input);
    ck_assert(process_run(argv, input, 20, 1 << 20, &out, &err, &result));
    ck_assert_int_eq(result.exit_code, process_rows[_i].exit_code);
    ck_assert(!result.timed_out);
    ASSERT_TEXT(argv[2], buf_str(&out), process_rows[_i].out);
    ASSERT_TEXT(argv[2], buf_str(&err), process_rows[_i].err);
    buf_release(&out);
    buf_release(&err);
}
END_TEST

START_TEST(large_input_and_output_do_not_block) {
    Buf input = {0}, out = {0};
    ProcessResult result;
    for (int i = 0; i < 300000; i++)
        buf_add_format(&input, "line %d\n", i);
    const char *cat[] = {"cat", NULL};
    ck_assert(process_run(cat, buf_str(&input), 30, SIZE_MAX, &out, NULL, &result));
    ck_assert(result.exit_code == 0 && str_equal(buf_str(&out), buf_str(&input)));
    buf_reset(&out);
    ck_assert(process_run(cat, buf_str(&input), 30, 1000, &out, NULL, &result));
    ck_assert(result.exit_code == 0 && out.len == 1000);
    const char *head[] = {"head", "-c", "5", NULL}; /* closes its input early: no SIGPIPE for us */
    buf_reset(&out);
    ck_assert(process_run(head, buf_str(&input), 30, 1000, &out, NULL, &result));
    ck_assert(result.exit_code == 0 && out.len == 5);
    buf_release(&input);
    buf_release(&out);
}
END_TEST

static const char *const endless[] = {
    "sleep 60",
    "exec >&- 2>&-; sleep 60",
    "sleep 60 & wait",
    "trap '' TERM; while :; do :; done",
    "while :; do echo x; done",
};

START_TEST(time_limit_ends_the_program) {
    Buf out = {0};
    ProcessResult result;
    const char *argv[] = {"sh", "-c", endless[_i], NULL};
    time_t start = time(NULL);
    ck_assert(process_run(argv, STR("x"), 1, 1000, &out, NULL, &result));
    ck_assert_msg(result.timed_out && result.exit_code == -1, "%s", argv[2]);
    ck_assert_msg(time(NULL) - start < 15, "%s", argv[2]);
    buf_release(&out);
}
END_TEST

START_TEST(a_missing_program_is_reported) {
    ProcessResult result;
    const char *argv[] = {"quoin-no-such-program", NULL};
    ck_assert(!process_run(argv, STR("x"), 1, 1000, NULL, NULL, &result));
    Arena arena = {0};
    Str path;
    ck_assert(!process_find(&arena, "quoin-no-such-program", &path));
    ck_assert(!process_find(&arena, "", &path) && !process_find(&arena, "/", &path));
    ck_assert(process_find(&arena, "sh", &path) && path.data[0] == '/');
    ck_assert(process_find(&arena, "/bin/sh", &path));
    arena_release(&arena);
}
END_TEST

/* Every second child would live on if it held a copy of another one's pipe. */
static void run_cat(void *context, int worker, size_t item) {
    (void)worker;
    Buf out = {0};
    ProcessResult result;
    const char *argv[] = {"cat", NULL};
    char text[32];
    int len = snprintf(text, sizeof text, "item %zu", item);
    bool *is_right = context;
    is_right[item] = process_run(argv, (Str){text, (size_t)len}, 20, 100, &out, NULL, &result) &&
                     result.exit_code == 0 && str_equal(buf_str(&out), str_from(text));
    buf_release(&out);
}

START_TEST(threads_run_programs_side_by_side) {
    bool is_right[60] = {0};
    pool_run(4, 60, run_cat, is_right);
    for (int i = 0; i < 60; i++)
        ck_assert_msg(is_right[i], "item %d", i);
}
END_TEST

static const struct {
    const char *text;
    bool is_date;
    int32_t days;
} date_rows[] = {
    {"1970-01-01", true, 0},
    {"1969-12-31", true, -1},
    {"2000-02-29", true, 11016},
    {"2026-11-20", true, 20777},
    {"0001-01-01", true, -719162},
    {"9999-12-31", true, 2932896},
    {"2026-11-20T10:00:00Z", true, 20777},
    {"2026-11-20 10:00", true, 20777},
    {" 2026-11-20 ", true, 20777},
    {"2025-02-29", false, 0},
    {"1900-02-29", false, 0},
    {"2026-13-01", false, 0},
    {"2026-00-10", false, 0},
    {"2026-04-31", false, 0},
    {"2026-4-3", false, 0},
    {"2026/04/03", false, 0},
    {"2026-11-200", false, 0},
    {"2026-11-20x", false, 0},
    {"2026-11-20T", false, 0},
    {"2026-11-20 and more", false, 0},
    {"0000-01-01", false, 0},
    {"", false, 0},
    {"-026-01-01", false, 0},
    {"2026-11-20Tnever", false, 0},
};

START_TEST(dates_are_read_strictly) {
    Date date = {0};
    const char *text = date_rows[_i].text;
    ck_assert_msg(date_parse(str_from(text), &date) == date_rows[_i].is_date, "%s", text);
    if (date_rows[_i].is_date)
        ck_assert_msg(date_to_days(date) == date_rows[_i].days, "%s", text);
}
END_TEST

START_TEST(days_and_dates_agree) {
    Date last = date_from_days(-800000);
    for (int32_t days = -799999; days < 3000000; days += 1) {
        Date date = date_from_days(days);
        bool is_next = date.day == last.day + 1 ||
                       (date.day == 1 && date.month == last.month + 1) ||
                       (date.day == 1 && date.month == 1 && date.year == last.year + 1);
        if (!is_next || date_to_days(date) != days)
            ck_abort_msg("day %d", (int)days);
        last = date;
    }
}
END_TEST

static const struct {
    const char *epoch;
    const char *expected; /* NULL: the clock decides */
} today_rows[] = {{"0", "1970-01-01"},
                  {"1763596799", "2025-11-19"},
                  {"1763596800", "2025-11-20"},
                  {"yesterday", NULL},
                  {"-5", NULL},
                  {"", NULL},
                  {"9223372036854775807", NULL}};

START_TEST(source_date_epoch_decides) {
    setenv("SOURCE_DATE_EPOCH", today_rows[_i].epoch, 1);
    Date today = date_today(), expected = {0};
    if (today_rows[_i].expected) {
        ck_assert(date_parse(str_from(today_rows[_i].expected), &expected));
        ck_assert_int_eq(date_to_days(today), date_to_days(expected));
    } else {
        ck_assert_int_ge(today.year, 2024);
    }
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("process");
    tcase_set_timeout(tcase, 60);
    add_rows(tcase, programs_are_run, ROW_COUNT(process_rows));
    tcase_add_test(tcase, large_input_and_output_do_not_block);
    add_rows(tcase, time_limit_ends_the_program, ROW_COUNT(endless));
    tcase_add_test(tcase, a_missing_program_is_reported);
    tcase_add_test(tcase, threads_run_programs_side_by_side);
    add_rows(tcase, dates_are_read_strictly, ROW_COUNT(date_rows));
    tcase_add_test(tcase, days_and_dates_agree);
    add_rows(tcase, source_date_epoch_decides, ROW_COUNT(today_rows));
    return run_suite("process", tcase);
}
