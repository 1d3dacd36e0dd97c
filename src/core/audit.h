// SPDX-License-Identifier: Apache-2.0
// The chain over the audit trail (audit_write itself is in core/tx.h). A seal is hex of BLAKE2b-256
// over the previous seal and the row's fields, each with its length. Rows are sealed one minute
// after they were written, because until then a transaction with an earlier id may still commit.
#pragma once
#include "core/check.h"
#include "core/ctx.h"

enum job_result audit_seal_job(struct ctx *c, const struct json *payload);
bool audit_chain_check(struct ctx *c,
                       void (*found)(void *self, struct str object, struct str detail), void *self);
const char *
actor_kind_name(enum actor_kind kind); // "visitor", "customer", "staff", "api", "system"
