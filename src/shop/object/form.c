// SPDX-License-Identifier: Apache-2.0
// The object `form`: what was posted and what was wrong with it.
#include "core/app.h"
#include "shop/object/people.h"

struct shown {
    struct page *p;
    struct str type;
    struct liquid_value about; // an address that is being changed
    bool posted;               // this request's form is of this type
};

// "email" is sent as email, contact[email], customer[email], address[email] or comment[email].
struct str form_field_of(const struct request *rq, const char *name) {
    static const char *const folders[] = {"contact", "customer", "address", "comment"};
    struct str plain = request_form(rq, name);
    for (size_t i = 0; !plain.p && i < ARRAY_LEN(folders); i++)
        plain = request_form(rq, arena_fmt(rq->arena, "%s[%s]", folders[i], name).p);
    return plain;
}

void page_form(struct page *p, const struct page_form *f) { page_own(p)->form = f; }

static bool field(const struct shown *s, const char *name, struct liquid_value *out,
                  struct err *err) {
    struct str typed = s->posted ? form_field_of(s->p->rq, name) : (struct str){0};
    *out = liquid_text(typed);
    if (typed.p || s->about.type != LIQUID_OBJECT) return true;
    return liquid_get(s->p->c->arena, s->about, str_c(name), out, err);
}
#define FIELD(name)                                                                                \
    PROP(field_##name) { return field(self, #name, out, err); }
FIELD(address1)
FIELD(address2)
FIELD(author)
FIELD(body)
FIELD(city)
FIELD(company)
FIELD(email)
FIELD(first_name)
FIELD(last_name)
FIELD(message)
FIELD(name)
FIELD(phone)
FIELD(province)
FIELD(zip)

// Forms send a country by its code.
PROP(field_country) {
    const struct shown *s = self;
    TRY(field(s, "country", out, err));
    if (out->type == LIQUID_OBJECT) return liquid_get(a, s->about, S("country_code"), out, err);
    return true;
}
PROP(field_id) {
    const struct shown *s = self;
    if (s->about.type != LIQUID_OBJECT) {
        *out = liquid_text(s->type);
        return true;
    }
    return liquid_get(a, s->about, S("id"), out, err);
}

// ---- errors
struct wrong {
    struct page *p;
    const struct form_errors *e;
};
static struct str message_of(const struct wrong *w, size_t i) {
    return tr(w->p->c, w->e->v[i].key);
}
// The field as people call it.
static struct str label_of(const struct wrong *w, size_t i) {
    struct ctx *c = w->p->c;
    const char *key = arena_fmt(c->arena, "shop.field.%s", w->e->v[i].field).p;
    return tr_exists(c, key) ? tr(c, key) : str_c(w->e->v[i].field);
}
PROP(wrong_messages) {
    const struct wrong *w = self;
    struct liquid_map *m = liquid_map_new(a);
    for (size_t i = 0; i < w->e->n; i++) set_str(m, w->e->v[i].field, message_of(w, i));
    *out = liquid_of_map(m);
    return true;
}
PROP(wrong_fields) {
    const struct wrong *w = self;
    struct liquid_map *m = liquid_map_new(a);
    for (size_t i = 0; i < w->e->n; i++) set_str(m, w->e->v[i].field, label_of(w, i));
    *out = liquid_of_map(m);
    return true;
}
static bool wrong_size(void *self, struct arena *a, size_t *out, struct err *err) {
    (void)a, (void)err;
    *out = ((struct wrong *)self)->e->n;
    return true;
}
static bool wrong_at(void *self, struct arena *a, int64_t index, struct liquid_value *out,
                     struct err *err) {
    const struct wrong *w = self;
    (void)a, (void)err;
    bool there = index >= 0 && (size_t)index < w->e->n;
    *out = there ? liquid_text(str_c(w->e->v[index].field)) : liquid_nil();
    return true;
}
static const struct theme_prop wrong_props[] = {
    {"messages", wrong_messages, NULL, false},
    {"translated_fields", wrong_fields, NULL, false},
};
const struct theme_kind form_errors_kind = {
    .name = "form_errors", THEME_PROPS(wrong_props), .size = wrong_size, .at = wrong_at};

PROP(form_errors_) {
    const struct shown *s = self;
    const struct page_form *f = page_own(s->p)->form;
    if (!s->posted || !f || f->ok || !f->errors || !f->errors->n) return true;
    struct wrong *w = ARENA_NEW(a, struct wrong);
    *w = (struct wrong){s->p, f->errors};
    *out = theme_object(a, &form_errors_kind, w);
    return true;
}
// After a form that was taken the visitor is led to the page again: ?contact_posted=true.
PROP(form_posted) {
    const struct shown *s = self;
    const struct page_form *f = page_own(s->p)->form;
    const char *key = arena_fmt(a, STR_FMT "_posted", STR_ARG(s->type)).p;
    bool led = str_eq(request_query(s->p->rq, key), S("true"));
    *out = liquid_bool(led || (s->posted && f && f->ok));
    return true;
}
static bool is_default(const struct shown *s) {
    return s->posted && form_field_of(s->p->rq, "default").n > 0;
}
PROP(form_default) {
    const struct shown *s = self;
    struct liquid_value id = liquid_nil();
    if (s->about.type == LIQUID_OBJECT) TRY(liquid_get(a, s->about, S("id"), &id, err));
    *out = liquid_html(arena_fmt(
        a,
        "<input type=\"checkbox\" id=\"address_default_address_%s\" name=\"address[default]\" "
        "value=\"1\"%s>",
        id.type == LIQUID_INT ? arena_fmt(a, "%lld", (long long)id.integer).p : "new",
        is_default(s) ? " checked" : ""));
    return true;
}
VALUE_PROP(form_false, struct shown, liquid_bool(false))
static const struct theme_prop form_props[] = {
    {"address1", field_address1, NULL, false},
    {"address2", field_address2, NULL, false},
    {"author", field_author, NULL, false},
    {"body", field_body, NULL, false},
    {"city", field_city, NULL, false},
    {"company", field_company, NULL, false},
    {"country", field_country, NULL, false},
    {"email", field_email, NULL, false},
    {"errors", form_errors_, NULL, false},
    {"first_name", field_first_name, NULL, false},
    {"id", field_id, NULL, false},
    {"last_name", field_last_name, NULL, false},
    {"message", field_message, NULL, false},
    {"name", field_name, NULL, false},
    {"password_needed", form_false, NULL, false},
    {"phone", field_phone, NULL, false},
    {"posted_successfully?", form_posted, NULL, false},
    {"province", field_province, NULL, false},
    {"set_as_default_checkbox", form_default, NULL, false},
    {"zip", field_zip, NULL, false},
};
const struct theme_kind form_kind = {.name = "form", THEME_PROPS(form_props)};

// The form that was posted is known by its type, and by the id of what it is about.
static bool was_posted(struct page *p, struct str type, struct liquid_value about) {
    const struct page_form *f = page_own(p)->form;
    struct liquid_value id = liquid_nil();
    struct err ignored = {0};
    int64_t wanted = 0;
    if (!f || !str_eq(f->type, type)) return false;
    if (about.type == LIQUID_OBJECT) (void)!liquid_get(p->c->arena, about, S("id"), &id, &ignored);
    if (!f->about.n) return !str_eq(type, S("customer_address")) || id.type != LIQUID_INT;
    return id.type == LIQUID_INT && str_to_int(f->about, &wanted) && wanted == id.integer;
}

struct liquid_value people_form(struct page *p, struct str type, struct liquid_value about) {
    struct shown *s = ARENA_NEW(p->c->arena, struct shown);
    *s = (struct shown){.p = p, .type = type, .posted = was_posted(p, type, about)};
    if (str_eq(type, S("customer_address"))) s->about = about;
    return theme_object(p->c->arena, &form_kind, s);
}
