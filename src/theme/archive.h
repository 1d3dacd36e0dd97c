// SPDX-License-Identifier: Apache-2.0
// The files of a theme out of a zip or tar archive (plain or gzip). theme_archive_unpack runs in a
// jail (base/jail.h) and is the only part that libarchive sees; theme_archive_take reads its answer
// and believes nothing in it.
#pragma once
#include "base/buf.h"
#include "theme/files.h"

// A jail_fn; in is a struct str *, the archive. Writes the files that may be part of a theme, at
// the archive's root or one folder down. ERR_INVALID, one sentence: tricks in paths, links,
// encryption, damage, and archives that grow too much.
bool theme_archive_unpack(void *in, struct arena *a, struct buf *out, struct err *err);
MUST_USE bool theme_archive_take(struct arena *a, struct str answer, struct theme_files *out,
                                 struct err *err);
