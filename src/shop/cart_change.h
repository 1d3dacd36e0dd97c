// SPDX-License-Identifier: Apache-2.0
// Inside of the storefront: changes of a visitor's cart, by a form or by a script.
#pragma once
#include "mod/cart/cart.h"
#include "shop/page.h"

struct cart_wish {
    int64_t id, quantity;  // a variant
    int64_t line_id;       // the line meant, when its key was given; else 0
    struct str properties; // of what is added, as cart_properties keeps them; absent: none
};
struct cart_wishes {
    struct cart_wish *v;
    size_t n, cap;
    bool add;                    // to what is there; else set
    struct str note, attributes; // cart_say; absent: as they are
    bool forget;                 // empty the cart first
    // Filled:
    enum cart_verdict verdict; // the first that is not CART_OK
    size_t at;                 // and which wish it is of
};
// All of it in one transaction with the session of a new visitor: kept together or not at all. It
// is kept for CART_OK and CART_CLIPPED; cart_refused tells.
MUST_USE bool cart_change(struct ctx *c, struct response *rs, struct cart_wishes *w);
bool cart_refused(enum cart_verdict v);

// The variant of a form.
MUST_USE bool cart_find_variant(struct ctx *c, const struct request *rq, int64_t *id_out);
// A request of a script: its path ends in .js, or it says that it takes or sends JSON.
bool cart_by_script(const struct request *rq);
struct str return_target(const struct request *rq); // return_to of a form, or absent
route_handler ajax_add, ajax_change, ajax_update, ajax_clear, ajax_cart_get, ajax_rates;

// What a script sends: fields of a form, or JSON.
struct ajax_in {
    const struct request *rq;
    struct json body; // JSON_NULL: a form
};
MUST_USE bool ajax_read(struct ctx *c, const struct request *rq, struct ajax_in *out);
const struct json *ajax_member(const struct ajax_in *in, const char *name); // NULL: a form, none
struct str ajax_text(const struct ajax_in *in, const char *name); // absent: not sent, or no text
bool ajax_int(const struct ajax_in *in, const char *name, int64_t *out); // also "12"; false: none
// "12" names a variant, "12:7" (a line's key) the line 7 of it.
bool cart_key_read(struct str key, struct cart_wish *out);
MUST_USE bool ajax_items(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w);
MUST_USE bool ajax_line(struct ctx *c, const struct ajax_in *in,
                        struct cart_wish *out); // id and line_id; 0: none
MUST_USE bool ajax_updates(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w);
struct str ajax_attributes(struct ctx *c, const struct ajax_in *in); // JSON, or absent
bool ajax_bad_quantity(const struct cart_wishes *w, int64_t least);  // one is below or too large
// Answers (ajax_json.c).
struct ajax_out {
    struct page page;
    struct str sections; // JSON, or absent
};
MUST_USE bool ajax_cart_json(struct ajax_out *o, struct buf *b);
// The lines of those variants: one alone, or {"items": [...]}.
MUST_USE bool ajax_lines_json(struct ajax_out *o, const struct cart_wishes *w, bool one,
                              struct buf *b);
