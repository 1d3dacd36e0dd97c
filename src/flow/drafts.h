// SPDX-License-Identifier: Apache-2.0
// Drafts of the pages that the law wants a shop to have, published when a shop is made: an imprint
// that is still to be checked is better than none. What they say of the merchant comes from the
// settings. Their titles end in "(Entwurf)" or "(draft)"; until the merchant has taken that out, in
// each language that the shop offers, the desk lists them.
#pragma once
#include "base/embed.h"
#include "core/ctx.h"
#include "mod/content/content.h"

MUST_USE bool drafts_write(struct ctx *c); // pages that are there already stay as they are
struct draft_pages {
    const char *handles[8]; // missing, or still marked as drafts
    size_t n;
};
MUST_USE bool drafts_left(struct ctx *c, struct draft_pages *out);
// A file "FOLDER/HANDLE.LANG.md" whose first line is the title; false when its name is not so.
bool page_of_file(struct arena *a, const struct embed *e, struct page_draft *out);
