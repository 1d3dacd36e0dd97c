// SPDX-License-Identifier: Apache-2.0
#include "base/rng.h"
#include "base/test.h"
#include "base/time.h"

static void parses_what_is_met(void **state) {
    (void)state;
    static const struct {
        const char *text, *iso; // iso NULL: refused
    } cases[] = {
        {"2010-12-01", "2010-12-01T00:00:00Z"},
        {"2010-12-01 08:26:00", "2010-12-01T08:26:00Z"},
        {"2010-12-01T08:26", "2010-12-01T08:26:00Z"},
        {"2014-12-31T13:15:00+01:00", "2014-12-31T12:15:00Z"},
        {"2014-12-31 23:15:00 -0100", "2015-01-01T00:15:00Z"},
        {"2014-12-31T13:15:00+05", "2014-12-31T08:15:00Z"},
        {"2026-11-22t07:31:44.250z", "2026-11-22T07:31:44Z"},
        {"2024-02-29", "2024-02-29T00:00:00Z"},
        {"0001-01-01", "0001-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59Z"},
        {"2023-02-29", NULL},
        {"2100-02-29", NULL},
        {"0000-01-01", NULL},
        {"0001-01-01T00:00:00+01:00", NULL},
        {"9999-12-31T23:59:59-01:00", NULL},
        {"2010-13-01", NULL},
        {"2010-12-01T24:00:00", NULL},
        {"2010-12-01T10:00:60", NULL},
        {"2010-12-01T10:00:00.", NULL},
        {"2010-12-01T10:00:00.1234567", NULL},
        {"2010-12-01T10:00:00+1", NULL},
        {"2010-12-01T10:00:00+01:", NULL},
        {"2010-12-01T10:00:00 ", NULL},
        {"2010-12-01T", NULL},
        {"2010-12-1", NULL},
        {"12/01/2010", NULL},
        {"", NULL},
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        instant t;
        assert_int_equal(instant_parse(str_c(cases[i].text), &t), cases[i].iso != NULL);
        if (cases[i].iso) assert_str(instant_iso(&a, t), cases[i].iso);
    }
    instant t;
    assert_true(instant_parse(S("1970-01-01T00:00:00.000001Z"), &t));
    assert_int_equal(t, 1);
    arena_done(&a);
}

static void forms(void **state) {
    (void)state;
    struct arena a = {0};
    instant t;
    assert_true(instant_parse(S("2026-11-22T07:31:44Z"), &t));
    assert_str(instant_http(&a, t), "Sun, 22 Nov 2026 07:31:44 GMT");
    assert_str(instant_date(&a, t), "2026-11-22");
    assert_str(instant_http(&a, 784111777 * SECOND), "Sun, 06 Nov 1994 08:49:37 GMT"); // RFC 9110
    arena_done(&a);
}

static void civil_and_back(void **state) {
    (void)state;
    struct rng rng = rng_new(3);
    int weekday = civil_weekday(civil_of_instant(-800000 * DAY));
    for (int64_t day = -700000; day < 2900000; day += 37) {
        instant t = day * DAY + (int64_t)rng_below(&rng, (uint64_t)DAY);
        struct civil c = civil_of_instant(t);
        if (c.year >= 1 && c.year <= 9999) assert_true(civil_valid(c));
        assert_true(instant_of_civil(c) == t);
    }
    for (int64_t day = -799999; day < -799000; day++) { // one day at a time through the week
        int next = civil_weekday(civil_of_instant(day * DAY));
        assert_int_equal(next, weekday % 7 + 1);
        weekday = next;
    }
    assert_int_equal(civil_weekday((struct civil){.year = 1970, .month = 1, .day = 1}), 4);
    struct civil before = civil_of_instant(-1);
    assert_true(before.year == 1969 && before.second == 59 && before.micros == 999999);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_what_is_met),
        cmocka_unit_test(forms),
        cmocka_unit_test(civil_and_back),
    };
    return TEST_GROUP(tests);
}
