// SPDX-License-Identifier: Apache-2.0
#include "core/audit.h"

#include <sodium.h>
#include <stdio.h>

#include "core/tx.h"
#include "core_sql.h"

enum { SEAL_BYTES = 32, SEAL_BATCH = 1000 };

const char *actor_kind_name(enum actor_kind kind) {
    static const char *const names[] = {"visitor", "customer", "staff", "api", "system"};
    return names[kind];
}

static struct str actor_name(const struct ctx *c) {
    if (c->actor.name.p) return c->actor.name;
    return str_c(actor_kind_name(c->actor.kind));
}

bool audit_write(struct ctx *c, const struct audit *a) {
    ensure(c->db.writing);
    int64_t id;
    return core_audit_insert(&c->db,
                             &(struct core_audit_insert_in){
                                 .now = ctx_clock(c), // in the order of the ids
                                 .actor_kind = str_c(actor_kind_name(c->actor.kind)),
                                 .actor_id = c->actor.id,
                                 .actor_name = actor_name(c),
                                 .object = str_c(a->object),
                                 .object_id = a->object_id,
                                 .action = str_c(a->action),
                                 .detail = a->detail,
                             },
                             &id);
}

// What is hashed of a row; both reading queries fill it.
struct sealed_row {
    int64_t numbers[4]; // id, at, actor_id, object_id
    struct str texts[5];
};

static void hash_text(crypto_generichash_state *h, struct str s) {
    char head[32] = "-:";
    if (s.p) snprintf(head, sizeof head, "%zu:", s.n);
    crypto_generichash_update(h, (const unsigned char *)head, strlen(head));
    if (s.n) crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
}

static struct str row_seal(struct arena *a, struct str previous, const struct sealed_row *r) {
    crypto_generichash_state h;
    crypto_generichash_init(&h, NULL, 0, SEAL_BYTES);
    hash_text(&h, previous);
    for (size_t i = 0; i < ARRAY_LEN(r->numbers); i++)
        hash_text(&h, arena_fmt(a, "%lld", (long long)r->numbers[i]));
    for (size_t i = 0; i < ARRAY_LEN(r->texts); i++) hash_text(&h, r->texts[i]);
    unsigned char out[SEAL_BYTES];
    crypto_generichash_final(&h, out, sizeof out);
    struct buf b = buf_new(a, 0);
    buf_hex(&b, out, sizeof out);
    return buf_str(&b);
}

struct seal_run {
    bool more;
};

static bool seal_batch(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct seal_run *run = self;
    struct core_seal_last last = {.seal = {"", 0}};
    bool found;
    TRY(core_seal_last(&c->db, &last, &found));
    struct core_audit_unsealed_rows rows;
    TRY(core_audit_unsealed_all(&c->db,
                                &(struct core_audit_unsealed_in){
                                    .after = found ? last.audit_id : 0,
                                    .count = SEAL_BATCH,
                                },
                                &rows));
    struct str seal = found ? last.seal : S("");
    size_t sealed = 0;
    // Up to the first row that is so young that one with a lower id may still be committed.
    while (sealed < rows.n && rows.v[sealed].at <= c->now - MINUTE) {
        const struct core_audit_unsealed *r = &rows.v[sealed++];
        seal = row_seal(c->arena, seal,
                        &(struct sealed_row){
                            {r->id, r->at, r->actor_id, r->object_id},
                            {r->actor_kind, r->actor_name, r->object, r->action, r->detail},
                        });
        TRY(core_seal_insert(&c->db,
                             &(struct core_seal_insert_in){.audit_id = r->id, .seal = seal}));
    }
    run->more = sealed == SEAL_BATCH;
    return true;
}

enum job_result audit_seal_job(struct ctx *c, const struct json *payload) {
    (void)payload;
    struct seal_run run = {.more = true};
    while (run.more) {
        struct arena_mark mark = arena_mark(c->arena);
        if (!tx_run(c, seal_batch, &run)) return JOB_RETRY;
        arena_rewind(c->arena, mark);
    }
    return JOB_DONE;
}

struct chain {
    struct arena scratch;
    char seal[2 * SEAL_BYTES + 1];
    void (*found)(void *self, struct str object, struct str detail);
    void *self;
    bool broken; // later rows hang on the broken one: only the first is told
};

static void chain_break(struct chain *ch, int64_t id, const char *why) {
    if (ch->broken) return;
    ch->broken = true;
    ch->found(ch->self, arena_fmt(&ch->scratch, "audit %lld", (long long)id), str_c(why));
}

static bool chain_row(void *self, const struct core_audit_chain *r) {
    struct chain *ch = self;
    arena_reset(&ch->scratch);
    if (!r->seal.p) {
        chain_break(ch, r->id, "a row between sealed rows has no seal: it was added later");
        return true;
    }
    struct str seal = row_seal(&ch->scratch, str_c(ch->seal),
                               &(struct sealed_row){
                                   {r->id, r->at, r->actor_id, r->object_id},
                                   {r->actor_kind, r->actor_name, r->object, r->action, r->detail},
                               });
    if (!str_eq(seal, r->seal))
        chain_break(ch, r->id,
                    "the seal does not fit: this row was changed, or one before it was taken away");
    memcpy(ch->seal, seal.p, seal.n);
    ch->seal[seal.n] = '\0';
    return true;
}

static bool orphan_row(void *self, const struct core_seal_orphans *r) {
    struct chain *ch = self;
    ch->broken = false;
    chain_break(ch, r->audit_id, "a sealed row was taken away");
    return true;
}

bool audit_chain_check(struct ctx *c,
                       void (*found)(void *self, struct str object, struct str detail),
                       void *self) {
    struct chain ch = {.found = found, .self = self};
    bool ok = core_audit_chain_each(&c->db, chain_row, &ch) &&
              core_seal_orphans_each(&c->db, orphan_row, &ch);
    arena_done(&ch.scratch);
    return ok;
}
