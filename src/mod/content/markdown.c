// SPDX-License-Identifier: Apache-2.0
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "core/app.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "mod/content/content.h"

#define PLAIN_WIDTH 76

// What is made of the document that cmark read.
typedef char *render_fn(cmark_node *document, cmark_parser *parser);

static char *as_html(cmark_node *document, cmark_parser *parser) {
    return cmark_render_html(document, CMARK_OPT_DEFAULT,
                             cmark_parser_get_syntax_extensions(parser));
}
static char *as_plain(cmark_node *document, cmark_parser *parser) {
    (void)parser;
    return cmark_render_plaintext(document, CMARK_OPT_DEFAULT, PLAIN_WIDTH);
}

static bool render(struct arena *a, struct str source, render_fn *how, struct str *out) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
    bool ok = tables && cmark_parser_attach_syntax_extension(parser, tables);
    cmark_parser_feed(parser, source.p ? source.p : "", source.n);
    cmark_node *document = cmark_parser_finish(parser);
    char *text = document ? how(document, parser) : NULL;
    ok = ok && text;
    if (ok) *out = arena_str(a, str_c(text));
    if (text) cmark_get_default_mem_allocator()->free(text);
    if (document) cmark_node_free(document);
    cmark_parser_free(parser);
    return ok;
}

bool markdown_html(struct arena *a, struct str source, struct str *html_out, struct err *err) {
    return render(a, source, as_html, html_out) ||
           err_set(err, ERR_INVALID, "The text cannot be read as CommonMark.");
}

struct filling {
    struct ctx *c;
    struct buf out;
    bool plain; // for people's mail readers: no HTML
};

static void put_lines(struct filling *f, struct str text) {
    struct str line;
    bool more = false;
    while (str_split(&text, '\n', &line)) {
        if (str_empty(str_trim(line))) continue;
        if (more) buf_put(&f->out, f->plain ? S(", ") : S("<br>"));
        if (f->plain)
            buf_put(&f->out, str_trim(line));
        else
            buf_html(&f->out, str_trim(line));
        more = true;
    }
}

static struct str address(struct ctx *c) {
    return arena_fmt(
        c->arena, STR_FMT "\n" STR_FMT " " STR_FMT "\n" STR_FMT,
        STR_ARG(setting_text(c, "shop.street")), STR_ARG(setting_text(c, "shop.postcode")),
        STR_ARG(setting_text(c, "shop.city")), STR_ARG(setting_text(c, "shop.country")));
}

static bool put_value(struct filling *f, struct str key) {
    if (!str_starts(key, S("shop."))) return false;
    if (str_eq(key, S("shop.address"))) {
        put_lines(f, address(f->c));
        return true;
    }
    const struct setting *s = setting_find(f->c->shop, key);
    if (!s || s->type == SETTING_SECRET) return false;
    put_lines(f, setting_text(f->c, s->key));
    return true;
}

static struct str fill(struct ctx *c, struct str text, bool plain) {
    struct filling f = {.c = c, .out = buf_new(c->arena, 0), .plain = plain};
    for (size_t at; (at = str_find(text, S("{{"))) != STR_NONE;) {
        buf_put(&f.out, str_sub(text, 0, at));
        struct str rest = str_from(text, at + 2);
        size_t end = str_find(rest, S("}}"));
        bool put = end != STR_NONE && end < 100 && put_value(&f, str_trim(str_sub(rest, 0, end)));
        if (!put) buf_put(&f.out, S("{{"));
        text = put ? str_from(rest, end + 2) : rest;
    }
    buf_put(&f.out, text);
    return buf_str(&f.out);
}

// Links of this shop lead to pages in the language of the text.
static struct str local_links(struct ctx *c, struct str html) {
    static const char *const same[] = {"/media/", "/cdn/", "/assets/", "/en/", "/de/"};
    struct str link = S("href=\"/");
    struct buf out = buf_new(c->arena, 0);
    if (str_eq(url_local(c, S("/x")), S("/x"))) return html;
    for (size_t at; (at = str_find(html, link)) != STR_NONE;) {
        struct str path = str_from(html, at + link.n - 1);
        bool as_is = str_starts(path, S("//"));
        for (size_t i = 0; i < ARRAY_LEN(same); i++) as_is |= str_starts(path, str_c(same[i]));
        size_t end = str_find_char(path, '"');
        if (end == STR_NONE) break;
        buf_put(&out, str_sub(html, 0, at + link.n - 1));
        buf_put(&out, as_is ? str_sub(path, 0, end) : url_local(c, str_sub(path, 0, end)));
        html = str_from(path, end);
    }
    buf_put(&out, html);
    return buf_str(&out);
}

struct str page_fill(struct ctx *c, struct str html) {
    return local_links(c, fill(c, html, false));
}

struct str page_plain(struct ctx *c, struct str source) {
    struct str text;
    return fill(c, render(c->arena, source, as_plain, &text) ? text : source, true);
}
