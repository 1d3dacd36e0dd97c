// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <stdio.h>

#include "theme/filter_private.h"

#define REAL_MAX 1e15

struct str call_arg(const struct liquid_call *c, size_t i) {
    struct liquid_value v = liquid_arg(&c->args, i);
    return v.type == LIQUID_NIL ? (struct str){0} : liquid_to_str(c->arena, v);
}

struct str call_named(const struct liquid_call *c, const char *name) {
    struct liquid_value v = liquid_named(&c->args, name);
    return v.type == LIQUID_NIL ? (struct str){0} : liquid_to_str(c->arena, v);
}

static bool has_keys(struct liquid_value v) {
    return v.type == LIQUID_MAP || v.type == LIQUID_ROW || v.type == LIQUID_OBJECT;
}

bool value_get(struct arena *a, struct liquid_value v, const char *key, struct liquid_value *out,
               struct err *err) {
    *out = liquid_nil();
    return !has_keys(v) || liquid_get(a, v, str_c(key), out, err);
}

bool value_text(struct arena *a, struct liquid_value v, const char *key, struct str *out,
                struct err *err) {
    struct liquid_value text;
    *out = (struct str){0};
    TRY(value_get(a, v, key, &text, err));
    if (text.type != LIQUID_NIL) *out = liquid_to_str(a, text);
    if (!out->n) *out = (struct str){0};
    return true;
}

bool value_count_of(struct arena *a, struct liquid_value list, int64_t *out, struct err *err) {
    size_t n = 0;
    if (list.type == LIQUID_OBJECT && list.object->type->size)
        TRY(list.object->type->size(list.object->self, a, &n, err));
    if (list.type == LIQUID_ARRAY) n = list.n;
    if (list.type == LIQUID_ROWS) n = list.rows->n;
    *out = (int64_t)n;
    return true;
}

bool value_at(struct arena *a, struct liquid_value list, int64_t i, struct liquid_value *out,
              struct err *err) {
    *out = liquid_nil();
    if (i < 0) return true;
    if (list.type == LIQUID_OBJECT && list.object->type->at)
        return list.object->type->at(list.object->self, a, i, out, err);
    if (list.type == LIQUID_ARRAY && i < (int64_t)list.n) *out = list.items[i];
    if (list.type == LIQUID_ROWS && (size_t)i < list.rows->n)
        *out = liquid_row(a, list.rows->type,
                          (const char *)list.rows->first + (size_t)i * list.rows->type->size);
    return true;
}

static double bounded(double d) { // templates may hold any number, and none (0/0)
    return isnan(d) ? 0 : d > REAL_MAX ? REAL_MAX : d < -REAL_MAX ? -REAL_MAX : d;
}

double value_real(struct liquid_value v, double otherwise) {
    if (v.type == LIQUID_INT || v.type == LIQUID_MONEY) return bounded((double)v.integer);
    if (v.type == LIQUID_FLOAT) return bounded(v.real);
    struct str s = str_trim(liquid_str(v));
    if (!s.n || s.n > 30) return otherwise;
    double sign = s.p[0] == '-' ? -1 : 1, whole = 0, part = 0, scale = 1;
    size_t i = s.p[0] == '-' || s.p[0] == '+';
    size_t digits = 0;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, digits++)
        whole = whole * 10 + (s.p[i] - '0');
    if (i < s.n && s.p[i] == '.')
        for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, digits++)
            part = part * 10 + (s.p[i] - '0'), scale *= 10;
    if (i < s.n && s.p[i] == '%') i++;
    return digits && i == s.n ? bounded(sign * (whole + part / scale)) : otherwise;
}

void put_real(struct buf *b, double d) {
    char text[64];
    int n = snprintf(text, sizeof text, "%.4f", bounded(d));
    while (n > 1 && text[n - 1] == '0') n--;
    if (n > 1 && text[n - 1] == '.') n--;
    buf_put(b, (struct str){text, (size_t)n});
}

void put_html(struct buf *b, struct liquid_value v) {
    if (v.type == LIQUID_HTML || (v.type == LIQUID_STRING && v.literal))
        buf_put(b, liquid_str(v));
    else
        buf_html(b, liquid_to_str(b->arena, v));
}

// Markup as a value: what `| escape` made stays as it is, what would end the value does not.
static void put_markup_value(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_put(b, S("&quot;"));
        else if (s.p[i] == '<')
            buf_put(b, S("&lt;"));
        else if (s.p[i] == '>')
            buf_put(b, S("&gt;"));
        else
            buf_char(b, s.p[i]);
    }
}

void put_value_attr(struct buf *b, struct arena *a, struct str name, struct liquid_value v) {
    buf_char(b, ' ');
    buf_put(b, name);
    buf_put(b, S("=\""));
    if (v.type == LIQUID_HTML)
        put_markup_value(b, liquid_str(v));
    else
        buf_html(b, liquid_to_str(a, v));
    buf_char(b, '"');
}

void put_attr(struct buf *b, const char *name, struct str value) {
    if (value.p) put_value_attr(b, b->arena, str_c(name), liquid_text(value));
}

bool attr_name_ok(struct str name) {
    for (size_t i = 0; i < name.n; i++) {
        char ch = name.p[i];
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
        bool other = (ch >= '0' && ch <= '9') || ch == '-' || ch == ':' || ch == '.';
        if (!letter && !(i && other)) return false;
    }
    return name.n > 0 && name.n <= 100;
}

static bool listed(const char *const *skip, struct str name) {
    for (; skip && *skip; skip++)
        if (str_eq(str_c(*skip), name)) return true;
    return false;
}

void put_named_attrs(struct buf *b, const struct liquid_call *c, const char *const *skip) {
    for (size_t i = 0; i < c->args.named_n; i++) {
        struct str name = c->args.names[i];
        struct liquid_value v = c->args.named[i];
        if (listed(skip, name) || !attr_name_ok(name) || !liquid_truthy(v)) continue;
        if (v.type != LIQUID_BOOL) {
            put_value_attr(b, c->arena, name, v);
            continue;
        }
        buf_char(b, ' ');
        buf_put(b, name);
    }
}

struct str theme_path(const struct theme_page *p, struct str path) {
    return theme_host_of(p->theme)->local_path(p->host_page, path);
}

struct str system_text(const struct liquid_call *c, const char *key, struct str otherwise) {
    struct str s = call_host(c)->system_text(call_shop(c), str_c(key));
    return s.p ? s : otherwise;
}

bool is_german(const struct liquid_call *c) {
    struct str lang = theme_page_of(c)->lang;
    return lang.n >= 2 && str_eq(str_sub(lang, 0, 2), S("de"));
}
