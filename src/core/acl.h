// SPDX-License-Identifier: Apache-2.0
// Who may do what. Permissions are named in module descriptors; roles: owner (all), admin (all but
// owner-only: "core.owner"), staff (those granted). Default is no.
#pragma once
#include "core/ctx.h"

struct acl *acl_new(struct arena *a, struct module_table modules);
int acl_index(const struct acl *acl, const char *perm); // -1 unknown
void acl_grant(const struct acl *acl, struct actor *actor, const char *perm);
void acl_grant_role(const struct acl *acl, struct actor *actor,
                    struct str role);                // "owner", "admin"; staff: nothing
bool acl_may(const struct ctx *c, const char *perm); // system may everything
// Whether the actor holds everything that the role would give: nobody makes somebody stronger than
// themselves.
bool acl_covers_role(const struct ctx *c, struct str role);
struct permission_list {
    const struct permission **v;
    size_t n;
};
struct permission_list acl_all(const struct acl *acl);
