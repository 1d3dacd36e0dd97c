// SPDX-License-Identifier: Apache-2.0
#include "core/i18n.h"
#include "mod/staff/staff.h"
#include "staff_sql.h"

static bool set_lang(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return staff_put_lang(&c->db, self);
}

bool staff_set_lang(struct ctx *c, int64_t id, enum lang lang) {
    return tx_run(c, set_lang,
                  &(struct staff_put_lang_in){.id = id, .lang = str_c(lang_code(lang))});
}

static bool view_save(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return saved_view_put(&c->db, self);
}

bool staff_view_save(struct ctx *c, int64_t id, const struct staff_view *v) {
    struct saved_view_put_in in = {
        .staff_id = id, .page = str_c(v->page), .name = v->name, .query = v->query};
    return tx_run(c, view_save, &in);
}

static bool view_drop(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return saved_view_drop(&c->db, self);
}

bool staff_view_drop(struct ctx *c, int64_t id, int64_t view_id) {
    return tx_run(c, view_drop, &(struct saved_view_drop_in){.id = view_id, .staff_id = id});
}
