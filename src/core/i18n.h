// SPDX-License-Identifier: Apache-2.0
// Language: messages (German and English), numbers, money and dates as people read them, comparison
// (ICU). Messages are embedded files src/**/msg/<room>.<lang> with lines `key = text` (# begins a
// comment line, \n in a text is a line break). Texts are ICU MessageFormat: {name}, {n, plural, =0
// {none} one {# piece} other {# pieces}}, {x, select, a {..} other {..}}; a brace is quoted '{'.
// Every key exists in every language (a test proves it); the build finds new files by itself.
#pragma once
#include "core/ctx.h"

struct msg_arg {
    const char *name;
    struct str text; // or
    int64_t number;  // when text.p is NULL
};
struct str tr(struct ctx *c, const char *key);
struct str tr_args(struct ctx *c, const char *key, const struct msg_arg *args, size_t n);
#define TR(c, key, ...)                                                                            \
    tr_args((c), (key), (const struct msg_arg[]){__VA_ARGS__},                                     \
            ARRAY_LEN(((const struct msg_arg[]){__VA_ARGS__})))
bool tr_exists(struct ctx *c, const char *key);
struct str tr_str(struct ctx *c, struct str key, const struct msg_arg *args,
                  size_t n);                      // key made at run time
const char *lang_code(enum lang l);               // "de", "en"
bool lang_parse(struct str code, enum lang *out); // also "en-GB"
enum lang lang_negotiate(struct str accept_language, enum lang otherwise);
struct str show_money(struct ctx *c, struct money m); // "12,50 €", "€12.50"
struct str show_number(struct ctx *c, int64_t n);
struct str show_decimal(struct ctx *c, int64_t millionths);
struct str show_date(struct ctx *c,
                     instant t); // "22. November 2026" in the shop's zone (setting shop.zone)
struct str show_datetime(struct ctx *c, instant t);
struct str show_date_short(struct ctx *c, instant t); // "22.11.2026"
struct civil zone_civil(struct ctx *c, instant t);    // what the clock on the shop's wall shows
bool zone_valid(struct str zone);                     // IANA name known to ICU
instant zone_day_start(struct ctx *c, int year, int month, int day); // local midnight as UTC
// The shop's languages (setting shop.languages, "de,en"): the first has no prefix in URLs, the
// others "/en/...".
enum lang lang_first(struct ctx *c);
bool lang_offered(struct ctx *c, enum lang l);
// Texts of other languages than the first, for any object (table translation). set with an empty
// value removes; in tx.
struct translation {
    const char *object; // "product"
    int64_t object_id;
    const char *field; // "title"
};
MUST_USE bool translation_set(struct ctx *c, const struct translation *t, enum lang l,
                              struct str value);
MUST_USE bool translation_get(struct ctx *c, const struct translation *t, enum lang l,
                              struct str *value_out); // or absent
MUST_USE bool translation_drop(struct ctx *c, const char *object,
                               int64_t object_id);           // all of an object; in tx
int text_compare(struct ctx *c, struct str a, struct str b); // collation of the language
struct str text_fold(struct arena *a,
                     struct str s); // for search keys: NFKC, case folded, marks removed (ö → o)
struct str
text_pattern(struct arena *a,
             struct str s); // "%s%" for LIKE ... ESCAPE '!': s anywhere, its wildcards quoted
struct str text_slug(struct arena *a,
                     struct str s); // handle: "Zahnbürste groß" → "zahnbuerste-gross"
