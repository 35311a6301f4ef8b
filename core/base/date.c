/* SPDX-License-Identifier: MIT
 * date.c - civil dates and days, by the arithmetic of 400-year cycles that start on 1 March. */
#include "base/date.h"

#include <stdlib.h>
#include <time.h>

enum { DAYS_OF_CYCLE = 146097, DAYS_TO_EPOCH = 719468 };

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Exactly `count` digits at `at`; -1 when there is something else. */
static int digits_at(Str text, size_t at, size_t count) {
    int number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

/* A time of day: "10:30", with seconds, fraction and zone as they come. */
static bool is_time(Str text) {
    int hour = digits_at(text, 0, 2), minute = digits_at(text, 3, 2);
    return hour >= 0 && hour < 25 && minute >= 0 && minute < 60 && text.data[2] == ':';
}

bool date_parse(Str text, Date *out) {
    text = str_trim(text);
    Date date = {digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2)};
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    if (text.data[4] != '-' || text.data[7] != '-')
        return false;
    if (date.day > days_of_month(date.year, date.month))
        return false;
    Str rest = str_from_offset(text, 10);
    if (rest.len) {
        if (rest.data[0] != 'T' && rest.data[0] != 't' && rest.data[0] != ' ')
            return false;
        if (!is_time(str_trim_left(str_from_offset(rest, 1))))
            return false;
    }
    *out = date;
    return true;
}

int32_t date_to_days(Date date) {
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int cycle = (year >= 0 ? year : year - 399) / 400;
    int year_of_cycle = year - cycle * 400;
    int month = (date.month + 9) % 12; /* March is 0 */
    int day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int day = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return cycle * DAYS_OF_CYCLE + day - DAYS_TO_EPOCH;
}

Date date_from_days(int32_t days) {
    int64_t shifted = (int64_t)days + DAYS_TO_EPOCH;
    int64_t cycle = (shifted >= 0 ? shifted : shifted - (DAYS_OF_CYCLE - 1)) / DAYS_OF_CYCLE;
    int day = (int)(shifted - cycle * DAYS_OF_CYCLE);
    int year = (day - day / 1460 + day / 36524 - day / (DAYS_OF_CYCLE - 1)) / 365;
    int day_of_year = day - (365 * year + year / 4 - year / 100);
    int month = (5 * day_of_year + 2) / 153;
    Date date = {.day = day_of_year - (153 * month + 2) / 5 + 1};
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = year + (int)cycle * 400 + (date.month <= 2);
    return date;
}

Date date_today(void) {
    int64_t seconds;
    Str epoch = str_from(getenv("SOURCE_DATE_EPOCH"));
    if (!str_to_int(epoch, &seconds) || seconds < 0 || seconds / 86400 > INT32_MAX) {
        seconds = (int64_t)time(NULL);
    }
    return date_from_days((int32_t)(seconds / 86400));
}
