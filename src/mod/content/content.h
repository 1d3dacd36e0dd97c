// SPDX-License-Identifier: Apache-2.0
// Pages that the merchant writes in CommonMark (cmark-gfm with tables, raw HTML off): legal texts,
// about us. Every save that changes something is a version. {{ shop.KEY }} in a page is replaced by
// the shop's settings when it is shown, so that an address stands in one place; {{ shop.address }}
// is street, postcode, city and country in lines. Unknown keys are shown as they stand.
#pragma once
#include "core/tx.h"

#define CONTENT_SOURCE_MAX (256 << 10) // bytes

struct page_draft {
    struct str handle, title, source; // source: CommonMark
    enum lang lang;
    int64_t position;
    struct str template; // suffix of the theme's template ("contact"); empty: the usual; absent: as
                         // is
};
// In a transaction. The same title and source again make no new version. ERR_INVALID names the
// field when handle or title are empty or not fit for an address, or the source is too long.
MUST_USE bool page_save(struct ctx *c, const struct page_draft *d, int64_t *page_id_out,
                        int64_t *version_out);
struct page_text {
    int64_t id, version;
    struct str handle, title, html, source, template;
    enum lang lang; // of the text that was found
    bool found;
};
// The newest version in the ctx's language, else in another; placeholders filled in.
MUST_USE bool page_get(struct ctx *c, struct str handle, struct page_text *out);
// {"agb":3,"widerruf":2}: the versions an order was placed under.
MUST_USE bool page_versions_json(struct ctx *c, struct str *json_out);

// CommonMark to HTML that is safe to show: raw HTML is left out, links are http, https, mailto or
// of this shop. Pure but for the library's list of extensions.
MUST_USE bool markdown_html(struct arena *a, struct str source, struct str *html_out,
                            struct err *err);
// HTML with the placeholders filled in; links of this shop lead to pages in the ctx's language.
struct str page_fill(struct ctx *c, struct str html);
// A page's source as plain text for mails, with the placeholders filled in.
struct str page_plain(struct ctx *c, struct str source);
extern const struct module content_module;
