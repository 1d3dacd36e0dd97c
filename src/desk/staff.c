// SPDX-License-Identifier: Apache-2.0
#include "mod/staff/staff.h"
#include "core/acl.h"
#include "core/app.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "staff_sql.h"

enum { PERMS_MAX = 128 };

static const char *verdict_field(enum staff_verdict v, const char **key_out) {
    switch (v) {
    case STAFF_OK:
        return NULL;
    case STAFF_EMAIL_TAKEN:
        return *key_out = "desk.staff.taken", "email";
    case STAFF_BAD_EMAIL:
        return *key_out = "form.email", "email";
    case STAFF_BAD_ROLE:
        return *key_out = "form.choice", "role";
    case STAFF_WEAK_PASSWORD:
        return *key_out = "desk.staff.weak", "password";
    case STAFF_NOT_FOUND:
        return *key_out = "desk.staff.gone", "role";
    case STAFF_LAST_OWNER:
        return *key_out = "desk.staff.last_owner", "role";
    }
    return NULL;
}

static bool show_list(struct desk *d) {
    struct staff_list_rows rows = {0};
    TRY(staff_list_all(&d->c->db, &rows));
    PUT_ROWS(d, "people", staff_list, rows);
    return desk_send(d, "staff", tr(d->c, "desk.staff.title"));
}

bool desk_staff_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    put_str(d.f, "role", S("staff"));
    return show_list(&d);
}

// Nobody makes or touches somebody who may more than themselves.
static bool role_allowed(struct desk *d, struct str role) { return acl_covers_role(d->c, role); }

static bool covers(struct desk *d, int64_t id, struct str role, bool *ok_out) {
    struct staff_permissions_rows has = {0};
    *ok_out = role_allowed(d, role);
    TRY(staff_permissions_all(&d->c->db, &(struct staff_permissions_in){id}, &has));
    for (size_t i = 0; i < has.n; i++) {
        const char *perm = arena_cstr(d->c->arena, has.v[i].permission);
        bool known = acl_index(d->c->shop->acl, perm) >= 0; // one of an older release gives nothing
        if (known && !acl_may(d->c, perm)) *ok_out = false;
    }
    return true;
}

bool desk_staff_new_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    enum staff_verdict v = STAFF_OK;
    const char *key = NULL;
    int64_t id = 0;
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    struct staff_new n = {.email = desk_read_text(&d, "email", FORM_REQUIRED, 254),
                          .lang = c->lang};
    n.name = desk_read_text(&d, "name", FORM_REQUIRED, 100);
    n.role = desk_read_text(&d, "role", FORM_REQUIRED, 10);
    if (!role_allowed(&d, n.role)) desk_fail_key(&d, "role", "desk.staff.only_owner");
    if (!d.errors) TRY(staff_add(c, &n, &v, &id));
    const char *field = verdict_field(v, &key);
    if (field) desk_fail_key(&d, field, key);
    if (d.errors) return show_list(&d);
    return desk_done(c, rs, arena_fmt(c->arena, "/desk/staff/%lld", (long long)id), "staff_added");
}

static bool sent_perm(const struct request *rq, struct str name) {
    for (size_t i = 0; i < rq->form.n; i++)
        if (str_eq(rq->form.v[i].name, S("perm")) && str_eq(rq->form.v[i].value, name)) return true;
    return false;
}

static struct liquid_value perm_list(struct desk *d, const struct staff_permissions_rows *has) {
    struct permission_list all = acl_all(d->c->shop->acl);
    struct list l = {0};
    for (size_t i = 0; i < all.n; i++) {
        struct str name = str_c(all.v[i]->name);
        if (str_eq(name, S("core.owner"))) continue;
        struct liquid_map *m = liquid_map_new(d->c->arena);
        bool on = false;
        for (size_t k = 0; k < has->n; k++) on = on || str_eq(has->v[k].permission, name);
        if (d->errors) on = sent_perm(d->rq, name); // as it was ticked
        put_str(m, "name", name);
        put_str(m, "group", str_sub(name, 0, str_find_char(name, '.')));
        put_str(m, "text", str_c(d->c->lang == LANG_DE ? all.v[i]->de : all.v[i]->en));
        put_bool(m, "on", on);
        put_bool(m, "mine", acl_may(d->c, all.v[i]->name));
        desk_list_add(d->c->arena, &l, liquid_of_map(m));
    }
    return liquid_array(l.v, l.n);
}

static bool show_person(struct desk *d, int64_t id) {
    struct staff_get who;
    struct staff_permissions_rows perms = {0};
    bool found;
    TRY(staff_get(&d->c->db, &(struct staff_get_in){id}, &who, &found));
    if (!found) return desk_missing(d->c);
    TRY(staff_permissions_all(&d->c->db, &(struct staff_permissions_in){id}, &perms));
    put_int(d->data, "id", id);
    put_str(d->data, "name", who.name);
    put_str(d->data, "email", who.email);
    put_bool(d->data, "has_totp", who.totp_secret.p != NULL);
    liquid_set(d->data, "created_at", liquid_time(who.created_at));
    if (!d->errors) {
        put_str(d->f, "role", who.role);
        put_bool(d->f, "disabled", who.disabled);
    }
    liquid_set(d->data, "perms", perm_list(d, &perms));
    TRY(desk_trail(d, "staff", id));
    return desk_send(d, "staff_person", who.name.n ? who.name : who.email);
}

bool desk_staff_edit_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return show_person(&d, id);
}

// Nobody gives what they do not have themselves, and only an owner touches an owner.
static bool may_change(struct desk *d, int64_t id, const struct staff_access *a, bool *ok_out) {
    struct staff_get who;
    bool found;
    TRY(staff_get(&d->c->db, &(struct staff_get_in){id}, &who, &found));
    if (!found) return desk_missing(d->c);
    *ok_out = role_allowed(d, who.role) && role_allowed(d, a->role);
    for (size_t i = 0; i < a->n; i++) {
        const char *perm = arena_cstr(d->c->arena, a->perms[i]);
        if (acl_index(d->c->shop->acl, perm) < 0 || !acl_may(d->c, perm)) *ok_out = false;
    }
    return true;
}

// What the editor cannot give, they cannot take away either.
static bool keep_foreign(struct desk *d, int64_t id, struct str *perms, struct staff_access *a) {
    struct staff_permissions_rows has = {0};
    TRY(staff_permissions_all(&d->c->db, &(struct staff_permissions_in){id}, &has));
    for (size_t i = 0; i < has.n && a->n < PERMS_MAX; i++)
        if (!acl_may(d->c, arena_cstr(d->c->arena, has.v[i].permission)))
            perms[a->n++] = has.v[i].permission;
    return true;
}

bool desk_staff_edit_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct str perms[PERMS_MAX];
    enum staff_verdict v = STAFF_OK;
    const char *key = NULL;
    int64_t id;
    bool ok = false;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    struct staff_access a = {.role = request_form(rq, "role"),
                             .perms = perms,
                             .disabled = request_form(rq, "disabled").n > 0};
    bool plain = str_eq(a.role, S("staff"));
    for (size_t i = 0; plain && i < rq->form.n && a.n < PERMS_MAX; i++)
        if (str_eq(rq->form.v[i].name, S("perm"))) perms[a.n++] = rq->form.v[i].value;
    TRY(may_change(&d, id, &a, &ok));
    if (!ok) desk_fail_key(&d, "role", "desk.staff.only_own");
    if (a.disabled && id == c->actor.id) desk_fail_key(&d, "disabled", "desk.staff.not_self");
    if (!d.errors && plain) TRY(keep_foreign(&d, id, perms, &a));
    if (!d.errors) TRY(staff_set_access(c, id, &a, &v));
    const char *field = verdict_field(v, &key);
    if (field) desk_fail_key(&d, field, key);
    if (d.errors) return show_person(&d, id);
    return desk_done(c, rs, arena_fmt(c->arena, "/desk/staff/%lld", (long long)id), "saved");
}

bool desk_staff_link_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct str token;
    struct staff_get who;
    int64_t id;
    bool found;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    TRY(staff_get(&c->db, &(struct staff_get_in){id}, &who, &found));
    if (!found) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    bool ok;
    TRY(covers(&d, id, who.role, &ok));
    if (!ok) {
        desk_fail_key(&d, NULL, "desk.staff.only_own");
        return show_person(&d, id);
    }
    TRY(staff_link_new(c, id, &token));
    put_str(d.data, "link",
            url_absolute(c, arena_fmt(c->arena, "/desk/login/link/" STR_FMT, STR_ARG(token))));
    return show_person(&d, id);
}
