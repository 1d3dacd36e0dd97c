// SPDX-License-Identifier: Apache-2.0
// The Online Retail year in memory: 24 bytes a line, and each invoice, product and customer once.
#pragma once
#include "flow/import_private.h"

struct retail_line {
    uint32_t invoice, product; // index
    int32_t quantity;
    int64_t price; // millionths of a pound
};
struct retail_title {
    struct str text;
    int64_t count;
};
struct retail_product {
    struct str code, title; // the most frequent one, else the code; known when all is read
    VEC(struct retail_title) titles;
    int64_t price; // newest above zero, pence
    instant price_at;
    int64_t product_id, variant_id;
};
struct retail_customer {
    struct str number, country;
    instant since;
    int64_t id;
};
struct retail_invoice {
    struct str number;
    instant at;
    struct retail_customer *customer; // NULL: none
    struct str country;
    int64_t line;
    size_t first, count; // lines, after they are put in order
    bool bad;            // a row of it could not be read: left out as a whole
};
struct retail {
    struct importer *im;
    struct import_table table;
    bool has_header;
    VEC(struct retail_line) lines;
    VEC(struct retail_invoice *) invoices;
    VEC(struct retail_product *) products;
    VEC(struct retail_customer *) customers;
    struct map invoice_by, product_by,
        customer_by; // number → (index + 1); code → (index + 1); number → customer
    struct str last_number;
    uint32_t last_index;
};
MUST_USE bool retail_write(struct retail *r);
