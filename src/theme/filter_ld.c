// SPDX-License-Identifier: Apache-2.0
// structured_data: a product or an article in the words of schema.org, as JSON-LD.
#include "theme/filter_private.h"

struct ld {
    struct liquid_call *c;
    struct err *err;
    struct str origin; // "https://shop.example"; empty when unknown
    struct str currency;
};

static struct liquid_map *ld_new(struct arena *a, const char *type) {
    struct liquid_map *m = liquid_map_new(a);
    liquid_set(m, "@type", liquid_text(str_c(type)));
    return m;
}

static bool ld_copy(const struct ld *ld, struct liquid_value from, const char *key,
                    struct liquid_map *to, const char *name) {
    struct str text;
    TRY(value_text(ld->c->arena, from, key, &text, ld->err));
    if (text.p) liquid_set(to, name, liquid_text(text));
    return true;
}

// The words of a description without its markup.
static struct str ld_words(struct arena *a, struct str html) {
    struct buf b = buf_new(a, 0);
    bool inside = false;
    for (size_t i = 0; i < html.n; i++) {
        if (html.p[i] == '<') inside = true;
        if (!inside) buf_char(&b, html.p[i]);
        if (html.p[i] == '>') {
            inside = false;
            buf_char(&b, ' ');
        }
    }
    return str_trim(buf_str(&b));
}

static struct str ld_url(const struct ld *ld, struct str url) {
    if (!url.p || !str_starts(url, S("/")) || str_starts(url, S("//"))) return url;
    return arena_fmt(ld->c->arena, STR_FMT STR_FMT, STR_ARG(ld->origin), STR_ARG(url));
}

static bool ld_image(const struct ld *ld, struct liquid_value of, struct liquid_map *to) {
    struct str url;
    struct theme_image_size size = {.width = 1920};
    TRY(image_address(ld->c, of, &size, &url, ld->err));
    if (url.p) liquid_set(to, "image", liquid_text(ld_url(ld, url)));
    return true;
}

static struct str ld_amount(const struct ld *ld, int64_t minor) { // "12.90": never a comma
    const char *sign = minor < 0 ? "-" : "";
    uint64_t n = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    struct currency cur;
    int digits = currency_parse(ld->currency, &cur) ? currency_digits(cur) : 2;
    uint64_t scale = 1;
    for (int i = 0; i < digits; i++) scale *= 10;
    if (!digits) return arena_fmt(ld->c->arena, "%s%llu", sign, (unsigned long long)n);
    return arena_fmt(ld->c->arena, "%s%llu.%0*llu", sign, (unsigned long long)(n / scale), digits,
                     (unsigned long long)(n % scale));
}

static bool ld_offer(const struct ld *ld, struct liquid_value variant, struct str url,
                     struct liquid_map *to) {
    struct arena *a = ld->c->arena;
    struct liquid_value price, available;
    struct liquid_map *offer = ld_new(a, "Offer");
    TRY(value_get(a, variant, "price", &price, ld->err));
    TRY(value_get(a, variant, "available", &available, ld->err));
    liquid_set(offer, "availability",
               liquid_text(liquid_truthy(available) ? S("http://schema.org/InStock")
                                                    : S("http://schema.org/OutOfStock")));
    liquid_set(offer, "price", liquid_text(ld_amount(ld, liquid_to_int(price, 0))));
    liquid_set(offer, "priceCurrency", liquid_text(ld->currency));
    liquid_set(offer, "url", liquid_text(url));
    liquid_set(to, "offers", liquid_of_map(offer));
    return true;
}

static bool ld_common(const struct ld *ld, struct liquid_value product, struct liquid_map *to) {
    struct arena *a = ld->c->arena;
    struct str vendor, description;
    TRY(value_text(a, product, "vendor", &vendor, ld->err));
    TRY(value_text(a, product, "description", &description, ld->err));
    if (vendor.p) {
        struct liquid_map *brand = ld_new(a, "Brand");
        liquid_set(brand, "name", liquid_text(vendor));
        liquid_set(to, "brand", liquid_of_map(brand));
    }
    TRY(ld_copy(ld, product, "type", to, "category"));
    if (description.p) liquid_set(to, "description", liquid_text(ld_words(a, description)));
    TRY(ld_image(ld, product, to));
    return ld_copy(ld, product, "title", to, "name");
}

static bool ld_variant(const struct ld *ld, struct liquid_value variant, struct str title,
                       struct str base, struct liquid_map *to) {
    struct arena *a = ld->c->arena;
    struct liquid_value id;
    struct str name;
    TRY(value_get(a, variant, "id", &id, ld->err));
    TRY(value_text(a, variant, "title", &name, ld->err));
    struct str key = liquid_to_str(a, id);
    struct str url = arena_fmt(a, STR_FMT "?variant=" STR_FMT, STR_ARG(base), STR_ARG(key));
    liquid_set(to, "@id", liquid_text(arena_fmt(a, STR_FMT "#variant", STR_ARG(url))));
    TRY(ld_copy(ld, variant, "barcode", to, "gtin"));
    TRY(ld_image(ld, variant, to));
    liquid_set(to, "name",
               liquid_text(arena_fmt(a, STR_FMT " - " STR_FMT, STR_ARG(title), STR_ARG(name))));
    TRY(ld_copy(ld, variant, "sku", to, "sku"));
    return ld_offer(ld, variant, url, to);
}

static bool ld_product(const struct ld *ld, struct liquid_value product, struct liquid_map *to) {
    struct arena *a = ld->c->arena;
    struct liquid_value variants, v, id, single;
    struct str url, title;
    int64_t n;
    TRY(value_get(a, product, "variants", &variants, ld->err));
    TRY(value_get(a, product, "has_only_default_variant", &single, ld->err));
    TRY(value_get(a, product, "id", &id, ld->err));
    TRY(value_text(a, product, "url", &url, ld->err));
    TRY(value_text(a, product, "title", &title, ld->err));
    TRY(value_count_of(a, variants, &n, ld->err));
    url = ld_url(ld, url);
    bool group = n > 1 || (n == 1 && !liquid_truthy(single));
    liquid_set(to, "@type", liquid_text(group ? S("ProductGroup") : S("Product")));
    liquid_set(to, "@id", liquid_text(arena_fmt(a, STR_FMT "#product", STR_ARG(url))));
    TRY(ld_common(ld, product, to));
    liquid_set(to, "url", liquid_text(url));
    TRY(value_at(a, variants, 0, &v, ld->err));
    if (!group && n) {
        TRY(ld_copy(ld, v, "sku", to, "sku"));
        TRY(ld_copy(ld, v, "barcode", to, "gtin"));
        return ld_offer(ld, v, url, to);
    }
    liquid_set(to, "productGroupID", liquid_text(liquid_to_str(a, id)));
    struct liquid_value *list = ARENA_ARRAY(a, struct liquid_value, (size_t)n + 1);
    for (int64_t i = 0; i < n; i++) {
        struct liquid_map *each = ld_new(a, "Product");
        TRY(value_at(a, variants, i, &v, ld->err));
        TRY(ld_variant(ld, v, title, url, each));
        list[i] = liquid_of_map(each);
    }
    liquid_set(to, "hasVariant", liquid_array(list, (size_t)n));
    return true;
}

static bool ld_article(const struct ld *ld, struct liquid_value article, struct liquid_map *to) {
    struct arena *a = ld->c->arena;
    struct str url, author, text;
    struct liquid_value when;
    TRY(value_text(a, article, "url", &url, ld->err));
    TRY(value_text(a, article, "author", &author, ld->err));
    TRY(value_text(a, article, "content", &text, ld->err));
    TRY(value_get(a, article, "published_at", &when, ld->err));
    liquid_set(to, "@type", liquid_text(S("Article")));
    TRY(ld_copy(ld, article, "title", to, "headline"));
    if (text.p) liquid_set(to, "articleBody", liquid_text(ld_words(a, text)));
    TRY(ld_image(ld, article, to));
    struct str day = liquid_date(ld->c, when, S("%Y-%m-%dT%H:%M:%S%:z"));
    if (day.p) liquid_set(to, "datePublished", liquid_text(day));
    if (author.p) {
        struct liquid_map *person = ld_new(a, "Person");
        liquid_set(person, "name", liquid_text(author));
        liquid_set(to, "author", liquid_of_map(person));
    }
    liquid_set(to, "url", liquid_text(ld_url(ld, url)));
    return true;
}

FILTER(structured_data) {
    struct ld ld = {.c = c, .err = err, .origin = S(""), .currency = S("EUR")};
    struct liquid_value shop = liquid_lookup(c->vm, S("shop")), variants;
    struct str origin, currency;
    if (c->input.type != LIQUID_OBJECT && c->input.type != LIQUID_MAP) return give_text(out, S(""));
    TRY(value_text(c->arena, shop, "url", &origin, err));
    TRY(value_text(c->arena, shop, "currency", &currency, err));
    if (origin.p) ld.origin = origin;
    if (currency.p) ld.currency = currency;
    struct liquid_map *root = liquid_map_new(c->arena);
    liquid_set(root, "@context", liquid_text(S("http://schema.org/")));
    TRY(value_get(c->arena, c->input, "variants", &variants, err));
    if (variants.type != LIQUID_NIL)
        TRY(ld_product(&ld, c->input, root));
    else
        TRY(ld_article(&ld, c->input, root));
    struct buf b = call_buf(c);
    liquid_json(&b, c->arena, liquid_of_map(root));
    return give_html(out, &b);
}
