// SPDX-License-Identifier: Apache-2.0
// Archives are written here with libarchive; what it would not write is patched in afterwards. The
// same bytes from other writers are in test/corpus/theme_zip.
#include <archive.h>
#include <archive_entry.h>

#include "base/buf.h"
#include "base/test.h"
#include "theme/files.h"

struct entry {
    const char *path, *text;
    size_t n; // so many bytes of 'x' in place of text
    const char *link;
};
struct tried {
    struct arena a;
    struct theme_files files;
    struct err err;
    bool ok;
};
enum { ARCHIVE_MAX = 8 << 20 };

static void put_entry(struct archive *w, struct arena *a, const struct entry *entry) {
    struct archive_entry *e = archive_entry_new();
    size_t n = entry->text ? strlen(entry->text) : entry->n;
    char *bytes = arena_alloc(a, n + 1);
    memset(bytes, 'x', n);
    if (entry->text) memcpy(bytes, entry->text, n);
    archive_entry_set_pathname(e, entry->path);
    archive_entry_set_filetype(e, entry->link ? AE_IFLNK : AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, entry->link ? 0 : (int64_t)n);
    if (entry->link) archive_entry_set_symlink(e, entry->link);
    assert_int_equal(archive_write_header(w, e), ARCHIVE_OK);
    if (!entry->link) assert_int_equal(archive_write_data(w, bytes, n), (ssize_t)n);
    archive_entry_free(e);
}

static struct str pack(struct arena *a, bool tar, const struct entry *v, size_t n) {
    struct archive *w = archive_write_new();
    size_t used = 0;
    char *room = arena_alloc(a, ARCHIVE_MAX);
    if (tar) archive_write_add_filter_gzip(w);
    assert_int_equal(tar ? archive_write_set_format_pax_restricted(w)
                         : archive_write_set_format_zip(w),
                     ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(w, room, ARCHIVE_MAX, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) put_entry(w, a, &v[i]);
    assert_int_equal(archive_write_close(w), ARCHIVE_OK);
    archive_write_free(w);
    return (struct str){room, used};
}

static struct tried take(struct tried t, struct str bytes) {
    t.ok = theme_files_of_zip(&t.a, bytes, &t.files, &t.err);
    return t;
}

static struct tried try_it(bool tar, const struct entry *v, size_t n) {
    struct tried t = {0};
    return take(t, pack(&t.a, tar, v, n));
}

static void refuses(struct tried t, const char *why) {
    assert_false(t.ok);
    assert_int_equal(t.err.code, ERR_INVALID);
    if (!strstr(t.err.message, why)) assert_string_equal(t.err.message, why);
    assert_int_equal(t.files.n, 0);
    arena_done(&t.a);
}

static const struct entry good[] = {
    {"hanse-main/layout/theme.liquid", "L", 0, NULL},
    {"hanse-main/README.md", "x", 0, NULL},
    {"hanse-main/assets/empty.css", "", 0, NULL},
    {"hanse-main/assets/deep/a.css", "x", 0, NULL},
    {"hanse-main/templates/customers/login.json", "{}", 0, NULL},
};

static void takes_zip_and_tar(void **state) {
    (void)state;
    for (int tar = 0; tar < 2; tar++) {
        struct tried t = try_it(tar, good, ARRAY_LEN(good));
        assert_ok(t.ok, &t.err);
        assert_int_equal(t.files.n, 3);
        assert_int_equal(t.files.passed_over, 2);
        assert_str(theme_file_find(&t.files, S("layout/theme.liquid"))->bytes, "L");
        assert_non_null(theme_file_find(&t.files, S("assets/empty.css"))->bytes.p);
        assert_str(theme_file_find(&t.files, S("templates/customers/login.json"))->bytes, "{}");
        arena_done(&t.a);
    }
}

static void takes_the_root(void **state) {
    (void)state;
    const struct entry flat[] = {{"./layout/theme.liquid", "L", 0, NULL},
                                 {"demo/assets/a.css", "x", 0, NULL},
                                 {"assets/.DS_Store", "x", 0, NULL}};
    struct tried t = try_it(true, flat, ARRAY_LEN(flat));
    assert_ok(t.ok, &t.err);
    assert_int_equal(t.files.n, 1);
    assert_int_equal(t.files.passed_over, 2);
    arena_done(&t.a);
}

static void refuses_what_does_harm(void **state) {
    (void)state;
    static const struct {
        struct entry v[2];
        const char *why;
    } cases[] = {
        {{{"layout/a", "", 0, NULL}, {"assets/../../etc/a", "", 0, NULL}}, "leads out of it"},
        {{{"layout/a", "", 0, NULL}, {"docs/..", "", 0, NULL}}, "leads out of it"},
        {{{"layout/a", "", 0, NULL}, {"C:/a", "", 0, NULL}}, "does not begin in the archive"},
        {{{"layout/a", "", 0, NULL}, {"assets/a\nb", "", 0, NULL}}, "control character"},
        {{{"layout/a", "", 0, NULL}, {"assets/b", NULL, 0, "/etc/passwd"}}, "a link"},
        {{{"layout/a", "", 0, NULL}, {"x/b", NULL, 0, "/etc"}}, "a link"},
        {{{"layout/a", "", 0, NULL}, {"assets/b c", "", 0, NULL}}, "letters, digits"},
        {{{"assets/a", "", 0, NULL}, {"assets/A", "", 0, NULL}}, "twice, in another case"},
        {{{"assets/a", "", 0, NULL}, {"assets/a", "", 0, NULL}}, "twice"},
        {{{"a/layout/a", "", 0, NULL}, {"b/layout/a", "", 0, NULL}}, "more than one theme"},
        {{{"src/a", "", 0, NULL}, {"b", "", 0, NULL}}, "no theme in the archive"},
        {{{"layout/a", "", 0, NULL}, {"assets/x", NULL, 4 << 20, NULL}}, "a hundred times"},
        {{{"layout/a", "", 0, NULL}, {"assets/x", NULL, (5 << 20) + 1, NULL}}, "a hundred times"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        refuses(try_it(false, cases[i].v, 2), cases[i].why);
        if (i != 2) refuses(try_it(true, cases[i].v, 2), cases[i].why);
    }
}

static void refuses_too_much(void **state) {
    (void)state;
    struct arena a = {0};
    struct entry *v = ARENA_ARRAY(&a, struct entry, THEME_FILES_MAX + 1);
    for (int i = 0; i <= THEME_FILES_MAX; i++)
        v[i] = (struct entry){arena_fmt(&a, "assets/%d", i).p, "", 0, NULL};
    refuses(try_it(false, v, THEME_FILES_MAX + 1), "more than 2000 files");
    uint32_t seed = 1;
    size_t n = THEME_FILE_MAX + 1;
    char *noise = arena_alloc(&a, n + 1); // does not shrink
    for (size_t i = 0; i < n; i++)
        noise[i] = (char)(1 + ((seed = seed * 1664525 + 1013904223) >> 25));
    const struct entry large[] = {{"assets/x", noise, 0, NULL}};
    refuses(try_it(false, large, 1), "assets/x is larger than 5 MiB");
    struct tried t = {0};
    refuses(take(t, (struct str){"", THEME_ZIP_MAX + 1}), "larger than 50 MiB");
    arena_done(&a);
}

// In a copy, every occurrence of a text by another of the same length.
static struct str patched(struct arena *a, struct str s, const char *from, const char *to) {
    char *p = arena_copy(a, s.p, s.n);
    size_t n = strlen(from), done = 0;
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(p + i, from, n) == 0) memcpy(p + i, to, n), done++;
    assert_true(done > 0);
    return (struct str){p, s.n};
}

static void refuses_what_is_broken(void **state) {
    (void)state;
    for (int tar = 0; tar < 2; tar++) {
        struct tried t = {0};
        struct str whole = pack(&t.a, tar, good, ARRAY_LEN(good));
        refuses(take(t, str_sub(whole, 0, whole.n / 2)), "damaged");
    }
    struct tried t = {0};
    refuses(take(t, S("")), "damaged");
    t = (struct tried){0};
    refuses(take(t, S("<html>Not found</html>")), "damaged");
    const struct entry one[] = {{"layout/theme.liquid", "some text, some text", 0, NULL}};
    t = (struct tried){0};
    struct str zip = pack(&t.a, false, one, 1);
    size_t central = str_find(zip, S("PK\x01\x02"));
    char *p = arena_copy(&t.a, zip.p, zip.n);
    p[6] |= 1; // the bit of encryption, in both headers
    p[central + 8] |= 1;
    refuses(take(t, (struct str){p, zip.n}), "it is encrypted");
    t = (struct tried){0};
    zip = pack(&t.a, false, one, 1);
    refuses(take(t, patched(&t.a, zip, "layout/", "/ayout/")), "does not begin in the archive");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_zip_and_tar),      cmocka_unit_test(takes_the_root),
        cmocka_unit_test(refuses_what_does_harm), cmocka_unit_test(refuses_too_much),
        cmocka_unit_test(refuses_what_is_broken),
    };
    return TEST_GROUP(tests);
}
