// SPDX-License-Identifier: Apache-2.0
#include "mod/payment/camt.h"

#include "base/map.h"
#include "base/vec.h"
#include "base/xml.h"
#include "http/token.h"

#define NAMESPACE   "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
#define ENTRIES_MAX 100000

static bool bad(struct err *err, const struct xml_node *n, const char *what) {
    err_set(err, ERR_INVALID, "Line %d of the bank statement: %s.", n->line, what);
    return err_hint(err, "Download the statement again from your bank as camt.053.");
}

static struct str first(struct str a, struct str b) { return str_empty(a) ? b : a; }

// ISO 20022 writes up to five decimals: zeros beyond the currency's own say nothing.
static struct str without_zeros(struct str s, int digits) {
    size_t dot = str_find_char(s, '.');
    if (dot == STR_NONE) return s;
    while (s.n > dot + 1 + (size_t)digits && s.p[s.n - 1] == '0') s.n--;
    return s;
}

static bool amount_read(const struct xml_node *amt, bool credit, struct money *out) {
    struct currency cur;
    if (!currency_parse(xml_attr(amt, "Ccy"), &cur)) return false;
    if (!money_parse(without_zeros(amt->text, currency_digits(cur)), cur, out) || out->minor < 0)
        return false;
    if (!credit) *out = money_neg(*out);
    return true;
}

static bool date_of(const struct xml_node *ntry, instant *out, struct err *err) {
    struct str text = first(xml_text(ntry, "BookgDt/Dt"), xml_text(ntry, "BookgDt/DtTm"));
    if (str_empty(text)) text = first(xml_text(ntry, "ValDt/Dt"), xml_text(ntry, "ValDt/DtTm"));
    if (instant_parse(text, out) || instant_parse(str_sub(text, 0, 10), out))
        return true; // "2026-11-20+01:00" is a date, too
    return bad(err, ntry, "an entry without a date");
}

// The other side: Dbtr of a credit, Cdtr of a debit; version 8 wraps the name in Pty.
static void party_of(struct arena *a, const struct xml_node *tx, bool credit,
                     struct camt_entry *e) {
    const char *side = credit ? "Dbtr" : "Cdtr";
    const struct xml_node *parties = tx ? xml_child(tx, "RltdPties") : NULL;
    e->party = e->party_iban = S("");
    if (!parties) return;
    e->party = first(xml_text(parties, arena_fmt(a, "%s/Nm", side).p),
                     xml_text(parties, arena_fmt(a, "%s/Pty/Nm", side).p));
    struct str account = arena_fmt(a, "%sAcct/Id/IBAN", side);
    e->party_iban = xml_text(parties, account.p);
    if (!e->party.p) e->party = S("");
    if (!e->party_iban.p) e->party_iban = S("");
}

static struct str remittance_of(struct arena *a, const struct xml_node *tx) {
    struct buf b = buf_new(a, 64 << 10);
    const struct xml_node *info = tx ? xml_child(tx, "RmtInf") : NULL;
    if (!info) return S("");
    for (const struct xml_node *u = xml_child(info, "Ustrd"); u; u = xml_next(u, "Ustrd")) {
        if (b.n) buf_char(&b, ' ');
        buf_put(&b, u->text);
    }
    for (const struct xml_node *s = xml_child(info, "Strd"); s; s = xml_next(s, "Strd")) {
        struct str ref = xml_text(s, "CdtrRefInf/Ref");
        if (b.n && !str_empty(ref)) buf_char(&b, ' ');
        buf_put(&b, ref);
    }
    return buf_str(&b);
}

struct place { // where an entry stands, for its identity
    const struct camt_statement *statement;
    const struct xml_node *ntry, *tx; // tx NULL: the entry has no details
    int64_t part;                     // of a batch, from 1; 0: the whole entry
    struct map *same;                 // how often a content without reference was met in this file
};

static struct str real_ref(struct str s) {
    return str_eq(s, S("NONREF")) || str_eq(s, S("NOTPROVIDED")) ? (struct str){0} : s;
}

// Without a reference of the bank: what the entry says, and which of several that say the same it
// is. So the same booking in the statement of the day and of the month is one.
static struct str key_of_content(struct arena *a, const struct place *p,
                                 const struct camt_entry *e) {
    struct str text = arena_fmt(a, STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(e->party_iban),
                                STR_ARG(e->party), STR_ARG(e->remittance));
    struct str key = arena_fmt(a, STR_FMT "|" STR_FMT "|%lld|" STR_FMT, STR_ARG(p->statement->iban),
                               STR_ARG(instant_date(a, e->booked_at)), (long long)e->amount.minor,
                               STR_ARG(str_sub(token_hash(a, text), 0, 32)));
    int64_t *same = map_get(p->same, key);
    if (!same) map_set(a, p->same, key, same = ARENA_NEW(a, int64_t));
    return arena_fmt(a, STR_FMT "|%lld", STR_ARG(key), (long long)++*same);
}

static struct str key_of(struct arena *a, const struct place *p, const struct camt_entry *e) {
    struct str tx_ref = p->tx ? real_ref(xml_text(p->tx, "Refs/AcctSvcrRef")) : (struct str){0};
    struct str ref = first(tx_ref, real_ref(xml_text(p->ntry, "AcctSvcrRef")));
    if (str_empty(ref)) return key_of_content(a, p, e);
    return arena_fmt(a, STR_FMT "|" STR_FMT "|%lld", STR_ARG(p->statement->iban), STR_ARG(ref),
                     (long long)p->part);
}

static bool credit_of(const struct xml_node *n, bool *out) {
    struct str indicator = xml_text(n, "CdtDbtInd");
    *out = str_eq(indicator, S("CRDT"));
    return *out || str_eq(indicator, S("DBIT"));
}

// The amount of one payment of a batch, in the currency of the account. A single payment may state
// what was sent instead (other currency, before charges); then only the entry says what came.
static bool part_amount(const struct xml_node *tx, const struct money *entry, struct money *out) {
    const struct xml_node *amt = xml_child(tx, "Amt");
    bool credit = entry->minor >= 0;
    if (!amt) amt = xml_path(tx, "AmtDtls/TxAmt/Amt");
    if (xml_child(tx, "CdtDbtInd")) TRY(credit_of(tx, &credit));
    return amt && amount_read(amt, credit, out) && currency_eq(out->cur, entry->cur);
}

static bool add_entry(struct arena *a, struct camt_statement *s, const struct place *p,
                      struct money amount, struct err *err) {
    if (s->n >= ENTRIES_MAX)
        return err_set(err, ERR_TOO_LARGE, "The bank statement has more than %d entries.",
                       ENTRIES_MAX);
    struct camt_entry e = {.amount = amount,
                           .reversal = str_eq(xml_text(p->ntry, "RvslInd"), S("true"))};
    TRY(date_of(p->ntry, &e.booked_at, err));
    party_of(a, p->tx, amount.minor >= 0, &e);
    e.remittance = remittance_of(a, p->tx);
    if (str_empty(e.remittance)) e.remittance = first(xml_text(p->ntry, "AddtlNtryInf"), S(""));
    e.key = key_of(a, p, &e);
    *VEC_PUSH(a, s) = e;
    return true;
}

struct parts {
    const struct xml_node **v;
    size_t n, cap;
};

static bool sum_up(const struct parts *parts, const struct money *entry, struct money *amounts) {
    struct money sum = {0, entry->cur};
    for (size_t i = 0; i < parts->n; i++) {
        TRY(part_amount(parts->v[i], entry, &amounts[i]));
        sum = money_add(sum, amounts[i]);
    }
    return money_cmp(sum, *entry) == 0;
}

// A batch has one TxDtls for each payment, in one or several NtryDtls. Unless its parts have
// amounts that make up the whole, only the entry as a whole is sure.
static bool add_all(struct arena *a, struct camt_statement *s, struct place p, struct err *err) {
    struct parts parts = {0};
    struct money whole;
    bool credit;
    const struct xml_node *amt = xml_child(p.ntry, "Amt");
    if (!credit_of(p.ntry, &credit))
        return bad(err, p.ntry, "an entry that is neither credit nor debit");
    if (!amt || !amount_read(amt, credit, &whole))
        return bad(err, p.ntry, "an entry without an amount in a known currency");
    for (const struct xml_node *d = xml_child(p.ntry, "NtryDtls"); d; d = xml_next(d, "NtryDtls"))
        for (const struct xml_node *t = xml_child(d, "TxDtls"); t; t = xml_next(t, "TxDtls"))
            *VEC_PUSH(a, &parts) = t;
    struct money *amounts = ARENA_ARRAY(a, struct money, parts.n + 1);
    if (parts.n <= 1 || parts.n > ENTRIES_MAX || !sum_up(&parts, &whole, amounts)) {
        p.tx = parts.n == 1 ? parts.v[0] : NULL;
        return add_entry(a, s, &p, whole, err);
    }
    for (size_t i = 0; i < parts.n; i++) {
        p.tx = parts.v[i];
        p.part = (int64_t)i + 1;
        TRY(add_entry(a, s, &p, amounts[i], err));
    }
    return true;
}

static bool booked(const struct xml_node *ntry) {
    return str_eq(first(xml_text(ntry, "Sts/Cd"), xml_text(ntry, "Sts")), S("BOOK"));
}

static bool add_statement(struct arena *a, const struct xml_node *stmt, struct map *same,
                          struct camt_file *out, struct err *err) {
    struct camt_statement s = {.ref = xml_text(stmt, "Id")};
    s.iban = first(xml_text(stmt, "Acct/Id/IBAN"), xml_text(stmt, "Acct/Id/Othr/Id"));
    if (str_empty(s.iban) || str_empty(s.ref))
        return bad(err, stmt, "a statement without account or number");
    struct place p = {.statement = &s, .same = same};
    for (p.ntry = xml_child(stmt, "Ntry"); p.ntry; p.ntry = xml_next(p.ntry, "Ntry")) {
        if (booked(p.ntry)) TRY(add_all(a, &s, p, err));
    }
    *VEC_PUSH(a, out) = s;
    return true;
}

bool camt_parse(struct arena *a, struct str bytes, struct camt_file *out, struct err *err) {
    struct xml_node *root;
    struct map same = {0};
    *out = (struct camt_file){0};
    TRY(xml_parse(a, bytes, &root, err));
    const struct xml_node *message = xml_child(root, "BkToCstmrStmt");
    if (!str_eq(root->name, S("Document")) || !str_starts(root->ns, S(NAMESPACE)) || !message) {
        err_set(err, ERR_UNSUPPORTED, "This file is not a bank statement in the format camt.053.");
        return err_hint(err,
                        "Choose camt.053 (XML) when you download the statement from your bank.");
    }
    for (const struct xml_node *s = xml_child(message, "Stmt"); s; s = xml_next(s, "Stmt"))
        TRY(add_statement(a, s, &same, out, err));
    return true;
}
