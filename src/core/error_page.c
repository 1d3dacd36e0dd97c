// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "core/i18n.h"

// A status without texts of its own is told as its class.
static struct str text_of(struct ctx *c, int status, const char *part) {
    const char *key = arena_fmt(c->arena, "error.%d.%s", status, part).p;
    if (tr_exists(c, key)) return tr(c, key);
    return tr(c, arena_fmt(c->arena, "error.%d.%s", status >= 500 ? 500 : 400, part).p);
}

struct str error_title(struct ctx *c, int status) {
    return text_of(c, status, "title");
}
struct str error_text(struct ctx *c, int status) {
    return text_of(c, status, "text");
}

void error_page_plain(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    struct str id = arena_fmt(c->arena, "%llu", (unsigned long long)rq->id);
    struct buf *b = &rs->body;
    buf_clear(b);
    rs->status = status;
    response_type(rs, "text/html; charset=utf-8");
    buf_fmt(b, "<!doctype html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n",
            lang_code(c->lang));
    buf_put(b, S("<meta name=\"viewport\" content=\"width=device-width\">\n<title>"));
    buf_html(b, error_title(c, status));
    buf_put(b, S("</title>\n<h1>"));
    buf_html(b, error_title(c, status));
    buf_put(b, S("</h1>\n<p>"));
    buf_html(b, error_text(c, status));
    buf_put(b, S("</p>\n"));
    if (status >= 500) {
        buf_put(b, S("<p>"));
        buf_html(b, TR(c, "error.request_id", {.name = "id", .text = id}));
        buf_put(b, S("</p>\n"));
    }
    buf_put(b, S("</html>\n"));
}
