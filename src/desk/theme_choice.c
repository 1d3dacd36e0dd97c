// SPDX-License-Identifier: Apache-2.0
// What settings can be chosen from: options of the schema, colour schemes, fonts that this shop
// hosts, pictures of the library, products, collections, pages, blogs, articles, menus.
#include "content_sql.h"
#include "core/acl.h"
#include "desk/theme_form.h"
#include "media_sql.h"
#include "mod/media/media.h"
#include "theme/fonts.h"

enum { PICTURES = 36 };
#define PICTURE_PREFIX "shopify://shop_images/"

struct options {
    struct theme_field const *x;
    struct list l;
    struct str value;
    bool found; // value is among them
};

static void offer(struct options *o, struct str value, struct str label, struct str group) {
    struct ctx *c = o->x->f->d->c;
    struct liquid_map *m = liquid_map_new(c->arena);
    struct str lang = str_c(lang_code(c->lang));
    if (!value.p) return;
    put_str(m, "value", value);
    put_str(m, "label", theme_say(o->x->f->theme, lang, label.n ? label : value));
    if (group.n) put_str(m, "group", theme_say(o->x->f->theme, lang, group));
    o->found |= str_eq(value, o->value);
    desk_list_add(c->arena, &o->l, liquid_of_map(m));
}

static void offer_choice(struct options *o) {
    struct ctx *c = o->x->f->d->c;
    const struct theme_json *v = theme_json_get(o->x->s->all, "options");
    for (size_t i = 0; v && i < v->n; i++)
        offer(o, theme_json_text(&v->items[i], "value"), theme_json_text(&v->items[i], "label"),
              theme_json_text(&v->items[i], "group"));
    if (!str_eq(o->x->s->type, S("text_alignment"))) return;
    offer(o, S("left"), tr(c, "desk.theme.left"), S(""));
    offer(o, S("center"), tr(c, "desk.theme.center"), S(""));
    offer(o, S("right"), tr(c, "desk.theme.right"), S(""));
}

static const struct theme_json *group_of(const struct theme_fields *f, struct str *id_out,
                                         const struct theme_setting **s_out) {
    const struct theme_settings_schema *schema = theme_settings_schema(f->theme);
    for (size_t i = 0; i < schema->n; i++)
        for (size_t k = 0; k < schema->groups[i].setting_count; k++) {
            const struct theme_setting *s = &schema->groups[i].settings[k];
            if (!str_eq(s->type, S("color_scheme_group"))) continue;
            const struct theme_json *v = theme_json_member(f->current, s->id);
            *id_out = s->id;
            *s_out = s;
            return v ? v : s->otherwise;
        }
    return NULL;
}

static void offer_schemes(struct options *o) {
    struct ctx *c = o->x->f->d->c;
    struct str id;
    const struct theme_setting *s;
    const struct theme_json *all = group_of(o->x->f, &id, &s);
    for (size_t i = 0; all && all->type == THEME_JSON_OBJECT && i < all->n; i++)
        offer(o, all->keys[i], TR(c, "desk.theme.scheme", {.name = "n", .number = (int64_t)i + 1}),
              S(""));
}

static void offer_fonts(struct options *o) {
    struct ctx *c = o->x->f->d->c;
    static const char *const weights[] = {"desk.theme.w400", "desk.theme.w500", "desk.theme.w600",
                                          "desk.theme.w700"};
    size_t n;
    const struct theme_font_family *f = theme_font_families(&n);
    for (size_t i = 0; i < n; i++)
        for (int italic = 0; italic <= f[i].italic; italic++)
            for (size_t w = 0; w < ARRAY_LEN(weights); w++) {
                struct str weight = tr(c, weights[w]);
                struct str how = italic ? tr(c, "desk.theme.italic") : S("");
                offer(o, arena_fmt(c->arena, "%s_%c%zu", f[i].handle, italic ? 'i' : 'n', w + 4),
                      arena_fmt(c->arena, "%s, " STR_FMT "%s" STR_FMT, f[i].name, STR_ARG(weight),
                                italic ? ", " : "", STR_ARG(how)),
                      str_c(f[i].name));
            }
}

static void offer_things(struct options *o, const char *kind) {
    const struct desk_theme_choices_rows *r = &o->x->f->choices;
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i].kind, str_c(kind))) offer(o, r->v[i].handle, r->v[i].title, S(""));
}

static void offer_all(struct options *o) {
    const struct theme_field *x = o->x;
    if (x->input == INPUT_CHOICE) offer_choice(o);
    if (x->input == INPUT_SCHEME) offer_schemes(o);
    if (x->input == INPUT_FONT) offer_fonts(o);
    if (x->input == INPUT_ONE && x->type->chosen) offer_things(o, x->type->kind);
}

static struct str picture_name(struct str value) {
    for (size_t slash; (slash = str_find_char(value, '/')) != STR_NONE;)
        value = str_from(value, slash + 1);
    return value;
}

static bool put_pictures(const struct theme_field *x, struct str value, struct liquid_map *m) {
    struct ctx *c = x->f->d->c;
    struct desk_theme_pictures_rows rows = {0};
    struct desk_theme_picture now = {0};
    bool found = false;
    struct str name = picture_name(value);
    if (name.n)
        TRY(desk_theme_picture(&c->db, &(struct desk_theme_picture_in){name}, &now, &found));
    if (found) put_str(m, "hash", now.hash);
    put_str(m, "filename", name);
    TRY(desk_theme_pictures_all(&c->db, &(struct desk_theme_pictures_in){PICTURES}, &rows));
    liquid_set(m, "pictures",
               liquid_rows(c->arena, &desk_theme_pictures_query.out, rows.v, rows.n));
    return true;
}

bool theme_choice_put(const struct theme_field *x, struct str value, struct liquid_map *m) {
    struct ctx *c = x->f->d->c;
    struct options o = {.x = x, .value = value};
    if (x->input == INPUT_PICTURE) return put_pictures(x, value, m);
    bool typed = x->input == INPUT_URL || x->input == INPUT_LIST ||
                 (x->input == INPUT_ONE && !x->type->chosen);
    const char *list = x->input == INPUT_URL ? "url" : x->type->kind;
    if (typed) {
        if (list) put_str(m, "datalist", str_c(list));
        x->f->lists = true;
        return true;
    }
    if (x->input == INPUT_ONE) offer(&o, S(""), tr(c, "desk.theme.none"), S(""));
    offer_all(&o);
    if (!o.found) offer(&o, value, value.n ? value : tr(c, "desk.theme.none"), S(""));
    liquid_set(m, "options", liquid_array(o.l.v, o.l.n));
    return true;
}

bool theme_choice_known(const struct theme_field *x, struct str value) {
    struct options o = {.x = x, .value = value};
    offer_all(&o);
    return o.found || !value.n;
}

bool theme_choice_exists(const struct theme_field *x, struct str handle, bool *out) {
    struct menu_target_named row;
    const char *kind = x->type->kind;
    *out = true;
    if (!kind || !handle.n || strcmp(kind, "link_list") == 0) return true;
    struct menu_target_named_in in = {.kind = str_c(kind), .handle = handle};
    size_t slash = str_find_char(handle, '/');
    if (strcmp(kind, "article") == 0 && slash != STR_NONE) {
        in.blog = str_sub(handle, 0, slash);
        in.has_blog = true;
        in.handle = str_from(handle, slash + 1);
    }
    return menu_target_named(&x->f->d->c->db, &in, &row, out);
}

// ---- suggestions for what is typed

static void put_list(struct theme_fields *f, struct list *out, const char *kind,
                     struct list items) {
    struct liquid_map *m = liquid_map_new(f->d->c->arena);
    put_str(m, "id", str_c(kind));
    liquid_set(m, "options", liquid_array(items.v, items.n));
    desk_list_add(f->d->c->arena, out, liquid_of_map(m));
}

static void suggest(struct theme_fields *f, struct list *l, struct str value, struct str label) {
    struct liquid_map *m = liquid_map_new(f->d->c->arena);
    put_str(m, "value", value);
    put_str(m, "label", label);
    desk_list_add(f->d->c->arena, l, liquid_of_map(m));
}

void theme_form_put_lists(struct theme_fields *f) {
    static const struct {
        const char *kind, *folder; // of addresses
    } kinds[] = {{"article", "/blogs/"},
                 {"blog", "/blogs/"},
                 {"collection", "/collections/"},
                 {"page", "/pages/"},
                 {"product", "/products/"}};
    struct ctx *c = f->d->c;
    struct list all = {0}, urls = {0};
    if (!f->lists) return;
    suggest(f, &urls, S("/"), tr(c, "desk.menus.to.home"));
    suggest(f, &urls, S("/collections"), tr(c, "desk.menus.to.collections"));
    suggest(f, &urls, S("/collections/all"), tr(c, "desk.menus.to.all"));
    suggest(f, &urls, S("/search"), tr(c, "desk.menus.to.search"));
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        struct list l = {0};
        for (size_t i = 0; i < f->choices.n; i++) {
            const struct desk_theme_choices *r = &f->choices.v[i];
            if (!str_eq(r->kind, str_c(kinds[k].kind))) continue;
            suggest(f, &l, r->handle, r->title);
            struct str url = arena_fmt(c->arena, "%s" STR_FMT, kinds[k].folder, STR_ARG(r->handle));
            suggest(f, &urls, url, r->title);
        }
        put_list(f, &all, kinds[k].kind, l);
    }
    put_list(f, &all, "url", urls);
    liquid_set(f->d->data, "datalists", liquid_array(all.v, all.n));
}

// ---- pictures that were uploaded with the form

struct adding {
    struct media_file *file;
    struct str name;
};

// A name stands for its newest picture: another one of that name would change every page that has
// it, so the new one gets a name of its own.
static bool free_name(struct ctx *c, struct media_file *file) {
    struct str name = media_filename(c->arena, file->filename), base = name, ending = S("");
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '.') {
            base = str_sub(name, 0, i);
            ending = str_from(name, i);
            break;
        }
    for (int i = 2;; i++) {
        struct desk_theme_picture row;
        bool found;
        TRY(desk_theme_picture(&c->db, &(struct desk_theme_picture_in){name}, &row, &found));
        file->filename = name;
        if (!found || str_eq(row.hash, str_c(file->hash)) || i > 50) return true;
        name = arena_fmt(c->arena, STR_FMT "-%d" STR_FMT, STR_ARG(base), i, STR_ARG(ending));
    }
}

static bool add_picture(struct ctx *c, void *self, bool *keep) {
    struct adding *a = self;
    struct media_by_id row;
    int64_t id;
    bool found;
    (void)keep;
    TRY(free_name(c, a->file));
    TRY(media_add(c, a->file, &id));
    TRY(media_by_id(&c->db, &(struct media_by_id_in){id}, &row, &found));
    a->name = arena_fmt(c->arena, PICTURE_PREFIX STR_FMT, STR_ARG(row.filename));
    return true;
}

bool theme_picture_taken(const struct theme_field *x, struct str *name_out, bool *there_out) {
    struct desk *d = x->f->d;
    struct str field = arena_fmt(d->c->arena, "u_" STR_FMT, STR_ARG(x->name));
    const char *name = arena_cstr(d->c->arena, x->name);
    const struct http_files *files = &d->rq->files;
    *there_out = false;
    for (size_t i = 0; i < files->n && !*there_out; i++) {
        struct err why = {0};
        struct media_file file = {.bytes = files->v[i].bytes, .filename = files->v[i].filename};
        if (!str_eq(files->v[i].field, field) || !file.bytes.n) continue;
        *there_out = true;
        struct adding a = {.file = &file};
        if (!acl_may(d->c, "media.write"))
            desk_fail_key(d, name, "desk.product.no_media");
        else if (!media_inspect(d->c->arena, file.bytes, &file.info, &why))
            desk_fail_key(d, name,
                          why.code == ERR_TOO_LARGE ? "desk.product.picture_large"
                                                    : "desk.product.not_picture");
        else
            TRY(media_store(d->c, &file) && tx_run(d->c, add_picture, &a));
        *name_out = a.name;
    }
    return true;
}
