/* SPDX-License-Identifier: MIT
 * date.h - calendar dates (proleptic Gregorian), no times, no zones. */
#ifndef QUOIN_BASE_DATE_H
#define QUOIN_BASE_DATE_H

#include "base/str.h"

typedef struct Date {
    int year, month, day; /* month and day from 1; all zero: no date */
} Date;

/* "2026-11-20" (ISO 8601 calendar date), possibly followed by 'T' or a space and a time. */
bool date_parse(Str text, Date *out);
int32_t date_to_days(Date date); /* days since 1970-01-01 */
Date date_from_days(int32_t days);
/* Today in UTC; SOURCE_DATE_EPOCH, when set, decides. */
Date date_today(void);

#endif
