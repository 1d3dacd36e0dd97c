// SPDX-License-Identifier: Apache-2.0
#include "core/view_filters.h"

#include "core/app.h"
#include "core/i18n.h"

#define T_ARGS_MAX 16

static struct ctx *ctx_of(const struct liquid_call *call) {
    return ((struct view_page *)call->page)->ctx;
}

static bool filter_t(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    struct ctx *c = ctx_of(call);
    struct msg_arg args[T_ARGS_MAX];
    size_t n = call->args.named_n < T_ARGS_MAX ? call->args.named_n : T_ARGS_MAX;
    for (size_t i = 0; i < n; i++) {
        struct liquid_value v = call->args.named[i];
        args[i].name = arena_cstr(call->arena, call->args.names[i]);
        args[i].number = v.type == LIQUID_INT ? v.integer : 0;
        args[i].text = v.type == LIQUID_INT ? (struct str){0} : liquid_to_str(call->arena, v);
        if (v.type != LIQUID_INT && !args[i].text.p) args[i].text = S("");
    }
    *out = liquid_text(tr_str(c, liquid_to_str(call->arena, call->input), args, n));
    return true;
}

static bool filter_money(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    struct ctx *c = ctx_of(call);
    if (call->input.type == LIQUID_MONEY) {
        struct money m = {call->input.integer, {""}};
        memcpy(m.cur.code, &call->input.n, 3);
        *out = liquid_text(show_money(c, m));
        return true;
    }
    if (call->input.type == LIQUID_NIL) return true;
    struct currency cur = shop_currency(c), named;
    if (currency_parse(liquid_str(liquid_arg(&call->args, 0)), &named)) cur = named;
    *out = liquid_text(show_money(c, money(liquid_to_int(call->input, 0), cur)));
    return true;
}

static bool to_instant(struct liquid_call *call, instant *out) {
    struct liquid_value v = call->input;
    struct str s = liquid_str(v);
    if (v.type == LIQUID_TIME)
        *out = v.time;
    else if (v.type == LIQUID_INT)
        *out = v.integer;
    else if (str_eq(s, S("now")) || str_eq(s, S("today")))
        *out = ctx_of(call)->now;
    else
        return instant_parse(s, out);
    return true;
}

static bool strftime_date(struct liquid_call *call, instant t, struct str format,
                          struct liquid_value *out, struct err *err) {
    struct view_page *p = call->page;
    struct liquid_value time = liquid_time(t);
    instant wall = instant_of_civil(zone_civil(p->ctx, t));
    time.n = (uint32_t)(int32_t)((wall - t) / SECOND);
    struct liquid_map *data = liquid_map_new(call->arena);
    liquid_set(data, "t", time);
    liquid_set(data, "f", liquid_text(format));
    struct buf b = buf_new(call->arena, 4096);
    struct liquid_render_in in = {
        .arena = call->arena, .data = data, .now = p->ctx->now, .raise = true};
    TRY(liquid_render(p->date, &in, &b, err));
    *out = liquid_text(buf_str(&b));
    return true;
}

static bool filter_date(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    struct ctx *c = ctx_of(call);
    struct str format = liquid_str(liquid_arg(&call->args, 0));
    instant t = 0;
    if (!to_instant(call, &t)) {
        *out = call->input;
        return true;
    }
    if (str_find_char(format, '%') != STR_NONE) return strftime_date(call, t, format, out, err);
    if (str_eq(format, S("short")))
        *out = liquid_text(show_date_short(c, t));
    else if (str_eq(format, S("datetime")))
        *out = liquid_text(show_datetime(c, t));
    else if (str_eq(format, S("iso")))
        *out = liquid_text(instant_iso(call->arena, t));
    else
        *out = liquid_text(show_date(c, t));
    return true;
}

static bool filter_number(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    *out = liquid_text(show_number(ctx_of(call), liquid_to_int(call->input, 0)));
    return true;
}
static bool filter_decimal(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    *out = liquid_text(show_decimal(ctx_of(call), liquid_to_int(call->input, 0)));
    return true;
}
static bool filter_rate(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    struct ctx *c = ctx_of(call);
    struct str n = show_decimal(c, liquid_to_int(call->input, 0) * 100);
    *out = liquid_text(
        arena_fmt(call->arena, STR_FMT "%s%%", STR_ARG(n), c->lang == LANG_DE ? "\u00a0" : ""));
    return true;
}

static bool filter_asset_url(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    struct view_page *p = call->page;
    *out = liquid_text(arena_fmt(call->arena, STR_FMT STR_FMT, STR_ARG(p->prefix),
                                 STR_ARG(liquid_to_str(call->arena, call->input))));
    return true;
}

static bool filter_image_url(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    struct liquid_value hash = call->input, name = liquid_arg(&call->args, 0);
    if (!liquid_is_text(hash) && hash.type != LIQUID_NIL) {
        TRY(liquid_get(call->arena, call->input, S("filename"), &name, err));
        TRY(liquid_get(call->arena, call->input, S("hash"), &hash, err));
    }
    if (!liquid_is_text(hash) || !liquid_str(hash).n) return true;
    struct buf b = buf_new(call->arena, 8192);
    buf_put(&b, S("/media/"));
    buf_url(&b, liquid_str(hash));
    buf_char(&b, '/');
    buf_url(&b, liquid_str(name).n ? liquid_str(name) : S("image"));
    *out = liquid_text(buf_str(&b));
    return true;
}

static bool filter_link(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    *out = liquid_text(url_local(ctx_of(call), liquid_to_str(call->arena, call->input)));
    return true;
}

static bool filter_json(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    struct buf b = buf_new(call->arena, 0);
    liquid_json(&b, call->arena, call->input);
    *out = liquid_html(buf_str(&b));
    return true;
}

const struct liquid_filter view_filters[] = {
    {"t", filter_t, NULL},
    {"money", filter_money, NULL},
    {"date", filter_date, NULL},
    {"number", filter_number, NULL},
    {"decimal", filter_decimal, NULL},
    {"rate", filter_rate, NULL},
    {"link", filter_link, NULL},
    {"asset_url", filter_asset_url, NULL},
    {"image_url", filter_image_url, NULL},
    {"json", filter_json, NULL},
};
const size_t view_filter_count = ARRAY_LEN(view_filters);
