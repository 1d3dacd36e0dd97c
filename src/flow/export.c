// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <unistd.h>

#include "core/file.h"
#include "flow/export_private.h"

enum { PAGE = 200 };

struct str export_money(struct exporter *e, int64_t minor) {
    return money_plain(e->c->arena, money(minor, e->cur));
}

bool export_row(struct exporter *e, const struct str *cells, size_t n) {
    struct buf b = buf_new(e->c->arena, (size_t)256 << 20);
    for (size_t i = 0; i < n; i++) csv_put(&b, cells[i].p ? cells[i] : S(""), i + 1 == n);
    if (!buf_ok(&b))
        return err_set(&e->c->err, ERR_TOO_LARGE, "A product is too large to be written.");
    if (fwrite(b.p, 1, b.n, e->file) == b.n) return true;
    return err_set(&e->c->err, errno == ENOSPC ? ERR_FULL : ERR_IO,
                   "The export cannot be written: %s.", strerror(errno));
}

// A name that no other picture of this export has.
static struct str picture_name(struct exporter *e, const struct media_by_id *m) {
    struct arena *a = e->run;
    struct str name = arena_fmt(a, "pictures/" STR_FMT, STR_ARG(m->filename));
    const struct str *hash = map_get(&e->picture_by, name);
    if (!hash || str_eq(*hash, m->hash)) return name;
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.') dot--;
    struct str stem = dot ? str_sub(name, 0, dot - 1) : name,
               ending = dot ? str_from(name, dot - 1) : S("");
    return arena_fmt(a, STR_FMT "-" STR_FMT STR_FMT, STR_ARG(stem),
                     STR_ARG(str_sub(m->hash, 0, 12)), STR_ARG(ending));
}

static bool write_picture(struct exporter *e, const struct media_by_id *m, struct str name) {
    struct world *w = ctx_world(e->c);
    struct str bytes;
    struct str *hash = ARENA_NEW(e->run, struct str);
    *hash = arena_str(e->run, m->hash);
    if (map_get(&e->picture_by, name)) return true;
    map_set(e->run, &e->picture_by, name, hash);
    TRY(w->file_get(w->self, e->c->arena, hash->p, &bytes, &e->c->err));
    const char *path =
        arena_fmt(e->run, STR_FMT "/" STR_FMT, STR_ARG(e->o->folder), STR_ARG(name)).p;
    return file_write(path, bytes, 0644, &e->c->err);
}

bool export_picture(struct exporter *e, int64_t media_id, struct str *out) {
    struct media_by_id m;
    bool found;
    struct str key = arena_fmt(e->run, "%lld", (long long)media_id);
    struct str *known = map_get(&e->written, key);
    *out = known ? *known : (struct str){0};
    if (known) return true;
    TRY(media_by_id(&e->c->db, &(struct media_by_id_in){media_id}, &m, &found));
    if (!found) return true;
    if (m.hash.p) {
        *out = picture_name(e, &m);
        TRY(write_picture(e, &m, *out));
    } else {
        *out = arena_str(e->run, m.source_url);
    }
    known = ARENA_NEW(e->run, struct str);
    *known = *out;
    map_set(e->run, &e->written, key, known);
    return true;
}

static bool write_products(struct exporter *e) {
    struct catalog_product_by_handles_rows ids;
    bool shopify = e->o->format == IMPORT_SHOPIFY;
    struct str after = S("");
    TRY(shopify ? export_shopify_head(e) : export_woocommerce_head(e));
    do {
        struct arena_mark page = arena_mark(e->c->arena);
        ids = (struct catalog_product_by_handles_rows){0};
        TRY(catalog_product_by_handles_all(
            &e->c->db, &(struct catalog_product_by_handles_in){after, PAGE}, &ids));
        for (size_t i = 0; i < ids.n; i++) {
            struct arena_mark mark = arena_mark(e->c->arena);
            struct export_product p;
            TRY(export_load(e, ids.v[i].id, &p));
            if (p.variant_count)
                TRY(shopify ? export_shopify_product(e, &p) : export_woocommerce_product(e, &p));
            after = arena_str(e->run, ids.v[i].handle);
            arena_rewind(e->c->arena, mark);
        }
        arena_rewind(e->c->arena, page);
    } while (ids.n == PAGE);
    return true;
}

static bool write_file(struct exporter *e, const char *part, const char *path) {
    struct err *err = &e->c->err;
    e->file = fopen(part, "wb");
    if (!e->file)
        return err_set(err, ERR_IO, "The file %s cannot be made: %s.", part, strerror(errno));
    bool ok = write_products(e);
    if (ok && (fflush(e->file) != 0 || fsync(fileno(e->file)) != 0))
        ok = err_set(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "The export cannot be written: %s.",
                     strerror(errno));
    fclose(e->file);
    if (ok && rename(part, path) != 0)
        ok = err_set(err, ERR_IO, "The file %s cannot be replaced: %s.", path, strerror(errno));
    if (!ok) unlink(part);
    return ok;
}

bool export_run(struct ctx *c, const struct export_options *o) {
    struct arena run = {0};
    struct exporter e = {.c = c, .o = o, .run = &run, .cur = shop_currency(c)};
    struct catalog_option_most most = {0};
    bool found;
    ensure(o->format == IMPORT_SHOPIFY || o->format == IMPORT_WOOCOMMERCE);
    e.currency = arena_str(&run, currency_str(&e.cur));
    const char *path = arena_fmt(&run, STR_FMT "/products.csv", STR_ARG(o->folder)).p;
    bool ok = dir_make(arena_fmt(&run, STR_FMT "/pictures", STR_ARG(o->folder)).p, &c->err) &&
              catalog_option_most(&c->db, &most, &found);
    e.options = most.options;
    ok = ok && write_file(&e, arena_fmt(&run, "%s.part", path).p, path);
    arena_done(&run);
    return ok;
}
