// SPDX-License-Identifier: Apache-2.0
// A customer's address book, by the forms of themes: address[first_name], address[zip] ...
#include "core/app.h"
#include "mod/customer/customer.h"
#include "shop/cart_change.h"
#include "shop/object/people.h"

static bool show(struct ctx *c, const struct request *rq, struct response *rs,
                 const struct page_form *f) {
    struct page p;
    page_open(&p, c, rq, rs);
    if (f) page_form(&p, f);
    page_about(&p, tr(c, "shop.account.addresses"), (struct str){0});
    return page_render(&p, "customers/addresses");
}

bool addresses_page(struct ctx *c, const struct request *rq, struct response *rs) {
    return show(c, rq, rs, NULL);
}

static const struct rule {
    const char *field;
    size_t max; // code points
    bool required;
} rules[] = {
    {"first_name", 100, true}, {"last_name", 100, true}, {"company", 200, false},
    {"address1", 200, true},   {"address2", 200, false}, {"zip", 20, true},
    {"city", 200, true},       {"country", 100, true},
};

static struct str field(const struct request *rq, const char *name) {
    return str_trim(form_field_of(rq, name));
}

static bool plain(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f) return false;
    return true;
}

static void check(struct ctx *c, const struct request *rq, struct form_errors *errors) {
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        struct str s = field(rq, rules[i].field);
        const char *why = NULL;
        if (rules[i].required && !s.n)
            why = "form.required";
        else if (str_utf8_len(s) > rules[i].max)
            why = "form.too_long";
        else if (!plain(s))
            why = "form.text";
        if (why) form_fail(c->arena, errors, rules[i].field, why);
    }
}

// By its code or as it is called; of those that goods go to.
static bool read_country(struct ctx *c, struct str said, struct str *out) {
    struct str_list codes;
    *out = (struct str){0};
    TRY(shipping_countries(c, &codes));
    for (size_t i = 0; i < codes.n; i++)
        if (country_is(c, codes.v[i], said)) *out = codes.v[i];
    return true;
}

static bool back(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str to = return_target(rq);
    response_redirect(rs, 303, to.n ? to : url_local(c, S("/account/addresses")));
    return true;
}

static bool refuse(struct ctx *c, const struct request *rq, struct response *rs,
                   const struct form_errors *errors) {
    struct page_form f = {
        .type = S("customer_address"), .about = request_param(rq, "id"), .errors = errors};
    rs->status = 422;
    return show(c, rq, rs, &f);
}

static bool is_default(const struct request *rq) {
    struct str s = form_field_of(rq, "default");
    return s.n && !str_eq(s, S("0"));
}

static bool save(struct ctx *c, const struct request *rq, struct response *rs, int64_t id) {
    struct form_errors errors = {0};
    struct str country;
    bool done;
    check(c, rq, &errors);
    TRY(read_country(c, field(rq, "country"), &country));
    if (!country.p && !form_error_of(&errors, "country"))
        form_fail(c->arena, &errors, "country", "form.choice");
    if (errors.n) return refuse(c, rq, rs, &errors);
    struct customer_address a = {.id = id,
                                 .name = arena_fmt(c->arena, STR_FMT " " STR_FMT,
                                                   STR_ARG(field(rq, "first_name")),
                                                   STR_ARG(field(rq, "last_name"))),
                                 .company = field(rq, "company"),
                                 .street = field(rq, "address1"),
                                 .extra = field(rq, "address2"),
                                 .postcode = field(rq, "zip"),
                                 .city = field(rq, "city"),
                                 .country = country};
    TRY(customer_address_save(c, c->actor.id, &a, is_default(rq), &done));
    return done ? back(c, rq, rs) : page_missing(c);
}

// _method=delete takes an address away, as scripts of themes ask for it.
bool address_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str param = request_param(rq, "id");
    int64_t id = 0;
    if (param.p && (!str_to_int(param, &id) || id <= 0)) return page_missing(c);
    if (!id || !str_eq_nocase(request_form(rq, "_method"), S("delete"))) return save(c, rq, rs, id);
    TRY(customer_address_remove(c, c->actor.id, id));
    return back(c, rq, rs);
}
