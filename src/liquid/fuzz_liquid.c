// SPDX-License-Identifier: Apache-2.0
// Lexer, parser and machine on any text. The first byte chooses mode and escaping; a second
// template, after a NUL, is the partial that render and include find. With escaping on, no text of
// the data may reach the output as markup.
#include "base/fuzz.h"
#include "liquid/liquid.h"

struct fuzz_host {
    struct str partial;
};

static bool load(void *self, void *page, struct str name, const struct liquid_template **t,
                 struct str *out) {
    const struct fuzz_host *h = self;
    (void)page;
    (void)t;
    *out = h->partial;
    return name.n < 3;
}

static bool host_block(struct liquid_call *c, struct err *err) {
    struct liquid_map *m = liquid_map_new(c->arena);
    liquid_set(m, "x", liquid_arg(&c->args, 0));
    return liquid_body(c, m, err) && liquid_body(c, NULL, err);
}

static const struct liquid_tag tags[] = {
    {"form", LIQUID_TAG_BLOCK, host_block, NULL, "by"},
    {"section", LIQUID_TAG_PLAIN, NULL, NULL, NULL},
    {"schema", LIQUID_TAG_RAW, NULL, NULL, NULL},
};

static struct liquid_map *data(struct arena *a) {
    struct liquid_map *m = liquid_map_new(a);
    struct liquid_value v;
    struct err err = {0};
    static const char json[] =
        "{\"a\":[3,\"<x>\",null,[1,2.5],{\"t\":\"<y>\"}],\"p\":{\"t\":\"<z> & "
        "\\u00e4\",\"n\":7},\"s\":\"a,b, <c>\",\"n\":12345678901234567890,"
        "\"f\":-0.25,\"e\":\"\",\"d\":\"March 14, 2016 10:11 PM\"}";
    if (!liquid_parse_json(a, S(json), &v, &err)) return m;
    return v.map;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    if (n < 1 || n > 4096) return 0;
    struct arena a = {0};
    struct str text = {(const char *)p + 1, n - 1};
    size_t nul = str_find_char(text, 0);
    struct fuzz_host self = {nul == STR_NONE ? S("{{ x }}{{ forloop.index }}")
                                             : str_from(text, nul + 1)};
    struct liquid_host host = {.self = &self, .load = load, .tags = tags, .tag_count = 3};
    struct liquid_options o = {
        .mode = (enum liquid_mode)(p[0] % 3), .autoescape = p[0] & 4, .host = &host};
    const struct liquid_template *t;
    struct err err = {0};
    if (liquid_compile(&a, str_sub(text, 0, nul), &o, &t, NULL, &err)) {
        struct buf out = buf_new(&a, 1 << 20);
        struct liquid_render_in in = {
            .arena = &a,
            .globals = data(&a),
            .raise = p[0] & 8,
            .strict_variables = p[0] & 16,
            .limits = {.output = 1 << 18, .assigns = 1 << 20, .steps = 20000, .depth = 20}};
        bool ok = liquid_render(t, &in, &out, &err);
        ensure(ok || err.code != ERR_NONE);
    }
    arena_done(&a);
    return 0;
}
