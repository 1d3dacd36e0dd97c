// SPDX-License-Identifier: Apache-2.0
// Blogs, menus, the contact form and the newsletter as visitors meet them.
#include "contact_sql.h"
#include "content_sql.h"
#include "core/tx.h"
#include "mod/contact/newsletter.h"
#include "mod/content/blog.h"
#include "mod/content/comment.h"
#include "mod/content/content.h"
#include "mod/content/menu.h"
#include "shop/test_seed.h"

struct filling {
    instant now;
    int64_t blog, first, second, future;
};

static bool article(struct ctx *c, struct article_draft d, int64_t *id) {
    int64_t version;
    return article_save(c, &d, id, &version);
}
static bool fill(struct ctx *c, void *self, bool *keep) {
    struct filling *f = self;
    struct article_draft a = {.title = S("Erste <Probe>"),
                              .handle = S("erste"),
                              .author = S("Ada Lovelace"),
                              .excerpt = S("Kurz."),
                              .source = S("Text mit [Seife](/products/seife)."),
                              .tags = S("Küche"),
                              .published_at = c->now - 2 * DAY};
    (void)keep;
    TRY(blog_save(c, &(struct blog_draft){.handle = S("magazin"), .title = S("Magazin")},
                  &f->blog));
    a.blog_id = f->blog;
    TRY(article(c, a, &f->first));
    a.id = f->first, a.lang = LANG_EN, a.title = S("First try"), a.tags = S("Kitchen");
    TRY(article(c, a, &f->first));
    a = (struct article_draft){.blog_id = f->blog,
                               .title = S("Zweite"),
                               .source = S("Text."),
                               .tags = S("Garten"),
                               .published_at = c->now - DAY};
    TRY(article(c, a, &f->second));
    a.title = S("Morgen"), a.published_at = c->now + DAY;
    TRY(article(c, a, &f->future));
    int64_t id, version;
    struct page_draft page = {.handle = S("kontakt"),
                              .title = S("Kontakt"),
                              .source = S("Text."),
                              .template = S("contact"),
                              .lang = LANG_DE};
    return page_save(c, &page, &id, &version);
}
static struct filling open_shop(struct seed *s) {
    struct filling f = {0};
    seed_open(s);
    struct ctx *c = test_ctx(&s->t);
    assert_ok(tx_run(c, fill, &f), &c->err);
    return f;
}
static void sees(struct seed *s, const char *path, const char *text) {
    struct test_response r = test_get(&s->t, path);
    assert_shows(r, text);
}
static void misses(struct seed *s, const char *path, const char *text) {
    struct test_response r = test_get(&s->t, path);
    assert_false(test_shows(&r, text));
}
static int status(struct seed *s, const char *path) { return test_get(&s->t, path).status; }

static void shows_blog(void **state) {
    (void)state;
    struct seed s;
    open_shop(&s);
    struct test_response r = test_get(&s.t, "/blogs/magazin");
    assert_int_equal(r.status, 200);
    assert_true(r.rs.cacheable);
    assert_shows(r, "Erste &lt;Probe&gt;");
    assert_shows(r, "href=\"/blogs/magazin/zweite\"");
    assert_false(test_shows(&r, "Morgen"));
    assert_true(str_find(test_header(&r, "Link"), S("/blogs/magazin.atom")) != STR_NONE);
    sees(&s, "/en/blogs/magazin", "First try");
    sees(&s, "/en/blogs/magazin", "Zweite"); // not translated yet
    sees(&s, "/blogs/magazin/tagged/kueche", "Erste");
    sees(&s, "/blogs/magazin/tagged/kuche", "Erste"); // as the filter handleize spells it
    misses(&s, "/blogs/magazin/tagged/kueche", "/blogs/magazin/zweite");
    static const char *const not_there[] = {"/blogs/magazin/tagged/kueche+garten",
                                            "/blogs/magazin/tagged/a+b+c+d", "/blogs/nein",
                                            "/blogs/magazin/nein", "/blogs/magazin/morgen"};
    for (size_t i = 0; i < ARRAY_LEN(not_there); i++)
        assert_int_equal(status(&s, not_there[i]), 404);
    test_wait(&s.t, DAY);
    test_jobs(&s.t);
    assert_int_equal(status(&s, "/blogs/magazin/morgen"), 200);
    sees(&s, "/blogs/magazin", "Morgen");
    seed_close(&s);
}

static void shows_article(void **state) {
    (void)state;
    struct seed s;
    open_shop(&s);
    struct test_response r = test_get(&s.t, "/en/blogs/magazin/erste");
    assert_int_equal(r.status, 200);
    assert_true(r.rs.cacheable);
    assert_shows(r, "First try");
    assert_shows(r, "Ada Lovelace");
    assert_shows(r, "href=\"/en/products/seife\"");       // stays in the language
    assert_shows(r, "href=\"/en/blogs/magazin/zweite\""); // the newer one
    assert_shows(r, "rel=\"canonical\" href=\"https://shop.example/en/blogs/magazin/erste\"");
    r = test_get(&s.t, "/blogs/magazin.atom");
    assert_shows(r, "<title>Erste &lt;Probe&gt;</title>");
    assert_shows(r, "<id>https://shop.example/blogs/magazin/zweite</id>");
    assert_false(test_shows(&r, "Morgen"));
    sees(&s, "/sitemap.xml", "<loc>https://shop.example/en/blogs/magazin/erste</loc>");
    misses(&s, "/sitemap.xml", "morgen");
    seed_close(&s);
}

static bool save_menu(struct ctx *c, void *self, bool *keep) {
    const struct filling *f = self;
    int64_t id;
    (void)keep;
    const struct menu_link links[] = {
        {.level = 1, .kind = MENU_BLOG, .target_id = f->blog, .title = {S("Lesen"), S("Reading")}},
        {.level = 2, .kind = MENU_ARTICLE, .target_id = f->first, .title = {S("Die erste")}},
        {.level = 2, .kind = MENU_ARTICLE, .target_id = f->future, .title = {S("Kommt noch")}},
        {.level = 1, .kind = MENU_URL, .url = S("https://e.example/"), .title = {S("Draußen")}}};
    return menu_save(
        c,
        &(struct menu_draft){
            .handle = S(MENU_MAIN), .title = {S("Haupt")}, .links = links, .n = ARRAY_LEN(links)},
        &id, NULL);
}

static void shows_menu(void **state) {
    (void)state;
    struct seed s;
    struct filling f = open_shop(&s);
    sees(&s, "/pages/agb", "href=\"/collections/bad\""); // made by nobody
    struct ctx *c = test_ctx(&s.t);
    assert_ok(tx_run(c, save_menu, &f), &c->err);
    struct test_response r = test_get(&s.t, "/en/pages/agb");
    assert_shows(r, "Reading");
    assert_shows(r, "Die erste");
    assert_shows(r, "href=\"/en/blogs/magazin/erste\"");
    assert_shows(r, "href=\"https://e.example/\"");
    assert_false(test_shows(&r, "Kommt noch"));
    sees(&s, "/blogs/magazin", "href=\"/blogs/magazin\" aria-current=\"page\"");
    seed_close(&s);
}

static struct test_response send(struct seed *s, const char *path, const char *form) {
    static const char *const headers[] = {"Sec-Fetch-Site", "same-origin", "Referer",
                                          "https://shop.example/en/pages/agb?x=1", NULL};
    return test_send(&s->t,
                     &(struct test_request){
                         .method = HTTP_POST, .path = path, .form = form, .headers = headers});
}

static void takes_messages(void **state) {
    (void)state;
    struct seed s;
    open_shop(&s);
    static const char good[] = "form_type=contact&contact%5Bemail%5D=ada%40example.org&"
                               "contact%5Bname%5D=Ada&contact%5Bbody%5D=Guten+Tag%0Aund+Danke";
    struct test_response r = send(&s, "/en/contact", good);
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/en/pages/agb?contact_posted=true");
    assert_int_equal(send(&s, "/en/contact", good).status, 303); // pressed twice
    test_jobs(&s.t);
    assert_int_equal(s.t.world.mails.n, 1);
    const struct fake_mail *m = world_fake_last_mail(&s.t.world, S("laden@shop.example"));
    assert_non_null(m);
    assert_true(str_find(m->bytes, S("Reply-To: ada@example.org")) != STR_NONE);
    assert_true(str_find(m->bytes, S("Guten Tag")) != STR_NONE);
    r = send(&s, "/contact", "form_type=contact&contact%5Bemail%5D=ada&contact%5Bbody%5D=x");
    assert_int_equal(r.status, 422);
    r = send(&s, "/contact", "form_type=contact&contact%5Bemail%5D=a%40example.org");
    assert_int_equal(r.status, 422); // nothing said
    r = send(&s, "/contact", "form_type=contact&return_to=%2Fpages%2Fkontakt&email=a");
    assert_int_equal(r.status, 422);
    assert_shows(r, "name=\"return_to\" value=\"/pages/kontakt\""); // not where it was posted to
    r = send(&s, "/contact", "form_type=other&email=a%40example.org");
    assert_int_equal(r.status, 404);
    assert_int_equal( // a machine, and it does not learn that
        send(&s, "/contact",
             "form_type=contact&website=x&contact%5Bemail%5D=b%40example.org&"
             "contact%5Bbody%5D=spam")
            .status,
        303);
    test_jobs(&s.t);
    assert_int_equal(s.t.world.mails.n, 1);
    seed_close(&s);
}

static void takes_subscribers(void **state) {
    (void)state;
    struct seed s;
    open_shop(&s);
    static const char form[] = "form_type=customer&contact%5Btags%5D=newsletter&"
                               "contact%5Bemail%5D=ada%40example.org";
    struct test_response r = send(&s, "/en/contact", form);
    assert_str(r.location, "/en/pages/agb?customer_posted=true");
    assert_str(send(&s, "/en/contact", form).location, r.location.p); // the same answer
    test_jobs(&s.t);
    assert_int_equal(s.t.world.mails.n, 1);
    const struct fake_mail *m = world_fake_last_mail(&s.t.world, S("ada@example.org"));
    assert_true(str_find(m->bytes, S("Please confirm")) != STR_NONE);
    struct newsletter_by_id who;
    bool found;
    struct ctx *c = test_ctx(&s.t);
    assert_ok(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){1}, &who, &found), &c->err);
    assert_str(who.state, "asked");
    assert_str(who.lang, "en");
    r = send(&s, "/contact", "form_type=customer&contact%5Bemail%5D=%3D1%2B1%40example.org");
    assert_int_equal(r.status, 422); // a formula in a spreadsheet
    seed_close(&s);
}

static struct str link_in(struct seed *s, const char *step) {
    struct newsletter_by_id m;
    bool found;
    struct ctx *c = test_ctx(&s->t);
    assert_ok(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){1}, &m, &found), &c->err);
    struct newsletter_who who = {1, m.email, m.asked_at,
                                 strcmp(step, "leave") ? NEWSLETTER_CONFIRM : NEWSLETTER_LEAVE};
    return arena_fmt(&s->t.arena, "/newsletter/%s/1/" STR_FMT, step,
                     STR_ARG(newsletter_token(c, &who)));
}
static struct str state_of(struct seed *s) {
    struct newsletter_by_id m;
    bool found;
    struct ctx *c = test_ctx(&s->t);
    assert_ok(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){1}, &m, &found), &c->err);
    return m.state;
}

static void asks_twice(void **state) {
    (void)state;
    struct seed s;
    open_shop(&s);
    send(&s, "/contact", "form_type=customer&contact%5Bemail%5D=ada%40example.org");
    const char *confirm = link_in(&s, "confirm").p, *leave = link_in(&s, "leave").p;
    sees(&s, confirm, "Ich möchte den Newsletter von Testladen");
    assert_str(state_of(&s), "asked"); // a look is no consent
    struct test_response r = test_post(&s.t, confirm, "");
    assert_shows(r, "Sie bekommen jetzt unseren Newsletter");
    assert_shows(r, leave);
    assert_str(state_of(&s), "active");
    assert_int_equal(test_post(&s.t, confirm, "").status, 200); // again: the same
    sees(&s, leave, "nicht mehr bekommen");
    assert_str(state_of(&s), "active");
    test_post(&s.t, leave, "");
    assert_str(state_of(&s), "left");
    assert_int_equal(status(&s, "/newsletter/confirm/1/falsch"), 410);
    assert_int_equal(status(&s, "/newsletter/confirm/99/falsch"), 410);
    assert_int_equal(status(&s, "/newsletter/other/1/x"), 410);
    seed_close(&s);
}

static bool let_comment(struct ctx *c, void *self, bool *keep) {
    int64_t id;
    (void)self, (void)keep;
    return blog_save(c,
                     &(struct blog_draft){
                         .handle = S("magazin"), .title = S("Magazin"), .comments = S("moderated")},
                     &id);
}

#define COMMENT_PATH "/blogs/magazin/erste/comments"
static void takes_comments(void **state) {
    (void)state;
    static const char good[] = "form_type=new_comment&comment%5Bauthor%5D=Ada&"
                               "comment%5Bemail%5D=ada%40example.org&comment%5Bbody%5D=Sch%C3%B6n!";
    struct seed s;
    open_shop(&s);
    assert_int_equal(send(&s, COMMENT_PATH, good).status, 404); // closed
    struct ctx *c = test_ctx(&s.t);
    assert_ok(tx_run(c, let_comment, NULL), &c->err);
    assert_int_equal(send(&s, COMMENT_PATH, "form_type=new_comment").status, 422);
    struct test_response r = send(&s, COMMENT_PATH, good);
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/blogs/magazin/erste?new_comment_posted=true");
    send(&s, COMMENT_PATH, good); // twice is once
    struct comment_list_rows rows = {0};
    struct comment_list_in in = {S("waiting"), S("de"), 0, 10};
    c = test_ctx(&s.t);
    assert_ok(comment_list_all(&c->db, &in, &rows), &c->err);
    assert_int_equal(rows.n, 1);
    assert_str(rows.v[0].body, "Schön!");
    test_jobs(&s.t); // plans what comes back
    test_wait(&s.t, COMMENT_KEPT + DAY); // nobody looked
    test_jobs(&s.t);
    c = test_ctx(&s.t);
    rows = (struct comment_list_rows){0};
    assert_ok(comment_list_all(&c->db, &in, &rows), &c->err);
    assert_int_equal(rows.n, 0);
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_blog),        cmocka_unit_test(shows_article),
        cmocka_unit_test(shows_menu),        cmocka_unit_test(takes_messages),
        cmocka_unit_test(takes_subscribers), cmocka_unit_test(asks_twice),
        cmocka_unit_test(takes_comments),
    };
    return TEST_GROUP(tests);
}
