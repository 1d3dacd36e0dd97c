// SPDX-License-Identifier: Apache-2.0
// The two worlds: files by content, mail as files, the key of a shop; and the fake one's
// determinism.
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/file.h"
#include "core/settings.h"
#include "test_toy.h"

struct real {
    struct arena arena;
    struct str dir;
    struct world world;
};

static void open_real(struct real *r) {
    *r = (struct real){0};
    char dir[] = "/tmp/kontor-world-XXXXXX";
    assert_non_null(mkdtemp(dir));
    r->dir = arena_str(&r->arena, str_c(dir));
    struct err err = {0};
    assert_ok(world_real(&r->arena, &(struct world_options){.dir = r->dir}, &r->world, &err), &err);
    r->world.log.least = LOG_ERROR;
}

static void close_real(struct real *r) {
    assert_int_equal(system(arena_fmt(&r->arena, "rm -r '" STR_FMT "'", STR_ARG(r->dir)).p), 0);
    arena_done(&r->arena);
}

static void keeps_files_by_content(void **state) {
    (void)state;
    struct real r;
    open_real(&r);
    struct err err = {0};
    char hash[65], again[65];
    struct str got;
    assert_ok(r.world.file_put(r.world.self, S("abc"), hash, &err), &err);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_ok(r.world.file_put(r.world.self, S("abc"), again, &err), &err);
    assert_string_equal(hash, again);
    assert_ok(r.world.file_get(r.world.self, &r.arena, hash, &got, &err), &err);
    assert_str(got, "abc");
    struct str path = r.world.file_path(r.world.self, &r.arena, hash);
    assert_true(file_exists(path.p));
    assert_true(str_find(path, S("/media/ba/ba7816bf")) != STR_NONE);
    assert_false(r.world.file_get(r.world.self, &r.arena, "../../etc/passwd", &got, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_null(r.world.file_path(r.world.self, &r.arena, "../secrets").p);
    err_clear(&err);
    hash[0] = '0';
    assert_false(r.world.file_get(r.world.self, &r.arena, hash, &got, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    close_real(&r);
}

static int mails_in(struct real *r, struct str *last_out) {
    int n = 0;
    DIR *d = opendir(arena_fmt(&r->arena, STR_FMT "/mail", STR_ARG(r->dir)).p);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        n++;
        *last_out = arena_fmt(&r->arena, STR_FMT "/mail/%s", STR_ARG(r->dir), e->d_name);
    }
    if (d) closedir(d);
    return n;
}

static void writes_mail_once(void **state) {
    (void)state;
    struct real r;
    open_real(&r);
    struct err err = {0};
    struct world_mail m = {S("shop@shop.example"), S("anna@example.org"), S("Subject: 1\r\n\r\n"),
                           S("order/7:paid")};
    assert_ok(r.world.mail(r.world.self, &m, &err), &err);
    m.bytes = S("Subject: 2\r\n\r\n");
    assert_ok(r.world.mail(r.world.self, &m, &err), &err);
    struct str path, text;
    assert_int_equal(mails_in(&r, &path), 1);
    assert_true(str_ends(path, S("Z-order-7-paid.eml")));
    assert_ok(file_read(&r.arena, path.p, 1000, &text, &err), &err);
    assert_str(text, "Subject: 2\r\n\r\n");
    m.key = S("7:paid"); // the end of another key is not that key
    assert_ok(r.world.mail(r.world.self, &m, &err), &err);
    assert_int_equal(mails_in(&r, &path), 2);
    close_real(&r);
}

static void draws_and_tells_time(void **state) {
    (void)state;
    struct real r;
    open_real(&r);
    unsigned char a[32] = {0}, b[32] = {0};
    r.world.random(r.world.self, a, sizeof a);
    r.world.random(r.world.self, b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    assert_true(r.world.now(r.world.self) >
                instant_of_civil((struct civil){2024, 1, 1, 0, 0, 0, 0}));
    close_real(&r);
}

static bool open_shop(struct real *r, struct shop *s, struct err *err) {
    return shop_open(
        &(struct shop_open){
            .dir = r->dir,
            .base_url = S(TEST_URL),
            .world = r->world,
            .migrations = kontor_migrations,
            .migration_count =
                db_migrations_through(kontor_migrations, kontor_migration_count, "core"),
        },
        s, err);
}

static bool set_name(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    enum setting_verdict v;
    return setting_set(c, "shop.name", S("Hanse"), &v);
}

static void a_shop_keeps_its_key(void **state) {
    (void)state;
    struct real r;
    open_real(&r);
    struct shop s;
    struct err err = {0};
    assert_ok(open_shop(&r, &s, &err), &err);
    struct secret_key key = s.key;
    struct ctx c;
    ctx_begin(&c, &s, &r.arena);
    assert_ok(tx_run(&c, set_name, NULL), &c.err);
    ctx_end(&c);
    shop_close(&s);
    struct str secrets = arena_fmt(&r.arena, STR_FMT "/secrets", STR_ARG(r.dir));
    struct stat st;
    assert_int_equal(stat(secrets.p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_ok(open_shop(&r, &s, &err), &err);
    assert_memory_equal(&key, &s.key, sizeof key);
    shop_close(&s);
    assert_int_equal(unlink(secrets.p), 0); // a lost key is told, not replaced
    assert_false(open_shop(&r, &s, &err));
    assert_non_null(strstr(err.message, "secrets is missing"));
    close_real(&r);
}

static void the_fake_world_repeats_itself(void **state) {
    (void)state;
    struct world_fake f;
    unsigned char drawn[2][16];
    for (int i = 0; i < 2; i++) {
        struct world w = world_fake_init(&f, TEST_NOW, 42);
        assert_true(w.now(w.self) == TEST_NOW);
        w.random(w.self, drawn[i], sizeof drawn[i]);
        world_fake_done(&f);
    }
    assert_memory_equal(drawn[0], drawn[1], 16);
}

static void the_fake_world_keeps_mail_and_files(void **state) {
    (void)state;
    struct world_fake f;
    struct arena a = {0};
    struct err err = {0};
    struct world w = world_fake_init(&f, TEST_NOW, 1);
    struct world_mail m = {S("from@a"), S("to@b"), S("one"), S("k")};
    assert_ok(w.mail(w.self, &m, &err), &err);
    m.bytes = S("two");
    assert_ok(w.mail(w.self, &m, &err), &err);
    assert_int_equal(f.mails.n, 1);
    assert_str(world_fake_last_mail(&f, S("to@b"))->bytes, "two");
    assert_null(world_fake_last_mail(&f, S("to@c")));
    f.mail_down = true;
    assert_false(w.mail(w.self, &m, &err));
    assert_int_equal(err.code, ERR_NET);
    err_clear(&err);
    char hash[65];
    struct str got;
    assert_ok(w.file_put(w.self, S("abc"), hash, &err), &err);
    assert_ok(w.file_get(w.self, &a, hash, &got, &err), &err);
    assert_str(got, "abc");
    struct http_reply reply;
    bool sent = true;
    assert_false(w.http(w.self, &a, &(struct http_call){.method = "GET", .url = S("https://x")},
                        &reply, &sent, &err));
    assert_false(sent);
    arena_done(&a);
    world_fake_done(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_files_by_content),
        cmocka_unit_test(writes_mail_once),
        cmocka_unit_test(draws_and_tells_time),
        cmocka_unit_test(a_shop_keeps_its_key),
        cmocka_unit_test(the_fake_world_repeats_itself),
        cmocka_unit_test(the_fake_world_keeps_mail_and_files),
    };
    return TEST_GROUP(tests);
}
