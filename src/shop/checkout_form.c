// SPDX-License-Identifier: Apache-2.0
#include "shop/checkout_form.h"

#define FIELD(name, type, flags, min, max)                                                         \
    { #name, type, flags, offsetof(struct checkout_form, name), min, max, NULL }
#define ADDRESS_FIELDS(pre, flags)                                                                 \
    FIELD(pre##name, FORM_TEXT, flags, 0, 200), FIELD(pre##company, FORM_TEXT, 0, 0, 200),         \
        FIELD(pre##street, FORM_TEXT, flags, 0, 200), FIELD(pre##extra, FORM_TEXT, 0, 0, 200),     \
        FIELD(pre##postcode, FORM_TEXT, flags, 0, 20), FIELD(pre##city, FORM_TEXT, flags, 0, 200), \
        FIELD(pre##country, FORM_TEXT, flags, 0, 2)
static const struct form_field fields[] = {
    FIELD(order_key, FORM_TEXT, 0, 0, 200),
    FIELD(email, FORM_EMAIL, FORM_REQUIRED, 0, 254),
    FIELD(phone, FORM_TEXT, 0, 0, 40),
    ADDRESS_FIELDS(, FORM_REQUIRED),
    FIELD(bill_different, FORM_BOOL, 0, 0, 0),
    ADDRESS_FIELDS(bill_, 0),
    FIELD(shipping_method, FORM_INT, FORM_REQUIRED, 0, 0),
    FIELD(payment_method, FORM_TEXT, FORM_REQUIRED, 0, 40),
    FIELD(note, FORM_MULTILINE, 0, 0, 1000),
    FIELD(total_seen, FORM_INT, 0, 0, 0),
};
const struct form checkout_form = {"checkout", fields, ARRAY_LEN(fields),
                                   sizeof(struct checkout_form)};

static void need(struct ctx *c, struct form_errors *errors, const char *field, struct str value) {
    if (!value.n && !form_error_of(errors, field))
        form_fail(c->arena, errors, field, "form.required");
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool postcode_ok(struct str country, struct str code) {
    static const struct {
        struct str country;
        size_t digits;
    } known[] = {{S_INIT("DE"), 5}, {S_INIT("AT"), 4}, {S_INIT("CH"), 4}};
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (!str_eq(country, known[i].country)) continue;
        for (size_t k = 0; k < code.n; k++)
            if (!is_digit(code.p[k])) return false;
        return code.n == known[i].digits;
    }
    return code.n >= 3 && code.n <= 10;
}

static void check_postcode(struct ctx *c, struct form_errors *errors, const char *field,
                           const struct str v[2]) { // country, postcode
    if (!v[1].n || form_error_of(errors, field) || postcode_ok(v[0], v[1])) return;
    const char *key = str_eq(v[0], S("DE")) ? "form.postcode_5" : "form.postcode";
    if (str_eq(v[0], S("AT")) || str_eq(v[0], S("CH"))) key = "form.postcode_4";
    form_fail(c->arena, errors, field, key);
}

// Any way to write a number down, but one there must be.
static void check_phone(struct ctx *c, struct form_errors *errors, struct str s) {
    size_t digits = 0;
    bool ok = true;
    for (size_t i = 0; i < s.n; i++) {
        digits += is_digit(s.p[i]);
        ok = ok && (is_digit(s.p[i]) || memchr(" +-/()", s.p[i], 6));
    }
    if (s.n && !(ok && digits >= 3) && !form_error_of(errors, "phone"))
        form_fail(c->arena, errors, "phone", "form.phone");
}

void checkout_form_read(struct ctx *c, const struct request *rq, struct checkout_form *f,
                        struct form_errors *errors) {
    form_read(&checkout_form, rq, shop_currency(c), f, errors);
    check_phone(c, errors, f->phone);
    check_postcode(c, errors, "postcode", (const struct str[]){f->country, f->postcode});
    if (!f->bill_different) return;
    check_postcode(c, errors, "bill_postcode",
                   (const struct str[]){f->bill_country, f->bill_postcode});
    need(c, errors, "bill_name", f->bill_name);
    need(c, errors, "bill_street", f->bill_street);
    need(c, errors, "bill_postcode", f->bill_postcode);
    need(c, errors, "bill_city", f->bill_city);
    need(c, errors, "bill_country", f->bill_country);
}

static struct str label_of(struct ctx *c, const char *name) {
    const char *bare =
        strncmp(name, "bill_", 5) == 0 && strcmp(name, "bill_different") != 0 ? name + 5 : name;
    const char *key = arena_fmt(c->arena, "shop.label.%s", bare).p;
    return tr_exists(c, key) ? tr(c, key) : str_c("");
}

// What is chosen, not typed, has words of its own.
static bool is_choice(const char *name) {
    return strcmp(name, "shipping_method") == 0 || strcmp(name, "payment_method") == 0;
}

static struct str error_text(struct ctx *c, const struct form_field *f, const char *key) {
    if (is_choice(f->name) && strcmp(key, "form.required") == 0) key = "shop.checkout.choose";
    return TR(c, key, {.name = "min", .number = f->min},
              {.name = "max", .number = f->max ? f->max : 200});
}

void set_form(struct page *p, const struct form *f, const struct form_errors *errors) {
    struct ctx *c = p->c;
    struct liquid_map *form = liquid_map_new(c->arena), *labels = liquid_map_new(c->arena);
    struct list list = {0};
    for (size_t i = 0; i < f->n; i++) {
        const struct form_field *d = &f->fields[i];
        struct liquid_map *m = liquid_map_new(c->arena);
        const char *key = errors ? form_error_of(errors, d->name) : NULL;
        set_str(m, "value", request_form(p->rq, d->name));
        set_str(labels, d->name, label_of(c, d->name));
        liquid_set(form, d->name, liquid_of_map(m));
        if (!key) continue;
        set_str(m, "error", error_text(c, d, key));
        struct liquid_map *e = liquid_map_new(c->arena);
        set_str(e, "field", str_c(d->name));
        set_str(e, "label", label_of(c, d->name));
        set_str(e, "text", error_text(c, d, key));
        list_add(c->arena, &list, liquid_of_map(e));
    }
    liquid_set(p->data, "form", liquid_of_map(form));
    liquid_set(p->data, "labels", liquid_of_map(labels));
    set_list(p->data, "errors", &list);
    if (list.n) p->rs->status = 422;
}

void set_field(struct page *p, const char *name, struct str value) {
    const struct liquid_value *form = liquid_map_get(p->data, S("form"));
    const struct liquid_value *field = form ? liquid_map_get(form->map, str_c(name)) : NULL;
    if (field) set_str(field->map, "value", value);
}
