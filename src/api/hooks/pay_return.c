// SPDX-License-Identifier: Apache-2.0
#include "api/hooks/hooks.h"
#include "core/app.h"
#include "flow/stripe_complete.h"
#include "mod/order/link.h"
#include "mod/payment/payment.h"
#include "payment_sql.h"

#define REF_MAX 255

// The order of the link. A wrong key and no order look the same.
static bool order_of(struct ctx *c, const struct request *rq, int64_t *id_out) {
    bool ok = str_to_int(request_param(rq, "id"), id_out) &&
              order_link_ok(c, *id_out, request_param(rq, "key"));
    return ok ? true : err_set(&c->err, ERR_NOT_FOUND, "There is no such page.");
}

static bool to_order(struct ctx *c, struct response *rs, int64_t id) {
    response_redirect(rs, 303, url_local(c, order_link_path(c, id)));
    return true;
}

bool hook_pay(struct ctx *c, const struct request *rq, struct response *rs) {
    struct payment_of_order p;
    int64_t id;
    bool found;
    struct str url = {0};
    TRY(order_of(c, rq, &id));
    TRY(payment_of_order(&c->db, &(struct payment_of_order_in){id}, &p, &found));
    const struct payment_method *m = found ? payment_method_find(c->shop, p.method) : NULL;
    if (m && m->start && m->offered(c)) TRY(m->start(c, p.id, &url));
    if (!url.p) return to_order(c, rs, id);
    response_redirect(rs, 303, url);
    return true;
}

// When Stripe cannot be asked now, the order's page says that the payment is awaited; the webhook
// or the sweep will book it.
bool hook_return(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    enum stripe_verdict v;
    struct str ref = request_query(rq, "session_id");
    TRY(order_of(c, rq, &id));
    bool looks_right = str_starts(ref, S("cs_")) && ref.n <= REF_MAX;
    if (looks_right && !stripe_complete(c, ref, &v)) {
        if (c->err.code != ERR_NET) return false;
        err_clear(&c->err);
    }
    return to_order(c, rs, id);
}
