// SPDX-License-Identifier: Apache-2.0
// The shop as themes know it (theme/host.h): host_page of a render is a struct page.
#pragma once
#include "shop/page.h"
#include "theme/render.h"

extern const struct theme_host shop_theme_host;
#define PREVIEW_COOKIE COOKIE_UNSHARED // its token; with it no page comes out of the cache

// The Content-Security-Policy of a page: strict, with the hashes of its styles; as much wider as
// the theme's markup needs. Scripts and styles of other hosts never run.
struct str theme_policy(struct page *p, const struct theme_page *t);
// A bar at the page's foot that says what is seen, and the way out.
void preview_bar(struct page *p);
// Instead of a page that a draft could not write: why.
bool preview_failed(struct page *p, struct str name);

// Parts of the host, by file.
bool host_form(void *page, const struct theme_form *f, struct theme_form_out *out,
               struct err *err); // theme_form.c
bool host_paginate(void *page, struct liquid_value list, int64_t size, int64_t window,
                   struct liquid_value *paginate_out, struct err *err); // object/paginate.c
struct str host_head(void *page);                                       // theme_head.c
bool host_resource(void *page, struct str type, struct liquid_value value, struct liquid_value *out,
                   struct err *err); // theme_resource.c
