// SPDX-License-Identifier: Apache-2.0
#include "core/ctx.h"

#include "core/kept.h"
#include "core/settings.h"

void ctx_begin(struct ctx *c, struct shop *shop, struct arena *a) {
    *c = (struct ctx){
        .shop = shop, .arena = a, .lang = LANG_DE, .now = shop->world.now(shop->world.self)};
    db_begin_use(&c->db, shop->pool, a, &c->err);
}

void ctx_end(struct ctx *c) {
    settings_release(c);
    kept_release(c);
    db_end_use(&c->db);
}

struct currency shop_currency(struct ctx *c) {
    struct currency cur;
    return currency_parse(setting_text(c, "shop.currency"), &cur) ? cur : EUR;
}

void **shop_slot(struct shop *s, const char *name) {
    for (size_t i = 0; i < SHOP_SLOTS; i++) {
        struct shop_slot *slot = &s->slots[i];
        if (!slot->name) slot->name = name;
        if (strcmp(slot->name, name) == 0) return &slot->value;
    }
    base_bug("more slots than SHOP_SLOTS", __FILE__, __LINE__);
}

const struct module *shop_module(const struct shop *s, const char *name) {
    for (size_t i = 0; i < s->modules.n; i++)
        if (strcmp(s->modules.v[i]->name, name) == 0) return s->modules.v[i];
    return NULL;
}
