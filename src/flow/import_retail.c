// SPDX-License-Identifier: Apache-2.0
// Reads the Online Retail CSV: a row is a line of an invoice. Lines of an invoice mostly stand
// together, but not always; an invoice with a row that cannot be read is left out, so that a later
// run with the mended file brings it in whole.
#include "flow/import_retail.h"

#include "base/decimal.h"

enum { LINES_MAX = 20000000, SHOW_EVERY = 20000 };
enum column { INVOICE, CODE, DESCRIPTION, QUANTITY, DATE, PRICE, CUSTOMER, COUNTRY, COLUMNS };
static const struct import_column columns[COLUMNS] = {
    [INVOICE] = {"InvoiceNo", NULL},       [CODE] = {"StockCode", NULL},
    [DESCRIPTION] = {"Description", NULL}, [QUANTITY] = {"Quantity", NULL},
    [DATE] = {"InvoiceDate", NULL},        [PRICE] = {"UnitPrice", NULL},
    [CUSTOMER] = {"CustomerID", NULL},     [COUNTRY] = {"Country", NULL},
};

static void *index_value(size_t i) { return (void *)(uintptr_t)(i + 1); }

static uint32_t invoice_of(struct retail *r, struct str number) {
    if (r->invoices.n && str_eq(number, r->last_number)) return r->last_index;
    uintptr_t at = (uintptr_t)map_get(&r->invoice_by, number);
    if (!at) {
        struct retail_invoice *invoice = ARENA_NEW(r->im->run, struct retail_invoice);
        invoice->number = arena_str(r->im->run, number);
        invoice->line = r->table.row.line;
        *VEC_PUSH(r->im->run, &r->invoices) = invoice;
        at = r->invoices.n;
        map_set(r->im->run, &r->invoice_by, invoice->number, index_value(at - 1));
    }
    r->last_index = (uint32_t)(at - 1);
    r->last_number = r->invoices.v[r->last_index]->number;
    return r->last_index;
}

static void count_title(struct retail *r, struct retail_product *p, struct str text) {
    if (!text.n) return;
    for (size_t i = 0; i < p->titles.n; i++)
        if (str_eq(p->titles.v[i].text, text)) {
            p->titles.v[i].count++;
            return;
        }
    if (p->titles.n == 50) return;
    *VEC_PUSH(r->im->run, &p->titles) = (struct retail_title){arena_str(r->im->run, text), 1};
}

static struct str best_title(const struct retail_product *p) {
    struct retail_title best = {p->code, 0};
    for (size_t i = 0; i < p->titles.n; i++)
        if (p->titles.v[i].count > best.count) best = p->titles.v[i];
    return best.text;
}

static uint32_t product_of(struct retail *r, struct str code) {
    uintptr_t at = (uintptr_t)map_get(&r->product_by, code);
    if (!at) {
        struct retail_product *p = ARENA_NEW(r->im->run, struct retail_product);
        p->code = arena_str(r->im->run, code);
        *VEC_PUSH(r->im->run, &r->products) = p;
        at = r->products.n;
        map_set(r->im->run, &r->product_by, p->code, index_value(at - 1));
    }
    return (uint32_t)(at - 1);
}

static struct retail_customer *customer_of(struct retail *r, struct str number, struct str country,
                                           instant at) {
    if (!number.n) return NULL;
    if (str_ends(number, S(".0"))) number.n -= 2; // a spreadsheet's idea of a number
    struct retail_customer *c = map_get(&r->customer_by, number);
    if (!c) {
        c = ARENA_NEW(r->im->run, struct retail_customer);
        *c = (struct retail_customer){.number = arena_str(r->im->run, number),
                                      .country = arena_str(r->im->run, country),
                                      .since = at};
        *VEC_PUSH(r->im->run, &r->customers) = c;
        map_set(r->im->run, &r->customer_by, c->number, c);
    }
    if (at < c->since) c->since = at;
    return c;
}

struct cells {
    int64_t quantity, price;
    instant at;
};

static bool refuse(struct retail *r, size_t column, struct str invoice, const char *expects) {
    import_tell(r->im, r->table.row.line, columns[column].name, invoice,
                "\"" STR_FMT "\" is not %s. The invoice " STR_FMT
                " was left out; correct the row and run the import again.",
                STR_ARG(str_utf8_cut(import_cell(&r->table, column), 60)), expects,
                STR_ARG(str_utf8_cut(invoice, 60)));
    return false;
}

static bool read_cells(struct retail *r, struct str number, struct cells *c) {
    if (!import_cell(&r->table, CODE).n) return refuse(r, CODE, number, "a stock code");
    if (!str_to_int(import_cell(&r->table, QUANTITY), &c->quantity) || c->quantity > QUANTITY_MAX ||
        c->quantity < -QUANTITY_MAX)
        return refuse(r, QUANTITY, number, "a whole number up to 1,000,000");
    struct str price = import_decimal_comma(r->im->batch, import_cell(&r->table, PRICE));
    if (!decimal_parse(price, &c->price) ||
        c->price > 1000000 * DECIMAL_ONE || c->price < -1000000 * DECIMAL_ONE)
        return refuse(r, PRICE, number, "a price such as 2.55, at most 1,000,000");
    if (!instant_parse(import_cell(&r->table, DATE), &c->at))
        return refuse(r, DATE, number, "a date such as 2010-12-01 08:26:00");
    return true;
}

static bool add_line(struct retail *r, struct str number) {
    struct cells c;
    uint32_t at = invoice_of(r, number);
    struct retail_invoice *invoice = r->invoices.v[at];
    if (!read_cells(r, number, &c)) {
        invoice->bad = true;
        return true;
    }
    if (r->lines.n >= LINES_MAX)
        return err_set(&r->im->c->err, ERR_TOO_LARGE,
                       "The files have more than 20 million lines; split them.");
    uint32_t product = product_of(r, import_cell(&r->table, CODE));
    struct retail_product *p = r->products.v[product];
    count_title(r, p, import_cell(&r->table, DESCRIPTION));
    if (c.price >= 10000 && c.quantity > 0 && c.at >= p->price_at) {
        p->price = muldiv(c.price, 1, 10000, ROUND_HALF_UP);
        p->price_at = c.at;
    }
    struct str country = import_cell(&r->table, COUNTRY);
    struct retail_customer *customer =
        customer_of(r, import_cell(&r->table, CUSTOMER), country, c.at);
    if (invoice->count++ == 0) {
        invoice->at = c.at;
        invoice->country = arena_str(r->im->run, country);
    }
    if (!invoice->customer) invoice->customer = customer;
    *VEC_PUSH(r->im->run, &r->lines) =
        (struct retail_line){at, product, (int32_t)c.quantity, c.price};
    return true;
}

static bool on_row(void *self, const struct csv_row *row, struct err *err) {
    struct retail *r = self;
    r->table.row = *row;
    if (!r->has_header) {
        r->has_header = true;
        TRY(import_header(r->im, &r->table, row));
        for (size_t i = 0; i < COLUMNS; i++)
            if (r->table.at[i] < 0)
                return err_set(err, ERR_INVALID,
                               "The file " STR_FMT
                               " is not the Online Retail data: the column %s is missing.",
                               STR_ARG(r->im->file), columns[i].name);
        return true;
    }
    if (++r->im->out->rows % SHOW_EVERY == 0) import_show_progress(r->im);
    if (!import_row_ok(r->im, row)) return true;
    struct str number = import_cell(&r->table, INVOICE);
    if (number.n && number.n <= 60) return add_line(r, number);
    import_tell(r->im, row->line, "InvoiceNo", (struct str){0},
                "The row has no invoice number; it was left out.");
    return true;
}

// Counting sort by invoice: lines keep their order within it.
static void put_in_order(struct retail *r) {
    struct retail_line *sorted = ARENA_ARRAY(r->im->run, struct retail_line, r->lines.n + 1);
    size_t at = 0;
    for (size_t i = 0; i < r->invoices.n; i++) {
        r->invoices.v[i]->first = at;
        at += r->invoices.v[i]->count;
        r->invoices.v[i]->count = 0;
    }
    for (size_t i = 0; i < r->lines.n; i++) {
        struct retail_invoice *invoice = r->invoices.v[r->lines.v[i].invoice];
        sorted[invoice->first + invoice->count++] = r->lines.v[i];
    }
    r->lines.v = sorted;
}

bool import_retail_run(struct importer *im) {
    struct retail *r = ARENA_NEW(im->run, struct retail);
    *r = (struct retail){.im = im};
    for (size_t i = 0; i < im->o->file_count; i++) {
        im->file = im->o->files[i];
        r->table = (struct import_table){.columns = columns, .n = COLUMNS};
        r->has_header = false;
        TRY(import_read_csv(im, im->file, on_row, r));
        if (!r->has_header)
            return err_set(&im->c->err, ERR_INVALID, "The file " STR_FMT " is empty.",
                           STR_ARG(im->file));
    }
    for (size_t i = 0; i < r->products.n; i++)
        r->products.v[i]->title = best_title(r->products.v[i]);
    put_in_order(r);
    return retail_write(r);
}
