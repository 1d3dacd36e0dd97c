// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "base/json.h"
#include "mod/catalog/rule.h"

enum { CONDITIONS_MAX = 50 };

const struct rule_field_word rule_field_words[] = {
    {"title", RULE_TITLE, false},       {"vendor", RULE_VENDOR, false},
    {"kind", RULE_KIND, false},         {"handle", RULE_HANDLE, false},
    {"status", RULE_STATUS, false},     {"tag", RULE_TAG, false},
    {"weight_g", RULE_WEIGHT, true},    {"age_days", RULE_AGE, true},
    {"price", RULE_PRICE, true},        {"on_sale", RULE_ON_SALE, true},
    {"compare_at", RULE_ON_SALE, true}, {0},
};
const struct rule_op_word rule_op_words[] = {
    {"is", RULE_IS},
    {"is_not", RULE_IS_NOT},
    {"contains", RULE_CONTAINS},
    {"starts", RULE_STARTS},
    {"ends", RULE_ENDS},
    {"over", RULE_OVER},
    {"under", RULE_UNDER},
    {"gt", RULE_OVER},
    {"lt", RULE_UNDER},
    {"set", RULE_IS},
    {0},
};

static bool complain(struct str *why, const char *text) {
    *why = str_c(text);
    return false;
}

static bool parse_field(struct str name, struct rule_condition *c) {
    if (str_starts(name, S("attribute:")) && name.n > 10) {
        c->field = RULE_ATTRIBUTE;
        c->attribute = str_from(name, 10);
        return true;
    }
    for (const struct rule_field_word *w = rule_field_words; w->name; w++)
        if (str_eq(name, str_c(w->name))) {
            c->field = w->field;
            c->numeric = w->numeric;
            return true;
        }
    return false;
}

static bool parse_op(struct str name, struct rule_condition *c) {
    for (const struct rule_op_word *w = rule_op_words; w->name; w++)
        if (str_eq(name, str_c(w->name))) {
            c->op = w->op;
            return true;
        }
    return false;
}

// The value of a condition about a number.
static bool parse_number(const struct json *value, struct rule_condition *c, struct str *why) {
    bool part = c->op == RULE_CONTAINS || c->op == RULE_STARTS || c->op == RULE_ENDS;
    if (part)
        return complain(why,
                        "contains, starts and ends compare texts: put the \"value\" in quotes.");
    c->numeric = true;
    if (c->field == RULE_PRICE) {
        if (value->type == JSON_STRING && decimal_parse(value->text, &c->number) && c->number >= 0)
            return true;
        return complain(why, "a price is compared with a \"value\" such as \"15.00\".");
    }
    if (c->field == RULE_ON_SALE) {
        c->number = value->boolean;
        if (value->type == JSON_BOOL && (c->op == RULE_IS || c->op == RULE_IS_NOT)) return true;
        return complain(why,
                        "on_sale has the \"value\" true or false and the \"op\" is or is_not.");
    }
    if (value->type != JSON_INT || value->integer < -1000000000 || value->integer > 1000000000)
        return complain(why,
                        "numbers are compared: the \"value\" is a whole number without quotes.");
    c->number = c->field == RULE_ATTRIBUTE ? value->integer * DECIMAL_ONE : value->integer;
    return true;
}

static bool parse_condition(struct arena *a, const struct json *j, struct rule_condition *c,
                            struct str *why) {
    *c = (struct rule_condition){0};
    if (!parse_field(json_text(j, "field"), c))
        return complain(why, "\"field\" is one of title, vendor, kind, handle, status, tag, "
                             "weight_g, age_days, price, on_sale, "
                             "attribute:NAME.");
    if (!parse_op(json_text(j, "op"), c))
        return complain(why, "\"op\" is one of is, is_not, contains, starts, ends, over, under.");
    const struct json *value = json_get(j, S("value"));
    if (!value) return complain(why, "a condition needs a \"value\".");
    if (c->numeric || (c->field == RULE_ATTRIBUTE && value->type == JSON_INT))
        return parse_number(value, c, why);
    if (value->type != JSON_STRING || value->text.n == 0 || value->text.n > 4 * CATALOG_TEXT_MAX)
        return complain(why, "this field is a text: put the \"value\" in quotes.");
    if (c->op == RULE_OVER || c->op == RULE_UNDER)
        return complain(
            why, "over and under compare numbers: the \"value\" is a number without quotes.");
    c->text = text_fold(a, value->text);
    return true;
}

bool rule_parse(struct arena *a, struct str text, struct collection_rule *out, struct str *why) {
    struct json j;
    struct err err = {0};
    *out = (struct collection_rule){0};
    if (text.n > 65536 || !json_parse(a, text, &j, &err))
        return complain(why, "the rule is not JSON.");
    const struct json *all = json_get(&j, S("all")), *any = json_get(&j, S("any"));
    const struct json *list = all ? all : any;
    if (!list || (all && any) || j.n != 1 || list->type != JSON_ARRAY)
        return complain(why, "a rule is {\"all\":[...]} or {\"any\":[...]}.");
    if (list->n == 0 || list->n > CONDITIONS_MAX)
        return complain(why, "a rule has 1 to 50 conditions.");
    out->any = any != NULL;
    out->n = list->n;
    out->v = ARENA_ARRAY(a, struct rule_condition, list->n);
    for (size_t i = 0; i < list->n; i++)
        if (!parse_condition(a, &list->items[i], &out->v[i], why)) return false;
    return true;
}

// Without the negation of is_not, which is about all values together.
static bool text_fits(const struct rule_condition *c, struct str value) {
    switch (c->op) {
    case RULE_IS:
    case RULE_IS_NOT:
        return str_eq(value, c->text);
    case RULE_CONTAINS:
        return str_find(value, c->text) != STR_NONE;
    case RULE_STARTS:
        return str_starts(value, c->text);
    case RULE_ENDS:
        return str_ends(value, c->text);
    case RULE_OVER:
    case RULE_UNDER:
        return false;
    }
    bug("rule_op");
}

static bool number_fits(const struct rule_condition *c, int64_t value) {
    if (c->op == RULE_OVER) return value > c->number;
    if (c->op == RULE_UNDER) return value < c->number;
    return value == c->number;
}

static bool attribute_fits(const struct rule_condition *c, const struct product_facts *f) {
    for (size_t i = 0; i < f->attribute_count; i++) {
        int64_t n;
        if (!str_eq(f->attributes[i].name, c->attribute)) continue;
        if (c->numeric ? decimal_parse(f->attributes[i].value, &n) && number_fits(c, n)
                       : text_fits(c, f->attributes[i].value))
            return true;
    }
    return false;
}

static bool tag_fits(const struct rule_condition *c, const struct product_facts *f) {
    for (size_t i = 0; i < f->tag_count; i++)
        if (text_fits(c, f->tags[i])) return true;
    return false;
}

static bool fits(const struct rule_condition *c, const struct product_facts *f) {
    switch (c->field) {
    case RULE_TITLE:
        return text_fits(c, f->title);
    case RULE_VENDOR:
        return text_fits(c, f->vendor);
    case RULE_KIND:
        return text_fits(c, f->kind);
    case RULE_HANDLE:
        return text_fits(c, f->handle);
    case RULE_STATUS:
        return text_fits(c, f->status);
    case RULE_TAG:
        return tag_fits(c, f);
    case RULE_ATTRIBUTE:
        return attribute_fits(c, f);
    case RULE_WEIGHT:
        return number_fits(c, f->weight_g);
    case RULE_AGE:
        return number_fits(c, f->age_days);
    case RULE_PRICE:
        return f->has_price && number_fits(c, f->price);
    case RULE_ON_SALE:
        return number_fits(c, f->on_sale);
    }
    bug("rule_field");
}

bool rule_holds(const struct collection_rule *r, const struct product_facts *f) {
    for (size_t i = 0; i < r->n; i++) {
        bool yes = fits(&r->v[i], f) != (r->v[i].op == RULE_IS_NOT);
        if (yes == r->any) return yes; // one true decides any, one false decides all
    }
    return !r->any;
}
