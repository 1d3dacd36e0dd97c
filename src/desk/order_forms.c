// SPDX-License-Identifier: Apache-2.0
// What can be done with an order: each form carries a key, so that a second press is the same one.
#include "desk/handlers.h"
#include "desk/order_page.h"
#include "flow/order_steps.h"

enum { LINES_MAX = 1000, REASON_MAX = 500, NOTE_MAX = 4000 };

struct action { // a form on its way
    struct desk d;
    int64_t id;
    struct str key;
    const char *name;  // "ship": which form stands open again
    const char *field; // where a wrong amount or quantity is told
    enum step_verdict verdict;
};

static bool begin(struct action *a, struct ctx *c, const struct request *rq, struct response *rs) {
    if (!desk_id(rq, "id", &a->id)) return desk_missing(c);
    desk_begin(&a->d, c, rq, rs);
    desk_typed(&a->d);
    struct str sent = request_form(rq, "key");
    if (sent.n < 16 || sent.n > 64) desk_fail_key(&a->d, NULL, "desk.form.stale");
    a->key = arena_fmt(c->arena, "desk:%s:" STR_FMT, a->name, STR_ARG(sent));
    return true;
}

static void tell(struct action *a) {
    switch (a->verdict) {
    case STEP_OK:
    case STEP_AGAIN:
    case STEP_NOT_FOUND:
        return;
    case STEP_STATE:
        a->d.rs->status = 409;
        desk_fail_key(&a->d, NULL, arena_fmt(a->d.c->arena, "desk.%s.state", a->name).p);
        return;
    case STEP_QUANTITY:
        desk_fail_key(&a->d, a->field, arena_fmt(a->d.c->arena, "desk.%s.quantity", a->name).p);
        return;
    case STEP_AMOUNT:
        desk_fail_key(&a->d, "amount", arena_fmt(a->d.c->arena, "desk.%s.amount", a->name).p);
        return;
    }
}

static bool finish(struct action *a) {
    struct ctx *c = a->d.c;
    tell(a);
    if (a->verdict == STEP_NOT_FOUND && !a->d.errors) return desk_missing(c);
    if (a->d.errors) return desk_order_show(&a->d, a->id, a->name);
    struct str path = arena_fmt(c->arena, "/desk/orders/%lld", (long long)a->id);
    return desk_done(c, a->d.rs, path, a->verdict == STEP_AGAIN ? "again" : a->name);
}

// Fields q_<line id> with a quantity; empty and 0 are left out.
static struct step_line *read_lines(struct action *a, const char *prefix, size_t *n_out) {
    struct desk *d = &a->d;
    struct step_line *v = ARENA_ARRAY(d->c->arena, struct step_line, LINES_MAX);
    size_t n = 0;
    for (size_t i = 0; i < d->rq->form.n && n < LINES_MAX; i++) {
        struct str name = d->rq->form.v[i].name;
        int64_t line;
        if (!str_starts(name, str_c(prefix)) || !str_to_int(str_from(name, strlen(prefix)), &line))
            continue;
        const char *field = arena_cstr(d->c->arena, name);
        int64_t q = desk_read_number(d, &(struct desk_number){field, FORM_INT, 0, 0, QUANTITY_MAX});
        if (q > 0) v[n++] = (struct step_line){line, q};
        if (q > 0 && !a->field) a->field = field;
    }
    *n_out = n;
    return v;
}

bool desk_order_pay_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct action a = {.name = "pay"};
    TRY(begin(&a, c, rq, rs));
    struct capture_in in = {.order_id = a.id, .key = a.key};
    in.amount = desk_read_number(
        &a.d, &(struct desk_number){"amount", FORM_MONEY, FORM_REQUIRED, 1, MONEY_MAX});
    in.at = desk_read_day(&a.d, "date");
    if (in.at > c->now) desk_fail_key(&a.d, "date", "desk.pay.future");
    if (in.at && c->now - in.at < DAY) in.at = 0; // today: the moment itself
    in.source = arena_fmt(c->arena, "staff:%lld", (long long)c->actor.id);
    if (!a.d.errors) TRY(order_capture(c, &in, &a.verdict));
    return finish(&a);
}

static bool web_address(struct str s) {
    return !s.n || str_starts(s, S("https://")) || str_starts(s, S("http://"));
}

bool desk_order_ship_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct action a = {.name = "ship"};
    TRY(begin(&a, c, rq, rs));
    struct ship_in in = {
        .order_id = a.id, .key = a.key, .notify = request_form(rq, "notify").n > 0};
    in.lines = read_lines(&a, "q_", &in.n);
    in.carrier = desk_read_text(&a.d, "carrier", 0, 100);
    in.tracking = desk_read_text(&a.d, "tracking", 0, 100);
    in.tracking_url = desk_read_text(&a.d, "tracking_url", 0, 500);
    if (!web_address(in.tracking_url)) desk_fail_key(&a.d, "tracking_url", "desk.ship.url");
    if (!in.n && !a.d.errors) desk_fail_key(&a.d, NULL, "desk.ship.nothing");
    if (!a.d.errors) TRY(order_ship(c, &in, &a.verdict));
    return finish(&a);
}

bool desk_order_cancel_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct action a = {.name = "cancel"};
    TRY(begin(&a, c, rq, rs));
    struct cancel_in in = {.order_id = a.id,
                           .key = a.key,
                           .restock = request_form(rq, "restock").n > 0,
                           .notify = request_form(rq, "notify").n > 0};
    in.reason = desk_read_text(&a.d, "reason", FORM_REQUIRED, REASON_MAX);
    if (!a.d.errors) TRY(order_cancel(c, &in, &a.verdict));
    return finish(&a);
}

bool desk_order_refund_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct action a = {.name = "refund"};
    TRY(begin(&a, c, rq, rs));
    struct refund_in in = {.order_id = a.id,
                           .key = a.key,
                           .restock = request_form(rq, "restock").n > 0,
                           .notify = request_form(rq, "notify").n > 0};
    in.lines = read_lines(&a, "r_", &in.n);
    in.amount =
        desk_read_number(&a.d, &(struct desk_number){"refund_amount", FORM_MONEY, 0, 0, MONEY_MAX});
    in.reason = desk_read_text(&a.d, "reason", FORM_REQUIRED, REASON_MAX);
    if (!in.n && !in.amount && !a.d.errors)
        desk_fail_key(&a.d, "refund_amount", "desk.refund.nothing");
    if (!a.d.errors) TRY(order_refund(c, &in, &a.verdict));
    if (a.verdict == STEP_AMOUNT) {
        desk_fail_key(&a.d, "refund_amount", "desk.refund.amount");
        a.verdict = STEP_OK;
    }
    return finish(&a);
}

bool desk_order_note_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct action a = {.name = "note"};
    TRY(begin(&a, c, rq, rs));
    struct str text = desk_read_text(&a.d, "text", FORM_REQUIRED, NOTE_MAX);
    if (!a.d.errors) TRY(order_note(c, a.id, text));
    return finish(&a);
}
