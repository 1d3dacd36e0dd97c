// SPDX-License-Identifier: Apache-2.0
// Ruby's strftime: flags - 0 ^ # _ :, a width, and the directives.
#include <stdio.h>

#include "liquid/values.h"

struct moment {
    struct civil c;         // local
    int64_t epoch;          // UTC seconds
    int offset, wday, yday; // wday: 0 Sunday; yday: 0-based
};
struct spec {
    char pad; // 0 none given, '-' no padding
    bool upper, swap;
    int colons, width;
};
static const char *const day_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

static void put_number(struct buf *b, const struct spec *s, int64_t v, int width, char pad) {
    char text[32];
    int n = snprintf(text, sizeof text, "%lld", (long long)(v < 0 ? -v : v));
    if (s->width) width = s->width;
    if (s->pad) pad = s->pad;
    if (pad == '-') width = 0;
    if (v < 0 && pad != '_') buf_char(b, '-');
    for (int i = n + (v < 0); i < width; i++) buf_char(b, pad == '_' ? ' ' : '0');
    if (v < 0 && pad == '_') buf_char(b, '-');
    buf_put(b, (struct str){text, (size_t)n});
}

static void put_text(struct buf *b, const struct spec *s, struct str text) {
    for (int i = (int)text.n; i < s->width && s->pad != '-'; i++)
        buf_char(b, s->pad == '0' ? '0' : ' ');
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.p[i];
        if (ch >= 'a' && ch <= 'z' && (s->upper || s->swap)) ch = (char)(ch - 32);
        buf_char(b, ch);
    }
}

static int iso_week(const struct moment *m, int *year) {
    int wday = m->wday ? m->wday : 7, week = (m->yday + 1 - wday + 10) / 7;
    *year = m->c.year;
    bool leap = (m->c.year % 4 == 0 && m->c.year % 100 != 0) || m->c.year % 400 == 0;
    if (week < 1) {
        int before = m->c.year - 1;
        bool was = (before % 4 == 0 && before % 100 != 0) || before % 400 == 0;
        *year = before;
        return (m->yday + 1 + (was ? 366 : 365) - wday + 10) / 7;
    }
    int left = (leap ? 366 : 365) - m->yday - 1; // days after this one
    if (week == 53 && left < 4 - wday) {
        *year = m->c.year + 1;
        return 1;
    }
    return week;
}

// +hhmm, +hh:mm, +hh:mm:ss, or as short as it goes; the width goes to the hours.
static void put_zone(struct buf *b, const struct spec *s, int offset) {
    int a = offset < 0 ? -offset : offset, h = a / 3600, m = a / 60 % 60, sec = a % 60;
    bool minutes = s->colons < 3 || m || sec, seconds = s->colons == 2 || (s->colons == 3 && sec);
    int rest = (minutes ? 2 + (s->colons > 0) : 0) + (seconds ? 3 : 0);
    int hours = 2;
    if (s->width > hours + rest + 1) hours = s->width - rest - 1;
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%d", h);
    char sign = offset < 0 ? '-' : '+';
    if (s->pad != '_') buf_char(b, sign);
    for (int i = n; i < hours; i++) buf_char(b, s->pad == '_' ? ' ' : '0');
    if (s->pad == '_') buf_char(b, sign);
    buf_put(b, str_c(digits));
    if (minutes) buf_fmt(b, "%s%02d", s->colons ? ":" : "", m);
    if (seconds) buf_fmt(b, ":%02d", sec);
}

static void put_fraction(struct buf *b, const struct spec *s, const struct moment *m, int digits) {
    char text[16];
    if (s->width) digits = s->width;
    snprintf(text, sizeof text, "%06d", m->c.micros);
    for (int i = 0; i < digits; i++) buf_char(b, i < 6 ? text[i] : '0');
}

static void put_moment(struct buf *b, const struct moment *m, struct str format);

static bool put_compound(struct buf *b, const struct spec *s, const struct moment *m, char d) {
    static const struct {
        char directive;
        const char *format;
    } forms[] = {{'c', "%a %b %e %H:%M:%S %Y"},
                 {'D', "%m/%d/%y"},
                 {'x', "%m/%d/%y"},
                 {'F', "%Y-%m-%d"},
                 {'T', "%H:%M:%S"},
                 {'X', "%H:%M:%S"},
                 {'R', "%H:%M"},
                 {'r', "%I:%M:%S %p"},
                 {'v', "%e-%^b-%Y"}};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        if (forms[i].directive != d) continue;
        struct buf whole = buf_new(b->arena, 0);
        put_moment(&whole, m, str_c(forms[i].format));
        struct spec as = *s;
        as.swap = false; // says nothing about more than one part
        if (as.pad == '-') as.pad = 0;
        put_text(b, &as, buf_str(&whole));
        return true;
    }
    return false;
}

static bool put_name(struct buf *b, struct spec *s, const struct moment *m, char d) {
    struct str day = str_c(day_names[m->wday]), month = str_c(month_names[m->c.month - 1]);
    bool pm = m->c.hour >= 12;
    struct spec plain = *s;
    plain.swap = false; // of these two it makes small letters
    switch (d) {
    case 'A':
        put_text(b, s, day);
        return true;
    case 'a':
        put_text(b, s, str_sub(day, 0, 3));
        return true;
    case 'B':
        put_text(b, s, month);
        return true;
    case 'b':
    case 'h':
        put_text(b, s, str_sub(month, 0, 3));
        return true;
    case 'P':
        put_text(b, s, s->swap ? (pm ? S("PM") : S("AM")) : (pm ? S("pm") : S("am")));
        return true;
    case 'p':
        put_text(b, &plain, s->swap ? (pm ? S("pm") : S("am")) : (pm ? S("PM") : S("AM")));
        return true;
    case 'Z':
        if (!m->offset) put_text(b, &plain, s->swap ? S("utc") : S("UTC"));
        return true;
    case 'n':
        put_text(b, s, S("\n"));
        return true;
    case 't':
        put_text(b, s, S("\t"));
        return true;
    case '%':
        put_text(b, s, S("%"));
        return true;
    default:
        return false;
    }
}

static bool put_count(struct buf *b, const struct spec *s, const struct moment *m, char d) {
    int year, week = iso_week(m, &year), monday = (m->wday + 6) % 7;
    int hour12 = m->c.hour % 12 ? m->c.hour % 12 : 12;
    const struct {
        char directive, pad;
        int width;
        int64_t value;
    } counts[] = {
        {'Y', '0', m->c.year < 0 ? 5 : 4, m->c.year},
        {'C', '0', 2, m->c.year / 100},
        {'y', '0', 2, m->c.year % 100},
        {'m', '0', 2, m->c.month},
        {'d', '0', 2, m->c.day},
        {'e', '_', 2, m->c.day},
        {'j', '0', 3, m->yday + 1},
        {'H', '0', 2, m->c.hour},
        {'k', '_', 2, m->c.hour},
        {'I', '0', 2, hour12},
        {'l', '_', 2, hour12},
        {'M', '0', 2, m->c.minute},
        {'S', '0', 2, m->c.second},
        {'u', '0', 1, monday + 1},
        {'w', '0', 1, m->wday},
        {'G', '0', 4, year},
        {'g', '0', 2, year % 100},
        {'V', '0', 2, week},
        {'U', '0', 2, (m->yday + 7 - m->wday) / 7},
        {'W', '0', 2, (m->yday + 7 - monday) / 7},
        {'s', '0', 1, m->epoch},
    };
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        if (counts[i].directive != d) continue;
        put_number(b, s, counts[i].value, counts[i].width, counts[i].pad);
        return true;
    }
    return false;
}

static bool put_part(struct buf *b, const struct spec *s, const struct moment *m, char d) {
    if (d == 'z')
        put_zone(b, s, m->offset);
    else if (d == 'L' || d == 'N')
        put_fraction(b, s, m, d == 'L' ? 3 : 9);
    else
        return put_count(b, s, m, d);
    return true;
}

// Flags, width and modifiers from *i on; *i ends at the directive. False: no directive can follow.
static bool read_spec(struct str f, size_t *i, struct spec *s) {
    for (; *i < f.n; ++*i) {
        char ch = f.p[*i], next = *i + 1 < f.n ? f.p[*i + 1] : 0;
        if ((ch == '-' || ch == '0' || ch == '_') && s->pad != '-') s->pad = ch;
        if (ch >= '0' && ch <= '9') {
            for (s->width = 0; *i < f.n && f.p[*i] >= '0' && f.p[*i] <= '9'; ++*i)
                if (s->width <= 1024) s->width = s->width * 10 + (f.p[*i] - '0');
            if (s->width > 1024) s->width = 1024;
            --*i;
        } else if (ch == '^') {
            s->upper = true;
        } else if (ch == '#') {
            s->swap = true;
        } else if (ch == ':') {
            while (s->colons < 3 && *i + 1 + (size_t)s->colons < f.n &&
                   f.p[*i + (size_t)s->colons] == ':')
                s->colons++;
            if (f.p[*i + (size_t)s->colons] != 'z') return false;
            *i += (size_t)s->colons;
            return true;
        } else if (ch == 'E' || ch == 'O') {
            if (!next || !strchr(ch == 'E' ? "cCxXyY" : "deHkIlmMSuUVwWy", next)) return false;
        } else if (ch != '-' && ch != '_') {
            return true;
        }
    }
    return true;
}

static void put_moment(struct buf *b, const struct moment *m, struct str f) {
    for (size_t i = 0; i < f.n && buf_ok(b); i++) {
        struct spec s = {0};
        if (f.p[i] != '%') {
            buf_char(b, f.p[i]);
            continue;
        }
        size_t at = i + 1;
        bool known = read_spec(f, &at, &s) && at < f.n &&
                     (put_part(b, &s, m, f.p[at]) || put_name(b, &s, m, f.p[at]) ||
                      put_compound(b, &s, m, f.p[at]));
        if (!known) buf_put(b, str_sub(f, i, at + 1 - i));
        i = at;
    }
}

static bool ends_inside(struct str f) { // of a directive
    for (size_t i = 0; i < f.n; i++) {
        struct spec s = {0};
        if (f.p[i] != '%') continue;
        i++;
        if (read_spec(f, &i, &s) && i >= f.n) return true;
    }
    return false;
}

bool date_format(struct buf *out, struct liquid_value time, struct str format) {
    if (ends_inside(format)) return false;
    struct moment m = {.offset = (int32_t)time.n};
    m.c = civil_of_instant(time.time + m.offset * SECOND);
    m.epoch = time.time / SECOND - (time.time % SECOND < 0);
    m.wday = civil_weekday(m.c) % 7;
    struct civil first = {.year = m.c.year, .month = 1, .day = 1};
    struct civil today = {.year = m.c.year, .month = m.c.month, .day = m.c.day};
    m.yday = (int)((instant_of_civil(today) - instant_of_civil(first)) / DAY);
    put_moment(out, &m, format);
    return true;
}
