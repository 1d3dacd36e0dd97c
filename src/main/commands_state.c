// SPDX-License-Identifier: Apache-2.0
// kontor check, rebuild, report, liquid.
#include <stdio.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/i18n.h"
#include "core/tx.h"
#include "liquid/liquid.h"
#include "main/command.h"
#include "order_sql.h"

struct findings {
    int64_t n;
};

static void print_finding(void *self, const struct check_finding *f) {
    struct findings *all = self;
    all->n++;
    fprintf(stderr, "%s: " STR_FMT ": " STR_FMT " (%s)\n", f->name, STR_ARG(f->object),
            STR_ARG(f->detail), f->says);
}

int cmd_check(const struct args *a) {
    struct cli c;
    struct findings all = {0};
    if (!cli_open(&c, a->words[0])) return 1;
    int code = cli_close(&c, check_all(&c.ctx, print_finding, &all));
    return code ? code : all.n > 0;
}

static bool rebuild(struct ctx *c, void *self, bool *keep) {
    const struct module *m = self;
    (void)keep;
    return m->rebuild(c);
}

static bool rebuild_all(struct cli *c) {
    struct module_table all = c->shop.modules;
    for (size_t i = 0; i < all.n; i++) {
        struct module m = *all.v[i];
        if (m.rebuild) TRY(tx_run(&c->ctx, rebuild, &m));
    }
    return true;
}

int cmd_rebuild(const struct args *a) {
    struct cli c;
    return cli_open(&c, a->words[0]) ? cli_close(&c, rebuild_all(&c)) : 1;
}

static bool day(struct cli *c, const char *text, instant otherwise, instant *out) {
    struct civil d;
    *out = otherwise;
    if (!text) return true;
    if (!instant_parse(str_c(text), out))
        return err_set(&c->err, ERR_INVALID, "\"%s\" is not a date like 2026-11-22.", text);
    d = civil_of_instant(*out);
    *out = zone_day_start(&c->ctx, d.year, d.month, d.day);
    return true;
}

struct gross {
    struct str currency;
    __int128 minor;
};

static void add_gross(struct gross *g, size_t *n, const struct sales_report *row) {
    size_t i = 0;
    while (i < *n && !str_eq(g[i].currency, row->currency)) i++;
    if (i == *n) g[(*n)++] = (struct gross){.currency = row->currency};
    g[i].minor += row->gross;
}

static int64_t count_of(const struct sales_report_rows *rows, const char *kind) {
    int64_t n = 0;
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].kind, str_c(kind))) n += rows->v[i].n;
    return n;
}

static bool print_sales(struct cli *c, const struct sales_report_rows *rows) {
    static const char *const kinds[] = {"orders", "credit_notes", "adjustments"};
    struct gross *g = ARENA_ARRAY(&c->arena, struct gross, rows->n + 1);
    size_t n = 0;
    struct buf b = buf_new(&c->arena, 0);
    struct json_writer w = json_writer(&b);
    for (size_t i = 0; i < rows->n; i++) add_gross(g, &n, &rows->v[i]);
    json_begin_object(&w);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        json_key(&w, kinds[i]);
        json_put_int(&w, count_of(rows, kinds[i]));
    }
    json_key(&w, "gross");
    json_begin_object(&w);
    for (size_t i = 0; i < n; i++) {
        struct currency cur;
        ensure(currency_parse(g[i].currency, &cur) && g[i].minor <= INT64_MAX &&
               g[i].minor >= INT64_MIN);
        json_key_str(&w, g[i].currency);
        json_put_str(&w, money_plain(&c->arena, money((int64_t)g[i].minor, cur)));
    }
    json_end_object(&w);
    json_end_object(&w);
    return puts(buf_str(&b).p) >= 0;
}

static bool report(struct cli *c, const struct args *a) {
    struct sales_report_in in;
    struct sales_report_rows rows = {0};
    TRY(day(c, args_option(a, "from"), INT64_MIN / 2, &in.from_at));
    TRY(day(c, args_option(a, "to"), INT64_MAX - DAY, &in.to_at));
    if (args_option(a, "to")) in.to_at += DAY; // --to is the last day
    TRY(sales_report_all(&c->ctx.db, &in, &rows));
    return print_sales(c, &rows);
}

int cmd_report(const struct args *a) {
    struct cli c;
    if (strcmp(a->words[1], "sales") != 0)
        return fputs("usage: kontor report DIR sales [--from D --to D] --json\n", stderr), 2;
    return cli_open(&c, a->words[0]) ? cli_close(&c, report(&c, a)) : 1;
}

int cmd_liquid(const struct args *a) {
    struct arena arena = {0};
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    (void)a;
    while ((n = getline(&line, &cap, stdin)) >= 0) {
        struct buf out = buf_new(&arena, (size_t)64 << 20);
        struct str text = str_trim((struct str){line, (size_t)n});
        if (str_empty(text)) continue;
        (void)liquid_conformance_line(&arena, text, &out);
        fwrite(out.p, 1, out.n, stdout);
        fflush(stdout);
        arena_reset(&arena);
    }
    free(line);
    arena_done(&arena);
    return 0;
}
