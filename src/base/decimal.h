// SPDX-License-Identifier: Apache-2.0
// Scaled integers for what is neither money nor a count: measures, weights, tax rates. A decimal
// has six fixed places: 1.5 is 1500000. Range about +-9.2e12.
#pragma once
#include "base/arena.h"

#define DECIMAL_ONE INT64_C(1000000)
bool decimal_parse(struct str s,
                   int64_t *out); // "12", "-0.5", ".75"; at most six places, no exponent
struct str decimal_plain(struct arena *a, int64_t v); // shortest exact form: "12", "-0.5"

// The same for any number of fixed places from 0 to 18; scaled_plain shows at least least_places.
bool scaled_parse(struct str s, int places, int64_t *out);
struct str scaled_plain(struct arena *a, int64_t v, int places, int least_places);
