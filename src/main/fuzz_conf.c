// SPDX-License-Identifier: Apache-2.0
// Any bytes as kontor.conf: refused with the line's number, or within the limits.
#include "base/fuzz.h"
#include "main/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct conf c;
    struct err err = {0};
    struct str text = {size ? (const char *)data : "", size};
    if (conf_parse(&a, text, &c, &err))
        ensure(c.workers >= 0 && c.workers <= 256 && c.io_threads >= 0 && c.io_threads <= 256);
    else
        ensure(err.code == ERR_INVALID && str_is_utf8(str_c(err.message)));
    arena_done(&a);
    return 0;
}
