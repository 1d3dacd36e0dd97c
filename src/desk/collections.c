// SPDX-License-Identifier: Apache-2.0
// Collections: by hand (a list of products in order) or by rule (rows of conditions).
#include "catalog_sql.h"
#include "desk/collection_rule.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_product.h"

enum { MEMBER_ROWS = 500, TEXT = 500, LONG_TEXT = 100000 };

bool desk_collections_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct desk_collections_rows rows = {0};
    desk_begin(&d, c, rq, rs);
    TRY(desk_collections_all(&c->db, &rows));
    PUT_ROWS(&d, "collections", desk_collections, rows);
    return desk_send(&d, "collections", tr(c, "desk.collections.title"));
}

static bool put_texts(struct desk *d, const struct catalog_collection_row *row) {
    struct catalog_collection_texts_rows texts = {0};
    const struct {
        const char *name;
        struct str first;
    } fields[] = {{"title", row->title},
                  {"description", row->description},
                  {"seo_title", row->seo_title},
                  {"seo_description", row->seo_description}};
    TRY(catalog_collection_texts_all(&d->c->db, &(struct catalog_collection_texts_in){row->id},
                                     &texts));
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        put_str(d->f,
                arena_fmt(d->c->arena, "%s_%s", fields[i].name, lang_code(lang_first(d->c))).p,
                fields[i].first);
    for (size_t i = 0; i < texts.n; i++) {
        struct str key = arena_fmt(d->c->arena, STR_FMT "_" STR_FMT, STR_ARG(texts.v[i].field),
                                   STR_ARG(texts.v[i].lang));
        put_str(d->f, key.p, texts.v[i].value);
    }
    return true;
}

static bool put_members(struct desk *d, int64_t id) {
    struct desk_collection_products_rows rows = {0};
    TRY(desk_collection_products_all(
        &d->c->db, &(struct desk_collection_products_in){id, MEMBER_ROWS}, &rows));
    PUT_ROWS(d, "members", desk_collection_products, rows);
    for (size_t i = 0; !d->errors && i < rows.n; i++)
        put_int(d->f, arena_fmt(d->c->arena, "pos_%lld", (long long)rows.v[i].id).p,
                (int64_t)i + 1);
    return true;
}

static bool show(struct desk *d, int64_t id) {
    struct catalog_collection_row row = {0};
    bool found = true;
    if (id)
        TRY(catalog_collection_row(&d->c->db, &(struct catalog_collection_row_in){id}, &row,
                                   &found));
    if (!found) return desk_missing(d->c);
    if (!d->errors && id) {
        TRY(put_texts(d, &row));
        put_str(d->f, "handle", row.handle);
        put_str(d->f, "kind", row.kind);
        put_str(d->f, "sort", row.sort);
        put_int(d->f, "position", row.position);
    } else if (!d->errors) {
        put_str(d->f, "kind", S("manual"));
        put_str(d->f, "sort", S("manual"));
    }
    if (id) {
        TRY(put_members(d, id));
        TRY(desk_trail(d, "collection", id));
        put_str(d->data, "shop_url",
                arena_fmt(d->c->arena, "/collections/" STR_FMT, STR_ARG(row.handle)));
        put_bool(d->data, "manual", str_eq(row.kind, S("manual")));
    }
    TRY(desk_rule_show(d, row.rule));
    TRY(desk_alternate_show(d, "collection", id));
    put_int(d->data, "id", id);
    put_str(d->data, "first", str_c(lang_code(lang_first(d->c))));
    return desk_send(d, "collection", id ? row.title : tr(d->c, "desk.collections.new"));
}

bool desk_collection_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return show(&d, id);
}

bool desk_collection_new_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return show(&d, 0);
}

struct member {
    int64_t id, pos;
};

// Members by their typed places, without the dropped ones, then the added one.
static bool read_members(struct desk *d, struct collection_draft *k) {
    struct ctx *c = d->c;
    struct desk_collection_products_rows rows = {0};
    if (k->id)
        TRY(desk_collection_products_all(
            &c->db, &(struct desk_collection_products_in){k->id, CATALOG_VARIANTS_MAX}, &rows));
    struct member *m = ARENA_ARRAY(c->arena, struct member, rows.n + 2);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        struct member at = {rows.v[i].id, (int64_t)i + 1};
        long long id = (long long)at.id;
        if (request_form(d->rq, arena_fmt(c->arena, "drop_%lld", id).p).n) continue;
        (void)!str_to_int(str_trim(request_form(d->rq, arena_fmt(c->arena, "pos_%lld", id).p)),
                          &at.pos);
        size_t p = n++;
        for (; p > 0 && m[p - 1].pos > at.pos; p--) m[p] = m[p - 1];
        m[p] = at;
    }
    struct str add = desk_read_text(d, "add", 0, 200);
    if (add.n) {
        struct desk_product_by_word found;
        bool is;
        TRY(desk_product_by_word(&c->db, &(struct desk_product_by_word_in){add}, &found, &is));
        if (!is)
            desk_fail_key(d, "add", "desk.collections.unknown");
        else
            m[n++].id = found.id;
    }
    int64_t *ids = ARENA_ARRAY(c->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool again = false;
        for (size_t q = 0; q < k->product_count && !again; q++) again = ids[q] == m[i].id;
        if (!again) ids[k->product_count++] = m[i].id;
    }
    k->products = ids;
    return true;
}

static void read_texts(struct desk *d, struct collection_draft *k) {
    const struct {
        const char *name;
        struct i18n_text *text;
        int64_t max;
    } fields[] = {{"title", &k->title, TEXT},
                  {"description", &k->description, LONG_TEXT},
                  {"seo_title", &k->seo_title, TEXT},
                  {"seo_description", &k->seo_description, TEXT}};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        for (enum lang l = 0; l < LANG_COUNT; l++)
            fields[i].text->text[l] =
                desk_read_text(d, arena_fmt(d->c->arena, "%s_%s", fields[i].name, lang_code(l)).p,
                               0, fields[i].max);
}

static void tell(struct desk *d, enum collection_verdict v) {
    struct ctx *c = d->c;
    switch (v) {
    case COLLECTION_SAVED:
    case COLLECTION_UNCHANGED:
        return;
    case COLLECTION_NO_TITLE:
        desk_fail_key(d, arena_fmt(c->arena, "title_%s", lang_code(lang_first(c))).p,
                      "form.required");
        return;
    case COLLECTION_HANDLE_TAKEN:
        desk_fail_key(d, "handle", "desk.collections.handle_taken");
        return;
    case COLLECTION_BAD_RULE:
        desk_fail_key(d, "value0", "desk.collections.bad_rule");
        return;
    case COLLECTION_BAD_FIELD:
        desk_fail_key(d, "sort", "form.choice");
        return;
    }
}

static bool save(struct ctx *c, const struct request *rq, struct response *rs, int64_t id) {
    struct desk d;
    struct catalog_collection_row old = {0};
    enum collection_verdict v = COLLECTION_SAVED;
    bool found = true;
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    if (id)
        TRY(catalog_collection_row(&c->db, &(struct catalog_collection_row_in){id}, &old, &found));
    if (!found) return desk_missing(c);
    struct collection_draft k = {.id = id, .media_id = old.has_media_id ? old.media_id : 0};
    read_texts(&d, &k);
    k.handle = desk_read_text(&d, "handle", 0, 200);
    if (!k.handle.n) k.handle = (struct str){0};
    k.kind = id ? old.kind : desk_read_text(&d, "kind", FORM_REQUIRED, 10);
    k.sort = desk_read_text(&d, "sort", FORM_REQUIRED, 20);
    k.position = desk_read_number(&d, &(struct desk_number){"position", FORM_INT, 0, 0, 100000});
    if (str_eq(k.kind, S("rule")))
        k.rule = desk_rule_read(&d, old.rule);
    else
        TRY(read_members(&d, &k));
    if (!d.errors) TRY(collection_edit(c, &k, &v, &id));
    tell(&d, v);
    TRY(desk_alternate_save(&d, "collection", id));
    if (d.errors) return show(&d, k.id);
    return desk_done(c, rs, arena_fmt(c->arena, "/desk/collections/%lld", (long long)id), "saved");
}

bool desk_collection_form(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    return save(c, rq, rs, id);
}

bool desk_collection_new_form(struct ctx *c, const struct request *rq, struct response *rs) {
    return save(c, rq, rs, 0);
}
