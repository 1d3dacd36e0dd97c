// SPDX-License-Identifier: Apache-2.0
#include "desk/theme_form.h"

enum { LINE = 1000, LONG = 20000, CHOICES = 500, LIST_MAX = 50, LIST_MORE = 3 };

static const struct theme_input_type types[] = {
    {"article", INPUT_ONE, "article", false, false, LINE},
    {"article_list", INPUT_LIST, "article", false, false, LINE},
    {"blog", INPUT_ONE, "blog", true, false, LINE},
    {"checkbox", INPUT_CHECK, NULL, false, false, 0},
    {"collection", INPUT_ONE, "collection", true, false, LINE},
    {"collection_list", INPUT_LIST, "collection", false, false, LINE},
    {"color", INPUT_COLOR, NULL, false, false, 100},
    {"color_background", INPUT_LINE, NULL, false, false, LINE},
    {"color_palette", INPUT_KEPT, NULL, false, false, 0},
    {"color_scheme", INPUT_SCHEME, NULL, true, false, 100},
    {"color_scheme_group", INPUT_SCHEMES, NULL, false, false, 0},
    {"font_picker", INPUT_FONT, NULL, true, false, 100},
    {"header", INPUT_NONE, NULL, false, false, 0},
    {"html", INPUT_AREA, NULL, false, true, LONG},
    {"image_picker", INPUT_PICTURE, NULL, false, false, LINE},
    {"inline_richtext", INPUT_INLINE, NULL, false, true, 5000},
    {"link_list", INPUT_ONE, "link_list", true, false, LINE},
    {"liquid", INPUT_AREA, NULL, false, true, LONG},
    {"metaobject", INPUT_LINE, NULL, false, false, LINE},
    {"metaobject_list", INPUT_LIST, NULL, false, false, LINE},
    {"number", INPUT_NUMBER, NULL, false, false, 40},
    {"page", INPUT_ONE, "page", true, false, LINE},
    {"paragraph", INPUT_NONE, NULL, false, false, 0},
    {"product", INPUT_ONE, "product", false, false, LINE},
    {"product_list", INPUT_LIST, "product", false, false, LINE},
    {"radio", INPUT_CHOICE, NULL, true, false, LINE},
    {"range", INPUT_NUMBER, NULL, false, false, 40},
    {"richtext", INPUT_RICH, NULL, false, true, LONG},
    {"select", INPUT_CHOICE, NULL, true, false, LINE},
    {"text", INPUT_LINE, NULL, false, true, LINE},
    {"text_alignment", INPUT_CHOICE, NULL, true, false, 20},
    {"textarea", INPUT_AREA, NULL, false, true, LONG},
    {"url", INPUT_URL, NULL, false, false, LINE},
    {"video", INPUT_LINE, NULL, false, false, LINE},
    {"video_url", INPUT_LINE, NULL, false, false, LINE},
};

const struct theme_input_type *theme_input_type(struct str type) {
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(type, str_c(types[i].type))) return &types[i];
    return NULL;
}

bool theme_form_open(struct theme_fields *f) {
    struct desk_theme_choices_in in = {str_c(lang_code(f->d->c->lang)), CHOICES};
    return desk_theme_choices_all(&f->d->c->db, &in, &f->choices);
}

// A value that the input cannot show stays as it is: a computed colour, an object where a text is
// expected.
static bool showable(enum theme_input input, const struct theme_json *v) {
    if (!v || v->type == THEME_JSON_NULL) return true;
    bool text = v->type == THEME_JSON_STRING;
    bool number = v->type == THEME_JSON_INT || v->type == THEME_JSON_FLOAT;
    if (input == INPUT_NUMBER) return number;
    if (input == INPUT_CHECK) return v->type == THEME_JSON_BOOL;
    if (input == INPUT_LIST) return v->type == THEME_JSON_ARRAY;
    if (input == INPUT_SCHEMES) return v->type == THEME_JSON_OBJECT;
    bool free = input >= INPUT_LINE && input <= INPUT_INLINE;
    return text && (free || str_find(v->text, S("{{")) == STR_NONE);
}

bool theme_field_of(struct theme_fields *f, const struct theme_form_part *p, size_t i,
                    struct theme_field *out) {
    const struct theme_setting *s = &p->settings[i];
    const struct theme_input_type *type = theme_input_type(s->type);
    *out = (struct theme_field){.f = f, .part = p, .s = s, .type = type};
    out->input = type ? type->input : INPUT_KEPT;
    out->name = arena_fmt(f->d->c->arena, STR_FMT STR_FMT, STR_ARG(p->name), STR_ARG(s->id));
    out->given = s->id.n ? theme_json_member(p->given, s->id) : NULL;
    if (!out->given) out->given = s->otherwise;
    if (f->other) return type && type->text;
    if (!showable(out->input, out->given)) out->input = INPUT_KEPT;
    return out->input == INPUT_NONE || s->id.n > 0;
}

const struct theme_text *theme_text_of(const struct theme_field *x) {
    struct str path =
        arena_fmt(x->f->d->c->arena, STR_FMT STR_FMT, STR_ARG(x->part->path), STR_ARG(x->s->id));
    for (size_t i = 0; i < x->f->text_count; i++) {
        const struct theme_text *t = &x->f->texts[i];
        bool here = str_eq(t->lang, x->f->lang) && str_eq(t->file, x->f->file);
        if (here && str_eq(t->path, path)) return t;
    }
    return NULL;
}

static struct str first_choice(const struct theme_field *x) { // of a choice without value
    const struct theme_json *o = theme_json_get(x->s->all, "options");
    if (str_eq(x->s->type, S("text_alignment"))) return S("left");
    return o && o->n ? theme_json_text(&o->items[0], "value") : S("");
}

static struct str shown_in(const struct theme_field *x, struct str text, struct str lang) {
    struct arena *a = x->f->d->c->arena;
    text = theme_say(x->f->theme, lang, text);
    if (x->input == INPUT_RICH || x->input == INPUT_INLINE)
        return theme_rich_shown(a, text, x->input == INPUT_INLINE);
    return text;
}

struct str theme_field_shown(const struct theme_field *x) {
    const struct theme_json *v = x->given;
    const struct theme_text *t = x->f->other ? theme_text_of(x) : NULL;
    if (x->f->other) return t ? shown_in(x, t->value, x->f->lang) : S("");
    if (!v || v->type == THEME_JSON_NULL) return x->input == INPUT_CHOICE ? first_choice(x) : S("");
    if (v->type == THEME_JSON_BOOL) return v->boolean ? S("1") : S("");
    if (x->input == INPUT_KEPT) {
        struct buf b = buf_new(x->f->d->c->arena, 0);
        theme_json_write(&b, v);
        return str_utf8_cut(str_trim(buf_str(&b)), 300);
    }
    return v->text.p ? shown_in(x, v->text, x->f->lang) : S("");
}

static struct str typed(const struct theme_field *x) {
    const struct request *rq = x->f->d->rq;
    return request_form(rq, arena_cstr(x->f->d->c->arena, x->name));
}

static const char *word_of(const struct theme_field *x) { // what the template knows
    static const char *const words[] = {
        [INPUT_NONE] = "header",     [INPUT_LINE] = "line",     [INPUT_AREA] = "area",
        [INPUT_RICH] = "rich",       [INPUT_INLINE] = "line",   [INPUT_NUMBER] = "number",
        [INPUT_CHECK] = "check",     [INPUT_CHOICE] = "choice", [INPUT_COLOR] = "color",
        [INPUT_SCHEME] = "choice",   [INPUT_SCHEMES] = "group", [INPUT_FONT] = "choice",
        [INPUT_PICTURE] = "picture", [INPUT_ONE] = "line",      [INPUT_LIST] = "list",
        [INPUT_URL] = "line",        [INPUT_KEPT] = "kept",
    };
    return x->input == INPUT_ONE && x->type->chosen ? "choice" : words[x->input];
}

static void put_said(const struct theme_field *x, struct liquid_map *m, const char *key,
                     struct str text) {
    struct str lang = str_c(lang_code(x->f->d->c->lang));
    if (text.n) put_str(m, key, theme_say(x->f->theme, lang, text));
}

static void put_limits(const struct theme_field *x, struct liquid_map *m) {
    static const char *const keys[] = {"min", "max", "step"};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        const struct theme_json *v = theme_json_get(x->s->all, keys[i]);
        bool number = v && (v->type == THEME_JSON_INT || v->type == THEME_JSON_FLOAT);
        if (number) put_str(m, keys[i], v->text);
    }
    put_said(x, m, "unit", theme_json_text(x->s->all, "unit"));
}

static void put_values(const struct theme_field *x, struct liquid_map *m) { // of a list
    struct arena *a = x->f->d->c->arena;
    const struct http_pairs *form = &x->f->d->rq->form;
    struct list l = {0};
    for (size_t i = 0; x->f->typed && i < form->n; i++)
        if (str_eq(form->v[i].name, x->name) && form->v[i].value.n)
            desk_list_add(a, &l, liquid_text(form->v[i].value));
    for (size_t i = 0; !x->f->typed && x->given && i < x->given->n; i++)
        if (x->given->items[i].type == THEME_JSON_STRING)
            desk_list_add(a, &l, liquid_text(x->given->items[i].text));
    const struct theme_json *limit = theme_json_get(x->s->all, "limit");
    size_t most =
        limit && limit->type == THEME_JSON_INT && limit->integer > 0 && limit->integer < LIST_MAX
            ? (size_t)limit->integer
            : LIST_MAX;
    for (size_t i = 0; i < LIST_MORE && l.n < most; i++) desk_list_add(a, &l, liquid_text(S("")));
    liquid_set(m, "values", liquid_array(l.v, l.n));
}

static bool put_schemes(struct theme_field *x, struct liquid_map *m) {
    struct ctx *c = x->f->d->c;
    const struct theme_json *all = theme_schemes(x);
    struct list l = {0};
    for (size_t i = 0; all && i < all->n; i++) {
        struct list fields = {0};
        struct liquid_map *scheme = liquid_map_new(c->arena);
        struct theme_form_part p = theme_scheme_part(x, all->keys[i], &all->items[i]);
        TRY(theme_form_put(x->f, &p, &fields));
        put_int(scheme, "n", (int64_t)i + 1);
        liquid_set(scheme, "fields", liquid_array(fields.v, fields.n));
        desk_list_add(c->arena, &l, liquid_of_map(scheme));
    }
    liquid_set(m, "groups", liquid_array(l.v, l.n));
    return true;
}

static void put_color(struct liquid_map *m, struct str value) {
    bool hex = value.n == 7 && value.p[0] == '#';
    put_str(m, "picker", hex ? value : S("#000000"));
}

// The text in the first language, under a text of another one.
static void put_other(const struct theme_field *x, struct liquid_map *m) {
    if (!x->given || x->given->type != THEME_JSON_STRING) return;
    bool key = str_starts(x->given->text, S("t:"));
    struct str text = shown_in(x, x->given->text, key ? x->f->lang : x->f->first);
    if (text.n) put_str(m, "now", text);
    put_str(m, "flang", x->f->lang);
}

static bool put_input(struct theme_field *x, struct str value, struct liquid_map *m) {
    put_str(m, "value", value);
    if (x->type && x->type->text) put_str(m, "flang", x->f->lang);
    if (x->type && x->type->max) put_int(m, "most", x->type->max);
    put_said(x, m, "placeholder", theme_json_text(x->s->all, "placeholder"));
    if (x->f->other) put_other(x, m);
    switch (x->input) {
    case INPUT_NUMBER:
        put_limits(x, m);
        return true;
    case INPUT_COLOR:
        put_color(m, value);
        return true;
    case INPUT_LIST:
        put_values(x, m);
        break;
    case INPUT_SCHEMES:
        return put_schemes(x, m);
    case INPUT_NONE:
    case INPUT_LINE:
    case INPUT_AREA:
    case INPUT_RICH:
    case INPUT_INLINE:
    case INPUT_CHECK:
    case INPUT_KEPT:
        return true;
    case INPUT_CHOICE:
    case INPUT_SCHEME:
    case INPUT_FONT:
    case INPUT_PICTURE:
    case INPUT_ONE:
    case INPUT_URL:
        break;
    }
    return theme_choice_put(x, value, m);
}

bool theme_form_put(struct theme_fields *f, const struct theme_form_part *p, struct list *fields) {
    struct arena *a = f->d->c->arena;
    for (size_t i = 0; i < p->n; i++) {
        struct theme_field x;
        struct liquid_map *m = liquid_map_new(a);
        if (!theme_field_of(f, p, i, &x)) continue;
        bool kept = x.input == INPUT_KEPT || x.input == INPUT_NONE;
        struct str value = f->typed && !kept ? typed(&x) : theme_field_shown(&x);
        put_str(m, "kind", str_c(word_of(&x)));
        put_str(m, "name", x.name);
        put_said(&x, m, "label", x.s->label.n ? x.s->label : x.s->id);
        put_said(&x, m, "info", x.s->info);
        if (x.input == INPUT_SCHEMES) put_str(m, "label", tr(f->d->c, "desk.theme.schemes"));
        if (x.input == INPUT_NONE) {
            put_said(&x, m, "label", x.s->content.n ? x.s->content : x.s->label);
            if (str_eq(x.s->type, S("paragraph"))) put_str(m, "kind", S("paragraph"));
        }
        TRY(put_input(&x, value.p ? value : S(""), m));
        const struct liquid_value *wrong = liquid_map_get(f->d->e, x.name);
        if (wrong) liquid_set(m, "error", *wrong);
        desk_list_add(a, fields, liquid_of_map(m));
    }
    return true;
}
