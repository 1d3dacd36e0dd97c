// SPDX-License-Identifier: Apache-2.0
// Money that moved for an order: an entry of the ledger is a transaction that succeeded.
#include "payment_sql.h"
#include "shop/object/order_private.h"

#define NO_CARDS   "what a card is called stays with the provider"
#define NO_PENDING "what is in the ledger has happened; what is due stands on the status page"

struct movement {
    struct page *p;
    struct str method;
    struct payment_entries row;
};

// A refund that the bank sent back is a capture again.
static struct str kind_of(const struct movement *m) {
    return str_eq(m->row.kind, S("refund")) ? S("refund") : S("capture");
}
static int64_t amount_of(const struct movement *m) {
    return m->row.amount < 0 ? -m->row.amount : m->row.amount;
}
static struct str method_name(const struct movement *m) {
    const char *key = arena_fmt(m->p->c->arena, "shop.pay." STR_FMT, STR_ARG(m->method)).p;
    return tr_exists(m->p->c, key) ? tr(m->p->c, key) : m->method;
}
static struct str label_of(const struct movement *m) {
    return tr(m->p->c, "shop.transaction.success");
}
VALUE_PROP(amount, struct movement, liquid_int(amount_of(me)))
VALUE_PROP(at, struct movement, liquid_time(me->row.at))
VALUE_PROP(gateway, struct movement, liquid_text(me->method))
VALUE_PROP(gateway_name, struct movement, liquid_text(method_name(me)))
VALUE_PROP(id, struct movement, liquid_int(me->row.id))
VALUE_PROP(kind, struct movement, liquid_text(kind_of(me)))
VALUE_PROP(name, struct movement,
           liquid_text(arena_fmt(me->p->c->arena, "#%lld", (long long)me->row.id)))
VALUE_PROP(pending, struct movement, liquid_bool(false))
VALUE_PROP(status, struct movement, liquid_text(S("success")))
VALUE_PROP(status_label, struct movement, liquid_text(label_of(me)))
static const struct theme_prop props[] = {
    {"amount", amount, NULL, false},
    {"buyer_pending_payment_instructions", NULL, NO_PENDING, false},
    {"buyer_pending_payment_notice", NULL, NO_PENDING, false},
    {"created_at", at, NULL, false},
    {"gateway", gateway, NULL, false},
    {"gateway_display_name", gateway_name, NULL, false},
    {"id", id, NULL, false},
    {"kind", kind, NULL, false},
    {"name", name, NULL, false},
    {"payment_details", NULL, NO_CARDS, false},
    {"receipt", NULL, NO_CARDS, false},
    {"show_buyer_pending_payment_instructions?", pending, NULL, false},
    {"status", status, NULL, false},
    {"status_label", status_label, NULL, false},
};
const struct theme_kind transaction_kind = {.name = "transaction", THEME_PROPS(props)};

bool order_transactions(struct order_thing *o, struct liquid_value *out) {
    struct ctx *c = o->p->c;
    struct payment_entries_rows rows = {0};
    struct list l = {0};
    TRY(payment_entries_all(&c->db, &(struct payment_entries_in){o->full.head.id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct movement *m = ARENA_NEW(c->arena, struct movement);
        *m = (struct movement){o->p, o->full.head.payment_method, rows.v[i]};
        list_add(c->arena, &l, theme_object(c->arena, &transaction_kind, m));
    }
    *out = liquid_array(l.v, l.n);
    return true;
}

// ---- what was said in fields of a theme

bool order_words(struct order_thing *o, int64_t line_id, struct liquid_value *out,
                 struct err *err) {
    struct ctx *c = o->p->c;
    struct order_words_of_in in = {o->full.head.id};
    *out = liquid_nil();
    if (!o->words_read && !order_words_of_all(&c->db, &in, &o->words)) return told(o->p, err);
    o->words_read = true;
    for (size_t i = 0; i < o->words.n; i++) {
        const struct order_words_of *w = &o->words.v[i];
        if (w->has_order_line_id ? w->order_line_id == line_id : !line_id)
            return liquid_parse_json(c->arena, w->words, out, err);
    }
    return true;
}
