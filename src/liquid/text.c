// SPDX-License-Identifier: Apache-2.0
// Values as text, and how values compare.
#include <stdio.h>

#include "liquid/vm.h"

bool value_is_trusted(struct liquid_value v) {
    return v.type == LIQUID_HTML || (v.type == LIQUID_STRING && v.literal);
}

static void put(struct print *p, struct str s) {
    if (p->escape)
        buf_html(p->out, s);
    else
        buf_put(p->out, s);
}

static void put_time(struct buf *out, struct liquid_value v) {
    (void)date_format(out, v,
                      (int32_t)v.n == 0 ? S("%Y-%m-%d %H:%M:%S UTC") : S("%Y-%m-%d %H:%M:%S %z"));
}

static void put_money(struct print *p, struct liquid_value v) {
    struct money m = {.minor = v.integer};
    memcpy(m.cur.code, &v.n, 3);
    const struct liquid_host *host = p->vm ? p->vm->host : NULL;
    if (host && host->money)
        host->money(host->self, p->vm->in->page, m, p->out);
    else
        buf_put(p->out, money_plain(p->arena, m));
}

static void put_object(struct print *p, struct liquid_value v) {
    const struct liquid_object *o = v.object;
    if (o->type->print) {
        bool html = false;
        struct buf b = buf_new(p->arena, 0);
        o->type->print(o->self, &b, &html);
        if (html)
            buf_put(p->out, buf_str(&b));
        else
            put(p, buf_str(&b));
        return;
    }
    if (o->type->size) {
        value_inspect(p, v);
        return;
    }
    put(p, str_c(o->type->name));
}

void value_print(struct print *p, struct liquid_value v) {
    switch ((enum liquid_type)v.type) {
    case LIQUID_NIL:
    case LIQUID_EMPTY:
    case LIQUID_BLANK:
        return;
    case LIQUID_BOOL:
        buf_put(p->out, v.boolean ? S("true") : S("false"));
        return;
    case LIQUID_INT:
        buf_int(p->out, v.integer);
        return;
    case LIQUID_BIG:
        buf_put(p->out, number_big_str(p->arena, v.big));
        return;
    case LIQUID_FLOAT:
        number_put_float(p->out, v.real);
        return;
    case LIQUID_STRING:
        if (v.literal)
            buf_put(p->out, liquid_str(v));
        else
            put(p, liquid_str(v));
        return;
    case LIQUID_HTML:
        buf_put(p->out, liquid_str(v));
        return;
    case LIQUID_RANGE:
        buf_int(p->out, v.range->first);
        buf_put(p->out, S(".."));
        buf_int(p->out, v.range->last);
        return;
    case LIQUID_MONEY:
        put_money(p, v);
        return;
    case LIQUID_TIME:
        put_time(p->out, v);
        return;
    case LIQUID_MAP:
    case LIQUID_ROW:
        value_inspect(p, v);
        return;
    case LIQUID_OBJECT:
        if (!v.object->type->size || v.object->type->print) {
            put_object(p, v);
            return;
        }
        break;
    case LIQUID_ARRAY:
    case LIQUID_ROWS:
        break;
    }
    struct err err = {0};
    size_t n = value_count(p->arena, v, &err);
    for (size_t i = 0; i < n && buf_ok(p->out); i++) {
        struct liquid_value item;
        if (!value_item(p->arena, v, i, &item, &err)) return;
        value_print(p, item);
    }
}

static void inspect_text(struct print *p, struct str s) {
    static const char from[] = "\"\\\n\t\r\f\v\b\a\033", to[] = "\"\\ntrfvbae";
    put(p, S("\""));
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        const char *at = c ? memchr(from, c, sizeof from - 1) : NULL;
        if (at) {
            char esc[2] = {'\\', to[at - from]};
            put(p, (struct str){esc, 2});
        } else if (c == '#' && i + 1 < s.n && memchr("{$@", s.p[i + 1], 3)) {
            put(p, S("\\#"));
        } else if ((unsigned char)c < 0x20 || c == 0x7f) {
            char hex[8];
            int n = snprintf(hex, sizeof hex, c == 0 ? "\\u0000" : "\\x%02X", (unsigned)c);
            put(p, (struct str){hex, c == 0 ? 6 : (size_t)n});
        } else {
            put(p, (struct str){s.p + i, 1});
        }
    }
    put(p, S("\""));
}

static void inspect_items(struct print *p, struct liquid_value v) {
    bool map = v.type == LIQUID_MAP || v.type == LIQUID_ROW;
    struct err err = {0};
    size_t n = value_count(p->arena, v, &err);
    put(p, map ? S("{") : S("["));
    for (size_t i = 0; i < n && buf_ok(p->out); i++) {
        struct liquid_value item;
        if (!value_item(p->arena, v, i, &item, &err)) return;
        if (i) put(p, S(", "));
        if (map) {
            value_inspect(p, item.items[0]);
            put(p, S("=>"));
            value_inspect(p, item.items[1]);
        } else {
            value_inspect(p, item);
        }
    }
    put(p, map ? S("}") : S("]"));
}

void value_inspect(struct print *p, struct liquid_value v) {
    if (v.type == LIQUID_NIL)
        put(p, S("nil"));
    else if (liquid_is_text(v))
        inspect_text(p, liquid_str(v));
    else if (v.type == LIQUID_MAP || v.type == LIQUID_ROW || value_is_list(v))
        inspect_items(p, v);
    else
        value_print(p, v);
}

struct str value_str(struct arena *a, struct liquid_value v) {
    if (liquid_is_text(v)) return liquid_str(v);
    if (v.type == LIQUID_NIL) return S("");
    if (v.type == LIQUID_BOOL) return v.boolean ? S("true") : S("false");
    struct buf b = buf_new(a, 0);
    struct print p = {&b, a, NULL, false};
    if (value_is_list(v))
        value_inspect(&p, v);
    else
        value_print(&p, v);
    return buf_str(&b);
}

struct str liquid_to_str(struct arena *a, struct liquid_value v) {
    if (liquid_is_text(v)) return liquid_str(v);
    struct buf b = buf_new(a, 0);
    struct print p = {&b, a, NULL, false};
    value_print(&p, v);
    return buf_str(&b);
}

int64_t value_to_i(struct arena *a, struct liquid_value v) {
    if (v.type == LIQUID_INT || v.type == LIQUID_MONEY) return v.integer;
    if (v.type == LIQUID_FLOAT)
        return v.real > -9e18 && v.real < 9e18 ? (int64_t)v.real
               : v.real > 0                    ? INT64_MAX
                                               : INT64_MIN;
    if (v.type == LIQUID_BIG) return v.big->negative ? INT64_MIN : INT64_MAX;
    if (!liquid_is_text(v)) return 0;
    struct liquid_value n = number_parse_int(a, liquid_str(v));
    return n.type == LIQUID_INT ? n.integer : value_to_i(a, n);
}

int64_t liquid_to_int(struct liquid_value v, int64_t otherwise) {
    int64_t out;
    if (v.type == LIQUID_INT || v.type == LIQUID_MONEY) return v.integer;
    if (v.type == LIQUID_FLOAT && v.real > -9e18 && v.real < 9e18) return (int64_t)v.real;
    return liquid_is_text(v) && str_to_int(str_trim(liquid_str(v)), &out) ? out : otherwise;
}

bool value_to_integer(struct arena *a, struct liquid_value v, int64_t *out) {
    if (v.type == LIQUID_INT || v.type == LIQUID_MONEY || v.type == LIQUID_BIG) {
        *out = value_to_i(a, v);
        return true;
    }
    struct str s = str_trim(value_str(a, v));
    char clean[64];
    size_t n = 0, i = 0;
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) clean[n++] = s.p[i++];
    for (bool digit = false; i < s.n; i++) {
        if (s.p[i] == '_' && digit && i + 1 < s.n) {
            digit = false;
            continue;
        }
        digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (!digit || n >= sizeof clean) return false;
        clean[n++] = s.p[i];
    }
    return str_to_int((struct str){clean, n}, out);
}

static bool map_equal(struct arena *a, struct liquid_value x, struct liquid_value y) {
    if (liquid_map_size(x.map) != liquid_map_size(y.map)) return false;
    for (size_t i = 0; i < liquid_map_size(x.map); i++) {
        struct str k;
        struct liquid_value v;
        liquid_map_entry(x.map, i, &k, &v);
        const struct liquid_value *other = liquid_map_get(y.map, k);
        if (!other || !value_equal(a, v, *other)) return false;
    }
    return true;
}

static bool list_equal(struct arena *a, struct liquid_value x, struct liquid_value y) {
    struct err err = {0};
    size_t n = value_count(a, x, &err);
    if (n != value_count(a, y, &err)) return false;
    for (size_t i = 0; i < n; i++) {
        struct liquid_value xi, yi;
        if (!value_item(a, x, i, &xi, &err) || !value_item(a, y, i, &yi, &err)) return false;
        if (!value_equal(a, xi, yi)) return false;
    }
    return true;
}

static bool is_blank_text(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!memchr(" \t\n\r\f\v", s.p[i], 6)) return false;
    return true;
}

static bool literal_equal(struct arena *a, enum liquid_type literal, struct liquid_value v) {
    struct err err = {0};
    bool blank = literal == LIQUID_BLANK;
    if (v.type == LIQUID_NIL) return blank;
    if (v.type == LIQUID_BOOL) return blank && !v.boolean;
    if (liquid_is_text(v)) return v.n == 0 || (blank && is_blank_text(liquid_str(v)));
    if (value_is_list(v) || v.type == LIQUID_MAP) return value_count(a, v, &err) == 0;
    return false;
}

// Objects that stand for a text, and the text.
static bool is_as_text(struct liquid_value v) {
    return v.type == LIQUID_OBJECT && v.object->type->as_text;
}

bool value_equal(struct arena *a, struct liquid_value x, struct liquid_value y) {
    if (is_as_text(x) && (y.type != LIQUID_OBJECT || is_as_text(y)))
        x = liquid_text(value_str(a, x));
    if (is_as_text(y) && x.type != LIQUID_OBJECT) y = liquid_text(value_str(a, y));
    if (x.type == LIQUID_EMPTY || x.type == LIQUID_BLANK) return literal_equal(a, x.type, y);
    if (y.type == LIQUID_EMPTY || y.type == LIQUID_BLANK) return literal_equal(a, y.type, x);
    if (liquid_is_text(x)) return liquid_is_text(y) && str_eq(liquid_str(x), liquid_str(y));
    if (x.type == LIQUID_INT && y.type == LIQUID_INT) return x.integer == y.integer;
    if (value_is_number(x)) return value_is_number(y) && number_value_cmp(a, x, y) == 0;
    if (value_is_list(x)) return value_is_list(y) && list_equal(a, x, y);
    if (x.type != y.type) return false;
    switch ((enum liquid_type)x.type) {
    case LIQUID_NIL:
        return true;
    case LIQUID_BOOL:
        return x.boolean == y.boolean;
    case LIQUID_MAP:
        return x.map == y.map || map_equal(a, x, y);
    case LIQUID_RANGE:
        return x.range->first == y.range->first && x.range->last == y.range->last;
    case LIQUID_TIME:
        return x.time == y.time;
    case LIQUID_OBJECT:
        return x.object->self == y.object->self && x.object->type == y.object->type;
    case LIQUID_ROW:
        return x.rows->first == y.rows->first;
    case LIQUID_INT:
    case LIQUID_BIG:
    case LIQUID_FLOAT:
    case LIQUID_STRING:
    case LIQUID_HTML:
    case LIQUID_ARRAY:
    case LIQUID_MONEY:
    case LIQUID_ROWS:
    case LIQUID_EMPTY:
    case LIQUID_BLANK:
        return false;
    }
    return false;
}

const char *value_class(struct liquid_value v) {
    switch ((enum liquid_type)v.type) {
    case LIQUID_NIL:
        return "nil";
    case LIQUID_BOOL:
        return v.boolean ? "true" : "false";
    case LIQUID_INT:
    case LIQUID_BIG:
    case LIQUID_MONEY:
        return "Integer";
    case LIQUID_FLOAT:
        return "Float";
    case LIQUID_STRING:
    case LIQUID_HTML:
    case LIQUID_EMPTY:
    case LIQUID_BLANK:
        return "String";
    case LIQUID_ARRAY:
    case LIQUID_ROWS:
        return "Array";
    case LIQUID_MAP:
    case LIQUID_ROW:
        return "Hash";
    case LIQUID_RANGE:
        return "Range";
    case LIQUID_TIME:
        return "Time";
    case LIQUID_OBJECT:
        return v.object->type->name;
    }
    return "Object";
}

static bool contains(struct arena *a, struct liquid_value x, struct liquid_value y, bool *out,
                     struct err *err) {
    *out = false;
    if (!liquid_truthy(x) || !liquid_truthy(y)) return true;
    if (is_as_text(x)) x = liquid_text(value_str(a, x));
    if (liquid_is_text(x)) {
        *out = str_find(liquid_str(x), value_str(a, y)) != STR_NONE;
    } else if (x.type == LIQUID_MAP) {
        *out = liquid_is_text(y) && liquid_map_get(x.map, liquid_str(y)) != NULL;
    } else if (x.type == LIQUID_ROW) {
        *out = liquid_is_text(y) && row_field(x.rows->type, liquid_str(y)) != NULL;
    } else if (x.type == LIQUID_RANGE) {
        struct liquid_value first = liquid_int(x.range->first), last = liquid_int(x.range->last);
        *out = value_is_number(y) && number_value_cmp(a, y, first) >= 0 &&
               number_value_cmp(a, y, last) <= 0;
    } else if (value_is_list(x)) {
        size_t n = value_count(a, x, err);
        for (size_t i = 0; i < n && !*out; i++) {
            struct liquid_value item;
            TRY(value_item(a, x, i, &item, err));
            *out = value_equal(a, item, y);
        }
    }
    return err->code == ERR_NONE;
}

static bool order(struct arena *a, struct liquid_value x, struct liquid_value y, int *out,
                  struct err *err) {
    if (value_is_number(x) && value_is_number(y)) {
        *out = number_value_cmp(a, x, y);
        return true;
    }
    if (liquid_is_text(x) && liquid_is_text(y)) {
        int r = str_cmp(liquid_str(x), liquid_str(y));
        *out = r < 0 ? -1 : r > 0;
        return true;
    }
    if (x.type == LIQUID_TIME && y.type == LIQUID_TIME) {
        *out = x.time < y.time ? -1 : x.time > y.time;
        return true;
    }
    bool shown = y.type == LIQUID_INT || y.type == LIQUID_FLOAT || y.type == LIQUID_MONEY;
    struct str what = shown ? value_str(a, y) : str_c(value_class(y));
    return liquid_error_set(err, "comparison of %s with " STR_FMT " failed", value_class(x),
                            STR_ARG(what));
}

static bool has_order(struct liquid_value v) {
    return value_is_number(v) || liquid_is_text(v) || v.type == LIQUID_TIME;
}

bool value_compare(struct arena *a, enum compare op, struct liquid_value x, struct liquid_value y,
                   bool *out, struct err *err) {
    int c = 0;
    *out = false;
    if (op == CMP_EQ || op == CMP_NE) {
        *out = value_equal(a, x, y) == (op == CMP_EQ);
        return true;
    }
    if (op == CMP_CONTAINS) return contains(a, x, y, out, err);
    if (!has_order(x) || !has_order(y)) return true;
    TRY(order(a, x, y, &c, err));
    if (c == 2) return true; // not a number
    *out = op == CMP_LT ? c < 0 : op == CMP_GT ? c > 0 : op == CMP_LE ? c <= 0 : c >= 0;
    return true;
}
