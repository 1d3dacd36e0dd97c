// SPDX-License-Identifier: Apache-2.0
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "core/i18n.h"
#include "core/settings.h"
#include "mod/content/content.h"

bool markdown_html(struct arena *a, struct str source, struct str *html_out, struct err *err) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
    bool ok = tables && cmark_parser_attach_syntax_extension(parser, tables);
    cmark_parser_feed(parser, source.p ? source.p : "", source.n);
    cmark_node *document = cmark_parser_finish(parser);
    char *html = document ? cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser)) : NULL;
    ok = ok && html;
    if (ok) *html_out = arena_str(a, str_c(html));
    if (html) cmark_get_default_mem_allocator()->free(html);
    if (document) cmark_node_free(document);
    cmark_parser_free(parser);
    return ok || err_set(err, ERR_INVALID, "The text cannot be read as CommonMark.");
}

static void put_lines(struct buf *b, struct str text) {
    struct str line;
    bool more = false;
    while (str_split(&text, '\n', &line)) {
        if (str_empty(str_trim(line))) continue;
        if (more) buf_put(b, S("<br>"));
        buf_html(b, str_trim(line));
        more = true;
    }
}

static void put_address(struct ctx *c, struct buf *b) {
    put_lines(b, arena_fmt(c->arena, STR_FMT "\n" STR_FMT " " STR_FMT "\n" STR_FMT, STR_ARG(setting_text(c, "shop.street")),
                           STR_ARG(setting_text(c, "shop.postcode")), STR_ARG(setting_text(c, "shop.city")),
                           STR_ARG(setting_text(c, "shop.country"))));
}

static bool put_value(struct ctx *c, struct buf *b, struct str key) {
    if (!str_starts(key, S("shop."))) return false;
    if (str_eq(key, S("shop.address"))) {
        put_address(c, b);
        return true;
    }
    const struct setting *s = setting_find(c->shop, key);
    if (!s || s->type == SETTING_SECRET) return false;
    put_lines(b, setting_text(c, s->key));
    return true;
}

struct str page_fill(struct ctx *c, struct str html) {
    struct buf b = buf_new(c->arena, 0);
    for (size_t at; (at = str_find(html, S("{{"))) != STR_NONE;) {
        buf_put(&b, str_sub(html, 0, at));
        struct str rest = str_from(html, at + 2);
        size_t end = str_find(rest, S("}}"));
        bool put = end != STR_NONE && end < 100 && put_value(c, &b, str_trim(str_sub(rest, 0, end)));
        if (!put) buf_put(&b, S("{{"));
        html = put ? str_from(rest, end + 2) : rest;
    }
    buf_put(&b, html);
    return buf_str(&b);
}
