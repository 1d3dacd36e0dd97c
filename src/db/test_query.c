// SPDX-License-Identifier: Apache-2.0
#include "test_toy.h"

struct toys {
    struct toy_add_in v[4];
    size_t n;
};

static bool add_toys(struct db *db, void *self, bool *keep) {
    const struct toys *toys = self;
    (void)keep;
    for (size_t i = 0; i < toys->n; i++) {
        int64_t id;
        TRY(toy_add(db, &toys->v[i], &id));
        if (id <= 0) return false;
    }
    return true;
}

static struct toys three(void) {
    return (struct toys){{{.name = S("ball"), .price = 500, .loud = false},
                          {.name = S("drum"),
                           .price = 2500,
                           .loud = true,
                           .sold_at = 77,
                           .has_sold_at = true,
                           .story = S("<p>\xc3\xa4\xe2\x82\xac\xf0\x9f\xa5\x81</p>"),
                           .has_story = true,
                           .owner = S("")},
                          {.name = S("kite"), .price = 1500, .picture = {"\0\1\xff\0", 4}}},
                         3};
}

static struct testdb *with_toys(struct arena *a) {
    struct testdb *t = toy_open(a);
    struct toys toys = three();
    assert_ok(db_write(&t->db, add_toys, &toys), &t->err);
    return t;
}

static void values_come_back_as_they_went_in(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = with_toys(&a);
    struct toy ball, drum, kite, none;
    bool found;
    assert_ok(toy_by_name(&t->db, &(struct toy_by_name_in){S("ball")}, &ball, &found), &t->err);
    assert_true(found && !ball.has_sold_at && !ball.loud);
    assert_null(ball.story.p);
    assert_null(ball.owner.p);
    assert_null(ball.picture.p);
    assert_ok(toy_by_name(&t->db, &(struct toy_by_name_in){S("drum")}, &drum, &found), &t->err);
    assert_true(found && drum.has_sold_at && drum.sold_at == 77 && drum.loud && drum.price == 2500);
    assert_str(drum.story, "<p>\xc3\xa4\xe2\x82\xac\xf0\x9f\xa5\x81</p>");
    assert_true(drum.owner.p != NULL &&
                drum.owner.n == 0); // given, though has_owner was not set; empty is not NULL
    assert_ok(toy_by_name(&t->db, &(struct toy_by_name_in){S("kite")}, &kite, &found), &t->err);
    assert_true(found && kite.picture.n == 4 && memcmp(kite.picture.p, "\0\1\xff\0", 4) == 0);
    assert_ok(toy_by_name(&t->db, &(struct toy_by_name_in){S("robot")}, &none, &found), &t->err);
    assert_false(found);
    assert_int_equal(none.id, 0);
    testdb_close(t);
    arena_done(&a);
}

static const char *names(struct testdb *t, struct toy_list_in in) {
    struct toy_rows rows;
    assert_ok(toy_list_all(&t->db, &in, &rows), &t->err);
    struct buf b = buf_new(t->arena, 0);
    buf_put(&b, S(""));
    for (size_t i = 0; i < rows.n; i++) buf_put(&b, rows.v[i].name), buf_char(&b, ' ');
    return buf_str(&b).p;
}

static void clauses_turn_on_and_off(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = with_toys(&a);
    assert_string_equal(names(t, (struct toy_list_in){0}), "ball drum kite ");
    assert_string_equal(names(t, (struct toy_list_in){.dear_first = true}), "drum kite ball ");
    assert_string_equal(names(t, (struct toy_list_in){.from = 1000, .has_from = true}),
                        "drum kite ");
    assert_string_equal(names(t, (struct toy_list_in){.from = 1000}), "ball drum kite ");
    assert_string_equal(names(t, (struct toy_list_in){.sold = true}), "drum ");
    assert_string_equal(names(t, (struct toy_list_in){.name = S("kite")}), "kite ");
    assert_string_equal(
        names(t, (struct toy_list_in){.name = S("kite"), .has_name = true, .sold = true}), "");
    testdb_close(t);
    arena_done(&a);
}

static void expressions_and_blocks_per_database(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    struct toy_sums s;
    bool found;
    assert_ok(toy_sums(&t->db, &s, &found), &t->err);
    assert_true(found && s.n == 0 && !s.has_total);
    assert_str(s.which, testdb_is_postgres() ? "postgres" : "sqlite");
    struct toys toys = three();
    assert_ok(db_write(&t->db, add_toys, &toys), &t->err);
    assert_ok(toy_sums(&t->db, &s, &found), &t->err);
    assert_true(s.n == 3 && s.has_total && s.total == 4500);
    struct counter_names_rows c;
    assert_ok(counter_names_all(&t->db, &c), &t->err);
    assert_true(c.n == 1 &&
                c.v[0].used == false); // a comparison: boolean on one, integer on the other
    testdb_close(t);
    arena_done(&a);
}

static bool sell_and_tag(struct db *db, void *self, bool *keep) {
    int64_t *changed = self;
    (void)keep;
    TRY(toy_sell_n(db, &(struct toy_sell_in){.id = 1, .now = 5}, &changed[0]));
    TRY(toy_sell_n(db, &(struct toy_sell_in){.id = 1, .now = 6}, &changed[1]));
    TRY(toy_tag_put_n(db, &(struct toy_tag_put_in){1, S("round")}, &changed[2]));
    return toy_tag_put_n(db, &(struct toy_tag_put_in){1, S("round")}, &changed[3]);
}

static void changes_are_counted(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = with_toys(&a);
    int64_t changed[4];
    assert_ok(db_write(&t->db, sell_and_tag, changed), &t->err);
    const int64_t want[4] = {1, 0, 1, 0};
    assert_memory_equal(changed, want, sizeof want);
    struct toy_with_tag_rows rows;
    assert_ok(toy_with_tag_all(&t->db, &rows), &t->err);
    assert_int_equal(rows.n, 3);
    assert_str(rows.v[0].tag, "round");
    assert_null(rows.v[1].tag.p);
    testdb_close(t);
    arena_done(&a);
}

struct walk {
    struct testdb *t;
    int64_t sum, inner;
    int stop_at;
};

static bool count_inner(void *self, const struct toy *row) {
    ((struct walk *)self)->inner += row->price;
    return true;
}

static bool walk(void *self, const struct toy *row) { // the same query runs inside its own callback
    struct walk *w = self;
    w->sum += row->price;
    if (w->stop_at && row->id == w->stop_at) return err_set(&w->t->err, ERR_NOT_FOUND, "stopped");
    return toy_list_each(&w->t->db, &(struct toy_list_in){0}, count_inner, w);
}

static void each_streams_nests_and_stops(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = with_toys(&a);
    struct walk w = {.t = t};
    assert_ok(toy_list_each(&t->db, &(struct toy_list_in){0}, walk, &w), &t->err);
    assert_int_equal(w.sum, 4500);
    assert_int_equal(w.inner, 3 * 4500);
    w = (struct walk){.t = t, .stop_at = 2};
    assert_false(toy_list_each(&t->db, &(struct toy_list_in){0}, walk, &w));
    assert_int_equal(t->err.code, ERR_NOT_FOUND);
    assert_int_equal(w.sum, 3000);
    testdb_close(t);
    arena_done(&a);
}

static void big_texts_pass(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    size_t n = 3 << 20;
    char *p = arena_alloc(&a, n);
    memset(p, 'x', n);
    struct toys toys = {{{.name = S("big"), .price = 1, .story = {p, n}, .picture = {p, n}}}, 1};
    assert_ok(db_write(&t->db, add_toys, &toys), &t->err);
    struct toy big;
    bool found;
    assert_ok(toy_by_name(&t->db, &(struct toy_by_name_in){S("big")}, &big, &found), &t->err);
    assert_true(found && big.story.n == n && big.picture.n == n &&
                memcmp(big.picture.p, p, n) == 0);
    testdb_close(t);
    arena_done(&a);
}

static void bytes_that_are_no_text_are_refused(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    const struct str bad[] = {{"a\0b", 3}, S("\xff"), S("\xed\xa0\x80")};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct toys toys = {{{.name = bad[i], .price = 1}}, 1};
        err_clear(&t->err);
        assert_false(db_write(&t->db, add_toys, &toys));
        assert_int_equal(t->err.code, ERR_INVALID);
        assert_string_equal(t->err.field, "name");
    }
    testdb_close(t);
    arena_done(&a);
}

static void every_variant_prepares(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    for (size_t i = 0; i < toy_sql_query_count; i++)
        assert_ok(db_query_check(&t->db, &toy_sql_queries[i]), &t->err);
    testdb_close(t);
    arena_done(&a);
}

static void a_write_outside_a_transaction_is_a_bug(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    assert_bug((void)!toy_sell(&t->db, &(struct toy_sell_in){.id = 1}));
    testdb_close(t);
    arena_done(&a);
}

static void descriptors_tell_what_columns_mean(void **state) {
    (void)state;
    const struct field *owner = row_field(&toy_type, S("owner")),
                       *price = row_field(&toy_type, S("price"));
    assert_int_equal(owner->type, FIELD_TEXT);
    assert_int_equal(owner->flags, FIELD_NULLABLE | FIELD_PERSONAL);
    assert_int_equal(price->type, FIELD_MONEY);
    assert_int_equal(row_field(&toy_type, S("story"))->type, FIELD_HTML);
}

static void keep_line(void *self, enum log_level level, struct str line) {
    (void)level;
    snprintf(self, 200, STR_FMT, STR_ARG(line));
}

static bool let_time_pass(void *self, const struct counter_names *row) {
    (void)row;
    ((struct testdb *)self)->now += SECOND / 4;
    return true;
}

static instant test_clock(void *world) { return ((struct testdb *)world)->now; }

static void slow_queries_are_logged(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    char line[200] = "";
    struct log_sink log = {.write = keep_line, .self = line};
    struct db_open how = {.url = testdb_url(&a), .log = &log, .now = test_clock, .world = t};
    struct db_pool *pool;
    struct db db;
    assert_ok(db_pool_open(&a, &how, &pool, &t->err), &t->err);
    assert_ok(db_migrate(pool, toy_migrations, toy_migration_count, &t->err), &t->err);
    db_begin_use(&db, pool, &a, &t->err);
    struct counter_names_rows rows;
    assert_ok(counter_names_all(&db, &rows), &t->err);
    assert_string_equal(line, "");
    assert_ok(counter_names_each(&db, let_time_pass, t), &t->err);
    assert_non_null(strstr(line, "db.slow_query"));
    assert_non_null(strstr(line, "query=counter_names"));
    assert_non_null(strstr(line, "ms=250"));
    db_end_use(&db);
    db_pool_close(pool);
    testdb_drop(how.url);
    testdb_close(t);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_as_they_went_in),
        cmocka_unit_test(clauses_turn_on_and_off),
        cmocka_unit_test(expressions_and_blocks_per_database),
        cmocka_unit_test(changes_are_counted),
        cmocka_unit_test(each_streams_nests_and_stops),
        cmocka_unit_test(big_texts_pass),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(every_variant_prepares),
        cmocka_unit_test(a_write_outside_a_transaction_is_a_bug),
        cmocka_unit_test(slow_queries_are_logged),
        cmocka_unit_test(descriptors_tell_what_columns_mean),
    };
    return TEST_GROUP(tests);
}
