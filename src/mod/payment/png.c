// SPDX-License-Identifier: Apache-2.0
#include "mod/payment/png.h"

#include <zlib.h>

#include "base/buf.h"

enum { FILTER_NONE = 0, FILTER_UP = 2 };
// Small tables, since the picture is small: most of the time goes into clearing them.
enum { LEVEL = 6, WINDOW_BITS = 12, MEMORY = 5 };

static void put_u32(struct buf *b, uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8) buf_char(b, (char)(unsigned char)(n >> shift));
}

static void put_chunk(struct buf *b, const char type[4], struct str data) {
    put_u32(b, (uint32_t)data.n);
    size_t from = b->n;
    buf_put(b, (struct str){type, 4});
    buf_put(b, data);
    put_u32(b, (uint32_t)crc32(0, (const unsigned char *)b->p + from, (uInt)(b->n - from)));
}

// The rows with the byte before each that tells how it is written: as it is, or as what differs
// from the row above: nothing.
static struct str filtered(struct arena *a, const struct png_bits *p) {
    size_t n = (p->width + 7) / 8;
    unsigned char *out = arena_alloc(a, (n + 1) * p->height), *at = out;
    for (uint32_t y = 0; y < p->height; y++, at += n + 1) {
        const unsigned char *row = p->rows + y * n;
        bool same = y > 0 && memcmp(row, row - n, n) == 0;
        at[0] = same ? FILTER_UP : FILTER_NONE;
        if (same) memset(at + 1, 0, n);
        else memcpy(at + 1, row, n);
    }
    return (struct str){(const char *)out, (n + 1) * p->height};
}

static struct str deflated(struct arena *a, struct str in) {
    z_stream z = {0};
    ensure(deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK);
    uLong most = deflateBound(&z, (uLong)in.n);
    char *out = arena_alloc(a, most);
    z.next_in = (unsigned char *)(uintptr_t)in.p;
    z.avail_in = (uInt)in.n;
    z.next_out = (unsigned char *)out;
    z.avail_out = (uInt)most;
    ensure(deflate(&z, Z_FINISH) == Z_STREAM_END);
    struct str done = {out, most - z.avail_out};
    deflateEnd(&z);
    return done;
}

struct str png_of_bits(struct arena *a, const struct png_bits *p) {
    static const char signature[] = "\x89PNG\r\n\x1a\n";
    ensure(p->width > 0 && p->height > 0 && p->width <= PNG_SIDE_MAX && p->height <= PNG_SIDE_MAX);
    struct buf head = buf_new(a, 0), b = buf_new(a, 0);
    put_u32(&head, p->width);
    put_u32(&head, p->height);
    buf_put(&head, (struct str){"\x01\x00\x00\x00\x00", 5}); // one bit, grey; not interlaced
    buf_put(&b, str_c(signature));
    put_chunk(&b, "IHDR", buf_str(&head));
    put_chunk(&b, "IDAT", deflated(a, filtered(a, p)));
    put_chunk(&b, "IEND", S(""));
    return buf_str(&b);
}
