// SPDX-License-Identifier: Apache-2.0
// The code for banking apps: its text byte for byte, and that a foreign reader finds the same text
// in both pictures.
#include <stdlib.h>

#include "base/buf.h"
#include "base/test.h"
#include "core/file.h"
#include "mod/payment/epc.h"

static const struct epc_transfer full = {.name = S_INIT("Hanse Kontor GmbH & Co. KG – Größe"),
                                         .iban = S_INIT("de02 1203 0000 0000 2020 51"),
                                         .bic = S_INIT("BYLADEM1001"),
                                         .amount = {123456, {"EUR"}},
                                         .reference = S_INIT("K2026-10001")};

static void test_payload(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct str p;
    assert_ok(epc_payload(&a, &full, &p, &err), &err);
    assert_str(p, "BCD\n002\n1\nSCT\nBYLADEM1001\nHanse Kontor GmbH & Co. KG – "
                  "Größe\nDE02120300000000202051\nEUR1234.56\n\n\nK2026-10001");
    struct epc_transfer t = full;
    t.bic = (struct str){0};
    t.amount.minor = 1;
    assert_ok(epc_payload(&a, &t, &p, &err), &err);
    assert_str(p, "BCD\n002\n1\nSCT\n\nHanse Kontor GmbH & Co. KG – "
                  "Größe\nDE02120300000000202051\nEUR0.01\n\n\nK2026-10001");
    arena_done(&a);
}

static void refused(struct epc_transfer t, const char *field) {
    struct arena a = {0};
    struct err err = {0};
    struct str p;
    assert_false(epc_payload(&a, &t, &p, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.field, field);
    arena_done(&a);
}

static struct str of_length(struct arena *a, const char *piece, int n) {
    struct buf b = buf_new(a, 0);
    for (int i = 0; i < n; i++) buf_put(&b, str_c(piece));
    return buf_str(&b);
}

static void test_limits(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct str p;
    struct epc_transfer t = full;
    refused((t.iban = S("DE02120300000000202052"), t), "iban");
    t = full;
    refused((t.name = S(""), t), "name");
    refused((t.name = of_length(&a, "ä", 71), t), "name");
    refused((t.name = S("A\nEUR1"), t), "name");
    t = full;
    refused((t.amount.minor = 0, t), "amount");
    refused((t.amount.minor = INT64_C(100000000000), t), "amount");
    t = full;
    refused((t.amount = (struct money){100, {"CHF"}}, t), "amount");
    t = full;
    refused((t.reference = of_length(&a, "x", 141), t), "reference");
    refused((t.reference = S("a\nb"), t), "reference");
    t.reference = of_length(&a, "x", 140);
    t.name = of_length(&a, "n", 70);
    t.amount.minor = INT64_C(99999999999);
    assert_ok(epc_payload(&a, &t, &p, &err), &err);
    assert_true(p.n <= 331);
    assert_ok(epc_qr_png(&a, p, &p, &err), &err); // the largest fits
    t.name = of_length(&a, "€", 70);
    refused(t, "name"); // more than 331 bytes
    arena_done(&a);
}

static void test_bic_is_checked(void **state) {
    (void)state;
    struct epc_transfer t = full;
    refused((t.bic = S("BY"), t), "bic");
    refused((t.bic = S("BYLADEM1001X"), t), "bic");
    refused((t.bic = S("BYLADEM1\n01"), t), "bic");
}

static void test_iban(void **state) {
    (void)state;
    static const struct {
        const char *iban;
        bool good;
    } cases[] = {
        {"DE02120300000000202051", true},
        {"de02 1203 0000 0000 2020 51", true},
        {"GB82 WEST 1234 5698 7654 32", true},
        {"NL26VAYB8060476890", true},
        {"MT84MALT011000012345MTLCAST001S", true},
        {"DE02120300000000202050", false},
        {"", false},
        {"DE", false},
        {"DE0212030000000020205", false},
        {"1202120300000000202051", false},
        {"DEXX120300000000202051", false},
        {"DE02120300000000202051DE02120300000000", false},
        {"DE02-1203-0000-0000-2020-51", false},
        {"DE0212030000000020205\n1", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (iban_valid(str_c(cases[i].iban)) != cases[i].good) fail_msg("%s", cases[i].iban);
    struct arena a = {0};
    assert_str(iban_shown(&a, S("de02120300000000202051")), "DE02 1203 0000 0000 2020 51");
    assert_str(iban_compact(&a, S("de02 1203 0000")), "DE0212030000");
    arena_done(&a);
}

static bool there(struct arena *a, const char *tool) {
    return system(arena_fmt(a, "command -v %s >/dev/null", tool).p) == 0;
}

// What zbarimg reads out of a picture, bytes as they are.
static struct str decoded(struct arena *a, const char *png) {
    char text[1024];
    FILE *f = popen(arena_fmt(a, "zbarimg -q --raw --oneshot -Sbinary %s 2>/dev/null", png).p, "r");
    assert_non_null(f);
    size_t n = fread(text, 1, sizeof text, f);
    assert_int_equal(pclose(f), 0);
    return arena_str(a, (struct str){text, n});
}

static struct str payload_of(struct arena *a, int which) {
    struct err err = {0};
    struct str p;
    struct epc_transfer t = full;
    if (which == 1) t.bic = (struct str){0}, t.name = S("Ä"), t.reference = S("K2026-1");
    if (which == 2) t.name = of_length(a, "ß", 60), t.reference = of_length(a, "9", 140);
    assert_ok(epc_payload(a, &t, &p, &err), &err);
    return p;
}

static void test_png_reads_back(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct str png;
    if (!there(&a, "zbarimg")) skip_because("zbarimg is not installed");
    char dir[] = "/tmp/kontor-epc-XXXXXX";
    assert_non_null(mkdtemp(dir));
    for (int i = 0; i < 3; i++) {
        const char *path = arena_fmt(&a, "%s/%d.png", dir, i).p;
        struct str p = payload_of(&a, i);
        assert_ok(epc_qr_png(&a, p, &png, &err), &err);
        assert_ok(file_write(path, png, 0600, &err), &err);
        assert_strs(decoded(&a, path), p);
        unlink(path);
    }
    rmdir(dir);
    arena_done(&a);
}

static void test_svg_reads_back(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct str svg;
    if (!there(&a, "zbarimg")) skip_because("zbarimg is not installed");
    if (!there(&a, "rsvg-convert")) skip_because("rsvg-convert is not installed");
    char dir[] = "/tmp/kontor-epc-XXXXXX";
    assert_non_null(mkdtemp(dir));
    const char *path = arena_fmt(&a, "%s/1.svg", dir).p, *png = arena_fmt(&a, "%s/1.png", dir).p;
    struct str p = payload_of(&a, 0);
    assert_ok(epc_qr_svg(&a, p, &svg, &err), &err);
    assert_ok(file_write(path, svg, 0600, &err), &err);
    assert_int_equal(system(arena_fmt(&a, "rsvg-convert -w 500 -h 500 %s -o %s", path, png).p), 0);
    assert_strs(decoded(&a, png), p);
    unlink(path), unlink(png), rmdir(dir);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_payload),        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_bic_is_checked), cmocka_unit_test(test_iban),
        cmocka_unit_test(test_png_reads_back), cmocka_unit_test(test_svg_reads_back),
    };
    return TEST_GROUP(tests);
}
