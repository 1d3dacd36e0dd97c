// SPDX-License-Identifier: Apache-2.0
// The end of a WooCommerce file: variations join their products, groups become collections.
#include "flow/import_woocommerce.h"

// Options are those attributes of the product that its variations name, in the product's order.
static void choose_options(struct woo *w, struct parent *p) {
    struct arena *a = w->im->run;
    struct product_draft *d = &p->product.draft;
    struct product_option_draft *options =
        ARENA_ARRAY(a, struct product_option_draft, CATALOG_OPTIONS_MAX);
    for (size_t i = 0; i < p->attributes.n; i++) {
        const struct attribute_cell *c = &p->attributes.v[i];
        bool varies = false, again = woo_attribute(&p->attributes, c->name) != c;
        if (again) continue;
        for (size_t v = 0; v < p->variations.n; v++)
            varies = varies || woo_attribute(&p->variations.v[v]->attributes, c->name);
        if (varies && d->option_count < CATALOG_OPTIONS_MAX) {
            struct i18n_text *name = &options[d->option_count++].name;
            name->text[lang_first(w->im->c)] = c->name;
            name->text[import_other_lang(w->im->c)] =
                import_english(a, &p->options_en, (struct str){0}, c->name);
        } else if (!varies && !p->exact_attributes) {
            woo_add_attribute(a, d, c);
        }
    }
    d->options = options;
}

static void put_variant(struct woo *w, struct parent *p, const struct variation *v,
                        struct str *values, size_t copy) {
    struct arena *a = w->im->run;
    enum lang l = lang_first(w->im->c);
    const struct product_draft *d = &p->product.draft;
    struct variant_draft variant = v->draft;
    struct import_variant offer = v->offer;
    for (size_t i = 0; i < d->option_count; i++) {
        variant.values[i].text[l] = values[i];
        variant.values[i].text[import_other_lang(w->im->c)] =
            import_english(a, &p->options_en, d->options[i].name.text[l], values[i]);
    }
    if (copy > 0) { // a variation for any value became several variants
        if (variant.sku.n)
            variant.sku = arena_fmt(a, STR_FMT "-%zu", STR_ARG(variant.sku), copy + 1);
        if (variant.external_ref.n)
            variant.external_ref =
                arena_fmt(a, STR_FMT ":%zu", STR_ARG(variant.external_ref), copy + 1);
        variant.barcode = S("");
        offer.on_hand = 0;
    }
    *VEC_PUSH(a, &p->product.variants) = variant;
    *VEC_PUSH(a, &p->product.extra) = offer;
}

// A variation that leaves an attribute open stands for every value of it.
static void put_variation(struct woo *w, struct parent *p, const struct variation *v) {
    const struct product_draft *d = &p->product.draft;
    const struct attribute_cell *choices[CATALOG_OPTIONS_MAX];
    size_t total = 1, at[CATALOG_OPTIONS_MAX] = {0};
    struct str values[CATALOG_OPTIONS_MAX];
    for (size_t i = 0; i < d->option_count; i++) {
        struct str name = d->options[i].name.text[lang_first(w->im->c)];
        const struct attribute_cell *own = woo_attribute(&v->attributes, name);
        choices[i] = own && own->n ? own : woo_attribute(&p->attributes, name);
        total *= own && own->n ? 1 : choices[i]->n;
    }
    if (total > 1)
        import_note(w->im, v->offer.line, v->draft.sku,
                    "The variation is for any value of an attribute; it became %zu variants%s.",
                    total, v->offer.tracked ? ", the first of which has all the stock" : "");
    for (size_t copy = 0; copy < total && p->product.variants.n < CATALOG_VARIANTS_MAX; copy++) {
        size_t rest = copy;
        for (size_t i = d->option_count; i-- > 0;) {
            bool open = !(woo_attribute(&v->attributes, choices[i]->name) &&
                          woo_attribute(&v->attributes, choices[i]->name)->n);
            at[i] = open && choices[i]->n ? rest % choices[i]->n : 0;
            if (open && choices[i]->n) rest /= choices[i]->n;
            values[i] = choices[i]->n ? choices[i]->values[at[i]] : S("");
        }
        put_variant(w, p, v, values, copy);
    }
}

static void join_variations(struct woo *w) {
    for (size_t i = 0; i < w->variations.n; i++) {
        struct variation *v = w->variations.v[i];
        struct parent *p = map_get(&w->parent_by, v->parent);
        if (!p) {
            import_tell(w->im, v->offer.line, "Parent", v->draft.sku,
                        "There is no variable product \"" STR_FMT
                        "\" in the file; the variation was left out.",
                        STR_ARG(str_utf8_cut(v->parent, 60)));
            continue;
        }
        if (v->bad) {
            p->product.has_bad_rows = true;
            continue;
        }
        *VEC_PUSH(w->im->run, &p->variations) = v;
        for (size_t k = p->variations.n - 1;
             k > 0 && p->variations.v[k - 1]->position > v->position; k--) {
            p->variations.v[k] = p->variations.v[k - 1];
            p->variations.v[k - 1] = v;
        }
    }
}

bool woo_finish_parents(struct woo *w) {
    join_variations(w);
    for (size_t i = 0; i < w->parents.n; i++) {
        struct parent *p = w->parents.v[i];
        choose_options(w, p);
        for (size_t v = 0; v < p->variations.n; v++) put_variation(w, p, p->variations.v[v]);
        if (p->product.variants.n > 0) {
            TRY(import_product_done(w->im, &p->product));
            continue;
        }
        w->im->out->products.failed++;
        import_tell(w->im, p->product.line, "Type", p->product.name,
                    "The variable product has no variation that can be used; it was left out.");
    }
    return import_products_flush(w->im);
}

struct group_run {
    struct woo *w;
    const struct group *g;
    enum collection_verdict verdict;
    size_t missing;
};

static bool write_group(struct ctx *c, void *self, bool *keep) {
    struct group_run *r = self;
    enum lang l = lang_first(c);
    size_t n, found = 0;
    struct str *members = woo_list(c->arena, r->g->members, &n);
    int64_t *ids = ARENA_ARRAY(c->arena, int64_t, n + 1), id;
    for (size_t i = 0; i < n; i++) {
        TRY(import_product_by_sku(c, members[i], &ids[found]));
        found += ids[found] != 0;
    }
    r->missing = n - found;
    struct collection_draft d = {
        .external_ref = r->g->ref, .kind = S("manual"), .products = ids, .product_count = found};
    d.title.text[l] = r->g->title;
    d.description.text[l] = r->g->description;
    TRY(collection_save(c, &d, &r->verdict, &id));
    *keep = !r->w->im->o->dry_run;
    return true;
}

bool woo_finish_groups(struct woo *w) {
    for (size_t i = 0; i < w->groups.n; i++) {
        struct group_run r = {.w = w, .g = &w->groups.v[i]};
        struct import_counts *n = &w->im->out->collections;
        TRY(tx_run(w->im->c, write_group, &r));
        if (r.verdict == COLLECTION_SAVED)
            n->created++;
        else if (r.verdict == COLLECTION_UNCHANGED)
            n->unchanged++;
        else
            n->failed++;
        import_note(w->im, r.g->line, r.g->title,
                    "The grouped product became a collection of its products%s.",
                    r.missing ? "; some of them are not there" : "");
    }
    return true;
}
