// SPDX-License-Identifier: Apache-2.0
// golden-liquid (MIT, James Prior): 1,054 cases in ../shared/data/liquid/golden_liquid.json, read
// from beside the source tree; skipped when it is not there. Cases without a tag run in lax mode,
// tagged ones in strict or strict2.
#include <stdlib.h>

#include "base/test.h"
#include "liquid/liquid.h"

static struct str read_all(struct arena *a, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return (struct str){0};
    struct buf b = buf_new(a, (size_t)64 << 20);
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) buf_put(&b, (struct str){piece, n});
    fclose(f);
    return buf_str(&b);
}

static struct str golden_text(struct arena *a) {
    const char *shared = getenv("KONTOR_SHARED"), *source = getenv("KONTOR_SOURCE");
    struct str path =
        shared ? arena_fmt(a, "%s/data/liquid/golden_liquid.json", shared)
               : arena_fmt(a, "%s/../shared/data/liquid/golden_liquid.json", source ? source : ".");
    return read_all(a, path.p);
}

static const struct liquid_value *get(struct liquid_value v, const char *key) {
    return liquid_map_get(v.map, str_c(key));
}

static struct str text(struct liquid_value v, const char *key) {
    const struct liquid_value *f = get(v, key);
    return f ? liquid_str(*f) : (struct str){0};
}

static bool tagged(struct liquid_value test, const char *tag) {
    const struct liquid_value *tags = get(test, "tags");
    for (uint32_t i = 0; tags && i < tags->n; i++)
        if (str_eq(liquid_str(tags->items[i]), str_c(tag))) return true;
    return false;
}

static bool load(void *self, void *page, struct str name, const struct liquid_template **t,
                 struct str *out) {
    const struct liquid_value *templates = self;
    (void)page;
    (void)t;
    const struct liquid_value *v = templates ? liquid_map_get(templates->map, name) : NULL;
    if (v) *out = liquid_str(*v);
    return v != NULL;
}

static bool run(struct arena *a, struct liquid_value test, bool raise, struct str *out) {
    const struct liquid_value *templates = get(test, "templates"), *data = get(test, "data");
    struct liquid_host host = {.self = (void *)(uintptr_t)templates, .load = load};
    struct liquid_options o = {.host = &host,
                               .mode = tagged(test, "strict2")  ? LIQUID_STRICT2
                                       : tagged(test, "strict") ? LIQUID_STRICT
                                                                : LIQUID_LAX};
    const struct liquid_template *t;
    struct liquid_error error = {0};
    struct err err = {0};
    struct buf b = buf_new(a, 0);
    struct liquid_render_in in = {.arena = a, .raise = raise, .error = &error};
    if (data) in.globals = data->map;
    bool ok = liquid_compile(a, text(test, "template"), &o, &t, &error, &err) &&
              liquid_render(t, &in, &b, &err);
    *out = ok ? buf_str(&b) : error.message;
    return ok;
}

static bool passes(struct arena *a, struct liquid_value test, struct str *got) {
    const struct liquid_value *invalid = get(test, "invalid"), *results = get(test, "results");
    if (invalid && liquid_truthy(*invalid)) return !run(a, test, true, got);
    if (!run(a, test, false, got)) return false;
    if (!results) return str_eq(*got, text(test, "result"));
    for (uint32_t i = 0; i < results->n; i++)
        if (str_eq(*got, liquid_str(results->items[i]))) return true;
    return false;
}

static void test_golden(void **state) {
    (void)state;
    struct arena a = {0}, scratch = {0};
    struct liquid_value all;
    struct err err = {0};
    struct str json = golden_text(&a);
    if (!json.n) skip_because("../shared/data/liquid/golden_liquid.json is not there");
    assert_ok(liquid_parse_json(&a, json, &all, &err), &err);
    const struct liquid_value *tests = get(all, "tests");
    assert_non_null(tests);
    uint32_t failed = 0;
    for (uint32_t i = 0; i < tests->n; i++) {
        struct liquid_value t = tests->items[i];
        struct str got;
        if (!passes(&scratch, t, &got)) {
            failed++;
            print_error("%u " STR_FMT "\n  template " STR_FMT "\n  got      " STR_FMT
                        "\n  want     " STR_FMT "\n",
                        failed, STR_ARG(text(t, "name")), STR_ARG(text(t, "template")),
                        STR_ARG(got), STR_ARG(text(t, "result")));
        }
        arena_reset(&scratch);
    }
    print_message("golden-liquid: %u passed, %u failed\n", tests->n - failed, failed);
    assert_true(tests->n >= 1054);
    assert_int_equal(failed, 0);
    arena_done(&a);
    arena_done(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};
    return TEST_GROUP(tests);
}
