// SPDX-License-Identifier: Apache-2.0
// Fills a new shop with the demo shop of demo/ (embedded in the program): settings, shipping,
// products through the Shopify importer, collections, pages, pictures, and prices with a past, so
// that reductions show a true 30-day price (PAngV § 11). Running it again changes nothing that is
// there.
#pragma once
#include "core/ctx.h"

MUST_USE bool demo_load(struct ctx *c);
