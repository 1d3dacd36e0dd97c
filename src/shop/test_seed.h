// SPDX-License-Identifier: Apache-2.0
// A small shop for the storefront's tests: soap in two sizes (one reduced, unit price), a bottle of
// which two pieces are left, a draft that nobody may see, a collection, pages, shipping to DE and
// AT, bank transfer.
#pragma once
#include "core/testing.h"

struct seed {
    struct test_shop t;
    int64_t soap, soap_small, soap_large, bottle; // product; variants
    bool pay_off;                                 // no way to pay is offered
};
void seed_open(struct seed *s);
void seed_close(struct seed *s);
void seed_price(struct seed *s, int64_t variant, int64_t amount);
void seed_stock(struct seed *s, int64_t variant, int64_t pieces);
void seed_setting(struct seed *s, const char *key, const char *value);
struct str after(struct test_shop *t, struct str text, const char *mark, char end); // up to end
#define CHECKOUT_FIELDS                                                                            \
    "email=anna%40example.org&name=Anna+Beispiel&street=Hafenweg+3&postcode=20459&city=Hamburg"    \
    "&country=DE&payment_method=bank_transfer"
