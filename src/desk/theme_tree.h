// SPDX-License-Identifier: Apache-2.0
// Things in order in JSON of themes: the sections of a template or group, the blocks of a section
// or block. Pure: a change gives a new object (theme_json.h). What the order names and is not there
// stays in it.
#pragma once
#include "desk/theme_json.h"

struct theme_level {
    struct str items, order; // its keys
    bool listed;             // without an order nothing is shown, else all in the order of the keys
};
extern const struct theme_level theme_level_sections, theme_level_blocks;

struct theme_keys {
    struct str *v;
    size_t n;
};
// Those that are shown or hidden, in order; static blocks come last.
struct theme_keys theme_tree_keys(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l);
const struct theme_json *theme_tree_item(const struct theme_json *o, const struct theme_level *l,
                                         struct str key);
bool theme_json_is_true(const struct theme_json *o, const char *key);
// Each of them gives o itself when there is no such item or nothing changes.
struct theme_json theme_tree_move(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l, struct str key, bool up);
struct theme_json theme_tree_hide(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l, struct str key, bool hidden);
struct theme_json theme_tree_drop(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l, struct str key);
// Behind the others, under a key that is free: the type, with a number when it is taken.
struct theme_json theme_tree_add(struct arena *a, const struct theme_json *o,
                                 const struct theme_level *l, const struct theme_json *item,
                                 struct str *key_out);
// A preset of a schema as the item of a type: its blocks get keys and an order.
struct theme_json theme_tree_of_preset(struct arena *a, struct str type,
                                       const struct theme_json *preset);
