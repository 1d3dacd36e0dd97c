// SPDX-License-Identifier: Apache-2.0
#include "desk/test_support.h"

#include "desk/desk.h"
#include "mod/staff/staff.h"
#include "mod/themes/themes.h"

#define BOUNDARY "----desk-test-4711"

void office_open(struct office *o) {
    static const struct app_hooks hooks = {
        .error_page = desk_error_page, .load_staff = staff_load, .limits_off = true};
    const struct module *modules[32];
    size_t n = 0;
    *o = (struct office){0};
    for (size_t i = 0; i < fixture_modules.n; i++) modules[n++] = fixture_modules.v[i];
    modules[n++] = &staff_module;
    modules[n++] = &themes_module;
    modules[n++] = &desk_module;
    fixture_open_with(&o->f, (struct module_table){modules, n});
    app_free(o->f.t.app);
    o->f.t.app = app_new(&o->f.t.arena, &o->f.t.shop, &hooks);
    o->owner = office_staff(o, "chefin@example.org", "owner", NULL);
    office_enter(o, o->owner);
}

void office_close(struct office *o) { fixture_close(&o->f); }

int64_t office_staff(struct office *o, const char *email, const char *role, const char *perm) {
    struct ctx *c = test_ctx(&o->f.t);
    enum staff_verdict v;
    int64_t id;
    struct staff_new who = {
        .email = str_c(email), .name = S("Kim"), .role = str_c(role), .lang = LANG_DE};
    assert_ok(staff_add(c, &who, &v, &id), &c->err);
    assert_int_equal(v, STAFF_OK);
    if (!perm) return id;
    struct str one = str_c(perm);
    struct staff_access access = {.role = S("staff"), .perms = &one, .n = 1};
    assert_ok(staff_set_access(c, id, &access, &v), &c->err);
    assert_int_equal(v, STAFF_OK);
    return id;
}

void office_leave(struct office *o) { o->f.t.cookies.n = 0; }

void office_enter(struct office *o, int64_t staff_id) {
    office_leave(o);
    test_sign_in(&o->f.t, ACTOR_STAFF, staff_id);
}

struct str office_between(struct office *o, struct str text, const char *after, const char *until) {
    size_t at = str_find(text, str_c(after));
    if (at == STR_NONE) return (struct str){0};
    struct str rest = str_from(text, at + strlen(after));
    size_t end = str_find(rest, str_c(until));
    return end == STR_NONE ? (struct str){0} : arena_str(&o->f.t.arena, str_sub(rest, 0, end));
}

struct str office_key(struct office *o, const struct test_response *r) {
    struct str key = office_between(o, r->body, "name=\"key\" value=\"", "\"");
    assert_true(key.n >= 16);
    return key;
}

static void put_field(struct buf *b, const char *name, struct str value) {
    buf_fmt(b,
            "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n" STR_FMT "\r\n",
            name, STR_ARG(value));
}

struct test_response office_upload(struct office *o, const struct office_file *u) {
    struct buf b = buf_new(&o->f.t.arena, 0);
    struct test_response page = test_get(&o->f.t, "/desk/profile");
    put_field(&b, "csrf", office_between(o, page.body, "name=\"csrf\" value=\"", "\""));
    for (const char *const *f = u->fields; f && f[0]; f += 2) put_field(&b, f[0], str_c(f[1]));
    buf_fmt(&b,
            "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"; "
            "filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
            u->field, u->filename, u->type);
    buf_put(&b, u->bytes);
    buf_put(&b, S("\r\n--" BOUNDARY "--\r\n"));
    return test_send(&o->f.t,
                     &(struct test_request){.method = HTTP_POST,
                                            .path = u->path,
                                            .form = buf_str(&b).p,
                                            .type = "multipart/form-data; boundary=" BOUNDARY});
}
