// SPDX-License-Identifier: Apache-2.0
// Dates out of text, as Ruby's Time.parse reads them: in any order, missing higher parts from now,
// lower ones the least.
#include "liquid/syntax.h"
#include "liquid/vm.h"

struct parts {
    int64_t year, month, day, hour, minute, second, micros, offset;
    bool has_year, has_month, has_day, has_time, has_zone, bad;
};
struct scan {
    char s[128]; // lower case
    size_t n;
    struct parts p;
};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

static bool digit(char ch) { return ch >= '0' && ch <= '9'; }
static bool letter(char ch) { return ch >= 'a' && ch <= 'z'; }

static size_t number_at(const struct scan *s, size_t i, size_t most, int64_t *out) {
    size_t n = 0;
    *out = 0;
    while (n < most && digit(s->s[i + n])) *out = *out * 10 + (s->s[i + n++] - '0');
    return n;
}

static void erase(struct scan *s, size_t i, size_t n) { memset(s->s + i, ' ', n); }

static void set_year(struct parts *p, int64_t y, size_t digits) {
    p->year = digits <= 2 ? y + (y >= 69 ? 1900 : 2000) : y;
    p->has_year = true;
}

static int month_at(const struct scan *s, size_t i) {
    if (i && letter(s->s[i - 1])) return 0;
    for (int m = 0; m < 12; m++)
        if (memcmp(s->s + i, months[m], 3) == 0) return m + 1;
    return 0;
}

static const struct {
    const char *name;
    int hours;
} zones[] = {{"utc", 0},  {"gmt", 0},  {"z", 0},    {"est", -5}, {"edt", -4}, {"cst", -6},
             {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1},
             {"cest", 2}, {"bst", 1},  {"eet", 2},  {"eest", 3}, {"jst", 9},  {"msk", 3}};

static size_t offset_at(const struct scan *s, size_t i, int64_t *out) {
    int64_t h = 0, m = 0;
    size_t n = 1, k = number_at(s, i + 1, 2, &h);
    if (!k) return 0;
    n += k;
    if (s->s[i + n] == ':') n++;
    n += number_at(s, i + n, 2, &m);
    *out = (h * 3600 + m * 60) * (s->s[i] == '-' ? -1 : 1);
    return n;
}

static size_t zone_at(struct scan *s, size_t i) {
    size_t n = 0, best = 0;
    if (s->s[i] == '+' || s->s[i] == '-') {
        n = offset_at(s, i, &s->p.offset);
        s->p.has_zone = n > 0;
        return n;
    }
    while (letter(s->s[i + n])) n++;
    for (size_t z = 0; z < ARRAY_LEN(zones); z++)
        if (n == strlen(zones[z].name) && memcmp(s->s + i, zones[z].name, n) == 0) {
            s->p.offset = zones[z].hours * 3600;
            s->p.has_zone = true;
            best = n;
        }
    bool more = best && best != 1 && (s->s[i + best] == '+' || s->s[i + best] == '-');
    return more ? best + offset_at(s, i + best, &s->p.offset) : best;
}

static size_t fraction_at(struct scan *s, size_t i) {
    size_t n = 0;
    int64_t scale = 100000;
    for (; digit(s->s[i + n]); n++, scale /= 10) s->p.micros += (s->s[i + n] - '0') * scale;
    return n;
}

static size_t meridian_at(struct scan *s, size_t i) {
    size_t from = i;
    while (s->s[i] == ' ') i++;
    if ((s->s[i] != 'a' && s->s[i] != 'p') || s->s[i + 1] != 'm' || letter(s->s[i + 2])) return 0;
    s->p.hour = s->p.hour % 12 + (s->s[i] == 'p' ? 12 : 0);
    return i + 2 - from;
}

static bool take_time(struct scan *s) {
    for (size_t i = 0; i < s->n; i++) {
        int64_t h, m = 0, sec = 0;
        if (!digit(s->s[i]) || (i && digit(s->s[i - 1]))) continue;
        size_t n = number_at(s, i, 2, &h), k;
        bool colon = s->s[i + n] == ':' && (k = number_at(s, i + n + 1, 2, &m)) > 0;
        if (colon) {
            n += 1 + k;
            if (s->s[i + n] == ':' && (k = number_at(s, i + n + 1, 2, &sec))) n += 1 + k;
            if (s->s[i + n] == '.' || s->s[i + n] == ',')
                n += digit(s->s[i + n + 1]) ? 1 + fraction_at(s, i + n + 1) : 0;
        }
        s->p.hour = h;
        k = meridian_at(s, i + n);
        if (!colon && !k) {
            s->p.hour = 0;
            continue;
        }
        n += k;
        s->p.minute = m;
        s->p.second = sec;
        s->p.has_time = true;
        size_t zone = i + n;
        while (s->s[zone] == ' ') zone++;
        k = zone_at(s, zone);
        if (k) n = zone + k - i;
        if (i && s->s[i - 1] == 't') i--, n++;
        erase(s, i, n);
        return true;
    }
    return false;
}

static bool take_numeric(struct scan *s) { // 2016-03-14, 2016/3/14, 14/3/2016, 14.3.2016, 2016-03
    for (size_t i = 0; i < s->n; i++) {
        int64_t a, b, d = 0;
        if (!digit(s->s[i])) continue;
        size_t na = number_at(s, i, 9, &a), nd = 0, n = na;
        char sep = s->s[i + n];
        size_t nb = sep == '-' || sep == '/' || sep == '.' ? number_at(s, i + n + 1, 9, &b) : 0;
        if (!nb) {
            i += na;
            continue;
        }
        n += 1 + nb;
        if (s->s[i + n] == sep && (nd = number_at(s, i + n + 1, 9, &d))) n += 1 + nd;
        bool year_last = nd > 2 || (nd && na <= 2 && sep != '-');
        if (year_last && na > 2) s->p.bad = true;
        if (sep == '/' && year_last && nd <= 2) year_last = false; // 16/03/14 is year first
        if (!nd && na <= 2) {                                      // 3/14: month and day
            s->p.month = a, s->p.day = b, s->p.has_month = s->p.has_day = true;
        } else {
            set_year(&s->p, year_last ? d : a, year_last ? nd : na);
            s->p.month = b;
            s->p.has_month = true;
            s->p.has_day = nd > 0;
            s->p.day = year_last ? a : d;
        }
        erase(s, i, n);
        return true;
    }
    return false;
}

static bool take_compact(struct scan *s) { // 20160314 and 20160314t101112
    for (size_t i = 0; i < s->n; i++) {
        int64_t v, t;
        size_t n = digit(s->s[i]) ? number_at(s, i, 15, &v) : 0;
        if (n == 8 || n == 14) {
            int64_t date = n == 14 ? v / 1000000 : v;
            set_year(&s->p, date / 10000, 4);
            s->p.month = date / 100 % 100, s->p.day = date % 100;
            s->p.has_month = s->p.has_day = true;
            bool split = n == 8 && s->s[i + n] == 't' && number_at(s, i + n + 1, 6, &t) == 6;
            if (split)
                n += 7;
            else
                t = v;
            if (split || n == 14) {
                s->p.hour = t / 10000 % 100, s->p.minute = t / 100 % 100, s->p.second = t % 100;
                s->p.has_time = true;
                n += zone_at(s, i + n);
            }
            erase(s, i, n);
            return true;
        }
        i += n;
    }
    return false;
}

static size_t before(const struct scan *s, size_t i) { // start of a day number left of i, or i
    size_t end = i;
    while (end && (s->s[end - 1] == ' ' || s->s[end - 1] == '-')) end--;
    size_t word = end;
    while (word && letter(s->s[word - 1])) word--;
    if (word < end && end - word == 2) end = word; // st, nd, rd, th
    size_t from = end;
    while (from && digit(s->s[from - 1])) from--;
    return from < end && end - from <= 2 ? from : i;
}

static size_t gap(const struct scan *s, size_t i) {
    while (s->s[i] == ' ' || s->s[i] == ',' || s->s[i] == '.' || s->s[i] == '-' || s->s[i] == '\'')
        i++;
    return i;
}

static void take_year(struct scan *s, size_t i) {
    int64_t y;
    i = gap(s, i);
    size_t n = number_at(s, i, 9, &y);
    if (n && n != 3) set_year(&s->p, y, n);
}

static bool take_month(struct scan *s) {
    for (size_t i = 0; i < s->n; i++) {
        int m = letter(s->s[i]) ? month_at(s, i) : 0;
        if (!m) continue;
        size_t end = i, from = before(s, i), n;
        while (letter(s->s[end])) end++;
        s->p.month = m;
        s->p.has_month = true;
        if (from < i) { // 14 March 2016
            number_at(s, from, 2, &s->p.day);
            s->p.has_day = true;
            take_year(s, end);
            return true;
        }
        end = gap(s, end);
        n = number_at(s, end, 9, &s->p.day);
        if (n > 2) { // March 2016
            set_year(&s->p, s->p.day, n);
            return true;
        }
        s->p.has_day = n > 0;
        end += n;
        while (letter(s->s[end])) end++;
        if (n) take_year(s, end);
        return true;
    }
    return false;
}

static bool plausible(const struct parts *p) {
    bool any = p->has_year || p->has_month || p->has_day || p->has_time;
    return any && !p->bad && p->month >= 1 && p->month <= 12 && p->day >= 1 && p->day <= 31 &&
           p->hour <= 24 && p->minute <= 59 && p->second <= 60 && p->year >= 0 && p->year <= 9999;
}

static int local_offset(const struct date_in *in, instant utc) {
    return in->host && in->host->utc_offset ? in->host->utc_offset(in->host->self, utc) : 0;
}

static instant of_parts(const struct parts *p) {
    struct civil c = {.year = (int)p->year, .month = (int)p->month, .day = 1};
    return instant_of_civil(c) + (p->day - 1) * DAY + p->hour * HOUR + p->minute * MINUTE +
           p->second * SECOND + p->micros;
}

static struct liquid_value time_value(instant utc, int64_t offset) {
    struct liquid_value v = liquid_time(utc);
    v.n = (uint32_t)(int32_t)offset;
    return v;
}

static bool parse(const struct date_in *in, struct str text, struct liquid_value *out) {
    struct scan s = {0};
    if (text.n >= sizeof s.s - 16) return false; // the rest stays NUL: look-ahead ends there
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.p[i];
        s.s[i] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
    }
    s.n = text.n;
    struct civil now = civil_of_instant(in->now + local_offset(in, in->now) * SECOND);
    take_time(&s);
    bool date = take_month(&s) || take_numeric(&s) || take_compact(&s);
    struct parts *p = &s.p;
    if (!p->has_year) p->year = now.year;
    if (!p->has_month) p->month = p->has_year ? 1 : now.month;
    if (!p->has_day) p->day = date ? 1 : now.day;
    if (!plausible(p)) return false;
    instant t = of_parts(p);
    int64_t offset = p->has_zone ? p->offset : local_offset(in, t - local_offset(in, t) * SECOND);
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
    if (seconds > INT64_C(253402300799) || seconds < -INT64_C(62167219200)) return false;
    *out = time_value(seconds * SECOND, local_offset(in, seconds * SECOND));
    return true;
}
