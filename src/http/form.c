// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"

#include "base/decimal.h"
#include "base/vec.h"

#define TEXT_MAX_DEFAULT 200

struct reading { // one field being read
    const struct form_field *field;
    struct arena *arena;
    struct currency cur;
    struct str text; // as sent
    void *out;       // of the field
};
typedef const char *form_reader(const struct reading *r); // NULL, or the key of what is wrong

void form_fail(struct arena *a, struct form_errors *errors, const char *field, const char *key) {
    *VEC_PUSH(a, errors) = (struct form_error){field, key};
}

const char *form_error_of(const struct form_errors *e, const char *field) {
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->v[i].field, field) == 0) return e->v[i].key;
    return NULL;
}

static bool controls_ok(struct str s, bool lines) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (lines && (c == '\n' || c == '\t')) continue;
        if (c < 0x20 || c == 0x7f) return false;
    }
    return true;
}

static const char *text_keep(const struct reading *r, struct str s, bool lines) {
    int64_t max = r->field->max ? r->field->max : TEXT_MAX_DEFAULT;
    int64_t n = (int64_t)str_utf8_len(s);
    if (!controls_ok(s, lines)) return "form.text";
    if (n > max) return "form.too_long";
    if (n > 0 && n < r->field->min) return "form.too_short";
    memcpy(r->out, &s, sizeof s);
    return NULL;
}

static const char *read_text(const struct reading *r) {
    return text_keep(r, str_trim(r->text), false);
}

static const char *read_multiline(const struct reading *r) {
    char *out = arena_alloc(r->arena, r->text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->text.n; i++) {
        char c = r->text.p[i];
        if (c == '\r' && i + 1 < r->text.n && r->text.p[i + 1] == '\n') continue;
        out[n++] = c == '\r' ? '\n' : c;
    }
    return text_keep(r, str_trim((struct str){out, n}), true);
}

static bool atext(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL;
}

static bool local_ok(struct str s) {
    if (s.n == 0 || s.n > 64 || s.p[0] == '.' || s.p[s.n - 1] == '.') return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && s.p[i - 1] != '.') continue;
        if (!atext(s.p[i])) return false;
    }
    return true;
}

static bool label_ok(struct str s) {
    if (s.n == 0 || s.n > 63 || s.p[0] == '-' || s.p[s.n - 1] == '-') return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '-' && (!atext(s.p[i]) || strchr("!#$%&'*+/=?^_`{|}~", s.p[i]))) return false;
    return true;
}

struct str email_key(struct arena *a, struct str s) {
    struct str key = arena_str(a, str_trim(s));
    char *p = (char *)(uintptr_t)key.p; // absent for an address that was not sent
    for (size_t i = 0; i < key.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return key;
}

// RFC 5321 4.5.3.1: local part 64, whole path 256 with its angle brackets.
bool email_valid(struct str s) {
    size_t at = str_find_char(s, '@'), labels = 0;
    if (s.n > 254 || at == STR_NONE || !local_ok(str_sub(s, 0, at))) return false;
    struct str rest = str_from(s, at + 1), label;
    while (str_split(&rest, '.', &label)) {
        if (!label_ok(label)) return false;
        labels++;
    }
    return labels >= 2;
}

static const char *read_email(const struct reading *r) {
    struct str s = str_trim(r->text);
    if (s.n > 0 && !email_valid(s)) return "form.email";
    char *out = arena_copy(r->arena, s.n ? s.p : "", s.n + (s.n == 0));
    for (size_t i = s.n; i > 0 && out[i - 1] != '@'; i--)
        if (out[i - 1] >= 'A' && out[i - 1] <= 'Z') out[i - 1] = (char)(out[i - 1] + 32);
    s.p = out;
    memcpy(r->out, &s, sizeof s);
    return NULL;
}

static const char *number_keep(const struct reading *r, int64_t v) {
    const struct form_field *f = r->field;
    bool any = f->min == 0 && f->max == 0;
    if (any ? v < 0 : v < f->min || v > f->max) return "form.range";
    memcpy(r->out, &v, sizeof v);
    return NULL;
}

static const char *read_int(const struct reading *r) {
    int64_t v;
    return str_to_int(str_trim(r->text), &v) ? number_keep(r, v) : "form.number";
}

// Takes one group of three digits per sep; s is the whole part of a number.
static bool groups_ok(struct str s, char sep) {
    struct str part;
    bool first = true;
    if (s.n && s.p[0] == '-') s = str_from(s, 1);
    while (str_split(&s, sep, &part)) {
        if (first ? part.n == 0 || part.n > 3 : part.n != 3) return false;
        first = false;
    }
    return true;
}

// "1.234,56", "1,234.56", "12,34" or "12.34" to "1234.56"; absent when it is none of these.
static struct str number_plain(struct arena *a, struct str s) {
    size_t point = STR_NONE;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '.' || s.p[i] == ',') point = i;
    struct str whole = str_sub(s, 0, point == STR_NONE ? s.n : point);
    char group = point != STR_NONE && s.p[point] == ',' ? '.' : ',';
    bool grouped = str_find_char(whole, group) != STR_NONE;
    if (str_find_char(whole, group == '.' ? ',' : '.') != STR_NONE) return (struct str){0};
    if (grouped && !groups_ok(whole, group)) return (struct str){0};
    struct buf b = buf_new(a, s.n + 2);
    for (size_t i = 0; i < whole.n; i++)
        if (whole.p[i] != group) buf_char(&b, whole.p[i]);
    if (point != STR_NONE) {
        if (point + 1 == s.n) return (struct str){0};
        buf_char(&b, '.');
        buf_put(&b, str_from(s, point + 1));
    }
    return buf_str(&b);
}

static const char *read_money(const struct reading *r) {
    struct money m;
    struct str s = number_plain(r->arena, str_trim(r->text));
    return s.n && money_parse(s, r->cur, &m) ? number_keep(r, m.minor) : "form.number";
}

static const char *read_decimal(const struct reading *r) {
    int64_t v;
    struct str s = number_plain(r->arena, str_trim(r->text));
    return s.n && decimal_parse(s, &v) ? number_keep(r, v) : "form.number";
}

static const char *read_bool(const struct reading *r) {
    bool v = r->text.n > 0 && !str_eq(r->text, S("0")) && !str_eq(r->text, S("false"));
    memcpy(r->out, &v, sizeof v);
    return NULL;
}

static const char *read_choice(const struct reading *r) {
    ensure(r->field->choices != NULL);
    for (const char *const *c = r->field->choices; *c; c++) {
        struct str s = str_c(*c);
        if (!str_eq(s, r->text)) continue;
        memcpy(r->out, &s, sizeof s);
        return NULL;
    }
    return "form.choice";
}

static const char *read_password(const struct reading *r) { return text_keep(r, r->text, false); }

static const char *read_date(const struct reading *r) {
    struct str s = str_trim(r->text);
    instant t;
    if (s.n != 10 || !instant_parse(s, &t)) return "form.date";
    memcpy(r->out, &t, sizeof t);
    return NULL;
}

static const struct {
    form_reader *read;
    size_t size;
    bool empty_is_value; // an empty text is still a text; an empty number is none
} TYPES[] = {
    [FORM_TEXT] = {read_text, sizeof(struct str), true},
    [FORM_MULTILINE] = {read_multiline, sizeof(struct str), true},
    [FORM_EMAIL] = {read_email, sizeof(struct str), true},
    [FORM_INT] = {read_int, sizeof(int64_t), false},
    [FORM_MONEY] = {read_money, sizeof(int64_t), false},
    [FORM_DECIMAL] = {read_decimal, sizeof(int64_t), false},
    [FORM_BOOL] = {read_bool, sizeof(bool), true},
    [FORM_CHOICE] = {read_choice, sizeof(struct str), false},
    [FORM_PASSWORD] = {read_password, sizeof(struct str), true},
    [FORM_DATE] = {read_date, sizeof(instant), false},
};

static const char *read_field(const struct reading *r) {
    const struct form_field *f = r->field;
    bool blank = f->type == FORM_PASSWORD ? r->text.n == 0 : str_trim(r->text).n == 0;
    if (blank && (f->flags & FORM_REQUIRED)) return "form.required";
    if (!r->text.p || (blank && !TYPES[f->type].empty_is_value)) return NULL;
    return TYPES[f->type].read(r);
}

void form_read(const struct form *f, const struct request *rq, struct currency cur, void *out,
               struct form_errors *errors) {
    memset(out, 0, f->size);
    *errors = (struct form_errors){0};
    for (size_t i = 0; i < f->n; i++) {
        const struct form_field *field = &f->fields[i];
        ensure((size_t)field->type < ARRAY_LEN(TYPES));
        ensure(field->offset + TYPES[field->type].size <= f->size);
        struct reading r = {field, rq->arena, cur, request_form(rq, field->name),
                            (char *)out + field->offset};
        const char *key = read_field(&r);
        if (key) form_fail(rq->arena, errors, field->name, key);
    }
}
