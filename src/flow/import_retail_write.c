// SPDX-License-Identifier: Apache-2.0
// Writes the Online Retail year: a product per stock code, a customer per number, and for each
// invoice number one document. "C..." is a credit note, "A..." (bad debt) and invoices that move no
// money (stock corrections) are adjustments, all others are orders, paid and shipped. Prices are
// taken as gross; the file tells no tax, so the rate is 0.
#include "catalog_sql.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "customer_sql.h"
#include "flow/import_retail.h"
#include "mod/customer/customer.h"
#include "mod/order/order.h"
#include "price_sql.h"

// Statements in a transaction cost more the more pages it has changed (SQLite's statement journal);
// a commit costs a sync.
enum { BATCH_LINES = 1000, BATCH_CUSTOMERS = 1000 };
#define REF "online-retail:"
static const struct currency gbp = {"GBP"};

static struct str
country_code(struct str name) { // as the file writes them; ISO 3166-1, "" where there is none
    static const struct {
        const char *name, *code;
    } countries[] = {
        {"United Kingdom", "GB"},
        {"France", "FR"},
        {"Australia", "AU"},
        {"Netherlands", "NL"},
        {"Germany", "DE"},
        {"Norway", "NO"},
        {"EIRE", "IE"},
        {"Switzerland", "CH"},
        {"Spain", "ES"},
        {"Poland", "PL"},
        {"Portugal", "PT"},
        {"Italy", "IT"},
        {"Belgium", "BE"},
        {"Lithuania", "LT"},
        {"Japan", "JP"},
        {"Iceland", "IS"},
        {"Channel Islands", "GG"},
        {"Denmark", "DK"},
        {"Cyprus", "CY"},
        {"Sweden", "SE"},
        {"Austria", "AT"},
        {"Israel", "IL"},
        {"Finland", "FI"},
        {"Bahrain", "BH"},
        {"Greece", "GR"},
        {"Hong Kong", "HK"},
        {"Singapore", "SG"},
        {"Lebanon", "LB"},
        {"United Arab Emirates", "AE"},
        {"Saudi Arabia", "SA"},
        {"Czech Republic", "CZ"},
        {"Canada", "CA"},
        {"Brazil", "BR"},
        {"USA", "US"},
        {"Malta", "MT"},
        {"RSA", "ZA"},
    };
    for (size_t i = 0; i < ARRAY_LEN(countries); i++)
        if (str_eq(name, str_c(countries[i].name))) return str_c(countries[i].code);
    return S("");
}

static struct str reference(struct arena *a, struct str s) {
    return arena_fmt(a, REF STR_FMT, STR_ARG(s));
}

// Goods have codes that begin with five digits; the others are postage, fees, samples.
static bool is_goods(struct str code) {
    for (size_t i = 0; i < 5; i++)
        if (i >= code.n || code.p[i] < '0' || code.p[i] > '9') return false;
    return true;
}

static bool write_products(struct retail *r) {
    struct importer *im = r->im;
    for (size_t i = 0; i < r->products.n; i++) {
        const struct retail_product *rp = r->products.v[i];
        struct import_product *p = ARENA_NEW(im->batch, struct import_product);
        struct product_draft *d = &p->draft;
        p->name = rp->code;
        d->external_ref = reference(im->batch, rp->code);
        d->title.text[lang_first(im->c)] = rp->title;
        d->status = is_goods(rp->code) && rp->price > 0 ? S("active") : S("draft");
        d->keep_tags = d->keep_media = d->keep_attributes = true;
        *VEC_PUSH(im->batch, &p->variants) = (struct variant_draft){.sku = rp->code};
        *VEC_PUSH(im->batch, &p->extra) = (struct import_variant){
            .price = rp->price, .has_price = rp->price > 0, .cur = gbp, .has_stock = true};
        TRY(import_product_done(im, p));
    }
    return import_products_flush(im);
}

static bool on_product(void *self, const struct catalog_first_variants_by_ref *row) {
    struct retail *r = self;
    uintptr_t at = (uintptr_t)map_get(&r->product_by, str_from(row->external_ref, sizeof REF - 1));
    if (!at) return true;
    r->products.v[at - 1]->product_id = row->product_id;
    r->products.v[at - 1]->variant_id = row->variant_id;
    return true;
}

struct part { // of a list that one transaction writes
    struct retail *r;
    size_t from, to;
    struct import_counts orders, credit_notes, adjustments, customers;
    int64_t rounded;
};

static bool write_customers(struct ctx *c, void *self, bool *keep) {
    struct part *part = self;
    part->customers = (struct import_counts){0};
    for (size_t i = part->from; i < part->to; i++) {
        struct retail_customer *rc = part->r->customers.v[i];
        struct customer_by_ref row;
        bool found;
        struct str ref = reference(c->arena, rc->number);
        TRY(customer_by_ref(&c->db, &(struct customer_by_ref_in){ref}, &row, &found));
        rc->id = found ? row.id : 0;
        if (found)
            part->customers.unchanged++;
        else
            part->customers.created++;
        if (found) continue;
        struct str name = arena_fmt(c->arena, "Customer " STR_FMT, STR_ARG(rc->number));
        TRY(customer_find_or_add(c,
                                 &(struct customer_new){.name = name,
                                                        .lang = S("en"),
                                                        .country = country_code(rc->country),
                                                        .external_ref = ref,
                                                        .created_at = rc->since},
                                 &rc->id));
    }
    *keep = !part->r->im->o->dry_run;
    return true;
}

struct document {
    const struct retail_invoice *invoice;
    const struct retail_line *lines;
    int64_t *totals; // per line
    int64_t total;
    struct str ref;
    int64_t customer_id;
    bool known; // products and customers have rows (not in a rehearsal)
};

static int64_t line_total(struct part *part, const struct retail_line *l) {
    int64_t exact = l->price * l->quantity; // below 10^6 * 10^6 * 10^6
    part->rounded += exact % 10000 != 0;
    return muldiv(exact, 1, 10000, ROUND_HALF_UP);
}

static void put_id(struct json_writer *w, int64_t id, bool known) {
    if (known)
        json_put_int(w, id);
    else
        json_put_null(w);
}

// As mod/order/import.sql reads them; quantities times sign.
static struct str lines_json(struct ctx *c, struct retail *r, const struct document *d,
                             int64_t sign) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_array(&w);
    for (size_t i = 0; i < d->invoice->count; i++) {
        const struct retail_line *l = &d->lines[i];
        const struct retail_product *p = r->products.v[l->product];
        json_begin_array(&w);
        json_put_int(&w, (int64_t)i + 1);
        put_id(&w, p->variant_id, d->known);
        put_id(&w, p->product_id, d->known);
        json_put_str(&w, p->code);
        json_put_str(&w, p->title);
        json_put_int(&w, sign * l->quantity);
        json_put_int(&w, muldiv(l->price, 1, 10000, ROUND_HALF_UP));
        json_put_int(&w, d->totals[i]);
        json_end_array(&w);
    }
    json_end_array(&w);
    ensure(buf_ok(&b));
    return buf_str(&b);
}

static bool write_adjustment(struct ctx *c, struct retail *r, const struct document *d) {
    bool debt = d->total != 0;
    struct str reason = debt ? r->products.v[d->lines[0].product]->title : S("stock correction");
    int64_t id;
    TRY(order_import_adjustment(&c->db,
                                &(struct order_import_adjustment_in){.number = d->invoice->number,
                                                                     .at = d->invoice->at,
                                                                     .currency = S("GBP"),
                                                                     .total = d->total,
                                                                     .reason = reason,
                                                                     .external_ref = d->ref},
                                &id));
    return order_import_adjustment_lines(
        &c->db, &(struct order_import_adjustment_lines_in){id, lines_json(c, r, d, 1)});
}

static bool write_credit_note(struct ctx *c, struct retail *r, const struct document *d) {
    int64_t id;
    TRY(credit_note_insert(&c->db,
                           &(struct credit_note_insert_in){.number = d->invoice->number,
                                                           .customer_id = d->customer_id,
                                                           .has_customer_id = d->customer_id != 0,
                                                           .issued_at = d->invoice->at,
                                                           .currency = S("GBP"),
                                                           .total = d->total,
                                                           .reason = S("cancellation"),
                                                           .external_ref = d->ref,
                                                           .has_external_ref = true},
                           &id));
    return order_import_credit_lines(
        &c->db, &(struct order_import_credit_lines_in){id, lines_json(c, r, d, -1)});
}

static bool write_order_head(struct ctx *c, const struct document *d, int64_t *id_out) {
    const struct retail_invoice *v = d->invoice;
    const struct str none = S("");
    struct str name =
        v->customer ? arena_fmt(c->arena, "Customer " STR_FMT, STR_ARG(v->customer->number)) : none;
    struct str search = text_fold(
        c->arena, arena_fmt(c->arena, STR_FMT " " STR_FMT, STR_ARG(v->number), STR_ARG(name)));
    return order_insert(&c->db,
                        &(struct order_insert_in){.number = v->number,
                                                  .source = S("import"),
                                                  .external_ref = d->ref,
                                                  .has_external_ref = true,
                                                  .placed_at = v->at,
                                                  .state = S("closed"),
                                                  .payment_state = S("paid"),
                                                  .fulfilment_state = S("fulfilled"),
                                                  .payment_method = S("import"),
                                                  .customer_id = d->customer_id,
                                                  .has_customer_id = d->customer_id != 0,
                                                  .lang = S("en"),
                                                  .currency = S("GBP"),
                                                  .goods = d->total,
                                                  .total = d->total,
                                                  .shipping_method = none,
                                                  .delivery = none,
                                                  .email = none,
                                                  .phone = none,
                                                  .name = name,
                                                  .company = none,
                                                  .street = none,
                                                  .extra = none,
                                                  .postcode = none,
                                                  .city = none,
                                                  .country = country_code(v->country),
                                                  .bill_name = none,
                                                  .bill_company = none,
                                                  .bill_street = none,
                                                  .bill_extra = none,
                                                  .bill_postcode = none,
                                                  .bill_city = none,
                                                  .bill_country = none,
                                                  .note = none,
                                                  .terms = S("{}"),
                                                  .search_text = search},
                        id_out);
}

static bool write_order(struct ctx *c, struct retail *r, const struct document *d) {
    int64_t id;
    TRY(write_order_head(c, d, &id));
    TRY(order_import_lines(&c->db, &(struct order_import_lines_in){id, lines_json(c, r, d, 1)}));
    TRY(order_tax_insert(&c->db, &(struct order_tax_insert_in){.order_id = id, .gross = d->total}));
    return order_import_event(&c->db, &(struct order_import_event_in){id, d->invoice->at});
}

static bool write_document(struct ctx *c, struct part *part, const struct retail_invoice *invoice) {
    struct retail *r = part->r;
    struct document d = {.invoice = invoice,
                         .lines = r->lines.v + invoice->first,
                         .ref = reference(c->arena, invoice->number),
                         .known = !r->im->o->dry_run};
    struct order_document_by_ref row;
    bool found, moves_money = false;
    d.customer_id = invoice->customer && d.known ? invoice->customer->id : 0;
    d.totals = ARENA_ARRAY(c->arena, int64_t, invoice->count + 1);
    for (size_t i = 0; i < invoice->count; i++) {
        d.totals[i] = line_total(part, &d.lines[i]);
        d.total += d.totals[i];
        moves_money = moves_money || d.lines[i].price != 0;
    }
    bool credit = str_starts(invoice->number, S("C")) && d.total <= 0;
    bool sale = !credit && moves_money && d.total >= 0 && !str_starts(invoice->number, S("A")) &&
                !str_starts(invoice->number, S("C"));
    struct import_counts *n = credit ? &part->credit_notes
                              : sale ? &part->orders
                                     : &part->adjustments;
    TRY(order_document_by_ref(&c->db, &(struct order_document_by_ref_in){d.ref}, &row, &found));
    if (found) {
        n->unchanged++;
        return true;
    }
    n->created++;
    return credit ? write_credit_note(c, r, &d)
           : sale ? write_order(c, r, &d)
                  : write_adjustment(c, r, &d);
}

static bool write_audit(struct ctx *c, const struct part *part) {
    int64_t made = part->orders.created + part->credit_notes.created + part->adjustments.created;
    if (made == 0) return true;
    return audit_write(
        c, &(struct audit){
               "import", 0, "import.online-retail",
               arena_fmt(c->arena, "{\"orders\":%lld,\"credit_notes\":%lld,\"adjustments\":%lld}",
                         (long long)part->orders.created, (long long)part->credit_notes.created,
                         (long long)part->adjustments.created)});
}

static bool write_documents(struct ctx *c, void *self, bool *keep) {
    struct part *part = self;
    const struct import_counts zero = {0};
    part->orders = part->credit_notes = part->adjustments = zero;
    part->rounded = 0;
    for (size_t i = part->from; i < part->to; i++) {
        struct retail_invoice *invoice = part->r->invoices.v[i];
        if (!invoice->bad && invoice->count) TRY(write_document(c, part, invoice));
    }
    *keep = !part->r->im->o->dry_run;
    return write_audit(c, part);
}

static void add_counts(struct import_counts *to, const struct import_counts *n) {
    to->created += n->created;
    to->unchanged += n->unchanged;
}

static bool all_customers(struct retail *r) {
    struct part part = {.r = r};
    for (; part.from < r->customers.n; part.from = part.to) {
        struct arena_mark mark = arena_mark(r->im->c->arena);
        part.to = part.from + BATCH_CUSTOMERS < r->customers.n ? part.from + BATCH_CUSTOMERS
                                                               : r->customers.n;
        TRY(tx_run(r->im->c, write_customers, &part));
        add_counts(&r->im->out->customers, &part.customers);
        arena_rewind(r->im->c->arena, mark);
    }
    return true;
}

static bool all_documents(struct retail *r) {
    struct import_result *out = r->im->out;
    struct part part = {.r = r};
    for (; part.from < r->invoices.n; part.from = part.to) {
        struct arena_mark mark = arena_mark(r->im->c->arena);
        size_t lines = 0;
        for (part.to = part.from; part.to < r->invoices.n && lines < BATCH_LINES; part.to++)
            lines += r->invoices.v[part.to]->count;
        TRY(tx_run(r->im->c, write_documents, &part));
        add_counts(&out->orders, &part.orders);
        add_counts(&out->credit_notes, &part.credit_notes);
        add_counts(&out->adjustments, &part.adjustments);
        out->rounded += part.rounded;
        arena_rewind(r->im->c->arena, mark);
        r->im->total = (int64_t)r->invoices.n;
        r->im->done = (int64_t)part.to;
        import_show_progress(r->im);
    }
    return true;
}

static bool set_currency(struct ctx *c, void *self, bool *keep) {
    enum setting_verdict v;
    TRY(setting_set(c, "shop.currency", S("GBP"), &v));
    ensure(v == SETTING_OK);
    const struct importer *im = self;
    *keep = !im->o->dry_run;
    return audit_write(
        c, &(struct audit){"setting", 0, "import.online-retail", S("{\"shop.currency\":\"GBP\"}")});
}

// The file's prices are pounds: a shop that is still empty takes that over, any other is told what
// becomes of them.
static bool settle_currency(struct retail *r) {
    struct ctx *c = r->im->c;
    const struct str none = {0};
    struct currency own = shop_currency(c);
    struct price_any price;
    struct order_any order;
    bool sells, sold;
    if (str_eq(currency_str(&own), S("GBP"))) return true;
    TRY(price_any(&c->db, &price, &sells));
    TRY(order_any(&c->db, &order, &sold));
    if (!sells && !sold) {
        TRY(tx_run(c, set_currency, r->im));
        import_note(r->im, 0, none,
                    "The file's prices are in GBP. The shop was empty, so its currency %s GBP now; "
                    "it was " STR_FMT ".",
                    r->im->o->dry_run ? "would be" : "is", STR_ARG(currency_str(&own)));
        return true;
    }
    struct str cur = currency_str(&own);
    import_note(r->im, 0, none,
                "The file's prices are in GBP, the shop sells in " STR_FMT ": these products are "
                "shown once they have a price in " STR_FMT ". A shop that sells in GBP takes them "
                "as they are; set its currency before the import into an empty shop.",
                STR_ARG(cur), STR_ARG(cur));
    return true;
}

bool retail_write(struct retail *r) {
    struct importer *im = r->im;
    TRY(settle_currency(r));
    TRY(write_products(r));
    TRY(all_customers(r));
    TRY(catalog_first_variants_by_ref_each(
        &im->c->db, &(struct catalog_first_variants_by_ref_in){S(REF), S("online-retail;")},
        on_product, r));
    TRY(all_documents(r));
    if (im->out->rounded)
        import_note(
            im, 0, (struct str){0},
            "%lld lines have fractions of a penny; each line was rounded half up to the penny.",
            (long long)im->out->rounded);
    for (size_t i = 0; i < r->invoices.n; i++) im->out->orders.failed += r->invoices.v[i]->bad;
    return true;
}
