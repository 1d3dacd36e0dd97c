// SPDX-License-Identifier: Apache-2.0
// Dates: the standard filter's strftime, with month and day names in the page's language, and
// Shopify's named formats, which a theme's locale may add to ("date_formats").
#include "theme/filter_private.h"

struct names {
    const char *lang;
    const char *months[12], *short_months[12]; // from January
    const char *days[7], *short_days[7];       // from Sunday
};
static const struct names german = {
    "de",
    {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
     "November", "Dezember"},
    {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
     "Dez."},
    {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
    {"So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."},
};
static const struct {
    const char *name, *english, *german;
} formats[] = {
    {"abbreviated_date", "%b %-d, %Y", "%-d. %b %Y"},
    {"basic", "%-m/%-d/%Y", "%d.%m.%Y"},
    {"date", "%B %-d, %Y", "%-d. %B %Y"},
    {"date_at_time", "%B %-d, %Y at %-I:%M %P", "%-d. %B %Y um %H:%M Uhr"},
    {"default", "%A, %B %-d, %Y at %-I:%M %P %z", "%A, %-d. %B %Y, %H:%M Uhr"},
    {"long", "%B %d, %Y %H:%M", "%-d. %B %Y, %H:%M"},
    {"on_date", "on %b %-d, %Y", "am %-d. %b %Y"},
    {"short", "%d %b %H:%M", "%-d. %b, %H:%M"},
};

struct str date_named_format(struct liquid_call *c, struct str name) {
    const struct theme_page *p = theme_page_of(c);
    bool html;
    struct str key = arena_fmt(c->arena, "date_formats." STR_FMT, STR_ARG(name));
    struct str own = theme_translate(p->theme, c->arena, p->lang, key, NULL, &html);
    if (own.p) return own;
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (str_eq(name, str_c(formats[i].name)))
            return str_c(is_german(c) ? formats[i].german : formats[i].english);
    return (struct str){0};
}

static int64_t part_of(struct liquid_call *c, struct liquid_value when, const char *format) {
    int64_t n = 0;
    (void)str_to_int(liquid_date(c, when, str_c(format)), &n);
    return n;
}

// The format with %B, %b, %A and %a written out in German.
static struct str in_german(struct liquid_call *c, struct liquid_value when, struct str format) {
    struct buf b = call_buf(c);
    for (size_t i = 0; i < format.n; i++) {
        char next = format.p[i] == '%' && i + 1 < format.n ? format.p[i + 1] : 0;
        if (next == 'B' || next == 'b' || next == 'h') {
            int64_t m = part_of(c, when, "%-m");
            const char *const *names = next == 'B' ? german.months : german.short_months;
            if (m >= 1 && m <= 12) buf_put(&b, str_c(names[m - 1]));
        } else if (next == 'A' || next == 'a') {
            int64_t d = part_of(c, when, "%w");
            if (d >= 0 && d < 7)
                buf_put(&b, str_c((next == 'A' ? german.days : german.short_days)[d]));
        } else {
            buf_char(&b, format.p[i]);
            if (next) buf_char(&b, next);
        }
        if (next) i++;
    }
    return buf_str(&b);
}

struct str date_text(struct liquid_call *c, struct liquid_value when, struct str format) {
    struct str any = liquid_date(c, when, S("%Y"));
    if (!any.p || !format.n) return (struct str){0};
    if (is_german(c)) format = in_german(c, when, format);
    return liquid_date(c, when, format);
}

static struct str asked_format(struct liquid_call *c) {
    struct str name = call_named(c, "format");
    if (name.p) return date_named_format(c, name);
    return call_arg(c, 0);
}

FILTER(date) {
    (void)err;
    struct str text = date_text(c, c->input, asked_format(c));
    *out = c->input;
    return !text.p || give_text(out, text);
}

FILTER(time_tag) {
    (void)err;
    struct str format = asked_format(c), machine = call_named(c, "datetime");
    if (!format.n) format = date_named_format(c, S("default"));
    struct str text = date_text(c, c->input, format);
    if (!text.p) return give_text(out, S(""));
    struct buf b = call_buf(c);
    static const char *const own[] = {"format", "datetime", NULL};
    buf_put(&b, S("<time"));
    put_attr(&b, "datetime",
             liquid_date(c, c->input, machine.p ? machine : S("%Y-%m-%dT%H:%M:%S%:z")));
    put_named_attrs(&b, c, own);
    buf_put(&b, S(">"));
    buf_html(&b, text);
    buf_put(&b, S("</time>"));
    return give_html(out, &b);
}
