// SPDX-License-Identifier: Apache-2.0
// Bank statements: real samples of the three versions, and our own for what goes wrong in practice.
#include <stdlib.h>

#include "base/test.h"
#include "core/file.h"
#include "mod/payment/camt.h"

struct sheet { // one file read
    struct arena a;
    struct camt_file f;
    struct err err;
};

static void read_sheet(struct sheet *s, const char *dir, const char *name) {
    struct str bytes;
    *s = (struct sheet){0};
    const char *path = arena_fmt(&s->a, "%s/%s", dir, name).p;
    assert_ok(file_read(&s->a, path, (size_t)1 << 20, &bytes, &s->err), &s->err);
    assert_ok(camt_parse(&s->a, bytes, &s->f, &s->err), &s->err);
}

static const char *own(void) {
    static const char *const none = ".";
    const char *source = getenv("KONTOR_SOURCE");
    return source ? source : none;
}

static void own_sheet(struct sheet *s, const char *name) {
    struct arena a = {0};
    read_sheet(s, arena_fmt(&a, "%s/test/corpus/camt", own()).p, name);
    arena_done(&a);
}

static const char *shared(struct arena *a) {
    const char *dir = getenv("KONTOR_SHARED");
    if (!dir) skip_because("shared data is not there");
    return arena_fmt(a, "%s/specs/sepa", dir).p;
}

struct want {
    int64_t amount;
    const char *party, *iban, *remittance;
};

static void is(const struct camt_entry *e, struct want w) {
    assert_int_equal(e->amount.minor, w.amount);
    assert_str(currency_str(&e->amount.cur), "EUR");
    assert_str(e->party, w.party);
    assert_str(e->party_iban, w.iban);
    assert_str(e->remittance, w.remittance);
}

static void test_samples(void **state) {
    (void)state;
    static const char *const names[] = {"camt053.v2.minimal.xml", "camt053.v4.xml",
                                        "camt053.v8.xml"};
    struct arena a = {0};
    const char *dir = arena_fmt(&a, "%s/samples", shared(&a)).p;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct sheet s;
        read_sheet(&s, dir, names[i]);
        assert_int_equal(s.f.n, 1);
        assert_str(s.f.v[0].iban, "NL26VAYB8060476890");
        assert_str(s.f.v[0].ref, "253EURNL26VAYB8060476890");
        assert_int_equal(s.f.v[0].n, 1);
        is(&s.f.v[0].v[0],
           (struct want){885, "NAME NAME", "NL56AGDH9619008421", "4654654654654654"});
        assert_str(instant_date(&s.a, s.f.v[0].v[0].booked_at), "2014-12-31");
        arena_done(&s.a);
    }
    arena_done(&a);
}

static void test_several_statements(void **state) {
    (void)state;
    struct sheet s;
    struct arena a = {0};
    read_sheet(&s, arena_fmt(&a, "%s/samples", shared(&a)).p, "camt053.v2.multi.statement.xml");
    assert_int_equal(s.f.n, 2);
    is(&s.f.v[0].v[0], (struct want){885, "", "", "Transaction Description 1"});
    is(&s.f.v[1].v[0],
       (struct want){-700, "Company Name 2", "NL56AGDH9619008421", "Transaction Description 2"});
    arena_done(&s.a);
    arena_done(&a);
}

static void test_batch(void **state) {
    (void)state;
    static const char payer[] = "DE88100900001234567892";
    struct sheet s;
    own_sheet(&s, "batch.v8.xml");
    const struct camt_statement *st = &s.f.v[0];
    assert_int_equal(st->n, 7);
    is(&st->v[0], (struct want){1000, "Anna Müller", payer, "K2026-10001"});
    is(&st->v[1], (struct want){2000, "Bernd & Söhne", payer, "RE K2026-10002 danke"});
    is(&st->v[2], (struct want){3000, "Carla", payer, "K2026- 10003"});
    is(&st->v[3], (struct want){5000, "", "", ""}); // its parts do not make up the whole
    is(&st->v[4], (struct want){4500, "", "", ""}); // one part has no amount
    is(&st->v[5], (struct want){1999, "Ida", payer, "K2026-10009"}); // pending B4 is left out
    is(&st->v[6], (struct want){1999, "Ida", payer, "K2026-10009"});
    for (size_t i = 0; i < st->n; i++)
        for (size_t k = 0; k < i; k++) assert_false(str_eq(st->v[i].key, st->v[k].key));
    arena_done(&s.a);
}

// The same booking read again from any file has the same identity.
static void test_keys_are_stable(void **state) {
    (void)state;
    struct sheet s, again;
    own_sheet(&s, "batch.v8.xml");
    own_sheet(&again, "batch.v8.xml");
    for (size_t i = 0; i < s.f.v[0].n; i++) assert_strs(s.f.v[0].v[i].key, again.f.v[0].v[i].key);
    assert_str(s.f.v[0].v[0].key, "DE02120300000000202051|B1/1|1");
    assert_str(s.f.v[0].v[3].key, "DE02120300000000202051|B2|0");
    assert_true(str_starts(s.f.v[0].v[6].key, S("DE02120300000000202051|2026-11-20|1999|")));
    assert_true(str_ends(s.f.v[0].v[6].key, S("|2")));
    arena_done(&s.a);
    arena_done(&again.a);
}

static void test_reversal(void **state) {
    (void)state;
    struct sheet s;
    own_sheet(&s, "reversal.v2.xml");
    const struct camt_statement *st = &s.f.v[0];
    assert_int_equal(st->n, 3);
    assert_true(st->v[0].reversal && st->v[1].reversal && !st->v[2].reversal);
    assert_int_equal(st->v[0].amount.minor, 1250);
    assert_int_equal(st->v[1].amount.minor, -1250);
    is(&st->v[2],
       (struct want){700, "", "", "GUTSCHRIFT K2026-10003"}); // no details: the bank's own words
    assert_str(instant_date(&s.a, st->v[2].booked_at), "2026-11-20");
    arena_done(&s.a);
}

static void test_foreign(void **state) {
    (void)state;
    struct sheet s;
    own_sheet(&s, "foreign.v4.xml");
    assert_int_equal(s.f.n, 2);
    is(&s.f.v[0].v[0],
       (struct want){2000, "John", "DE88100900001234567892", "K2026-10001 RF18539007547034"});
    assert_str(s.f.v[1].iban, "DE12500105170648489890");
    is(&s.f.v[1].v[0], (struct want){-100, "Bank", "DE88100900001234567892", "Entgelt"});
    assert_false(str_eq(s.f.v[0].v[0].key, s.f.v[0].v[1].key)); // NONREF is no reference
    arena_done(&s.a);
}

#define HEAD                                                                                       \
    "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt>"       \
    "<Id>1</Id><Acct><Id><IBAN>DE1</IBAN></Id></Acct><Ntry>"
#define TAIL "</Ntry></Stmt></BkToCstmrStmt></Document>"
#define REST "<Sts>BOOK</Sts><BookgDt><Dt>2026-01-02</Dt></BookgDt>"

static void test_amounts(void **state) {
    (void)state;
    static const struct {
        const char *xml;
        int64_t minor; // -1: refused
    } cases[] = {
        {"<Amt Ccy='EUR'>8.85000</Amt><CdtDbtInd>CRDT</CdtDbtInd>", 885},
        {"<Amt Ccy='EUR'>8</Amt><CdtDbtInd>CRDT</CdtDbtInd>", 800},
        {"<Amt Ccy='EUR'>8.</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt Ccy='EUR'>8.851</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt Ccy='EUR'>-8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt Ccy='EUR'>8,85</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt Ccy='EUR'>99999999999999999</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt Ccy='XQX'>8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt>8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd>", -1},
        {"<Amt Ccy='EUR'>8.85</Amt><CdtDbtInd>UP</CdtDbtInd>", -1},
        {"<Amt Ccy='EUR'>8.85</Amt>", -1},
        {"<CdtDbtInd>CRDT</CdtDbtInd>", -1},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a = {0};
        struct camt_file f;
        struct err err = {0};
        bool ok =
            camt_parse(&a, arena_fmt(&a, "%s%s%s%s", HEAD, cases[i].xml, REST, TAIL), &f, &err);
        assert_int_equal(ok, cases[i].minor >= 0);
        if (ok)
            assert_int_equal(f.v[0].v[0].amount.minor, cases[i].minor);
        else
            assert_int_equal(err.code, ERR_INVALID);
        arena_done(&a);
    }
}

static void test_not_a_statement(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err_code code;
    } cases[] = {
        {"", ERR_INVALID},
        {"MT940", ERR_INVALID},
        {"<Document/>", ERR_UNSUPPORTED},
        {"<Document "
         "xmlns='urn:iso:std:iso:20022:tech:xsd:camt.054.001.02'><BkToCstmrStmt/></Document>",
         ERR_UNSUPPORTED},
        {"<Document "
         "xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt/></"
         "BkToCstmrStmt></Document>",
         ERR_INVALID},
        {HEAD "<Amt Ccy='EUR'>1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>" TAIL,
         ERR_INVALID},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a = {0};
        struct camt_file f;
        struct err err = {0};
        assert_false(camt_parse(&a, str_c(cases[i].text), &f, &err));
        assert_int_equal(err.code, cases[i].code);
        arena_done(&a);
    }
}

// Our own files are what a bank would send.
static void test_own_files_are_valid(void **state) {
    (void)state;
    static const struct {
        const char *file;
        int version;
    } files[] = {{"batch.v8.xml", 8}, {"reversal.v2.xml", 2}, {"foreign.v4.xml", 4}};
    struct arena a = {0};
    const char *dir = shared(&a);
    if (system("command -v xmllint >/dev/null")) skip_because("xmllint is not installed");
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        const char *command = arena_fmt(&a,
                                        "xmllint --noout --schema %s/camt.053.001.0%d.xsd "
                                        "%s/test/corpus/camt/%s 2>/dev/null",
                                        dir, files[i].version, own(), files[i].file)
                                  .p;
        assert_int_equal(system(command), 0);
    }
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_several_statements),
        cmocka_unit_test(test_batch),
        cmocka_unit_test(test_keys_are_stable),
        cmocka_unit_test(test_reversal),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_not_a_statement),
        cmocka_unit_test(test_own_files_are_valid),
    };
    return TEST_GROUP(tests);
}
