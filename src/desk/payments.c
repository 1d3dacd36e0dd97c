// SPDX-License-Identifier: Apache-2.0
// Bank statements, what they left open, and refunds to transfer by hand.
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/provider_refund.h"
#include "flow/statement.h"
#include "mod/payment/payment.h"
#include "payment_sql.h"

enum { ENTRY_ROWS = 100, STATEMENT_ROWS = 12, TRANSFER_ROWS = 100, FILES_MAX = 50 };

static bool show(struct desk *d) {
    struct bank_entry_list_rows open = {0};
    struct desk_statements_rows statements = {0};
    struct desk_transfers_rows asked = {0};
    struct db *db = &d->c->db;
    TRY(bank_entry_list_all(
        db, &(struct bank_entry_list_in){.state = S("open"), .limit = ENTRY_ROWS}, &open));
    TRY(desk_statements_all(db, &(struct desk_statements_in){STATEMENT_ROWS}, &statements));
    TRY(desk_transfers_all(
        db, &(struct desk_transfers_in){payment_self_refunding(d->c), TRANSFER_ROWS}, &asked));
    PUT_ROWS(d, "entries", bank_entry_list, open);
    PUT_ROWS(d, "statements", desk_statements, statements);
    PUT_ROWS(d, "transfers", desk_transfers, asked);
    return desk_send(d, "payments", tr(d->c, "desk.payments.title"));
}

bool desk_payments_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return show(&d);
}

static bool is_bad_file(enum err_code code) {
    return code == ERR_INVALID || code == ERR_UNSUPPORTED || code == ERR_TOO_LARGE;
}

// One file is one transaction: what is wrong with one does not hold back the others.
static bool import_one(struct desk *d, const struct http_file *f, struct list *results) {
    struct ctx *c = d->c;
    struct statement_result r;
    struct str name = str_utf8_cut(f->filename, 100);
    if (!statement_import(c, &(struct statement_in){f->bytes, name}, &r)) {
        if (!is_bad_file(c->err.code)) return false;
        desk_fail(d, "files",
                  TR(c, "desk.payments.bad_file", {.name = "name", .text = name},
                     {.name = "why", .text = arena_str(c->arena, str_c(c->err.message))}));
        err_clear(&c->err);
        return true;
    }
    struct liquid_map *m = liquid_map_new(c->arena);
    put_str(m, "name", name);
    put_bool(m, "again", r.again);
    put_int(m, "entries", r.entries);
    put_int(m, "matched", r.matched);
    put_int(m, "open", r.open);
    put_int(m, "known", r.known);
    desk_list_add(c->arena, results, liquid_of_map(m));
    return true;
}

bool desk_statement_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct list results = {0};
    size_t sent = 0;
    desk_begin(&d, c, rq, rs);
    for (size_t i = 0; i < rq->files.n && i < FILES_MAX; i++) {
        const struct http_file *f = &rq->files.v[i];
        if (!f->bytes.n && !f->filename.n) continue;
        sent++;
        TRY(import_one(&d, f, &results));
    }
    if (!sent) desk_fail_key(&d, "files", "desk.payments.no_file");
    liquid_set(d.data, "results", liquid_array(results.v, results.n));
    return show(&d);
}

static const char *refusal(enum statement_verdict v) {
    switch (v) {
    case STATEMENT_OK:
        return NULL;
    case STATEMENT_NOT_OPEN:
        return "desk.payments.not_open";
    case STATEMENT_NO_ORDER:
        return "desk.payments.no_order";
    case STATEMENT_CURRENCY:
        return "desk.payments.currency";
    case STATEMENT_DEBIT:
        return "desk.payments.debit";
    }
    return NULL;
}

bool desk_entry_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    enum statement_verdict v = STATEMENT_OK;
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    bool ignore = request_form(rq, "ignore").n > 0;
    const char *field = arena_fmt(c->arena, "number_%lld", (long long)id).p;
    struct str number = ignore ? S("") : desk_read_text(&d, field, FORM_REQUIRED, 60);
    if (!d.errors && ignore)
        TRY(statement_ignore(c, id, &v));
    else if (!d.errors)
        TRY(statement_assign(c, id, number, &v));
    if (v == STATEMENT_NOT_OPEN) rs->status = 409;
    if (v != STATEMENT_OK) desk_fail_key(&d, v == STATEMENT_NOT_OPEN ? NULL : field, refusal(v));
    if (d.errors) return show(&d);
    return desk_done(c, rs, S("/desk/payments"), ignore ? "ignored" : "assigned");
}

bool desk_transfer_form(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    bool found, again;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    TRY(refund_transferred(c, id, &found, &again));
    if (!found) return desk_missing(c);
    return desk_done(c, rs, S("/desk/payments"), again ? "again" : "transferred");
}
