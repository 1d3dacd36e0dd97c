// SPDX-License-Identifier: Apache-2.0
#include "desk/page.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "core/acl.h"
#include "core/app.h"
#include "core/settings.h"
#include "core_sql.h"
#include "desk/desk.h"

enum { PATTERN_MAX = 200, ERRORS_MAX = 200, MENU_MAX = 32, TRAIL_ROWS = 30 };

struct str desk_int_str(struct ctx *c, int64_t v) {
    return arena_fmt(c->arena, "%lld", (long long)v);
}

static struct str with_comma(struct ctx *c, struct str s) {
    if (c->lang != LANG_DE) return s;
    char *p = arena_copy(c->arena, s.p, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == '.') p[i] = ',';
    return (struct str){p, s.n};
}

struct str desk_money_input(struct ctx *c, int64_t minor, struct str currency) {
    struct currency cur = shop_currency(c);
    if (currency.n) (void)!currency_parse(currency, &cur);
    return with_comma(c, money_plain(c->arena, money(minor, cur)));
}

struct str desk_decimal_input(struct ctx *c, int64_t millionths) {
    return with_comma(c, decimal_plain(c->arena, millionths));
}

struct str desk_lower(struct arena *a, struct str s) {
    struct buf b = buf_new(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        buf_char(&b, (char)(ch >= 'A' && ch <= 'Z' ? ch + 32 : ch));
    }
    return buf_str(&b);
}

struct str desk_query_with(struct ctx *c, const struct request *rq, const char *const *drop) {
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < rq->query.n; i++) {
        const struct http_pair *p = &rq->query.v[i];
        bool dropped = p->value.n == 0;
        for (const char *const *k = drop; !dropped && *k; k++) dropped = str_eq(p->name, str_c(*k));
        if (dropped) continue;
        buf_url(&b, p->name);
        buf_char(&b, '=');
        buf_url(&b, p->value);
        buf_char(&b, '&');
    }
    return buf_str(&b);
}

struct str desk_like(struct ctx *c, struct str typed) {
    struct str folded = text_fold(c->arena, str_utf8_cut(str_trim(typed), PATTERN_MAX));
    return text_pattern(c->arena, folded);
}

static int page_cmp(const void *a, const void *b) {
    const struct desk_page *x = *(const struct desk_page *const *)a;
    const struct desk_page *y = *(const struct desk_page *const *)b;
    return (x->order > y->order) - (x->order < y->order);
}

static bool is_here(struct str path, struct str of) {
    if (str_eq(of, S("/desk"))) return str_eq(path, of);
    return str_starts(path, of) && (path.n == of.n || path.p[of.n] == '/');
}

static struct liquid_value menu_entry(struct ctx *c, const struct desk_page *p) {
    struct liquid_map *m = liquid_map_new(c->arena);
    put_str(m, "url", str_c(p->path));
    put_str(m, "title", str_c(c->lang == LANG_DE ? p->de : p->en));
    put_str(m, "icon", str_c(p->icon));
    put_bool(m, "here", c->rq && is_here(c->rq->path, str_c(p->path)));
    return liquid_of_map(m);
}

// The entries of all modules that this person may open.
static void put_menu(struct desk *d) {
    const struct desk_page *pages[MENU_MAX];
    size_t n = 0;
    struct list l = {0};
    const struct module_table *t = &d->c->shop->modules;
    for (size_t m = 0; m < t->n; m++)
        for (const struct desk_page *p = t->v[m]->pages; p && p->path; p++)
            if (n < MENU_MAX && acl_may(d->c, p->perm)) pages[n++] = p;
    qsort(pages, n, sizeof *pages, page_cmp);
    for (size_t i = 0; i < n; i++) desk_list_add(d->c->arena, &l, menu_entry(d->c, pages[i]));
    liquid_set(d->data, "menu", liquid_array(l.v, l.n));
}

// `may.order_write` and so on: what buttons and forms a template shows.
static void put_may(struct desk *d) {
    struct permission_list all = acl_all(d->c->shop->acl);
    struct liquid_map *m = liquid_map_new(d->c->arena);
    for (size_t i = 0; i < all.n; i++) {
        char *key = arena_copy(d->c->arena, all.v[i]->name, strlen(all.v[i]->name) + 1);
        for (char *p = key; *p; p++)
            if (*p == '.') *p = '_';
        put_bool(m, key, acl_may(d->c, all.v[i]->name));
    }
    liquid_set(d->data, "may", liquid_of_map(m));
}

void desk_begin(struct desk *d, struct ctx *c, const struct request *rq, struct response *rs) {
    *d = (struct desk){.c = c, .rq = rq, .rs = rs};
    d->data = liquid_map_new(c->arena);
    d->f = liquid_map_new(c->arena);
    d->e = liquid_map_new(c->arena);
    d->list = ARENA_ARRAY(c->arena, struct liquid_value, ERRORS_MAX);
    liquid_set(d->data, "f", liquid_of_map(d->f));
    liquid_set(d->data, "e", liquid_of_map(d->e));
    const char *key =
        arena_fmt(c->arena, "desk.done." STR_FMT, STR_ARG(request_query(rq, "done"))).p;
    if (rq->method == HTTP_GET && tr_exists(c, key)) put_str(d->data, "done", tr(c, key));
}

bool desk_send(struct desk *d, const char *name, struct str title) {
    bool inside = !d->bare && d->c->actor.kind == ACTOR_STAFF;
    if (inside) {
        put_menu(d);
        put_may(d);
        put_str(d->data, "person", d->c->actor.name);
    }
    if (d->errors && d->rs->status == 200) d->rs->status = 422;
    liquid_set(d->data, "errors", liquid_array(d->list, d->errors));
    put_str(d->data, "page_title", title);
    response_type(d->rs, "text/html; charset=utf-8");
    const char *layout = inside ? "desk" : "bare";
    return view_render(d->c, desk_view(d->c), layout, name, d->data, &d->rs->body);
}

bool desk_missing(struct ctx *c) {
    return err_set(&c->err, ERR_NOT_FOUND, "There is no such page.");
}

bool desk_done(struct ctx *c, struct response *rs, struct str path, const char *key) {
    const char *sep = str_find_char(path, '?') == STR_NONE ? "?" : "&";
    response_redirect(rs, 303, arena_fmt(c->arena, STR_FMT "%sdone=%s", STR_ARG(path), sep, key));
    return true;
}

bool desk_id(const struct request *rq, const char *name, int64_t *out) {
    return str_to_int(request_param(rq, name), out) && *out > 0;
}

void desk_typed(struct desk *d) {
    for (size_t i = d->rq->form.n; i-- > 0;) { // the first of a name wins
        const struct http_pair *p = &d->rq->form.v[i];
        liquid_set_str(d->f, p->name, liquid_text(p->value));
    }
}

void desk_fail(struct desk *d, const char *field, struct str text) {
    if (d->errors >= ERRORS_MAX) return;
    struct liquid_map *m = liquid_map_new(d->c->arena);
    put_str(m, "text", text);
    if (field) {
        struct str name = arena_str(d->c->arena, str_c(field));
        put_str(m, "field", name);
        if (!liquid_map_get(d->e, name)) liquid_set_str(d->e, name, liquid_text(text));
    }
    d->list[d->errors++] = liquid_of_map(m);
}

void desk_fail_key(struct desk *d, const char *field, const char *key) {
    desk_fail(d, field, tr(d->c, key));
}

void desk_fail_all(struct desk *d, const struct form_errors *errors) {
    for (size_t i = 0; i < errors->n; i++) desk_fail_key(d, errors->v[i].field, errors->v[i].key);
}

struct str desk_form_key(struct ctx *c) {
    return token_new(c->arena, ctx_world(c)->random, ctx_world(c)->self);
}

int64_t desk_read_number(struct desk *d, const struct desk_number *n) {
    struct form_field field = {
        .name = n->name, .type = n->type, .flags = n->flags, .min = n->min, .max = n->max};
    struct form form = {"number", &field, 1, sizeof(int64_t)};
    struct form_errors errors;
    int64_t v = 0;
    form_read(&form, d->rq, shop_currency(d->c), &v, &errors);
    desk_fail_all(d, &errors);
    return v;
}

struct str desk_read_text(struct desk *d, const char *name, unsigned flags, int64_t max) {
    bool lines = max > 1000;
    struct form_field field = {
        .name = name, .type = lines ? FORM_MULTILINE : FORM_TEXT, .flags = flags, .max = max};
    struct form form = {"text", &field, 1, sizeof(struct str)};
    struct form_errors errors;
    struct str v = {0};
    form_read(&form, d->rq, shop_currency(d->c), &v, &errors);
    desk_fail_all(d, &errors);
    return v.p ? v : S("");
}

instant desk_read_day(struct desk *d, const char *name) {
    int64_t t = desk_read_number(d, &(struct desk_number){.name = name, .type = FORM_DATE});
    if (t == 0) return 0;
    struct civil day = civil_of_instant(t);
    return zone_day_start(d->c, day.year, day.month, day.day);
}

bool desk_trail(struct desk *d, const char *object, int64_t id) {
    struct core_audit_list_rows rows = {0};
    TRY(core_audit_list_all(&d->c->db,
                            &(struct core_audit_list_in){.object = str_c(object),
                                                         .has_object = true,
                                                         .object_id = id,
                                                         .has_object_id = true,
                                                         .count = TRAIL_ROWS},
                            &rows));
    PUT_ROWS(d, "trail", core_audit_list, rows);
    return true;
}

void desk_error_page(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    struct err kept = c->err; // of the failure; told in the log already
    err_clear(&c->err);
    put_str(d.data, "title", error_title(c, status));
    put_str(d.data, "text", error_text(c, status));
    if (status == 400 && kept.message[0]) put_str(d.data, "text", str_c(kept.message));
    if (status == 404) put_str(d.data, "text", tr(c, "desk.error.404")); // no search here
    put_int(d.data, "status", status);
    put_str(d.data, "request_id", arena_fmt(c->arena, "%llu", (unsigned long long)rq->id));
    if (!desk_send(&d, "error", error_title(c, status))) buf_clear(&rs->body);
    c->err = kept;
}
