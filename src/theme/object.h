// SPDX-License-Identifier: Apache-2.0
// Objects of the storefront as tables of properties. A property is computed when a template asks
// for it, once for each object of a render. The same tables tell docs/liquid-coverage.md what is
// done and what is answered empty on purpose, so a row here is the only place where a property
// exists.
//
//     static bool product_title(void *self, struct arena *a, struct liquid_value *out,
//                               struct err *err) { ... }
//     static const struct theme_prop props[] = { // sorted by name
//         {"available", product_available, NULL},
//         {"gift_card?", NULL, "gift cards are goods of issue-free shops only"},
//         {"title", product_title, NULL},
//     };
//     const struct theme_kind product_kind = {.name = "product", THEME_PROPS(props)};
#pragma once
#include "base/str.h"
#include "liquid/value.h"

typedef bool theme_get(void *self, struct arena *a, struct liquid_value *out, struct err *err);
struct theme_prop {
    const char *name;
    theme_get *get;      // NULL: always nil
    const char *because; // why it is nil; one sentence for the table in docs
    bool own;            // Kontor's, not in theme-liquid-docs
};
struct theme_kind {
    const char *name; // as theme-liquid-docs calls the object
    const struct theme_prop *props;
    size_t prop_count;
    // For keys that no property has (collections['soap']); NULL: nil.
    bool (*other)(void *self, struct arena *a, struct str key, struct liquid_value *out,
                  struct err *err);
    // For objects that are lists, too; NULL: not a list.
    bool (*size)(void *self, struct arena *a, size_t *out, struct err *err);
    bool (*at)(void *self, struct arena *a, int64_t index, struct liquid_value *out,
               struct err *err);
    // What it is as text; such an object also compares with texts as that (template == 'index').
    void (*print)(void *self, struct buf *out, bool *html_out);
    // What {{ product | json }} says; NULL: the text. Markup in it is made safe by the caller.
    bool (*json)(void *self, struct buf *out, struct err *err);
};
#define THEME_PROPS(table) .props = (table), .prop_count = ARRAY_LEN(table)
// The object of a thing; self lives as long as the arena. The table must be sorted (a bug else).
struct liquid_value theme_object(struct arena *a, const struct theme_kind *kind, void *self);
// What theme_object was given, when v is an object of that kind; else NULL.
void *theme_self(struct liquid_value v, const struct theme_kind *kind);
const struct theme_kind *theme_kind_of(struct liquid_value v); // NULL: not one of ours

// A list that is read in windows: collection.products, search.results, blog.articles. Without
// {% paginate %} a template sees the first 50; inside it, the page of ?page=.
// Without it the first few are read first, and the rest when somebody goes on.
enum { THEME_LIST_FIRST = 8, THEME_LIST_WINDOW = 50, THEME_PAGE_MAX = 250 };
struct theme_list {
    // Items first ... first+count-1 and how many there are in all.
    bool (*load)(void *self, struct arena *a, int64_t first, int64_t count,
                 struct liquid_value *items_out, int64_t *total_out, struct err *err);
    void *self;
    int64_t first, count; // the window; set by paginate
    bool loaded, begun;
    struct liquid_value items; // LIQUID_ARRAY
    int64_t total;
};
struct liquid_value theme_list_value(struct arena *a, struct theme_list *l);
struct theme_list *theme_list_of(struct liquid_value v); // NULL: not such a list
// Moves the window; what was read is forgotten when the window changes.
void theme_list_window(struct theme_list *l, int64_t first, int64_t count);
MUST_USE bool theme_list_total(struct theme_list *l, struct arena *a, int64_t *out,
                               struct err *err);
