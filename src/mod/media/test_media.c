// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <stdlib.h>

#include "core/file.h"
#include "core/testing.h"
#include "media_sql.h"
#include "mod/media/media.h"

#define SVG                                                                                        \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "      \
    "viewBox=\"0 0 20 10\">"
#define BYTES(lit)                                                                                 \
    { lit, sizeof(lit) - 1 }
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x80\x08\x06\0\0\0"

static const struct inspected {
    struct str bytes;
    const char *type; // NULL: refused
    int64_t w, h;
    const char *says;
} inspected[] = {
    {BYTES(PNG), "image/png", 256, 128, ""},
    {BYTES("GIF89a\x0a\0\x14\0"), "image/gif", 10, 20, ""},
    {BYTES("\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x11\x08\0\x40\0\x80\x03\x01\x22\0\x02\x11\x01"
           "\x03\x11\x01"),
     "image/jpeg", 128, 64, ""},
    {BYTES("RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x31\0\0"), "image/webp", 100, 50, ""},
    {BYTES("\0\0\0\x14"
           "ftypavif\0\0\0\0avif\0\0\0\x38meta\0\0\0\0\0\0\0\x2ciprp\0\0\0\x24ipco\0\0\0\x14isp"
           "e\0\0\0\0\0\0\0\x40\0\0\0\x20"
           "\0\0\0\x08"
           "free"),
     "image/avif", 64, 32, ""},
    {BYTES(SVG "<rect width=\"1\" height=\"1\" fill=\"url(#a)\"/></svg>"), "image/svg+xml", 20, 10,
     ""},
    {BYTES("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
           "width=\"12.5px\" height=\"7\"/>"),
     "image/svg+xml", 13, 7, ""},
    {BYTES("%PDF-1.7"), NULL, 0, 0, "a PDF document"},
    {BYTES(""), NULL, 0, 0, "an empty file"},
    {BYTES("<!DOCTYPE html><html>"), NULL, 0, 0, "a web page"},
    {BYTES("hello"), NULL, 0, 0, "of an unknown kind"},
    {BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x80"), NULL, 0, 0, "damaged"},
    {BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff"), NULL, 0, 0, "40 million"},
    {BYTES("\xff\xd8\xff\xe0\0\x04"), NULL, 0, 0, "damaged"},
    {BYTES(SVG "<script>1</script></svg>"), NULL, 0, 0, "script"},
    {BYTES(SVG "<rect onclick=\"x()\"/></svg>"), NULL, 0, 0, "onclick"},
    {BYTES(SVG "<foreignObject/></svg>"), NULL, 0, 0, "foreignObject"},
    {BYTES(SVG "<image href=\"https://evil.example/x.png\"/></svg>"), NULL, 0, 0, "outside"},
    {BYTES(SVG "<use xlink:href=\"//evil.example/x#a\"/></svg>"), NULL, 0, 0, "outside"},
    {BYTES(SVG "<a href=\"javascript:1\"/></svg>"), NULL, 0, 0, "outside"},
    {BYTES(SVG "<style>@import url(https://evil.example)</style></svg>"), NULL, 0, 0, "style"},
    {BYTES(SVG "<rect style=\"fill:url(https://evil.example)\"/></svg>"), NULL, 0, 0, "style"},
    {BYTES(SVG "<set attributeName=\"href\" to=\"x\"/></svg>"), NULL, 0, 0, "set"},
    {BYTES("<!DOCTYPE svg [<!ENTITY a \"b\">]>" SVG "&a;</svg>"), NULL, 0, 0, ""},
    {BYTES(SVG "<html xmlns=\"http://www.w3.org/1999/xhtml\"/></svg>"), NULL, 0, 0, "namespace"},
    {BYTES(SVG "<rect>"), NULL, 0, 0, "well-formed"},
    {BYTES("<?xml-stylesheet href=\"x\"?>" SVG "</svg>"), NULL, 0, 0, "instruction"},
};

static void test_inspect(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(inspected); i++) {
        struct media_info info;
        struct err err = {0};
        bool ok = media_inspect(&a, inspected[i].bytes, &info, &err);
        if (ok != (inspected[i].type != NULL)) print_error("case %zu: %s\n", i, err.message);
        assert_int_equal(ok, inspected[i].type != NULL);
        if (ok) {
            assert_string_equal(info.type, inspected[i].type);
            assert_int_equal(info.width, inspected[i].w);
            assert_int_equal(info.height, inspected[i].h);
        } else {
            if (!strstr(err.message, inspected[i].says))
                print_error("case %zu: %s\n", i, err.message);
            assert_non_null(strstr(err.message, inspected[i].says));
        }
    }
    arena_done(&a);
}

// Every picture of the demo shop may be shown.
static void test_demo_pictures(void **state) {
    (void)state;
    struct arena a = {0};
    const char *root = getenv("KONTOR_SOURCE");
    const char *folder = arena_fmt(&a, "%s/demo/pictures", root ? root : ".").p;
    DIR *d = opendir(folder);
    int n = 0;
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        struct err err = {0};
        struct str bytes;
        struct media_info info;
        if (e->d_name[0] == '.') continue;
        assert_ok(file_read(&a, arena_fmt(&a, "%s/%s", folder, e->d_name).p, MEDIA_BYTES_MAX,
                            &bytes, &err),
                  &err);
        assert_ok(media_inspect(&a, bytes, &info, &err), &err);
        n++;
    }
    closedir(d);
    assert_true(n > 50);
    arena_done(&a);
}

static void test_filenames(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"pictures/a b.JPG", "a-b.JPG"},
                                           {"..\\..\\x.svg", "x.svg"},
                                           {"https://e.example/p/ü.png", "picture.png"},
                                           {"", "picture"},
                                           {".htaccess", "htaccess"},
                                           {"a.b.c", "a-b.c"},
                                           {"x.<script>", "x"}};
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_str(media_filename(&a, str_c(cases[i][0])), cases[i][1]);
    arena_done(&a);
}

static bool answer(void *self, struct arena *a, const struct http_call *call,
                   struct http_reply *out, bool *sent_out, struct err *err) {
    (void)a, (void)sent_out;
    int *calls = self;
    assert_false(call->allow_private);
    ++*calls;
    if (str_ends(call->url, S("late.png")) && *calls < 3)
        return err_set(err, ERR_NET, "nobody there");
    if (str_ends(call->url, S("never.png"))) return err_set(err, ERR_NET, "nobody there");
    static const char png[] = PNG, text[] = "<html>not found</html>";
    bool page = str_ends(call->url, S("page.png"));
    *out = (struct http_reply){.status = 200,
                               .body = page ? (struct str){text, sizeof text - 1}
                                            : (struct str){png, sizeof png - 1}};
    return true;
}

struct wanting {
    struct str url;
    int64_t id;
};
static bool want_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct wanting *w = self;
    return media_want(c, w->url, &w->id);
}
static int64_t want(struct test_shop *t, const char *url) {
    struct wanting w = {.url = str_c(url)};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, want_body, &w), &c->err);
    return w.id;
}
static struct media_by_id medium(struct test_shop *t, int64_t id) {
    struct media_by_id row;
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(media_by_id(&c->db, &(struct media_by_id_in){id}, &row, &found), &c->err);
    assert_true(found);
    return row;
}

static void test_fetching(void **state) {
    (void)state;
    struct test_shop t;
    int calls = 0;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&media_module)});
    t.world.answer = answer;
    t.world.answer_self = &calls;
    int64_t late = want(&t, "https://p.example/late.png?v=1"),
            page = want(&t, "https://p.example/page.png");
    assert_int_equal(want(&t, "https://p.example/late.png?v=1"), late);
    late = want(&t, "https://p.example/late.png");
    test_jobs(&t);
    struct media_by_id m = medium(&t, page);
    assert_str(m.state, "failed");
    assert_true(str_find(m.error, S("a web page")) != STR_NONE);
    for (int i = 0; i < 6; i++) {
        test_wait(&t, 10 * HOUR);
        test_jobs(&t);
    }
    m = medium(&t, late);
    assert_str(m.state, "ready");
    assert_int_equal(m.width, 256);
    assert_str(m.filename, "late.png");
    int64_t never = want(&t, "https://p.example/never.png");
    for (int i = 0; i < 2 * MEDIA_ATTEMPTS_MAX; i++) {
        test_wait(&t, 10 * HOUR);
        test_jobs(&t);
    }
    m = medium(&t, never);
    assert_str(m.state, "failed");
    assert_true(str_find(m.error, S("nobody there")) != STR_NONE);
    assert_int_equal(want(&t, "https://p.example/never.png"), never);
    assert_str(medium(&t, never).state, "wanted");
    test_shop_close(&t);
}

static bool put_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct wanting *w = self;
    return media_put(c, w->url, S("x/Größe 1.png"), &w->id);
}

static void test_same_bytes_are_one(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&media_module)});
    struct wanting first = {.url = BYTES(PNG)}, second = first;
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, put_body, &first), &c->err);
    assert_ok(tx_run(c, put_body, &second), &c->err);
    assert_int_equal(first.id, second.id);
    assert_int_equal(t.world.files.n, 1);
    struct wanting bad = {.url = S("hello")};
    assert_false(tx_run(c, put_body, &bad));
    assert_int_equal(c->err.code, ERR_UNSUPPORTED);
    test_shop_close(&t);
}

static bool add_not_kept(struct ctx *c, void *self, bool *keep) {
    int64_t id;
    *keep = false;
    return media_add(c, self, &id);
}

// Bytes are on the disk before the transaction begins; one that is not kept leaves them, no row.
static void test_bytes_before_rows(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&media_module)});
    struct media_file f = {.bytes = BYTES(PNG), .filename = S("1.png")};
    struct ctx *c = test_ctx(&t);
    assert_ok(media_store(c, &f), &c->err);
    assert_int_equal(t.world.files.n, 1);
    assert_string_equal(f.info.type, "image/png");
    int64_t id;
    assert_ok(tx_run(c, add_not_kept, &f), &c->err);
    assert_ok(media_find(c, f.bytes, &id), &c->err);
    assert_int_equal(id, 0);
    struct wanting kept = {.url = f.bytes};
    assert_ok(tx_run(c, put_body, &kept), &c->err);
    assert_ok(media_find(c, f.bytes, &id), &c->err);
    assert_int_equal(id, kept.id);
    assert_int_equal(t.world.files.n, 1);
    f = (struct media_file){.bytes = S("hello")};
    assert_false(media_store(c, &f));
    assert_int_equal(c->err.code, ERR_UNSUPPORTED);
    assert_int_equal(t.world.files.n, 1);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inspect),
        cmocka_unit_test(test_demo_pictures),
        cmocka_unit_test(test_filenames),
        cmocka_unit_test(test_fetching),
        cmocka_unit_test(test_same_bytes_are_one),
        cmocka_unit_test(test_bytes_before_rows),
    };
    return TEST_GROUP(tests);
}
