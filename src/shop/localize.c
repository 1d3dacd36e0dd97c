// SPDX-License-Identifier: Apache-2.0
// The chooser of languages that themes have, and addresses that other shops' links know.
#include "core/app.h"
#include "shop/cart_change.h"
#include "shop/object/people.h"

// "/en/cart?x=1" → "/cart?x=1", whatever offered language it begins with.
static struct str without_language(struct ctx *c, struct str path) {
    enum lang l;
    bool shaped = path.n >= 3 && (path.n == 3 || path.p[3] == '/' || path.p[3] == '?');
    if (!shaped || !lang_parse(str_sub(path, 1, 2), &l) || !lang_offered(c, l)) return path;
    if (path.n == 3) return S("/");
    struct str rest = str_from(path, 3);
    return rest.p[0] == '/' ? rest : arena_fmt(c->arena, "/" STR_FMT, STR_ARG(rest));
}

// The same page in another language. Countries change nothing: there is one market.
bool localization_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str code = request_form(rq, "locale_code"), to = return_target(rq);
    struct ctx other = *c;
    enum lang l;
    if (!code.n) code = request_form(rq, "language_code");
    if (lang_parse(code, &l) && lang_offered(c, l)) other.lang = l;
    to = to.n ? without_language(c, to) : S("/");
    response_redirect(rs, 303, url_local(&other, to));
    return true;
}

// /policies/refund-policy → the page that is it.
bool policy_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    page_open(&p, c, rq, rs);
    TRY(page_chrome(&p));
    struct str to = people_policy_url(&p, request_param(rq, "handle"));
    if (!to.p) return page_missing(c);
    response_redirect(rs, 302, to);
    return true;
}
