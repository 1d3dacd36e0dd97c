// SPDX-License-Identifier: Apache-2.0
// The bytes of a message: what goes in comes out of a mail program, and nothing in a text can
// become a header.
#include <gmime/gmime.h>

#include "mod/mail/compose.h"
#include "mod/mail/test_mail.h"

static const struct mail_parts plain = {.from_name = S_INIT("Hanse Kontor"),
                                        .from = S_INIT("shop@example.org"),
                                        .to = S_INIT("anna@example.org"),
                                        .subject = S_INIT("Ihre Bestellung"),
                                        .text = S_INIT("Guten Tag\n"),
                                        .html = S_INIT("<p>Guten Tag</p>\n"),
                                        .message_id = S_INIT("abc@example.org"),
                                        .date = INT64_C(1795334400000000)};

static struct str composed(struct arena *a, const struct mail_parts *p) {
    struct err err = {0};
    struct str m;
    assert_ok(mail_compose(a, p, &m, &err), &err);
    return m;
}

// The head, and that every line of the message ends in CRLF and is of a length that servers take.
static struct str head_of(struct str m) {
    size_t start = 0;
    for (size_t i = 0; i < m.n; i++) {
        if (m.p[i] != '\n') continue;
        assert_true(i > 0 && m.p[i - 1] == '\r');
        assert_in_range(i - start, 0, 998);
        start = i + 1;
    }
    size_t end = str_find(m, S("\r\n\r\n"));
    assert_true(end != STR_NONE);
    return str_sub(m, 0, end + 2);
}

static size_t headers(struct str head, const char *name) {
    size_t n = 0, len = strlen(name);
    struct str rest = head, line;
    while (str_split(&rest, '\n', &line))
        n +=
            str_eq_nocase(str_sub(line, 0, len), str_c(name)) && line.n > len && line.p[len] == ':';
    return n;
}

static void test_plain(void **state) {
    (void)state;
    struct arena a = {0};
    struct read_mail m;
    struct str bytes = composed(&a, &plain);
    mail_read(&a, bytes, &m);
    assert_str(m.from, "Hanse Kontor <shop@example.org>");
    assert_str(m.to, "anna@example.org");
    assert_str(m.subject, "Ihre Bestellung");
    assert_str(m.message_id, "<abc@example.org>");
    assert_str(m.date, "Sun, 22 Nov 2026 08:00:00 +0000");
    assert_str(m.text, "Guten Tag\n");
    assert_str(m.html, "<p>Guten Tag</p>\n");
    assert_int_equal(m.parts, 2);
    assert_true(str_find(head_of(bytes), S("Auto-Submitted: auto-generated\r\n")) != STR_NONE);
    assert_strs(composed(&a, &plain), bytes); // the same again: a job may write it twice
    arena_done(&a);
}

static void test_all_letters(void **state) {
    (void)state;
    struct arena a = {0};
    struct read_mail m;
    struct mail_parts p = plain;
    struct buf text = buf_new(&a, 0);
    for (int i = 0; i < 400; i++) buf_put(&text, S("Größe 38½ – „süß“ 👟 "));
    p.subject =
        S("Schön: „Ihre“ Bestellung 👟 – Größe 38½, und ein Betreff, der länger ist als eine Zeile");
    p.from_name = S("Müller & Söhne, \"Hanse\" <Kontor>");
    p.text = p.html = buf_str(&text);
    struct str bytes = composed(&a, &p);
    mail_read(&a, bytes, &m);
    assert_strs(m.subject, p.subject);
    assert_str(m.from, "\"Müller & Söhne, \\\"Hanse\\\" <Kontor>\" <shop@example.org>");
    assert_strs(m.text, p.text);
    assert_strs(m.html, p.html);
    struct str head = head_of(bytes);
    for (size_t i = 0; i < head.n; i++) assert_true((unsigned char)head.p[i] < 0x80);
    arena_done(&a);
}

static void test_no_header_gets_in(void **state) {
    (void)state;
    static const char *const hostile[] = {"x\r\nBcc: eve@example.org",
                                          "x\nBcc: eve@example.org\n\nbody",
                                          "x\rBcc: eve@example.org",
                                          "x\r\n\r\n<b>body</b>",
                                          "=?utf-8?q?x=0D=0ABcc:_eve@example.org?=",
                                          "x\xe2\x80\xa8"
                                          "Bcc: eve@example.org"};
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        struct arena a = {0};
        struct read_mail m;
        struct mail_parts p = plain;
        p.subject = p.from_name = str_c(hostile[i]);
        struct str bytes = composed(&a, &p), head = head_of(bytes);
        mail_read(&a, bytes, &m);
        assert_null(m.bcc.p);
        assert_int_equal(headers(head, "Bcc"), 0);
        assert_int_equal(headers(head, "Subject"), 1);
        assert_int_equal(headers(head, "From"), 1);
        assert_str(m.text, "Guten Tag\n");
        arena_done(&a);
    }
}

static void test_addresses(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "anna",
                                      "anna@example.org\r\nBcc: eve@example.org",
                                      "anna@example.org, eve@example.org",
                                      "<anna@example.org>",
                                      "anna@example.org\n",
                                      "a b@example.org"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        for (int side = 0; side < 2; side++) {
            struct arena a = {0};
            struct err err = {0};
            struct str m;
            struct mail_parts p = plain;
            *(side ? &p.from : &p.to) = str_c(bad[i]);
            if (mail_compose(&a, &p, &m, &err)) fail_msg("\"%s\"", bad[i]);
            assert_int_equal(err.code, ERR_INVALID);
            arena_done(&a);
        }
}

static void test_attachments(void **state) {
    (void)state;
    struct arena a = {0};
    struct read_mail m;
    char all[256];
    for (int i = 0; i < 256; i++) all[i] = (char)i;
    const struct mail_attachment files[] = {
        {S("qr.png"), S("image/png"), {all, 256}, S("qr")},
        {S("Widerruf für „Sie“.txt"), S("text/plain"), S("W"), {0}}};
    struct mail_parts p = plain;
    p.attachments = files;
    p.attachment_count = 2;
    struct str bytes = composed(&a, &p);
    mail_read(&a, bytes, &m);
    assert_int_equal(m.parts, 4);
    assert_strs(m.png, ((struct str){all, 256}));
    assert_str(m.html, "<p>Guten Tag</p>\n");
    assert_true(str_find(bytes, S("Content-Id: <qr>")) != STR_NONE ||
                str_find(bytes, S("Content-ID: <qr>")) != STR_NONE);
    assert_true(str_find(bytes, S("multipart/mixed")) <
                str_find(bytes, S("multipart/alternative")));
    assert_true(str_find(bytes, S("multipart/alternative")) <
                str_find(bytes, S("multipart/related")));
    head_of(bytes);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_all_letters),
        cmocka_unit_test(test_no_header_gets_in),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_attachments),
    };
    g_mime_init();
    return TEST_GROUP(tests);
}
