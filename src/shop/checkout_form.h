// SPDX-License-Identifier: Apache-2.0
// Inside of the storefront: forms shown again with what was typed, and the checkout's form.
#pragma once
#include "http/form.h"
#include "shop/cart_page.h"

struct checkout_form {
    struct str order_key, email, phone, note;
    struct str name, company, street, extra, postcode, city, country;
    bool bill_different;
    struct str bill_name, bill_company, bill_street, bill_extra, bill_postcode, bill_city,
        bill_country;
    int64_t shipping_method, total_seen;
    struct str payment_method;
};
extern const struct form checkout_form;
// Reads and checks all of it; billing fields count only when bill_different is set.
void checkout_form_read(struct ctx *c, const struct request *rq, struct checkout_form *f,
                        struct form_errors *errors);

// `form`: NAME → {value, error}; values are those of the request, also where they were refused.
// `labels`, `errors`.
void set_form(struct page *p, const struct form *f, const struct form_errors *errors);
void set_field(struct page *p, const char *name,
               struct str value); // a value the request did not bring
