// SPDX-License-Identifier: Apache-2.0
// The unpacking of archives without its jail, and the reading of its answer; the last byte chooses
// whether the bytes are an archive or an answer of a child that was taken over.
#include "base/fuzz.h"
#include "theme/archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > 65536) return 0;
    struct arena a = {0};
    struct err e = {0};
    struct str in = {(const char *)data, size - 1};
    struct buf out = buf_new(&a, (size_t)8 << 20);
    struct theme_files files = {0};
    bool ok = true;
    if (data[size - 1] & 1) {
        ok = theme_archive_unpack(&in, &a, &out, &e) && buf_ok(&out);
        in = buf_str(&out);
    }
    ok = ok && theme_archive_take(&a, in, &files, &e);
    ensure(ok || !buf_ok(&out) || e.code != ERR_NONE);
    for (size_t i = 0; ok && i < files.n; i++) ensure(theme_path_ok(files.v[i].path, &e));
    arena_done(&a);
    return 0;
}
