// SPDX-License-Identifier: Apache-2.0
// Whether a value fits its setting. Text with {{ in it is computed when the page is written (a
// dynamic source) and fits every setting that has a value.
#include "base/buf.h"
#include "base/decimal.h"
#include "theme/schema_private.h"

enum { CHOSEN_MAX = 50 };

struct fitting {
    struct arena *arena;
    const struct theme_setting *setting;
    const struct theme_json *value;
    struct str why;
};

static bool because(struct fitting *f, const char *why) {
    f->why = str_c(why);
    return false;
}

static bool is_text(const struct theme_json *v) { return v->type == THEME_JSON_STRING; }

static bool limit_of(const struct fitting *f, const char *name, int64_t *out) {
    const struct theme_json *v = theme_json_get(f->setting->all, name);
    return v && theme_number(v, out);
}

static bool within(struct fitting *f, int64_t *number_out) {
    int64_t min = INT64_MIN, max = INT64_MAX;
    if (!theme_number(f->value, number_out)) return because(f, "must be a number");
    limit_of(f, "min", &min);
    limit_of(f, "max", &max);
    if (*number_out >= min && *number_out <= max) return true;
    f->why = min == INT64_MIN || max == INT64_MAX
                 ? S("is below the least or above the greatest number allowed")
                 : arena_fmt(f->arena, "must be from " STR_FMT " to " STR_FMT,
                             STR_ARG(decimal_plain(f->arena, min)),
                             STR_ARG(decimal_plain(f->arena, max)));
    return false;
}

static bool fits_range(struct fitting *f) {
    int64_t number, min = 0, step = DECIMAL_ONE, off;
    TRY(within(f, &number));
    limit_of(f, "min", &min);
    limit_of(f, "step", &step);
    if (step <= 0 || __builtin_sub_overflow(number, min, &off) || off % step == 0) return true;
    f->why =
        arena_fmt(f->arena, "must be a step of " STR_FMT " from " STR_FMT,
                  STR_ARG(decimal_plain(f->arena, step)), STR_ARG(decimal_plain(f->arena, min)));
    return false;
}

static bool fits_choice(struct fitting *f) {
    const struct theme_json *options = theme_json_get(f->setting->all, "options");
    if (!is_text(f->value)) return because(f, "must be one of the options' values");
    if (!options || options->type != THEME_JSON_ARRAY) return true;
    struct buf all = buf_new(f->arena, 200);
    for (size_t i = 0; i < options->n; i++) {
        struct str value = theme_json_text(&options->items[i], "value");
        if (value.p && str_eq(value, f->value->text)) return true;
        buf_fmt(&all, "%s" STR_FMT, i ? ", " : "", STR_ARG(theme_shown(value)));
    }
    f->why = arena_fmt(f->arena, "must be one of: " STR_FMT "%s", STR_ARG(buf_str(&all)),
                       buf_ok(&all) ? "" : " ...");
    return false;
}

static bool is_hex_colour(struct str s) {
    if (s.n != 4 && s.n != 5 && s.n != 7 && s.n != 9) return false;
    for (size_t i = 1; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i], l = c | 32;
        if (!((c >= '0' && c <= '9') || (l >= 'a' && l <= 'f'))) return false;
    }
    return true;
}

static bool fits_colour(struct fitting *f) {
    struct str s = is_text(f->value) ? f->value->text : S("!");
    if (s.n == 0 || (s.p[0] == '#' && is_hex_colour(s))) return true;
    for (size_t i = 0; i < s.n; i++)
        if (strchr("#!;:{}<>\"'\\", s.p[i]))
            return because(f, "must be a colour such as #1a2b3c or rgba(0, 0, 0, 0.5)");
    return true;
}

static bool fits_rich(struct fitting *f) {
    static const char *const starts[] = {"<p",  "<ul", "<ol", "<h1", "<h2",
                                         "<h3", "<h4", "<h5", "<h6"};
    if (!is_text(f->value)) return because(f, "must be a text");
    struct str s = str_trim(f->value->text);
    if (s.n == 0) return true;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts(s, str_c(starts[i]))) return true;
    return because(f, "must be HTML in paragraphs, headings or lists: <p>...</p>");
}

static bool fits_list(struct fitting *f) {
    int64_t limit = CHOSEN_MAX * DECIMAL_ONE;
    limit_of(f, "limit", &limit);
    if (f->value->type != THEME_JSON_ARRAY) return because(f, "must be an array of handles");
    if ((int64_t)f->value->n > limit / DECIMAL_ONE)
        return because(f, "names more than the limit of the setting");
    for (size_t i = 0; i < f->value->n; i++)
        if (!is_text(&f->value->items[i])) return because(f, "must be an array of handles");
    return true;
}

static bool fits_align(struct fitting *f) {
    static const char *const words[] = {"left", "right", "center", NULL};
    return (is_text(f->value) && theme_word_in(words, f->value->text)) ||
           because(f, "must be left, right or center");
}

static bool fits(struct fitting *f, enum theme_fit kind) {
    int64_t number;
    switch (kind) {
    case THEME_FITS_NONE:
        return because(f, "has no value");
    case THEME_FITS_TEXT:
        return is_text(f->value) || because(f, "must be a text");
    case THEME_FITS_ONE:
        return is_text(f->value) || because(f, "must be a handle");
    case THEME_FITS_RICH:
        return fits_rich(f);
    case THEME_FITS_COLOR:
        return fits_colour(f);
    case THEME_FITS_BOOL:
        return f->value->type == THEME_JSON_BOOL || because(f, "must be true or false");
    case THEME_FITS_NUMBER:
        return within(f, &number);
    case THEME_FITS_RANGE:
        return fits_range(f);
    case THEME_FITS_CHOICE:
        return fits_choice(f);
    case THEME_FITS_ALIGN:
        return fits_align(f);
    case THEME_FITS_LIST:
        return fits_list(f);
    case THEME_FITS_OBJECT:
        return f->value->type == THEME_JSON_OBJECT || because(f, "must be an object");
    }
    bug("unknown kind of value");
}

bool theme_value_ok(struct arena *a, const struct theme_setting *s, const struct theme_json *value,
                    struct str *why_out) {
    struct fitting f = {.arena = a, .setting = s, .value = value};
    const struct theme_setting_type *type = theme_setting_type(s->type);
    *why_out = (struct str){0};
    bool valueless = !type || type->value == THEME_FITS_NONE;
    if (!valueless && value->type == THEME_JSON_NULL) return true; // nothing chosen
    if (!valueless && is_text(value) && str_find(value->text, S("{{")) != STR_NONE) return true;
    bool ok = type ? fits(&f, type->value) : because(&f, "is of an unknown type");
    *why_out = f.why;
    return ok;
}
