// SPDX-License-Identifier: Apache-2.0
// Our own cases in cases.jsonl: one line is what `kontor liquid` reads, with the answer beside it:
// "result" (the output), or "error" (words of the message; "phase" may say when).
#include <stdlib.h>

#include "base/test.h"
#include "liquid/liquid.h"

#define LINES_MAX ((size_t)16 << 20)

static struct str cases_text(struct arena *a) {
    const char *source = getenv("KONTOR_SOURCE");
    struct str path = arena_fmt(a, "%s/src/liquid/cases.jsonl", source ? source : ".");
    struct buf b = buf_new(a, LINES_MAX);
    char piece[65536];
    FILE *f = fopen(path.p, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) buf_put(&b, (struct str){piece, n});
    fclose(f);
    return buf_str(&b);
}

static struct str text(struct liquid_value v, const char *key) {
    const struct liquid_value *f = v.type == LIQUID_MAP ? liquid_map_get(v.map, str_c(key)) : NULL;
    return f ? liquid_str(*f) : (struct str){0};
}

static bool fits(struct liquid_value want, struct liquid_value got) {
    struct str words = text(want, "error"), phase = text(want, "phase");
    if (!words.p) return text(got, "output").p && str_eq(text(got, "output"), text(want, "result"));
    const struct liquid_value *error = liquid_map_get(got.map, S("error"));
    return error && str_find(text(*error, "message"), words) != STR_NONE &&
           (!phase.p || str_eq(phase, text(*error, "phase")));
}

static void test_cases(void **state) {
    (void)state;
    struct arena a = {0}, scratch = {0};
    struct str all = cases_text(&a);
    size_t count = 0, failed = 0;
    for (size_t from = 0, n; from < all.n; from += n + 1) {
        struct str line = str_from(all, from);
        n = str_find_char(line, '\n');
        if (n == STR_NONE) n = line.n;
        line = str_trim(str_sub(line, 0, n));
        if (str_empty(line)) continue;
        struct liquid_value want, got;
        struct err err = {0};
        struct buf out = buf_new(&scratch, 0);
        assert_ok(liquid_parse_json(&scratch, line, &want, &err), &err);
        assert_true(liquid_conformance_line(&scratch, line, &out));
        assert_ok(liquid_parse_json(&scratch, buf_str(&out), &got, &err), &err);
        assert_true(text(want, "result").p || text(want, "error").p);
        count++;
        if (!fits(want, got)) {
            failed++;
            print_error(STR_FMT "\n  template " STR_FMT "\n  answer   " STR_FMT,
                        STR_ARG(text(want, "name")), STR_ARG(text(want, "template")),
                        STR_ARG(buf_str(&out)));
        }
        arena_reset(&scratch);
    }
    print_message("cases: %zu passed, %zu failed\n", count - failed, failed);
    assert_true(count >= 150);
    assert_int_equal(failed, 0);
    arena_done(&a);
    arena_done(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return TEST_GROUP(tests);
}
