// SPDX-License-Identifier: Apache-2.0
// Blogs, menus and newsletter recipients on the desk.
#include "contact_sql.h"
#include "content_sql.h"
#include "core/i18n.h"
#include "desk/test_support.h"
#include "flow/contact.h"
#include "mod/content/blog.h"
#include "mod/content/menu.h"

static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"></svg>";

static void sees(struct test_shop *t, const char *path, const char *text) {
    struct test_response r = test_get(t, path);
    assert_shows(r, text);
}

static int64_t new_blog(struct office *o) {
    struct test_response r = test_post(
        &o->f.t, "/desk/blogs/new", "title_de=Magazin&title_en=Journal&handle=magazin&position=1");
    assert_int_equal(r.status, 303);
    int64_t id = 0;
    str_to_int(office_between(o, r.location, "/desk/blogs/", "?"), &id);
    assert_true(id > 0);
    return id;
}

static void test_blog(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    sees(t, "/desk/blogs", "Noch kein Blog");
    struct test_response r = test_post(t, "/desk/blogs/new", "title_de=&handle=Magazin!");
    assert_int_equal(r.status, 422);
    assert_shows(r, "Kleinbuchstaben");
    int64_t id = new_blog(&o);
    const char *path = arena_fmt(&t->arena, "/desk/blogs/%lld", (long long)id).p;
    r = test_get(t, path);
    assert_shows(r, "Journal");
    assert_shows(r, "Noch keine Artikel");
    assert_int_equal(test_post(t, path, "title_de=Heft&title_en=&position=2").status, 303);
    sees(t, "/desk/blogs", "Heft");
    r = test_post(t, "/desk/blogs/new", "title_de=Zwei&handle=magazin");
    assert_int_equal(r.status, 422); // taken
    assert_int_equal(test_get(t, "/desk/blogs/999").status, 404);
    office_close(&o);
}

static struct article_row stored(struct test_shop *t, int64_t id) {
    struct article_row row;
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(article_row(&c->db, &(struct article_row_in){id}, &row, &found), &c->err);
    assert_true(found);
    return row;
}

static void test_article(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    int64_t blog = new_blog(&o);
    const char *fresh = arena_fmt(&t->arena, "/desk/blogs/%lld/articles/new", (long long)blog).p;
    struct test_response r =
        test_post(t, fresh, "do=preview&title=Glas&source=**Hei%C3%9F**+%3Cb%3E&show=draft");
    assert_int_equal(r.status, 200);
    assert_shows(r, "<strong>Heiß</strong> <!-- raw HTML omitted -->");
    assert_shows(r, "value=\"Glas\""); // what was typed is still there
    r = test_post(t, fresh, "title=&source=&show=at&time=9");
    assert_int_equal(r.status, 422);
    assert_shows(r, "09:30");
    static const char *const fields[] = {"do",   "save",       "title", "Glas spülen", "source",
                                         "Heiß", "tags",       "Küche", "show",        "at",
                                         "day",  "2026-12-01", "time",  "09:30",       NULL};
    r = office_upload(&o, &(struct office_file){fresh, "picture", "glas.svg", "image/svg+xml",
                                                str_c(svg), fields});
    assert_int_equal(r.status, 303);
    struct article_row a = stored(t, 1);
    assert_str(a.handle, "glas-spuelen");
    assert_true(a.has_media_id);
    assert_str(instant_iso(&t->arena, a.published_at), "2026-12-01T08:30:00Z"); // Berlin's clock
    const char *path = arena_fmt(&t->arena, "/desk/blogs/%lld/articles/1", (long long)blog).p;
    r = test_get(t, path);
    assert_shows(r, "value=\"2026-12-01\"");
    assert_shows(r, "value=\"09:30\"");
    r = test_post(t, path, "do=save&title=Glas&source=Kalt&show=draft&drop_picture=1");
    assert_int_equal(r.status, 303);
    a = stored(t, 1);
    assert_false(a.has_media_id || a.has_published_at);
    r = test_post(t, path, "do=save&lang=en&title=Glass&source=Cold&show=at");
    assert_int_equal(r.status, 303);
    assert_true(stored(t, 1).published_at == test_ctx(t)->now); // no day: at once
    sees(t, arena_fmt(&t->arena, "%s/de/1", path).p, "Heiß");
    assert_int_equal(test_get(t, arena_fmt(&t->arena, "%s/de/9", path).p).status, 404);
    assert_int_equal(test_get(t, "/desk/blogs/99/articles/1").status, 404);
    office_close(&o);
}

static void test_comments(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    int64_t blog = new_blog(&o);
    struct comment_new n = {.author = S("Ada <b>"), .email = S("a@example.org"), .body = S("Gut")};
    enum comment_verdict v;
    test_post(t, arena_fmt(&t->arena, "/desk/blogs/%lld/articles/new", (long long)blog).p,
              "do=save&title=Glas&source=x&show=at");
    n.article_id = 1;
    struct ctx *c = test_ctx(t);
    assert_ok(comment_send(c, &n, &v), &c->err);
    sees(t, "/desk/comments", "Ada &lt;b&gt;");
    assert_int_equal(test_post(t, "/desk/comments/1", "do=show").status, 303);
    sees(t, "/desk/comments?state=shown", "Gut");
    assert_int_equal(test_post(t, "/desk/comments/1", "do=refuse").status, 303);
    sees(t, "/desk/comments?state=refused", "Gut");
    assert_int_equal(test_post(t, "/desk/comments/1", "do=erase").status, 303);
    assert_int_equal(test_post(t, "/desk/comments/1", "do=show").status, 404);
    office_close(&o);
}

static void test_menu(void **state) {
    (void)state;
    static const char two[] = "version=0&rows=2&title_de=Haupt"
                              "&level_0=1&title_0_de=Suche&title_0_en=Search&target_0=search"
                              "&level_1=1&title_1_de=Ohm&target_1=url&url_1=%2Fproducts%2Flamp";
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    sees(t, "/desk/menus", "von selbst");
    sees(t, "/desk/menus/main-menu", "entsteht von selbst");
    const char *path = "/desk/menus/main-menu";
    struct test_response r = test_post(t, path, arena_fmt(&t->arena, "%s&do=in_1", two).p);
    assert_int_equal(r.status, 200);
    assert_shows(r, "menu-row level-2");
    assert_shows(r, "value=\"in_1\""); // the same button, where the eyes are
    r = test_post(t, path, arena_fmt(&t->arena, "%s&do=add", two).p);
    assert_shows(r, "name=\"title_2_de\"");
    r = test_post(t, path, arena_fmt(&t->arena, "%s&do=up_1", two).p);
    assert_true(str_find(r.body, S("value=\"Ohm\"")) < str_find(r.body, S("value=\"Suche\"")));
    assert_shows(r, "title=\"Nach oben\" autofocus"); // at the link that moved:
    size_t focus = str_find(r.body, S(" autofocus"));
    assert_true(focus < str_find(r.body, S("value=\"Suche\"")));
    struct ctx *c = test_ctx(t);
    struct menu_text m;
    assert_ok(menu_read(c, S("main-menu"), true, &m), &c->err);
    assert_int_equal(m.id, 0); // nothing saved so far
    r = test_post(t, path, arena_fmt(&t->arena, "%s&do=save", two).p);
    assert_int_equal(r.status, 303);
    c = test_ctx(t);
    assert_ok(menu_read(c, S("main-menu"), true, &m), &c->err);
    assert_int_equal(m.n, 2);
    assert_int_equal(m.links[1].kind, MENU_PRODUCT); // the address was understood
    assert_str(m.links[1].handle, "lamp");
    r = test_post(t, path, arena_fmt(&t->arena, "%s&do=save", two).p);
    assert_int_equal(r.status, 422); // on the version before
    assert_shows(r, "inzwischen geändert");
    r = test_post(t, path, "version=1&rows=1&title_de=x&level_0=1&title_0_de=&target_0=home");
    assert_int_equal(r.status, 422);
    assert_shows(r, "Link 1 braucht");
    assert_int_equal(test_post(t, path, "do=remove").status, 303);
    sees(t, "/desk/menus", "von selbst");
    assert_int_equal(test_get(t, "/desk/menus/nowhere").status, 404);
    office_close(&o);
}

static void test_newsletter(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct ctx *c = test_ctx(t);
    enum newsletter_verdict v;
    assert_ok(newsletter_request(c, S("ada@example.org"), S("https://shop.example/")), &c->err);
    assert_ok(newsletter_request(c, S("bob@example.org"), S("https://shop.example/")), &c->err);
    struct newsletter_who who = {.id = 1, .step = NEWSLETTER_CONFIRM};
    assert_ok(newsletter_do(c, &who, &v), &c->err);
    struct test_response r = test_get(t, "/desk/newsletter");
    assert_shows(r, "ada@example.org");
    assert_shows(r, "bob@example.org");
    r = test_get(t, "/desk/newsletter.csv");
    assert_shows(r, "ada@example.org,de,");
    assert_shows(r, "Ich möchte den Newsletter");
    assert_shows(r, "/newsletter/leave/1/");
    assert_false(test_shows(&r, "bob@"));
    sees(t, "/desk/newsletter?email=BOB@example.org", "bob@example.org");
    assert_int_equal(test_post(t, "/desk/newsletter/1/erase", "").status, 303);
    assert_false(
        test_shows(&(struct test_response){.body = test_get(t, "/desk/newsletter").body}, "ada@"));
    office_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blog),       cmocka_unit_test(test_article),
        cmocka_unit_test(test_comments),   cmocka_unit_test(test_menu),
        cmocka_unit_test(test_newsletter),
    };
    return TEST_GROUP(tests);
}
