// SPDX-License-Identifier: Apache-2.0
#include "port/stripe_event.h"

#include "base/json.h"
#include "port/stripe_page.h"

#define ID_MAX 255

static bool id_ok(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f) return false;
    return s.n > 0 && s.n <= ID_MAX;
}

static struct str id_at(const struct json *v, const char *path) {
    struct str s = json_text(v, path);
    return id_ok(s) ? s : (struct str){0};
}

bool stripe_event_parse(struct arena *a, struct str body, struct payment_notice *out,
                        struct err *err) {
    struct json v;
    *out = (struct payment_notice){0};
    TRY(json_parse(a, body, &v, err));
    const struct json *o = json_path(&v, "data.object");
    out->id = id_at(&v, "id");
    out->type = id_at(&v, "type");
    if (!out->id.p || !out->type.p || !str_eq(json_text(&v, "object"), S("event")) || !o ||
        o->type != JSON_OBJECT)
        return err_set(err, ERR_INVALID, "This is not an event of Stripe.");
    struct str kind = json_text(o, "object");
    out->object = id_at(o, "id");
    if (str_eq(kind, S("checkout.session"))) out->session = out->object;
    out->intent = str_eq(kind, S("payment_intent")) ? out->object : id_at(o, "payment_intent");
    out->status = id_at(o, "status");
    out->reason = id_at(o, "reason");
    out->row = stripe_row_of(o);
    out->amount = json_int(o, "amount", 0);
    out->refunded = json_int(o, "amount_refunded", 0);
    return true;
}
