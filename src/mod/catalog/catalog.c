// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/catalog.h"

#include "catalog_sql.h"
#include "core/check.h"
#include "mod/catalog/product_private.h"

enum { PAGE = 500 };

static bool rebuild_search(struct ctx *c) {
    struct catalog_product_ids_rows ids;
    int64_t after = 0;
    do {
        struct arena_mark mark = arena_mark(c->arena);
        ids = (struct catalog_product_ids_rows){0};
        TRY(catalog_product_ids_all(&c->db, &(struct catalog_product_ids_in){after, PAGE}, &ids));
        for (size_t i = 0; i < ids.n; i++) {
            TRY(product_search_refresh(c, ids.v[i].id));
            after = ids.v[i].id;
        }
        arena_rewind(c->arena, mark);
    } while (ids.n == PAGE);
    return true;
}

static bool rebuild(struct ctx *c) { return rebuild_search(c) && collection_refresh(c, 0); }

static bool check_rules(struct ctx *c,
                        void (*found)(void *self, struct str object, struct str detail),
                        void *self) {
    struct catalog_rule_collections_rows rows = {0};
    TRY(catalog_rule_collections_all(&c->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str why = collection_rule_why(c, rows.v[i].rule);
        if (why.p)
            found(self, arena_fmt(c->arena, "collection %lld", (long long)rows.v[i].id), why);
    }
    return true;
}

static const struct check checks[] = {
    {"catalog.variants",
     "A product without a variant cannot be sold. Open it in the desk and save it, or archive it.",
     &catalog_check_no_variant_query, NULL},
    {"catalog.values",
     "An active variant's values are not those of its product's options. Save the product again.",
     &catalog_check_values_query, NULL},
    {"catalog.same_values",
     "Two active variants cannot be told apart. Give one of them another value.",
     &catalog_check_same_values_query, NULL},
    {"catalog.positions", "The order of variants or pictures is not clear. Save the product again.",
     &catalog_check_positions_query, NULL},
    {"catalog.rules", "A collection's rule cannot be read. Open the collection and write it again.",
     NULL, check_rules},
    {0},
};
static const struct permission perms[] = {
    {"catalog.read", "Artikel ansehen", "See products"},
    {"catalog.write", "Artikel und Kategorien ändern", "Change products and collections"},
    {0},
};
const struct module catalog_module = {
    .name = "catalog",
    .needs = (const char *const[]){"media", NULL},
    .queries = catalog_sql_queries,
    .query_count = &catalog_sql_query_count,
    .perms = perms,
    .checks = checks,
    .rebuild = rebuild,
};
