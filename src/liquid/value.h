// SPDX-License-Identifier: Apache-2.0
// Values of the template language. A value is 16 bytes, copied freely; what it points to is
// immutable while a template renders and lives as long as the arena it was made in. Whole numbers
// are int64 and grow into LIQUID_BIG on overflow, as in the reference (at most 4,096 digits).
// Fractions are double: fine for showing, never for money. Amounts of money are LIQUID_INT minor
// units like Shopify's cents (`{{ product.price | money }}`), or LIQUID_MONEY where the currency is
// not the shop's; a money value counts and compares as its minor units and prints through
// liquid_host.money.
// With autoescape LIQUID_STRING is text and escaped when printed; LIQUID_HTML is trusted and is
// not; nor are string literals of the template's author.
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "base/money.h"
#include "base/row.h"
#include "base/time.h"

// clang-format off
enum liquid_type {
    LIQUID_NIL, LIQUID_BOOL, LIQUID_INT, LIQUID_BIG, LIQUID_FLOAT, LIQUID_STRING, LIQUID_HTML,
    LIQUID_ARRAY, LIQUID_MAP, LIQUID_RANGE, LIQUID_MONEY, LIQUID_TIME,
    LIQUID_OBJECT, // answered by a host vtable
    LIQUID_ROW,    // a struct told by a row_type: its fields are the properties
    LIQUID_ROWS,   // an array of such structs
    LIQUID_EMPTY,  // the literal `empty`
    LIQUID_BLANK,  // the literal `blank`
};
// clang-format on
struct liquid_map;
struct liquid_big;
struct liquid_value {
    uint8_t type;    // enum liquid_type
    uint8_t literal; // of the author, with markup in it: trusted when printed
    uint16_t spare;
    uint32_t n; // bytes, items; of a time: seconds east of UTC; of money: its ISO code's bytes
    union {
        bool boolean;
        int64_t integer; // also LIQUID_MONEY, minor units
        double real;
        const char *text;
        const struct liquid_value *items;
        struct liquid_map *map;
        const struct liquid_range *range;
        instant time;
        const struct liquid_object *object;
        const struct liquid_rows *rows; // LIQUID_ROW: rows->n is 1
        const struct liquid_big *big;
    };
};
struct liquid_range {
    int64_t first, last;
};
struct liquid_rows {
    const struct row_type *type;
    const void *first; // n structs of type->size bytes, one after the other
    size_t n;
};

// What a template sees of a thing of the host. Every member may be NULL. get writes nil and returns
// true when the key is unknown; false only for a failure (database), which becomes a render error.
// Results live in the given arena.
struct liquid_object_type {
    const char *name;
    bool (*get)(void *self, struct arena *a, struct str key, struct liquid_value *out,
                struct err *err);
    bool (*at)(void *self, struct arena *a, int64_t index, struct liquid_value *out,
               struct err *err); // 0-based item
    bool (*size)(void *self, struct arena *a, size_t *out,
                 struct err *err); // items `at` can give: makes it an array
    void (*print)(void *self, struct buf *out, bool *html_out); // as text; html_out starts as false
    bool as_text; // compares with texts, and is searched, as what it prints
    // What `| json` says; false (or NULL): nothing of its own, the text that it prints.
    bool (*json)(void *self, struct arena *a, struct buf *out);
};
struct liquid_object {
    const struct liquid_object_type *type;
    void *self;
};

static inline struct liquid_value liquid_nil(void) {
    return (struct liquid_value){.type = LIQUID_NIL};
}
static inline struct liquid_value liquid_bool(bool b) {
    return (struct liquid_value){.type = LIQUID_BOOL, .boolean = b};
}
static inline struct liquid_value liquid_int(int64_t i) {
    return (struct liquid_value){.type = LIQUID_INT, .integer = i};
}
static inline struct liquid_value liquid_float(double d) {
    return (struct liquid_value){.type = LIQUID_FLOAT, .real = d};
}
static inline struct liquid_value liquid_text(struct str s) { // nil when absent; not copied
    return s.p ? (struct liquid_value){.type = LIQUID_STRING, .n = (uint32_t)s.n, .text = s.p}
               : liquid_nil();
}
static inline struct liquid_value liquid_html(struct str s) { // nil when absent; not copied
    return s.p ? (struct liquid_value){.type = LIQUID_HTML, .n = (uint32_t)s.n, .text = s.p}
               : liquid_nil();
}
static inline struct liquid_value liquid_time(instant t) {
    return (struct liquid_value){.type = LIQUID_TIME, .time = t};
}
static inline struct liquid_value liquid_array(const struct liquid_value *items,
                                               size_t n) { // not copied
    return (struct liquid_value){.type = LIQUID_ARRAY, .n = (uint32_t)n, .items = items};
}
static inline struct liquid_value liquid_of_map(struct liquid_map *m) {
    return (struct liquid_value){.type = LIQUID_MAP, .map = m};
}
struct liquid_value liquid_money(struct money m);
struct liquid_value liquid_range(struct arena *a, int64_t first, int64_t last);
struct liquid_value liquid_object(struct arena *a, const struct liquid_object_type *type,
                                  void *self);
struct liquid_value liquid_row(struct arena *a, const struct row_type *type, const void *row);
struct liquid_value liquid_rows(struct arena *a, const struct row_type *type, const void *first,
                                size_t n);
struct json;
struct liquid_value liquid_of_json(struct arena *a, const struct json *j);
bool liquid_parse_json(struct arena *a, struct str text, struct liquid_value *out,
                       struct err *err); // keeps big integers

// An ordered map, the usual way to hand a page its values:
//     struct liquid_map *page = liquid_map_new(a);
//     liquid_set(page, "title", liquid_text(product->title));
//     liquid_set(page, "variants", liquid_rows(a, &variant_row_type, variants.v, variants.n));
// Keys are not copied. Setting a key again replaces its value.
struct liquid_map *liquid_map_new(struct arena *a);
void liquid_set(struct liquid_map *m, const char *key, struct liquid_value v);
void liquid_set_str(struct liquid_map *m, struct str key, struct liquid_value v);
const struct liquid_value *liquid_map_get(const struct liquid_map *m, struct str key); // or NULL
size_t liquid_map_size(const struct liquid_map *m);
void liquid_map_entry(const struct liquid_map *m, size_t i, struct str *key_out,
                      struct liquid_value *value_out);

// Reading values, for host filters and tags.
bool liquid_truthy(struct liquid_value v); // all but nil and false
static inline bool liquid_is_text(struct liquid_value v) {
    return v.type == LIQUID_STRING || v.type == LIQUID_HTML;
}
static inline struct str
liquid_str(struct liquid_value v) { // the bytes of a string or HTML value; absent otherwise
    return liquid_is_text(v) ? (struct str){v.text ? v.text : "", v.n} : (struct str){0};
}
struct str liquid_to_str(struct arena *a,
                         struct liquid_value v); // as `{{ v }}` prints it, not escaped
int64_t liquid_to_int(struct liquid_value v, int64_t otherwise); // numbers and whole-number strings
bool liquid_get(struct arena *a, struct liquid_value v, struct str key, struct liquid_value *out,
                struct err *err);
void liquid_json(struct buf *out, struct arena *a,
                 struct liquid_value v); // `<>&'` are written \u003c...
