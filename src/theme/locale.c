// SPDX-License-Identifier: Apache-2.0
// Words of a theme: locales/*.json flattened to "general.cart.title", plural forms by the rules of
// CLDR for whole numbers.
#include "theme/load.h"

enum form { ZERO, ONE, TWO, FEW, MANY, OTHER };
static const char *const form_names[] = {"zero", "one", "two", "few", "many", "other"};

static int plural_one(int64_t n) { return n == 1 ? ONE : OTHER; }
static int plural_none(int64_t n) {
    (void)n;
    return OTHER;
}
static int plural_french(int64_t n) { return n == 0 || n == 1 ? ONE : OTHER; }
static bool few_of_slavic(int64_t n) {
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
}
static int plural_polish(int64_t n) { return n == 1 ? ONE : few_of_slavic(n) ? FEW : MANY; }
static int plural_czech(int64_t n) { return n == 1 ? ONE : n >= 2 && n <= 4 ? FEW : OTHER; }
static int plural_russian(int64_t n) {
    if (n % 10 == 1 && n % 100 != 11) return ONE;
    return few_of_slavic(n) ? FEW : MANY;
}
static int plural_croatian(int64_t n) {
    if (n % 10 == 1 && n % 100 != 11) return ONE;
    return few_of_slavic(n) ? FEW : OTHER;
}
static bool is_teen(int64_t n) { return n % 100 >= 11 && n % 100 <= 19; }
static int plural_lithuanian(int64_t n) {
    if (is_teen(n) || n % 10 == 0) return OTHER;
    return n % 10 == 1 ? ONE : FEW;
}
static int plural_latvian(int64_t n) {
    if (is_teen(n) || n % 10 == 0) return ZERO;
    return n % 10 == 1 ? ONE : OTHER;
}
static int plural_romanian(int64_t n) {
    if (n == 1) return ONE;
    return n == 0 || (n % 100 >= 1 && n % 100 <= 19) ? FEW : OTHER;
}
static int plural_slovenian(int64_t n) {
    int64_t rest = n % 100;
    return rest == 1 ? ONE : rest == 2 ? TWO : rest == 3 || rest == 4 ? FEW : OTHER;
}
static int plural_arabic(int64_t n) {
    if (n >= 0 && n <= 2) return (int)n;
    return n % 100 >= 3 && n % 100 <= 10 ? FEW : n % 100 >= 11 ? MANY : OTHER;
}

static const struct {
    const char *langs;
    int (*plural)(int64_t n);
} rules[] = {
    {" ja ko zh vi th id ms ", plural_none},
    {" fr pt hy ", plural_french},
    {" pl ", plural_polish},
    {" cs sk ", plural_czech},
    {" ru uk be ", plural_russian},
    {" hr sr bs ", plural_croatian},
    {" lt ", plural_lithuanian},
    {" lv ", plural_latvian},
    {" ro ", plural_romanian},
    {" sl ", plural_slovenian},
    {" ar ", plural_arabic},
};

static struct str primary(struct str lang) {
    size_t dash = str_find_char(lang, '-');
    return dash == STR_NONE ? lang : str_sub(lang, 0, dash);
}

static int (*plural_of(struct arena *a, struct str lang))(int64_t) {
    struct str word = arena_fmt(a, " " STR_FMT " ", STR_ARG(primary(lang)));
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (str_find(str_c(rules[i].langs), word) != STR_NONE) return rules[i].plural;
    return plural_one;
}

static int form_of_name(struct str s) {
    for (size_t i = 0; i < ARRAY_LEN(form_names); i++)
        if (str_eq(s, str_c(form_names[i]))) return (int)i;
    return -1;
}

struct flatten {
    struct arena *a;
    struct map *words;
};

static struct theme_word *leaf(struct flatten *f, struct str key, struct str text, bool html) {
    struct theme_word *w = ARENA_NEW(f->a, struct theme_word);
    *w = (struct theme_word){
        .text = text, .html = html, .filled = str_find(text, S("{{")) != STR_NONE};
    map_set(f->a, f->words, key, w);
    return w;
}

static bool is_html_key(struct str key) {
    return str_ends(key, S("_html")) || str_ends(key, S(".html")) || str_eq(key, S("html"));
}

static void flatten(struct flatten *f, struct str prefix, const struct theme_json *j) {
    struct theme_word all = {.plural = true, .html = is_html_key(prefix)};
    bool plural = false;
    for (size_t i = 0; i < j->n; i++) {
        const struct theme_json *item = &j->items[i];
        struct str key =
            prefix.n ? arena_fmt(f->a, STR_FMT "." STR_FMT, STR_ARG(prefix), STR_ARG(j->keys[i]))
                     : j->keys[i];
        int form = form_of_name(j->keys[i]);
        if (item->type == THEME_JSON_OBJECT) {
            flatten(f, key, item);
        } else if (item->type == THEME_JSON_STRING) {
            bool html = is_html_key(key) || (form >= 0 && all.html);
            struct theme_word *w = leaf(f, key, item->text, html);
            if (form >= 0) all.forms[form] = w;
            plural = plural || form >= 0;
        }
    }
    if (!plural || !prefix.n) return;
    struct theme_word *w = ARENA_NEW(f->a, struct theme_word);
    *w = all;
    map_set(f->a, f->words, prefix, w);
}

// "locales/pt-BR.default.schema.json": the language, whether it is the default one, of the schema.
static struct str lang_of(struct str path, bool *first, bool *schema) {
    struct str s = str_from(path, strlen("locales/"));
    s = str_sub(s, 0, s.n - strlen(".json"));
    *schema = str_ends(s, S(".schema"));
    if (*schema) s = str_sub(s, 0, s.n - strlen(".schema"));
    *first = str_ends(s, S(".default"));
    return *first ? str_sub(s, 0, s.n - strlen(".default")) : s;
}

static void load_locale(struct theme_load *l, const struct theme_file *file) {
    bool first, schema;
    struct theme *t = l->t;
    struct theme_json *j = ARENA_NEW(l->a, struct theme_json);
    struct theme_locale *o = ARENA_NEW(l->a, struct theme_locale);
    o->lang = lang_of(file->path, &first, &schema);
    if (!theme_load_json(l, file, j) || j->type != THEME_JSON_OBJECT) return;
    o->plural = plural_of(l->a, o->lang);
    flatten(&(struct flatten){l->a, &o->words}, S(""), j);
    map_set(l->a, schema ? &t->schema_locales : &t->locales, o->lang, o);
    if (first && schema) t->schema_locale = o;
    if (first && !schema) t->locale = o;
}

void theme_load_locales(struct theme_load *l) {
    for (size_t i = 0; i < l->t->files.n; i++) {
        const struct theme_file *f = &l->t->files.v[i];
        if (str_starts(f->path, S("locales/")) && str_ends(f->path, S(".json"))) load_locale(l, f);
    }
}

static const struct theme_word *word_in(const struct theme_locale *l, struct str key,
                                        const struct theme_locale **found) {
    const struct theme_word *w = l ? map_get(&l->words, key) : NULL;
    if (w) *found = l;
    return w;
}

// lang, its primary part, the theme's default.
static const struct theme_word *find_word(const struct map *locales,
                                          const struct theme_locale *otherwise, struct str lang,
                                          struct str key, const struct theme_locale **found) {
    const struct theme_word *w = word_in(map_get(locales, lang), key, found);
    if (!w) w = word_in(map_get(locales, primary(lang)), key, found);
    return w ? w : word_in(otherwise, key, found);
}

static const struct theme_word *form_for(const struct theme_word *w, const struct theme_locale *l,
                                         const struct liquid_args *args) {
    int64_t n = args ? liquid_to_int(liquid_named(args, "count"), -1) : -1;
    int form = n < 0 ? OTHER : l->plural(n);
    if (n == 0 && w->forms[ZERO]) form = ZERO;
    if (w->forms[form]) return w->forms[form];
    if (w->forms[OTHER]) return w->forms[OTHER];
    for (size_t i = 0; i < ARRAY_LEN(w->forms); i++)
        if (w->forms[i]) return w->forms[i];
    return NULL;
}

static void put_value(struct arena *a, struct buf *b, struct liquid_value v, bool html) {
    struct str s = liquid_to_str(a, v);
    if (html && v.type != LIQUID_HTML)
        buf_html(b, s);
    else
        buf_put(b, s);
}

static struct str fill(struct arena *a, const struct theme_word *w,
                       const struct liquid_args *args) {
    struct buf b = buf_new(a, 0);
    struct str rest = w->text;
    for (;;) {
        size_t at = str_find(rest, S("{{"));
        size_t end = at == STR_NONE ? STR_NONE : str_find(str_from(rest, at), S("}}"));
        if (end == STR_NONE) break;
        buf_put(&b, str_sub(rest, 0, at));
        struct str name = str_trim(str_sub(rest, at + 2, end - 2));
        for (size_t i = 0; args && i < args->named_n; i++)
            if (str_eq(args->names[i], name)) put_value(a, &b, args->named[i], w->html);
        rest = str_from(rest, at + end + 2);
    }
    buf_put(&b, rest);
    return buf_str(&b);
}

struct str theme_translate(const struct theme *t, struct arena *a, struct str lang, struct str key,
                           const struct liquid_args *args, bool *html_out) {
    const struct theme_locale *l = NULL;
    const struct theme_word *w = find_word(&t->locales, t->locale, lang, key, &l);
    *html_out = false;
    if (w && w->plural) w = form_for(w, l, args);
    if (!w) return (struct str){0};
    *html_out = w->html;
    return w->filled ? fill(a, w, args) : w->text;
}

struct str theme_schema_word(const struct theme *t, struct str lang, struct str key) {
    const struct theme_locale *l = NULL;
    const struct theme_word *w = find_word(&t->schema_locales, t->schema_locale, lang, key, &l);
    return w && !w->plural ? w->text : (struct str){0};
}

struct str theme_say(const struct theme *t, struct str lang, struct str text) {
    if (!str_starts(text, S("t:"))) return text;
    struct str word = theme_schema_word(t, lang, str_from(text, 2));
    return word.p ? word : text;
}
