// SPDX-License-Identifier: Apache-2.0
// What reads as JSON is written and read again as the same.
#include "base/fuzz.h"
#include "base/json.h"

static struct str written(struct arena *a, const struct json *v) {
    struct buf b = buf_new(a, 0);
    struct json_writer w = json_writer(&b);
    json_put(&w, v);
    ensure(buf_ok(&b));
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct err e = {0};
    struct json first, second;
    if (json_parse(&a, (struct str){(const char *)data, size}, &first, &e)) {
        struct str once = written(&a, &first);
        ensure(json_parse(&a, once, &second, &e));
        ensure(str_eq(once, written(&a, &second)));
    } else {
        ensure(e.code != ERR_NONE && str_is_utf8(str_c(e.message)));
    }
    arena_done(&a);
    return 0;
}
