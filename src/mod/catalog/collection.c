// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/html_clean.h"
#include "mod/catalog/product_private.h"

enum { FACTS_PAGE = 500 };

struct str collection_rule_why(struct ctx *c, struct str rule) {
    struct collection_rule parsed;
    struct str why = {0};
    if (rule_parse(c->arena, rule, &parsed, &why)) return (struct str){0};
    return arena_fmt(c->arena, "The rule cannot be used: " STR_FMT, STR_ARG(why));
}

static bool collection_handle_taken(struct ctx *c, struct str handle, bool *out) {
    struct catalog_collection_by_handle row;
    return catalog_collection_by_handle(&c->db, &(struct catalog_collection_by_handle_in){handle},
                                        &row, out);
}

static bool find_collection(struct ctx *c, const struct collection_draft *d,
                            struct catalog_collection_row *old) {
    bool found = false;
    int64_t id = d->id;
    if (!id && d->external_ref.n) {
        struct catalog_collection_by_ref row;
        TRY(catalog_collection_by_ref(
            &c->db, &(struct catalog_collection_by_ref_in){d->external_ref}, &row, &found));
        if (found) id = row.id;
    }
    if (!id && d->handle.n) {
        struct catalog_collection_by_handle row;
        TRY(catalog_collection_by_handle(
            &c->db, &(struct catalog_collection_by_handle_in){d->handle}, &row, &found));
        if (found) id = row.id;
    }
    *old = (struct catalog_collection_row){0};
    if (!id) return true;
    TRY(catalog_collection_row(&c->db, &(struct catalog_collection_row_in){id}, old, &found));
    return found || err_set(&c->err, ERR_NOT_FOUND, "This collection no longer exists.");
}

static bool known(struct str s, const char *const *list) {
    for (; *list; list++)
        if (str_eq(s, str_c(*list))) return true;
    return false;
}

static enum collection_verdict check_wanted(struct ctx *c,
                                            const struct catalog_collection_update_in *w,
                                           const struct catalog_collection_row *o) {
    if (str_empty(str_trim(w->title))) return COLLECTION_NO_TITLE;
    if (!known(w->kind, (const char *const[]){"manual", "rule", NULL}) ||
        !known(w->sort,
               (const char *const[]){"manual", "title", "price", "price-desc", "newest", NULL}))
        return COLLECTION_BAD_FIELD;
    bool fresh = !o->id || !str_eq(w->rule, o->rule); // one that stands already may stay
    if (str_eq(w->kind, S("rule")) && fresh && collection_rule_why(c, w->rule).p)
        return COLLECTION_BAD_RULE;
    return COLLECTION_SAVED;
}

static bool wanted(struct ctx *c, const struct collection_draft *d,
                   const struct catalog_collection_row *o,
                   struct catalog_collection_update_in *out) {
    enum lang l = lang_first(c);
    struct str description = text_or(d->description.text[l], o->description);
    TRY(html_clean(c->arena, description, &description, &c->err));
    *out = (struct catalog_collection_update_in){
        .id = o->id,
        .title = text_or(d->title.text[l], o->title),
        .description = description,
        .kind = d->kind.n ? d->kind
                : o->id   ? o->kind
                          : S("manual"),
        .rule = d->rule.p ? d->rule : o->rule,
        .sort = d->sort.n ? d->sort
                : o->id   ? o->sort
                          : S("manual"),
        .media_id = d->media_id,
        .has_media_id = d->media_id != 0,
        .seo_title = text_or(d->seo_title.text[l], o->seo_title),
        .seo_description = text_or(d->seo_description.text[l], o->seo_description),
        .position = d->position,
        .external_ref = d->external_ref.n ? d->external_ref : o->external_ref,
        .handle = o->handle};
    if (!str_eq(out->kind, S("rule"))) out->rule = (struct str){0};
    if (o->id && (!d->handle.n || str_eq(d->handle, o->handle))) return true;
    if (!d->handle.n) return handle_free(c, out->title, collection_handle_taken, &out->handle);
    out->handle = text_slug(c->arena, d->handle);
    return true;
}

static bool write_row(struct ctx *c, const struct catalog_collection_update_in *w,
                      const struct catalog_collection_row *o, struct json_writer *detail,
                      int64_t *id_out, size_t *changes) {
    *id_out = o->id;
    if (!o->id) {
        (*changes)++;
        return catalog_collection_insert(&c->db,
                                         &(struct catalog_collection_insert_in){
                                             w->handle, w->title, w->description, w->kind, w->rule,
                                             w->sort, w->media_id, w->has_media_id, w->seo_title,
                                             w->seo_description, w->position, w->external_ref},
                                         id_out);
    }
    size_t n = row_diff((struct row_view){&catalog_collection_update_query.in, w},
                        (struct row_view){&catalog_collection_row_type, o}, detail);
    *changes += n;
    if (!str_eq(w->handle, o->handle))
        TRY(catalog_old_handle_put(
            &c->db, &(struct catalog_old_handle_put_in){S("collection"), o->handle, w->id}));
    return n == 0 || catalog_collection_update(&c->db, w);
}

static bool write_texts(struct ctx *c, const struct collection_draft *d, int64_t id,
                        size_t *changes) {
    struct catalog_collection_texts_rows rows = {0};
    struct map stored = {0};
    TRY(catalog_collection_texts_all(&c->db, &(struct catalog_collection_texts_in){id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct text_place at = {"collection", id, arena_cstr(c->arena, rows.v[i].field)};
        map_set(c->arena, &stored, text_key(c->arena, at, rows.v[i].lang), &rows.v[i].value);
    }
    struct i18n_text description = d->description;
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (description.text[l].p)
            TRY(html_clean(c->arena, description.text[l], &description.text[l], &c->err));
    const struct {
        const char *field;
        const struct i18n_text *text;
    } texts[] = {{"title", &d->title},
                 {"description", &description},
                 {"seo_title", &d->seo_title},
                 {"seo_description", &d->seo_description}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        TRY(save_texts(c, &stored, (struct text_place){"collection", id, texts[i].field},
                       texts[i].text, changes));
    return true;
}

static struct str id_key(struct arena *a, int64_t id) {
    return arena_fmt(a, "%lld", (long long)id);
}

static bool write_members(struct ctx *c, const struct collection_draft *d, int64_t id,
                          size_t *changes) {
    struct catalog_collection_members_rows rows = {0};
    struct map stored = {0}, want = {0};
    TRY(catalog_collection_members_all(&c->db, &(struct catalog_collection_members_in){id}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        map_set(c->arena, &stored, id_key(c->arena, rows.v[i].product_id), &rows.v[i]);
    int64_t position = 0;
    for (size_t i = 0; i < d->product_count; i++) {
        struct str key = id_key(c->arena, d->products[i]);
        if (map_get(&want, key)) continue;
        map_set(c->arena, &want, key, &want);
        const struct catalog_collection_members *m = map_get(&stored, key);
        position++;
        if (m && m->position == position) continue;
        (*changes)++;
        TRY(catalog_member_put(&c->db,
                               &(struct catalog_member_put_in){id, d->products[i], position}));
        tx_bump(c, "product", d->products[i]);
    }
    for (size_t i = 0; i < rows.n; i++) {
        if (map_get(&want, id_key(c->arena, rows.v[i].product_id))) continue;
        (*changes)++;
        TRY(catalog_member_delete(&c->db,
                                  &(struct catalog_member_delete_in){id, rows.v[i].product_id}));
        tx_bump(c, "product", rows.v[i].product_id);
    }
    return true;
}

static bool refresh_collection(struct ctx *c, int64_t collection_id, struct str rule);

static bool write_all(struct ctx *c, const struct collection_draft *d,
                      const struct catalog_collection_update_in *w,
                      const struct catalog_collection_row *o, struct json_writer *detail,
                      int64_t *id_out, size_t *changes) {
    bool by_rule = str_eq(w->kind, S("rule"));
    TRY(write_row(c, w, o, detail, id_out, changes));
    TRY(write_texts(c, d, *id_out, changes));
    if (by_rule && *changes) TRY(refresh_collection(c, *id_out, w->rule));
    return by_rule || d->keep_products || write_members(c, d, *id_out, changes);
}

bool collection_save(struct ctx *c, const struct collection_draft *d, enum collection_verdict *out,
                     int64_t *id_out) {
    ensure(c->db.writing);
    struct catalog_collection_row old;
    struct catalog_collection_update_in want;
    struct catalog_collection_by_handle other;
    bool found;
    TRY(find_collection(c, d, &old));
    *id_out = old.id;
    TRY(wanted(c, d, &old, &want));
    *out = check_wanted(c, &want, &old);
    if (*out != COLLECTION_SAVED) return true;
    TRY(catalog_collection_by_handle(&c->db, &(struct catalog_collection_by_handle_in){want.handle},
                                     &other, &found));
    if (found && other.id != old.id) {
        *out = COLLECTION_HANDLE_TAKEN;
        return true;
    }
    struct buf b = buf_new(c->arena, 0);
    struct json_writer detail = json_writer(&b);
    json_begin_object(&detail);
    size_t changes = 0;
    TRY(write_all(c, d, &want, &old, &detail, id_out, &changes));
    json_end_object(&detail);
    if (changes == 0) {
        *out = COLLECTION_UNCHANGED;
        return true;
    }
    tx_bump(c, "collection", *id_out);
    tx_bump(c, "collections", 0);
    return audit_write(c, &(struct audit){"collection", *id_out,
                                          old.id ? "collection.change" : "collection.create",
                                          buf_str(&b)});
}

bool collection_add_product(struct ctx *c, int64_t collection_id, int64_t product_id) {
    struct catalog_member_is is;
    struct catalog_member_last last;
    bool found;
    TRY(catalog_member_is(&c->db, &(struct catalog_member_is_in){collection_id, product_id}, &is,
                          &found));
    if (found) return true;
    TRY(catalog_member_last(&c->db, &(struct catalog_member_last_in){collection_id}, &last,
                            &found));
    tx_bump(c, "collection", collection_id);
    tx_bump(c, "product", product_id);
    return catalog_member_put(
        &c->db, &(struct catalog_member_put_in){collection_id, product_id, last.position + 1});
}

bool collection_remove_product(struct ctx *c, int64_t collection_id, int64_t product_id) {
    tx_bump(c, "collection", collection_id);
    tx_bump(c, "product", product_id);
    return catalog_member_delete(&c->db,
                                 &(struct catalog_member_delete_in){collection_id, product_id});
}

// Makes membership what the rule says.
static bool apply_rule(struct ctx *c, int64_t collection_id, int64_t product_id, bool holds) {
    struct catalog_member_is is;
    bool found;
    TRY(catalog_member_is(&c->db, &(struct catalog_member_is_in){collection_id, product_id}, &is,
                          &found));
    if (found == holds) return true;
    tx_bump(c, "collection", collection_id);
    tx_bump(c, "product", product_id);
    if (holds) return collection_add_product(c, collection_id, product_id);
    return catalog_member_delete(&c->db,
                                 &(struct catalog_member_delete_in){collection_id, product_id});
}

struct ruled {
    int64_t id;
    struct collection_rule rule;
};
struct rules {
    struct ruled *v;
    size_t n;
};

// A rule that can no longer be read fits nothing; catalog.rules tells.
static void parse_rule(struct ctx *c, int64_t id, struct str text, struct ruled *out) {
    struct str why;
    out->id = id;
    if (!rule_parse(c->arena, text, &out->rule, &why))
        out->rule = (struct collection_rule){.any = true};
}

static bool apply_rules(struct ctx *c, const struct rules *rules, int64_t product_id) {
    struct product_facts facts;
    bool found;
    TRY(product_facts_load(c, product_id, &facts, &found));
    for (size_t i = 0; found && i < rules->n; i++)
        TRY(apply_rule(c, rules->v[i].id, product_id, rule_holds(&rules->v[i].rule, &facts)));
    return true;
}

static bool apply_to_all(struct ctx *c, const struct rules *rules) {
    struct catalog_product_ids_rows ids;
    int64_t after = 0;
    do {
        struct arena_mark mark = arena_mark(c->arena);
        ids = (struct catalog_product_ids_rows){0};
        TRY(catalog_product_ids_all(&c->db, &(struct catalog_product_ids_in){after, FACTS_PAGE},
                                    &ids));
        for (size_t i = 0; i < ids.n; i++) {
            TRY(apply_rules(c, rules, ids.v[i].id));
            after = ids.v[i].id;
        }
        arena_rewind(c->arena, mark);
    } while (ids.n == FACTS_PAGE);
    return true;
}

static bool refresh_collection(struct ctx *c, int64_t collection_id, struct str rule) {
    struct ruled one;
    parse_rule(c, collection_id, rule, &one);
    return apply_to_all(c, &(struct rules){&one, 1});
}

bool collection_refresh(struct ctx *c, int64_t product_id) {
    struct catalog_rule_collections_rows rows = {0};
    TRY(catalog_rule_collections_all(&c->db, &rows));
    if (rows.n == 0) return true;
    struct rules rules = {ARENA_ARRAY(c->arena, struct ruled, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++) parse_rule(c, rows.v[i].id, rows.v[i].rule, &rules.v[i]);
    return product_id ? apply_rules(c, &rules, product_id) : apply_to_all(c, &rules);
}
