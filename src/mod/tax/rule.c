// SPDX-License-Identifier: Apache-2.0
#include "mod/tax/tax.h"

#define RATES_MAX ARRAY_LEN(((struct tax_document *)0)->sums)

static struct tax_sum *sum_of(struct tax_document *d, int64_t rate) {
    size_t i = 0;
    while (i < d->sum_count && d->sums[i].rate > rate) i++;
    if (i < d->sum_count && d->sums[i].rate == rate) return &d->sums[i];
    ensure(d->sum_count < RATES_MAX);
    memmove(&d->sums[i + 1], &d->sums[i], (d->sum_count - i) * sizeof d->sums[0]);
    d->sum_count++;
    d->sums[i] = (struct tax_sum){.rate = rate};
    return &d->sums[i];
}

// The gross of shipping that falls on each rate, in the proportion of the goods; all on the highest
// when the goods cost nothing.
static void split_shipping(struct currency cur, const struct tax_document *goods, int64_t shipping,
                           struct money *out) {
    int64_t weights[RATES_MAX] = {0}, all = 0;
    for (size_t i = 0; i < goods->sum_count; i++) all += weights[i] = goods->sums[i].gross;
    if (all == 0) weights[0] = 1;
    money_allocate(money(shipping, cur), weights, goods->sum_count, out);
}

// Shares the tax of one rate over its lines and its part of shipping, so that they sum to it.
static int64_t share_rate(struct arena *a, struct currency cur, struct tax_line *lines, size_t n,
                          struct tax_sum s, int64_t shipping) {
    int64_t *weights = ARENA_ARRAY(a, int64_t, n + 1);
    struct money *shares = ARENA_ARRAY(a, struct money, n + 1);
    for (size_t i = 0; i < n; i++) weights[i] = lines[i].rate == s.rate ? lines[i].gross : 0;
    weights[n] = shipping;
    if (s.gross == 0) return 0;
    money_allocate(money(s.tax, cur), weights, n + 1, shares);
    for (size_t i = 0; i < n; i++)
        if (lines[i].rate == s.rate) lines[i].tax = shares[i].minor;
    return shares[n].minor;
}

void tax_compute(struct arena *a, struct currency cur, struct tax_line *lines, size_t n,
                 int64_t shipping_gross, struct tax_document *out) {
    *out = (struct tax_document){0};
    for (size_t i = 0; i < n; i++) {
        lines[i].tax = 0;
        sum_of(out, lines[i].rate)->gross += lines[i].gross;
    }
    struct money shipping[RATES_MAX] = {{0}};
    if (out->sum_count > 0) split_shipping(cur, out, shipping_gross, shipping);
    for (size_t i = 0; i < out->sum_count; i++) {
        struct tax_sum *s = &out->sums[i];
        s->gross += shipping[i].minor;
        s->tax = money_tax_in_gross(money(s->gross, cur), s->rate).minor;
        out->tax += s->tax;
        out->shipping_tax += share_rate(a, cur, lines, n, *s, shipping[i].minor);
    }
}
