// SPDX-License-Identifier: Apache-2.0
// What was sent of a list of settings, as JSON and as texts in another language.
#include "base/decimal.h"
#include "desk/theme_form.h"

struct reading {
    struct theme_fields *f;
    const struct theme_form_part *part;
    struct theme_sent *out;
};

static struct str clean(struct theme_fields *f, struct str s, bool lines) { // CRLF, white space
    struct buf b = buf_new(f->d->c->arena, 0);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\t' || s.p[i] == '\n' || (unsigned char)s.p[i] >= 32)
            buf_char(&b, s.p[i] == '\n' && !lines ? ' ' : s.p[i]);
    return lines ? buf_str(&b) : str_trim(buf_str(&b));
}

static const char *field_name(const struct theme_field *x) {
    return arena_cstr(x->f->d->c->arena, x->name);
}

static void fail(const struct theme_field *x, const char *key) {
    desk_fail_key(x->f->d, field_name(x), key);
}

static bool sent(const struct theme_field *x, const char *prefix, struct str *out) {
    struct ctx *c = x->f->d->c;
    *out = request_form(x->f->d->rq, arena_fmt(c->arena, "%s" STR_FMT, prefix, STR_ARG(x->name)).p);
    return out->p != NULL;
}

static void fail_number(const struct theme_field *x) {
    struct ctx *c = x->f->d->c;
    const struct theme_json *min = theme_json_get(x->s->all, "min");
    const struct theme_json *max = theme_json_get(x->s->all, "max");
    const struct theme_json *step = theme_json_get(x->s->all, "step");
    bool both = min && max && min->text.p && max->text.p;
    if (!both) {
        fail(x, "desk.theme.wrong_number");
        return;
    }
    desk_fail(x->f->d, field_name(x),
              TR(c, "desk.theme.wrong_range", {.name = "min", .text = min->text},
                 {.name = "max", .text = max->text},
                 {.name = "step", .text = step && step->text.p ? step->text : S("1")}));
}

static void fail_fit(const struct theme_field *x) {
    if (x->input == INPUT_NUMBER)
        fail_number(x);
    else if (x->input == INPUT_COLOR)
        fail(x, "desk.theme.wrong_color");
    else if (x->input == INPUT_RICH)
        fail(x, "desk.theme.wrong_rich");
    else if (x->input == INPUT_LIST)
        fail(x, "desk.theme.wrong_list");
    else
        fail(x, "desk.theme.wrong_choice");
}

static void put(struct reading *r, const struct theme_field *x, const struct theme_json *v) {
    struct arena *a = r->f->d->c->arena;
    struct str why;
    if (v && !theme_value_ok(a, x->s, v, &why)) {
        fail_fit(x);
        return;
    }
    r->out->given = theme_json_set(a, &r->out->given, &x->s->id, 1, v);
}

static bool put_text(struct reading *r, const struct theme_field *x, struct str s) {
    struct theme_json v = theme_json_string(s);
    put(r, x, &v);
    return true;
}

static void read_number(struct reading *r, const struct theme_field *x, struct str s) {
    struct arena *a = r->f->d->c->arena;
    char *dots = arena_copy(a, s.p, s.n + 1);
    int64_t number;
    for (size_t i = 0; i < s.n; i++)
        if (dots[i] == ',') dots[i] = '.';
    if (!s.n) {
        put(r, x, NULL); // the default again
        return;
    }
    if (!decimal_parse((struct str){dots, s.n}, &number)) {
        fail_number(x);
        return;
    }
    struct theme_json v = theme_json_number(decimal_plain(a, number));
    put(r, x, &v);
}

static void read_check(struct reading *r, const struct theme_field *x) {
    struct str was, now;
    if (!sent(x, "c_", &was)) return; // the form had no such field
    struct theme_json v = theme_json_bool(sent(x, "", &now));
    if (v.boolean != (theme_field_shown(x).n > 0)) put(r, x, &v);
}

// The picker counts when it was moved, else what stands in the text.
static struct str read_color(const struct theme_field *x, struct str typed) {
    struct str picked, was;
    if (!sent(x, "p_", &picked) || !sent(x, "q_", &was) || str_eq_nocase(picked, was)) return typed;
    return str_eq(typed, theme_field_shown(x)) || str_eq_nocase(typed, was) ? picked : typed;
}

static bool fail_missing(struct theme_field *x, struct str handle) {
    struct ctx *c = x->f->d->c;
    desk_fail(x->f->d, field_name(x),
              TR(c, "desk.theme.wrong_handle", {.name = "handle", .text = handle}));
    return true;
}

// "/products/soap", "https://shop.example/products/soap" and "soap" name the same.
static struct str handle_in(struct str s, const char *kind) {
    static const struct {
        const char *kind;
        struct str folder;
    } folders[] = {{"product", S_INIT("/products/")},
                   {"collection", S_INIT("/collections/")},
                   {"page", S_INIT("/pages/")},
                   {"article", S_INIT("/blogs/")},
                   {"blog", S_INIT("/blogs/")}};
    for (size_t i = 0; kind && i < ARRAY_LEN(folders); i++) {
        size_t at = strcmp(folders[i].kind, kind) == 0 ? str_find(s, folders[i].folder) : STR_NONE;
        if (at != STR_NONE) return str_from(s, at + folders[i].folder.n);
    }
    return s;
}

static bool read_one(struct reading *r, struct theme_field *x, struct str s) {
    bool there;
    struct str handle = handle_in(s, x->type->kind);
    TRY(theme_choice_exists(x, handle, &there));
    return there ? put_text(r, x, handle) : fail_missing(x, handle);
}

static bool read_list(struct reading *r, struct theme_field *x) {
    struct desk *d = r->f->d;
    const struct http_pairs *form = &d->rq->form;
    VEC(struct str) v = {0};
    bool any = false;
    for (size_t i = 0; i < form->n; i++) {
        if (!str_eq(form->v[i].name, x->name)) continue;
        struct str handle = handle_in(clean(r->f, form->v[i].value, false), x->type->kind);
        bool there;
        any = true;
        if (!handle.n) continue;
        TRY(theme_choice_exists(x, handle, &there));
        if (!there) return fail_missing(x, handle);
        *VEC_PUSH(d->c->arena, &v) = handle;
    }
    if (!any) return true;
    struct theme_json list = theme_json_texts(d->c->arena, v.v, v.n);
    bool same = x->given ? theme_json_same(&list, x->given) : !list.n;
    if (!same) put(r, x, &list);
    return true;
}

static bool read_picture(struct reading *r, const struct theme_field *x, struct str typed) {
    struct str name;
    bool there;
    TRY(theme_picture_taken(x, &name, &there));
    if (there && !name.p) return true; // refused
    if (there) return put_text(r, x, name);
    if (str_eq(typed, theme_field_shown(x))) return true;
    return put_text(r, x, typed);
}

static bool read_schemes(struct reading *r, struct theme_field *x) {
    struct arena *a = r->f->d->c->arena;
    const struct theme_json *all = theme_schemes(x);
    struct theme_json now = all ? *all : theme_json_object();
    for (size_t i = 0; all && i < all->n; i++) {
        struct theme_sent out = {0};
        struct theme_form_part p = theme_scheme_part(x, all->keys[i], &all->items[i]);
        TRY(theme_form_read(r->f, &p, &out));
        const struct str path[] = {all->keys[i], S("settings")};
        bool same = p.given && theme_json_same(p.given, &out.given);
        if (!same && out.given.n) now = theme_json_set(a, &now, path, 2, &out.given);
    }
    if (all && !theme_json_same(all, &now)) put(r, x, &now);
    return true;
}

static bool too_long(const struct theme_field *x, struct str s) {
    int64_t most = x->type ? x->type->max : 0;
    if (!most || (int64_t)s.n <= most) return false;
    desk_fail(x->f->d, field_name(x),
              TR(x->f->d->c, "desk.theme.wrong_long", {.name = "n", .number = most}));
    return true;
}

static struct str stored(const struct theme_field *x, struct str s) {
    if (x->input != INPUT_RICH && x->input != INPUT_INLINE) return s;
    return theme_rich_read(x->f->d->c->arena, s, x->input == INPUT_INLINE);
}

static bool read_other(struct reading *r, const struct theme_field *x, struct str s) {
    struct arena *a = r->f->d->c->arena;
    struct theme_json v = theme_json_string(stored(x, s));
    struct str why;
    if (s.n && !theme_value_ok(a, x->s, &v, &why)) {
        fail_fit(x);
        return true;
    }
    struct str path = arena_fmt(a, STR_FMT STR_FMT, STR_ARG(x->part->path), STR_ARG(x->s->id));
    *VEC_PUSH(a, &r->out->texts) =
        (struct theme_text){r->f->lang, r->f->file, path, s.n ? v.text : S("")};
    return true;
}

static bool read_field(struct reading *r, struct theme_field *x) {
    struct str s;
    if (x->input == INPUT_NONE || x->input == INPUT_KEPT) return true;
    if (x->input == INPUT_SCHEMES) return read_schemes(r, x);
    if (x->input == INPUT_LIST) return read_list(r, x);
    if (x->input == INPUT_CHECK) return read_check(r, x), true;
    if (!sent(x, "", &s)) s = theme_field_shown(x); // an uploaded picture may come alone
    if (!str_is_utf8(s)) return fail(x, "form.text"), true;
    bool lines = x->input == INPUT_AREA || x->input == INPUT_RICH || x->input == INPUT_INLINE;
    s = clean(r->f, s, lines);
    if (x->input == INPUT_COLOR) s = read_color(x, s);
    if (too_long(x, s)) return true;
    if (x->input == INPUT_PICTURE) return read_picture(r, x, s);
    struct str shown = theme_field_shown(x);
    if (str_eq(s, clean(r->f, shown, lines))) return true; // left as it was
    if (r->f->other) return read_other(r, x, s);
    if (x->input == INPUT_NUMBER) return read_number(r, x, s), true;
    if (x->input == INPUT_ONE) return read_one(r, x, s);
    bool choice = x->input == INPUT_CHOICE || x->input == INPUT_SCHEME || x->input == INPUT_FONT;
    if (choice && !theme_choice_known(x, s)) return fail_fit(x), true;
    return put_text(r, x, stored(x, s));
}

bool theme_form_read(struct theme_fields *f, const struct theme_form_part *p,
                     struct theme_sent *out) {
    struct reading r = {f, p, out};
    bool object = p->given && p->given->type == THEME_JSON_OBJECT;
    out->given = object ? *p->given : theme_json_object();
    for (size_t i = 0; i < p->n; i++) {
        struct theme_field x;
        if (!theme_field_of(f, p, i, &x)) continue;
        TRY(read_field(&r, &x));
    }
    return true;
}

// ---- colour schemes

const struct theme_json *theme_schemes(const struct theme_field *x) {
    return x->given && x->given->type == THEME_JSON_OBJECT ? x->given : NULL;
}

static struct theme_setting setting_of(const struct theme_json *j) {
    return (struct theme_setting){.type = theme_json_text(j, "type"),
                                  .id = theme_json_text(j, "id"),
                                  .label = theme_json_text(j, "label"),
                                  .info = theme_json_text(j, "info"),
                                  .content = theme_json_text(j, "content"),
                                  .otherwise = theme_json_get(j, "default"),
                                  .all = j};
}

struct theme_form_part theme_scheme_part(const struct theme_field *x, struct str key,
                                         const struct theme_json *scheme) {
    struct arena *a = x->f->d->c->arena;
    const struct theme_json *definition = theme_json_get(x->s->all, "definition");
    size_t n = definition && definition->type == THEME_JSON_ARRAY ? definition->n : 0;
    struct theme_setting *v = ARENA_ARRAY(a, struct theme_setting, n + 1);
    for (size_t i = 0; i < n; i++) v[i] = setting_of(&definition->items[i]);
    return (struct theme_form_part){
        .settings = v,
        .n = n,
        .given = theme_json_get(scheme, "settings"),
        .name = arena_fmt(a, STR_FMT "." STR_FMT ".", STR_ARG(x->name), STR_ARG(key)),
    };
}
