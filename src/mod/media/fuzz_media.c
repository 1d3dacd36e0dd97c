// SPDX-License-Identifier: Apache-2.0
// Any bytes as a picture: refused with a sentence, or of a known type and a size within the limits.
#include "base/fuzz.h"
#include "mod/media/media.h"

static void check(bool ok, const struct media_info *m, const struct err *err) {
    if (!ok) {
        ensure(err->code != ERR_NONE && err->message[0]);
        return;
    }
    ensure(m->type && m->ending && str_starts(str_c(m->type), S("image/")));
    ensure(m->width >= 1 && m->height >= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct media_info m = {0};
    struct err err = {0};
    struct str bytes = {size ? (const char *)data : "", size};
    bool ok = media_inspect(&a, bytes, &m, &err);
    check(ok, &m, &err);
    if (ok && !str_eq(str_c(m.ending), S("svg"))) ensure(m.width * m.height <= MEDIA_PIXELS_MAX);
    err = (struct err){0};
    check(svg_inspect(&a, bytes, &m, &err), &m, &err);
    struct str name = media_filename(&a, bytes);
    ensure(str_find_char(name, '/') == STR_NONE && str_find(name, S("..")) == STR_NONE);
    arena_done(&a);
    return 0;
}
