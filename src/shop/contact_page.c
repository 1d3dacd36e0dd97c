// SPDX-License-Identifier: Apache-2.0
// What visitors send: the contact form (a mail to the shop) and the newsletter form (a mail with a
// link to the address typed in). A form that was taken leads back with ?contact_posted=true; one
// that was not is shown where it stood, with what was typed.
#include "contact_sql.h"
#include "core/app.h"
#include "flow/contact.h"
#include "http/form.h"
#include "shop/object/content.h"
#include "shop/object/goods.h"
#include "shop/object/people.h"

enum { PATH_MAX_ = 500, NAME_MAX_ = 200 };

// ---- where the form stood

static struct str path_of_url(struct str url) {
    size_t at = str_find(url, S("://"));
    if (at == STR_NONE) return url;
    struct str rest = str_from(url, at + 3);
    size_t slash = str_find_char(rest, '/');
    return slash == STR_NONE ? S("/") : str_from(rest, slash);
}

static struct str without_query(struct str path) {
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '?' || path.p[i] == '#') return str_sub(path, 0, i);
    return path;
}

// A path of this shop as a route sees it: decoded, without language and query. Referer comes from
// this shop, since the dispatcher has looked at the origin.
static struct str origin_path(struct ctx *c, const struct request *rq) {
    struct str typed = request_form(rq, "return_to"), path;
    if (!str_starts(typed, S("/"))) typed = path_of_url(request_header(rq, "Referer"));
    typed = without_query(typed);
    if (typed.n > PATH_MAX_ || !request_normalise_path(c->arena, typed, &path)) return S("/");
    struct str home = url_local(c, S("/"));
    if (home.n < 2 || !str_starts(path, home)) return path;
    if (path.n == home.n) return S("/");
    return path.p[home.n] == '/' ? str_from(path, home.n) : path;
}

// The thing that the page at the origin is about; name is its template.
static bool set_thing(struct page *p, const char *name, struct liquid_value v,
                      const char **name_out) {
    if (v.type == LIQUID_NIL) return true;
    page_global(p, name, v);
    *name_out = name;
    return true;
}
// A page may have a template of its own, with the form in it.
static bool set_suffix(struct page *p, struct liquid_value thing) {
    struct liquid_value suffix = liquid_nil();
    if (thing.type == LIQUID_OBJECT)
        TRY(liquid_get(p->c->arena, thing, S("template_suffix"), &suffix, &p->c->err));
    p->suffix = liquid_str(suffix);
    return true;
}
static bool set_origin(struct page *p, struct str path, const char **name_out) {
    static const struct {
        struct str folder;
        const char *name;
        bool (*find)(struct page *p, struct str handle, struct liquid_value *out);
    } folders[] = {{S_INIT("/pages/"), "page", people_page},
                   {S_INIT("/products/"), "product", goods_product},
                   {S_INIT("/collections/"), "collection", goods_collection}};
    struct liquid_value v, blog;
    *name_out = "index";
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        if (!str_starts(path, folders[i].folder)) continue;
        TRY(folders[i].find(p, str_from(path, folders[i].folder.n), &v));
        TRY(set_suffix(p, v));
        return set_thing(p, folders[i].name, v, name_out);
    }
    if (!str_starts(path, S("/blogs/"))) return true;
    struct str rest = str_from(path, 7);
    size_t slash = str_find_char(rest, '/');
    if (slash == STR_NONE) {
        TRY(content_blog_page(p, rest, (struct str){0}, &v));
        return set_thing(p, "blog", v, name_out);
    }
    TRY(content_article_page(p, str_sub(rest, 0, slash), str_from(rest, slash + 1), &v, &blog));
    if (v.type != LIQUID_NIL) page_global(p, "blog", blog);
    return set_thing(p, "article", v, name_out);
}

// ---- the two forms

struct posted {
    struct ctx *c;
    const struct request *rq;
    struct str type, path, email;
    struct form_errors errors;
};

static bool too_long(struct str s, size_t max) { return !str_is_utf8(s) || str_utf8_len(s) > max; }

// "contact[Order number]" → "Order number"; false for what is no field of the message.
static bool field_name(struct str raw, struct str *out) {
    if (!str_starts(raw, S("contact[")) || raw.n < 10 || raw.p[raw.n - 1] != ']') return false;
    *out = str_sub(raw, 8, raw.n - 9);
    return !str_eq(*out, S("email")) && !str_eq(*out, S("name"));
}

static void read_message(struct posted *f, struct contact_message *m) {
    struct arena *a = f->c->arena;
    struct contact_field *fields = ARENA_ARRAY(a, struct contact_field, CONTACT_FIELDS_MAX);
    m->fields = fields;
    m->name = str_trim(form_field_of(f->rq, "name"));
    if (too_long(m->name, NAME_MAX_)) form_fail(a, &f->errors, "name", "form.too_long");
    for (size_t i = 0; i < f->rq->form.n; i++) {
        struct str name, value = str_trim(f->rq->form.v[i].value);
        if (!field_name(f->rq->form.v[i].name, &name) || !value.n) continue;
        if (m->n == CONTACT_FIELDS_MAX || too_long(name, CONTACT_NAME_MAX) ||
            too_long(value, CONTACT_VALUE_MAX))
            form_fail(a, &f->errors, "body", "form.too_long");
        else
            fields[m->n++] = (struct contact_field){name, value};
    }
    if (!m->n && !f->errors.n) form_fail(a, &f->errors, "body", "form.required");
}

static bool take(struct posted *f) {
    struct contact_message m = {.email = f->email, .page = url_absolute(f->c, f->path)};
    bool newsletter = str_eq(f->type, S("customer"));
    if (!newsletter) read_message(f, &m);
    if (f->errors.n || request_form(f->rq, "website").n) return true; // filled in by machines only
    return newsletter ? newsletter_request(f->c, f->email, m.page) : contact_send(f->c, &m);
}

static bool show_again(struct posted *f, struct response *rs) {
    struct page p;
    const char *name;
    page_open(&p, f->c, f->rq, rs);
    page_form(&p, &(struct page_form){.type = f->type, .errors = &f->errors, .origin = f->path});
    TRY(set_origin(&p, f->path, &name));
    rs->status = 422;
    return page_render(&p, name);
}

bool contact_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct posted f = {c,
                       rq,
                       request_form(rq, "form_type"),
                       origin_path(c, rq),
                       str_trim(form_field_of(rq, "email")),
                       {0}};
    if (!str_eq(f.type, S("contact")) && !str_eq(f.type, S("customer"))) return page_missing(c);
    // In a spreadsheet such an address would be a formula.
    bool formula = f.email.n && strchr("=+-@", f.email.p[0]) && str_eq(f.type, S("customer"));
    if (!email_valid(f.email) || formula)
        form_fail(c->arena, &f.errors, "email", f.email.n ? "form.email" : "form.required");
    TRY(take(&f));
    if (f.errors.n) return show_again(&f, rs);
    struct buf to = buf_new(c->arena, 0);
    buf_put(&to, url_local(c, f.path));
    buf_fmt(&to, "?" STR_FMT "_posted=true", STR_ARG(f.type));
    response_redirect(rs, 303, buf_str(&to));
    return true;
}

// ---- behind the links of mails

static bool read_link(struct ctx *c, const struct request *rq, struct newsletter_who *who,
                      bool *found_out) {
    struct str step = request_param(rq, "step");
    int64_t id;
    bool leave = str_eq(step, S("leave"));
    *found_out = false;
    if (!leave && !str_eq(step, S("confirm"))) return true;
    if (!str_to_int(request_param(rq, "id"), &id) || id < 1) return true;
    return newsletter_of_token(c, id, leave ? NEWSLETTER_LEAVE : NEWSLETTER_CONFIRM,
                               request_param(rq, "token"), who, found_out);
}

static bool show_link(struct page *p, const char *state) {
    set_str(p->data, "state", str_c(state));
    set_str(p->data, "words", newsletter_words(p->c));
    set_str(p->data, "action", url_local(p->c, p->rq->path));
    liquid_set(p->data, "noindex", liquid_bool(true));
    if (strcmp(state, "over") == 0) p->rs->status = 410;
    return page_send(p, "newsletter", tr(p->c, "shop.newsletter"));
}

// Programs that look at links in mails press no buttons: nothing happens here yet.
bool newsletter_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct newsletter_who who;
    bool found;
    TRY(page_begin(&p, c, rq, rs));
    TRY(read_link(c, rq, &who, &found));
    if (!found) return show_link(&p, "over");
    return show_link(&p, who.step == NEWSLETTER_LEAVE ? "leave" : "confirm");
}

bool newsletter_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct newsletter_who who;
    enum newsletter_verdict verdict;
    bool found;
    TRY(page_begin(&p, c, rq, rs));
    TRY(read_link(c, rq, &who, &found));
    if (!found) return show_link(&p, "over");
    TRY(newsletter_do(c, &who, &verdict));
    if (verdict == NEWSLETTER_OVER) return show_link(&p, "over");
    struct newsletter_who leave = who;
    leave.step = NEWSLETTER_LEAVE;
    set_str(p.data, "leave_url", newsletter_url(c, &leave));
    return show_link(&p, who.step == NEWSLETTER_LEAVE ? "left" : "confirmed");
}
