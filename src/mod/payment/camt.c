// SPDX-License-Identifier: Apache-2.0
#include "mod/payment/camt.h"

#include "base/vec.h"
#include "base/xml.h"

#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
#define ENTRIES_MAX 100000

static bool bad(struct err *err, const struct xml_node *n, const char *what) {
    err_set(err, ERR_INVALID, "Line %d of the bank statement: %s.", n->line, what);
    return err_hint(err, "Download the statement again from your bank as camt.053.");
}

static struct str first(struct str a, struct str b) { return str_empty(a) ? b : a; }

static bool amount_of(const struct xml_node *amt, bool credit, struct money *out, struct err *err) {
    struct currency cur;
    if (!currency_parse(xml_attr(amt, "Ccy"), &cur)) return bad(err, amt, "an amount without a known currency");
    if (!money_parse(amt->text, cur, out) || out->minor < 0) return bad(err, amt, "an amount that is none");
    if (!credit) *out = money_neg(*out);
    return true;
}

static bool date_of(const struct xml_node *ntry, instant *out, struct err *err) {
    struct str text = first(xml_text(ntry, "BookgDt/Dt"), xml_text(ntry, "BookgDt/DtTm"));
    if (str_empty(text)) text = first(xml_text(ntry, "ValDt/Dt"), xml_text(ntry, "ValDt/DtTm"));
    return instant_parse(text, out) ? true : bad(err, ntry, "an entry without a date");
}

// The other side: Dbtr of a credit, Cdtr of a debit; version 8 wraps the name in Pty.
static void party_of(struct arena *a, const struct xml_node *tx, bool credit, struct camt_entry *e) {
    const char *side = credit ? "Dbtr" : "Cdtr";
    const struct xml_node *parties = tx ? xml_child(tx, "RltdPties") : NULL;
    e->party = e->party_iban = S("");
    if (!parties) return;
    e->party = first(xml_text(parties, arena_fmt(a, "%s/Nm", side).p), xml_text(parties, arena_fmt(a, "%s/Pty/Nm", side).p));
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
    int64_t number, part;
};

static struct str key_of(struct arena *a, const struct place *p) {
    struct str tx_ref = p->tx ? xml_text(p->tx, "Refs/AcctSvcrRef") : (struct str){0};
    struct str ref = first(tx_ref, xml_text(p->ntry, "AcctSvcrRef"));
    if (str_empty(ref)) ref = arena_fmt(a, STR_FMT "#%lld", STR_ARG(p->statement->ref), (long long)p->number);
    return arena_fmt(a, STR_FMT "|" STR_FMT "|%lld", STR_ARG(p->statement->iban), STR_ARG(ref), (long long)p->part);
}

static const struct xml_node *tx_amount(const struct xml_node *tx) {
    const struct xml_node *amt = xml_child(tx, "Amt");
    return amt ? amt : xml_path(tx, "AmtDtls/TxAmt/Amt");
}

static bool add_entry(struct arena *a, struct camt_statement *s, const struct place *p, struct err *err) {
    const struct xml_node *side = p->tx && xml_child(p->tx, "CdtDbtInd") ? p->tx : p->ntry;
    struct str indicator = xml_text(side, "CdtDbtInd");
    bool credit = str_eq(indicator, S("CRDT"));
    if (!credit && !str_eq(indicator, S("DBIT"))) return bad(err, p->ntry, "an entry that is neither credit nor debit");
    const struct xml_node *amt = p->tx ? tx_amount(p->tx) : NULL;
    if (!amt) amt = xml_child(p->ntry, "Amt");
    if (!amt) return bad(err, p->ntry, "an entry without an amount");
    if (s->n >= ENTRIES_MAX) return err_set(err, ERR_TOO_LARGE, "The bank statement has more than %d entries.", ENTRIES_MAX);
    struct camt_entry e = {.key = key_of(a, p)};
    TRY(amount_of(amt, credit, &e.amount, err));
    TRY(date_of(p->ntry, &e.booked_at, err));
    party_of(a, p->tx, credit, &e);
    e.remittance = remittance_of(a, p->tx);
    if (str_empty(e.remittance)) e.remittance = first(xml_text(p->ntry, "AddtlNtryInf"), S(""));
    *VEC_PUSH(a, s) = e;
    return true;
}

// A batch has one TxDtls for each payment, in one or several NtryDtls. When its parts carry no amounts of their own and there
// are several, only the entry as a whole is sure.
static bool add_all(struct arena *a, struct camt_statement *s, struct place p, struct err *err) {
    VEC(const struct xml_node *) parts = {0};
    bool all_with_amount = true;
    for (const struct xml_node *d = xml_child(p.ntry, "NtryDtls"); d; d = xml_next(d, "NtryDtls"))
        for (const struct xml_node *t = xml_child(d, "TxDtls"); t; t = xml_next(t, "TxDtls")) {
            *VEC_PUSH(a, &parts) = t;
            if (!tx_amount(t)) all_with_amount = false;
        }
    if (parts.n <= 1 || !all_with_amount) {
        p.tx = parts.n == 1 ? parts.v[0] : NULL;
        return add_entry(a, s, &p, err);
    }
    for (size_t i = 0; i < parts.n; i++) {
        p.tx = parts.v[i];
        p.part = (int64_t)i + 1;
        TRY(add_entry(a, s, &p, err));
    }
    return true;
}

static bool booked(const struct xml_node *ntry) {
    return str_eq(first(xml_text(ntry, "Sts/Cd"), xml_text(ntry, "Sts")), S("BOOK"));
}

static bool add_statement(struct arena *a, const struct xml_node *stmt, struct camt_file *out, struct err *err) {
    struct camt_statement s = {.ref = xml_text(stmt, "Id")};
    s.iban = first(xml_text(stmt, "Acct/Id/IBAN"), xml_text(stmt, "Acct/Id/Othr/Id"));
    if (str_empty(s.iban) || str_empty(s.ref)) return bad(err, stmt, "a statement without account or number");
    struct place p = {.statement = &s};
    for (p.ntry = xml_child(stmt, "Ntry"); p.ntry; p.ntry = xml_next(p.ntry, "Ntry")) {
        p.number++;
        if (booked(p.ntry)) TRY(add_all(a, &s, p, err));
    }
    *VEC_PUSH(a, out) = s;
    return true;
}

bool camt_parse(struct arena *a, struct str bytes, struct camt_file *out, struct err *err) {
    struct xml_node *root;
    *out = (struct camt_file){0};
    TRY(xml_parse(a, bytes, &root, err));
    const struct xml_node *message = xml_child(root, "BkToCstmrStmt");
    if (!str_eq(root->name, S("Document")) || !str_starts(root->ns, S(NAMESPACE)) || !message) {
        err_set(err, ERR_UNSUPPORTED, "This file is not a bank statement in the format camt.053.");
        return err_hint(err, "Choose camt.053 (XML) when you download the statement from your bank.");
    }
    for (const struct xml_node *s = xml_child(message, "Stmt"); s; s = xml_next(s, "Stmt")) TRY(add_statement(a, s, out, err));
    return true;
}
