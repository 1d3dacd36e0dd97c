// SPDX-License-Identifier: Apache-2.0
#include "shop/theme_host.h"

#include "core/app.h"
#include "mod/themes/themes.h"
#include "shop/object/content.h"
#include "shop/object/goods.h"
#include "shop/object/people.h"

// "1.234,50 €" → "1.234,50"
static struct str without_symbol(struct arena *a, struct str shown, bool negative) {
    struct buf b = buf_new(a, 0);
    if (negative) buf_char(&b, '-');
    for (size_t i = 0; i < shown.n; i++) {
        char ch = shown.p[i];
        if ((ch >= '0' && ch <= '9') || ch == '.' || ch == ',') buf_char(&b, ch);
    }
    return buf_str(&b);
}

// "12,00 €" → "12 €"; a sum that is not whole stays.
static struct str without_zeros(struct arena *a, struct str shown, int digits) {
    struct buf b = buf_new(a, 0);
    size_t n = (size_t)digits;
    for (size_t i = 0; n && i + n < shown.n; i++) {
        bool mark = shown.p[i] == '.' || shown.p[i] == ',';
        size_t zeros = 0;
        while (mark && zeros < n && shown.p[i + 1 + zeros] == '0') zeros++;
        bool ends = i + 1 + n == shown.n || shown.p[i + 1 + n] < '0' || shown.p[i + 1 + n] > '9';
        if (!mark || zeros < n || !ends) continue;
        buf_put(&b, str_sub(shown, 0, i));
        buf_put(&b, str_from(shown, i + 1 + n));
        return buf_str(&b);
    }
    return shown;
}

static void host_money(void *page, int64_t minor, enum theme_money how, struct buf *out) {
    struct page *p = page;
    struct ctx *c = p->c;
    struct currency cur = shop_currency(c);
    struct str shown = money_of(c, minor);
    switch (how) {
    case THEME_MONEY:
        buf_put(out, shown);
        break;
    case THEME_MONEY_WITH_CURRENCY:
        buf_fmt(out, STR_FMT " %s", STR_ARG(shown), cur.code);
        break;
    case THEME_MONEY_WITHOUT_CURRENCY:
        buf_put(out, without_symbol(c->arena, shown, minor < 0));
        break;
    case THEME_MONEY_WITHOUT_TRAILING:
        buf_put(out, without_zeros(c->arena, shown, currency_digits(cur)));
        break;
    }
}

// Things that show a picture of their own, by the property that holds it.
static bool inner_image(struct arena *a, struct liquid_value v, struct liquid_value *out,
                        struct err *err) {
    static const struct str names[] = {S_INIT("image"), S_INIT("featured_image"),
                                       S_INIT("preview_image")};
    *out = liquid_nil();
    bool thing = v.type == LIQUID_OBJECT || v.type == LIQUID_MAP;
    for (size_t i = 0; thing && out->type == LIQUID_NIL && i < ARRAY_LEN(names); i++)
        TRY(liquid_get(a, v, names[i], out, err));
    return true;
}

static bool host_image_of(void *page, struct liquid_value input, struct liquid_value *image_out,
                          struct err *err) {
    struct page *p = page;
    *image_out = liquid_nil();
    if (liquid_is_text(input))
        return goods_image_named(p, liquid_str(input), image_out) || told(p, err);
    TRY(goods_image_of(input, image_out, err));
    if (image_out->type != LIQUID_NIL) return true;
    struct liquid_value inner;
    TRY(inner_image(p->c->arena, input, &inner, err));
    return inner.type == LIQUID_NIL || goods_image_of(inner, image_out, err);
}

// One size is kept of a picture today, so the size asked for changes nothing.
static bool host_image_url(void *page, struct liquid_value input, const struct theme_image_size *s,
                           struct buf *out, struct err *err) {
    (void)s;
    struct liquid_value image;
    const struct picture *pic = NULL;
    TRY(host_image_of(page, input, &image, err));
    if (image.type == LIQUID_NIL) return true;
    TRY(goods_picture(image, &pic, err));
    if (!pic || !pic->hash.n) return true;
    buf_put(out, S("/media/"));
    buf_put(out, pic->hash);
    buf_char(out, '/');
    buf_url(out, pic->filename.n ? pic->filename : S("image"));
    return true;
}

static struct str host_local_path(void *page, struct str path) {
    struct page *p = page;
    return url_local(p->c, path);
}

static struct str host_file_url(void *page, struct str name) {
    struct page *p = page;
    struct shop_picture_named row;
    bool found = false;
    struct shop_picture_named_in in = {name};
    if (!name.n || !shop_picture_named(&p->c->db, &in, &row, &found) || !found)
        return (struct str){0};
    struct buf b = buf_new(p->c->arena, 0);
    buf_fmt(&b, "/media/" STR_FMT "/", STR_ARG(row.hash));
    buf_url(&b, row.filename);
    return buf_str(&b);
}

// The platform's own words are messages of the shop: "shopify.page_titles.404" is
// shop.system.page_titles.404.
static struct str host_system_text(void *page, struct str key) {
    struct page *p = page;
    if (!str_starts(key, S("shopify.")) || key.n > 200) return (struct str){0};
    const char *own = arena_fmt(p->c->arena, "shop.system." STR_FMT, STR_ARG(str_from(key, 8))).p;
    return tr_exists(p->c, own) ? tr(p->c, own) : (struct str){0};
}

static void host_problem(void *page, struct str file, int line, struct str message) {
    struct page *p = page;
    if (p->hold) themes_problem(p->c, p->hold, file, line, message);
}

static instant host_clock(void *page) { return ctx_clock(((struct page *)page)->c); }

static int host_utc_offset(void *page, instant t) {
    struct page *p = page;
    instant wall = instant_of_civil(zone_civil(p->c, t));
    return (int)((wall - t) / SECOND);
}

const struct theme_host shop_theme_host = {
    .resource = host_resource,
    .money = host_money,
    .image_url = host_image_url,
    .image_of = host_image_of,
    .form = host_form,
    .paginate = host_paginate,
    .local_path = host_local_path,
    .file_url = host_file_url,
    .head = host_head,
    .system_text = host_system_text,
    .problem = host_problem,
    .utc_offset = host_utc_offset,
    .clock = host_clock,
};
