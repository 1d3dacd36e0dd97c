// SPDX-License-Identifier: Apache-2.0
#include "desk/collection_rule.h"

#include "mod/catalog/rule.h"

enum { RULE_SPARE = 3, VALUE_MAX = 500, ATTRIBUTES_SHOWN = 100 };

struct row { // a condition as the editor shows it
    struct str field, op, value;
};

static const char *row_name(struct ctx *c, const char *word, size_t i) {
    return arena_fmt(c->arena, "%s%zu", word, i).p;
}

static const struct rule_field_word *field_of(struct str name) {
    for (const struct rule_field_word *w = rule_field_words; w->name; w++)
        if (str_eq(name, str_c(w->name))) return w;
    return NULL;
}

static const struct rule_op_word *op_of(struct str name) {
    for (const struct rule_op_word *w = rule_op_words; w->name; w++)
        if (str_eq(name, str_c(w->name))) return w;
    return NULL;
}

// The first word of several for one thing.
static const struct rule_field_word *usual_field(const struct rule_field_word *w) {
    const struct rule_field_word *k = rule_field_words;
    while (k->field != w->field) k++;
    return k;
}

static const struct rule_op_word *usual_op(const struct rule_op_word *w) {
    const struct rule_op_word *k = rule_op_words;
    while (k->op != w->op) k++;
    return k;
}

static struct str price_shown(struct ctx *c, struct str text) {
    struct buf b = buf_new(c->arena, text.n);
    for (size_t i = 0; i < text.n; i++)
        buf_char(&b, text.p[i] == '.' && c->lang == LANG_DE ? ',' : text.p[i]);
    return buf_str(&b);
}

static struct str value_shown(struct ctx *c, const struct json *v, bool price) {
    if (!v) return S("");
    if (v->type == JSON_INT) return desk_int_str(c, v->integer);
    if (v->type == JSON_BOOL) return tr(c, v->boolean ? "word.yes" : "word.no");
    return price ? price_shown(c, v->text) : v->text;
}

static struct row row_of(struct ctx *c, const struct json *cond) {
    struct row r = {json_text(cond, "field"), json_text(cond, "op"), {0}};
    const struct rule_field_word *field = field_of(r.field);
    const struct rule_op_word *op = op_of(r.op);
    bool price = field && field->field == RULE_PRICE;
    if (field) r.field = str_c(usual_field(field)->name);
    if (op) r.op = str_c(usual_op(op)->name);
    r.value = value_shown(c, json_get(cond, S("value")), price);
    return r;
}

// The conditions of a stored rule; NULL: there is none, or this version cannot read it.
static const struct json *conditions(struct ctx *c, struct str stored, bool *any_out) {
    struct json *j = ARENA_NEW(c->arena, struct json);
    struct collection_rule parsed;
    struct str why;
    struct err ignored = {0};
    if (!stored.n || !rule_parse(c->arena, stored, &parsed, &why)) return NULL;
    if (!json_parse(c->arena, stored, j, &ignored)) return NULL;
    *any_out = parsed.any;
    return json_get(j, parsed.any ? S("any") : S("all"));
}

static bool put_words(struct desk *d) {
    struct ctx *c = d->c;
    struct buf fields = buf_new(c->arena, 0), ops = buf_new(c->arena, 0);
    struct desk_attributes_rows attributes = {0};
    for (const struct rule_field_word *w = rule_field_words; w->name; w++)
        if (usual_field(w) == w) buf_fmt(&fields, "%s%s", fields.n ? "|" : "", w->name);
    for (const struct rule_op_word *w = rule_op_words; w->name; w++)
        if (usual_op(w) == w) buf_fmt(&ops, "%s%s", ops.n ? "|" : "", w->name);
    TRY(desk_attributes_all(&c->db, &(struct desk_attributes_in){ATTRIBUTES_SHOWN}, &attributes));
    for (size_t i = 0; i < attributes.n; i++)
        if (str_find_char(attributes.v[i].name, '|') == STR_NONE)
            buf_fmt(&fields, "|attribute:" STR_FMT, STR_ARG(attributes.v[i].name));
    put_str(d->data, "rule_fields", buf_str(&fields));
    put_str(d->data, "rule_ops", buf_str(&ops));
    return true;
}

// The filled rows and a few more.
static void put_last(struct desk *d) {
    size_t used = 0;
    for (size_t i = 0; i < RULE_ROWS; i++) {
        const struct liquid_value *v = liquid_map_get(d->f, str_c(row_name(d->c, "value", i)));
        if (v && liquid_str(*v).n) used = i + 1;
    }
    size_t last = used + RULE_SPARE < RULE_ROWS ? used + RULE_SPARE : RULE_ROWS;
    put_int(d->data, "rule_last", (int64_t)last - 1);
}

bool desk_rule_show(struct desk *d, struct str stored) {
    struct ctx *c = d->c;
    bool any = false;
    const struct json *list = conditions(c, stored, &any);
    if (stored.n && !list) put_str(d->data, "rule_kept", stored);
    if (list && !d->errors) {
        put_str(d->f, "match", any ? S("any") : S("all"));
        for (size_t i = 0; i < list->n; i++) {
            struct row r = row_of(c, &list->items[i]);
            put_str(d->f, row_name(c, "field", i), r.field);
            put_str(d->f, row_name(c, "op", i), r.op);
            put_str(d->f, row_name(c, "value", i), r.value);
        }
    }
    TRY(put_words(d));
    put_last(d);
    return true;
}

static bool says(struct ctx *c, struct str typed, const char *key) {
    return str_eq(text_fold(c->arena, typed), text_fold(c->arena, tr(c, key)));
}

static const char *op_fault(const struct rule_field_word *field, const struct rule_op_word *op,
                            bool number) {
    bool size = op->op == RULE_OVER || op->op == RULE_UNDER;
    bool part = op->op == RULE_CONTAINS || op->op == RULE_STARTS || op->op == RULE_ENDS;
    if (field && field->field == RULE_ON_SALE && (size || part)) return "desk.rule_wrong.yes_no";
    if (number && part) return "desk.rule_wrong.number";
    if (!number && size) return "desk.rule_wrong.text";
    return NULL;
}

static void put_value(struct desk *d, struct json_writer *w, const struct row *r, size_t i) {
    struct ctx *c = d->c;
    const struct rule_field_word *field = field_of(r->field);
    const struct rule_op_word *op = op_of(r->op);
    bool attribute = str_starts(r->field, S("attribute:")) && r->field.n > 10;
    bool size = op && (op->op == RULE_OVER || op->op == RULE_UNDER);
    bool number = field ? field->numeric : attribute && size;
    const char *name = row_name(c, "value", i);
    const char *fault = (!field && !attribute) || !op ? "form.choice" : op_fault(field, op, number);
    struct desk_number n = {name, FORM_INT, 0, -1000000000, 1000000000};
    if (fault) desk_fail_key(d, row_name(c, !field && !attribute ? "field" : "op", i), fault);
    if (field && field->field == RULE_PRICE) {
        n = (struct desk_number){name, FORM_MONEY, 0, 0, MONEY_MAX};
        struct money limit = money(desk_read_number(d, &n), shop_currency(c));
        json_put_str(w, money_plain(c->arena, limit));
    } else if (field && field->field == RULE_ON_SALE) {
        bool yes = says(c, r->value, "word.yes");
        if (!yes && !says(c, r->value, "word.no")) desk_fail_key(d, name, "desk.rule_wrong.yes_no");
        json_put_bool(w, yes);
    } else if (number) {
        json_put_int(w, desk_read_number(d, &n));
    } else {
        json_put_str(w, r->value);
    }
}

static void put_condition(struct desk *d, struct json_writer *w, const struct row *r, size_t i) {
    json_begin_object(w);
    json_key(w, "field");
    json_put_str(w, r->field);
    json_key(w, "op");
    json_put_str(w, r->op);
    json_key(w, "value");
    put_value(d, w, r, i);
    json_end_object(w);
}

static bool row_same(const struct row *a, const struct row *b) {
    return str_eq(a->field, b->field) && str_eq(a->op, b->op) &&
           str_eq(str_trim(a->value), str_trim(b->value));
}

struct str desk_rule_read(struct desk *d, struct str stored) {
    struct ctx *c = d->c;
    bool any_was = false, any = str_eq(request_form(d->rq, "match"), S("any"));
    const struct json *list = conditions(c, stored, &any_was);
    size_t kept = 0, written = 0;
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    if (stored.n && !list) return stored;
    json_begin_object(&w);
    json_key(&w, any ? "any" : "all");
    json_begin_array(&w);
    for (size_t i = 0; i < RULE_ROWS; i++) {
        struct row r = {request_form(d->rq, row_name(c, "field", i)),
                        request_form(d->rq, row_name(c, "op", i)),
                        desk_read_text(d, row_name(c, "value", i), 0, VALUE_MAX)};
        if (!r.value.n) continue;
        struct row was = list && i < list->n ? row_of(c, &list->items[i]) : (struct row){0};
        bool same = was.field.n && row_same(&r, &was);
        written++;
        kept += same;
        if (same)
            json_put(&w, &list->items[i]);
        else
            put_condition(d, &w, &r, i);
    }
    json_end_array(&w);
    json_end_object(&w);
    if (!written) desk_fail_key(d, "value0", "desk.rule_wrong.empty");
    if (list && kept == list->n && written == kept && any == any_was) return stored;
    return buf_str(&b);
}
