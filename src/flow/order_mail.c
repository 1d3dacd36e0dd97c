// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"

#include "core/app.h"
#include "core/i18n.h"
#include "flow/place_order.h"
#include "mod/content/content.h"
#include "mod/mail/mail.h"
#include "mod/order/order.h"
#include "mod/payment/bank.h"

static const char *const legal_pages[] = {"agb", "widerruf"};

bool order_mail(struct ctx *c, const struct order_mail *m) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    struct str key = arena_fmt(c->arena, "%s:" STR_FMT, m->kind, STR_ARG(m->key));
    json_begin_object(&w);
    json_key(&w, "order");
    json_put_int(&w, m->order_id);
    json_key(&w, "kind");
    json_put_str(&w, str_c(m->kind));
    json_key(&w, "key");
    json_put_str(&w, key);
    json_key(&w, "detail");
    json_put_raw(&w, m->detail.p ? m->detail : S("{}"));
    json_end_object(&w);
    return job_add(c, &(struct job_new){.kind = "order.mail", .payload = buf_str(&b), .key = key});
}

static bool legal_texts(struct ctx *c, struct liquid_map *data) {
    struct liquid_value *v = ARENA_ARRAY(c->arena, struct liquid_value, ARRAY_LEN(legal_pages));
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(legal_pages); i++) {
        struct page_text page;
        TRY(page_get(c, str_c(legal_pages[i]), &page));
        if (!page.found) continue;
        struct liquid_map *m = liquid_map_new(c->arena);
        liquid_set(m, "title", liquid_text(page.title));
        liquid_set(m, "html", liquid_html(page.html));
        liquid_set(m, "text", liquid_text(page_plain(c, page.source)));
        v[n++] = liquid_of_map(m);
    }
    liquid_set(data, "legal", liquid_array(v, n));
    return true;
}

static void add_detail(struct ctx *c, struct liquid_map *data, const struct json *detail,
                       const struct order_full *o) {
    struct currency cur;
    int64_t amount = json_int(detail, "amount", json_int(detail, "refund", 0));
    ensure(currency_parse(o->head.currency, &cur));
    liquid_set(data, "detail", liquid_of_json(c->arena, detail));
    if (amount > 0)
        liquid_set(data, "detail_amount", liquid_text(show_money(c, money(amount, cur))));
}

// What is in this parcel, and how many pieces of the order are still to come.
static bool add_parcel(struct ctx *c, struct liquid_map *data, const struct json *detail,
                       const struct order_full *o) {
    struct shipment_lines_rows rows = {0};
    int64_t left = 0;
    TRY(shipment_lines_all(
        &c->db, &(struct shipment_lines_in){json_int(detail, "shipment", 0)}, &rows));
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct order_lines *l = &o->lines.v[i];
        int64_t open = l->quantity - l->shipped - l->credited;
        left += open > 0 ? open : 0;
    }
    liquid_set(data, "parcel", liquid_rows(c->arena, &shipment_lines_type, rows.v, rows.n));
    liquid_set(data, "to_come", liquid_int(left));
    return true;
}

// The credit note and what it takes back; money paid in excess goes back without one.
static bool add_credit_note(struct ctx *c, struct liquid_map *data, const struct json *detail,
                            const struct order_full *o) {
    struct credit_note_get note;
    struct credit_note_lines_rows rows = {0};
    struct currency cur;
    bool found;
    int64_t id = json_int(detail, "credit_note", 0);
    TRY(credit_note_get(&c->db, &(struct credit_note_get_in){id}, &note, &found));
    if (!found) return true;
    TRY(credit_note_lines_all(&c->db, &(struct credit_note_lines_in){id}, &rows));
    ensure(currency_parse(o->head.currency, &cur));
    struct liquid_value *v = ARENA_ARRAY(c->arena, struct liquid_value, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        bool freight = str_empty(rows.v[i].title);
        liquid_set(m, "title", liquid_text(freight ? tr(c, "mail.shipping") : rows.v[i].title));
        liquid_set(m, "quantity", liquid_int(rows.v[i].quantity));
        liquid_set(m, "total", liquid_money(money(-rows.v[i].total, cur)));
        v[i] = liquid_of_map(m);
    }
    struct liquid_map *m = liquid_map_new(c->arena);
    liquid_set(m, "number", liquid_text(note.number));
    liquid_set(m, "total", liquid_money(money(-note.total, cur)));
    liquid_set(m, "lines", liquid_array(v, rows.n));
    liquid_set(data, "credit_note", liquid_of_map(m));
    return true;
}

// How to transfer, with the QR code as a picture inside the mail.
static void add_bank(struct ctx *c, struct liquid_map *data, const struct order_get *h,
                     struct mail_attachment *qr_out) {
    struct epc_transfer account;
    struct str payload, png;
    struct err ignored = {0};
    if (!str_eq(h->payment_method, S("bank_transfer")) || !bank_account(c, &account)) return;
    struct liquid_map *m = liquid_map_new(c->arena);
    liquid_set(m, "holder", liquid_text(account.name));
    liquid_set(m, "iban_shown", liquid_text(iban_shown(c->arena, account.iban)));
    liquid_set(m, "bic", liquid_text(account.bic));
    liquid_set(data, "bank", liquid_of_map(m));
    bool drawn =
        bank_payload(c, &(struct bank_order){h->number, h->currency, h->total}, &payload) &&
        epc_qr_png(c->arena, payload, &png, &ignored);
    if (!drawn) return;
    liquid_set(m, "qr", liquid_text(S("cid:epc-qr")));
    *qr_out = (struct mail_attachment){S("epc-qr.png"), S("image/png"), png, S("epc-qr")};
}

static bool put(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return mail_put(c, self);
}

// Written before the transaction: others can place orders meanwhile.
static bool write_mail(struct ctx *c, const struct json *job) {
    struct order_full o;
    struct mail_written w;
    bool found;
    int64_t id = json_int(job, "order", 0);
    TRY(order_load(c, id, &o, &found));
    if (!found || str_empty(o.head.email)) return true;
    if (!lang_parse(o.head.lang, &c->lang)) c->lang = LANG_DE;
    struct str kind = json_text(job, "kind");
    struct liquid_map *data = liquid_map_new(c->arena);
    liquid_set(data, "order", liquid_of_map(order_liquid(c, &o)));
    liquid_set(data, "order_url", liquid_text(url_absolute(c, order_link_path(c, id))));
    const struct json *detail = json_get(job, S("detail"));
    if (detail) add_detail(c, data, detail, &o);
    if (detail && str_eq(kind, S("shipped"))) TRY(add_parcel(c, data, detail, &o));
    if (detail && str_eq(kind, S("refunded"))) TRY(add_credit_note(c, data, detail, &o));
    struct mail_attachment qr = {0};
    if (str_eq(kind, S("order_confirmation"))) add_bank(c, data, &o.head, &qr);
    liquid_set(data, "withdraw_url", liquid_text(url_absolute(c, S("/withdraw"))));
    if (str_eq(kind, S("order_confirmation"))) TRY(legal_texts(c, data));
    struct mail_new m = {.kind = arena_cstr(c->arena, kind),
                         .to = o.head.email,
                         .lang = c->lang,
                         .order_id = id,
                         .data = data,
                         .key = json_text(job, "key"),
                         .attachments = &qr,
                         .attachment_count = qr.bytes.p ? 1 : 0};
    TRY(mail_write(c, &m, &w));
    return tx_run(c, put, &w);
}

enum job_result order_mail_run(struct ctx *c, const struct json *payload) {
    return write_mail(c, payload) ? JOB_DONE : JOB_RETRY;
}
