// SPDX-License-Identifier: Apache-2.0
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_shop.h"
#include "shipping_sql.h"

enum { COUNTRIES_MAX = 250 };

bool desk_shipping_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct desk_shipping_all_rows rows = {0};
    struct list l = {0};
    desk_begin(&d, c, rq, rs);
    TRY(desk_shipping_all_all(&c->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        struct liquid_value countries = liquid_nil();
        struct err ignored = {0};
        if (!liquid_parse_json(c->arena, rows.v[i].countries, &countries, &ignored))
            countries = liquid_nil();
        liquid_set(m, "row", liquid_row(c->arena, &desk_shipping_all_query.out, &rows.v[i]));
        liquid_set(m, "countries", countries);
        desk_list_add(c->arena, &l, liquid_of_map(m));
    }
    liquid_set(d.data, "methods", liquid_array(l.v, l.n));
    return desk_send(&d, "shipping", tr(c, "desk.shipping.title"));
}

static const char *in_lang(struct ctx *c, const char *name, enum lang l) {
    return arena_fmt(c->arena, "%s_%s", name, lang_code(l)).p;
}

static struct str countries_text(struct ctx *c, struct str text) {
    struct json list;
    struct err ignored = {0};
    struct buf b = buf_new(c->arena, 0);
    if (!json_parse(c->arena, text, &list, &ignored)) return S("");
    for (size_t i = 0; i < list.n; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(list.items[i].text));
    return buf_str(&b);
}

static bool put_method(struct desk *d, const struct shipping_method_get *m) {
    struct ctx *c = d->c;
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct str name = m->name, delivery = m->delivery;
        if (l != lang_first(c)) {
            TRY(translation_get(c, &(struct translation){"shipping_method", m->id, "name"}, l,
                                &name));
            TRY(translation_get(c, &(struct translation){"shipping_method", m->id, "delivery"}, l,
                                &delivery));
        }
        put_str(d->f, in_lang(c, "name", l), name);
        put_str(d->f, in_lang(c, "delivery", l), delivery);
    }
    put_str(d->f, "countries", countries_text(c, m->countries));
    put_str(d->f, "price", desk_money_input(c, m->price, m->currency));
    put_str(d->f, "free_from",
            m->has_free_from ? desk_money_input(c, m->free_from, m->currency) : S(""));
    put_int(d->f, "days_min", m->days_min);
    put_int(d->f, "days_max", m->days_max);
    put_int(d->f, "position", m->position);
    if (m->active) put_bool(d->f, "active", true);
    return true;
}

static bool show(struct desk *d, int64_t id) {
    struct shipping_method_get m;
    bool found = true;
    if (id) TRY(shipping_method_get(&d->c->db, &(struct shipping_method_get_in){id}, &m, &found));
    if (!found) return desk_missing(d->c);
    if (!d->errors && id) TRY(put_method(d, &m));
    if (!d->errors && !id) put_bool(d->f, "active", true);
    put_int(d->data, "id", id);
    put_str(d->data, "first", str_c(lang_code(lang_first(d->c))));
    if (id) TRY(desk_trail(d, "shipping_method", id));
    return desk_send(d, "shipping_method", id ? m.name : tr(d->c, "desk.shipping.new"));
}

// 0 stands for a new one.
static bool id_of(const struct request *rq, int64_t *out) {
    *out = 0;
    return str_eq(request_param(rq, "id"), S("new")) || desk_id(rq, "id", out);
}

bool desk_shipping_edit_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    int64_t id;
    if (!id_of(rq, &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return show(&d, id);
}

// "DE, at" to ["DE","AT"]; absent when one is not two letters.
static struct str countries_json(struct ctx *c, struct str typed) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    struct str part;
    size_t n = 0;
    json_begin_array(&w);
    while (n < COUNTRIES_MAX && str_split(&typed, ',', &part)) {
        part = str_trim(part);
        if (part.n == 0) continue;
        char code[2];
        if (part.n != 2) return (struct str){0};
        for (size_t i = 0; i < 2; i++) {
            code[i] = (char)(part.p[i] & ~0x20);
            if (code[i] < 'A' || code[i] > 'Z') return (struct str){0};
        }
        json_put_str(&w, (struct str){code, 2});
        n++;
    }
    json_end_array(&w);
    return n ? buf_str(&b) : (struct str){0};
}

static void read(struct desk *d, struct shipping_draft *s) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        unsigned need = l == lang_first(d->c) ? FORM_REQUIRED : 0;
        s->name[l] = desk_read_text(d, in_lang(d->c, "name", l), need, 100);
        s->delivery[l] = desk_read_text(d, in_lang(d->c, "delivery", l), need, 200);
    }
    s->countries = countries_json(d->c, desk_read_text(d, "countries", FORM_REQUIRED, 900));
    if (!s->countries.p && !liquid_map_get(d->e, S("countries")))
        desk_fail_key(d, "countries", "desk.shipping.countries_wrong");
    s->price = desk_read_number(
        d, &(struct desk_number){"price", FORM_MONEY, FORM_REQUIRED, 0, MONEY_MAX});
    s->free_from =
        desk_read_number(d, &(struct desk_number){"free_from", FORM_MONEY, 0, 0, MONEY_MAX});
    s->days_min =
        desk_read_number(d, &(struct desk_number){"days_min", FORM_INT, FORM_REQUIRED, 0, 365});
    s->days_max =
        desk_read_number(d, &(struct desk_number){"days_max", FORM_INT, FORM_REQUIRED, 0, 365});
    if (s->days_max < s->days_min) desk_fail_key(d, "days_max", "desk.shipping.days_wrong");
    s->position = desk_read_number(d, &(struct desk_number){"position", FORM_INT, 0, 0, 100000});
    s->active = request_form(d->rq, "active").n > 0;
}

bool desk_shipping_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct shipping_draft s = {0};
    int64_t id;
    if (!id_of(rq, &s.id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    read(&d, &s);
    if (d.errors) return show(&d, s.id);
    TRY(shipping_edit(c, &s, &id));
    return desk_done(c, rs, S("/desk/shipping"), "saved");
}
