// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

// Days since 1970-01-01 of a date in the proleptic Gregorian calendar. Years are counted from
// March, so that the leap day is the last of its year; 400 years are 146,097 days.
static int64_t days_of_date(int64_t year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void date_of_days(int64_t days, struct civil *out) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t m = (5 * doy + 2) / 153;
    out->day = (int)(doy - (153 * m + 2) / 5 + 1);
    out->month = (int)(m < 10 ? m + 3 : m - 9);
    out->year = (int)(yoe + era * 400 + (out->month <= 2));
}

instant instant_of_civil(struct civil c) {
    int64_t days = days_of_date(c.year, c.month, c.day);
    return days * DAY + c.hour * HOUR + c.minute * MINUTE + c.second * SECOND + c.micros;
}

struct civil civil_of_instant(instant t) {
    int64_t days = t / DAY, rest = t % DAY;
    if (rest < 0) {
        rest += DAY;
        days--;
    }
    struct civil c = {.hour = (int)(rest / HOUR),
                      .minute = (int)(rest / MINUTE % 60),
                      .second = (int)(rest / SECOND % 60),
                      .micros = (int)(rest % SECOND)};
    date_of_days(days, &c);
    return c;
}

bool civil_valid(struct civil c) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12) return false;
    bool leap = (c.year % 4 == 0 && c.year % 100 != 0) || c.year % 400 == 0;
    int last = c.month == 2 && leap ? 29 : days[c.month - 1];
    return c.day >= 1 && c.day <= last && c.hour >= 0 && c.hour < 24 && c.minute >= 0 &&
           c.minute < 60 && c.second >= 0 && c.second < 60 && c.micros >= 0 && c.micros < SECOND;
}

int civil_weekday(struct civil c) {
    int64_t days = days_of_date(c.year, c.month, c.day) + 3; // 1970-01-01 was a Thursday
    return (int)(((days % 7) + 7) % 7) + 1;
}

// Takes exactly digits decimal digits off *s.
static bool take_number(struct str *s, size_t digits, int *out) {
    if (s->n < digits) return false;
    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        if (s->p[i] < '0' || s->p[i] > '9') return false;
        *out = *out * 10 + (s->p[i] - '0');
    }
    *s = str_from(*s, digits);
    return true;
}

static bool take_char(struct str *s, const char *one_of) {
    if (s->n == 0 || !memchr(one_of, s->p[0], strlen(one_of))) return false;
    *s = str_from(*s, 1);
    return true;
}

static bool take_fraction(struct str *s, int *micros_out) {
    *micros_out = 0;
    if (!take_char(s, ".,")) return true;
    size_t digits = 0;
    int digit;
    for (; digits < 6 && take_number(s, 1, &digit); digits++)
        *micros_out = *micros_out * 10 + digit;
    if (digits == 0) return false;
    for (; digits < 6; digits++) *micros_out *= 10;
    return true;
}

static bool take_offset(struct str *s, int64_t *offset_out) {
    *offset_out = 0;
    if (s->n == 0 || take_char(s, "Zz")) return true;
    take_char(s, " ");
    if (s->n == 0) return false;
    bool minus = s->p[0] == '-';
    int hours, minutes = 0;
    TRY(take_char(s, "+-") && take_number(s, 2, &hours));
    bool colon = take_char(s, ":");
    if (s->n || colon) TRY(take_number(s, 2, &minutes));
    if (hours > 23 || minutes > 59) return false;
    *offset_out = (minus ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
    return true;
}

bool instant_parse(struct str s, instant *out) {
    struct civil c = {0};
    int64_t offset = 0;
    TRY(take_number(&s, 4, &c.year) && take_char(&s, "-") && take_number(&s, 2, &c.month) &&
        take_char(&s, "-") && take_number(&s, 2, &c.day));
    if (s.n) {
        TRY(take_char(&s, "Tt ") && take_number(&s, 2, &c.hour) && take_char(&s, ":") &&
            take_number(&s, 2, &c.minute));
        if (take_char(&s, ":")) TRY(take_number(&s, 2, &c.second) && take_fraction(&s, &c.micros));
        TRY(take_offset(&s, &offset));
    }
    if (s.n || !civil_valid(c)) return false;
    *out = instant_of_civil(c) - offset;
    return civil_valid(civil_of_instant(*out)); // the offset may lead out of the years
}

struct str instant_iso(struct arena *a, instant t) {
    struct civil c = civil_of_instant(t);
    return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                     c.second);
}

struct str instant_date(struct arena *a, instant t) {
    struct civil c = civil_of_instant(t);
    return arena_fmt(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str instant_http(struct arena *a, instant t) {
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil c = civil_of_instant(t);
    return arena_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[civil_weekday(c) - 1], c.day,
                     months[c.month - 1], c.year, c.hour, c.minute, c.second);
}
