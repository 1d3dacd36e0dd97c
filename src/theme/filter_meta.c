// SPDX-License-Identifier: Apache-2.0
// Metafields as HTML and as text, by their type.
#include "theme/filter_private.h"

struct metafield {
    struct str type; // without "list."
    bool list;
    struct liquid_value value;
};

static bool metafield_of(struct liquid_call *c, struct metafield *out, struct err *err) {
    *out = (struct metafield){0};
    TRY(value_text(c->arena, c->input, "type", &out->type, err));
    TRY(value_get(c->arena, c->input, "value", &out->value, err));
    if (!str_starts(out->type, S("list."))) return true;
    out->list = true;
    out->type = str_from(out->type, 5);
    return true;
}

static bool is_reference(struct str type) {
    return str_eq(type, S("collection_reference")) || str_eq(type, S("page_reference")) ||
           str_eq(type, S("product_reference")) || str_eq(type, S("variant_reference")) ||
           str_eq(type, S("article_reference"));
}

static bool is_measure(struct str type) {
    return str_eq(type, S("dimension")) || str_eq(type, S("volume")) || str_eq(type, S("weight"));
}

// The words of one value.
static bool text_of(struct liquid_call *c, struct str type, struct liquid_value v, struct str *out,
                    struct err *err) {
    struct liquid_value part;
    if (is_measure(type)) {
        struct str unit;
        TRY(value_get(c->arena, v, "value", &part, err));
        TRY(value_text(c->arena, v, "unit", &unit, err));
        *out = arena_fmt(c->arena, STR_FMT " " STR_FMT, STR_ARG(liquid_to_str(c->arena, part)),
                         STR_ARG(unit));
        return true;
    }
    if (str_eq(type, S("rating"))) {
        TRY(value_get(c->arena, v, "rating", &part, err));
        *out = liquid_to_str(c->arena, part);
        return true;
    }
    if (str_eq(type, S("money")) && (v.type == LIQUID_INT || v.type == LIQUID_MONEY)) {
        struct buf b = call_buf(c);
        call_host(c)->money(call_shop(c), v.integer, THEME_MONEY_WITH_CURRENCY, &b);
        *out = buf_str(&b);
        return true;
    }
    if (str_eq(type, S("metaobject_reference"))) {
        struct str field = call_named(c, "field"), key = field.p ? field : S("name");
        struct liquid_value inner;
        TRY(value_get(c->arena, v, arena_cstr(c->arena, key), &part, err));
        TRY(value_get(c->arena, part, "value", &inner, err));
        *out = liquid_to_str(c->arena, inner.type == LIQUID_NIL ? part : inner);
        return true;
    }
    if (is_reference(type)) {
        TRY(value_text(c->arena, v, "title", out, err));
        if (out->p) return true;
    }
    *out = liquid_to_str(c->arena, v);
    return true;
}

static void put_class(struct buf *b, struct str type, const char *more) {
    buf_put(b, S(" class=\"metafield-"));
    buf_html(b, type);
    buf_fmt(b, "%s\"", more);
}

static bool put_element(struct buf *b, const char *element, struct str type,
                        struct liquid_value inside) {
    buf_fmt(b, "<%s", element);
    put_class(b, type, "");
    buf_char(b, '>');
    put_html(b, inside);
    buf_fmt(b, "</%s>", element);
    return true;
}

static bool put_when(struct buf *b, struct liquid_call *c, const struct metafield *m) {
    bool day = str_eq(m->type, S("date"));
    struct str format = date_named_format(c, day ? S("date") : S("date_at_time"));
    struct str text = date_text(c, m->value, format);
    buf_put(b, S("<time"));
    put_attr(b, "datetime",
             liquid_date(c, m->value, day ? S("%Y-%m-%d") : S("%Y-%m-%dT%H:%M:%S%:z")));
    put_class(b, m->type, "");
    buf_char(b, '>');
    buf_html(b, text);
    buf_put(b, S("</time>"));
    return true;
}

static bool put_file(struct buf *b, struct liquid_call *c, const struct metafield *m,
                     struct err *err) {
    struct str url, alt;
    TRY(image_address(c, m->value, &(struct theme_image_size){0}, &url, err));
    TRY(value_text(c->arena, m->value, "alt", &alt, err));
    if (!url.p) return true;
    buf_put(b, S("<img"));
    put_attr(b, "src", url);
    put_attr(b, "alt", alt.p ? alt : S(""));
    put_class(b, m->type, "");
    put_named_attrs(b, c, NULL);
    buf_char(b, '>');
    return true;
}

static bool put_link(struct buf *b, const struct metafield *m, struct str url, struct str text) {
    buf_put(b, S("<a"));
    put_attr(b, "href", url);
    put_class(b, m->type, "");
    buf_char(b, '>');
    buf_html(b, text);
    buf_put(b, S("</a>"));
    return true;
}

static bool put_one(struct buf *b, struct liquid_call *c, const struct metafield *m,
                    struct err *err) {
    struct str text, url;
    if (str_eq(m->type, S("date")) || str_eq(m->type, S("date_time"))) return put_when(b, c, m);
    if (str_eq(m->type, S("file_reference"))) return put_file(b, c, m, err);
    if (str_eq(m->type, S("json"))) {
        buf_put(b, S("<script type=\"application/json\""));
        put_class(b, m->type, "");
        buf_char(b, '>');
        liquid_json(b, c->arena, m->value);
        buf_put(b, S("</script>"));
        return true;
    }
    TRY(text_of(c, m->type, m->value, &text, err));
    if (is_reference(m->type)) {
        TRY(value_text(c->arena, m->value, "url", &url, err));
        if (url.p) return put_link(b, m, url, text);
    }
    if (str_eq(m->type, S("url"))) return put_link(b, m, text, text);
    if (str_eq(m->type, S("rich_text_field"))) return put_element(b, "div", m->type, m->value);
    return put_element(b, "span", m->type, liquid_text(text));
}

FILTER(metafield_tag) {
    struct metafield m;
    struct buf b = call_buf(c);
    int64_t n;
    TRY(metafield_of(c, &m, err));
    if (!m.type.p || m.value.type == LIQUID_NIL) return give_text(out, S(""));
    if (!m.list) {
        TRY(put_one(&b, c, &m, err));
        return give_html(out, &b);
    }
    bool ordered = str_eq(call_named(c, "list_format"), S("ordered"));
    struct metafield each = m;
    TRY(value_count_of(c->arena, m.value, &n, err));
    buf_put(&b, ordered ? S("<ol") : S("<ul"));
    put_class(&b, m.type, "-array");
    buf_char(&b, '>');
    for (int64_t i = 0; i < n; i++) {
        struct str text;
        TRY(value_at(c->arena, m.value, i, &each.value, err));
        TRY(text_of(c, m.type, each.value, &text, err));
        TRY(put_element(&b, "li", m.type, liquid_text(text)));
    }
    buf_put(&b, ordered ? S("</ol>") : S("</ul>"));
    return give_html(out, &b);
}

FILTER(metafield_text) {
    struct metafield m;
    struct str text = {0};
    struct buf b = call_buf(c);
    int64_t n = 1;
    TRY(metafield_of(c, &m, err));
    if (!m.type.p || m.value.type == LIQUID_NIL) return give_text(out, S(""));
    if (m.list) TRY(value_count_of(c->arena, m.value, &n, err));
    for (int64_t i = 0; i < n; i++) {
        struct liquid_value v = m.value;
        if (m.list) TRY(value_at(c->arena, m.value, i, &v, err));
        TRY(text_of(c, m.type, v, &text, err));
        if (i) buf_put(&b, i + 1 < n ? S(", ") : words(c, ", and ", " und "));
        buf_put(&b, text);
    }
    return give_text(out, buf_str(&b));
}
