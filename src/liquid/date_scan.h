// SPDX-License-Identifier: Apache-2.0
// What a text says about a date, as Ruby's Date._parse finds it.
#pragma once
#include "base/str.h"

#define DATE_TEXT_MAX 128
struct date_parts {
    int64_t year, yday, month, day, hour, minute, second, micros;
    bool has_year, has_yday, has_month, has_day, has_hour, has_minute, has_second, has_micros;
    char zone[DATE_TEXT_MAX + 1]; // lower case; empty: none given
};
// False: the text is too long to be a date. What was found may be nothing.
bool date_scan(struct str text, struct date_parts *out);
