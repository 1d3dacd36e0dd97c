// SPDX-License-Identifier: Apache-2.0
// A font in the hand, for fonts.c and its filters.
#pragma once
#include "theme/fonts.h"
#include "theme/object.h"

struct font_family;
struct font {
    const struct font_family *family; // NULL: of the system
    struct str handle, name;          // "work_sans", "Work Sans"
    const char *fallback;
    bool italic;
    int weight;
};
extern const struct theme_kind theme_font_kind;
// The same family in another cut; nil when there is none.
struct liquid_value font_variant(struct arena *a, const struct font *of, int weight, bool italic);
struct liquid_value font_family_name(struct arena *a, const struct font *f); // as CSS takes it
// "/cdn/fonts/..."; absent for fonts of the system. extended: letters of central Europe.
struct str font_file_url(struct arena *a, const struct font *f, bool extended);
