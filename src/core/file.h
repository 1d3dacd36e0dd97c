// SPDX-License-Identifier: Apache-2.0
// Files of the data directory: whole, atomic, on disk before the call returns. For the real world
// and the start only.
#pragma once
#include <sys/types.h>

#include "base/err.h"

MUST_USE bool dir_make(const char *path,
                       struct err *err); // with its parents; there already is fine
// Temporary file beside it, fsync, rename, fsync of the directory.
MUST_USE bool file_write(const char *path, struct str bytes, mode_t mode, struct err *err);
MUST_USE bool file_read(struct arena *a, const char *path, size_t max, struct str *out,
                        struct err *err);
bool file_exists(const char *path);
