// SPDX-License-Identifier: Apache-2.0
#include "shop/product_object.h"

#include "core/app.h"

enum { OPTIONS = 5, LOW_STOCK = 5 };

bool product_read(struct ctx *c, struct str handle, struct product_read *out, bool *found_out) {
    *out = (struct product_read){0};
    TRY(shop_product(&c->db, &(struct shop_product_in){handle, lang_of(c)}, &out->row, found_out));
    if (!*found_out) return true;
    struct currency cur = shop_currency(c);
    int64_t id = out->row.id;
    TRY(shop_variants_all(&c->db,
                          &(struct shop_variants_in){id, arena_str(c->arena, currency_str(&cur))},
                          &out->variants));
    TRY(shop_options_all(&c->db, &(struct shop_options_in){id, lang_of(c)}, &out->options));
    return shop_product_extras_all(&c->db, &(struct shop_product_extras_in){id, lang_of(c)},
                                   &out->extras);
}

bool variant_available(const struct shop_variants *v) {
    return !v->has_on_hand || !v->tracked || v->backorder || v->on_hand > 0;
}

bool product_choose(struct product_read *r, int64_t wanted) {
    r->chosen = 0;
    for (size_t i = 0; i < r->variants.n; i++) {
        if (wanted ? r->variants.v[i].id != wanted : !variant_available(&r->variants.v[i]))
            continue;
        r->chosen = i;
        return true;
    }
    return !wanted;
}

static int64_t value_of(const struct shop_variants *v, int64_t position) {
    const int64_t ids[OPTIONS] = {v->value1, v->value2, v->value3, v->value4, v->value5};
    return position >= 1 && position <= OPTIONS ? ids[position - 1] : 0;
}

static const struct shop_options *option_value(const struct product_read *r, int64_t value_id) {
    for (size_t i = 0; i < r->options.n; i++)
        if (r->options.v[i].value_id == value_id) return &r->options.v[i];
    return NULL;
}

struct str variant_title(struct ctx *c, const struct product_read *r,
                         const struct shop_variants *v) {
    struct buf b = buf_new(c->arena, 0);
    for (int64_t k = 1; k <= OPTIONS; k++) {
        const struct shop_options *o = option_value(r, value_of(v, k));
        if (!o) continue;
        if (b.n) buf_put(&b, S(" / "));
        buf_put(&b, o->value);
    }
    return buf_str(&b);
}

// How many of the other options a variant shares with the chosen one: the best match is what a
// value leads to.
static int shared(const struct shop_variants *a, const struct shop_variants *b) {
    int n = 0;
    for (int64_t k = 1; k <= OPTIONS; k++) n = n * 2 + (value_of(a, k) == value_of(b, k));
    return n;
}

static const struct shop_variants *variant_with(const struct product_read *r, int64_t position,
                                                int64_t value_id) {
    const struct shop_variants *best = NULL, *now = &r->variants.v[r->chosen];
    for (size_t i = 0; i < r->variants.n; i++) {
        const struct shop_variants *v = &r->variants.v[i];
        if (value_of(v, position) != value_id) continue;
        if (!best || shared(v, now) > shared(best, now)) best = v;
    }
    return best;
}

static struct str variant_url(struct ctx *c, const struct product_read *r,
                              const struct shop_variants *v) {
    return arena_fmt(c->arena, STR_FMT "?variant=%lld",
                     STR_ARG(local_path(c, "/products/", r->row.handle)), (long long)v->id);
}

static struct liquid_value option_object(struct ctx *c, const struct product_read *r, size_t from,
                                         size_t to) {
    struct liquid_map *m = liquid_map_new(c->arena);
    int64_t position = r->options.v[from].position;
    int64_t now = value_of(&r->variants.v[r->chosen], position);
    struct list values = {0};
    for (size_t i = from; i < to; i++) {
        const struct shop_options *o = &r->options.v[i];
        const struct shop_variants *v = variant_with(r, position, o->value_id);
        if (!v) continue;
        struct liquid_map *x = liquid_map_new(c->arena);
        set_str(x, "name", o->value);
        set_str(x, "product_url", variant_url(c, r, v));
        liquid_set(x, "id", liquid_int(o->value_id));
        liquid_set(x, "selected", liquid_bool(o->value_id == now));
        liquid_set(x, "available", liquid_bool(variant_available(v)));
        list_add(c->arena, &values, liquid_of_map(x));
        if (o->value_id == now) set_str(m, "selected_value", o->value);
    }
    set_str(m, "name", r->options.v[from].name);
    liquid_set(m, "position", liquid_int(position));
    set_list(m, "values", &values);
    return liquid_of_map(m);
}

static void set_options(struct ctx *c, const struct product_read *r, struct liquid_map *m) {
    struct list options = {0}, names = {0};
    for (size_t from = 0; r->variants.n && from < r->options.n;) {
        size_t to = from;
        while (to < r->options.n && r->options.v[to].position == r->options.v[from].position) to++;
        list_add(c->arena, &options, option_object(c, r, from, to));
        list_add(c->arena, &names, liquid_text(r->options.v[from].name));
        from = to;
    }
    set_list(m, "options_with_values", &options);
    set_list(m, "options", &names);
}

static struct liquid_value variant_object(struct ctx *c, const struct product_read *r,
                                          const struct shop_variants *v) {
    struct liquid_map *m = liquid_map_new(c->arena);
    bool counted = v->has_on_hand && v->tracked && !v->backorder;
    liquid_set(m, "id", liquid_int(v->id));
    set_str(m, "title", variant_title(c, r, v));
    set_str(m, "sku", v->sku);
    set_str(m, "barcode", v->barcode);
    liquid_set(m, "weight", liquid_int(v->weight_g));
    liquid_set(m, "available", liquid_bool(variant_available(v)));
    liquid_set(m, "requires_shipping", liquid_bool(v->requires_shipping));
    liquid_set(m, "inventory_quantity", liquid_int(v->has_on_hand ? v->on_hand : 0));
    liquid_set(m, "inventory_low",
               liquid_bool(counted && v->on_hand > 0 && v->on_hand <= LOW_STOCK));
    set_str(m, "url", variant_url(c, r, v));
    set_price(c, m,
              &(struct price_told){v->price, v->has_low30 ? v->low30 : 0, v->unit_amount,
                                   v->base_amount, v->unit, v->base_unit});
    return liquid_of_map(m);
}

static struct liquid_value picture_of(struct ctx *c, const struct product_read *r,
                                      const struct shop_product_extras *e) {
    struct str alt = e->b.n ? e->b : r->row.title;
    return image_value(c, &(struct picture){e->a, e->c, alt, e->width, e->height});
}

static bool is_media(const struct shop_product_extras *e) { return !e->name.n; }

// The chosen variant's own picture goes first.
static void set_images(struct ctx *c, const struct product_read *r, struct liquid_map *m) {
    struct list l = {0};
    const struct shop_variants *v = r->variants.n ? &r->variants.v[r->chosen] : NULL;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < r->extras.n; i++) {
            const struct shop_product_extras *e = &r->extras.v[i];
            bool first = v && v->has_media_id && v->media_id == e->id;
            if (is_media(e) && first == (pass == 0)) list_add(c->arena, &l, picture_of(c, r, e));
        }
    set_list(m, "images", &l);
    liquid_set(m, "featured_image", l.n ? l.v[0] : liquid_nil());
}

static bool is_badge(const struct shop_product_extras *e) { return str_eq(e->name, S("badges")); }

static struct str badge_ids(struct ctx *c, const struct product_read *r) {
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < r->extras.n; i++) {
        if (!is_badge(&r->extras.v[i])) continue;
        if (b.n) buf_char(&b, '\n');
        buf_put(&b, r->extras.v[i].b);
    }
    return b.n ? buf_str(&b) : (struct str){0};
}

// Values of a list come one after the other and stand in one row.
static void set_attributes(struct ctx *c, const struct product_read *r, struct liquid_map *m) {
    struct list l = {0};
    struct liquid_map *last = NULL;
    struct str value = {0};
    for (size_t i = 0; i < r->extras.n; i++) {
        const struct shop_product_extras *e = &r->extras.v[i];
        if (is_media(e) || is_badge(e)) continue;
        bool more = last && e->id == r->extras.v[i - 1].id;
        struct str text = feature_value(c, e->kind, e->b, e->c);
        value =
            more ? arena_fmt(c->arena, STR_FMT ", " STR_FMT, STR_ARG(value), STR_ARG(text)) : text;
        if (!more) {
            last = liquid_map_new(c->arena);
            set_str(last, "label", feature_label(c, e->name, e->a));
            list_add(c->arena, &l, liquid_of_map(last));
        }
        set_str(last, "value", value);
    }
    set_list(m, "attributes", &l);
}

static void set_maker(struct ctx *c, const struct shop_product *p, struct liquid_map *m) {
    if (!p->maker.n) return;
    struct liquid_map *x = liquid_map_new(c->arena);
    set_str(x, "name", p->maker);
    set_str(x, "address", p->maker_address);
    set_str(x, "contact", p->maker_contact);
    set_str(x, "responsible", p->responsible);
    liquid_set(m, "manufacturer", liquid_of_map(x));
}

static void set_variants(struct ctx *c, const struct product_read *r, struct liquid_map *m) {
    struct list l = {0};
    int64_t least = 0, most = 0;
    bool available = false;
    for (size_t i = 0; i < r->variants.n; i++) {
        const struct shop_variants *v = &r->variants.v[i];
        if (!i || v->price < least) least = v->price;
        if (v->price > most) most = v->price;
        available |= variant_available(v);
        list_add(c->arena, &l, variant_object(c, r, v));
    }
    set_list(m, "variants", &l);
    liquid_set(m, "selected_or_first_available_variant", l.n ? l.v[r->chosen] : liquid_nil());
    liquid_set(m, "has_only_default_variant", liquid_bool(l.n == 1 && r->options.n <= 1));
    liquid_set(m, "price", liquid_int(least));
    liquid_set(m, "price_min", liquid_int(least));
    liquid_set(m, "price_max", liquid_int(most));
    liquid_set(m, "price_varies", liquid_bool(most > least));
    liquid_set(m, "available", liquid_bool(available));
}

struct liquid_map *product_object(struct page *p, const struct product_read *r) {
    struct ctx *c = p->c;
    struct liquid_map *m = liquid_map_new(c->arena);
    struct list badges = badges_of(p, badge_ids(c, r)), tags = {0};
    struct str rest = r->row.tags, tag;
    while (rest.p && str_split(&rest, '\n', &tag)) list_add(c->arena, &tags, liquid_text(tag));
    liquid_set(m, "id", liquid_int(r->row.id));
    set_str(m, "handle", r->row.handle);
    set_str(m, "title", r->row.title);
    liquid_set(m, "description", liquid_html(r->row.description));
    set_str(m, "vendor", r->row.vendor);
    set_str(m, "type", r->row.kind);
    set_str(m, "safety_text", r->row.safety_text);
    set_str(m, "url", local_path(c, "/products/", r->row.handle));
    set_list(m, "badges", &badges);
    set_list(m, "tags", &tags);
    set_variants(c, r, m);
    set_options(c, r, m);
    set_images(c, r, m);
    set_attributes(c, r, m);
    set_maker(c, &r->row, m);
    return m;
}
