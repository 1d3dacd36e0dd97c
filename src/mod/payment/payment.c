// SPDX-License-Identifier: Apache-2.0
#include "mod/payment/payment.h"

#include "core/check.h"
#include "mod/payment/epc.h"
#include "payment_sql.h"

static const char *const kind_names[] = {[PAYMENT_CAPTURE] = "capture",
                                         [PAYMENT_REFUND] = "refund",
                                         [PAYMENT_REFUND_FAILED] = "refund_failed"};

#define SLOT "payment.methods"

struct methods { // what the slot points to
    const struct payment_method *const *v;
};

void payment_methods_set(struct shop *shop, const struct payment_method *const *methods) {
    struct methods *m = ARENA_NEW(&shop->arena, struct methods);
    m->v = methods;
    *shop_slot(shop, SLOT) = m;
}

const struct payment_method *const *payment_methods(struct shop *shop) {
    static const struct payment_method *const none[] = {NULL};
    const struct methods *m = *shop_slot(shop, SLOT);
    return m ? m->v : none;
}

const struct payment_method *payment_method_find(struct shop *shop, struct str key) {
    for (const struct payment_method *const *m = payment_methods(shop); *m; m++)
        if (str_eq(str_c((*m)->key), key)) return *m;
    return NULL;
}

struct str payment_self_refunding(struct ctx *c) {
    struct buf b = buf_new(c->arena, 0);
    buf_char(&b, ',');
    for (const struct payment_method *const *m = payment_methods(c->shop); *m; m++) {
        if (!(*m)->refund) continue;
        buf_put(&b, str_c((*m)->key));
        buf_char(&b, ',');
    }
    return buf_str(&b);
}

bool payment_method_offered(struct ctx *c, struct str key) {
    const struct payment_method *m = payment_method_find(c->shop, key);
    return m && m->offered(c);
}

bool payment_open(struct ctx *c, const struct payment_new *p, int64_t *id_out) {
    return payment_add(&c->db,
                       &(struct payment_add_in){.order_id = p->order_id,
                                                .method = p->method,
                                                .currency = p->currency,
                                                .amount = p->amount,
                                                .reference = p->reference,
                                                .created_at = c->now},
                       id_out);
}

bool payment_book(struct ctx *c, const struct payment_booking *b, bool *again_out) {
    struct payment_entry_by_key there;
    int64_t id;
    TRY(payment_entry_by_key(&c->db, &(struct payment_entry_by_key_in){b->key}, &there, again_out));
    if (*again_out) return true;
    ensure(b->amount > 0);
    return payment_entry_add(
        &c->db,
        &(struct payment_entry_add_in){.order_id = b->order_id,
                                       .payment_id = b->payment_id,
                                       .has_payment_id = b->payment_id != 0,
                                       .kind = str_c(kind_names[b->kind]),
                                       .amount = b->kind == PAYMENT_REFUND ? -b->amount : b->amount,
                                       .currency = b->currency,
                                       .source = b->source,
                                       .unique_key = b->key,
                                       .at = b->at ? b->at : c->now},
        &id);
}

bool payment_sums(struct ctx *c, int64_t order_id, struct payment_sums *out) {
    struct payment_ledger l;
    bool found;
    TRY(payment_ledger(&c->db, &(struct payment_ledger_in){order_id}, &l, &found));
    *out = (struct payment_sums){.captured = l.captured, .refunded = l.refunded};
    return true;
}

int64_t payment_due(int64_t total, const struct payment_sums *s) {
    return total > s->captured ? total - s->captured : 0;
}

static const struct check checks[] = {
    {"payment.refund", "More was paid back than came in.", &payment_check_refund_query, NULL},
    {"payment.state", "An order's payment state differs from its ledger.",
     &payment_check_state_query, NULL},
    {0},
};
static bool iban_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "payment.bad_iban";
    return str_empty(value) || iban_valid(value);
}

static bool plain(struct str s) { // ASCII letters, digits and _
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        bool letter = (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
        if (!letter && (ch < '0' || ch > '9') && ch != '_') return false;
    }
    return true;
}

static bool bic_ok(struct arena *a, struct str value, const char **why_key_out) { // ISO 9362
    (void)a;
    *why_key_out = "payment.bad_bic";
    bool letters = plain(value) && str_find_char(value, '_') == STR_NONE;
    return !value.n || ((value.n == 8 || value.n == 11) && letters);
}

static bool secret_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "payment.bad_secret";
    value = str_trim(value);
    bool starts = str_starts(value, S("sk_")) || str_starts(value, S("rk_"));
    return !value.n || (starts && value.n > 3 && plain(value));
}

static bool hook_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "payment.bad_hook";
    struct str part;
    while (str_split(&value, ',', &part)) { // an old one and a new one while they change
        part = str_trim(part);
        if (part.n && (!str_starts(part, S("whsec_")) || part.n == 6)) return false;
    }
    return true;
}

// Secrets go there: only over TLS, or to this machine itself (a test's own service).
static bool api_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    static const char *const here[] = {"http://localhost", "http://127.0.0.1", "http://[::1]"};
    *why_key_out = "payment.bad_api";
    if (str_starts(value, S("https://"))) return value.n > 8;
    for (size_t i = 0; i < ARRAY_LEN(here); i++) {
        struct str rest = str_from(value, strlen(here[i]));
        if (!str_starts(value, str_c(here[i]))) continue;
        return !rest.n || rest.p[0] == ':' || rest.p[0] == '/';
    }
    return false;
}

static const struct setting settings[] = {
    {"payment.bank_transfer", SETTING_BOOL, "1", .perm = "core.settings",
     .de = "Überweisung anbieten", .en = "Offer bank transfer"},
    {"payment.bank.holder", SETTING_TEXT, "", .perm = "core.settings", .de = "Kontoinhaber",
     .en = "Account holder"},
    {"payment.bank.iban", SETTING_TEXT, "", .perm = "core.settings", .de = "IBAN", .en = "IBAN",
     .valid = iban_ok},
    {"payment.bank.bic", SETTING_TEXT, "", .perm = "core.settings", .de = "BIC (freiwillig)",
     .en = "BIC (optional)", .valid = bic_ok},
    {"payment.stripe.secret", SETTING_SECRET, "", .perm = "core.settings",
     .de = "Stripe: geheimer Schlüssel (sk_…)", .en = "Stripe: secret key (sk_…)",
     .valid = secret_ok},
    {"payment.stripe.webhook_secret", SETTING_SECRET, "", .perm = "core.settings",
     .de = "Stripe: Signaturschlüssel des Webhooks (whsec_…)",
     .en = "Stripe: webhook signing secret (whsec_…)", .valid = hook_ok},
    {"payment.stripe.base_url", SETTING_TEXT, "https://api.stripe.com", .perm = "core.owner",
     .de = "Stripe: Adresse der Schnittstelle", .en = "Stripe: address of the API",
     .valid = api_ok},
    {0},
};
static const struct permission perms[] = {
    {"payment.read", "Zahlungen und Kontoauszüge ansehen", "See payments and statements"},
    {"payment.write", "Kontoauszüge einlesen und zuordnen", "Import and match statements"},
    {0},
};
const struct module payment_module = {
    .name = "payment",
    .needs = (const char *const[]){"order", NULL},
    .queries = payment_sql_queries,
    .query_count = &payment_sql_query_count,
    .settings = settings,
    .perms = perms,
    .checks = checks,
};
