// SPDX-License-Identifier: Apache-2.0
// The whole program's modules on the demo shop, five people at its door, and requests of any bytes.
// Everything is seeded; what is wrong is printed and counted, so that one run tells all.
#pragma once
#include "core/testing.h"

enum who {
    VISITOR,
    ANNA,
    BERND,
    CLERK,
    OWNER,
    WHO_COUNT
}; // two customers, staff without and with all permissions
extern const char *const who_name[WHO_COUNT];

struct hostile {
    struct test_shop t;
    struct arena a; // of one request
    struct http_pairs jar[WHO_COUNT];
    int64_t customer[WHO_COUNT], staff[WHO_COUNT], order[WHO_COUNT];
    struct str order_path[WHO_COUNT], order_number[WHO_COUNT];
    struct str product, collection; // handles
    int64_t variant;
    uint64_t sent, wrong;
};
struct probe {
    enum who who;
    enum http_method method;
    struct str target, body;
    const char *type;   // NULL: urlencoded
    const char *site;   // Sec-Fetch-Site; NULL: same-origin; "": not sent
    const char *origin; // NULL: not sent
    struct str referer; // absent: not sent
    bool token;         // the hidden field csrf is put before an urlencoded body
};
struct answer {
    int status;
    struct str body, location, type, allow;
};
void hostile_open(struct hostile *h);
void hostile_close(struct hostile *h); // every check is silent, nothing was wrong
// The answer lives until the next probe. A status of 500 and above, markup of ours coming back as
// it is, or a way out of the shop is wrong by itself.
struct answer probe_send(struct hostile *h, const struct probe *p);
struct str csrf_of(struct hostile *h, enum who who, bool desk); // in h->a
void hostile_renew(struct hostile *h); // signs in again who was signed out, fills the cart again
PRINTF_LIKE(3, 4) void wrong(struct hostile *h, const struct probe *p, const char *fmt, ...);

// A path for a route's pattern; the parameter of that index is the value (percent-encoded here),
// the others are good.
struct str path_of(struct hostile *h, struct arena *a, const char *pattern, int index,
                   struct str value);
int params_of(const char *pattern);

#define MARKUP "'\"><script>kontor</script>{{ 7 | times: 7777 }}"
extern const struct str hostile_values[];
extern const size_t hostile_value_count;

// A form as it stands on a page.
enum field_kind { TYPED_HIDDEN, TYPED_TEXT, TYPED_CHOICE, TYPED_PASSWORD, TYPED_FILE };
struct page_field {
    struct str name, value;
    enum field_kind kind;
};
struct page_form {
    struct str action, here; // here: the page it stands on
    bool post, multipart;
    VEC(struct page_field) fields;
};
struct page_forms {
    struct page_form *v;
    size_t n, cap;
};
void forms_of(struct arena *a, struct str html, struct str here, struct page_forms *out);
void links_of(struct arena *a, struct str html, struct http_pairs *out); // name: the path
