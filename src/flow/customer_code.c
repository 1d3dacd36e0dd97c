// SPDX-License-Identifier: Apache-2.0
#include "flow/customer_code.h"

#include "core/i18n.h"
#include "customer_sql.h"
#include "http/form.h"
#include "mod/customer/customer.h"
#include "mod/mail/mail.h"
#include "mod/order/order.h"

#define CODES_OPEN_MAX 3
#define CODE_PURPOSE   "login-code"

static struct str code_mac(struct ctx *c, struct str email, struct str code) {
    return token_mac(c->arena, &c->shop->key, CODE_PURPOSE,
                     arena_fmt(c->arena, STR_FMT "\n" STR_FMT, STR_ARG(email), STR_ARG(code)));
}

static struct str code_new(struct ctx *c) {
    uint64_t r;
    ctx_world(c)->random(ctx_world(c)->self, &r, sizeof r);
    return arena_fmt(c->arena, "%06u", (unsigned)(r % 1000000));
}

struct code_request {
    struct str email;
    enum customer_code_verdict verdict;
};

static bool code_mail(struct ctx *c, struct str email, struct str code, int64_t id) {
    struct liquid_map *data = liquid_map_new(c->arena);
    liquid_set(data, "code", liquid_text(code));
    liquid_set(data, "minutes", liquid_int(CUSTOMER_CODE_LIFE / MINUTE));
    return mail_queue(
        c, &(struct mail_new){.kind = "login_code",
                              .to = email,
                              .lang = c->lang,
                              .data = data,
                              .key = arena_fmt(c->arena, "login_code:%lld", (long long)id)});
}

static bool code_request(struct ctx *c, void *self, bool *keep) {
    struct code_request *r = self;
    struct login_code_open open;
    bool found;
    r->verdict = CODE_OK;
    TRY(login_code_clean(&c->db, &(struct login_code_clean_in){c->now - DAY}));
    TRY(login_code_open(&c->db, &(struct login_code_open_in){.email = r->email, .now = c->now},
                        &open, &found));
    if (open.n >= CODES_OPEN_MAX) {
        r->verdict = CODE_TOO_OFTEN;
        *keep = false;
        return true;
    }
    struct str code = code_new(c);
    int64_t id;
    TRY(login_code_add(&c->db,
                       &(struct login_code_add_in){.email = r->email,
                                                   .code_mac = code_mac(c, r->email, code),
                                                   .created_at = c->now,
                                                   .expires_at = c->now + CUSTOMER_CODE_LIFE},
                       &id));
    return code_mail(c, r->email, code, id);
}

bool customer_code_request(struct ctx *c, struct str email, enum customer_code_verdict *out) {
    struct code_request r = {.email = email_key(c->arena, email)};
    TRY(tx_run(c, code_request, &r));
    *out = r.verdict;
    return true;
}

struct code_check {
    struct str email, code;
    enum customer_code_verdict verdict;
    int64_t customer_id;
};

static enum customer_code_verdict judge(struct ctx *c, const struct code_check *k,
                                        const struct login_code_list_rows *rows) {
    struct str mac = code_mac(c, k->email, k->code);
    for (size_t i = 0; i < rows->n; i++) {
        const struct login_code_list *row = &rows->v[i];
        if (row->attempts >= CUSTOMER_CODE_GUESSES || !str_eq_secret(row->code_mac, mac)) continue;
        return row->expires_at > c->now ? CODE_OK : CODE_EXPIRED;
    }
    return CODE_WRONG;
}

static bool code_check(struct ctx *c, void *self, bool *keep) {
    struct code_check *k = self;
    struct login_code_list_rows rows = {0};
    (void)keep;
    TRY(login_code_list_all(&c->db, &(struct login_code_list_in){k->email}, &rows));
    k->verdict = judge(c, k, &rows);
    if (k->verdict == CODE_WRONG)
        return login_code_wrong(&c->db, &(struct login_code_wrong_in){k->email});
    if (k->verdict != CODE_OK) return true;
    TRY(login_code_use(&c->db, &(struct login_code_use_in){.email = k->email, .now = c->now}));
    TRY(customer_find_or_add(c,
                             &(struct customer_new){.email = k->email,
                                                    .name = S(""),
                                                    .lang = str_c(lang_code(c->lang)),
                                                    .country = S(""),
                                                    .created_at = c->now},
                             &k->customer_id));
    return order_adopt(&c->db,
                       &(struct order_adopt_in){.email = k->email, .customer_id = k->customer_id});
}

// The commit was sent, its answer lost: whether this very attempt used the code up tells whether it
// happened.
static bool look(struct ctx *c, struct code_check *k) {
    struct err uncertain = c->err;
    struct login_code_used code;
    struct customer_by_email who;
    bool used, known;
    err_clear(&c->err);
    TRY(login_code_used(&c->db,
                        &(struct login_code_used_in){.email = k->email,
                                                     .code_mac = code_mac(c, k->email, k->code),
                                                     .used_at = c->now},
                        &code, &used));
    TRY(customer_by_email(&c->db, &(struct customer_by_email_in){k->email}, &who, &known));
    if (used && known) {
        k->verdict = CODE_OK;
        k->customer_id = who.id;
        return true;
    }
    c->err = uncertain;
    return false;
}

bool customer_code_check(struct ctx *c, struct str email, struct str code,
                         enum customer_code_verdict *out, int64_t *customer_id_out) {
    struct code_check k = {.email = email_key(c->arena, email), .code = code};
    if (!tx_run(c, code_check, &k) && (c->err.code != ERR_UNCERTAIN || !look(c, &k))) return false;
    *out = k.verdict;
    *customer_id_out = k.customer_id;
    return true;
}
