// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "test_embedded.h"

static void files_are_found_with_their_bytes(void **state) {
    (void)state;
    const struct embed *e = embed_find(test_files, test_files_count, S("entities"));
    assert_non_null(e);
    assert_str(embed_str(e), "<!DOCTYPE a [<!ENTITY x \"yy\"><!ENTITY z \"&x;&x;\">]><a>&z;</a>");
    assert_int_equal(e->data[e->size], 0);
    assert_int_equal(strlen(e->sha256), 64);
    assert_null(embed_find(test_files, test_files_count, S("missing")));
    assert_null(embed_find(test_files, 0, S("camt")));
    assert_null(embed_find(test_files, test_files_count, S("")));
}

static void table_is_sorted_and_every_path_found(void **state) {
    (void)state;
    assert_true(test_files_count >= 3);
    for (size_t i = 0; i < test_files_count; i++) {
        struct str path = str_c(test_files[i].path);
        if (i) assert_true(str_cmp(str_c(test_files[i - 1].path), path) < 0);
        assert_ptr_equal(embed_find(test_files, test_files_count, path), &test_files[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_found_with_their_bytes),
        cmocka_unit_test(table_is_sorted_and_every_path_found),
    };
    return TEST_GROUP(tests);
}
