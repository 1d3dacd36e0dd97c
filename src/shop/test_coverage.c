// SPDX-License-Identifier: Apache-2.0
// docs/liquid-coverage.md says what is. The names come from theme-liquid-docs, read from beside the
// source tree (skipped when they are not there). UPDATE=1 writes the page anew.
#include <stdlib.h>

#include "base/test.h"
#include "shop/object/content.h"
#include "shop/object/goods.h"
#include "shop/object/people.h"
#include "theme/coverage.h"

static const struct theme_kind *const content_kinds[] = {
    &blog_kind, &blogs_kind,    &article_kind,   &articles_kind, &comment_kind,
    &user_kind, &linklist_kind, &linklists_kind, &link_kind,     NULL,
};
// Without properties: given by the theme's render, by the shop's page (object/global.c, render.c).
static const char *const globals[] = {
    "all_country_option_tags",
    "canonical_url",
    "content_for_header",
    "content_for_layout",
    "country_option_tags",
    "current_page",
    "current_tags",
    "handle",
    "page_description",
    "page_image",
    "page_title",
    "powered_by_link",
    "settings",
    NULL,
};

static struct str read_all(struct arena *a, struct str path) {
    FILE *f = fopen(path.p, "rb");
    if (!f) return (struct str){0};
    struct buf b = buf_new(a, (size_t)64 << 20);
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) buf_put(&b, (struct str){piece, n});
    fclose(f);
    return buf_str(&b);
}

static struct str docs_file(struct arena *a, const char *name) {
    const char *shared = getenv("KONTOR_SHARED"), *source = getenv("KONTOR_SOURCE");
    struct str root = shared ? str_c(shared) : arena_fmt(a, "%s/../shared", source ? source : ".");
    return read_all(a,
                    arena_fmt(a, STR_FMT "/data/liquid/theme-liquid-docs/%s", STR_ARG(root), name));
}

static void write_page(struct str path, struct str text) {
    FILE *f = fopen(path.p, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
    assert_int_equal(fclose(f), 0);
}

static void the_page_says_what_is(void **state) {
    (void)state;
    static const struct theme_kind *const *const kinds[] = {theme_kinds, goods_kinds, people_kinds,
                                                            content_kinds};
    struct arena a = {0};
    struct err err = {0};
    const struct coverage_in in = {
        .filters = docs_file(&a, "filters.json"),
        .tags = docs_file(&a, "tags.json"),
        .objects = docs_file(&a, "objects.json"),
        .kinds = kinds,
        .n = ARRAY_LEN(kinds),
        .globals = globals,
    };
    if (!in.filters.p || !in.tags.p || !in.objects.p) {
        arena_done(&a);
        skip_because("theme-liquid-docs are not beside the source tree");
    }
    struct buf page = buf_new(&a, 0), wrong = buf_new(&a, 0);
    assert_ok(coverage_write(&a, &in, &page, &wrong, &err), &err);
    if (wrong.n) print_error(STR_FMT, STR_ARG(buf_str(&wrong)));
    const char *source = getenv("KONTOR_SOURCE");
    struct str path = arena_fmt(&a, "%s/docs/liquid-coverage.md", source ? source : ".");
    if (getenv("UPDATE")) write_page(path, buf_str(&page));
    bool same = str_eq(read_all(&a, path), buf_str(&page));
    if (!same)
        print_error("docs/liquid-coverage.md is not what the tables say: run with UPDATE=1\n");
    assert_true(same);
    assert_int_equal(wrong.n, 0);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_says_what_is)};
    return TEST_GROUP(tests);
}
