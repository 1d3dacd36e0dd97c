// SPDX-License-Identifier: Apache-2.0
// What is wrong with a theme, told with file and line, in English (for authors of themes). Checked
// are: every Liquid file compiles; every JSON file parses (comments allowed); {% schema %} of
// sections and blocks, config/settings_schema.json, settings_data.json, locales and JSON templates
// have the shape that the published JSON Schemas ask for (theme-liquid-docs, see schema.h); every
// section, block, snippet, asset and layout that a file names is there; layout/theme.liquid has
// content_for_header and content_for_layout; limits (25 sections of a template, 50 blocks of a
// section, 1,250 blocks in all).
#pragma once
#include "base/vec.h"
#include "theme/files.h"

enum theme_severity {
    THEME_NOTE,    // worth knowing: "inline scripts: the policy is relaxed for this theme"
    THEME_WARNING, // works, but not as meant: a setting of a wrong type, a missing translation
    THEME_ERROR,   // may not be published
};
struct theme_finding {
    enum theme_severity severity;
    struct str file;
    int line; // 1-based; 0: the file as a whole
    struct str message;
};
enum { THEME_FINDINGS_MAX = 500 }; // more are counted only
struct theme_findings {
    struct arena *arena;
    struct theme_finding *v;
    size_t n, cap;
    size_t errors, warnings; // also of those not kept
};
void theme_find(struct theme_findings *f, enum theme_severity s, struct str file, int line,
                const char *fmt, ...) __attribute__((format(printf, 5, 6)));
struct theme_host;
// All of it. False only for a failure (memory, jail); a bad theme is findings. The host gives the
// filters and tags that templates may use.
MUST_USE bool theme_check(struct arena *a, const struct theme_files *files,
                          const struct theme_host *host, struct theme_findings *out,
                          struct err *err);
