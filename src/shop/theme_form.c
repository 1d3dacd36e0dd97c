// SPDX-License-Identifier: Apache-2.0
// {% form 'type' %}: where each type of form goes, and what it carries unseen.
#include "core/app.h"
#include "shop/object/people.h"
#include "shop/theme_host.h"

static const struct form_kind_row {
    struct str type;
    const char *action; // NULL: of the object it is about, by the property `from`
    const char *from;
    bool per_thing; // about->id is part of the address: /account/addresses/12
    bool multipart;
    bool trap;           // for machines that send forms
    const char *because; // why there is no such form
} types[] = {
    {S_INIT("product"), .action = "/cart/add", .multipart = true},
    {S_INIT("cart"), .action = "/cart", .multipart = true},
    {S_INIT("contact"), .action = "/contact", .trap = true},
    {S_INIT("customer"), .action = "/contact", .trap = true},
    {S_INIT("new_comment"), .from = "comment_post_url", .trap = true},
    {S_INIT("localization"), .action = "/localization"},
    {S_INIT("currency"), .action = "/localization"},
    {S_INIT("customer_login"), .action = "/account/login"},
    {S_INIT("create_customer"), .action = "/account/login"},
    {S_INIT("recover_customer_password"), .action = "/account/login"},
    {S_INIT("guest_login"), .action = "/account/login"},
    {S_INIT("customer_address"), .action = "/account/addresses", .per_thing = true},
    {S_INIT("activate_customer_password"), .because = "Customers have no passwords: they sign in "
                                                      "by a mailed code."},
    {S_INIT("reset_customer_password"), .because = "Customers have no passwords: they sign in by "
                                                   "a mailed code."},
    {S_INIT("storefront_password"), .because = "The shop has no password before its pages."},
};

static const struct form_kind_row *type_of(struct str type) {
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(types[i].type, type)) return &types[i];
    return NULL;
}

static void hidden(struct buf *b, const char *name, struct str value) {
    buf_fmt(b, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    buf_html(b, value);
    buf_put(b, S("\">"));
}

static bool action_of(struct page *p, const struct form_kind_row *t, const struct theme_form *f,
                      struct str *out, struct err *err) {
    struct arena *a = p->c->arena;
    struct liquid_value v = liquid_nil();
    *out = (struct str){0};
    if (t->from) {
        if (f->about.type == LIQUID_OBJECT || f->about.type == LIQUID_MAP)
            TRY(liquid_get(a, f->about, str_c(t->from), &v, err));
        *out = liquid_str(v);
        return true;
    }
    if (!t->action) return true;
    *out = url_local(p->c, str_c(t->action));
    if (t->per_thing && f->about.type == LIQUID_OBJECT)
        TRY(liquid_get(a, f->about, S("id"), &v, err));
    if (v.type == LIQUID_INT)
        *out = arena_fmt(a, STR_FMT "/%lld", STR_ARG(*out), (long long)v.integer);
    return true;
}

// Where the shop leads afterwards: only addresses of its own, see return_target in cart_forms.c.
static struct str return_of(struct page *p, const struct theme_form *f) {
    struct str to = liquid_str(f->return_to);
    if (str_eq(to, S("back"))) return url_local(p->c, p->rq->path);
    if (to.n) return to;
    // Shown again where it was posted to, a form still leads back to where it stood.
    const struct page_form *posted = page_own(p)->form;
    bool mail = str_eq(f->type, S("contact")) || str_eq(f->type, S("customer"));
    if (mail && posted && posted->origin.n) return url_local(p->c, posted->origin);
    return str_eq(f->type, S("localization")) ? p->rq->target : to;
}

bool host_form(void *page, const struct theme_form *f, struct theme_form_out *out,
               struct err *err) {
    struct page *p = page;
    const struct form_kind_row *t = type_of(f->type);
    *out = (struct theme_form_out){.form = liquid_nil()};
    if (!t) return true;
    TRY(action_of(p, t, f, &out->action, err));
    if (!out->action.n) {
        out->action = (struct str){0};
        return true;
    }
    struct buf b = buf_new(p->c->arena, 0);
    struct str back = return_of(p, f);
    hidden(&b, "form_type", f->type);
    hidden(&b, "utf8", S("✓"));
    if (back.n) hidden(&b, "return_to", back);
    if (t->trap) // people do not see it; who fills it in is a machine
        buf_put(&b, S("<input type=\"text\" name=\"website\" autocomplete=\"off\" hidden>"));
    if (p->c->csrf.n && !p->shared) hidden(&b, "csrf", p->c->csrf);
    out->hidden = buf_str(&b);
    out->multipart = t->multipart;
    out->form = people_form(p, f->type, f->about);
    return true;
}
