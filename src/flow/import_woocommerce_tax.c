// SPDX-License-Identifier: Apache-2.0
// WooCommerce's tax rates CSV: rates of whole countries come in where none holds yet. A known rate
// is never changed by a file, and rates of states and towns are told and left out.
#include "base/decimal.h"
#include "flow/import_woocommerce.h"
#include "tax_sql.h"

enum column { COUNTRY, STATE, POSTCODE, CITY, RATE, NAME, PRIORITY, CLASS, COLUMNS };
static const struct import_column columns[COLUMNS] = {
    [COUNTRY] = {"Country Code", NULL},  [STATE] = {"State Code", NULL},
    [POSTCODE] = {"ZIP/Postcode", NULL}, [CITY] = {"City", NULL},
    [RATE] = {"Rate %", NULL},           [NAME] = {"Tax Name", NULL},
    [PRIORITY] = {"Priority", NULL},     [CLASS] = {"Tax Class", NULL},
};
static const char *const ignored[] = {"Compound", "Shipping", NULL};

bool woo_is_tax_file(const struct csv_row *header) {
    bool rate = false, country = false;
    for (size_t i = 0; i < header->n; i++) {
        rate = rate || str_eq_nocase(str_trim(header->fields[i]), str_c(columns[RATE].name));
        country =
            country || str_eq_nocase(str_trim(header->fields[i]), str_c(columns[COUNTRY].name));
    }
    return rate && country;
}

bool woo_tax_header(struct importer *im, struct import_table *t, const struct csv_row *header) {
    *t = (struct import_table){.columns = columns, .n = COLUMNS, .ignored = ignored};
    return import_header(im, t, header);
}

struct rate {
    struct importer *im;
    struct str country, category;
    int64_t rate;
    enum { RATE_NEW, RATE_SAME, RATE_OTHER } fate;
};

static bool write_rate(struct ctx *c, void *self, bool *keep) {
    struct rate *r = self;
    struct tax_rate_find known;
    bool found;
    *keep = !r->im->o->dry_run;
    TRY(tax_rate_find(&c->db, &(struct tax_rate_find_in){r->country, r->category, c->now}, &known,
                      &found));
    r->fate = !found ? RATE_NEW : known.rate == r->rate ? RATE_SAME : RATE_OTHER;
    if (found) return true;
    struct tax_rate_add_in in = {r->country, r->category, r->rate, c->now, S("WooCommerce")};
    TRY(tax_rate_add(&c->db, &in));
    struct str detail = arena_fmt(
        c->arena, "{\"country\":\"" STR_FMT "\",\"category\":\"" STR_FMT "\",\"rate\":%lld}",
        STR_ARG(r->country), STR_ARG(r->category), (long long)r->rate);
    return audit_write(c, &(struct audit){"tax_rate", 0, "tax_rate.import", detail});
}

static bool refuse(struct importer *im, const struct import_table *t, size_t column,
                   const char *why) {
    im->out->tax_rates.failed++;
    import_tell(im, t->row.line, columns[column].name, import_cell(t, COUNTRY),
                "%s The row was left out.", why);
    return false;
}

static bool is_anywhere(struct str s) { return s.n == 0 || str_eq(s, S("*")); }

static bool read_rate(struct importer *im, const struct import_table *t, struct rate *r) {
    static const struct {
        struct str class, category;
    } classes[] = {{S_INIT(""), S_INIT("standard")},
                   {S_INIT("standard"), S_INIT("standard")},
                   {S_INIT("reduced-rate"), S_INIT("reduced")},
                   {S_INIT("zero-rate"), S_INIT("zero")}};
    for (size_t i = STATE; i <= CITY; i++)
        if (!is_anywhere(import_cell(t, i)))
            return refuse(im, t, i, "Only rates of whole countries can be used.");
    r->country = import_cell(t, COUNTRY);
    bool letters = r->country.n == 2;
    for (size_t i = 0; letters && i < 2; i++)
        letters = r->country.p[i] >= 'A' && r->country.p[i] <= 'Z';
    if (!letters) return refuse(im, t, COUNTRY, "A country is two capital letters such as DE.");
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (str_eq_nocase(import_cell(t, CLASS), classes[i].class))
            r->category = classes[i].category;
    if (!r->category.p)
        return refuse(im, t, CLASS, "The class is empty, reduced-rate or zero-rate.");
    int64_t percent;
    if (!decimal_parse(import_cell(t, RATE), &percent) || percent < 0 ||
        percent > 100 * DECIMAL_ONE)
        return refuse(im, t, RATE, "The rate is a number of percent from 0 to 100.");
    r->rate = percent / 100;
    return true;
}

bool woo_tax_row(struct importer *im, const struct import_table *t) {
    struct rate r = {.im = im};
    struct import_counts *n = &im->out->tax_rates;
    if (!read_rate(im, t, &r)) return true;
    TRY(tx_run(im->c, write_rate, &r));
    if (r.fate == RATE_OTHER)
        return refuse(im, t, RATE, "Another rate holds in this country already; it was kept."),
               true;
    if (r.fate == RATE_NEW)
        n->created++;
    else
        n->unchanged++;
    return true;
}
