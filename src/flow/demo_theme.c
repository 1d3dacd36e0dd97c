// SPDX-License-Identifier: Apache-2.0
// The demo shop's look: demo/theme lies over the built-in theme, as a merchant's own settings
// would.
#include "demo_files.h"
#include "flow/demo_content.h"
#include "mod/themes/run.h"

#define FOLDER "theme/"

static void take_files(struct ctx *c, struct theme_files *out) {
    out->v = ARENA_ARRAY(c->arena, struct theme_file, demo_files_count);
    for (size_t i = 0; i < demo_files_count; i++) {
        struct str path = str_c(demo_files[i].path);
        if (!str_starts(path, S(FOLDER))) continue;
        out->v[out->n++] =
            (struct theme_file){str_from(path, S(FOLDER).n), embed_str(&demo_files[i])};
    }
}

bool demo_theme_load(struct ctx *c) {
    struct themes_work w = {.note = "demo"};
    struct themes_entry hanse;
    bool found;
    if (!shop_module(c->shop, "themes") || !themes_host(c->shop)) return true; // no storefront
    TRY(themes_find(c, S("Hanse"), &hanse, &found));
    if (!found || hanse.revision > 1) return true; // the merchant's own by now
    w.theme_id = hanse.id;
    take_files(c, &w.files);
    return themes_run(c, THEMES_SAVE, &w) && themes_run(c, THEMES_PUBLISH, &w);
}
