// SPDX-License-Identifier: Apache-2.0
// One product on its way into the tables: shared by the files that write its parts. Each part
// compares with what is stored and writes differences only; changes counts them.
#pragma once
#include "base/map.h"
#include "catalog_sql.h"
#include "mod/catalog/row_diff.h"
#include "mod/catalog/rule.h"

struct save_counts { // of an audit entry
    int64_t added, changed, removed;
};
struct save {
    struct ctx *c;
    const struct product_draft *d;
    struct product_saved *out;
    enum lang first;
    int64_t id;
    bool fresh;                     // nothing is stored yet
    struct catalog_product_row old; // all zero when fresh
    struct map texts;               // stored translations, by text_key
    struct json_writer detail;      // what changed, for the audit trail; an open object
    struct save_counts options, variants, pictures, tags, attributes, translations;
    size_t changes;
};
static inline struct str text_or(struct str s, struct str otherwise) {
    return s.p ? s : otherwise.p ? otherwise : S("");
}

struct text_place {
    const char *object;
    int64_t object_id;
    const char *field;
};
struct str text_key(struct arena *a, struct text_place at, struct str lang);
// Writes the translations of one text that differ from texts; *changes counts.
MUST_USE bool save_texts(struct ctx *c, const struct map *texts, struct text_place at,
                         const struct i18n_text *t, size_t *changes);

MUST_USE bool save_variants(struct save *s); // options, values and variants
MUST_USE bool save_media(struct save *s);
MUST_USE bool save_tags(struct save *s);
MUST_USE bool save_attributes(struct save *s);
MUST_USE bool save_manufacturer(struct save *s, int64_t *id_out); // 0: none

MUST_USE bool product_facts_load(struct ctx *c, int64_t product_id, struct product_facts *f,
                                 bool *found);
MUST_USE bool product_search_refresh(struct ctx *c, int64_t product_id);
// A handle that no product (collection) has, made from wish; at most 100 tries.
MUST_USE bool handle_free(struct ctx *c, struct str wish,
                          bool (*taken)(struct ctx *c, struct str handle, bool *out),
                          struct str *out);
