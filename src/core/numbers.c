// SPDX-License-Identifier: Apache-2.0
#include "core/i18n.h"
#include "core/tx.h"
#include "core_sql.h"

static const struct core_number_insert_in default_ranges[] = {
    {.name = S_INIT("order"), .prefix = S_INIT("K{year}-"), .width = 5, .next = 10001},
    {.name = S_INIT("credit_note"), .prefix = S_INIT("G{year}-"), .width = 5, .next = 10001},
    {.name = S_INIT("adjustment"), .prefix = S_INIT("A{year}-"), .width = 5, .next = 10001},
};

static const struct core_number_insert_in *range_default(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(default_ranges); i++)
        if (str_eq(default_ranges[i].name, name)) return &default_ranges[i];
    base_bug("a number of an unknown range was asked for", __FILE__, __LINE__);
}

static struct str number_text(struct ctx *c, const struct core_number_take *n) {
    struct buf b = buf_new(c->arena, 0);
    struct str rest = n->prefix;
    size_t at;
    while ((at = str_find(rest, S("{year}"))) != STR_NONE) {
        buf_put(&b, str_sub(rest, 0, at));
        buf_fmt(&b, "%04d", zone_civil(c, c->now).year);
        rest = str_from(rest, at + 6);
    }
    buf_put(&b, rest);
    buf_fmt(&b, "%0*lld", (int)n->width, (long long)n->number);
    return buf_str(&b);
}

bool number_next(struct ctx *c, const char *range, struct str *number_out) {
    ensure(c->db.writing);
    struct core_number_take_in in = {.name = str_c(range)};
    struct core_number_take n;
    bool found;
    TRY(core_number_take(&c->db, &in, &n, &found));
    if (!found) {
        TRY(core_number_insert(&c->db, range_default(in.name)));
        TRY(core_number_take(&c->db, &in, &n, &found));
        ensure(found);
    }
    *number_out = number_text(c, &n);
    return true;
}
