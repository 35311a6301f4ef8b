/* SPDX-License-Identifier: MIT
 * unit.h - what every unit test needs around libcheck: comparing a Str, running one suite. */
#ifndef QUOIN_TESTS_UNIT_H
#define QUOIN_TESTS_UNIT_H

#include "base/str.h"

#include <check.h>
#include <stdlib.h>

#define ROW_COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

/* `row` names the failing row of a table. */
#define ASSERT_TEXT(row, actual, expected)                                                         \
    do {                                                                                           \
        Str actual_ = (actual), expected_ = str_from(expected);                                    \
        ck_assert_msg(str_equal(actual_, expected_), "%s: got '" STR_FMT "', not '" STR_FMT "'",   \
                      (row), STR_ARG(actual_), STR_ARG(expected_));                                \
    } while (0)

/* Adds a test that runs once for each row of a table. */
static inline void add_rows(TCase *tcase, const TTest *test, int count) {
    tcase_add_loop_test(tcase, test, 0, count);
}

static inline int run_suite(const char *name, TCase *tcase) {
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
