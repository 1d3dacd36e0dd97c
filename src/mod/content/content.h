// SPDX-License-Identifier: Apache-2.0
// Pages that the merchant writes in CommonMark (cmark-gfm, raw HTML off): legal texts, about us. Every save is a version.
// {{ shop.* }} in a page is replaced by the shop's settings when it is shown.
#pragma once
#include "core/tx.h"

struct page_draft {
    struct str handle, title, source; // source: CommonMark
    enum lang lang;
    int64_t position;
};
MUST_USE bool page_save(struct ctx *c, const struct page_draft *d, int64_t *page_id_out, int64_t *version_out); // in tx
struct page_text {
    int64_t id, version;
    struct str handle, title, html, source;
    bool found;
};
// The newest version in the ctx's language, else in the other; placeholders filled in.
MUST_USE bool page_get(struct ctx *c, struct str handle, struct page_text *out);
// {"agb":3,"widerruf":2}: the versions an order was placed under.
MUST_USE bool page_versions_json(struct ctx *c, struct str *json_out);
extern const struct module content_module;
