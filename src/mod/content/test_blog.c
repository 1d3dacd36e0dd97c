// SPDX-License-Identifier: Apache-2.0
// Blogs, articles with versions and tags, and when they appear.
#include "content_sql.h"
#include "core/testing.h"
#include "db/fault.h"
#include "mod/content/blog.h"
#include "mod/content/content.h"
#include "mod/media/media.h"

static void open_shop(struct test_shop *t) {
    test_shop_open(
        t, &(struct test_shop_options){.modules = TEST_MODULES(&media_module, &content_module)});
}

struct blog_saving {
    struct blog_draft d;
    int64_t id;
};
static bool blog_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct blog_saving *s = self;
    return blog_save(c, &s->d, &s->id);
}
static int64_t save_blog(struct test_shop *t, struct blog_draft d) {
    struct blog_saving s = {.d = d};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, blog_body, &s), &c->err);
    return s.id;
}

struct article_saving {
    struct article_draft d;
    int64_t id, version;
};
static bool article_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct article_saving *s = self;
    return article_save(c, &s->d, &s->id, &s->version);
}
static struct article_saving save(struct test_shop *t, struct article_draft d) {
    struct article_saving s = {.d = d};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, article_body, &s), &c->err);
    return s;
}

static struct article_shown_rows shown(struct test_shop *t, struct article_shown_in in) {
    struct article_shown_rows rows = {0};
    struct ctx *c = test_ctx(t);
    in.now = c->now;
    in.lang = in.lang.p ? in.lang : S("de");
    in.count = 50;
    assert_ok(article_shown_all(&c->db, &in, &rows), &c->err);
    return rows;
}

static void test_versions(void **state) {
    (void)state;
    struct test_shop t;
    open_shop(&t);
    int64_t blog =
        save_blog(&t, (struct blog_draft){.handle = S("magazin"), .title = S("Magazin")});
    assert_int_equal(save_blog(&t, (struct blog_draft){.handle = S("magazin"),
                                                       .title = S("Journal"),
                                                       .lang = LANG_EN}),
                     blog);
    struct article_draft d = {.blog_id = blog,
                              .title = S("Glas spülen"),
                              .source = S("**Heiß** und\n\n<script>x</script>"),
                              .tags = S("Küche, Ohne Plastik,küche\n"),
                              .published_at = TEST_NOW - DAY};
    struct article_saving first = save(&t, d);
    assert_int_equal(first.version, 1);
    assert_int_equal(save(&t, d).version, 1); // nothing new
    struct article_shown_rows rows = shown(&t, (struct article_shown_in){0});
    assert_int_equal(rows.n, 1);
    assert_str(rows.v[0].handle, "glas-spuelen");
    assert_str(rows.v[0].tags, "Küche\nOhne Plastik");
    assert_true(str_find(rows.v[0].body, S("<script")) == STR_NONE);
    d.tags = S("Glas");
    assert_int_equal(save(&t, d).version, 2);
    d.lang = LANG_EN, d.title = S("Washing glass"), d.tags = S("Kitchen"), d.id = first.id;
    assert_int_equal(save(&t, d).version, 1);
    rows = shown(&t, (struct article_shown_in){.lang = S("en"), .tag1 = S("kitchen")});
    assert_int_equal(rows.n, 1);
    assert_str(rows.v[0].title, "Washing glass");
    assert_int_equal(shown(&t, (struct article_shown_in){.tag1 = S("kitchen")}).n, 0);
    assert_int_equal(shown(&t, (struct article_shown_in){.tag1 = S("kueche")}).n, 0);
    assert_int_equal(shown(&t, (struct article_shown_in){.tag1 = S("glas")}).n, 1);
    struct blog_list_rows blogs = {0};
    struct ctx *c = test_ctx(&t);
    assert_ok(blog_list_all(&c->db, &(struct blog_list_in){S("en"), c->now}, &blogs), &c->err);
    assert_str(blogs.v[0].title, "Journal");
    assert_int_equal(blogs.v[0].articles, 1);
    test_shop_close(&t);
}

static void test_future(void **state) {
    (void)state;
    struct test_shop t;
    open_shop(&t);
    int64_t blog = save_blog(&t, (struct blog_draft){.handle = S("m"), .title = S("M")});
    save(&t, (struct article_draft){.blog_id = blog, .title = S("Entwurf")});
    struct article_draft later = {
        .blog_id = blog, .title = S("Morgen"), .published_at = TEST_NOW + DAY};
    save(&t, later);
    assert_int_equal(shown(&t, (struct article_shown_in){0}).n, 0);
    struct page_cache *pages = t.shop.cache;
    uint64_t epoch = page_cache_epoch(pages);
    assert_true(page_cache_fresh(pages, topic_of("blog", blog), epoch));
    test_wait(&t, DAY);
    assert_int_equal(shown(&t, (struct article_shown_in){0}).n, 1);
    test_jobs(&t);
    assert_false(page_cache_fresh(pages, topic_of("blog", blog), epoch));
    test_shop_close(&t);
}

static void test_neighbours(void **state) {
    (void)state;
    static const char *const titles[] = {"a", "b", "c"};
    int64_t ids[3];
    struct test_shop t;
    open_shop(&t);
    int64_t blog = save_blog(&t, (struct blog_draft){.handle = S("m"), .title = S("M")});
    for (size_t i = 0; i < 3; i++)
        ids[i] = save(&t, (struct article_draft){.blog_id = blog,
                                                 .title = str_c(titles[i]),
                                                 .published_at = TEST_NOW - 3 * DAY}) // same moment
                     .id;
    struct article_beside_in in = {
        .blog_id = blog, .id = ids[1], .published_at = TEST_NOW - 3 * DAY, .now = TEST_NOW};
    struct article_beside row;
    bool found;
    struct ctx *c = test_ctx(&t);
    assert_ok(article_beside(&c->db, &in, &row, &found), &c->err);
    assert_str(row.handle, "a");
    in.newer = true;
    assert_ok(article_beside(&c->db, &in, &row, &found), &c->err);
    assert_str(row.handle, "c");
    in.id = ids[2];
    assert_ok(article_beside(&c->db, &in, &row, &found), &c->err);
    assert_false(found);
    test_shop_close(&t);
}

static void test_refusals(void **state) {
    (void)state;
    static const struct {
        struct article_draft d;
        const char *field;
    } cases[] = {
        {{.handle = S_INIT("x")}, "title"},
        {{.title = S_INIT("!!!")}, "handle"}, // leaves nothing for an address
        {{.handle = S_INIT("A b"), .title = S_INIT("x")}, "handle"},
        {{.title = S_INIT("x"), .source = S_INIT("\xff")}, "source"},
        {{.title = S_INIT("x"), .tags = S_INIT("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u")},
         "tags"},
        {{.title = S_INIT("x"), .author = S_INIT("\xc3")}, "author"}};
    struct test_shop t;
    open_shop(&t);
    int64_t blog = save_blog(&t, (struct blog_draft){.handle = S("m"), .title = S("M")});
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct article_saving s = {.d = cases[i].d};
        struct ctx *c = test_ctx(&t);
        s.d.blog_id = blog;
        assert_false(tx_run(c, article_body, &s));
        assert_string_equal(c->err.field, cases[i].field);
    }
    test_shop_close(&t);
}

// Whichever call of the database fails: all of it or nothing, and nothing that a check finds.
static void test_faults(void **state) {
    (void)state;
    struct test_shop t;
    open_shop(&t);
    int64_t blog = save_blog(&t, (struct blog_draft){.handle = S("m"), .title = S("M")});
    bool fired = true;
    for (int n = 1; fired; n++) {
        struct article_saving s = {.d = {.blog_id = blog,
                                         .title = S("Titel"),
                                         .tags = S("a,b"),
                                         .published_at = TEST_NOW + DAY}};
        struct ctx *c = test_ctx(&t);
        db_fault_arm(t.shop.pool, DB_FAULT_ERROR, n);
        bool ok = tx_run(c, article_body, &s);
        fired = db_fault_fired(t.shop.pool);
        db_fault_arm(t.shop.pool, DB_FAULT_ERROR, 0);
        assert_true(ok != fired);
        test_check(&t);
        assert_true(n < 100);
    }
    test_wait(&t, DAY);
    assert_int_equal(shown(&t, (struct article_shown_in){0}).n, 1);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),   cmocka_unit_test(test_future),
        cmocka_unit_test(test_neighbours), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_faults),
    };
    return TEST_GROUP(tests);
}
