// SPDX-License-Identifier: Apache-2.0
// Pages that the merchant writes; those the law asks for are policies, too.
#include "core/app.h"
#include "mod/content/content.h"
#include "shop/object/people.h"

static struct str page_url(struct page *p, struct str handle) {
    return local_path(p->c, "/pages/", handle);
}

struct text { // a page as it was read
    struct page *p;
    struct page_text t;
    const char *policy; // "refund-policy", or NULL
};
VALUE_PROP(text_id, struct text, liquid_int(me->t.id))
VALUE_PROP(text_handle, struct text, liquid_text(me->t.handle))
VALUE_PROP(text_title, struct text, liquid_text(me->t.title))
// What came with the list of pages has no body yet.
PROP(text_html) {
    struct text *x = self;
    if (!x->t.html.p && !page_get(x->p->c, x->t.handle, &x->t)) return told(x->p, err);
    *out = liquid_html(x->t.html);
    return true;
}
VALUE_PROP(text_template, struct text,
           me->t.template.n ? liquid_text(me->t.template) : liquid_nil())
VALUE_PROP(text_url, struct text, liquid_text(page_url(me->p, me->t.handle)))
VALUE_PROP(text_kind, struct text, liquid_text(S("page"))) // among results of a search
static const struct theme_prop page_props[] = {
    {"author", NULL, "pages are the shop's, not one person's", false},
    {"content", text_html, NULL, false},
    {"handle", text_handle, NULL, false},
    {"id", text_id, NULL, false},
    {"metafields", NULL, "pages have no further fields", false},
    {"object_type", text_kind, NULL, true},
    {"published_at", NULL, "pages have versions; which of them an order saw is kept with it",
     false},
    {"template_suffix", text_template, NULL, false},
    {"title", text_title, NULL, false},
    {"url", text_url, NULL, false},
};
const struct theme_kind page_kind = {.name = "page", THEME_PROPS(page_props)};

static bool read_text(struct page *p, struct str handle, struct text **out) {
    struct text *x = ARENA_NEW(p->c->arena, struct text);
    *out = NULL;
    x->p = p;
    if (!handle.n) return true;
    TRY(page_get(p->c, handle, &x->t));
    page_topic(p, "pages", 0);
    if (!x->t.found) return true;
    page_topic(p, "page", x->t.id);
    *out = x;
    return true;
}

bool people_page(struct page *p, struct str handle, struct liquid_value *out) {
    struct text *x;
    TRY(read_text(p, handle, &x));
    *out = x ? theme_object(p->c->arena, &page_kind, x) : liquid_nil();
    return true;
}

static bool pages_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                        struct err *err) {
    (void)a;
    return people_page(self, key, out) || told(self, err);
}
static bool pages_size(void *self, struct arena *a, size_t *out, struct err *err) {
    struct page *p = self;
    (void)a;
    if (!page_chrome(p)) return told(p, err);
    *out = 0;
    for (size_t i = 0; i < p->chrome.n; i++) *out += str_eq(p->chrome.v[i].kind, S("page"));
    return true;
}
// A page as the list round every page knows it.
static struct text *listed(struct page *p, const struct shop_chrome *r) {
    struct text *x = ARENA_NEW(p->c->arena, struct text);
    *x = (struct text){.p = p, .t = {.id = r->id, .handle = r->handle, .title = r->title}};
    page_topic(p, "pages", 0);
    return x;
}
static bool pages_at(void *self, struct arena *a, int64_t index, struct liquid_value *out,
                     struct err *err) {
    struct page *p = self;
    *out = liquid_nil();
    if (!page_chrome(p)) return told(p, err);
    for (size_t i = 0; i < p->chrome.n; i++)
        if (str_eq(p->chrome.v[i].kind, S("page")) && index-- == 0)
            *out = theme_object(a, &page_kind, listed(p, &p->chrome.v[i]));
    return true;
}
const struct theme_kind pages_kind = {
    .name = "pages", .other = pages_other, .size = pages_size, .at = pages_at};
struct liquid_value people_pages(struct page *p) {
    return theme_object(p->c->arena, &pages_kind, p);
}

// ---- policies
static struct str policy_id(const struct text *x) {
    return x->policy ? str_c(x->policy) : x->t.handle;
}
VALUE_PROP(policy_id_, struct text, liquid_text(policy_id(me)))
static const struct theme_prop policy_props[] = {
    {"body", text_html, NULL, false},
    {"id", policy_id_, NULL, false},
    {"title", text_title, NULL, false},
    {"url", text_url, NULL, false},
};
const struct theme_kind policy_kind = {.name = "policy", THEME_PROPS(policy_props)};

static const struct {
    const char *name;
    const char *handles[4]; // of pages, the first that exists
} policies[] = {
    {"refund-policy", {"widerruf", "widerrufsbelehrung", "withdrawal"}},
    {"privacy-policy", {"datenschutz", "privacy"}},
    {"terms-of-service", {"agb", "terms"}},
    {"shipping-policy", {"versand", "zahlung-und-versand", "shipping"}},
    {"legal-notice", {"impressum", "imprint"}},
    {"contact-information", {"kontakt", "contact"}},
};

static const struct shop_chrome *find_page(const struct page *p, struct str handle) {
    for (size_t i = 0; handle.n && i < p->chrome.n; i++)
        if (str_eq(p->chrome.v[i].kind, S("page")) && str_eq(p->chrome.v[i].handle, handle))
            return &p->chrome.v[i];
    return NULL;
}

// By Shopify's name for it, else by its own handle.
static const struct shop_chrome *find_policy(const struct page *p, struct str name,
                                             const char **policy_out) {
    const struct shop_chrome *found = NULL;
    *policy_out = NULL;
    for (size_t i = 0; i < ARRAY_LEN(policies); i++) {
        if (!str_eq(name, str_c(policies[i].name))) continue;
        *policy_out = policies[i].name;
        for (size_t h = 0; h < ARRAY_LEN(policies[i].handles) && !found; h++)
            found = find_page(p, str_c(policies[i].handles[h]));
        return found;
    }
    return find_page(p, name);
}

bool people_policy(struct page *p, struct str handle, struct liquid_value *out) {
    const char *policy;
    *out = liquid_nil();
    TRY(page_chrome(p));
    const struct shop_chrome *r = find_policy(p, handle, &policy);
    if (!r) return true;
    struct text *x = listed(p, r);
    x->policy = policy;
    *out = theme_object(p->c->arena, &policy_kind, x);
    return true;
}

bool people_policies(struct page *p, struct liquid_value *out) {
    struct list l = {0};
    for (size_t i = 0; i < ARRAY_LEN(policies); i++) {
        struct liquid_value v;
        TRY(people_policy(p, str_c(policies[i].name), &v));
        if (v.type != LIQUID_NIL) list_add(p->c->arena, &l, v);
    }
    *out = liquid_array(l.v, l.n);
    return true;
}

struct str people_policy_url(struct page *p, struct str handle) {
    const char *policy;
    const struct shop_chrome *r = find_policy(p, handle, &policy);
    return r ? page_url(p, r->handle) : (struct str){0};
}
