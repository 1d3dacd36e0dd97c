// SPDX-License-Identifier: Apache-2.0
// Inside of the goods: their JSON, in the two shapes that scripts of storefronts know. "Ajax": that
// of /products/H.js, prices in minor units. "Resource": that of /products/H.json, prices as decimal
// text.
#pragma once
#include "base/json.h"
#include "shop/object/listing.h"

// Everything these two write, read for the whole batch. False: c->err.
MUST_USE bool goods_json_load(struct goods_batch *b);
void goods_put_ajax(struct json_writer *w, struct goods_product *g);
void goods_put_ajax_variant(struct json_writer *w, struct goods_variant *v);
void goods_put_product(struct json_writer *w, struct goods_product *g, bool alone);
void goods_put_collection(struct json_writer *w, struct goods_collection *k);
struct str goods_url_of(struct page *p, const struct picture *pic); // with scheme and host

// Short ways to say it.
void put_text(struct json_writer *w, const char *key, struct str s);
void put_or_null(struct json_writer *w, const char *key, struct str s); // empty: null
void put_int(struct json_writer *w, const char *key, int64_t n);
void put_bool(struct json_writer *w, const char *key, bool b);
void put_null(struct json_writer *w, const char *key);
void put_time(struct json_writer *w, const char *key, instant t);
void put_amount(struct json_writer *w, const char *key, struct page *p, int64_t minor);
void put_raw(struct json_writer *w, const char *key, const char *json);
