// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "core/i18n_private.h"
#include "core/settings.h"
#include "core_sql.h"

const char *lang_code(enum lang l) {
    static const char *const codes[LANG_COUNT] = {"de", "en"};
    return codes[l];
}

const char *lang_locale(enum lang l) {
    static const char *const locales[LANG_COUNT] = {"de_DE", "en_GB"};
    return locales[l];
}

bool lang_parse(struct str code, enum lang *out) {
    if (code.n > 2 && code.p[2] != '-' && code.p[2] != '_') return false;
    for (int l = 0; l < LANG_COUNT; l++)
        if (str_eq_nocase(str_sub(code, 0, 2), str_c(lang_code((enum lang)l)))) {
            *out = (enum lang)l;
            return true;
        }
    return false;
}

// RFC 9110 12.5.4: "en-GB,en;q=0.9,de;q=0.8"; the first of the highest weight.
enum lang lang_negotiate(struct str accept_language, enum lang otherwise) {
    struct str rest = accept_language, part, tag;
    int64_t best = 0;
    enum lang found = otherwise, l;
    while (str_split(&rest, ',', &part)) {
        str_split(&part, ';', &tag);
        int64_t q = DECIMAL_ONE;
        struct str weight = str_trim(part);
        if (str_starts(weight, S("q=")) && !decimal_parse(str_from(weight, 2), &q)) q = 0;
        if (q > best && lang_parse(str_trim(tag), &l)) {
            best = q;
            found = l;
        }
    }
    return found;
}

enum lang lang_first(struct ctx *c) {
    struct str rest = setting_text(c, "shop.languages"), part;
    enum lang l = LANG_DE;
    return str_split(&rest, ',', &part) && lang_parse(str_trim(part), &l) ? l : LANG_DE;
}

bool lang_offered(struct ctx *c, enum lang wanted) {
    struct str rest = setting_text(c, "shop.languages"), part;
    enum lang l;
    while (str_split(&rest, ',', &part))
        if (lang_parse(str_trim(part), &l) && l == wanted) return true;
    return false;
}

static struct str unescape(struct arena *a, struct str s) {
    if (str_find(s, S("\\n")) == STR_NONE) return s;
    struct buf b = buf_new(a, 0);
    struct str rest = s;
    size_t at;
    while ((at = str_find(rest, S("\\n"))) != STR_NONE) {
        buf_put(&b, str_sub(rest, 0, at));
        buf_char(&b, '\n');
        rest = str_from(rest, at + 2);
    }
    buf_put(&b, rest);
    return buf_str(&b);
}

// <room>.<lang>; editors' leftovers beside them are passed over.
static bool lang_of_file(const struct embed *f, enum lang *out) {
    struct str name = str_c(f->path);
    size_t dot = str_find_char(name, '.');
    return dot != STR_NONE && name.n == dot + 3 && lang_parse(str_from(name, dot + 1), out);
}

static void load(struct i18n *t, struct arena *a, const struct embed *f) {
    enum lang l;
    if (!lang_of_file(f, &l)) return;
    struct str rest = embed_str(f), line;
    for (int number = 1; str_split(&rest, '\n', &line); number++) {
        line = str_trim(line);
        if (str_empty(line) || line.p[0] == '#') continue;
        size_t eq = str_find_char(line, '=');
        struct str key = str_trim(str_sub(line, 0, eq));
        if (eq == STR_NONE || map_get(&t->messages[l], key))
            base_bug("malformed or repeated message", f->path, number);
        struct str *text = ARENA_NEW(a, struct str);
        *text = unescape(a, str_trim(str_from(line, eq + 1)));
        map_set(a, &t->messages[l], key, text);
    }
}

static UNumberFormatter *number_open(const char *locale) {
    static const UChar skeleton[] = u".######";
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormatter *f = unumf_openForSkeletonAndLocale(skeleton, -1, locale, &status);
    ensure(U_SUCCESS(status)); // ICU's data is there or nothing works
    return f;
}

struct i18n *i18n_new(struct arena *a, const struct embed *files, size_t n) {
    struct i18n *t = ARENA_NEW(a, struct i18n);
    pthread_mutex_init(&t->lock, NULL);
    for (size_t i = 0; i < n; i++) load(t, a, &files[i]);
    for (int l = 0; l < LANG_COUNT; l++) {
        UErrorCode status = U_ZERO_ERROR;
        t->plural[l] = uplrules_open(lang_locale((enum lang)l), &status);
        t->collator[l] = ucol_open(lang_locale((enum lang)l), &status);
        ensure(U_SUCCESS(status));
        t->number[l] = number_open(lang_locale((enum lang)l));
    }
    return t;
}

void i18n_free(struct i18n *t) {
    if (!t) return;
    for (size_t i = 0; i < t->money_count; i++) unumf_close(t->money[i].f);
    for (int l = 0; l < LANG_COUNT; l++) {
        uplrules_close(t->plural[l]);
        ucol_close(t->collator[l]);
        unumf_close(t->number[l]);
        for (int s = 0; s < DATE_STYLES; s++)
            if (t->date[l][s]) udat_close(t->date[l][s]);
    }
    if (t->calendar) ucal_close(t->calendar);
    pthread_mutex_destroy(&t->lock);
}

static const struct str *message_of(const struct ctx *c, struct str key) {
    const struct i18n *t = c->shop->i18n;
    const struct str *own = map_get(&t->messages[c->lang], key);
    return own ? own : map_get(&t->messages[LANG_EN], key);
}

struct str tr_str(struct ctx *c, struct str key, const struct msg_arg *args, size_t n) {
    const struct str *text = message_of(c, key);
    if (!text) return key;
    if (str_find_char(*text, '{') == STR_NONE && str_find_char(*text, '\'') == STR_NONE)
        return *text;
    struct buf b = buf_new(c->arena, 0);
    message_put(&(struct message){.i18n = c->shop->i18n,
                                  .lang = c->lang,
                                  .arena = c->arena,
                                  .out = &b,
                                  .args = args,
                                  .n = n},
                *text);
    return buf_str(&b);
}

struct str tr_args(struct ctx *c, const char *key, const struct msg_arg *args, size_t n) {
    return tr_str(c, str_c(key), args, n);
}

struct str tr(struct ctx *c, const char *key) {
    return tr_str(c, str_c(key), NULL, 0);
}

bool tr_exists(struct ctx *c, const char *key) { return message_of(c, str_c(key)) != NULL; }

bool translation_set(struct ctx *c, const struct translation *t, enum lang l, struct str value) {
    ensure(c->db.writing);
    struct str object = str_c(t->object), field = str_c(t->field), lang = str_c(lang_code(l));
    if (str_empty(value))
        return core_translation_delete(
            &c->db, &(struct core_translation_delete_in){
                        .object = object, .object_id = t->object_id, .field = field, .lang = lang});
    return core_translation_put(&c->db, &(struct core_translation_put_in){
                                            .object = object,
                                            .object_id = t->object_id,
                                            .field = field,
                                            .lang = lang,
                                            .value = value,
                                        });
}

bool translation_get(struct ctx *c, const struct translation *t, enum lang l,
                     struct str *value_out) {
    struct core_translation_get row;
    bool found;
    TRY(core_translation_get(&c->db,
                             &(struct core_translation_get_in){
                                 .object = str_c(t->object),
                                 .object_id = t->object_id,
                                 .field = str_c(t->field),
                                 .lang = str_c(lang_code(l)),
                             },
                             &row, &found));
    *value_out = found ? row.value : (struct str){NULL, 0};
    return true;
}

bool translation_drop(struct ctx *c, const char *object, int64_t object_id) {
    ensure(c->db.writing);
    return core_translation_drop(&c->db, &(struct core_translation_drop_in){
                                             .object = str_c(object), .object_id = object_id});
}
