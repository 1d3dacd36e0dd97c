// SPDX-License-Identifier: Apache-2.0
// Bringing a shop's data in: product files of Shopify and WooCommerce (CSV), and the Online Retail
// year (CSV, also .xz). docs/import.md tells what each column becomes.
//
// Files are read as streams and written in transactions of some hundred products or thousand lines.
// A row that cannot be used is told and left out, the others go in; running the same import again
// changes nothing (what was told can be mended in the file and the import repeated). A number of
// pieces is counted when it is not the one that the last import of this variant counted, so what
// was sold since stays sold; where the file gives no number, only the policy (tracked, backorder)
// is set. A product of which a row was bad keeps the variants it has. Pictures never fail an
// import: an address is fetched later by a job, a file that is no picture is told. With dry_run
// everything is done and rolled back, batch by batch.
#pragma once
#include "base/embed.h"
#include "core/ctx.h"

enum import_format { IMPORT_SHOPIFY, IMPORT_WOOCOMMERCE, IMPORT_ONLINE_RETAIL };
bool import_format_parse(struct str name,
                         enum import_format *out); // "shopify" "woocommerce" "online-retail"

struct import_problem {
    struct str file;   // as it was given
    int64_t line;      // 1-based; 0: about the file
    struct str column; // absent: the whole row
    struct str object; // handle, SKU, invoice ...; may be empty
    struct str what;   // what is wrong and what to do, one or two English sentences
    bool note;         // nothing was left out; good to know
};
struct import_progress {
    struct str file;
    int64_t done, total; // bytes of the file; total 0: unknown
    int64_t rows;        // of all files so far
};
struct import_sale {
    struct str sku;
    int days_ago;
};
struct import_options {
    enum import_format format;
    const struct str *files; // paths; with embedded: paths in the table
    size_t file_count;
    const struct embed *embedded; // NULL: the disk. Pictures are looked up beside the CSV file
    size_t embedded_count;
    bool dry_run;
    // A past for prices that are new: they held since that many days; those of a SKU in sales were
    // reduced days_ago, and before that the compare-at price was asked. 0: prices hold from now on.
    int prices_days_ago;
    const struct import_sale *sales;
    size_t sale_count;
    void (*problem)(void *self, const struct import_problem *p); // may be NULL
    void (*progress)(void *self,
                     const struct import_progress *p); // may be NULL; at most once a batch
    void *self;
};
struct import_counts {
    int64_t created, changed, unchanged, failed;
};
struct import_result {
    struct import_counts products, collections, customers, orders, credit_notes, adjustments;
    struct import_counts tax_rates;           // WooCommerce's tax rates CSV
    int64_t rows, problems;                   // problems without notes
    int64_t pictures_stored, pictures_wanted; // files taken, addresses to be fetched by the job
    int64_t rounded; // lines whose amount had fractions of the minor unit (online-retail)
};
// False for a failure only (file or database cannot be used); what was committed before stays, and
// the import can be run again. With a file that is not of this format: ERR_INVALID names what is
// missing.
MUST_USE bool import_run(struct ctx *c, const struct import_options *o, struct import_result *out);
