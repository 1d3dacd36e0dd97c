// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"
#include "base/rng.h"
#include "base/test.h"

// Rows as "line:field|field;" so that a whole file is one string.
struct seen {
    struct buf out;
    int64_t stop_at; // row that refuses, 0 for none
    int64_t rows;
};

static bool see_row(void *self, const struct csv_row *row, struct err *err) {
    struct seen *s = self;
    if (++s->rows == s->stop_at) return err_set(err, ERR_FULL, "stop here");
    buf_int(&s->out, row->line);
    buf_char(&s->out, ':');
    for (size_t i = 0; i < row->n; i++) {
        if (i) buf_char(&s->out, '|');
        buf_put(&s->out, row->fields[i]);
    }
    buf_char(&s->out, ';');
    return true;
}

static bool read_all(struct arena *a, struct str text, size_t piece, struct seen *s,
                     struct err *err) {
    s->out = buf_new(a, 0);
    s->rows = 0;
    struct csv_reader *r = csv_reader_new(a, ',', see_row, s);
    bool ok = true;
    for (size_t at = 0; ok && at < text.n; at += piece)
        ok = csv_feed(r, str_sub(text, at, piece), err);
    if (ok) ok = csv_finish(r, err);
    csv_reader_done(r);
    return ok;
}

static const struct {
    const char *text, *rows;
} files[] = {
    {"a,b\r\n1,2\r\n", "1:a|b;2:1|2;"},
    {"a,b\n1,2", "1:a|b;2:1|2;"},
    {"a\r\rb", "1:a;3:b;"},
    {"\xEF\xBB\xBF\"h\"\nx\n", "1:h;2:x;"},
    {"\xEF\xBBx\n", "1:\xEF\xBBx;"},
    {"\"l1\r\nl2\nl3\",z\r\nnext\r\n", "1:l1\r\nl2\nl3|z;4:next;"},
    {"\n\n a , \"b\" \n\n\nc\n", "3: a | \"b\" ;6:c;"},
    {"\r\n\r\nx\r\n", "3:x;"},
    {"\"say \"\"hi\"\"\",,\n", "1:say \"hi\"||;"},
    {"\"\"\n", "1:;"},
    {",\n", "1:|;"},
    {"5\" pipe,x\n", "1:5\" pipe|x;"},
    {"\"a\"\r\n\"b\"\r\n", "1:a;2:b;"},
    {"", ""},
};

static void rows_and_lines_in_any_pieces(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        for (size_t piece = 1; piece < 8; piece++) {
            struct seen s = {0};
            struct err e = {0};
            assert_ok(read_all(&a, str_c(files[i].text), piece, &s, &e), &e);
            assert_str(buf_str(&s.out), files[i].rows);
        }
    }
    arena_done(&a);
}

static void open_quote_names_its_line(void **state) {
    (void)state;
    struct arena a = {0};
    struct seen s = {0};
    struct err e = {0};
    assert_false(read_all(&a, S("a,b\n1,\"never\nclosed\n"), 5, &s, &e));
    assert_int_equal(e.code, ERR_INVALID);
    assert_true(str_starts(str_c(e.message), S("Line 2: a quote")));
    arena_done(&a);
}

static void callback_stops_reading(void **state) {
    (void)state;
    struct arena a = {0};
    struct seen s = {.stop_at = 2};
    struct err e = {0};
    assert_false(read_all(&a, S("a\nb\nc\nd\n"), 100, &s, &e));
    assert_int_equal(e.code, ERR_FULL);
    assert_int_equal(s.rows, 2);
    arena_done(&a);
}

static void sizes_are_limited(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf text = buf_new(&a, 0);
    for (int i = 0; i < 4096; i++) buf_char(&text, ',');
    struct seen s = {0};
    struct err e = {0};
    assert_false(read_all(&a, buf_str(&text), 4096, &s, &e));
    assert_int_equal(e.code, ERR_TOO_LARGE);
    buf_clear(&text);
    buf_char(&text, '"');
    memset(buf_room(&text, 6 << 20), 'x', 6 << 20);
    err_clear(&e);
    assert_false(read_all(&a, buf_str(&text), 1 << 20, &s, &e));
    assert_int_equal(e.code, ERR_TOO_LARGE);
    arena_done(&a);
}

struct want {
    struct str *fields;
    size_t n;
};

static bool same_row(void *self, const struct csv_row *row, struct err *err) {
    const struct want *want = self;
    (void)err;
    assert_int_equal(row->n, want->n);
    for (size_t i = 0; i < row->n; i++) assert_strs(row->fields[i], want->fields[i]);
    return true;
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    static const char alphabet[] = "ab,\"\r\n ;\t";
    struct arena a = {0};
    struct rng rng = rng_new(8);
    for (int round = 0; round < 3000; round++) {
        struct str fields[5];
        struct want want = {fields, 1 + (size_t)rng_below(&rng, 5)};
        struct buf file = buf_new(&a, 0);
        for (size_t i = 0; i < want.n; i++) {
            struct buf field = buf_new(&a, 0);
            for (uint64_t n = rng_below(&rng, 6); n > 0; n--)
                buf_char(&field, alphabet[rng_below(&rng, sizeof alphabet - 1)]);
            fields[i] = buf_str(&field);
            csv_put(&file, fields[i], i + 1 == want.n);
        }
        struct err e = {0};
        struct csv_reader *r = csv_reader_new(&a, ',', same_row, &want);
        assert_ok(csv_feed(r, buf_str(&file), &e) && csv_finish(r, &e), &e);
        csv_reader_done(r);
        arena_reset(&a);
    }
    arena_done(&a);
}

static void quotes_only_when_needed(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    csv_put(&b, S("plain text"), false);
    csv_put(&b, S("a,b"), false);
    csv_put(&b, S("\""), false);
    csv_put(&b, S(""), true);
    csv_put(&b, S(""), true);
    assert_str(buf_str(&b), "plain text,\"a,b\",\"\"\"\",\r\n\"\"\r\n");
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_lines_in_any_pieces), cmocka_unit_test(open_quote_names_its_line),
        cmocka_unit_test(callback_stops_reading),       cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(what_is_written_reads_back),   cmocka_unit_test(quotes_only_when_needed),
    };
    return TEST_GROUP(tests);
}
