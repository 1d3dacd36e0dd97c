// SPDX-License-Identifier: Apache-2.0
// `kontor liquid`: one case a line in, its answer out.
#include <stdlib.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/json.h"
#include "liquid/syntax.h"
#include "liquid/vm.h"

#define CASE_OUTPUT ((size_t)16 << 20)

struct bench { // the host of one case
    struct arena *a;
    struct liquid_value templates;
    UCalendar *zone;
};

static struct str bare_name(struct str name) { // without its ending
    bool ending = name.n >= 7 && str_eq_nocase(str_from(name, name.n - 7), S(".liquid"));
    return ending ? str_sub(name, 0, name.n - 7) : name;
}

static bool bench_find(const struct bench *b, struct str name, bool bare, struct str *text_out) {
    for (size_t i = 0; i < liquid_map_size(b->templates.map); i++) {
        struct str key;
        struct liquid_value v;
        liquid_map_entry(b->templates.map, i, &key, &v);
        if (!str_eq_nocase(bare ? bare_name(key) : key, bare ? bare_name(name) : name)) continue;
        *text_out = value_str(b->a, v);
        return true;
    }
    return false;
}

static bool bench_load(void *self, void *page, struct str name,
                       const struct liquid_template **template_out, struct str *text_out) {
    const struct bench *b = self;
    (void)page;
    (void)template_out;
    return b->templates.type == LIQUID_MAP &&
           (bench_find(b, name, false, text_out) || bench_find(b, name, true, text_out));
}

// A file system that refuses every partial, as the reference's blank one does.
static bool no_partials(struct liquid_value templates) {
    return templates.type == LIQUID_MAP && liquid_map_size(templates.map) == 1 &&
           liquid_map_get(templates.map, S("_error-message"));
}

static int bench_offset(void *self, void *page, instant t) {
    struct bench *b = self;
    (void)page;
    UErrorCode status = U_ZERO_ERROR;
    if (!b->zone) return 0;
    ucal_setMillis(b->zone, (double)(t / 1000), &status);
    int32_t zone = ucal_get(b->zone, UCAL_ZONE_OFFSET, &status);
    int32_t summer = ucal_get(b->zone, UCAL_DST_OFFSET, &status);
    return U_SUCCESS(status) ? (zone + summer) / 1000 : 0;
}

static UCalendar *zone_open(struct arena *a, struct str name) {
    UErrorCode status = U_ZERO_ERROR;
    UChar id[64];
    int32_t n = 0;
    if (!name.n || str_eq_nocase(name, S("utc"))) return NULL;
    u_strFromUTF8(id, 64, &n, arena_cstr(a, name), -1, &status);
    return ucal_open(id, n, "en", UCAL_GREGORIAN, &status);
}

static struct str field(struct liquid_value in, struct str key) {
    const struct liquid_value *v = liquid_map_get(in.map, key);
    return v ? liquid_str(*v) : (struct str){0};
}

static void answer_error(struct buf *out, const struct liquid_error *e) {
    struct json_writer w = json_writer(out);
    json_begin_object(&w);
    json_key(&w, "error");
    json_begin_object(&w);
    json_key(&w, "phase");
    json_put_str(&w, e->is_parse ? S("parse") : S("render"));
    json_key(&w, "message");
    json_put_str(&w, e->message);
    json_key(&w, "line");
    if (e->line)
        json_put_int(&w, e->line);
    else
        json_put_null(&w);
    json_end_object(&w);
    json_end_object(&w);
}

static void answer_output(struct buf *out, struct str text) {
    struct json_writer w = json_writer(out);
    json_begin_object(&w);
    json_key(&w, "output");
    json_put_str(&w, text);
    json_end_object(&w);
}

static enum liquid_mode mode_of(struct str s) {
    if (str_eq(s, S("lax"))) return LIQUID_LAX;
    return str_eq(s, S("strict2")) || str_eq(s, S("rigid")) ? LIQUID_STRICT2 : LIQUID_STRICT;
}

// The instant the case names, as text or in seconds; without one, the instant at which the clock of
// Shopify's published suite stands.
static instant clock_of(struct liquid_value in) {
    const struct liquid_value *v = liquid_map_get(in.map, S("now"));
    instant now = INT64_C(1704067318) * SECOND;
    bool seconds = v && v->type == LIQUID_INT && llabs(v->integer) <= INT64_C(253402300799);
    if (seconds)
        now = v->integer * SECOND;
    else
        instant_parse(field(in, S("now")), &now);
    return now;
}

static void run(struct bench *b, struct liquid_value in, struct buf *out) {
    struct liquid_host host = {.self = b, .utc_offset = bench_offset};
    if (!no_partials(b->templates)) host.load = bench_load;
    struct liquid_options o = {.mode = mode_of(field(in, S("error_mode"))), .host = &host};
    const struct liquid_value *data = liquid_map_get(in.map, S("data"));
    const struct liquid_template *t;
    struct liquid_error error = {0};
    struct err err = {0};
    struct liquid_render_in r = {.arena = b->a, .error = &error, .data = NULL};
    if (data && data->type == LIQUID_MAP) r.globals = data->map;
    r.raise = str_eq(field(in, S("render_errors")), S("raise"));
    r.now = clock_of(in);
    if (!liquid_compile(b->a, field(in, S("template")), &o, &t, &error, &err)) {
        answer_error(out, &error);
        return;
    }
    struct buf text = buf_new(b->a, CASE_OUTPUT);
    if (liquid_render(t, &r, &text, &err))
        answer_output(out, buf_str(&text));
    else
        answer_error(out, &error);
}

bool liquid_conformance_line(struct arena *a, struct str line, struct buf *out) {
    struct liquid_value in;
    struct err err = {0};
    bool ok = liquid_parse_json(a, line, &in, &err) && in.type == LIQUID_MAP &&
              field(in, S("template")).p;
    if (!ok) {
        struct liquid_error e = {true, 0, S("The line is not a JSON object with a template.")};
        answer_error(out, &e);
        buf_char(out, '\n');
        return false;
    }
    const struct liquid_value *templates = liquid_map_get(in.map, S("templates"));
    struct bench b = {.a = a, .templates = templates ? *templates : liquid_nil()};
    b.zone = zone_open(a, field(in, S("tz")));
    run(&b, in, out);
    if (b.zone) ucal_close(b.zone);
    buf_char(out, '\n');
    return true;
}
