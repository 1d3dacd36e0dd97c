// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "flow/import_private.h"

// "Words (key)" gives key, else absent.
static struct str in_parentheses(struct str name) {
    if (!str_ends(name, S(")"))) return (struct str){0};
    size_t open = str_find_char(name, '(');
    return open == STR_NONE ? (struct str){0} : str_sub(name, open + 1, name.n - open - 2);
}

static bool is_key(struct importer *im, const char *key, struct str name) {
    struct str k = str_c(key), in = in_parentheses(name);
    if (!str_ends(k, S("_en"))) return str_eq_nocase(in, k);
    const char *code = lang_code(import_other_lang(im->c));
    return in.n == k.n && str_eq_nocase(str_sub(in, 0, k.n - 2), str_sub(k, 0, k.n - 2)) &&
           str_ends(in, str_c(code));
}

enum lang import_other_lang(struct ctx *c) { return lang_first(c) == LANG_EN ? LANG_DE : LANG_EN; }

static bool is_column(struct importer *im, const struct import_column *c, struct str name) {
    if (c->key && strcmp(c->key, "*") == 0)
        return str_eq_nocase(str_sub(name, 0, strlen(c->name)), str_c(c->name));
    if (str_eq_nocase(name, str_c(c->name))) return true;
    return c->key && is_key(im, c->key, name);
}

static bool is_ignored(const struct import_table *t, struct str name) {
    for (const char *const *i = t->ignored; i && *i; i++)
        if (str_eq_nocase(str_sub(name, 0, strlen(*i)), str_c(*i))) return true;
    return false;
}

bool import_header(struct importer *im, struct import_table *t, const struct csv_row *row) {
    struct buf unknown = buf_new(im->run, 0);
    t->at = ARENA_ARRAY(im->run, int, t->n);
    t->headers = ARENA_ARRAY(im->run, struct str, t->n);
    for (size_t i = 0; i < t->n; i++) t->at[i] = -1;
    for (size_t f = 0; f < row->n; f++) {
        struct str name = str_trim(row->fields[f]);
        size_t i = 0;
        while (i < t->n && (t->at[i] >= 0 || !is_column(im, &t->columns[i], name))) i++;
        if (i < t->n) {
            t->at[i] = (int)f;
            t->headers[i] = arena_str(im->run, name);
        } else if (name.n && !is_ignored(t, name) && unknown.n < 300) {
            buf_fmt(&unknown, "%s\"" STR_FMT "\"", unknown.n ? ", " : "",
                    STR_ARG(str_utf8_cut(name, 60)));
        }
    }
    if (unknown.n)
        import_note(im, row->line, (struct str){0},
                    "Nothing is made of these columns: " STR_FMT ".", STR_ARG(buf_str(&unknown)));
    return true;
}

struct str import_raw(const struct import_table *t, size_t column) {
    int at = t->at[column];
    if (at < 0) return (struct str){0};
    return (size_t)at < t->row.n ? t->row.fields[at] : S("");
}

struct str import_cell(const struct import_table *t, size_t column) {
    struct str s = import_raw(t, column);
    if (!s.p) return s;
    struct str trimmed = str_trim(s);
    return trimmed.n ? trimmed : S("");
}

bool import_row_ok(struct importer *im, const struct csv_row *row) {
    for (size_t i = 0; i < row->n; i++) {
        bool nul = row->fields[i].n && memchr(row->fields[i].p, '\0', row->fields[i].n);
        if (!nul && str_is_utf8(row->fields[i])) continue;
        import_tell(im, row->line, NULL, (struct str){0},
                    "The row is not UTF-8 text (cell %zu); the file seems to be %s. "
                    IMPORT_AS_UTF8,
                    i + 1, nul ? "binary or UTF-16" : "Windows-1252 (ANSI)");
        return false;
    }
    return true;
}

static bool bad(struct importer *im, const struct import_table *t, size_t column,
                const char *expects) {
    struct str s = import_cell(t, column);
    import_tell(im, t->row.line, t->columns[column].name, (struct str){0},
                "\"" STR_FMT
                "\" is not %s. The row was left out; correct the cell and run the import again.",
                STR_ARG(str_utf8_cut(s, 60)), expects);
    return false;
}

struct str import_decimal_comma(struct arena *a, struct str s) {
    size_t comma = str_find_char(s, ',');
    if (comma == STR_NONE || comma == 0 || comma + 3 != s.n || str_find_char(s, '.') != STR_NONE)
        return s;
    for (size_t i = 0; i < s.n; i++)
        if (i != comma && (s.p[i] < '0' || s.p[i] > '9')) return s;
    return arena_fmt(a, STR_FMT "." STR_FMT, STR_ARG(str_sub(s, 0, comma)),
                     STR_ARG(str_from(s, comma + 1)));
}

// "1234.5", "1,234.50" and "12,50"; "1,234" could be both and is refused.
static struct str without_group_commas(struct arena *a, struct str s) {
    size_t dot = str_find_char(s, '.');
    if (str_find_char(s, ',') == STR_NONE || dot == STR_NONE) return s;
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.n; i++) {
        bool group = s.p[i] == ',' && i < dot && (dot - i) % 4 == 0;
        if (!group) buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

bool import_money(struct importer *im, const struct import_table *t, size_t column, int64_t *out,
                  bool *given_out) {
    struct str s = import_cell(t, column);
    struct money m;
    *out = 0;
    *given_out = s.n > 0;
    if (!s.n) return true;
    struct currency cur = shop_currency(im->c);
    int64_t exact;
    s = without_group_commas(im->batch, import_decimal_comma(im->batch, s));
    if (money_parse(s, cur, &m) && m.minor >= 0) {
        *out = m.minor;
        return true;
    }
    int64_t scale = 1;
    for (int i = currency_digits(cur); i < 6; i++) scale *= 10;
    bool trailing_zeros = decimal_parse(s, &exact) && exact >= 0 && exact % scale == 0; // "4.9900"
    if (!trailing_zeros) return bad(im, t, column, "an amount such as 1234.50");
    *out = exact / scale;
    return *out <= MONEY_MAX || bad(im, t, column, "an amount such as 1234.50");
}

bool import_decimal(struct importer *im, const struct import_table *t, size_t column, int64_t *out,
                    bool *given_out) {
    struct str s = import_decimal_comma(im->batch, import_cell(t, column));
    *out = 0;
    *given_out = s.n > 0;
    if (!s.n || (decimal_parse(s, out) && *out >= 0)) return true;
    return bad(im, t, column, "a number such as 12 or 0.5");
}

bool import_whole(struct importer *im, const struct import_table *t, size_t column, int64_t *out,
                  bool *given_out) {
    struct str s = import_cell(t, column);
    int64_t exact;
    *out = 0;
    *given_out = s.n > 0;
    if (!s.n) return true;
    if (decimal_parse(s, &exact) && exact % DECIMAL_ONE == 0 &&
        exact <= QUANTITY_MAX * 100 * DECIMAL_ONE && exact >= -QUANTITY_MAX * 100 * DECIMAL_ONE) {
        *out = exact / DECIMAL_ONE;
        return true;
    }
    return bad(im, t, column, "a whole number");
}

bool import_flag(struct str cell, bool otherwise) {
    static const struct str yes[] = {S_INIT("true"), S_INIT("1"), S_INIT("yes"), S_INIT("ja")};
    static const struct str no[] = {S_INIT("false"), S_INIT("0"), S_INIT("no"), S_INIT("nein")};
    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (str_eq_nocase(cell, yes[i])) return true;
        if (str_eq_nocase(cell, no[i])) return false;
    }
    return otherwise;
}
