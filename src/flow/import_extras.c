// SPDX-License-Identifier: Apache-2.0
#include "flow/import_extras.h"

#include "base/decimal.h"

static struct str attribute_value(struct arena *a, const struct json *j) {
    switch (j->type) {
    case JSON_STRING:
    case JSON_NUMBER:
        return j->text;
    case JSON_INT:
        return arena_fmt(a, "%lld", (long long)j->integer);
    case JSON_BOOL:
        return j->boolean ? S("true") : S("false");
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT:
        return (struct str){0};
    }
    bug("json_type");
}

void import_attribute(struct arena *a, struct attribute_draft *out, struct str name,
                      const struct json *j) {
    const struct json *items = j->type == JSON_ARRAY ? j->items : j;
    size_t n = j->type == JSON_ARRAY ? j->n : 1;
    struct str *values = ARENA_ARRAY(a, struct str, n + 1);
    *out = (struct attribute_draft){.name = name, .values = values};
    for (size_t i = 0; i < n; i++) {
        struct str v = attribute_value(a, &items[i]);
        if (v.p) values[out->n++] = v;
    }
    bool number = j->type == JSON_INT || j->type == JSON_NUMBER;
    out->kind = j->type == JSON_ARRAY  ? S("list")
                : number               ? S("number")
                : j->type == JSON_BOOL ? S("bool")
                                       : S("text");
}

void import_attributes(struct arena *a, const struct json *object, struct product_draft *d) {
    if (!object || object->type != JSON_OBJECT) return;
    struct attribute_draft *list =
        ARENA_ARRAY(a, struct attribute_draft, d->attribute_count + object->n + 1);
    for (size_t i = 0; i < d->attribute_count; i++) list[i] = d->attributes[i];
    for (size_t i = 0; i < object->n; i++)
        import_attribute(a, &list[d->attribute_count++], object->keys[i], &object->items[i]);
    d->attributes = list;
}

struct str import_english(struct arena *a, const struct json *options_en, struct str option,
                          struct str text) {
    const struct json *j = NULL;
    if (option.p)
        j = json_get(options_en,
                     arena_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(option), STR_ARG(text)));
    if (!j) j = json_get(options_en, text);
    return j && j->type == JSON_STRING ? j->text : (struct str){0};
}

static const char *other_key(struct importer *im, const char *key) {
    return arena_fmt(im->batch, "%s_%s", key, lang_code(import_other_lang(im->c))).p;
}

void import_extras_product(struct importer *im, struct arena *a, const struct json *extras,
                           struct product_draft *d) {
    enum lang l = lang_first(im->c), o = import_other_lang(im->c);
    const struct {
        const char *key;
        struct str *to;
    } texts[] = {
        {"handle", &d->handle},
        {"kind", &d->kind},
        {"vendor", &d->vendor},
        {"status", &d->status},
        {"body", &d->description.text[l]},
        {"seo_title", &d->seo_title.text[l]},
        {"seo_description", &d->seo_description.text[l]},
        {"safety_information", &d->safety_text.text[l]},
        {"manufacturer", &d->manufacturer},
        {"manufacturer_address", &d->manufacturer_address},
        {"manufacturer_contact", &d->manufacturer_contact},
        {"responsible_person", &d->responsible},
        {other_key(im, "title"), &d->title.text[o]},
        {other_key(im, "body"), &d->description.text[o]},
        {other_key(im, "seo_title"), &d->seo_title.text[o]},
        {other_key(im, "seo_description"), &d->seo_description.text[o]},
        {other_key(im, "safety_information"), &d->safety_text.text[o]},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str v = json_text(extras, texts[i].key);
        if (v.p) *texts[i].to = v;
    }
    const struct json *attributes = json_get(extras, S("attributes"));
    if (!attributes) return;
    d->attribute_count = 0; // the column's own words for what the object tells exactly
    d->keep_attributes = false;
    import_attributes(a, attributes, d);
}

void import_extras_variant(const struct json *extras, struct variant_draft *v) {
    struct str unit = json_text(extras, "unit");
    if (!unit.p) return;
    v->unit = unit;
    v->base_unit = json_text(extras, "base_unit");
    if (!v->base_unit.p) v->base_unit = S("");
    if (!decimal_parse(json_text(extras, "unit_amount"), &v->unit_amount)) v->unit_amount = 0;
    if (!decimal_parse(json_text(extras, "base_amount"), &v->base_amount)) v->base_amount = 0;
}

void import_extras_picture(struct importer *im, const struct json *extras, size_t index,
                           struct import_picture *pic) {
    struct str path = arena_fmt(im->batch, "pictures.%zu.alt", index);
    pic->alt.text[lang_first(im->c)] = json_text(extras, path.p);
    pic->alt.text[import_other_lang(im->c)] = json_text(extras, other_key(im, path.p));
}
