// SPDX-License-Identifier: Apache-2.0
// Inside of i18n: what is opened once per process. ICU objects used here are thread-safe when not
// written to; the others are behind the lock.
#pragma once
#include <pthread.h>
#include <unicode/ucal.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "base/embed.h"
#include "base/map.h"
#include "core/i18n.h"

extern const struct embed core_messages[]; // made by the build: "mod/order/msg/order.de", ...
extern const size_t core_messages_count;

enum { MONEY_FORMATS = 32, ZONE_MAX = 64 };
enum date_style { DATE_LONG, DATE_TIME, DATE_SHORT, DATE_STYLES };
struct money_format {
    struct currency cur;
    enum lang lang;
    UNumberFormatter *f;
};
struct i18n {
    struct map messages[LANG_COUNT]; // key → struct str *
    UPluralRules *plural[LANG_COUNT];
    UCollator *collator[LANG_COUNT];
    UNumberFormatter *number[LANG_COUNT];
    pthread_mutex_t lock; // guards all below
    struct money_format money[MONEY_FORMATS];
    size_t money_count;
    char zone[ZONE_MAX]; // of the formats and the calendar
    UDateFormat *date[LANG_COUNT][DATE_STYLES];
    UCalendar *calendar;
};
struct i18n *i18n_new(struct arena *a, const struct embed *files, size_t n);
void i18n_free(struct i18n *t);
const char *lang_locale(enum lang l); // of ICU

struct utf16 {
    const UChar *p;
    int32_t n;
};
struct utf16 utf16_of(struct arena *a, struct str s); // ill-formed bytes become U+FFFD
struct str utf16_to(struct arena *a, struct utf16 s);

// Writes a message with its arguments; # is hash when hash is not NULL.
struct message {
    const struct i18n *i18n;
    enum lang lang;
    struct arena *arena;
    struct buf *out;
    const struct msg_arg *args;
    size_t n;
    const char *hash;
    int depth;
};
void message_put(const struct message *m, struct str pattern);
struct str number_text_of(const struct i18n *t, struct arena *a, enum lang l,
                          struct str plain_decimal);
