// SPDX-License-Identifier: Apache-2.0
// The list of products.
#include "desk/handlers.h"
#include "desk/page.h"

enum { ROWS = 50 };
static const char *const paging[] = {"after", "done", NULL};

static void put_next(struct desk *d, struct desk_products_rows *rows) {
    if (rows->n <= ROWS) return;
    rows->n = ROWS;
    const struct desk_products *last = &rows->v[ROWS - 1];
    struct buf b = buf_new(d->c->arena, 0);
    buf_fmt(&b, "/desk/products?" STR_FMT "after=%lld-",
            STR_ARG(desk_query_with(d->c, d->rq, paging)), (long long)last->id);
    buf_url(&b, last->title);
    put_str(d->data, "next", buf_str(&b));
}

static bool known_status(struct str s) {
    return str_eq(s, S("active")) || str_eq(s, S("draft")) || str_eq(s, S("archived"));
}

bool desk_products_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct desk_products_rows rows = {0};
    struct currency cur = shop_currency(c);
    struct str q = request_query(rq, "q"), status = request_query(rq, "status"),
               after = request_query(rq, "after"), id;
    desk_begin(&d, c, rq, rs);
    struct desk_products_in in = {.currency = arena_str(c->arena, currency_str(&cur)),
                                  .count = ROWS + 1};
    if (str_trim(q).n) in.search = desk_like(c, q);
    if (known_status(status)) in.status = status;
    if (after.p && str_split(&after, '-', &id) && after.p && str_to_int(id, &in.after_id)) {
        in.after_title = after;
        in.has_after_id = true;
    }
    TRY(desk_products_all(&c->db, &in, &rows));
    put_next(&d, &rows);
    put_str(d.f, "q", q);
    put_str(d.f, "status", status);
    put_bool(d.data, "filtered", q.n || status.n);
    PUT_ROWS(&d, "products", desk_products, rows);
    return desk_send(&d, "products", tr(c, "desk.products.title"));
}
