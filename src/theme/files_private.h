// SPDX-License-Identifier: Apache-2.0
// Between the sources of theme files: folder, archive, program.
#pragma once
#include "theme/files.h"

// "sections/" of "sections/hero.liquid"; absent when the path is in no folder of a theme.
struct str theme_folder_of(struct str path);
// In a folder of a theme, not deeper and not hidden. Other files are passed over.
bool theme_path_counts(struct str path);
// The n-th file, after which there are so many bytes in all, is within the limits.
MUST_USE bool theme_files_fit(const struct theme_file *file, size_t n, size_t bytes,
                              struct err *err);
