// SPDX-License-Identifier: Apache-2.0
// The list of orders: search, filters, saved views, pages by key, and what came since.
#include "desk/handlers.h"
#include "desk/page.h"
#include "mod/staff/staff.h"
#include "staff_sql.h"

enum { ROWS = 50, NEW_MAX = 50 };

static const char *const filters[] = {"q", "state", "payment", "fulfilment", "from", "to", NULL};

static bool one_of(struct str s, const char *const *words) {
    for (; *words; words++)
        if (str_eq(s, str_c(*words))) return true;
    return false;
}

static bool choice(const struct request *rq, const char *name, const char *const *words,
                   struct str *out) {
    *out = request_query(rq, name);
    return out->n && one_of(*out, words);
}

static bool day(struct ctx *c, const struct request *rq, const char *name, instant *out) {
    struct str s = request_query(rq, name);
    instant t;
    if (s.n != 10 || !instant_parse(s, &t)) return false;
    struct civil d = civil_of_instant(t);
    *out = zone_day_start(c, d.year, d.month, d.day);
    return true;
}

static const char *const states[] = {"open", "closed", "cancelled", NULL};
static const char *const payments[] = {"pending",       "part_paid", "paid",
                                       "part_refunded", "refunded",  NULL};
static const char *const fulfilments[] = {"open", "part", "fulfilled", NULL};

static struct desk_orders_in wanted(struct ctx *c, const struct request *rq) {
    struct desk_orders_in in = {.count = ROWS + 1};
    struct str q = request_query(rq, "q"), at = request_query(rq, "before"), part;
    in.has_search = str_trim(q).n > 0;
    if (in.has_search) in.search = desk_like(c, q);
    in.has_state = choice(rq, "state", states, &in.state);
    in.has_payment = choice(rq, "payment", payments, &in.payment);
    in.has_fulfilment = choice(rq, "fulfilment", fulfilments, &in.fulfilment);
    in.has_from_at = day(c, rq, "from", &in.from_at);
    in.has_until_at = day(c, rq, "to", &in.until_at);
    if (in.has_until_at) { // the day itself counts
        struct civil d = zone_civil(c, in.until_at + 36 * HOUR);
        in.until_at = zone_day_start(c, d.year, d.month, d.day);
    }
    int64_t when, id;
    if (at.p && str_split(&at, '-', &part) && str_to_int(part, &when) && str_to_int(at, &id)) {
        in.before_at = when, in.before_id = id;
        in.has_before_at = in.has_before_id = true;
    }
    return in;
}

static void keep_one(struct desk_orders_in *in) { // texts that did not fit are no clause
    if (!in->has_state) in->state = (struct str){0};
    if (!in->has_payment) in->payment = (struct str){0};
    if (!in->has_fulfilment) in->fulfilment = (struct str){0};
}

static bool put_views(struct desk *d) {
    struct saved_view_list_rows views = {0};
    struct list l = {0};
    struct ctx *c = d->c;
    TRY(saved_view_list_all(
        &c->db, &(struct saved_view_list_in){.staff_id = c->actor.id, .page = S("orders")},
        &views));
    for (size_t i = 0; i < views.n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        put_int(m, "id", views.v[i].id);
        put_str(m, "name", views.v[i].name);
        put_str(m, "url", arena_fmt(c->arena, "/desk/orders?" STR_FMT, STR_ARG(views.v[i].query)));
        desk_list_add(c->arena, &l, liquid_of_map(m));
    }
    liquid_set(d->data, "views", liquid_array(l.v, l.n));
    return true;
}

static void put_next(struct desk *d, struct desk_orders_rows *rows) {
    static const char *const drop[] = {"before", "done", NULL};
    if (rows->n <= ROWS) return;
    rows->n = ROWS;
    const struct desk_orders *last = &rows->v[ROWS - 1];
    put_str(d->data, "next",
            arena_fmt(d->c->arena, "/desk/orders?" STR_FMT "before=%lld-%lld",
                      STR_ARG(desk_query_with(d->c, d->rq, drop)), (long long)last->placed_at,
                      (long long)last->id));
}

static bool show(struct desk *d) {
    static const char *const drop[] = {"before", "done", NULL};
    struct ctx *c = d->c;
    struct desk_orders_rows rows = {0};
    struct desk_order_last last;
    bool found;
    struct desk_orders_in in = wanted(c, d->rq);
    keep_one(&in);
    TRY(desk_orders_all(&c->db, &in, &rows));
    TRY(desk_order_last(&c->db, &last, &found));
    put_next(d, &rows);
    PUT_ROWS(d, "orders", desk_orders, rows);
    put_int(d->data, "last", last.id);
    struct str query = desk_query_with(c, d->rq, drop);
    put_str(d->data, "query", query);
    put_bool(d->data, "filtered", query.n > 0);
    put_bool(d->data, "first_page", !in.has_before_at);
    for (const char *const *f = filters; *f; f++)
        if (!liquid_map_get(d->f, str_c(*f))) put_str(d->f, *f, request_query(d->rq, *f));
    TRY(put_views(d));
    return desk_send(d, "orders", tr(c, "desk.orders.title"));
}

bool desk_orders_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return show(&d);
}

// {"count":2,"last":17,"rows":"<tr>..."}: what came after the order that the page knows as newest.
bool desk_orders_new(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk_orders_new_in in = {.count = NEW_MAX};
    struct desk_orders_rows rows = {0};
    struct buf html = buf_new(c->arena, 0);
    if (!str_to_int(request_query(rq, "after"), &in.after)) in.after = INT64_MAX;
    TRY(desk_orders_new_all(&c->db, &in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct liquid_map *data = liquid_map_new(c->arena);
        liquid_set(data, "o",
                   liquid_row(c->arena, &desk_orders_new_query.out, &rows.v[rows.n - 1 - i]));
        put_bool(data, "fresh", true);
        TRY(view_render(c, desk_view(c), NULL, "order_row", data, &html));
    }
    struct json_writer w = json_writer(&rs->body);
    response_type(rs, "application/json");
    json_begin_object(&w);
    json_key(&w, "count");
    json_put_int(&w, (int64_t)rows.n);
    json_key(&w, "last");
    json_put_int(&w, rows.n ? rows.v[rows.n - 1].id : in.after);
    json_key(&w, "text");
    json_put_str(&w, TR(c, "desk.orders.fresh", {.name = "count", .number = (int64_t)rows.n}));
    json_key(&w, "rows");
    json_put_str(&w, buf_str(&html));
    json_end_object(&w);
    return true;
}

// Only the list's own filters are kept of what the form sends.
static struct str clean_query(struct ctx *c, struct str sent) {
    struct request q = {.arena = c->arena};
    struct err ignored = {0};
    struct buf b = buf_new(c->arena, 0);
    if (sent.n > 2000 || !request_parse_query(&q, sent, &ignored)) return S("");
    for (size_t i = 0; i < q.query.n; i++) {
        if (!one_of(q.query.v[i].name, filters) || !q.query.v[i].value.n) continue;
        buf_url(&b, q.query.v[i].name);
        buf_char(&b, '=');
        buf_url(&b, q.query.v[i].value);
        buf_char(&b, '&');
    }
    return buf_str(&b);
}

bool desk_view_save(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    struct staff_view v = {.page = "orders", .query = clean_query(c, request_form(rq, "query"))};
    v.name = desk_read_text(&d, "name", FORM_REQUIRED, 60);
    if (d.errors) {
        put_str(d.f, "name", request_form(rq, "name"));
        return show(&d);
    }
    TRY(staff_view_save(c, c->actor.id, &v));
    return desk_done(c, rs, arena_fmt(c->arena, "/desk/orders?" STR_FMT, STR_ARG(v.query)), "view");
}

bool desk_view_drop(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    TRY(staff_view_drop(c, c->actor.id, id));
    return desk_done(c, rs, S("/desk/orders"), "view_dropped");
}
