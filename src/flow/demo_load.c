// SPDX-License-Identifier: Apache-2.0
#include "flow/demo_load.h"

#include "catalog_sql.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "demo_files.h"
#include "flow/demo_content.h"
#include "flow/drafts.h"
#include "flow/import.h"
#include "mod/catalog/catalog.h"
#include "mod/content/content.h"
#include "mod/media/media.h"
#include "shipping_sql.h"

enum { PRICES_DAYS_AGO = 60 };

static bool file_json(struct ctx *c, const char *path, struct json *out) {
    const struct embed *e = embed_find(demo_files, demo_files_count, str_c(path));
    ensure(e);
    return json_parse(c->arena, embed_str(e), out, &c->err);
}

static struct str json_as_text(struct ctx *c, const struct json *j) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_put(&w, j);
    return buf_str(&b);
}

// {"de": ..., "en": ...} under path.
static struct i18n_text both(struct ctx *c, const struct json *j, const char *path) {
    struct i18n_text t = {0};
    for (enum lang l = 0; l < LANG_COUNT; l++)
        t.text[l] = json_text(j, arena_fmt(c->arena, "%s.%s", path, lang_code(l)).p);
    return t;
}

static bool set(struct ctx *c, const char *key, struct str value) {
    enum setting_verdict verdict;
    if (!setting_find(c->shop, str_c(key)) || !value.p) return true; // a module that is not there
    TRY(setting_set(c, key, value, &verdict));
    ensure(verdict == SETTING_OK);
    return true;
}

static struct str joined(struct ctx *c, const struct json *j, const char *first,
                         const char *separator, const char *second) {
    return arena_fmt(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(json_text(j, first)), separator,
                     STR_ARG(json_text(j, second)));
}

static bool write_settings(struct ctx *c, const struct json *shop) {
    static const struct {
        const char *setting, *path;
    } plain[] = {
        {"shop.name", "name"},
        {"shop.currency", "currency"},
        {"shop.zone", "timezone"},
        {"shop.email", "email"},
        {"shop.phone", "phone"},
        {"shop.owner", "owner"},
        {"shop.postcode", "address.postcode"},
        {"shop.city", "address.city"},
        {"shop.country", "address.country"},
        {"shop.vat_id", "vat_id"},
        {"payment.bank.holder", "bank.holder"},
        {"payment.bank.iban", "bank.iban"},
        {"payment.bank.bic", "bank.bic"},
    };
    struct json badges;
    struct i18n_text about = both(c, shop, "description");
    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        TRY(set(c, plain[i].setting, json_text(shop, plain[i].path)));
    TRY(set(c, "shop.street", joined(c, shop, "address.street", " ", "address.house_number")));
    TRY(set(c, "shop.register", joined(c, shop, "register.court", ", ", "register.number")));
    for (enum lang l = 0; l < LANG_COUNT; l++)
        TRY(set(c, arena_fmt(c->arena, "shop.description.%s", lang_code(l)).p, about.text[l]));
    TRY(file_json(c, "badges.json", &badges));
    return set(c, "theme.badges", json_as_text(c, &badges));
}

// "2–4 Werktage" → 2 and 4.
static void days_of(struct str text, int64_t days[2]) {
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < 2; i++) {
        bool digit = text.p[i] >= '0' && text.p[i] <= '9';
        bool before = i > 0 && text.p[i - 1] >= '0' && text.p[i - 1] <= '9';
        if (digit)
            days[n] = days[n] * 10 + (text.p[i] - '0');
        else if (before)
            n++;
    }
    if (days[1] == 0) days[1] = days[0];
}

static bool write_method(struct ctx *c, const struct json *m, int64_t position) {
    struct i18n_text name = both(c, m, "name"), delivery = both(c, m, "delivery_time");
    struct currency cur = shop_currency(c);
    struct money price, free_from;
    enum lang first = lang_first(c);
    int64_t id, days[2] = {0};
    ensure(money_parse(json_text(m, "price"), cur, &price));
    bool has_free = money_parse(json_text(m, "free_from"), cur, &free_from);
    days_of(delivery.text[first], days);
    TRY(shipping_method_add(
        &c->db,
        &(struct shipping_method_add_in){.name = name.text[first],
                                         .delivery = delivery.text[first],
                                         .countries = json_as_text(c, json_get(m, S("countries"))),
                                         .price = price.minor,
                                         .free_from = free_from.minor,
                                         .has_free_from = has_free,
                                         .currency = arena_str(c->arena, currency_str(&cur)),
                                         .days_min = days[0],
                                         .days_max = days[1],
                                         .position = position},
        &id));
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (l == first) continue;
        TRY(translation_set(c, &(struct translation){"shipping_method", id, "name"}, l,
                            name.text[l]));
        TRY(translation_set(c, &(struct translation){"shipping_method", id, "delivery"}, l,
                            delivery.text[l]));
    }
    return true;
}

static bool write_shipping(struct ctx *c, const struct json *shop) {
    struct shipping_methods_rows rows = {0};
    const struct json *list = json_get(shop, S("shipping"));
    TRY(shipping_methods_all(&c->db, &(struct shipping_methods_in){str_c(lang_code(lang_first(c)))},
                             &rows));
    for (size_t i = 0; rows.n == 0 && list && i < list->n; i++)
        TRY(write_method(c, &list->items[i], (int64_t)i + 1));
    return true;
}

static bool shop_tx(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    TRY(write_settings(c, self));
    return write_shipping(c, self);
}

static bool write_page(struct ctx *c, const struct embed *e, int64_t position) {
    struct page_draft d = {.position = position};
    int64_t id, version;
    if (!page_of_file(c->arena, e, &d)) return true;
    if (str_eq(d.handle, S("kontakt"))) d.template = S("contact"); // with the form
    return page_save(c, &d, &id, &version);
}

static bool pages_tx(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    int64_t position = 0;
    for (size_t i = 0; i < demo_files_count; i++)
        if (str_starts(str_c(demo_files[i].path), S("pages/")))
            TRY(write_page(c, &demo_files[i], ++position));
    return true;
}

// Pictures of front page and collections; those of products are there already.
static bool pictures_tx(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    int64_t id;
    for (size_t i = 0; i < demo_files_count; i++)
        if (str_starts(str_c(demo_files[i].path), S("pictures/")))
            TRY(media_put(c, embed_str(&demo_files[i]), str_c(demo_files[i].path), &id));
    return true;
}

static bool collection_members(struct ctx *c, const struct json *list, struct collection_draft *d) {
    int64_t *ids = ARENA_ARRAY(c->arena, int64_t, list ? list->n + 1 : 1);
    for (size_t i = 0; list && i < list->n; i++) {
        struct catalog_product_by_handle row;
        bool found;
        TRY(catalog_product_by_handle(
            &c->db, &(struct catalog_product_by_handle_in){list->items[i].text}, &row, &found));
        if (found) ids[d->product_count++] = row.id;
    }
    d->products = ids;
    return true;
}

static bool write_collection(struct ctx *c, const struct json *j, int64_t position) {
    struct collection_draft d = {.handle = json_text(j, "handle"),
                                 .kind = json_text(j, "kind"),
                                 .position = position,
                                 .title = both(c, j, "title"),
                                 .description = both(c, j, "description"),
                                 .seo_title = both(c, j, "seo_title"),
                                 .seo_description = both(c, j, "seo_description")};
    const struct embed *e = embed_find(demo_files, demo_files_count, json_text(j, "image"));
    const struct json *rules = json_get(j, S("rules"));
    enum collection_verdict verdict;
    int64_t id;
    if (e) TRY(media_put(c, embed_str(e), str_c(e->path), &d.media_id));
    if (rules) d.rule = json_as_text(c, rules);
    TRY(collection_members(c, json_get(j, S("products")), &d));
    TRY(collection_save(c, &d, &verdict, &id));
    if (verdict == COLLECTION_SAVED || verdict == COLLECTION_UNCHANGED) return true;
    struct str why = rules ? collection_rule_why(c, d.rule) : (struct str){0};
    return err_set(&c->err, ERR_INVALID,
                   "The demo collection " STR_FMT " cannot be saved. " STR_FMT, STR_ARG(d.handle),
                   STR_ARG(why));
}

static bool collections_tx(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    const struct json *list = self;
    for (size_t i = 0; i < list->n; i++) TRY(write_collection(c, &list->items[i], (int64_t)i + 1));
    return true;
}

// {"Farbe": {"Salbei": "#9caf88"}}
static bool swatches_tx(struct ctx *c, void *self, bool *keep) {
    const struct json *options = self;
    (void)keep;
    for (size_t i = 0; i < options->n; i++)
        for (size_t k = 0; k < options->items[i].n; k++) {
            const struct json *values = &options->items[i];
            struct swatch_draft d = {.option_name = options->keys[i],
                                     .value = values->keys[k],
                                     .color = values->items[k].text};
            enum swatch_verdict verdict;
            TRY(swatch_save(c, &d, &verdict));
            ensure(verdict != SWATCH_BAD_COLOR);
        }
    return true;
}

static void first_problem(void *self, const struct import_problem *p) {
    struct err *e = self;
    if (!p->note)
        err_set(e, ERR_INVALID, "The demo data is not right: line %lld, " STR_FMT,
                (long long)p->line, STR_ARG(str_utf8_cut(p->what, 200)));
}

static bool load_products(struct ctx *c, const struct json *shop) {
    const struct json *list = json_get(shop, S("sales"));
    size_t n = list ? list->n : 0;
    struct import_sale *sales = ARENA_ARRAY(c->arena, struct import_sale, n + 1);
    for (size_t i = 0; i < n; i++)
        sales[i] = (struct import_sale){json_text(&list->items[i], "sku"),
                                        (int)json_int(&list->items[i], "days_ago", 0)};
    struct err problem = {0};
    struct import_result result;
    struct str file = S("products.csv");
    TRY(import_run(c,
                   &(struct import_options){.format = IMPORT_SHOPIFY,
                                            .files = &file,
                                            .file_count = 1,
                                            .embedded = demo_files,
                                            .embedded_count = demo_files_count,
                                            .prices_days_ago = PRICES_DAYS_AGO,
                                            .sales = sales,
                                            .sale_count = n,
                                            .problem = first_problem,
                                            .self = &problem},
                   &result));
    return problem.code == ERR_NONE || err_set(&c->err, problem.code, "%s", problem.message);
}

bool demo_load(struct ctx *c) {
    struct json shop, collections, swatches;
    TRY(file_json(c, "shop.json", &shop));
    TRY(file_json(c, "collections.json", &collections));
    TRY(file_json(c, "swatches.json", &swatches));
    TRY(tx_run(c, shop_tx, &shop));
    TRY(tx_run(c, swatches_tx, &swatches));
    TRY(load_products(c, &shop));
    TRY(tx_run(c, pictures_tx, NULL));
    TRY(tx_run(c, collections_tx, &collections));
    TRY(tx_run(c, pages_tx, NULL));
    TRY(demo_content_load(c));
    return demo_theme_load(c);
}
