// SPDX-License-Identifier: Apache-2.0
#include "mod/price/rule.h"

#include "base/money.h"

#define REFERENCE_DAYS 30

static bool reduced(const struct price_point *p) { return p->compare_at > p->amount; }

// Index of the point where the present run of reductions began.
static size_t sale_start(const struct price_point *p, size_t n) {
    size_t i = n - 1;
    while (i > 0 && reduced(&p[i - 1]) && p[i].amount <= p[i - 1].amount) i--;
    return i;
}

struct price_reference price_reference(const struct price_point *p, size_t n) {
    struct price_reference r = {0};
    if (n == 0 || !reduced(&p[n - 1])) return r;
    size_t start = sale_start(p, n);
    r.on_sale = true;
    r.sale_since = p[start].at;
    instant from = r.sale_since - REFERENCE_DAYS * DAY;
    for (size_t i = start; i-- > 0;) {
        if (p[i].at == p[i + 1].at) continue; // corrected at once: nobody was asked this price
        if (r.low30 == 0 || p[i].amount < r.low30) r.low30 = p[i].amount;
        if (p[i].at <= from) break; // this price was still asked when the 30 days began
    }
    return r;
}

static const struct unit {
    struct str name;
    char kind;      // m mass, v volume, l length, a area, s space
    int64_t factor; // in thousandths of the kind's base
} units[] = {
    {S_INIT("mg"), 'm', 1},    {S_INIT("g"), 'm', 1000},   {S_INIT("kg"), 'm', 1000000},
    {S_INIT("ml"), 'v', 1000}, {S_INIT("cl"), 'v', 10000}, {S_INIT("l"), 'v', 1000000},
    {S_INIT("mm"), 'l', 1000}, {S_INIT("cm"), 'l', 10000}, {S_INIT("m"), 'l', 1000000},
    {S_INIT("m2"), 'a', 1000}, {S_INIT("m3"), 's', 1000},
};

static const struct unit *unit_find(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_eq_nocase(units[i].name, name)) return &units[i];
    return NULL;
}

bool price_unit_known(struct str unit) { return unit_find(unit) != NULL; }

int64_t price_per_unit(int64_t amount, int64_t unit_amount, struct str unit, int64_t base_amount,
                       struct str base_unit) {
    const struct unit *u = unit_find(unit), *b = unit_find(base_unit);
    if (!u || !b || u->kind != b->kind || unit_amount <= 0 || base_amount <= 0) return 0;
    __int128 content = (__int128)unit_amount * u->factor, base = (__int128)base_amount * b->factor;
    if (content == base) return 0;
    return (int64_t)(((__int128)amount * base * 2 + content) / (content * 2));
}
