// SPDX-License-Identifier: Apache-2.0
// Money, decimals, times and encodings: what parses is shown in a form that parses to the same.
#include "base/buf.h"
#include "base/decimal.h"
#include "base/fuzz.h"
#include "base/money.h"
#include "base/time.h"

static void try_money(struct arena *a, struct str s) {
    struct money m, again;
    struct currency cur;
    if (!currency_parse(str_sub(s, 0, 3), &cur)) cur = EUR;
    if (!money_parse(s, cur, &m) && !money_parse(str_from(s, 3), cur, &m)) return;
    ensure(money_parse(money_plain(a, m), cur, &again) && again.minor == m.minor);
}

static void try_decimal(struct arena *a, struct str s) {
    int64_t v, again;
    if (!decimal_parse(s, &v)) return;
    ensure(decimal_parse(decimal_plain(a, v), &again) && again == v);
}

static void try_time(struct arena *a, struct str s) {
    instant t, again;
    if (!instant_parse(s, &t)) return;
    ensure(instant_parse(instant_iso(a, t), &again) &&
           again == t - ((t % SECOND) + SECOND) % SECOND);
    ensure(instant_of_civil(civil_of_instant(t)) == t);
    ensure(instant_http(a, t).n == 29);
}

static void try_codes(struct arena *a, struct str s) {
    struct str bytes, again;
    struct buf b = buf_new(a, 0);
    if (base64_decode(a, s, &bytes)) {
        buf_base64(&b, bytes.p, bytes.n);
        ensure(base64_decode(a, buf_str(&b), &again) && str_eq(bytes, again));
    }
    buf_clear(&b);
    if (url_decode(a, s, true, &bytes)) {
        buf_url(&b, bytes);
        ensure(url_decode(a, buf_str(&b), true, &again) && str_eq(bytes, again));
    }
    ensure(str_is_utf8(s) || s.n > 0);
    ensure(str_utf8_cut(s, str_utf8_len(s)).n == s.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str s = {(const char *)data, size};
    try_money(&a, s);
    try_decimal(&a, s);
    try_time(&a, s);
    try_codes(&a, s);
    arena_done(&a);
    return 0;
}
