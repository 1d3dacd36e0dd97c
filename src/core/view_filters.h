// SPDX-License-Identifier: Apache-2.0
// Inside of core/view: the filters every view set has. Not for other rooms.
//   t        'shop.cart.title' | t: count: 3       message by key with named arguments; the result
//   is text money    minor units of the shop's currency or a money value → "12,50 €" date     time,
//   "now", ISO text → "22. November 2026"; | date: 'short', 'datetime', or a strftime format number
//   1234 → "1.234"        decimal  millionths → "0,75"        rate  millionths → "19 %" asset_url
//   'theme.css'          image_url  media hash or a map with hash and filename →
//   "/media/<hash>/<name>" link     '/cart' → '/en/cart'  json     the value as JSON that is safe
//   inside of <script type="application/ld+json">
#pragma once
#include "core/view.h"

struct view_page { // liquid_render_in.page of a view
    struct ctx *ctx;
    const struct view_set *set;
    struct liquid_map *globals;
    const struct liquid_template *date; // "{{ t | date: f }}" by the engine's own filter
    struct str prefix;                  // of assets
    int depth;                          // of sections
};
extern const struct liquid_filter view_filters[];
extern const size_t view_filter_count;
