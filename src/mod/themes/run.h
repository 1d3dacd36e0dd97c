// SPDX-License-Identifier: Apache-2.0
// One step with a theme in a transaction of its own, as the command line and the desk do it.
#pragma once
#include "mod/themes/themes.h"

enum themes_step {
    THEMES_ADD,       // files, name → theme_id
    THEMES_REPLACE,   // theme_id, files: the theme has these files and no others; texts in other
                      // languages stay unless files bring them → revision_id
    THEMES_SAVE,      // theme_id, expected, files (changes), note → revision_id
    THEMES_DUPLICATE, // theme_id, name → theme_id
    THEMES_REMOVE,    // theme_id
    THEMES_PUBLISH,   // theme_id → findings
    THEMES_ROLLBACK,  // → entry
    THEMES_PREVIEW,   // theme_id → url
    THEMES_RESTORE,   // theme_id, revision_id → revision_id
};
struct themes_work {
    int64_t theme_id, expected, revision_id;
    struct theme_files files;
    struct str name, url;
    const char *note; // NULL: "save"
    struct themes_entry entry;
    struct theme_findings *findings; // may be NULL
};
MUST_USE bool themes_run(struct ctx *c, enum themes_step step, struct themes_work *w);
