// SPDX-License-Identifier: Apache-2.0
// {% paginate collection.products by 24, window_size: 2 %}: the list shows its page of the address
// inside the body, where `paginate` tells of the pages.
#include "theme/filter_private.h"

enum { PAGE_DEFAULT = 20, WINDOW_DEFAULT = 3, WINDOW_MAX = 50 };

static int64_t within(int64_t n, int64_t least, int64_t most, int64_t otherwise) {
    return n < least ? otherwise : n > most ? most : n;
}

// The two numbers may stand after the keyword or as one argument: `by 24`, `by section.settings.n`.
bool theme_tag_paginate(struct liquid_call *c, struct err *err) {
    struct liquid_value list = liquid_arg(&c->args, 0), paginate = liquid_nil();
    int64_t size = liquid_to_int(liquid_arg(&c->args, 1), 0);
    int64_t window = liquid_to_int(liquid_named(&c->args, "window_size"), 0);
    size = within(size, 1, THEME_PAGE_MAX, PAGE_DEFAULT);
    window = within(window, 1, WINDOW_MAX, WINDOW_DEFAULT);
    TRY(call_host(c)->paginate(call_shop(c), list, size, window, &paginate, err));
    struct liquid_map *locals = liquid_map_new(c->arena);
    liquid_set(locals, "paginate", paginate);
    return liquid_body(c, locals, err);
}
