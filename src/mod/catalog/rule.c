// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/rule.h"

#include "base/decimal.h"
#include "base/json.h"
#include "base/map.h"

bool gtin_valid(struct str s) {
    if (s.n != 8 && s.n != 12 && s.n != 13 && s.n != 14) return false;
    int sum = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        int weight = (s.n - i) % 2 == 0 ? 3 : 1; // the check digit weighs 1
        sum += (s.p[i] - '0') * weight;
    }
    return sum % 10 == 0;
}

static bool one_of(struct str s, const char *const *list) {
    for (; *list; list++)
        if (str_eq(s, str_c(*list))) return true;
    return false;
}

bool unit_valid(struct str unit) {
    return one_of(unit, (const char *const[]){"", "g", "kg", "ml", "l", "m", "m2", "m3", NULL});
}

struct checked {
    struct arena *a;
    const struct product_draft *d;
    enum lang first;
    struct product_saved *out;
};

static enum product_verdict refuse(struct checked *k, enum product_verdict v, const char *field,
                                   const char *why) {
    k->out->field = field;
    k->out->why = str_c(why);
    return v;
}

static bool text_ok(struct str s) {
    return s.n <= 4 * CATALOG_TEXT_MAX && str_utf8_len(s) <= CATALOG_TEXT_MAX && str_is_utf8(s);
}

static enum product_verdict check_texts(struct checked *k) {
    const struct product_draft *d = k->d;
    const struct {
        const char *name;
        struct str text;
    } texts[] = {
        {"handle", d->handle},
        {"title", d->title.text[k->first]},
        {"vendor", d->vendor},
        {"kind", d->kind},
        {"external_ref", d->external_ref},
        {"manufacturer", d->manufacturer},
        {"manufacturer_address", d->manufacturer_address},
        {"manufacturer_contact", d->manufacturer_contact},
        {"responsible", d->responsible},
        {"seo_title", d->seo_title.text[k->first]},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (!text_ok(texts[i].text))
            return refuse(k, PRODUCT_BAD_FIELD, texts[i].name,
                          "The text is longer than 500 characters or not UTF-8; shorten it.");
    for (size_t i = 0; i < d->tag_count; i++)
        if (!text_ok(d->tags[i]))
            return refuse(k, PRODUCT_BAD_FIELD, "tags",
                          "A tag is longer than 500 characters; shorten it.");
    if (d->status.p &&
        !one_of(d->status, (const char *const[]){"draft", "active", "archived", NULL}))
        return refuse(k, PRODUCT_BAD_FIELD, "status",
                      "The status is one of draft, active, archived.");
    if (d->tax_category.p &&
        !one_of(d->tax_category, (const char *const[]){"standard", "reduced", "zero", NULL}))
        return refuse(k, PRODUCT_BAD_FIELD, "tax_category",
                      "The tax category is one of standard, reduced, zero.");
    return PRODUCT_SAVED;
}

static enum product_verdict check_counts(struct checked *k) {
    const struct product_draft *d = k->d;
    const struct {
        const char *name;
        size_t n, max;
        const char *why;
    } counts[] = {
        {"options", d->option_count, CATALOG_OPTIONS_MAX, "A product has at most 5 options."},
        {"variants", d->variant_count, CATALOG_VARIANTS_MAX,
         "A product has at most 20,000 variants; split it."},
        {"media", d->media_count, CATALOG_MEDIA_MAX, "A product has at most 250 pictures."},
        {"tags", d->tag_count, CATALOG_TAGS_MAX, "A product has at most 250 tags."},
        {"attributes", d->attribute_count, CATALOG_ATTRIBUTES_MAX,
         "A product has at most 250 attributes."},
    };
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        if (counts[i].n > counts[i].max)
            return refuse(k, PRODUCT_TOO_MANY, counts[i].name, counts[i].why);
    if (d->variant_count == 0 && !d->keep_variants)
        return refuse(k, PRODUCT_NO_VARIANT, "variants",
                      "A product needs at least one variant with a price.");
    return PRODUCT_SAVED;
}

static enum product_verdict check_options(struct checked *k) {
    for (size_t i = 0; i < k->d->option_count; i++) {
        struct str name = k->d->options[i].name.text[k->first];
        if (str_empty(str_trim(name)) || !text_ok(name))
            return refuse(k, PRODUCT_BAD_FIELD, "options",
                          "An option needs a name of at most 500 characters.");
    }
    return PRODUCT_SAVED;
}

static const char *variant_fault(const struct variant_draft *v, const char **field_out) {
    *field_out = "barcode";
    if (v->barcode.n && !gtin_valid(v->barcode))
        return "The barcode is not a GTIN: 8, 12, 13 or 14 digits, the last one is a check digit.";
    *field_out = "sku";
    if (!text_ok(v->sku)) return "The SKU is longer than 500 characters.";
    *field_out = "weight_g";
    if (v->weight_g < 0 || v->weight_g > 100000000) return "The weight is from 0 to 100,000 kg.";
    *field_out = "unit";
    if (!unit_valid(v->unit) || !unit_valid(v->base_unit))
        return "The unit is one of g, kg, ml, l, m, m2, m3.";
    if (v->unit_amount < 0 || v->base_amount < 0) return "A unit price needs a content above zero.";
    if (v->unit_amount > 0 &&
        (str_empty(v->unit) || v->base_amount == 0 || str_empty(v->base_unit)))
        return "A unit price needs content, unit, base amount and base unit.";
    return NULL;
}

// The option values of a variant as one key; absent when one is missing.
static struct str values_key(struct checked *k, const struct variant_draft *v) {
    struct buf b = buf_new(k->a, 0);
    for (size_t i = 0; i < k->d->option_count; i++) {
        struct str value = v->values[i].text[k->first];
        if (str_empty(str_trim(value)) || !text_ok(value)) return (struct str){0};
        buf_int(&b, (int64_t)value.n);
        buf_char(&b, ':');
        buf_put(&b, value);
    }
    return buf_str(&b);
}

static enum product_verdict check_variants(struct checked *k) {
    struct map seen = {0};
    for (size_t i = 0; i < k->d->variant_count; i++) {
        const struct variant_draft *v = &k->d->variants[i];
        const char *field, *fault = variant_fault(v, &field);
        k->out->variant = i;
        if (fault) return refuse(k, PRODUCT_BAD_FIELD, field, fault);
        struct str key = values_key(k, v);
        if (!key.p)
            return refuse(k, PRODUCT_VALUES_MISSING, "values",
                          "A variant needs a value of at most 500 characters for each option.");
        if (v->inactive) continue;
        if (map_get(&seen, key))
            return refuse(k, PRODUCT_SAME_VALUES, "values",
                          "Two variants have the same option values; change one of them.");
        map_set(k->a, &seen, key, k->out);
    }
    k->out->variant = 0;
    return PRODUCT_SAVED;
}

enum product_verdict product_check(struct arena *a, const struct product_draft *d, enum lang first,
                                   struct product_saved *out) {
    struct checked k = {a, d, first, out};
    enum product_verdict (*const steps[])(struct checked *) = {check_texts, check_counts,
                                                               check_options, check_variants};
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        enum product_verdict v = steps[i](&k);
        if (v != PRODUCT_SAVED) return v;
    }
    return PRODUCT_SAVED;
}
