// SPDX-License-Identifier: Apache-2.0
// An order's own page behind an unguessable link: where it stands, how it is paid, what it holds.
#include "core/app.h"
#include "core/settings.h"
#include "mod/order/order.h"
#include "mod/payment/bank.h"
#include "payment_sql.h"
#include "shop/cart_page.h"

static struct liquid_value address_map(struct ctx *c, const struct address *a) {
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "name", a->name);
    set_str(m, "company", a->company);
    set_str(m, "street", a->street);
    set_str(m, "extra", a->extra);
    set_str(m, "postcode", a->postcode);
    set_str(m, "city", a->city);
    set_str(m, "country_name", country_name(c, a->country));
    return liquid_of_map(m);
}

static void set_addresses(struct ctx *c, struct liquid_map *m, const struct order_get *h) {
    struct address ship = {h->name,     h->company, h->street, h->extra,
                           h->postcode, h->city,    h->country};
    struct address bill = {h->bill_name,     h->bill_company, h->bill_street, h->bill_extra,
                           h->bill_postcode, h->bill_city,    h->bill_country};
    struct liquid_value shown = address_map(c, &ship);
    liquid_set(m, "shipping_address", shown);
    liquid_set(m, "billing_address", h->bill_name.n ? address_map(c, &bill) : shown);
}

static bool set_lines(struct page *p, const struct order_full *o, struct liquid_map *m) {
    struct ctx *c = p->c;
    struct shop_order_pictures_rows pics = {0};
    struct list l = {0};
    TRY(shop_order_pictures_all(&c->db, &(struct shop_order_pictures_in){o->head.id}, &pics));
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct order_lines *line = &o->lines.v[i];
        struct liquid_map *x = liquid_map_new(c->arena);
        set_str(x, "title", line->title);
        set_str(x, "variant_title", line->variant_title);
        liquid_set(x, "quantity", liquid_int(line->quantity));
        liquid_set(x, "final_price", liquid_int(line->unit_price));
        liquid_set(x, "final_line_price", liquid_int(line->total));
        for (size_t k = 0; k < pics.n; k++) {
            const struct shop_order_pictures *pic = &pics.v[k];
            if (pic->line_id != line->id) continue;
            set_image(c, x, "image",
                      &(struct picture){pic->hash, pic->filename, line->title, 0, 0});
            if (str_eq(pic->status, S("active")))
                set_str(x, "url", local_path(c, "/products/", pic->handle));
        }
        list_add(c->arena, &l, liquid_of_map(x));
    }
    set_list(m, "line_items", &l);
    return true;
}

static void set_totals(struct page *p, const struct order_full *o) {
    struct ctx *c = p->c;
    struct liquid_map *t = liquid_map_new(c->arena);
    struct tax_row *rows = ARENA_ARRAY(c->arena, struct tax_row, o->taxes.n + 1);
    for (size_t i = 0; i < o->taxes.n; i++)
        rows[i] = (struct tax_row){o->taxes.v[i].rate, o->taxes.v[i].gross, o->taxes.v[i].tax};
    liquid_set(t, "goods", liquid_int(o->head.goods));
    liquid_set(t, "shipping", liquid_int(o->head.shipping));
    liquid_set(t, "total", liquid_int(o->head.total));
    set_str(t, "currency", o->head.currency);
    set_str(t, "shipping_name", o->head.shipping_method);
    liquid_set(t, "taxes", tax_list(c, rows, o->taxes.n));
    liquid_set(p->data, "totals", liquid_of_map(t));
}

static struct str first_name(struct str name) {
    size_t space = str_find_char(name, ' ');
    return space == STR_NONE ? name : str_sub(name, 0, space);
}

static bool set_order(struct page *p, const struct order_full *o) {
    struct ctx *c = p->c;
    const struct order_get *h = &o->head;
    struct liquid_map *m = liquid_map_new(c->arena);
    const char *pay = arena_fmt(c->arena, "shop.pay." STR_FMT, STR_ARG(h->payment_method)).p;
    set_str(m, "name", h->number);
    set_str(m, "email", h->email);
    set_str(m, "first_name", first_name(h->name));
    set_str(m, "currency", h->currency);
    liquid_set(m, "created_at", liquid_time(h->placed_at));
    liquid_set(m, "total_price", liquid_int(h->total));
    set_str(m, "shipping_method", h->shipping_method);
    set_str(m, "delivery", h->delivery);
    set_str(m, "payment_name", tr_exists(c, pay) ? tr(c, pay) : h->payment_method);
    set_str(m, "financial_status", h->payment_state);
    set_str(m, "fulfillment_status", h->fulfilment_state);
    liquid_set(m, "cancelled", liquid_bool(str_eq(h->state, S("cancelled"))));
    liquid_set(m, "paid",
               liquid_bool(!str_eq(h->payment_state, S("pending")) &&
                           !str_eq(h->payment_state, S("part_paid"))));
    liquid_set(m, "fulfilled", liquid_bool(str_eq(h->fulfilment_state, S("fulfilled"))));
    liquid_set(m, "part_fulfilled", liquid_bool(str_eq(h->fulfilment_state, S("part"))));
    set_addresses(c, m, h);
    TRY(set_lines(p, o, m));
    set_totals(p, o);
    liquid_set(p->data, "order", liquid_of_map(m));
    return true;
}

static bool set_shipments(struct page *p, int64_t order_id) {
    struct shop_shipments_rows rows = {0};
    TRY(shop_shipments_all(&p->c->db, &(struct shop_shipments_in){order_id}, &rows));
    liquid_set(p->data, "shipments",
               liquid_rows(p->c->arena, &shop_shipments_type, rows.v, rows.n));
    return true;
}

// What went back is what the ledger says; a credit note alone moves no money.
static bool set_refunds(struct page *p, const struct order_full *o) {
    struct ctx *c = p->c;
    struct payment_sums sums;
    struct buf numbers = buf_new(c->arena, 0);
    struct currency cur = shop_currency(c);
    (void)!currency_parse(o->head.currency, &cur);
    TRY(payment_sums(c, o->head.id, &sums));
    bool cancelled = str_eq(o->head.state, S("cancelled"));
    liquid_set(p->data, "nothing_paid", liquid_bool(cancelled && sums.captured == 0));
    if (sums.refunded <= 0) return true;
    for (size_t i = 0; i < o->credits.n; i++)
        buf_fmt(&numbers, "%s" STR_FMT, i ? ", " : "", STR_ARG(o->credits.v[i].number));
    liquid_set(p->data, "refund_notes", liquid_int((int64_t)o->credits.n));
    set_str(p->data, "refund_numbers", buf_str(&numbers));
    set_str(p->data, "refund_text", show_money(c, money(sums.refunded, cur)));
    return true;
}

static struct str amount_due(struct page *p, const struct order_full *o,
                             const struct payment_sums *sums, int64_t *due_out) {
    struct currency cur = shop_currency(p->c);
    (void)!currency_parse(o->head.currency, &cur);
    *due_out = payment_due(o->head.total, sums);
    return show_money(p->c, money(*due_out, cur));
}

// The drawing says what it is to those who do not see it.
static struct str labelled(struct ctx *c, struct str svg) {
    struct buf b = buf_new(c->arena, 0);
    if (!str_starts(svg, S("<svg "))) return svg;
    buf_put(&b, S("<svg aria-label=\""));
    buf_html(&b, tr(c, "shop.bank.qr"));
    buf_put(&b, S("\" "));
    buf_put(&b, str_from(svg, 5));
    return buf_str(&b);
}

static bool order_bank(struct page *p, const struct order_full *o) {
    struct ctx *c = p->c;
    struct epc_transfer account;
    struct payment_sums sums;
    int64_t due;
    struct str payload, svg;
    if (!bank_account(c, &account)) return true;
    TRY(payment_sums(c, o->head.id, &sums));
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "amount_text", amount_due(p, o, &sums, &due));
    set_str(m, "owner", account.name);
    set_str(m, "iban", iban_shown(c->arena, account.iban));
    set_str(m, "bic", account.bic);
    set_str(m, "reference", o->head.number);
    if (bank_payload(c, &(struct bank_order){o->head.number, o->head.currency, due}, &payload)) {
        TRY(epc_qr_svg(c->arena, payload, &svg, &c->err));
        liquid_set(m, "qr", liquid_html(labelled(c, svg)));
    }
    liquid_set(p->data, "bank", liquid_of_map(m));
    return true;
}

// Bank details and QR code, or the way back to the provider, while money is due.
static bool set_payment(struct page *p, const struct order_full *o) {
    struct ctx *c = p->c;
    const struct order_get *h = &o->head;
    bool due = str_eq(h->payment_state, S("pending")) || str_eq(h->payment_state, S("part_paid"));
    const struct payment_method *m = payment_method_find(c->shop, h->payment_method);
    if (!due || str_eq(h->state, S("cancelled")) || !m) return true;
    if (m->redirects) {
        set_str(p->data, "pay_url", url_local(c, order_pay_path(c, h->id)));
        return true;
    }
    return order_bank(p, o);
}

// The order of the link, or false with ERR_NOT_FOUND: a wrong key and no order look the same.
static bool load(struct ctx *c, const struct request *rq, struct order_full *o) {
    int64_t id;
    bool found = false;
    if (!str_to_int(request_param(rq, "id"), &id) ||
        !order_link_ok(c, id, request_param(rq, "key")))
        return page_missing(c);
    TRY(order_load(c, id, o, &found));
    return found || page_missing(c);
}

bool order_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct order_full o;
    TRY(load(c, rq, &o));
    TRY(page_begin(&p, c, rq, rs));
    TRY(set_order(&p, &o));
    TRY(set_shipments(&p, o.head.id));
    TRY(set_refunds(&p, &o));
    TRY(set_payment(&p, &o));
    liquid_set(p.data, "fresh", liquid_bool(request_query(rq, "thanks").n > 0));
    liquid_set(p.data, "noindex", liquid_bool(true));
    response_header_set(rs, "Referrer-Policy", S("no-referrer"));
    return page_send(&p, "order",
                     TR(c, "shop.order.number", {.name = "number", .text = o.head.number}));
}
