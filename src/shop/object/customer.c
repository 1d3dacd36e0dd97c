// SPDX-License-Identifier: Apache-2.0
// Who is signed in, their addresses and orders.
#include "mod/customer/customer.h"
#include "contact_sql.h"
#include "core/app.h"
#include "shop/object/people.h"

#define NO_COMPANIES "there are no company accounts"

// ---- addresses
struct place {
    struct page *p;
    struct address at;
    int64_t id; // 0: not of the address book
};
// "Anna Maria Berg": what stands after the last space is the family's name.
static size_t last_space(struct str s) {
    size_t at = STR_NONE;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ') at = i;
    return at;
}
static struct str first_name(struct str s) {
    size_t at = last_space(s);
    return at == STR_NONE ? s : str_sub(s, 0, at);
}
static struct str last_name(struct str s) {
    size_t at = last_space(s);
    return at == STR_NONE ? S("") : str_from(s, at + 1);
}
static struct liquid_value filled(struct str s) { return s.n ? liquid_text(s) : liquid_nil(); }

static struct str joined(struct arena *a, const struct str *v, size_t n) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < n; i++) {
        if (!v[i].n) continue;
        if (b.n) buf_put(&b, S(", "));
        buf_put(&b, v[i]);
    }
    return buf_str(&b);
}
static struct str street_of(const struct place *x) {
    const struct str v[] = {x->at.street, x->at.extra};
    return joined(x->p->c->arena, v, ARRAY_LEN(v));
}
static struct str summary_of(const struct place *x) {
    struct arena *a = x->p->c->arena;
    struct str town =
        str_trim(arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(x->at.postcode), STR_ARG(x->at.city)));
    const struct str v[] = {x->at.name,  x->at.company, x->at.street,
                            x->at.extra, town,          country_name(x->p->c, x->at.country)};
    return joined(a, v, ARRAY_LEN(v));
}
static struct liquid_value place_url(const struct place *x) {
    if (!x->id) return liquid_nil();
    return liquid_text(
        url_local(x->p->c, arena_fmt(x->p->c->arena, "/account/addresses/%lld", (long long)x->id)));
}
VALUE_PROP(at_company, struct place, filled(me->at.company))
VALUE_PROP(at_first, struct place, liquid_text(first_name(me->at.name)))
VALUE_PROP(at_last, struct place, liquid_text(last_name(me->at.name)))
VALUE_PROP(at_name, struct place, liquid_text(me->at.name))
VALUE_PROP(at_url, struct place, place_url(me))
VALUE_PROP(at_summary, struct place, liquid_text(summary_of(me)))
VALUE_PROP(at_id, struct place, me->id ? liquid_int(me->id) : liquid_nil())
VALUE_PROP(at_street, struct place, liquid_text(me->at.street))
VALUE_PROP(at_extra, struct place, filled(me->at.extra))
VALUE_PROP(at_city, struct place, liquid_text(me->at.city))
VALUE_PROP(at_zip, struct place, liquid_text(me->at.postcode))
VALUE_PROP(at_code, struct place, filled(me->at.country))
VALUE_PROP(at_country, struct place, people_country(me->p, me->at.country))
VALUE_PROP(at_both, struct place, liquid_text(street_of(me)))
static const struct theme_prop address_props[] = {
    {"address1", at_street, NULL, false},
    {"address2", at_extra, NULL, false},
    {"city", at_city, NULL, false},
    {"company", at_company, NULL, false},
    {"country", at_country, NULL, false},
    {"country_code", at_code, NULL, false},
    {"first_name", at_first, NULL, false},
    {"id", at_id, NULL, false},
    {"last_name", at_last, NULL, false},
    {"name", at_name, NULL, false},
    {"phone", NULL, "an order has one telephone number; it is asked for at the checkout", false},
    {"province", NULL, "addresses of the EU need no province", false},
    {"province_code", NULL, "addresses of the EU need no province", false},
    {"street", at_both, NULL, false},
    {"summary", at_summary, NULL, false},
    {"url", at_url, NULL, false},
    {"zip", at_zip, NULL, false},
};
static void address_print(void *self, struct buf *out, bool *html_out) {
    (void)html_out;
    buf_put(out, summary_of(self));
}
const struct theme_kind address_kind = {
    .name = "address", THEME_PROPS(address_props), .print = address_print};

struct liquid_value people_address(struct page *p, const struct address *at, int64_t id) {
    struct place *x = ARENA_NEW(p->c->arena, struct place);
    *x = (struct place){p, *at, id};
    return theme_object(p->c->arena, &address_kind, x);
}

// ---- the customer
struct person {
    struct page *p;
    struct people_account row;
    struct liquid_value book; // array of addresses
    bool book_read;
};
static bool book_of(struct person *x, struct liquid_value *out, struct err *err) {
    struct customer_address_book book;
    struct list l = {0};
    *out = x->book;
    if (x->book_read) return true;
    if (!customer_address_book(x->p->c, x->row.id, &book)) return told(x->p, err);
    for (size_t i = 0; i < book.n; i++) {
        const struct customer_address *r = &book.v[i];
        struct address at = {r->name,     r->company, r->street, r->extra,
                             r->postcode, r->city,    r->country};
        list_add(x->p->c->arena, &l, people_address(x->p, &at, r->id));
    }
    x->book_read = true;
    *out = x->book = liquid_array(l.v, l.n);
    return true;
}
PROP(who_addresses) { return book_of(self, out, err); }
PROP(who_addresses_count) {
    struct liquid_value all;
    TRY(book_of(self, &all, err));
    *out = liquid_int(all.n);
    return true;
}
PROP(who_default) {
    struct liquid_value all;
    TRY(book_of(self, &all, err));
    if (all.n) *out = all.items[0];
    return true;
}

static bool orders_load(void *self, struct arena *a, int64_t first, int64_t count,
                        struct liquid_value *items_out, int64_t *total_out, struct err *err) {
    struct person *x = self;
    struct people_orders_rows rows = {0};
    struct list l = {0};
    struct people_orders_in in = {x->row.id, first, count};
    if (!people_orders_all(&x->p->c->db, &in, &rows)) return told(x->p, err);
    for (size_t i = 0; i < rows.n; i++) {
        struct liquid_value v;
        if (!people_order(x->p, rows.v[i].id, &v)) return told(x->p, err);
        list_add(a, &l, v);
    }
    *items_out = liquid_array(l.v, l.n);
    *total_out = x->row.orders;
    return true;
}
PROP(who_orders) {
    struct theme_list *l = ARENA_NEW(a, struct theme_list);
    *l = (struct theme_list){.load = orders_load, .self = self};
    *out = theme_list_value(a, l);
    return true;
}
PROP(who_last_order) {
    struct liquid_value v;
    int64_t total;
    TRY(orders_load(self, a, 0, 1, &v, &total, err));
    if (v.n) *out = v.items[0];
    return true;
}
VALUE_PROP(who_first, struct person, liquid_text(first_name(me->row.name)))
VALUE_PROP(who_last, struct person, liquid_text(last_name(me->row.name)))
VALUE_PROP(who_orders_count, struct person, liquid_int(me->row.orders))
VALUE_PROP(who_spent, struct person, liquid_int(me->row.spent))
VALUE_PROP(who_name, struct person, liquid_text(me->row.name))
VALUE_PROP(who_email, struct person, liquid_text(me->row.email))
VALUE_PROP(who_true, struct person, liquid_bool(true))
VALUE_PROP(who_false, struct person, liquid_bool(false))
VALUE_PROP(who_id, struct person, liquid_int(me->row.id))
VALUE_PROP(who_tags, struct person, liquid_array(NULL, 0))
VALUE_PROP(who_zero, struct person, liquid_int(0))
PROP(who_reads) {
    struct person *x = self;
    struct newsletter_by_email row;
    struct newsletter_by_email_in in = {email_key(a, x->row.email)};
    bool found;
    if (!newsletter_by_email(&x->p->c->db, &in, &row, &found)) return told(x->p, err);
    *out = liquid_bool(found && str_eq(row.state, S("active")));
    return true;
}
static const struct theme_prop customer_props[] = {
    {"accepts_marketing", who_reads, NULL, false},
    {"addresses", who_addresses, NULL, false},
    {"addresses_count", who_addresses_count, NULL, false},
    {"b2b?", who_false, NULL, false},
    {"company_available_locations", NULL, NO_COMPANIES, false},
    {"company_available_locations_count", who_zero, NULL, false},
    {"current_company", NULL, NO_COMPANIES, false},
    {"current_location", NULL, NO_COMPANIES, false},
    {"default_address", who_default, NULL, false},
    {"email", who_email, NULL, false},
    {"first_name", who_first, NULL, false},
    {"has_account", who_true, NULL, false},
    {"has_avatar?", who_false, NULL, false},
    {"id", who_id, NULL, false},
    {"last_name", who_last, NULL, false},
    {"last_order", who_last_order, NULL, false},
    {"name", who_name, NULL, false},
    {"orders", who_orders, NULL, false},
    {"orders_count", who_orders_count, NULL, false},
    {"payment_methods", NULL, "no way to pay is kept", false},
    {"phone", NULL, "an order has one telephone number; it is asked for at the checkout", false},
    {"store_credit_account", NULL, "there is no store credit", false},
    {"tags", who_tags, NULL, false},
    {"tax_exempt", who_false, NULL, false},
    {"total_spent", who_spent, NULL, false},
};
const struct theme_kind customer_kind = {.name = "customer", THEME_PROPS(customer_props)};

bool people_customer(struct page *p, struct liquid_value *out) {
    struct person *x;
    bool found;
    *out = liquid_nil();
    if (p->shared || p->c->actor.kind != ACTOR_CUSTOMER) return true;
    x = ARENA_NEW(p->c->arena, struct person);
    x->p = p;
    struct people_account_in in = {p->c->actor.id};
    TRY(people_account(&p->c->db, &in, &x->row, &found));
    if (found) *out = theme_object(p->c->arena, &customer_kind, x);
    return true;
}
