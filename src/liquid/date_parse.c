// SPDX-License-Identifier: Apache-2.0
// Dates out of text, as Ruby's Time.parse reads them: in any order, missing higher parts from now,
// lower ones the least.
#include "liquid/date_scan.h"
#include "liquid/syntax.h"
#include "liquid/vm.h"

#define SECONDS_MAX INT64_C(9200000000000) // instants count microseconds in 64 bits
#define YEAR_MAX    290000

static bool digit(char ch) { return ch >= '0' && ch <= '9'; }

static int64_t two(const char *s) { return (s[0] - '0') * 10 + (s[1] - '0'); }

// +hh, +hhmm, +hh:mm, +hhmmss, +hh:mm:ss
static bool offset_of(const char *z, int64_t *out) {
    char form[DATE_TEXT_MAX + 1];
    size_t n = strlen(z);
    for (size_t i = 0; i <= n; i++) form[i] = digit(z[i]) ? '9' : z[i];
    static const struct {
        const char *form;
        int minutes, seconds; // where they stand
    } forms[] = {
        {"99", 0, 0}, {"9999", 3, 0}, {"99:99", 4, 0}, {"999999", 3, 5}, {"99:99:99", 4, 7}};
    for (size_t i = 0; (z[0] == '+' || z[0] == '-') && i < ARRAY_LEN(forms); i++) {
        if (strcmp(form + 1, forms[i].form) != 0) continue;
        *out = two(z + 1) * 3600 + (forms[i].minutes ? two(z + forms[i].minutes) * 60 : 0) +
               (forms[i].seconds ? two(z + forms[i].seconds) : 0);
        if (z[0] == '-') *out = -*out;
        return true;
    }
    return false;
}

static bool zone_offset(const char *z, int64_t *out) {
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"utc", 0},  {"ut", 0},   {"gmt", 0},  {"est", -5}, {"edt", -4}, {"cst", -6},
                 {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
    if (offset_of(z, out)) return true;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        if (strcmp(z, zones[i].name) == 0) return *out = zones[i].hours * 3600, true;
    if (z[0] < 'a' || z[0] > 'z' || z[0] == 'j' || z[1]) return false;
    // military letters: a 1 ... m 12 without j, n -1 ... y -12, z 0
    int k = z[0] - 'a' + 1 - (z[0] > 'j');
    *out = (z[0] == 'z' ? 0 : k <= 12 ? k : 12 - k) * 3600;
    return true;
}

// What is missing above the highest part given comes from now, what is missing below is the least.
static void complete(struct date_parts *p, struct civil now) {
    const struct {
        bool has;
        int64_t *field, now, least;
    } parts[] = {
        {p->has_year, &p->year, now.year, 0},       {p->has_month, &p->month, now.month, 1},
        {p->has_day, &p->day, now.day, 1},          {p->has_hour, &p->hour, now.hour, 0},
        {p->has_minute, &p->minute, now.minute, 0}, {p->has_second, &p->second, now.second, 0},
        {p->has_micros, &p->micros, now.micros, 0},
    };
    bool given = false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        given = given || parts[i].has;
        if (!parts[i].has) *parts[i].field = given ? parts[i].least : parts[i].now;
    }
}

static bool leap(int64_t y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

// An offset from UTC carries hours and minutes over before they are looked at.
static bool plausible(const struct date_parts *p, bool zone, int64_t offset) {
    bool day = p->has_yday ? p->yday >= 1 && p->yday <= 365 + leap(p->year)
                           : p->month >= 1 && p->month <= 12 && p->day >= 1 && p->day <= 31;
    bool minute = p->minute <= 59 || (zone && offset / 60 % 60), second = p->second <= 60;
    bool hour = p->hour < 24 || (p->hour == 24 && !p->minute && !p->second) ||
                (zone && offset / 3600 % 24 && p->hour < 1000);
    return day && hour && minute && p->minute < 60000 && second && p->year >= -YEAR_MAX &&
           p->year <= YEAR_MAX && offset > -86400 && offset < 86400;
}

static int local_offset(const struct date_in *in, instant utc) {
    const struct liquid_host *h = in->host;
    return h && h->utc_offset ? h->utc_offset(h->self, in->page, utc) : 0;
}

static instant of_parts(const struct date_parts *p) {
    struct civil c = {.year = (int)p->year, .month = p->has_yday ? 1 : (int)p->month, .day = 1};
    int64_t day = p->has_yday ? p->yday : p->day;
    return instant_of_civil(c) + (day - 1) * DAY + p->hour * HOUR + p->minute * MINUTE +
           p->second * SECOND + p->micros;
}

static struct liquid_value time_value(instant utc, int64_t offset) {
    struct liquid_value v = liquid_time(utc);
    v.n = (uint32_t)(int32_t)offset;
    return v;
}

static bool parse(const struct date_in *in, struct str text, struct liquid_value *out) {
    struct date_parts p = {0};
    if (!date_scan(text, &p)) return false;
    if (!p.has_year && !p.has_yday && !p.has_month && !p.has_day && !p.has_hour && !p.has_minute &&
        !p.has_second && !p.has_micros)
        return false;
    int64_t offset = 0;
    bool zone = p.zone[0] && zone_offset(p.zone, &offset);
    int64_t now = zone ? offset : local_offset(in, in->now);
    if (p.has_yday) p.has_month = p.has_day = true; // both follow from it
    complete(&p, civil_of_instant(in->now + now * SECOND));
    if (!plausible(&p, zone, offset)) return false;
    instant t = of_parts(&p);
    if (!zone) offset = local_offset(in, t - local_offset(in, t) * SECOND);
    *out = time_value(t - offset * SECOND, offset);
    return true;
}

bool date_of(const struct date_in *in, struct liquid_value v, struct liquid_value *out) {
    struct str s = liquid_str(v);
    int64_t seconds;
    if (v.type == LIQUID_TIME) {
        *out = v.n ? v : time_value(v.time, local_offset(in, v.time));
        return true;
    }
    if (str_eq_nocase(s, S("now")) || str_eq_nocase(s, S("today"))) {
        *out = time_value(in->now, local_offset(in, in->now));
        return true;
    }
    bool digits = s.n > 0;
    for (size_t i = 0; i < s.n; i++) digits = digits && digit(s.p[i]);
    if (v.type == LIQUID_INT)
        seconds = v.integer;
    else if (!s.n || !digits)
        return s.n && parse(in, s, out);
    else if (!str_to_int(s, &seconds))
        return false;
    if (seconds > SECONDS_MAX || seconds < -SECONDS_MAX) return false;
    *out = time_value(seconds * SECOND, local_offset(in, seconds * SECOND));
    return true;
}
