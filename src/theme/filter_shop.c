// SPDX-License-Identifier: Apache-2.0
// Links inside the shop: types, vendors, tags, sorting; and lines of the cart.
#include "base/vec.h"
#include "theme/filter_private.h"

static struct str query_url(struct liquid_call *c, const char *path, struct str q) {
    struct buf b = call_buf(c);
    buf_put(&b, theme_path(theme_page_of(c), str_c(path)));
    buf_put(&b, S("?q="));
    buf_url(&b, q);
    return buf_str(&b);
}

static bool put_link(struct liquid_call *c, struct str href, struct str title,
                     struct liquid_value *out) {
    struct buf b = call_buf(c);
    buf_put(&b, S("<a"));
    put_named_attrs(&b, c, NULL);
    put_attr(&b, "href", href);
    put_attr(&b, "title", title);
    buf_put(&b, S(">"));
    put_html(&b, c->input);
    buf_put(&b, S("</a>"));
    return give_html(out, &b);
}

FILTER(url_for_type) {
    (void)err;
    return give_text(out, query_url(c, "/collections/types", call_in(c)));
}
FILTER(url_for_vendor) {
    (void)err;
    return give_text(out, query_url(c, "/collections/vendors", call_in(c)));
}
FILTER(link_to_type) {
    (void)err;
    return put_link(c, query_url(c, "/collections/types", call_in(c)), call_in(c), out);
}
FILTER(link_to_vendor) {
    (void)err;
    return put_link(c, query_url(c, "/collections/vendors", call_in(c)), call_in(c), out);
}

FILTER(sort_by) {
    (void)err;
    struct str url = call_in(c);
    struct buf b = call_buf(c);
    buf_put(&b, url);
    buf_put(&b, str_find_char(url, '?') == STR_NONE ? S("?sort_by=") : S("&sort_by="));
    buf_url(&b, call_arg(c, 0));
    return give_text(out, buf_str(&b));
}

FILTER(within) {
    struct str url = call_in(c), collection;
    TRY(value_text(c->arena, liquid_arg(&c->args, 0), "url", &collection, err));
    size_t at = str_find(url, S("/products/"));
    if (!collection.p || at == STR_NONE) return give_text(out, url);
    struct buf b = call_buf(c);
    buf_put(&b, collection);
    buf_put(&b, str_from(url, at));
    return give_text(out, buf_str(&b));
}

// ---- tags of the collection or blog that is shown
struct tags {
    struct str base;             // its address
    struct liquid_value current; // tags that are chosen
    int64_t n;
};

static bool tags_of(struct liquid_call *c, struct tags *out, struct err *err) {
    *out = (struct tags){.current = liquid_lookup(c->vm, S("current_tags"))};
    TRY(value_text(c->arena, liquid_lookup(c->vm, S("collection")), "url", &out->base, err));
    if (!out->base.p)
        TRY(value_text(c->arena, liquid_lookup(c->vm, S("blog")), "url", &out->base, err));
    if (out->base.p && liquid_lookup(c->vm, S("collection")).type == LIQUID_NIL)
        out->base = arena_fmt(c->arena, STR_FMT "/tagged", STR_ARG(out->base));
    return value_count_of(c->arena, out->current, &out->n, err);
}

// The address with the chosen tags, tag among them or not.
static bool tag_url(struct liquid_call *c, const struct tags *t, struct str tag, bool with,
                    struct str *out, struct err *err) {
    struct buf b = call_buf(c);
    struct str handle = handle_of(c->arena, tag);
    buf_put(&b, t->base);
    char gap = '/';
    for (int64_t i = 0; i < t->n; i++) {
        struct liquid_value v;
        TRY(value_at(c->arena, t->current, i, &v, err));
        struct str each = handle_of(c->arena, liquid_to_str(c->arena, v));
        if (str_eq(each, handle)) continue;
        buf_char(&b, gap);
        buf_put(&b, each);
        gap = '+';
    }
    if (with) {
        buf_char(&b, gap);
        buf_put(&b, handle);
    }
    *out = buf_str(&b);
    return true;
}

enum tag_link { TAG_ONLY, TAG_ADD, TAG_REMOVE };
static bool tag_link(struct liquid_call *c, enum tag_link how, struct str title,
                     struct liquid_value *out, struct err *err) {
    struct tags t;
    struct str tag = call_arg(c, 0), url;
    if (!tag.p) tag = call_in(c);
    TRY(tags_of(c, &t, err));
    if (how == TAG_ONLY) t.n = 0;
    TRY(tag_url(c, &t, tag, how != TAG_REMOVE, &url, err));
    title = arena_fmt(c->arena, STR_FMT " " STR_FMT, STR_ARG(title), STR_ARG(tag));
    return put_link(c, url, title, out);
}

FILTER(link_to_tag) {
    return tag_link(c, TAG_ONLY, words(c, "Show products matching tag", "Zeige alles mit"), out,
                    err);
}
FILTER(link_to_add_tag) {
    struct str title =
        words(c, "Narrow selection to products matching tag", "Auswahl einschränken auf");
    return tag_link(c, TAG_ADD, title, out, err);
}
FILTER(link_to_remove_tag) {
    return tag_link(c, TAG_REMOVE, words(c, "Remove tag", "Entfernen:"), out, err);
}

FILTER(highlight_active_tag) {
    struct tags t;
    struct str tag = call_in(c);
    *out = c->input;
    TRY(tags_of(c, &t, err));
    for (int64_t i = 0; i < t.n; i++) {
        struct liquid_value v;
        TRY(value_at(c->arena, t.current, i, &v, err));
        if (!str_eq_nocase(liquid_to_str(c->arena, v), tag)) continue;
        struct buf b = call_buf(c);
        buf_put(&b, S("<span class=\"active\">"));
        put_html(&b, c->input);
        buf_put(&b, S("</span>"));
        return give_html(out, &b);
    }
    return true;
}

// ---- the cart's lines
static bool line_number(struct liquid_call *c, struct liquid_value line, const char *key,
                        int64_t *out, struct err *err) {
    struct liquid_value v;
    TRY(value_get(c->arena, line, key, &v, err));
    *out = liquid_to_int(v, 0);
    return true;
}

FILTER(item_count_for_variant) {
    int64_t wanted = liquid_to_int(liquid_arg(&c->args, 0), -1), n, sum = 0;
    struct liquid_value items, line;
    TRY(value_get(c->arena, c->input, "items", &items, err));
    TRY(value_count_of(c->arena, items, &n, err));
    for (int64_t i = 0; i < n; i++) {
        int64_t id, quantity;
        TRY(value_at(c->arena, items, i, &line, err));
        TRY(line_number(c, line, "variant_id", &id, err));
        TRY(line_number(c, line, "quantity", &quantity, err));
        if (id == wanted) sum += quantity;
    }
    *out = liquid_int(sum);
    return true;
}

FILTER(line_items_for) {
    struct liquid_value about = liquid_arg(&c->args, 0), items, line;
    const struct theme_kind *kind = theme_kind_of(about);
    const char *key = kind && str_eq(str_c(kind->name), S("variant")) ? "variant_id" : "product_id";
    VEC(struct liquid_value) found = {0};
    int64_t wanted, n, id;
    TRY(line_number(c, about, "id", &wanted, err));
    TRY(value_get(c->arena, c->input, "items", &items, err));
    TRY(value_count_of(c->arena, items, &n, err));
    for (int64_t i = 0; i < n; i++) {
        TRY(value_at(c->arena, items, i, &line, err));
        TRY(line_number(c, line, key, &id, err));
        if (wanted && id == wanted) *VEC_PUSH(c->arena, &found) = line;
    }
    *out = liquid_array(found.v, found.n);
    return true;
}
