// SPDX-License-Identifier: Apache-2.0
#include "flow/import.h"

#include <stdarg.h>
#include <stdio.h>

#include "flow/import_private.h"

static const char *const format_names[] = {[IMPORT_SHOPIFY] = "shopify",
                                           [IMPORT_WOOCOMMERCE] = "woocommerce",
                                           [IMPORT_ONLINE_RETAIL] = "online-retail"};

bool import_format_parse(struct str name, enum import_format *out) {
    for (size_t i = 0; i < ARRAY_LEN(format_names); i++)
        if (str_eq(name, str_c(format_names[i]))) {
            *out = (enum import_format)i;
            return true;
        }
    return false;
}

static void tell(struct importer *im, struct import_problem *p, const char *fmt, va_list args) {
    char text[600];
    vsnprintf(text, sizeof text, fmt, args);
    p->file = im->file;
    p->what = str_c(text);
    if (!p->note) im->out->problems++;
    if (im->o->problem) im->o->problem(im->o->self, p);
}

void import_tell(struct importer *im, int64_t line, const char *column, struct str object,
                 const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    tell(im, &(struct import_problem){.line = line, .column = str_c(column), .object = object}, fmt,
         args);
    va_end(args);
}

void import_note(struct importer *im, int64_t line, struct str object, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    tell(im, &(struct import_problem){.line = line, .object = object, .note = true}, fmt, args);
    va_end(args);
}

void import_show_progress(struct importer *im) {
    if (!im->o->progress) return;
    im->o->progress(im->o->self,
                    &(struct import_progress){im->file, im->done, im->total, im->out->rows});
}

static bool run_files(struct importer *im) {
    if (im->o->format == IMPORT_ONLINE_RETAIL) return import_retail_run(im);
    for (size_t i = 0; i < im->o->file_count; i++) {
        im->file = im->o->files[i];
        TRY(im->o->format == IMPORT_SHOPIFY ? import_shopify_file(im, im->file)
                                            : import_woocommerce_file(im, im->file));
        TRY(import_products_flush(im));
        import_show_progress(im);
    }
    return true;
}

bool import_run(struct ctx *c, const struct import_options *o, struct import_result *out) {
    struct arena run = {0}, batch = {0};
    *out = (struct import_result){0};
    struct importer im = {.c = c, .o = o, .out = out, .run = &run, .batch = &batch};
    bool ok = run_files(&im);
    arena_done(&batch);
    arena_done(&run);
    return ok;
}
