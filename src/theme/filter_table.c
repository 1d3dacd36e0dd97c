// SPDX-License-Identifier: Apache-2.0
#include "theme/filter_private.h"

#define ROW(name) {#name, theme_filter_##name, NULL},
const struct liquid_filter theme_filter_table[] = {THEME_FILTERS(ROW)};
const size_t theme_filter_count = ARRAY_LEN(theme_filter_table);

const struct theme_filter_empty theme_filter_empties[] = {
    {"login_button",
     "sign-in with Shop is a service of Shopify's; Kontor signs in by a mailed code"},
    {"payment_button", "payment starts at the checkout, where law wants the order's summary first"},
    {"standard_event_data",
     "standard events feed Shopify's analytics; `null` is printed, so that scripts can parse it"},
    {"payment_terms", "Shop Pay Installments is a service of Shopify's"},
};
const size_t theme_filter_empty_count = ARRAY_LEN(theme_filter_empties);

#define EMPTY(name)                                                                                \
    FILTER(name) {                                                                                 \
        (void)c;                                                                                   \
        (void)err;                                                                                 \
        return give_text(out, S(""));                                                              \
    }
EMPTY(login_button)
EMPTY(payment_button)
EMPTY(payment_terms)
