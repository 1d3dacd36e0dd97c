// SPDX-License-Identifier: Apache-2.0
// What Stripe might send: events of webhooks and payment pages, of any bytes.
#include "base/fuzz.h"
#include "port/stripe_event.h"
#include "port/stripe_page.h"

static void plain(struct str s) {
    ensure(s.n <= 255);
    for (size_t i = 0; i < s.n; i++) ensure(s.p[i] > 0x20 && s.p[i] < 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct err err = {0};
    struct payment_notice e;
    struct payment_page page;
    struct json v;
    struct str text = {(const char *)data, size};
    if (stripe_event_parse(&a, text, &e, &err)) {
        ensure(e.id.n > 0 && e.type.n > 0 && e.row >= 0);
        const struct str ids[] = {e.id, e.type, e.object, e.session, e.intent, e.status, e.reason};
        for (size_t i = 0; i < ARRAY_LEN(ids); i++) plain(ids[i]);
    } else
        ensure(err.code != ERR_NONE);
    err_clear(&err);
    if (json_parse(&a, text, &v, &err) && stripe_page_parse(&a, &v, &page))
        ensure(page.ref.n > 0 && page.amount >= 0 && page.row >= 0);
    arena_done(&a);
    return 0;
}
