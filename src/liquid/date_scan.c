// SPDX-License-Identifier: Apache-2.0
// Date._parse: pieces are found one after the other and taken out of the text; the first form of a
// date that fits wins. The order of the forms is the order of the reference.
#include "liquid/date_scan.h"

#include "liquid/pattern.h"

#define MON     "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
#define ERA     "(c(?:e|\\.e\\.)|b(?:ce|\\.c\\.e\\.)|a(?:d|\\.d\\.)|b(?:c|\\.c\\.))"
#define NUM_MAX INT64_C(999999999999)

struct scan {
    char s[DATE_TEXT_MAX + 2], was[DATE_TEXT_MAX + 2]; // was: before the last take
    size_t n;
    struct pattern_match m; // in was
    struct date_parts *p;
    bool short_year;
};

static bool take(struct scan *s, const char *pattern) {
    memcpy(s->was, s->s, s->n);
    if (!pattern_find(pattern, (struct str){s->was, s->n}, &s->m)) return false;
    size_t from = (size_t)(s->m.whole.p - s->was), end = from + s->m.whole.n;
    s->s[from] = ' ';
    memmove(s->s + from + 1, s->was + end, s->n - end);
    s->n = from + 1 + s->n - end;
    return true;
}

static bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }

static int64_t number(struct str s) { // its first digits; 0 when there are none
    int64_t v = 0;
    size_t i = 0;
    while (i < s.n && !is_digit(s.p[i])) i++;
    for (; i < s.n && is_digit(s.p[i]); i++)
        if (v < NUM_MAX) v = v * 10 + (s.p[i] - '0');
    return v;
}

static void set(int64_t *field, bool *has, int64_t v) {
    *field = v;
    *has = true;
}
#define SET(s, field, v) set(&(s)->p->field, &(s)->p->has_##field, (v))

static bool quoted(struct str s) { return s.n && s.p[0] == '\''; }

static int month_of(struct str s) {
    static const char names[] = MON;
    for (int m = 0; m < 12; m++)
        if (memcmp(s.p, names + 4 * m, 3) == 0) return m + 1;
    return 0;
}

static void set_year(struct scan *s, struct str y, bool bc) {
    size_t i = 0, digits;
    while (i < y.n && y.p[i] != '-' && y.p[i] != '+' && !is_digit(y.p[i])) i++;
    bool sign = i < y.n && !is_digit(y.p[i]);
    for (digits = 0; i + sign + digits < y.n && is_digit(y.p[i + sign + digits]);) digits++;
    if (sign || digits > 2) s->short_year = false;
    int64_t v = number(str_from(y, i));
    if (sign && y.p[i] == '-') v = -v;
    SET(s, year, bc ? 1 - v : v);
}

static void swap(struct str *a, struct str *b) {
    struct str t = *a;
    *a = *b;
    *b = t;
}

// Which of three numbers is the year and which the day shows by their length, an apostrophe, or
// what follows the digits.
static void year_month_day(struct scan *s, struct str y, struct str m, struct str d, bool bc) {
    if (y.p && m.p && !d.p) d = m, m = y, y = (struct str){0};
    if (!y.p) {
        if (d.n > 2) swap(&y, &d);
        if (quoted(d)) swap(&y, &d);
    }
    if (y.p) {
        size_t i = 0, n;
        while (i < y.n && y.p[i] != '-' && y.p[i] != '+' && !is_digit(y.p[i])) i++;
        n = i < y.n && !is_digit(y.p[i]);
        while (i + n < y.n && is_digit(y.p[i + n])) n++;
        if (i + n < y.n) {
            struct str digits = str_sub(y, i, n);
            y = d;
            d = digits;
        }
    }
    if (m.p && (quoted(m) || m.n > 2)) {
        struct str year = m;
        m = d;
        d = y;
        y = year;
    }
    if (d.p && (quoted(d) || d.n > 2)) swap(&y, &d);
    if (y.p) set_year(s, y, bc);
    if (m.p) SET(s, month, number(m));
    if (d.p) SET(s, day, number(d));
}

static void clock_parts(struct scan *s, struct str text) {
    struct pattern_match m;
    if (!pattern_find("^(\\d+)h?(?:\\s*:?\\s*(\\d+)m?(?:\\s*:?\\s*(\\d+)(?:[,.](\\d*))?s?)?)?"
                      "(?:\\s*([ap])(?:m\\b|\\.m\\.))?",
                      text, &m))
        return;
    int64_t hour = number(m.group[0]);
    if (m.group[4].n) hour = hour % 12 + (m.group[4].p[0] == 'p' ? 12 : 0);
    SET(s, hour, hour);
    if (m.group[1].p) SET(s, minute, number(m.group[1]));
    if (m.group[2].p) SET(s, second, number(m.group[2]));
    if (!m.group[3].p) return;
    int64_t micros = 0, unit = 100000;
    for (size_t i = 0; i < m.group[3].n; i++, unit /= 10) micros += (m.group[3].p[i] - '0') * unit;
    SET(s, micros, micros);
}

static void set_zone(struct scan *s, struct str zone) {
    memcpy(s->p->zone, zone.p, zone.n);
    s->p->zone[zone.n] = 0;
}

static void clock_time(struct scan *s) {
    if (!take(s, "((?:\\d+\\s*:\\s*\\d+(?:\\s*:\\s*\\d+(?:[,.]\\d*)?)?|"
                 "\\d+\\s*h(?:\\s*\\d+m?(?:\\s*\\d+s?)?)?)(?:\\s*[ap](?:m\\b|\\.m\\.))?|"
                 "\\d+\\s*[ap](?:m\\b|\\.m\\.))"
                 "(?:\\s*((?:gmt|utc?)?[-+]\\d+(?:[,.:]\\d+(?::\\d+)?)?|"
                 "[a-z.\\s]+(?:standard|daylight)\\stime\\b|[a-z]+(?:\\sdst)?\\b))?"))
        return;
    struct pattern_match m = s->m;
    if (m.group[1].p) set_zone(s, m.group[1]);
    clock_parts(s, m.group[0]);
}

static bool european(struct scan *s) { // 14 March 2016
    if (!take(s, "('?\\d+)[^-\\d\\s]*\\s*(" MON ")[^-\\d\\s']*"
                 "(?:\\s*" ERA "?\\s*('?-?\\d+(?:(?:st|nd|rd|th)\\b)?))?"))
        return false;
    const struct str *g = s->m.group;
    year_month_day(s, g[3], (struct str){0}, g[0], g[2].n && g[2].p[0] == 'b');
    SET(s, month, month_of(g[1]));
    return true;
}

static bool american(struct scan *s) { // March 14, 2016
    if (!take(s, "\\b(" MON ")[^-\\d\\s']*\\s*('?\\d+)[^-\\d\\s']*"
                 "(?:\\s*,?\\s*" ERA "?\\s*('?-?\\d+))?"))
        return false;
    const struct str *g = s->m.group;
    year_month_day(s, g[3], (struct str){0}, g[1], g[2].n && g[2].p[0] == 'b');
    SET(s, month, month_of(g[0]));
    return true;
}

static bool three(struct scan *s, const char *pattern) {
    if (!take(s, pattern)) return false;
    year_month_day(s, s->m.group[0], s->m.group[1], s->m.group[2], false);
    return true;
}

static bool iso(struct scan *s) { return three(s, "('?[-+]?\\d+)-(\\d+)-('?-?\\d+)"); }

static bool japanese(struct scan *s) {
    if (!take(s, "\\b([mtshr])(\\d+)\\.(\\d+)\\.(\\d+)")) return false;
    static const struct {
        char era;
        int before;
    } eras[] = {{'m', 1867}, {'t', 1911}, {'s', 1925}, {'h', 1988}, {'r', 2018}};
    for (size_t i = 0; i < ARRAY_LEN(eras); i++)
        if (eras[i].era == s->m.group[0].p[0]) SET(s, year, number(s->m.group[1]) + eras[i].before);
    SET(s, month, number(s->m.group[2]));
    SET(s, day, number(s->m.group[3]));
    return true;
}

static bool vms(struct scan *s) { // 14-MAR-2016, mar-14-2016
    const struct str *g = s->m.group;
    if (take(s, "('?-?\\d+)-(" MON ")[^-/.]*-('?-?\\d+)")) {
        year_month_day(s, g[2], (struct str){0}, g[0], false);
        SET(s, month, month_of(g[1]));
        return true;
    }
    if (!take(s, "\\b(" MON ")[^-/.]*-('?-?\\d+)(?:-('?-?\\d+))?")) return false;
    year_month_day(s, g[2], (struct str){0}, g[1], false);
    SET(s, month, month_of(g[0]));
    return true;
}

static bool slashes(struct scan *s) {
    return three(s, "('?-?\\d+)/\\s*('?\\d+)(?:\\D\\s*('?-?\\d+))?");
}

static bool dots(struct scan *s) { return three(s, "('?-?\\d+)\\.\\s*('?\\d+)\\.\\s*('?-?\\d+)"); }

static bool iso_rare(struct scan *s) { // weeks, which name no day here; --03-14; 2016-074
    const struct str *g = s->m.group;
    struct pattern_match other;
    if (take(s, "\\b(\\d{2}|\\d{4})?-?w(\\d{2})(?:-?(\\d))?\\b") || take(s, "-w-(\\d)\\b"))
        return true;
    if (take(s, "--(\\d{2})?-(\\d{2})\\b") || take(s, "--(\\d{2})(\\d{2})?\\b")) {
        if (g[0].p) SET(s, month, number(g[0]));
        if (g[1].p) SET(s, day, number(g[1]));
        return true;
    }
    struct str now = {s->s, s->n};
    if (!pattern_find("[,.](\\d{2}|\\d{4})-\\d{3}\\b", now, &other) &&
        take(s, "\\b(\\d{2}|\\d{4})-(\\d{3})\\b")) {
        SET(s, year, number(g[0]));
        SET(s, yday, number(g[1]));
        return true;
    }
    if (pattern_find("\\d-\\d{3}\\b", now, &other) || !take(s, "\\b-(\\d{3})\\b")) return false;
    SET(s, yday, number(g[0]));
    return true;
}

static bool year_alone(struct scan *s) {
    if (!take(s, "'(\\d+)\\b")) return false;
    SET(s, year, number(s->m.group[0]));
    return true;
}

static bool month_alone(struct scan *s) {
    if (!take(s, "\\b(" MON ")\\S*")) return false;
    SET(s, month, month_of(s->m.group[0]));
    return true;
}

static bool day_alone(struct scan *s) {
    if (!take(s, "(\\d+)(st|nd|rd|th)\\b")) return false;
    SET(s, day, number(s->m.group[0]));
    return true;
}

static int64_t digits(struct str s, size_t from, size_t n) { return number(str_sub(s, from, n)); }

static void from_right(struct scan *s, struct str d) { // second, minute, hour, day, month, year
    size_t n = d.n;
    SET(s, second, digits(d, n > 2 ? n - 2 : 0, 2));
    if (n > 2) SET(s, minute, digits(d, n > 4 ? n - 4 : 0, n > 3 ? 2 : 1));
    if (n > 4) SET(s, hour, digits(d, n > 6 ? n - 6 : 0, n > 5 ? 2 : 1));
    if (n > 6) SET(s, day, digits(d, n > 8 ? n - 8 : 0, n > 7 ? 2 : 1));
    if (n == 10 || n == 12 || n == 14) SET(s, month, digits(d, n - 10, 2));
    if (n == 12) SET(s, year, digits(d, 0, 2));
    if (n == 14) SET(s, year, digits(d, 0, 4));
    if (n == 14) s->short_year = false;
}

static void from_left(struct scan *s, struct str d, bool minus) {
    size_t n = d.n, y = n == 5 || n == 6 ? 2 : n >= 7 ? 4 : 0;
    if (y) SET(s, year, (minus ? -1 : 1) * digits(d, 0, y));
    if (y == 4) s->short_year = false;
    if (n == 3 || n == 5 || n == 7) SET(s, yday, digits(d, y, 3));
    if (n == 2) SET(s, day, digits(d, 0, 2));
    if (n == 4 || n == 6 || (n >= 8 && n % 2 == 0)) {
        SET(s, month, digits(d, y, 2));
        SET(s, day, digits(d, y + 2, 2));
    }
    if (n >= 10 && n % 2 == 0) SET(s, hour, digits(d, 8, 2));
    if (n >= 12 && n % 2 == 0) SET(s, minute, digits(d, 10, 2));
    if (n == 14) SET(s, second, digits(d, 12, 2));
}

static void clock_digits(struct scan *s, struct str t, bool fraction) {
    if (t.n % 2) return;
    if (fraction) {
        SET(s, second, digits(t, t.n - 2, 2));
        if (t.n >= 4) SET(s, minute, digits(t, t.n - 4, 2));
        if (t.n >= 6) SET(s, hour, digits(t, 0, 2));
        return;
    }
    SET(s, hour, digits(t, 0, 2));
    if (t.n >= 4) SET(s, minute, digits(t, 2, 2));
    if (t.n >= 6) SET(s, second, digits(t, 4, 2));
}

static bool packed(struct scan *s) { // 20160314, 20160314t101112, 101112.5
    if (!take(s, "([-+]?)(\\d{2,14})(?:\\s*t?\\s*(\\d{2,6})?(?:[,.](\\d*))?)?"
                 "(z\\b|[-+]\\d{1,4}\\b)?"))
        return false;
    const struct str *g = s->m.group;
    struct str d = g[1];
    bool odd = d.n == 9 || d.n == 11 || d.n == 13;
    if (!odd && !g[2].p && g[3].p)
        from_right(s, d);
    else if (!odd)
        from_left(s, d, g[0].n && g[0].p[0] == '-');
    if (g[2].p) clock_digits(s, g[2], g[3].p != NULL);
    if (g[3].p) {
        int64_t micros = 0, unit = 100000;
        for (size_t i = 0; i < g[3].n; i++, unit /= 10) micros += (g[3].p[i] - '0') * unit;
        SET(s, micros, micros);
    }
    if (g[4].n) set_zone(s, g[4]);
    return true;
}

static void fragment(struct scan *s) {
    struct date_parts *p = s->p;
    if (!take(s, "^\\s*(\\d{1,2})\\s*$")) return;
    int64_t v = number(s->m.group[0]);
    if (p->has_hour && !p->has_day && v >= 1 && v <= 31) SET(s, day, v);
    if (p->has_day && !p->has_hour && v <= 24) SET(s, hour, v);
}

static void clean(struct scan *s, struct str text) { // other characters become one blank
    static const char kept[] = "-+',./:@[]";
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.p[i];
        if (ch >= 'A' && ch <= 'Z') ch = (char)(ch + 32);
        bool word = (ch >= 'a' && ch <= 'z') || is_digit(ch) || (ch & 0x80);
        if (word || (ch && strchr(kept, ch)))
            s->s[s->n++] = ch;
        else if (!s->n || s->s[s->n - 1] != ' ')
            s->s[s->n++] = ' ';
    }
}

bool date_scan(struct str text, struct date_parts *out) {
    static bool (*const forms[])(struct scan *) = {
        european, american, iso,        japanese,    vms,       slashes,
        dots,     iso_rare, year_alone, month_alone, day_alone, packed,
    };
    struct scan s = {.p = out, .short_year = true};
    if (text.n > DATE_TEXT_MAX) return false;
    clean(&s, text);
    take(&s, "\\b(sun|mon|tue|wed|thu|fri|sat)[^-/\\d\\s]*");
    clock_time(&s);
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (forms[i](&s)) break;
    bool bc = take(&s, "\\b(bc\\b|bce\\b|b\\.c\\.|b\\.c\\.e\\.)");
    fragment(&s);
    if (bc && out->has_year) out->year = 1 - out->year;
    if (s.short_year && out->has_year && out->year >= 0 && out->year <= 99)
        out->year += out->year >= 69 ? 1900 : 2000;
    return true;
}
