// SPDX-License-Identifier: Apache-2.0
// Failures, log lines and field descriptors.
#include "base/log.h"
#include "base/row.h"
#include "base/test.h"

static void first_failure_wins(void **state) {
    (void)state;
    struct err e = {0};
    assert_false(err_set(&e, ERR_IO, "The file %s cannot be read.", "a.csv"));
    assert_false(err_set(&e, ERR_DB, "later"));
    err_hint(&e, "Check its owner.");
    err_hint(&e, "other");
    err_detail(&e, "errno %d", 13);
    err_field(&e, "file");
    assert_int_equal(e.code, ERR_IO);
    assert_string_equal(e.message, "The file a.csv cannot be read.");
    assert_string_equal(e.hint, "Check its owner.");
    assert_string_equal(e.detail, "errno 13");
    assert_string_equal(e.field, "file");
    err_clear(&e);
    assert_int_equal(e.code, ERR_NONE);
    assert_string_equal(e.message, "");
}

static void long_messages_end_between_characters(void **state) {
    (void)state;
    struct err e = {0};
    char text[600];
    for (size_t i = 0; i + 1 < sizeof text; i += 2) memcpy(text + i, "\xC3\xA4", 2);
    text[sizeof text - 2] = '\0';
    err_set(&e, ERR_INVALID, "%s", text);
    assert_true(str_is_utf8(str_c(e.message)));
    assert_int_equal(strlen(e.message), 254);
    err_clear(&e);
    err_set(&e, ERR_INVALID, "x%s", text);
    assert_int_equal(strlen(e.message), 255);
    assert_true(str_is_utf8(str_c(e.message)));
}

static void every_code_has_a_status(void **state) {
    (void)state;
    for (int code = ERR_NONE; code <= ERR_UNSUPPORTED; code++) {
        int status = err_http_status((enum err_code)code);
        assert_true(code == ERR_NONE ? status == 200 : status >= 400 && status < 600);
    }
    assert_int_equal(err_http_status(ERR_BUSY), 503);
}

struct lines {
    struct arena arena;
    struct str last;
    int count;
};

static void keep_line(void *self, enum log_level level, struct str line) {
    (void)level;
    struct lines *l = self;
    l->last = arena_str(&l->arena, line);
    l->count++;
}

static void lines_are_logfmt(void **state) {
    (void)state;
    struct lines l = {0};
    struct log_sink sink = {keep_line, &l, LOG_INFO};
    instant t = 1793345504123456; // 2026-10-30
    LOG(&sink, t, LOG_DEBUG, "quiet", {"a", S("b")});
    assert_int_equal(l.count, 0);
    LOG(&sink, t, LOG_WARN, "job.failed", {"job", S("7")}, {"why", S("a \"b\"\nc=d\\")},
        {"none", S("")});
    assert_str(l.last, "time=2026-10-30T07:31:44.123Z level=warn event=job.failed job=7 "
                       "why=\"a \\\"b\\\"\\nc=d\\\\\" none=\"\"");
    char *large = arena_alloc(&l.arena, 9000);
    memset(large, '\x01', 9000);
    LOG(&sink, t, LOG_ERROR, "large", {"v", ((struct str){large, 9000})});
    assert_int_equal(l.last.n, 4096);
    LOG(NULL, t, LOG_ERROR, "nowhere", {"a", S("b")});
    arena_done(&l.arena);
}

static void fields_are_found_by_name(void **state) {
    (void)state;
    static const struct field fields[] = {{"id", FIELD_INT, 0, 0, 0},
                                          {"name", FIELD_TEXT, 0, 8, 0}};
    static const struct row_type type = {"thing", 24, fields, 2};
    assert_ptr_equal(row_field(&type, S("name")), &fields[1]);
    assert_null(row_field(&type, S("nam")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_failure_wins),
        cmocka_unit_test(long_messages_end_between_characters),
        cmocka_unit_test(every_code_has_a_status),
        cmocka_unit_test(lines_are_logfmt),
        cmocka_unit_test(fields_are_found_by_name),
    };
    return TEST_GROUP(tests);
}
