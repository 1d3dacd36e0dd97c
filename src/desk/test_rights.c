// SPDX-License-Identifier: Apache-2.0
// Every row of the desk's routes, asked by a visitor, by staff without permissions, and by staff
// with exactly the one that it names.
#include "desk/handlers.h"
#include "desk/test_support.h"

static const char *path_of(struct office *o, const struct route *r) {
    struct buf b = buf_new(&o->f.t.arena, 500);
    struct str rest = str_c(r->path), part;
    rest = str_from(rest, 1);
    while (str_split(&rest, '/', &part)) {
        buf_char(&b, '/');
        if (part.n && (part.p[0] == ':' || part.p[0] == '*'))
            buf_put(&b, S("1"));
        else
            buf_put(&b, part);
    }
    return buf_str(&b).p;
}

static int status_of(struct office *o, const struct route *r) {
    const char *path = path_of(o, r);
    return r->method == HTTP_POST ? test_post(&o->f.t, path, "").status
                                  : test_get(&o->f.t, path).status;
}

static bool is_public(const struct route *r) { return strcmp(r->perm, PERM_PUBLIC) == 0; }
static bool for_any_staff(const struct route *r) { return strcmp(r->perm, PERM_STAFF) == 0; }

static void test_visitor(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    office_leave(&o);
    for (const struct route *r = desk_routes; r->path; r++) {
        if (is_public(r)) continue;
        if (status_of(&o, r) != 303) fail_msg("%s is open to visitors", r->path);
    }
    office_close(&o);
}

static void test_staff_without(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t none = office_staff(&o, "none@example.org", "staff", NULL);
    for (const struct route *r = desk_routes; r->path; r++) {
        if (is_public(r)) continue;
        office_enter(&o, none); // again each time: one of the rows signs out
        int status = status_of(&o, r);
        if (for_any_staff(r) ? status == 403 : status != 403)
            fail_msg("%s gives %d", r->path, status);
    }
    office_close(&o);
}

static void test_staff_with(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int n = 0;
    for (const struct route *r = desk_routes; r->path; r++) {
        if (is_public(r) || for_any_staff(r)) continue;
        const char *email = arena_fmt(&o.f.t.arena, "p%d@example.org", ++n).p;
        office_enter(&o, office_staff(&o, email, "staff", r->perm));
        int status = status_of(&o, r);
        if (status == 403 || status >= 500)
            fail_msg("%s with %s gives %d", r->path, r->perm, status);
    }
    assert_true(n > 30);
    office_close(&o);
}

// Without the hidden token nothing is written, although the browser is signed in.
static void test_csrf(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    for (const struct route *r = desk_routes; r->path; r++) {
        if (is_public(r) || r->method != HTTP_POST) continue;
        struct test_response a = test_send(
            &o.f.t,
            &(struct test_request){.method = HTTP_POST, .path = path_of(&o, r), .form = "x=1"});
        if (a.status != 403) fail_msg("%s takes a form without token: %d", r->path, a.status);
        a = test_send(&o.f.t, &(struct test_request){.method = HTTP_POST,
                                                     .path = path_of(&o, r),
                                                     .form = "x=1",
                                                     .foreign = true});
        if (a.status != 403) fail_msg("%s takes a form from elsewhere: %d", r->path, a.status);
    }
    office_close(&o);
}

static void test_team(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r =
        test_post(t, "/desk/staff", "name=Ben&email=ben%40example.org&role=staff");
    assert_int_equal(r.status, 303);
    struct str url = office_between(&o, r.location, "", "?");
    r = test_post(t, "/desk/staff", "name=Ben&email=ben%40example.org&role=staff");
    assert_int_equal(r.status, 422);
    assert_shows(r, "schon ein Konto");
    r = test_post(t, url.p, "role=staff&perm=order.read&perm=catalog.read");
    assert_int_equal(r.status, 303);
    r = test_get(t, url.p);
    assert_shows(r, "value=\"order.read\" checked");
    r = test_post(t, arena_fmt(&t->arena, STR_FMT "/link", STR_ARG(url)).p, "");
    assert_int_equal(r.status, 200);
    assert_shows(r, "https://shop.example/desk/login/link/");
    r = test_post(t, arena_fmt(&t->arena, "/desk/staff/%lld", (long long)o.owner).p, "role=staff");
    assert_int_equal(r.status, 422); // the last owner stays
    int64_t old = office_staff(&o, "old@example.org", "staff", "shop.theme"); // of an older release
    r = test_post(t, arena_fmt(&t->arena, "/desk/staff/%lld/link", (long long)old).p, "");
    assert_int_equal(r.status, 200);
    int64_t keeper = office_staff(&o, "keeper@example.org", "staff", "staff.write");
    office_enter(&o, keeper);
    r = test_post(t, url.p, "role=staff&perm=core.settings"); // more than they have themselves
    assert_int_equal(r.status, 422);
    r = test_post(t, url.p, "role=staff&perm=theme.write"); // as strong as the owner
    assert_int_equal(r.status, 422);
    r = test_post(t, url.p, "role=owner");
    assert_int_equal(r.status, 422);
    r = test_post(t, arena_fmt(&t->arena, "/desk/staff/%lld/link", (long long)o.owner).p, "");
    assert_int_equal(r.status, 422);       // no way in as the owner
    r = test_post(t, url.p, "role=staff"); // what they cannot give, they cannot take
    assert_int_equal(r.status, 303);
    office_enter(&o, o.owner);
    r = test_get(t, url.p);
    assert_shows(r, "value=\"order.read\" checked");
    office_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visitor),    cmocka_unit_test(test_staff_without),
        cmocka_unit_test(test_staff_with), cmocka_unit_test(test_csrf),
        cmocka_unit_test(test_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
