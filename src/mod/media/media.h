// SPDX-License-Identifier: Apache-2.0
// Pictures: bytes by content, what they really are found from the bytes (JPEG, PNG, WebP, GIF, AVIF; SVG that draws and does
// nothing else). Limits: 20 MiB, 40 million pixels. What can't be fetched is recorded and tried again by a job.
#pragma once
#include "core/tx.h"

#define MEDIA_BYTES_MAX ((size_t)20 << 20)
struct media_info {
    const char *type; // "image/jpeg"
    int64_t width, height;
};
// Looks at the bytes. False: ERR_UNSUPPORTED or ERR_TOO_LARGE with a sentence that names what is wrong. Pure: fuzzed.
MUST_USE bool media_inspect(struct arena *a, struct str bytes, struct media_info *out, struct err *err);
// In a transaction: stores bytes (the same bytes are one medium), gives its id.
MUST_USE bool media_put(struct ctx *c, struct str bytes, struct str filename, int64_t *id_out);
// In a transaction: a picture that is somewhere else; a job fetches it. The same address is one medium.
MUST_USE bool media_want(struct ctx *c, struct str url, int64_t *id_out);
extern const struct module media_module;
