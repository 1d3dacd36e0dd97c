// SPDX-License-Identifier: Apache-2.0
#include "flow/edit_shop.h"

struct settings_run {
    struct setting_change *v;
    size_t n;
    size_t *refused_out;
};

static bool set_all(struct ctx *c, void *self, bool *keep) {
    struct settings_run *r = self;
    *r->refused_out = 0;
    for (size_t i = 0; i < r->n; i++) {
        TRY(setting_set(c, r->v[i].setting->key, r->v[i].value, &r->v[i].verdict));
        *r->refused_out += r->v[i].verdict != SETTING_OK;
    }
    *keep = *r->refused_out == 0;
    return true;
}

bool settings_edit(struct ctx *c, struct setting_change *v, size_t n, size_t *refused_out) {
    *refused_out = 0;
    return n == 0 || tx_run(c, set_all, &(struct settings_run){v, n, refused_out});
}

struct shipping_run {
    const struct shipping_draft *d;
    int64_t *id_out;
};
static bool save_shipping(struct ctx *c, void *self, bool *keep) {
    struct shipping_run *r = self;
    (void)keep;
    return shipping_save(c, r->d, r->id_out);
}
bool shipping_edit(struct ctx *c, const struct shipping_draft *d, int64_t *id_out) {
    return tx_run(c, save_shipping, &(struct shipping_run){d, id_out});
}

struct page_run {
    const struct page_draft *d;
    int64_t *id_out, *version_out;
};
static bool save_page(struct ctx *c, void *self, bool *keep) {
    struct page_run *r = self;
    (void)keep;
    return page_save(c, r->d, r->id_out, r->version_out);
}
bool page_edit(struct ctx *c, const struct page_draft *d, int64_t *id_out, int64_t *version_out) {
    return tx_run(c, save_page, &(struct page_run){d, id_out, version_out});
}
