// SPDX-License-Identifier: Apache-2.0
// kontor init, import, export, statement.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/file.h"
#include "flow/demo_load.h"
#include "flow/drafts.h"
#include "flow/export.h"
#include "flow/import.h"
#include "flow/statement.h"
#include "main/command.h"
#include "mod/staff/staff.h"

#define STATEMENT_MAX ((size_t)64 << 20)

// An empty file is where the new shop's database grows.
static bool make_database(struct cli *c, struct str dir, const char *db) {
    if (db && strncmp(db, "sqlite:", 7) != 0) return true;
    const char *path = db ? db + 7 : arena_fmt(&c->arena, STR_FMT "/shop.db", STR_ARG(dir)).p;
    return file_exists(path) || file_write(path, S(""), 0600, &c->err);
}

static bool make_dir(struct cli *c, const char *dir, const char *db, struct str *path_out) {
    static const char *const folders[] = {"", "/media", "/mail", "/themes"};
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        TRY(dir_make(arena_fmt(&c->arena, "%s%s", dir, folders[i]).p, &c->err));
    char *real = realpath(dir, NULL);
    if (!real) return err_set(&c->err, ERR_IO, "The folder %s cannot be used.", dir);
    *path_out = arena_str(&c->arena, str_c(real));
    free(real);
    static const char *const own[] = {"kontor.conf", "shop.db", "secrets"};
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (file_exists(arena_fmt(&c->arena, "%s/%s", dir, own[i]).p)) {
            err_set(&c->err, ERR_CONFLICT, "%s already holds a shop; nothing was changed.", dir);
            return err_hint(&c->err, "Run it with: kontor serve %s", dir);
        }
    TRY(make_database(c, *path_out, db));
    return conf_write(&c->arena, *path_out, str_c(db), &c->err);
}

static bool fill_demo(struct cli *c) {
    struct staff_new owner = {
        .email = S("owner@shop.example"), .role = S("owner"), .name = S("Owner")};
    struct str token;
    enum staff_verdict v;
    int64_t id;
    TRY(demo_load(&c->ctx));
    TRY(staff_add(&c->ctx, &owner, &v, &id));
    ensure(v == STAFF_OK);
    TRY(staff_link_new(&c->ctx, id, &token));
    printf("Back office, sign in once within 24 hours:\n  " STR_FMT "/desk/login/link/" STR_FMT
           "\n",
           STR_ARG(c->shop.base_url), STR_ARG(token));
    return true;
}

// Nothing of a shop that could not be made stays, so that init can be tried again.
static int undo_init(const char *dir) {
    static const char *const made[] = {"kontor.conf", "secrets", "shop.db", "shop.db-wal",
                                       "shop.db-shm"};
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(made); i++) unlink(arena_fmt(&a, "%s/%s", dir, made[i]).p);
    arena_done(&a);
    return 1;
}

int cmd_init(const struct args *a) {
    struct cli c = {0};
    struct str path;
    const char *dir = a->words[0];
    if (!make_dir(&c, dir, args_option(a, "db"), &path)) {
        int code = cli_fail(&c.err);
        arena_done(&c.arena);
        return code;
    }
    arena_done(&c.arena);
    if (!cli_open(&c, dir)) return undo_init(dir);
    if (args_option(a, "demo")) return cli_close(&c, fill_demo(&c)) ? undo_init(dir) : 0;
    if (!drafts_write(&c.ctx)) return cli_close(&c, false), undo_init(dir);
    printf("The shop is made. Add yourself with: kontor user add %s --email YOU@EXAMPLE --role "
           "owner\n"
           "Its legal pages are drafts; the desk's first page lists what is missing before you "
           "open.\n",
           dir);
    return cli_close(&c, true);
}

static void print_problem(void *self, const struct import_problem *p) {
    (void)self;
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
    fprintf(stderr, STR_FMT, STR_ARG(p->file));
    if (p->line) fprintf(stderr, ":%lld", (long long)p->line);
    if (p->column.p) {
        fputs(", column \"", stderr);
        cli_tell(p->column);
        fputc('"', stderr);
    }
    if (p->object.n) {
        fputs(", ", stderr);
        cli_tell(p->object);
    }
    fputs(p->note ? ": note: " : ": ", stderr);
    cli_tell(p->what);
    fputc('\n', stderr);
}

static void print_progress(void *self, const struct import_progress *p) {
    static const char bar[] = "########################################";
    (void)self;
    if (!isatty(STDERR_FILENO) || p->total <= 0) return;
    int filled = (int)(p->done * 40 / p->total);
    fprintf(stderr, "\r[%.*s%*s] %3d %%  %lld rows", filled, bar, 40 - filled, "",
            (int)(p->done * 100 / p->total), (long long)p->rows);
}

static void print_counts(const char *name, const struct import_counts *n) {
    if (n->created + n->changed + n->unchanged + n->failed == 0) return;
    printf("%-13s %lld new, %lld changed, %lld unchanged, %lld left out\n", name,
           (long long)n->created, (long long)n->changed, (long long)n->unchanged,
           (long long)n->failed);
}

static void print_number(int64_t n, const char *one, const char *many) {
    if (n > 0) printf("%lld %s\n", (long long)n, n == 1 ? one : many);
}

static bool import(struct cli *c, const struct args *a, enum import_format format) {
    struct str *files = ARENA_ARRAY(&c->arena, struct str, a->n);
    struct import_options o = {.format = format,
                               .files = files,
                               .file_count = a->n - 1,
                               .problem = print_problem,
                               .progress = print_progress,
                               .dry_run = args_option(a, "dry-run") != NULL};
    struct import_result r = {0};
    for (size_t i = 1; i < a->n; i++) files[i - 1] = str_c(a->words[i]);
    TRY(import_run(&c->ctx, &o, &r));
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
    if (o.dry_run) puts("Nothing was written (dry run). It would have been:");
    print_counts("Products:", &r.products);
    print_counts("Collections:", &r.collections);
    print_counts("Customers:", &r.customers);
    print_counts("Orders:", &r.orders);
    print_counts("Credit notes:", &r.credit_notes);
    print_counts("Adjustments:", &r.adjustments);
    print_counts("Tax rates:", &r.tax_rates);
    print_number(r.pictures_wanted, "picture will be fetched by the running shop.",
                 "pictures will be fetched by the running shop.");
    print_number(r.rounded, "amount with fractions of the smallest coin was rounded.",
                 "amounts with fractions of the smallest coin were rounded.");
    print_number(r.problems, "problem is listed above; mend the file and run the import again.",
                 "problems are listed above; mend the file and run the import again.");
    return true;
}

int cmd_import(const struct args *a) {
    struct cli c;
    enum import_format format;
    const char *from = args_option(a, "from");
    if (!from || !import_format_parse(str_c(from), &format))
        return fputs("usage: kontor import DIR --from woocommerce|shopify|online-retail FILE... "
                     "[--dry-run]\n",
                     stderr),
               2;
    return cli_open(&c, a->words[0]) ? cli_close(&c, import(&c, a, format)) : 1;
}

int cmd_export(const struct args *a) {
    struct cli c;
    enum import_format format;
    const char *to = args_option(a, "to"), *out = args_option(a, "out");
    if (!to || !out || !import_format_parse(str_c(to), &format) || format == IMPORT_ONLINE_RETAIL)
        return fputs("usage: kontor export DIR --to woocommerce|shopify --out FOLDER\n", stderr), 2;
    if (!cli_open(&c, a->words[0])) return 1;
    return cli_close(
        &c, export_run(&c.ctx, &(struct export_options){.format = format, .folder = str_c(out)}));
}

static bool statement(struct cli *c, const char *path) {
    struct statement_in in = {.filename = str_c(path)};
    struct statement_result r;
    if (!file_read(&c->arena, path, STATEMENT_MAX, &in.bytes, &c->err)) return false;
    if (!statement_import(&c->ctx, &in, &r)) {
        struct err why = c->ctx.err;
        err_clear(&c->ctx.err);
        err_set(&c->ctx.err, why.code, "%s: %s", path, why.message);
        err_hint(&c->ctx.err, "%s", why.hint);
        return err_detail(&c->ctx.err, "%s", why.detail);
    }
    if (r.again)
        printf("%s: was read before; nothing changed\n", path);
    else
        printf("%s: %lld %s, %lld booked on orders, %lld for you to look at in the desk, %lld "
               "known before\n",
               path, (long long)r.entries, r.entries == 1 ? "entry" : "entries",
               (long long)r.matched, (long long)r.open, (long long)r.known);
    return true;
}

int cmd_statement(const struct args *a) {
    struct cli c;
    bool ok = true;
    if (!cli_open(&c, a->words[0])) return 1;
    for (size_t i = 1; i < a->n && ok; i++) ok = statement(&c, a->words[i]);
    return cli_close(&c, ok);
}
