// SPDX-License-Identifier: Apache-2.0
// Every setting that a module describes, in groups by the first part of its key. Secrets are
// written, never shown.
#include "core/settings.h"

#include "core/acl.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_shop.h"

enum { SETTINGS_MAX = 500 };

static struct str group_of(const struct setting *s) {
    struct str key = str_c(s->key);
    return str_sub(key, 0, str_find_char(key, '.'));
}

static const char *type_name(enum setting_type t) {
    switch (t) {
    case SETTING_TEXT:
        return "text";
    case SETTING_MULTILINE:
        return "multiline";
    case SETTING_INT:
        return "int";
    case SETTING_MONEY:
        return "money";
    case SETTING_BOOL:
        return "bool";
    case SETTING_CHOICE:
        return "choice";
    case SETTING_SECRET:
        return "secret";
    }
    return "text";
}

static struct str shown(struct ctx *c, const struct setting *s) {
    struct str v = setting_text(c, s->key);
    if (s->type == SETTING_SECRET) return S("");
    if (s->type == SETTING_BOOL) return str_eq(v, S("1")) ? v : (struct str){0};
    if (s->type == SETTING_MONEY) return desk_money_input(c, setting_int(c, s->key), S(""));
    return v;
}

static struct liquid_value entry(struct desk *d, const struct setting *s) {
    struct ctx *c = d->c;
    bool german = c->lang == LANG_DE;
    struct liquid_map *m = liquid_map_new(c->arena);
    struct list choices = {0};
    put_str(m, "key", str_c(s->key));
    put_str(m, "type", str_c(type_name(s->type)));
    put_str(m, "label", str_c(german ? s->de : s->en));
    put_str(m, "help", str_c(german ? s->help_de : s->help_en));
    if (s->type == SETTING_SECRET) put_bool(m, "has", setting_text(c, s->key).n > 0);
    for (const char *const *w = s->choices; w && *w; w++)
        desk_list_add(c->arena, &choices, liquid_text(str_c(*w)));
    liquid_set(m, "choices", liquid_array(choices.v, choices.n));
    struct str value = shown(c, s);
    if (!d->errors && value.p) put_str(d->f, s->key, value);
    return liquid_of_map(m);
}

static bool mine(struct ctx *c, const struct setting *s) { return !s->perm || acl_may(c, s->perm); }

struct group {
    struct str name;
    struct list list;
};
struct groups {
    struct group *v;
    size_t n, cap;
};

static struct group *group_find(struct ctx *c, struct groups *g, struct str name) {
    for (size_t i = 0; i < g->n; i++)
        if (str_eq(g->v[i].name, name)) return &g->v[i];
    struct group *fresh = VEC_PUSH(c->arena, g);
    *fresh = (struct group){.name = name};
    return fresh;
}

static bool show(struct desk *d) {
    struct ctx *c = d->c;
    struct groups g = {0};
    struct list out = {0};
    for (size_t i = 0; i < c->shop->modules.n; i++)
        for (const struct setting *s = c->shop->modules.v[i]->settings; s && s->key; s++)
            if (mine(c, s))
                desk_list_add(c->arena, &group_find(c, &g, group_of(s))->list, entry(d, s));
    for (size_t i = 0; i < g.n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        put_str(m, "name", g.v[i].name);
        liquid_set(m, "list", liquid_array(g.v[i].list.v, g.v[i].list.n));
        desk_list_add(c->arena, &out, liquid_of_map(m));
    }
    liquid_set(d->data, "groups", liquid_array(out.v, out.n));
    return desk_send(d, "settings", tr(c, "desk.settings.title"));
}

bool desk_settings_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return show(&d);
}

// The value as it is stored, out of what was typed; false: leave it as it is.
static bool typed_value(struct desk *d, const struct setting *s, struct str *out) {
    struct str v = request_form(d->rq, s->key);
    if (s->type == SETTING_BOOL) {
        *out = v.n ? S("1") : S("0");
        return true;
    }
    if (!v.p || (s->type == SETTING_SECRET && !v.n)) return false;
    *out = s->type == SETTING_SECRET ? v : str_trim(v);
    if (s->type != SETTING_MONEY || !out->n) return true;
    int64_t minor = desk_read_number(d, &(struct desk_number){s->key, FORM_MONEY, 0, 0, MONEY_MAX});
    *out = money_plain(d->c->arena, money(minor, shop_currency(d->c)));
    return true;
}

static bool changed(struct ctx *c, const struct setting *s, struct str value) {
    return s->type == SETTING_SECRET || !str_eq(setting_text(c, s->key), value);
}

static void tell(struct desk *d, const struct setting_change *ch) {
    const char *why = "form.invalid";
    if (ch->verdict == SETTING_OK) return;
    int64_t n;
    if (ch->setting->type == SETTING_INT)
        why = str_to_int(ch->value, &n) ? "form.range" : "form.number";
    const char *told;
    if (ch->setting->valid && !ch->setting->valid(d->c->arena, ch->value, &told)) why = told;
    desk_fail_key(d, ch->setting->key, why);
}

// Amounts stand in minor units of the currency: another one would make other prices of them.
static bool keep_currency(struct desk *d, const struct setting_change *v, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct desk_amounts there;
        bool found;
        if (strcmp(v[i].setting->key, "shop.currency") != 0) continue;
        TRY(desk_amounts(&d->c->db, &there, &found));
        if (there.prices + there.orders > 0)
            desk_fail_key(d, v[i].setting->key, "desk.settings.currency_fixed");
    }
    return true;
}

bool desk_settings_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct setting_change *v = ARENA_ARRAY(c->arena, struct setting_change, SETTINGS_MAX);
    size_t n = 0, refused = 0;
    struct str group = request_form(rq, "group");
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    for (size_t i = 0; i < c->shop->modules.n; i++)
        for (const struct setting *s = c->shop->modules.v[i]->settings;
             s && s->key && n < SETTINGS_MAX; s++) {
            struct str value;
            if (!str_eq(group_of(s), group) || !mine(c, s) || !typed_value(&d, s, &value)) continue;
            if (changed(c, s, value))
                v[n++] = (struct setting_change){.setting = s, .value = value};
        }
    TRY(keep_currency(&d, v, n));
    if (!d.errors) TRY(settings_edit(c, v, n, &refused));
    for (size_t i = 0; i < n && refused; i++) tell(&d, &v[i]);
    if (d.errors) return show(&d);
    return desk_done(c, rs, S("/desk/settings"), "saved");
}
