// SPDX-License-Identifier: Apache-2.0
// What stands in and round forms and lists: errors, pages, currencies, addresses, payment marks.
#include "theme/filter_private.h"

// A message that begins with its field's name is joined to it: "E-mail" + "is missing".
static bool put_error(struct buf *b, struct liquid_call *c, struct liquid_value errors,
                      struct liquid_value field, struct err *err) {
    struct liquid_value fields, messages, name, message;
    struct str key = liquid_to_str(c->arena, field);
    TRY(value_get(c->arena, errors, "translated_fields", &fields, err));
    TRY(value_get(c->arena, errors, "messages", &messages, err));
    TRY(value_get(c->arena, fields, arena_cstr(c->arena, key), &name, err));
    TRY(value_get(c->arena, messages, arena_cstr(c->arena, key), &message, err));
    buf_put(b, S("<li>"));
    if (!str_eq(key, S("form")) && name.type != LIQUID_NIL) {
        put_html(b, name);
        buf_char(b, ' ');
    }
    if (message.type != LIQUID_NIL)
        put_html(b, message);
    else
        put_html(b, field);
    buf_put(b, S("</li>"));
    return true;
}

FILTER(default_errors) {
    struct liquid_value field;
    struct buf b = call_buf(c);
    int64_t n = 0;
    TRY(value_count_of(c->arena, c->input, &n, err));
    if (!n) return give_text(out, S(""));
    buf_put(&b, S("<div class=\"errors\"><ul>"));
    for (int64_t i = 0; i < n; i++) {
        TRY(value_at(c->arena, c->input, i, &field, err));
        TRY(put_error(&b, c, c->input, field, err));
    }
    buf_put(&b, S("</ul></div>"));
    return give_html(out, &b);
}

// ---- pages
static bool put_part(struct buf *b, struct liquid_call *c, struct liquid_value part,
                     const char *class_name, struct str text, struct err *err) {
    struct liquid_value link, title;
    struct str url;
    TRY(value_get(c->arena, part, "is_link", &link, err));
    TRY(value_text(c->arena, part, "url", &url, err));
    TRY(value_get(c->arena, part, "title", &title, err)); // "&hellip;" is markup
    if (!liquid_truthy(link)) url = (struct str){0};
    struct str anchor = call_named(c, "anchor");
    if (url.p && anchor.n)
        url = arena_fmt(c->arena, STR_FMT "#" STR_FMT, STR_ARG(url), STR_ARG(anchor));
    if (b->n) buf_char(b, ' ');
    buf_fmt(b, "<span class=\"%s\">", class_name);
    if (url.p) {
        buf_put(b, S("<a"));
        put_attr(b, "href", url);
        put_attr(b, "title", S(""));
        buf_char(b, '>');
    }
    put_html(b, text.p ? liquid_text(text) : title);
    buf_put(b, url.p ? S("</a></span>") : S("</span>"));
    return true;
}

static bool put_number(struct buf *b, struct liquid_call *c, struct liquid_value part,
                       int64_t current, struct err *err) {
    struct liquid_value link;
    struct str title;
    int64_t number = 0;
    TRY(value_get(c->arena, part, "is_link", &link, err));
    TRY(value_text(c->arena, part, "title", &title, err));
    bool is_number = title.p && str_to_int(title, &number);
    const char *class_name = liquid_truthy(link)              ? "page"
                             : is_number && number == current ? "page current"
                                                              : "deco";
    return put_part(b, c, part, class_name, (struct str){0}, err);
}

FILTER(default_pagination) {
    struct liquid_value parts, part, previous, next, current;
    struct buf b = call_buf(c);
    int64_t n;
    TRY(value_get(c->arena, c->input, "parts", &parts, err));
    TRY(value_get(c->arena, c->input, "previous", &previous, err));
    TRY(value_get(c->arena, c->input, "next", &next, err));
    TRY(value_get(c->arena, c->input, "current_page", &current, err));
    TRY(value_count_of(c->arena, parts, &n, err));
    struct str back = call_named(c, "previous"), on = call_named(c, "next");
    if (!back.p) back = words(c, "« Previous", "« Zurück");
    if (!on.p) on = words(c, "Next »", "Weiter »");
    if (liquid_truthy(previous)) TRY(put_part(&b, c, previous, "prev", back, err));
    for (int64_t i = 0; i < n; i++) {
        TRY(value_at(c->arena, parts, i, &part, err));
        TRY(put_number(&b, c, part, liquid_to_int(current, 0), err));
    }
    if (liquid_truthy(next)) TRY(put_part(&b, c, next, "next", on, err));
    return give_html(out, &b);
}

// ---- currencies
FILTER(currency_selector) {
    struct liquid_value list, each, chosen;
    struct str code, now;
    int64_t n;
    struct liquid_value cart = liquid_lookup(c->vm, S("cart"));
    TRY(value_get(c->arena, liquid_lookup(c->vm, S("shop")), "enabled_currencies", &list, err));
    TRY(value_get(c->arena, cart, "currency", &chosen, err));
    TRY(value_text(c->arena, chosen, "iso_code", &now, err));
    TRY(value_count_of(c->arena, list, &n, err));
    struct buf b = call_buf(c);
    static const char *const own[] = {"name", NULL};
    buf_put(&b, S("<select name=\"currency\""));
    put_named_attrs(&b, c, own);
    buf_char(&b, '>');
    for (int64_t i = 0; i < n; i++) {
        TRY(value_at(c->arena, list, i, &each, err));
        TRY(value_text(c->arena, each, "iso_code", &code, err));
        buf_put(&b, S("<option"));
        put_attr(&b, "value", code);
        if (str_eq(code, now)) buf_put(&b, S(" selected=\"selected\""));
        buf_char(&b, '>');
        buf_html(&b, code);
        buf_put(&b, S("</option>"));
    }
    buf_put(&b, S("</select>"));
    return give_html(out, &b);
}

// ---- addresses
struct address {
    struct str name, company, address1, address2, city, zip, province, country, country_code;
};

static bool address_of(struct liquid_call *c, struct address *out, struct err *err) {
    const struct {
        const char *key;
        struct str *to;
    } fields[] = {{"name", &out->name},
                  {"company", &out->company},
                  {"address1", &out->address1},
                  {"address2", &out->address2},
                  {"city", &out->city},
                  {"zip", &out->zip},
                  {"province_code", &out->province},
                  {"country_code", &out->country_code}};
    struct liquid_value country;
    *out = (struct address){0};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        TRY(value_text(c->arena, c->input, fields[i].key, fields[i].to, err));
    TRY(value_get(c->arena, c->input, "country", &country, err));
    if (liquid_is_text(country)) out->country = liquid_str(country);
    if (!out->country.p) TRY(value_text(c->arena, country, "name", &out->country, err));
    if (!out->country.p && country.type != LIQUID_NIL)
        out->country = liquid_to_str(c->arena, country);
    return true;
}

static struct str joined(struct arena *a, struct str x, struct str y) {
    if (!x.n || !y.n) return x.n ? x : y;
    return arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(x), STR_ARG(y));
}

// Town and code in the order of the country: "K2P 1L4" comes last in English-speaking ones.
static struct str town(struct arena *a, const struct address *d) {
    static const char *const code_last[] = {"US", "CA", "GB", "AU", "NZ", "IE", "IN"};
    for (size_t i = 0; i < ARRAY_LEN(code_last); i++)
        if (str_eq(d->country_code, str_c(code_last[i])))
            return joined(a, joined(a, d->city, d->province), d->zip);
    return joined(a, d->zip, d->city);
}

FILTER(format_address) {
    struct address d;
    if (liquid_is_text(c->input) || c->input.type == LIQUID_NIL) return give_text(out, call_in(c));
    TRY(address_of(c, &d, err));
    const struct str lines[] = {d.name,     d.company,          d.address1,
                                d.address2, town(c->arena, &d), d.country};
    struct buf b = call_buf(c);
    buf_put(&b, S("<p>"));
    for (size_t i = 0, n = 0; i < ARRAY_LEN(lines); i++) {
        if (!lines[i].n) continue;
        if (n++) buf_put(&b, S("<br>"));
        buf_html(&b, lines[i]);
    }
    buf_put(&b, S("</p>"));
    return give_html(out, &b);
}
