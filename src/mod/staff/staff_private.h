// SPDX-License-Identifier: Apache-2.0
// What the files of this module share.
#pragma once
#include "mod/staff/staff.h"
#include "staff_sql.h"

// One more wrong try, in tx: the fifth lets the account rest.
MUST_USE bool staff_count_failure(struct ctx *c, const struct staff_get *s);
