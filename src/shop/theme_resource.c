// SPDX-License-Identifier: Apache-2.0
// What a setting's value names.
#include "core/app.h"
#include "shop/object/content.h"
#include "shop/object/goods.h"
#include "shop/object/people.h"
#include "shop/theme_host.h"

typedef bool find_one(struct page *p, struct str handle, struct liquid_value *out);
typedef bool find_all(struct page *p, const struct str *handles, size_t n,
                      struct liquid_value *out);

// "shopify://products/soap" names the same as "soap".
static struct str handle_of(struct str s, const char *folder) {
    struct str prefixes[] = {S("shopify://"), S("/")};
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        if (str_starts(s, prefixes[i]) && str_starts(str_from(s, prefixes[i].n), str_c(folder)))
            return str_from(s, prefixes[i].n + strlen(folder));
    return s;
}

// An address: "shopify://collections/soap" and "/collections/soap" are of this shop.
static bool find_url(struct page *p, struct str s, struct liquid_value *out) {
    static const struct {
        struct str name, path;
    } known[] = {
        {S_INIT("shopify://collections"), S_INIT("/collections")},
        {S_INIT("shopify://home"), S_INIT("/")},
        {S_INIT("shopify://search"), S_INIT("/search")},
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(s, known[i].name)) s = known[i].path;
    if (str_starts(s, S("shopify://"))) s = str_from(s, 9);
    *out = liquid_text(str_starts(s, S("/")) && !str_starts(s, S("//")) ? url_local(p->c, s) : s);
    return true;
}

static const struct {
    struct str type;
    const char *folder; // of its address
    find_one *one;
    find_all *all;
} kinds[] = {
    {S_INIT("product"), "products/", goods_product, NULL},
    {S_INIT("product_list"), "products/", NULL, goods_products},
    {S_INIT("collection"), "collections/", goods_collection, NULL},
    {S_INIT("collection_list"), "collections/", NULL, goods_collections_of},
    {S_INIT("page"), "pages/", people_page, NULL},
    {S_INIT("blog"), "blogs/", content_blog, NULL},
    {S_INIT("article"), "blogs/", content_article, NULL},
    {S_INIT("link_list"), "", content_linklist, NULL},
    {S_INIT("image_picker"), "", goods_image_named, NULL},
    {S_INIT("url"), "", find_url, NULL},
};

enum { LIST_MAX = 50 };
static bool find_list(struct page *p, size_t kind, struct liquid_value value,
                      struct liquid_value *out) {
    struct str handles[LIST_MAX];
    size_t n = 0;
    for (size_t i = 0; value.type == LIQUID_ARRAY && i < value.n && n < LIST_MAX; i++)
        if (liquid_is_text(value.items[i]))
            handles[n++] = handle_of(liquid_str(value.items[i]), kinds[kind].folder);
    return kinds[kind].all(p, handles, n, out);
}

bool host_resource(void *page, struct str type, struct liquid_value value, struct liquid_value *out,
                   struct err *err) {
    struct page *p = page;
    *out = liquid_nil();
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (!str_eq(kinds[i].type, type)) continue;
        if (kinds[i].all) return find_list(p, i, value, out) || told(p, err);
        struct str s = liquid_str(value);
        if (!s.n) return true;
        return kinds[i].one(p, handle_of(s, kinds[i].folder), out) || told(p, err);
    }
    return true;
}
