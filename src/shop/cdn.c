// SPDX-License-Identifier: Apache-2.0
// Files of themes and of the fonts they choose. Their addresses name the content.
#include "mod/themes/themes.h"
#include "shop/page.h"
#include "theme/fonts.h"

bool theme_asset_file(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str bytes;
    const char *type = NULL;
    bool exact = false;
    TRY(themes_asset(c, request_param(rq, "path"), &bytes, &type, &exact));
    if (!bytes.p) return page_missing(c);
    response_type(rs, type ? type : "application/octet-stream");
    response_header_set(rs, "Content-Security-Policy", S(FILE_POLICY));
    if (!exact) response_header_set(rs, "Cache-Control", S("no-cache"));
    rs->cacheable = exact; // kept, and so compressed well, once for all
    rs->body_static = bytes;
    return true;
}

bool theme_font_file(struct ctx *c, const struct request *rq, struct response *rs) {
    const char *type = NULL;
    struct str bytes = theme_font_asset(request_param(rq, "path"), &type);
    if (!bytes.p) return page_missing(c);
    response_type(rs, type ? type : "font/woff2");
    rs->body_static = bytes;
    return true;
}
