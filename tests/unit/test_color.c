/* SPDX-License-Identifier: MIT
 * test_color.c - what may stand in a style sheet as a colour. */
#include "text/color.h"

#include <check.h>
#include <stdlib.h>

static const struct {
    const char *text;
    bool is_color;
} ROWS[] = {
    {"#fff", true},
    {"#FFFF", true},
    {"#0b6868", true},
    {"#0b6868cc", true},
    {"navy", true},
    {"Teal", true},
    {"rgb(20 17 13)", true},
    {"rgba(20, 17, 13, .5)", true},
    {"hsl(210deg 40% 30% / 50%)", true},
    {"oklch(60% 0.15 250)", true},
    {"", false},
    {"#", false},
    {"#ff", false},
    {"#fffff", false},
    {"#ggg", false},
    {"#fff;", false},
    {"#fff}", false},
    {"navyblue", false},
    {"inherit", false},
    {"var(--ink)", false},
    {"url(x)", false},
    {"rgb()", false},
    {"rgb(1 2 3", false},
    {"rgb(1 2 3) red", false},
    {"rgb(url(x))", false},
    {"rgb(1;2)", false},
    {"rgb(1 2 3)}body{display:none", false},
    {"rgb(1 2 3/*)", false},
    {"expression(1)", false},
    {"rgb(00000000000000000000000000000000000000000000000000000000000000000000000000000000)",
     false},
};

START_TEST(test_colour) {
    ck_assert_msg(color_is_css(str_from(ROWS[_i].text)) == ROWS[_i].is_color, "`%s`",
                  ROWS[_i].text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("color");
    TCase *tcase = tcase_create("rows");
    tcase_add_loop_test(tcase, test_colour, 0, sizeof ROWS / sizeof *ROWS);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
