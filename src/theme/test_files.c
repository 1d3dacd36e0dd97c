// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/test.h"
#include "theme/files.h"

static const struct theme_file some[] = {
    {S_INIT("sections/b.liquid"), S_INIT("B")},
    {S_INIT("assets/a.css"), S_INIT("A")},
    {S_INIT("templates/customers/login.json"), S_INIT("{}")},
    {S_INIT("layout/theme.liquid"), S_INIT("L")},
};

static void paths(void **state) {
    (void)state;
    static const char *const good[] = {"layout/theme.liquid", "assets/a-B_1.min.js",
                                       "templates/customers/login.json",
                                       "templates/metaobject/book.json", "locales/de.schema.json"};
    static const char *const bad[] = {
        "",           "theme.liquid",    "layout/",         "layout/..",    "../layout/a",
        "/layout/a",  "layout//a",       "assets/a/b.css",  "sections/a b", "snippets/a\\b",
        "config/a\n", "assets/\xC3\xA4", "layouts/a",       "Layout/a",     "layout/.hidden",
        "layout",     "assets/../a",     "templates/x/a.js"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        struct err e = {0};
        assert_ok(theme_path_ok(str_c(good[i]), &e), &e);
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct err e = {0};
        assert_false(theme_path_ok(str_c(bad[i]), &e));
        assert_int_equal(e.code, ERR_INVALID);
        assert_true(str_is_utf8(str_c(e.message)));
    }
    struct err e = {0};
    char path[THEME_PATH_MAX + 2] = "assets/";
    memset(path + 7, 'a', THEME_PATH_MAX - 7);
    assert_ok(theme_path_ok(str_c(path), &e), &e);
    path[THEME_PATH_MAX] = 'a';
    assert_false(theme_path_ok(str_c(path), &e));
    assert_false(theme_path_ok((struct str){"assets/a\0.css", 13}, &(struct err){0}));
}

static void sorting_and_finding(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    struct theme_files f;
    assert_ok(theme_files_of(&a, some, ARRAY_LEN(some), &f, &e), &e);
    assert_int_equal(f.n, 4);
    for (size_t i = 1; i < f.n; i++) assert_true(str_cmp(f.v[i - 1].path, f.v[i].path) < 0);
    for (size_t i = 0; i < ARRAY_LEN(some); i++)
        assert_strs(theme_file_find(&f, some[i].path)->bytes, some[i].bytes);
    assert_null(theme_file_find(&f, S("assets/b.css")));
    assert_ok(theme_files_of(&a, NULL, 0, &f, &e), &e);
    assert_null(theme_file_find(&f, S("assets/a.css")));
    arena_done(&a);
}

static bool refused(const struct theme_file *v, size_t n, const char *because) {
    struct arena a = {0};
    struct err e = {0};
    struct theme_files f;
    bool ok = theme_files_of(&a, v, n, &f, &e);
    if (!ok && !strstr(e.message, because)) print_error("%s\n", e.message);
    arena_done(&a);
    return !ok && e.code == ERR_INVALID && strstr(e.message, because);
}

static void limits_of_files(void **state) {
    (void)state;
    struct arena a = {0};
    const struct theme_file twice[] = {some[0], some[1], some[0]};
    const struct theme_file cases[] = {{S("assets/a.css"), S("")}, {S("assets/A.css"), S("")}};
    assert_true(refused(twice, 3, "stands twice."));
    assert_true(refused(cases, 2, "in another case"));
    struct theme_file *many = ARENA_ARRAY(&a, struct theme_file, THEME_FILES_MAX + 1);
    for (int i = 0; i <= THEME_FILES_MAX; i++) many[i].path = arena_fmt(&a, "assets/%d", i);
    assert_true(refused(many, THEME_FILES_MAX + 1, "more than 2000 files"));
    assert_false(refused(many, THEME_FILES_MAX, ""));
    many[0].bytes = (struct str){"", THEME_FILE_MAX + 1}; // never read
    assert_true(refused(many, 1, "larger than 5 MiB"));
    for (int i = 0; i < 13; i++) many[i].bytes = (struct str){"", THEME_FILE_MAX};
    assert_true(refused(many, 13, "larger than 64 MiB in all"));
    arena_done(&a);
}

static void overlay(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    const struct theme_file changes[] = {
        {S("assets/a.css"), S("new")},
        {S("assets/z.css"), S("added")},
        {S("layout/theme.liquid"), {0}},
        {S("layout/password.liquid"), {0}},
    };
    struct theme_files base, over;
    assert_ok(theme_files_of(&a, some, ARRAY_LEN(some), &base, &e), &e);
    assert_ok(theme_files_of(&a, changes, ARRAY_LEN(changes), &over, &e), &e);
    struct theme_files f = theme_files_overlay(&a, &base, &over);
    assert_int_equal(f.n, 4);
    assert_str(theme_file_find(&f, S("assets/a.css"))->bytes, "new");
    assert_str(theme_file_find(&f, S("assets/z.css"))->bytes, "added");
    assert_str(theme_file_find(&f, S("sections/b.liquid"))->bytes, "B");
    assert_null(theme_file_find(&f, S("layout/theme.liquid")));
    assert_int_equal(base.n, 4);
    arena_done(&a);
}

static void embedded(void **state) {
    (void)state;
    static const struct embed table[] = {
        {"README.md", (const unsigned char *)"hello", 5, ""},
        {"layout/theme.liquid", (const unsigned char *)"L", 1, ""},
    };
    struct arena a = {0};
    struct err e = {0};
    struct theme_files f;
    assert_ok(theme_files_of_embed(&a, table, 2, &f, &e), &e);
    assert_int_equal(f.n, 1);
    assert_int_equal(f.passed_over, 1);
    assert_str(f.v[0].bytes, "L");
    arena_done(&a);
}

static void put(struct arena *a, const char *dir, const char *path, const char *text) {
    struct str full = arena_fmt(a, "%s/%s", dir, path);
    for (size_t i = strlen(dir) + 1; i < full.n; i++)
        if (full.p[i] == '/') mkdir(arena_cstr(a, str_sub(full, 0, i)), 0700);
    int fd = open(full.p, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void remove_dir(struct arena *a, const char *dir) {
    assert_int_equal(system(arena_fmt(a, "rm -r '%s'", dir).p), 0);
}

static void folder(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    struct theme_files f;
    char dir[] = "/tmp/kontor-theme-XXXXXX";
    assert_non_null(mkdtemp(dir));
    put(&a, dir, "repo-main/layout/theme.liquid", "layout");
    put(&a, dir, "repo-main/templates/customers/login.json", "{}");
    put(&a, dir, "repo-main/assets/empty.css", "");
    put(&a, dir, "repo-main/assets/deep/x.css", "x");
    put(&a, dir, "repo-main/assets/.DS_Store", "x");
    put(&a, dir, "repo-main/node_modules/a b/x", "x");
    put(&a, dir, "repo-main/README.md", "x");
    assert_int_equal(symlink("/etc/passwd", arena_fmt(&a, "%s/repo-main/assets/l", dir).p), 0);
    assert_ok(theme_files_of_dir(&a, dir, &f, &e), &e);
    assert_int_equal(f.n, 3);
    assert_int_equal(f.passed_over, 5);
    assert_str(theme_file_find(&f, S("layout/theme.liquid"))->bytes, "layout");
    assert_non_null(theme_file_find(&f, S("assets/empty.css"))->bytes.p);
    assert_ok(theme_files_of_dir(&a, arena_fmt(&a, "%s/repo-main", dir).p, &f, &e), &e);
    assert_int_equal(f.n, 3);
    put(&a, dir, "repo-main/assets/a b.css", "x");
    assert_false(theme_files_of_dir(&a, dir, &f, &e));
    assert_int_equal(e.code, ERR_INVALID);
    err_clear(&e);
    assert_false(theme_files_of_dir(&a, arena_fmt(&a, "%s/none", dir).p, &f, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    remove_dir(&a, dir);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths),           cmocka_unit_test(sorting_and_finding),
        cmocka_unit_test(limits_of_files), cmocka_unit_test(overlay),
        cmocka_unit_test(embedded),        cmocka_unit_test(folder),
    };
    return TEST_GROUP(tests);
}
