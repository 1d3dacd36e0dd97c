// SPDX-License-Identifier: Apache-2.0
#include "core/acl.h"

#include "base/map.h"

struct acl {
    struct map index; // name → position + 1
    const struct permission *v[PERM_MAX];
    size_t n;
};

static void add(struct acl *acl, struct arena *a, const struct permission *p) {
    ensure(acl->n < PERM_MAX);
    ensure(!map_get(&acl->index, str_c(p->name)));
    acl->v[acl->n++] = p;
    map_set(a, &acl->index, str_c(p->name), (void *)(uintptr_t)acl->n);
}

struct acl *acl_new(struct arena *a, struct module_table modules) {
    struct acl *acl = ARENA_NEW(a, struct acl);
    for (size_t m = 0; m < modules.n; m++)
        for (const struct permission *p = modules.v[m]->perms; p && p->name; p++) add(acl, a, p);
    return acl;
}

int acl_index(const struct acl *acl, const char *perm) {
    return (int)(uintptr_t)map_get(&acl->index, str_c(perm)) - 1;
}

static void set_bit(struct actor *actor, size_t i) {
    actor->perms[i / 64] |= UINT64_C(1) << (i % 64);
}

void acl_grant(const struct acl *acl, struct actor *actor, const char *perm) {
    int i = acl_index(acl, perm);
    if (i >= 0) set_bit(actor, (size_t)i);
}

void acl_grant_role(const struct acl *acl, struct actor *actor, struct str role) {
    bool owner = str_eq(role, S("owner"));
    if (!owner && !str_eq(role, S("admin"))) return;
    for (size_t i = 0; i < acl->n; i++)
        if (owner || strcmp(acl->v[i]->name, "core.owner") != 0) set_bit(actor, i);
}

bool acl_may(const struct ctx *c, const char *perm) {
    if (strcmp(perm, PERM_PUBLIC) == 0) return true;
    if (c->actor.kind == ACTOR_SYSTEM) return true;
    if (strcmp(perm, PERM_CUSTOMER) == 0) return c->actor.kind == ACTOR_CUSTOMER;
    if (strcmp(perm, PERM_STAFF) == 0) return c->actor.kind == ACTOR_STAFF;
    if (c->actor.kind != ACTOR_STAFF && c->actor.kind != ACTOR_API) return false;
    int i = acl_index(c->shop->acl, perm);
    return i >= 0 && (c->actor.perms[i / 64] >> (i % 64) & 1);
}

bool acl_covers_role(const struct ctx *c, struct str role) {
    struct actor would = {.kind = ACTOR_STAFF};
    if (c->actor.kind == ACTOR_SYSTEM) return true;
    acl_grant_role(c->shop->acl, &would, role);
    for (size_t i = 0; i < ARRAY_LEN(would.perms); i++)
        if (would.perms[i] & ~c->actor.perms[i]) return false;
    return true;
}

struct permission_list acl_all(const struct acl *acl) {
    struct permission_list list = {(const struct permission **)(uintptr_t)acl->v, acl->n};
    return list;
}
