// SPDX-License-Identifier: Apache-2.0
// Language: messages (German and English), numbers, money and dates as people read them, comparison (ICU). Messages are
// embedded files msg/<room>.<lang> with lines `key = text`; arguments {name}; plurals and selects in ICU MessageFormat.
// Every key exists in every language (a test proves it).
#pragma once
#include "core/ctx.h"

struct msg_arg {
    const char *name;
    struct str text;  // or
    int64_t number;   // when text.p is NULL
};
struct str tr(struct ctx *c, const char *key);
struct str tr_args(struct ctx *c, const char *key, const struct msg_arg *args, size_t n);
#define TR(c, key, ...) tr_args((c), (key), (const struct msg_arg[]){__VA_ARGS__}, \
                                ARRAY_LEN(((const struct msg_arg[]){__VA_ARGS__})))
bool tr_exists(struct ctx *c, const char *key);
const char *lang_code(enum lang l);                   // "de", "en"
bool lang_parse(struct str code, enum lang *out);     // also "en-GB"
enum lang lang_negotiate(struct str accept_language, enum lang otherwise);
struct str show_money(struct ctx *c, struct money m); // "12,50 €", "€12.50"
struct str show_number(struct ctx *c, int64_t n);
struct str show_decimal(struct ctx *c, int64_t millionths);
struct str show_date(struct ctx *c, instant t);       // "22. November 2026" in the shop's zone (setting shop.zone)
struct str show_datetime(struct ctx *c, instant t);
struct str show_date_short(struct ctx *c, instant t); // "22.11.2026"
bool zone_valid(struct str zone);                     // IANA name known to ICU
instant zone_day_start(struct ctx *c, int year, int month, int day); // local midnight as UTC
int text_compare(struct ctx *c, struct str a, struct str b);         // collation of the language
struct str text_fold(struct arena *a, struct str s);  // for search keys: NFKC, case folded, marks removed (ö → o)
struct str text_slug(struct arena *a, struct str s);  // handle: "Zahnbürste groß" → "zahnbuerste-gross"
