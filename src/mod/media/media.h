// SPDX-License-Identifier: Apache-2.0
// Pictures: bytes by content, what they really are found from the bytes (JPEG, PNG, WebP, GIF,
// AVIF; SVG that draws and does nothing else). Limits: 20 MiB, 40 million pixels. What can't be
// fetched is recorded and tried again by a job. A ready medium is served at
// /media/<hash>/<filename>: query media_by_hash tells its type, world.file_get or file_path its
// bytes; the hash makes the address immutable. SVG is served with "Content-Security-Policy:
// sandbox; default-src 'none'; style-src 'unsafe-inline'" on top of having been checked.
#pragma once
#include "core/tx.h"

#define MEDIA_BYTES_MAX    ((size_t)20 << 20)
#define MEDIA_PIXELS_MAX   INT64_C(40000000)
#define MEDIA_ATTEMPTS_MAX 12

struct media_info {
    const char *type, *ending; // "image/jpeg", "jpg"
    int64_t width, height;     // pixels; SVG: its size or view box in user units, at least 1
};
// Looks at the bytes. False: ERR_UNSUPPORTED or ERR_TOO_LARGE with a sentence that names what is
// wrong. Pure: fuzzed. Raster pictures are not decoded: dimensions come from their headers.
MUST_USE bool media_inspect(struct arena *a, struct str bytes, struct media_info *out,
                            struct err *err);
// The part for SVG: an allow-list of elements and attributes; no script, no event handlers, no
// animation, no foreign content, no DOCTYPE, nothing from outside the file (references only to #ids
// and embedded raster pictures).
MUST_USE bool svg_inspect(struct arena *a, struct str bytes, struct media_info *out,
                          struct err *err);

// A picture on its way in: media_store before the transaction (inspecting and the disk take their
// time, and only one may write), media_add in it.
struct media_file {
    struct str bytes, filename;
    struct media_info info; // of media_inspect, where that was asked already; else filled in
    char hash[65];          // filled in
};
// Outside of any transaction: inspects the bytes and keeps them under their hash. What
// media_inspect refuses is a failure. Bytes that no row comes to know do no harm.
MUST_USE bool media_store(struct ctx *c, struct media_file *f);
// In a transaction: the medium of stored bytes (the same bytes are one medium).
MUST_USE bool media_add(struct ctx *c, const struct media_file *f, int64_t *id_out);
// In a transaction: both at once, for what is small and known (the demo's pictures).
MUST_USE bool media_put(struct ctx *c, struct str bytes, struct str filename, int64_t *id_out);
// The stored medium of these bytes; 0: there is none.
MUST_USE bool media_find(struct ctx *c, struct str bytes, int64_t *id_out);
// In a transaction: a picture that is somewhere else; a job fetches it (about 12 tries over two
// days), then it is "failed" with the reason. The same address is one medium; wanting a failed one
// again starts anew.
MUST_USE bool media_want(struct ctx *c, struct str url, int64_t *id_out);
// A name that may stand in an address and on a disk: letters, digits, "-", "_" and one ending.
struct str media_filename(struct arena *a, struct str name);
extern const struct module media_module;
