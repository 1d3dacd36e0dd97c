// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"
#include "customer_sql.h"
#include "mod/customer/customer.h"

struct find {
    struct customer_new n;
    int64_t id;
};
static bool find(struct ctx *c, void *self, bool *keep) {
    struct find *f = self;
    (void)keep;
    return customer_find_or_add(c, &f->n, &f->id);
}
static int64_t id_of(struct test_shop *t, const char *email, const char *ref) {
    struct find f = {.n = {.email = str_c(email),
                           .name = S("Anna"),
                           .lang = S("de"),
                           .country = S("DE"),
                           .external_ref = str_c(ref),
                           .created_at = TEST_NOW}};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, find, &f), &c->err);
    return f.id;
}

static void test_one_person_once(void **state) {
    (void)state;
    struct test_shop t;
    struct customer_get who;
    bool found;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&customer_module)});
    test_queries(&t);
    int64_t anna = id_of(&t, "anna@example.org", NULL),
            imported = id_of(&t, NULL, "online-retail:17850");
    assert_int_not_equal(anna, imported);
    assert_int_equal(id_of(&t, "anna@example.org", NULL), anna);
    assert_int_equal(id_of(&t, NULL, "online-retail:17850"), imported);
    assert_int_not_equal(id_of(&t, "berta@example.org", NULL), anna);
    struct ctx *c = test_ctx(&t);
    assert_ok(customer_get(&c->db, &(struct customer_get_in){imported}, &who, &found), &c->err);
    assert_true(found);
    assert_null(who.email.p);
    test_shop_close(&t);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_one_person_once)};
int main(void) { return TEST_GROUP(tests); }
