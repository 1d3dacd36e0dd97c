// SPDX-License-Identifier: Apache-2.0
// Inside of the goods: words that are searched for.
#pragma once
#include "shop/object/listing.h"

enum {
    GOODS_TERMS_MAX = 100, // characters
    GOODS_TEXT_WORDS = 3,  // words looked for in articles and pages
    GOODS_TEXTS_MAX = 100, // of them found
    GOODS_SUGGESTIONS_MAX = 10,
    GOODS_RELATED = 6,
};
struct goods_words_asked {
    struct str v[GOODS_WORDS_MAX]; // folded, as patterns
    size_t n;
    struct str plain[GOODS_TEXT_WORDS]; // as typed, as patterns
    size_t plain_n;
};
// False: there is no word in the terms.
bool goods_words_of(struct page *p, struct str terms, struct goods_words_asked *out);
void goods_list_words(struct goods_list_in *in, const struct goods_words_asked *w);
MUST_USE bool goods_texts(struct page *p, const struct goods_words_asked *w, int64_t max,
                          struct goods_texts_found_rows *out);
MUST_USE bool goods_text_value(struct page *p, const struct goods_texts_found *t,
                               struct liquid_value *out);
bool goods_type_asked(struct str types, const char *type); // "product,page"; absent: all
static inline struct str request_query_or_none(const struct page *p, const char *name) {
    return p->rq ? request_query(p->rq, name) : (struct str){0};
}
// What a suggestion is made of (suggest.c); empty when nothing was asked.
struct goods_suggestions {
    struct str terms, types;
    bool performed;
    struct goods_batch *products;                     // NULL: none asked
    struct liquid_value collections, pages, articles; // arrays
};
MUST_USE bool goods_suggest(struct page *p, struct goods_suggestions *out);
// Products beside one; batch_out is empty when intent is not "related".
MUST_USE bool goods_beside_product(struct page *p, int64_t product_id, int64_t count,
                                   struct goods_batch **out);
