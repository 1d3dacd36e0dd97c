// SPDX-License-Identifier: Apache-2.0
// An urlencoded body into a form with every type of field: what has no error keeps its promise.
#include "base/fuzz.h"
#include "http/form.h"
#include "http/token.h"

struct all {
    struct str text, lines, email, choice, password;
    int64_t number, amount, decimal;
    instant day;
    bool yes;
};
static const char *const choices[] = {"one", "two", NULL};
static const struct form_field fields[] = {
    {"t", FORM_TEXT, FORM_REQUIRED, offsetof(struct all, text), 2, 20, NULL},
    {"l", FORM_MULTILINE, 0, offsetof(struct all, lines), 0, 100, NULL},
    {"e", FORM_EMAIL, 0, offsetof(struct all, email), 0, 254, NULL},
    {"c", FORM_CHOICE, 0, offsetof(struct all, choice), 0, 0, choices},
    {"p", FORM_PASSWORD, 0, offsetof(struct all, password), 0, 50, NULL},
    {"n", FORM_INT, 0, offsetof(struct all, number), -5, 500, NULL},
    {"m", FORM_MONEY, 0, offsetof(struct all, amount), 0, 100000, NULL},
    {"d", FORM_DECIMAL, 0, offsetof(struct all, decimal), 0, 0, NULL},
    {"b", FORM_BOOL, 0, offsetof(struct all, yes), 0, 0, NULL},
    {"w", FORM_DATE, 0, offsetof(struct all, day), 0, 0, NULL},
};
static const struct form form = {"all", fields, ARRAY_LEN(fields), sizeof(struct all)};

static void check(const struct all *v, const struct form_errors *e) {
    if (!form_error_of(e, "t")) ensure(str_utf8_len(v->text) >= 2 && str_utf8_len(v->text) <= 20);
    if (!form_error_of(e, "l")) ensure(str_find_char(v->lines, '\r') == STR_NONE);
    if (!form_error_of(e, "e")) ensure(!v->email.n || email_valid(v->email));
    if (!form_error_of(e, "p")) ensure(str_utf8_len(v->password) <= 50);
    if (!form_error_of(e, "n")) ensure(v->number >= -5 && v->number <= 500);
    if (!form_error_of(e, "m")) ensure(v->amount >= 0 && v->amount <= 100000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str body = {size ? (const char *)data : "", size}, plain;
    struct request r = {.arena = &a, .body = body};
    struct err err = {0};
    struct all v;
    struct form_errors errors;
    struct secret_key key = {{7}};
    ensure(!secret_open(&a, &key, body, &plain));
    if (request_parse_body(&r, S("application/x-www-form-urlencoded"), &err)) {
        form_read(&form, &r, EUR, &v, &errors);
        check(&v, &errors);
    }
    arena_done(&a);
    return 0;
}
