// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "core/i18n_private.h"
#include "core/settings.h"

static struct str formatted(struct arena *a, const UNumberFormatter *f, struct str plain) {
    UErrorCode status = U_ZERO_ERROR;
    UFormattedNumber *r = unumf_openResult(&status);
    unumf_formatDecimal(f, plain.p, (int32_t)plain.n, r, &status);
    UChar out[128];
    int32_t n = unumf_resultToString(r, out, ARRAY_LEN(out), &status);
    unumf_closeResult(r);
    return U_FAILURE(status) ? plain : utf16_to(a, (struct utf16){out, n});
}

struct str number_text_of(const struct i18n *t, struct arena *a, enum lang l,
                          struct str plain_decimal) {
    return formatted(a, t->number[l], plain_decimal);
}

// Digits are those of ISO 4217, as stored, not those of CLDR.
static UNumberFormatter *money_open(struct arena *a, struct currency cur, enum lang l) {
    static const char *const precision[] = {"precision-integer", ".0", ".00", ".000", ".0000"};
    int digits = currency_digits(cur);
    ensure(digits >= 0 && (size_t)digits < ARRAY_LEN(precision));
    struct utf16 skeleton =
        utf16_of(a, arena_fmt(a, "currency/%s %s", cur.code, precision[digits]));
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormatter *f =
        unumf_openForSkeletonAndLocale(skeleton.p, skeleton.n, lang_locale(l), &status);
    return U_SUCCESS(status) ? f : NULL;
}

static const UNumberFormatter *money_format(struct i18n *t, struct arena *a, struct currency cur,
                                            enum lang l) {
    pthread_mutex_lock(&t->lock);
    UNumberFormatter *f = NULL;
    for (size_t i = 0; !f && i < t->money_count; i++)
        if (t->money[i].lang == l && currency_eq(t->money[i].cur, cur)) f = t->money[i].f;
    if (!f && t->money_count < MONEY_FORMATS && (f = money_open(a, cur, l)))
        t->money[t->money_count++] = (struct money_format){cur, l, f};
    pthread_mutex_unlock(&t->lock);
    return f;
}

struct str show_money(struct ctx *c, struct money m) {
    struct str plain = money_plain(c->arena, m);
    const UNumberFormatter *f = money_format(c->shop->i18n, c->arena, m.cur, c->lang);
    if (f) return formatted(c->arena, f, plain);
    return arena_fmt(c->arena, STR_FMT " %s", STR_ARG(plain), m.cur.code);
}

struct str show_number(struct ctx *c, int64_t n) {
    return number_text_of(c->shop->i18n, c->arena, c->lang,
                          arena_fmt(c->arena, "%lld", (long long)n));
}

struct str show_decimal(struct ctx *c, int64_t millionths) {
    return number_text_of(c->shop->i18n, c->arena, c->lang, decimal_plain(c->arena, millionths));
}

static UDate date_of(instant t) {
    instant ms = t / 1000 - (t % 1000 < 0);
    return (UDate)ms;
}

static UDateFormat *date_open(enum lang l, enum date_style s, struct utf16 zone) {
    static const UDateFormatStyle dates[] = {
        [DATE_LONG] = UDAT_LONG, [DATE_TIME] = UDAT_LONG, [DATE_SHORT] = UDAT_MEDIUM};
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *f = udat_open(s == DATE_TIME ? UDAT_SHORT : UDAT_NONE, dates[s], lang_locale(l),
                               zone.p, zone.n, NULL, 0, &status);
    ensure(U_SUCCESS(status));
    return f;
}

// Opens what depends on the zone, when it is not the one wanted. Under the lock.
static void zone_use(struct i18n *t, struct ctx *c) {
    struct str zone = setting_text(c, "shop.zone");
    if (zone.n >= ZONE_MAX || !zone_valid(zone)) zone = S("Europe/Berlin");
    if (str_eq(zone, str_c(t->zone))) return;
    struct utf16 z = utf16_of(c->arena, zone);
    for (int l = 0; l < LANG_COUNT; l++)
        for (int s = 0; s < DATE_STYLES; s++) {
            if (t->date[l][s]) udat_close(t->date[l][s]);
            t->date[l][s] = date_open((enum lang)l, (enum date_style)s, z);
        }
    if (t->calendar) ucal_close(t->calendar);
    UErrorCode status = U_ZERO_ERROR;
    t->calendar = ucal_open(z.p, z.n, "en_GB", UCAL_GREGORIAN, &status);
    ensure(U_SUCCESS(status));
    memcpy(t->zone, zone.p, zone.n);
    t->zone[zone.n] = '\0';
}

static struct str show_instant(struct ctx *c, instant at, enum date_style style) {
    struct i18n *t = c->shop->i18n;
    UChar out[128];
    UErrorCode status = U_ZERO_ERROR;
    pthread_mutex_lock(&t->lock);
    zone_use(t, c);
    int32_t n =
        udat_format(t->date[c->lang][style], date_of(at), out, ARRAY_LEN(out), NULL, &status);
    pthread_mutex_unlock(&t->lock);
    return U_FAILURE(status) ? instant_date(c->arena, at)
                             : utf16_to(c->arena, (struct utf16){out, n});
}

struct str show_date(struct ctx *c, instant t) {
    return show_instant(c, t, DATE_LONG);
}
struct str show_datetime(struct ctx *c, instant t) {
    return show_instant(c, t, DATE_TIME);
}
struct str show_date_short(struct ctx *c, instant t) {
    return show_instant(c, t, DATE_SHORT);
}

struct civil zone_civil(struct ctx *c, instant at) {
    static const UCalendarDateFields fields[] = {UCAL_YEAR,        UCAL_MONTH,  UCAL_DATE,
                                                 UCAL_HOUR_OF_DAY, UCAL_MINUTE, UCAL_SECOND};
    struct i18n *t = c->shop->i18n;
    int v[ARRAY_LEN(fields)];
    UErrorCode status = U_ZERO_ERROR;
    pthread_mutex_lock(&t->lock);
    zone_use(t, c);
    ucal_setMillis(t->calendar, date_of(at), &status);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) v[i] = ucal_get(t->calendar, fields[i], &status);
    pthread_mutex_unlock(&t->lock);
    if (U_FAILURE(status)) return civil_of_instant(at);
    return (struct civil){v[0], v[1] + 1, v[2], v[3], v[4], v[5], civil_of_instant(at).micros};
}

instant zone_day_start(struct ctx *c, int year, int month, int day) {
    struct i18n *t = c->shop->i18n;
    UErrorCode status = U_ZERO_ERROR;
    pthread_mutex_lock(&t->lock);
    zone_use(t, c);
    ucal_clear(t->calendar);
    ucal_setDateTime(t->calendar, year, month - 1, day, 0, 0, 0, &status);
    UDate ms = ucal_getMillis(t->calendar, &status);
    pthread_mutex_unlock(&t->lock);
    if (U_FAILURE(status))
        return instant_of_civil((struct civil){.year = year, .month = month, .day = day});
    return (instant)ms * 1000;
}

bool zone_valid(struct str zone) {
    if (str_empty(zone) || zone.n >= ZONE_MAX) return false;
    UChar id[ZONE_MAX], canonical[128];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n;
    u_strFromUTF8(id, ZONE_MAX, &n, zone.p, (int32_t)zone.n, &status);
    UBool known = false;
    ucal_getCanonicalTimeZoneID(id, n, canonical, ARRAY_LEN(canonical), &known, &status);
    return U_SUCCESS(status) && known;
}
