// SPDX-License-Identifier: Apache-2.0
// Time is UTC as int64 microseconds since 1970-01-01. Nothing here reads a clock (struct world
// does) or knows time zones other than UTC (core/i18n shows times in the shop's zone).
#pragma once
#include "base/arena.h"

typedef int64_t instant; // microseconds since the epoch, UTC
#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

struct civil { // proleptic Gregorian calendar, UTC
    int year, month, day, hour, minute, second, micros;
};
instant instant_of_civil(struct civil c);
struct civil civil_of_instant(instant t);
bool civil_valid(struct civil c);
int civil_weekday(struct civil c); // 1 Monday .. 7 Sunday (ISO 8601)

// RFC 3339 and the ISO 8601 forms met in the wild: "2010-12-01", "2010-12-01 08:26:00",
// "2014-12-31T13:15:00+01:00", "2014-12-31 13:15:00 +0100", fraction of a second up to six digits,
// "Z". Without offset: UTC. Years 1 to 9999.
bool instant_parse(struct str s, instant *out);
struct str instant_iso(struct arena *a, instant t);  // "2026-11-22T07:31:44Z"
struct str instant_date(struct arena *a, instant t); // "2026-11-22"
struct str
instant_http(struct arena *a,
             instant t); // "Sun, 22 Nov 2026 07:31:44 GMT" (RFC 9110 5.6.7); also mail Date
