// SPDX-License-Identifier: Apache-2.0
// Menus: levels, languages, what they lead to, and what cannot be.
#include <stdio.h>

#include "content_sql.h"
#include "core/kept.h"
#include "core/testing.h"
#include "mod/catalog/catalog.h"
#include "mod/content/content.h"
#include "mod/content/menu.h"
#include "mod/media/media.h"

static void open_shop(struct test_shop *t) {
    test_shop_open(t,
                   &(struct test_shop_options){
                       .modules = TEST_MODULES(&media_module, &catalog_module, &content_module)});
}

struct saving {
    struct menu_draft d;
    int64_t id;
    size_t wrong;
};
static bool save_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct saving *s = self;
    return menu_save(c, &s->d, &s->id, &s->wrong);
}
static bool remove_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return menu_remove(c, *(struct str *)self);
}
static bool shop_body(struct ctx *c, void *self, bool *keep) {
    enum collection_verdict verdict;
    int64_t version;
    int64_t *ids = self;
    (void)keep;
    TRY(collection_save(
        c, &(struct collection_draft){.handle = S("seife"), .title = {{S("Seife"), S("Soap")}}},
        &verdict, &ids[0]));
    return page_save(c,
                     &(struct page_draft){.handle = S("agb"), .title = S("AGB"), .source = S("x")},
                     &ids[1], &version);
}

static bool rename_body(struct ctx *c, void *self, bool *keep) {
    enum collection_verdict verdict;
    int64_t id = *(int64_t *)self;
    (void)keep;
    return collection_save(c,
                           &(struct collection_draft){.id = id,
                                                      .handle = S("kernseife"),
                                                      .title = {{S("Kernseife"), S("Soap")}}},
                           &verdict, &id);
}

static struct menu_text read_menu(struct test_shop *t, const char *handle, enum lang l) {
    struct menu_text m;
    struct ctx *c = test_ctx(t);
    c->lang = l;
    assert_ok(menu_read(c, str_c(handle), true, &m), &c->err);
    return m;
}

static void test_made_by_nobody(void **state) {
    (void)state;
    struct test_shop t;
    int64_t ids[2];
    open_shop(&t);
    assert_ok(tx_run(test_ctx(&t), shop_body, ids), &t.ctx.err);
    struct menu_text m = read_menu(&t, MENU_MAIN, LANG_EN);
    assert_true(m.found && m.n == 1 && !m.id);
    assert_str(m.links[0].shown, "Soap");
    assert_str(m.links[0].title[LANG_DE], "Seife");
    assert_str(read_menu(&t, MENU_FOOTER, LANG_DE).links[0].handle, "agb");
    assert_false(read_menu(&t, "other", LANG_DE).found);
    test_shop_close(&t);
}

static size_t links_seen(struct test_shop *t, struct str *last_out) {
    struct menu_text m = read_menu(t, MENU_MAIN, LANG_DE);
    *last_out = m.n ? m.links[m.n - 1].handle : S("");
    return m.n;
}

// Rows are kept between readings; each write must be seen by the next.
static void test_kept(void **state) {
    (void)state;
    struct test_shop t;
    int64_t ids[2];
    struct str last;
    open_shop(&t);
    assert_ok(tx_run(test_ctx(&t), shop_body, ids), &t.ctx.err);
    struct menu_link links[] = {
        {.level = 1, .kind = MENU_HOME, .title = {S("Start")}},
        {.level = 1, .kind = MENU_COLLECTION, .target_id = ids[0], .title = {S("Alles")}}};
    struct saving s = {
        .d = {.handle = S(MENU_MAIN), .title = {S("Haupt")}, .links = links, .n = 2}};
    assert_ok(tx_run(test_ctx(&t), save_body, &s), &t.ctx.err);
    for (int i = 0; i < 3; i++) assert_int_equal(links_seen(&t, &last), 2);
    assert_str(last, "seife");
    struct kept_counts counts = kept_counts(t.shop.kept);
    assert_true(counts.hits > 0);
    assert_ok(tx_run(test_ctx(&t), rename_body, &ids[0]), &t.ctx.err);
    links_seen(&t, &last);
    assert_str(last, "kernseife");
    s.d.n = 1;
    s.d.version = read_menu(&t, MENU_MAIN, LANG_DE).version;
    assert_ok(tx_run(test_ctx(&t), save_body, &s), &t.ctx.err);
    assert_int_equal(links_seen(&t, &last), 1);
    struct str handle = S(MENU_MAIN);
    assert_ok(tx_run(test_ctx(&t), remove_body, &handle), &t.ctx.err);
    assert_true(read_menu(&t, MENU_MAIN, LANG_DE).id == 0);
    test_shop_close(&t);
}

static void test_levels(void **state) {
    (void)state;
    struct test_shop t;
    int64_t ids[2];
    struct str handle = S(MENU_MAIN);
    open_shop(&t);
    assert_ok(tx_run(test_ctx(&t), shop_body, ids), &t.ctx.err);
    const struct menu_link links[] = {
        {.level = 1, .kind = MENU_COLLECTION, .target_id = ids[0], .title = {S("Bad"), S("Bath")}},
        {.level = 2, .kind = MENU_URL, .url = S("https://e.example/"), .title = {S("Außen")}},
        {.level = 3, .kind = MENU_PAGE, .target_id = ids[1], .title = {S("AGB"), S("Terms")}},
        {.level = 2, .kind = MENU_SEARCH, .title = {S("Suche")}},
        {.level = 1, .kind = MENU_PAGE, .target_id = 999, .title = {S("Weg")}}};
    struct saving s = {
        .d = {.handle = handle, .title = {S("Haupt"), S("Main")}, .links = links, .n = 5}};
    for (s.d.version = 0; s.d.version < 3; s.d.version++) // again and again the same
        assert_ok(tx_run(test_ctx(&t), save_body, &s), &t.ctx.err);
    struct menu_text m = read_menu(&t, MENU_MAIN, LANG_EN);
    assert_int_equal(m.version, 3);
    assert_str(m.shown, "Main");
    assert_str(m.title[LANG_DE], "Haupt");
    assert_int_equal(m.n, 5);
    for (size_t i = 0; i < m.n; i++) assert_int_equal(m.links[i].level, links[i].level);
    assert_str(m.links[0].shown, "Bath");
    assert_str(m.links[0].handle, "seife");
    assert_str(m.links[1].shown, "Außen"); // not translated
    assert_false(m.links[1].title[LANG_EN].p != NULL);
    assert_str(m.links[2].title[LANG_EN], "Terms");
    assert_true(m.links[4].gone && !m.links[2].gone);
    s.d.version = 1; // somebody else was faster
    assert_false(tx_run(test_ctx(&t), save_body, &s));
    assert_int_equal(t.ctx.err.code, ERR_CONFLICT);
    assert_ok(tx_run(test_ctx(&t), remove_body, &handle), &t.ctx.err);
    assert_int_equal(read_menu(&t, MENU_MAIN, LANG_DE).n, 1);
    test_shop_close(&t);
}

static void test_refusals(void **state) {
    (void)state;
    static const struct menu_link cases[] = {
        {.level = 2, .kind = MENU_HOME, .title = {S_INIT("deep at once")}},
        {.level = 0, .kind = MENU_HOME, .title = {S_INIT("no level")}},
        {.level = 1, .kind = MENU_HOME, .title = {S_INIT(" ")}},
        {.level = 1, .kind = MENU_PAGE, .title = {S_INIT("nowhere")}},
        {.level = 1, .kind = MENU_URL, .url = S_INIT("javascript:x"), .title = {S_INIT("x")}},
        {.level = 1, .kind = MENU_URL, .url = S_INIT("//e.example"), .title = {S_INIT("x")}},
        {.level = 1, .kind = MENU_URL, .url = S_INIT("/a b"), .title = {S_INIT("x")}},
        {.level = 1, .kind = MENU_URL, .url = S_INIT(""), .title = {S_INIT("x")}}};
    struct test_shop t;
    open_shop(&t);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct saving s = {.d = {.handle = S("m"), .title = {S("M")}, .links = &cases[i], .n = 1}};
        struct ctx *c = test_ctx(&t);
        assert_false(tx_run(c, save_body, &s));
        assert_string_equal(c->err.field, "links");
    }
    test_shop_close(&t);
}

static void test_addresses(void **state) {
    (void)state;
    struct test_shop t;
    int64_t ids[2];
    open_shop(&t);
    assert_ok(tx_run(test_ctx(&t), shop_body, ids), &t.ctx.err);
    const struct {
        const char *url;
        enum menu_kind kind;
        int64_t target;
    } cases[] = {{"/", MENU_HOME, 0},
                 {"/collections/all", MENU_ALL, 0},
                 {"/collections/seife", MENU_COLLECTION, ids[0]},
                 {"/pages/agb", MENU_PAGE, ids[1]},
                 {"/pages/unknown", MENU_URL, 0},
                 {"/blogs/a/b", MENU_URL, 0},
                 {"https://e.example", MENU_URL, 0}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct menu_link l;
        struct ctx *c = test_ctx(&t);
        assert_ok(menu_link_of_url(c, str_c(cases[i].url), &l), &c->err);
        assert_int_equal(l.kind, cases[i].kind);
        assert_int_equal(l.target_id, cases[i].target);
    }
    test_shop_close(&t);
}

// "a1 b2": link a on level 1, b under it.
static void test_moves(void **state) {
    (void)state;
    static const struct {
        const char *before;
        size_t at;
        enum menu_move how;
        const char *after; // NULL: cannot be
    } cases[] = {
        {"a1 b2 c1 d2 e3", 2, MENU_UP, "c1 d2 e3 a1 b2"},
        {"a1 b2 c1 d2 e3", 0, MENU_DOWN, "c1 d2 e3 a1 b2"},
        {"a1 b2 c1", 1, MENU_UP, NULL},
        {"a1 b2 c1", 1, MENU_DOWN, NULL},
        {"a1 b2 c1", 2, MENU_DOWN, NULL},
        {"a1 b1 c2", 1, MENU_IN, "a1 b2 c3"},
        {"a1 b1 c2 d3", 1, MENU_IN, NULL}, // would be too deep
        {"a1 b1", 0, MENU_IN, NULL},
        {"a1 b2", 1, MENU_IN, NULL},
        {"a1 b2 c3 d2", 1, MENU_OUT, "a1 d2 b1 c2"},
        {"a1 b2 c3 d3", 2, MENU_OUT, "a1 b2 d3 c2"},
        {"a1", 0, MENU_OUT, NULL},
        {"a1 b2 c3 d1", 0, MENU_DROP, "d1"},
        {"a1 b2 c3 d1", 3, MENU_DROP, "a1 b2 c3"},
        {"a1", 1, MENU_DROP, NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct menu_link links[8];
        size_t n = 0;
        char after[64] = "";
        for (const char *p = cases[i].before; *p; p += p[2] ? 3 : 2)
            links[n++] = (struct menu_link){.level = p[1] - '0', .url = {p, 1}};
        assert_int_equal(menu_move(links, &n, cases[i].at, cases[i].how), cases[i].after != NULL);
        for (size_t k = 0; k < n; k++)
            snprintf(after + strlen(after), sizeof after - strlen(after), "%s%c%d", k ? " " : "",
                     links[k].url.p[0], links[k].level);
        assert_string_equal(after, cases[i].after ? cases[i].after : cases[i].before);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_made_by_nobody), cmocka_unit_test(test_levels),
        cmocka_unit_test(test_refusals),       cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_moves),          cmocka_unit_test(test_kept),
    };
    return TEST_GROUP(tests);
}
