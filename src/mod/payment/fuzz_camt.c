// SPDX-License-Identifier: Apache-2.0
// A bank statement of any bytes: what is read has an account, a date, a known currency, and an
// identity of its own; reading it again gives the same.
#include "base/fuzz.h"
#include "base/map.h"
#include "mod/payment/camt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct camt_file f, again;
    struct err err = {0};
    struct map seen = {0};
    struct str bytes = {(const char *)data, size};
    bool ok = camt_parse(&a, bytes, &f, &err);
    ensure(ok == (err.code == ERR_NONE));
    for (size_t i = 0; ok && i < f.n; i++)
        for (size_t k = 0; k < f.v[i].n; k++) {
            const struct camt_entry *e = &f.v[i].v[k];
            struct camt_references refs;
            struct currency cur;
            ensure(!str_empty(f.v[i].iban) && !str_empty(e->key));
            ensure(e->amount.minor <= MONEY_MAX && e->amount.minor >= -MONEY_MAX);
            ensure(currency_parse(currency_str(&e->amount.cur), &cur));
            camt_references(&a, e->remittance, &refs);
            ensure(refs.n <= ARRAY_LEN(refs.v));
            map_set(&a, &seen, e->key, (void *)(intptr_t)data);
        }
    if (ok) {
        ensure(camt_parse(&a, bytes, &again, &err) && again.n == f.n);
        for (size_t i = 0; i < f.n; i++)
            for (size_t k = 0; k < f.v[i].n; k++)
                ensure(str_eq(f.v[i].v[k].key, again.v[i].v[k].key));
    }
    arena_done(&a);
    return 0;
}
