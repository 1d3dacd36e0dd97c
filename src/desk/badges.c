// SPDX-License-Identifier: Apache-2.0
// Badges of products ("plastic-free") and what each rests on, in the shop's two languages: rows of
// a form instead of the JSON of the setting theme.badges. What the form does not know stays.
#include "core/acl.h"
#include "core/app.h"
#include "core/settings.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "desk/theme_json.h"
#include "flow/edit_shop.h"

#define KEY "theme.badges"
enum { BADGES_MOST = 50, BADGES_MORE = 3, LABEL = 100, PROOF = 2000 };
static const char *const texts[] = {"label", "proof"};

struct badges {
    struct desk d;
    const struct setting *setting;
    struct str text; // of the setting, as it is
    struct theme_json all;
    size_t rows;
};

static const struct setting *setting_of(struct ctx *c) {
    for (size_t i = 0; i < c->shop->modules.n; i++)
        for (const struct setting *s = c->shop->modules.v[i]->settings; s && s->key; s++)
            if (strcmp(s->key, KEY) == 0) return s;
    return NULL;
}

static bool open(struct badges *b, struct ctx *c, const struct request *rq, struct response *rs) {
    struct theme_findings ignored = {.arena = c->arena};
    *b = (struct badges){.setting = setting_of(c)};
    if (!b->setting) return desk_missing(c);
    if (!acl_may(c, b->setting->perm))
        return err_set(&c->err, ERR_FORBIDDEN, "You may not do this.");
    desk_begin(&b->d, c, rq, rs);
    b->text = arena_str(c->arena, setting_text(c, KEY));
    bool ok = b->text.n && theme_json_parse(c->arena, S(KEY), b->text, 1, &b->all, &ignored);
    if (!ok || b->all.type != THEME_JSON_ARRAY) b->all = theme_json_texts(c->arena, NULL, 0);
    b->rows = b->all.n + BADGES_MORE;
    if (b->rows > BADGES_MOST) b->rows = b->all.n > BADGES_MOST ? b->all.n : BADGES_MOST;
    return true;
}

static const char *field(struct ctx *c, const char *name, size_t row, enum lang l) {
    return arena_fmt(c->arena, "%s_%zu_%s", name, row, lang_code(l)).p;
}

static bool show(struct badges *b) {
    struct desk *d = &b->d;
    struct ctx *c = d->c;
    struct list rows = {0};
    for (size_t i = 0; i < b->rows; i++) {
        const struct theme_json *j = i < b->all.n ? &b->all.items[i] : NULL;
        struct liquid_map *m = liquid_map_new(c->arena);
        put_str(m, "id", theme_json_text(j, "id"));
        for (size_t t = 0; !d->errors && t < ARRAY_LEN(texts); t++)
            for (enum lang l = 0; l < LANG_COUNT; l++)
                put_str(d->f, field(c, texts[t], i, l),
                        theme_json_text(theme_json_get(j, texts[t]), lang_code(l)));
        desk_list_add(c->arena, &rows, liquid_of_map(m));
    }
    liquid_set(d->data, "rows", liquid_array(rows.v, rows.n));
    put_str(d->data, "first", str_c(lang_code(lang_first(c))));
    put_str(d->data, "was", token_hash(c->arena, b->text));
    return desk_send(d, "badges", tr(c, "desk.badges.title"));
}

bool desk_badges_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct badges b;
    return open(&b, c, rq, rs) && show(&b);
}

// False: the row is empty, it is left out.
static bool read_row(struct badges *b, size_t i, struct theme_json *out) {
    struct ctx *c = b->d.c;
    struct theme_json row = i < b->all.n ? b->all.items[i] : theme_json_object();
    const struct str id = S("id");
    bool any = false;
    for (size_t t = 0; t < ARRAY_LEN(texts); t++)
        for (enum lang l = 0; l < LANG_COUNT; l++)
            any |= str_trim(request_form(b->d.rq, field(c, texts[t], i, l))).n > 0;
    if (!any) return false;
    for (size_t t = 0; t < ARRAY_LEN(texts); t++)
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            const struct str path[] = {str_c(texts[t]), str_c(lang_code(l))};
            struct str s =
                desk_read_text(&b->d, field(c, texts[t], i, l),
                               l == lang_first(c) ? FORM_REQUIRED : 0, t ? PROOF : LABEL);
            struct theme_json v = theme_json_string(s);
            row = theme_json_set(c->arena, &row, path, ARRAY_LEN(path), s.n ? &v : NULL);
        }
    if (!theme_json_text(&row, "id").n) {
        struct str label = request_form(b->d.rq, field(c, "label", i, lang_first(c)));
        struct theme_json v = theme_json_string(text_slug(c->arena, label));
        row = theme_json_set(c->arena, &row, &id, 1, &v);
    }
    *out = row;
    return true;
}

static void refuse_doubles(struct badges *b, const struct theme_json *v, const size_t *row,
                           size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(theme_json_text(&v[i], "id"), theme_json_text(&v[k], "id")))
                desk_fail_key(&b->d, field(b->d.c, "label", row[i], lang_first(b->d.c)),
                              "desk.badges.twice");
}

bool desk_badges_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct badges b;
    struct buf text = buf_new(c->arena, 0);
    size_t n = 0, refused = 0;
    TRY(open(&b, c, rq, rs));
    struct theme_json *v = ARENA_ARRAY(c->arena, struct theme_json, b.rows + 1);
    size_t *row = ARENA_ARRAY(c->arena, size_t, b.rows + 1);
    desk_typed(&b.d);
    for (size_t i = 0; i < b.rows; i++) {
        row[n] = i;
        n += read_row(&b, i, &v[n]);
    }
    refuse_doubles(&b, v, row, n);
    struct theme_json list = {.type = THEME_JSON_ARRAY, .items = v, .n = n};
    if (!b.d.errors && theme_json_same(&list, &b.all))
        return desk_done(c, rs, S("/desk/badges"), "saved");
    if (!str_eq(request_form(rq, "was"), token_hash(c->arena, b.text))) {
        rs->status = 409;
        desk_fail_key(&b.d, NULL, "desk.badges.stale");
    }
    if (b.d.errors) return show(&b);
    theme_json_write(&text, &list);
    struct setting_change ch = {.setting = b.setting, .value = str_trim(buf_str(&text))};
    TRY(settings_edit(c, &ch, 1, &refused));
    if (refused) desk_fail_key(&b.d, NULL, "form.invalid");
    return refused ? show(&b) : desk_done(c, rs, S("/desk/badges"), "saved");
}
