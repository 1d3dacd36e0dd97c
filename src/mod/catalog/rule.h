// SPDX-License-Identifier: Apache-2.0
// Pure decisions of the catalogue: what a draft must fulfil, check digits, and rules of
// collections.
//
// A rule is JSON: {"all":[C,...]} or {"any":[C,...]}, 1 to 50 conditions C =
// {"field":F,"op":O,"value":V}.
//   F  "title" "vendor" "kind" "handle" "tag" "status" "weight_g" "age_days" "price" "on_sale" or
//   "attribute:NAME" O  "is" "is_not" "contains" "starts" "ends" for texts; "over" "under" "is"
//   "is_not" for numbers (weight_g, age_days,
//      price, and attributes whose value is a number). "gt" and "lt" are read as "over" and
//      "under".
//   V  a text, an integer; for price the decimal text "15.00" of the shop's currency (the lowest of
//   the variants counts);
//      for on_sale true or false. {"field":"compare_at","op":"set","value":true} is read as on_sale
//      is true.
// Texts are compared without regard to case and marks. "tag" and attributes have several values:
// "is_not" holds when none is, all others when one does.
#pragma once
#include "mod/catalog/catalog.h"

bool gtin_valid(
    struct str s); // 8, 12, 13 or 14 digits, check digit right (GS1 General Specifications 7.9)
bool unit_valid(struct str unit);

// PRODUCT_SAVED when nothing of the draft itself forbids saving; else fills verdict, field, variant
// and why of out.
enum product_verdict product_check(struct arena *a, const struct product_draft *d, enum lang first,
                                   struct product_saved *out);

struct attribute_fact {
    struct str name, value; // value folded
};
struct product_facts { // texts folded by text_fold
    struct str title, vendor, kind, handle, status;
    const struct str *tags;
    size_t tag_count;
    const struct attribute_fact *attributes;
    size_t attribute_count;
    int64_t weight_g, age_days;
    bool has_price, on_sale;
    int64_t price; // millionths of the currency's unit
};
enum rule_op { RULE_IS, RULE_IS_NOT, RULE_CONTAINS, RULE_STARTS, RULE_ENDS, RULE_OVER, RULE_UNDER };
enum rule_field {
    RULE_TITLE,
    RULE_VENDOR,
    RULE_KIND,
    RULE_HANDLE,
    RULE_STATUS,
    RULE_TAG,
    RULE_ATTRIBUTE,
    RULE_WEIGHT,
    RULE_AGE,
    RULE_PRICE,
    RULE_ON_SALE
};
struct rule_condition {
    enum rule_field field;
    struct str attribute; // RULE_ATTRIBUTE
    enum rule_op op;
    struct str text; // folded
    int64_t number;  // millionths for RULE_ATTRIBUTE and RULE_PRICE; 0 or 1 for RULE_ON_SALE
    bool numeric;
};
struct collection_rule {
    bool any;
    struct rule_condition *v;
    size_t n;
};
// The words of a rule, ended by a row without a name; of several names of one thing the first is
// the usual one. What offers rules to people offers these.
struct rule_field_word {
    const char *name;
    enum rule_field field; // attributes are "attribute:NAME" and not in the table
    bool numeric;
};
struct rule_op_word {
    const char *name;
    enum rule_op op;
};
extern const struct rule_field_word rule_field_words[];
extern const struct rule_op_word rule_op_words[];

// False: why_out says in one English sentence what is wrong.
bool rule_parse(struct arena *a, struct str json, struct collection_rule *out, struct str *why_out);
bool rule_holds(const struct collection_rule *r, const struct product_facts *f);
