// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "core/settings.h"
#include "shop/page.h"

bool home_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    page_open(&p, c, rq, rs);
    page_about(&p, setting_text(c, "shop.name"), setting_i18n(c, "shop.description"));
    page_public(&p, S("/"));
    return page_render(&p, "index");
}
