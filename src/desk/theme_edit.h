// SPDX-License-Identifier: Apache-2.0
// A theme on the desk while it is designed: its newest state, loaded; the file that is edited; a
// save as one new revision.
#pragma once
#include "desk/theme_form.h"
#include "desk/theme_tree.h"
#include "mod/themes/run.h"

struct theme_edit {
    struct desk d;
    struct themes_entry entry;
    struct themes_hold hold;
    const struct theme *theme; // NULL: it cannot be shown, why is in broken
    struct err broken;
    struct str file; // that is edited
    struct theme_json root;
    struct theme_fields form;
    const char *lang;
    bool stale; // the form was made of an older state than the newest
};
// found_out false: no such theme, or no such language (?lang=). Ends with theme_edit_close, in
// every case.
MUST_USE bool theme_edit_open(struct theme_edit *e, struct ctx *c, const struct request *rq,
                              struct response *rs, bool *found_out);
void theme_edit_close(struct theme_edit *e);
// What all pages of a theme show: theme, its languages, where one is.
void theme_edit_put(struct theme_edit *e);
struct str theme_edit_say(const struct theme_edit *e, struct str text); // in the desk's language
// Reads the file; found_out false: there is none, or it is no JSON. Forms need choices.
MUST_USE bool theme_edit_file(struct theme_edit *e, struct str path, bool *found_out);
// settings_data.json in force: "current", or the preset that it names.
struct theme_json theme_edit_current(const struct theme_edit *e, const struct theme_json *data);
// The file with this content and the texts. saved_out false: a sentence stands in the errors
// (somebody else was faster). What changes nothing is saved at once.
struct theme_change {
    const struct theme_json *root; // NULL: as it is
    const struct theme_text *texts;
    size_t text_count;
    const char *note;
};
MUST_USE bool theme_edit_save(struct theme_edit *e, const struct theme_change *change,
                              bool *saved_out);
struct liquid_value theme_entry_value(struct ctx *c, const struct themes_entry *t); // themes.c

// ---- theme_node.c: a section or block of the file
enum { NODE_DEPTH = 10 };
struct theme_node {
    struct str keys[NODE_DEPTH]; // of the section, of the block in it ...
    size_t depth;                // 0: the file itself
    const struct theme_json *json;
    struct str type;
    const struct theme_schema *schema; // NULL: unknown, or a block of the section's own
    const struct theme_setting *settings;
    size_t n;
    struct str name;   // in the desk's language
    struct str parent; // type of the section, of local blocks
    bool known;        // it can be edited
};
// False: there is no such thing.
bool theme_node_child(const struct theme_edit *e, const struct theme_node *parent, struct str key,
                      struct theme_node *out);
struct theme_node theme_node_root(const struct theme_edit *e);
const struct theme_level *theme_node_level(const struct theme_node *n); // of its children
struct str theme_node_texts(const struct theme_edit *e,
                            const struct theme_node *n);              // "a.blocks.b."
size_t theme_node_path(const struct theme_node *n, struct str *path); // in the file; 2 a level
struct str theme_node_said(const struct theme_edit *e,
                           const struct theme_node *n); // its first text

// ---- theme_add.c: what may stand there
void theme_add_put(struct theme_edit *e, const struct theme_node *n);
// The item for a choice out of that list; false: it is not in it.
bool theme_add_item(struct theme_edit *e, const struct theme_node *n, struct str choice,
                    struct theme_json *out);
// ---- theme_names.c
// "Product page" of "templates/product.json"; order: where it stands among them.
struct str theme_file_name(struct ctx *c, struct str path, int *order_out);
