// SPDX-License-Identifier: Apache-2.0
// The files of a theme, from a folder, a zip, the database or the program itself. What enters here
// is untrusted: paths are checked, sizes are limited, an archive is unpacked in a jailed child
// (base/jail.h). Only the folders of the Online Store 2.0 structure are taken (layout, templates,
// templates/customers, sections, blocks, snippets, config, locales, assets); other files (README,
// package.json, .git) are passed over and counted. A single folder round everything, as archives
// of repositories have it, is taken off.
#pragma once
#include "base/embed.h"
#include "base/err.h"
#include "base/str.h"

enum {
    THEME_FILES_MAX = 2000,
    THEME_PATH_MAX = 200, // bytes; letters, digits and ._- in segments, no segment "." or ".."
};
#define THEME_FILE_MAX  ((size_t)5 << 20)  // bytes of one file
#define THEME_BYTES_MAX ((size_t)64 << 20) // bytes of all, unpacked
#define THEME_ZIP_MAX   ((size_t)50 << 20) // bytes of an archive

struct theme_file {
    struct str path, bytes;
};
struct theme_files { // sorted by path, bytewise; no path twice
    struct theme_file *v;
    size_t n;
    size_t passed_over; // files of the source that are no part of a theme
};
const struct theme_file *theme_file_find(const struct theme_files *f, struct str path);
// "sections/hero.liquid" may be a file of a theme. False: why in err, naming the path.
MUST_USE bool theme_path_ok(struct str path, struct err *err);
// A path that stands twice, or one not fit for a theme: refused. Bytes are not copied.
MUST_USE bool theme_files_of(struct arena *a, const struct theme_file *v, size_t n,
                             struct theme_files *out, struct err *err);
MUST_USE bool theme_files_of_embed(struct arena *a, const struct embed *v, size_t n,
                                   struct theme_files *out, struct err *err);
// ERR_NOT_FOUND, ERR_INVALID (limits, paths) or ERR_IO; one sentence each. Links are not followed.
MUST_USE bool theme_files_of_dir(struct arena *a, const char *dir, struct theme_files *out,
                                 struct err *err);
MUST_USE bool theme_files_of_zip(struct arena *a, struct str zip, struct theme_files *out,
                                 struct err *err);
// base with the files of over in place of those of the same path; an absent bytes.p in over takes
// a file away.
struct theme_files theme_files_overlay(struct arena *a, const struct theme_files *base,
                                       const struct theme_files *over);
