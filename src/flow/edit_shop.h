// SPDX-License-Identifier: Apache-2.0
// What the desk's smaller forms save, each as one transaction; the modules write the audit rows.
#pragma once
#include "core/settings.h"
#include "core/tx.h"
#include "mod/content/content.h"
#include "mod/shipping/shipping.h"

struct setting_change {
    const struct setting *setting;
    struct str value;
    enum setting_verdict verdict; // filled in
};
// All or none. refused_out: how many are not valid; their verdicts say which.
MUST_USE bool settings_edit(struct ctx *c, struct setting_change *v, size_t n, size_t *refused_out);
MUST_USE bool shipping_edit(struct ctx *c, const struct shipping_draft *d, int64_t *id_out);
MUST_USE bool page_edit(struct ctx *c, const struct page_draft *d, int64_t *id_out,
                        int64_t *version_out);
