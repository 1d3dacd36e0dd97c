// SPDX-License-Identifier: Apache-2.0
// Pages, mails and documents out of Liquid templates. A view set is a folder of templates embedded
// in the binary (later: a theme's folder), compiled once at start, shared by all threads. Filters
// and tags every set has: t (message by key, named arguments), money, date, number, asset_url,
// image_url, link (adds the language prefix), json; autoescape is on but for templates named
// *.text.liquid.
#pragma once
#include "base/embed.h"
#include "core/ctx.h"
#include "liquid/liquid.h"

struct view_set;
struct view_set_options {
    const struct embed *files; // "layout/theme.liquid", "templates/product.liquid",
                               // "snippets/price.liquid", "assets/..."
    size_t file_count;
    const char
        *asset_prefix; // "/assets/shop/": assets are served at prefix + fingerprint + "/" + name
    const struct liquid_filter *filters; // more than the common ones
    size_t filter_count;
    const struct liquid_tag *tags;
    size_t tag_count;
};
// A template that does not compile is told by file and line.
MUST_USE bool view_set_new(struct arena *a, const struct view_set_options *o, struct view_set **out,
                           struct err *err);
// Renders templates/<name>.liquid inside layout/<layout>.liquid (layout NULL: alone) with globals
// of the ctx: shop, request, csrf, lang, now; page values in data.
MUST_USE bool view_render(struct ctx *c, const struct view_set *v, const char *layout,
                          const char *name, struct liquid_map *data, struct buf *out);
// An asset by its path under the prefix ("<fingerprint>/theme.css"), with its content type; absent
// bytes: unknown.
struct str view_asset(const struct view_set *v, struct str path, const char **type_out);
// The path of an asset under the prefix, by its name ("theme.css").
struct str view_asset_path(struct arena *a, const struct view_set *v, struct str name);
