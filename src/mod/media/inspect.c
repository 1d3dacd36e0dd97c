// SPDX-License-Identifier: Apache-2.0
// What bytes are and how large a picture they hold, from magic numbers and headers alone.
#include "mod/media/media.h"

struct bytes {
    const unsigned char *p;
    size_t n;
};
// Reads of a place that is not there give 0, which no format accepts as a size.
static uint32_t be(struct bytes b, size_t at, int width) {
    uint32_t v = 0;
    for (int i = 0; i < width; i++) v = v << 8 | (at + (size_t)i < b.n ? b.p[at + (size_t)i] : 0u);
    return v;
}
static uint32_t le(struct bytes b, size_t at, int width) {
    uint32_t v = 0;
    for (int i = width - 1; i >= 0; i--)
        v = v << 8 | (at + (size_t)i < b.n ? b.p[at + (size_t)i] : 0u);
    return v;
}
static bool has(struct bytes b, size_t at, const char *text, size_t n) {
    return at + n <= b.n && memcmp(b.p + at, text, n) == 0;
}
#define HAS(b, at, text) has((b), (at), (text), sizeof(text) - 1)

static bool png(struct bytes b, struct media_info *out) {
    if (!HAS(b, 0, "\x89PNG\r\n\x1a\n") || !HAS(b, 12, "IHDR")) return false;
    out->width = be(b, 16, 4);
    out->height = be(b, 20, 4);
    return true;
}

static bool gif(struct bytes b, struct media_info *out) {
    if (!HAS(b, 0, "GIF87a") && !HAS(b, 0, "GIF89a")) return false;
    out->width = le(b, 6, 2);
    out->height = le(b, 8, 2);
    return true;
}

// Segments up to the frame header SOF0..15 without DHT, JPG and DAC (ITU T.81 B.1.1.3).
static bool jpeg(struct bytes b, struct media_info *out) {
    if (!HAS(b, 0, "\xff\xd8\xff")) return false;
    size_t at = 2;
    while (at + 9 < b.n && b.p[at] == 0xff) {
        unsigned char marker = b.p[at + 1];
        if (marker == 0xff) {
            at++;
            continue;
        }
        bool frame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) {
            out->height = be(b, at + 5, 2);
            out->width = be(b, at + 7, 2);
            return true;
        }
        bool alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        if (marker == 0xd9 || marker == 0xda) break;
        at += alone ? 2 : 2 + (size_t)be(b, at + 2, 2);
    }
    return true; // a JPEG without a size
}

static bool webp(struct bytes b, struct media_info *out) { // RFC 9649
    if (!HAS(b, 0, "RIFF") || !HAS(b, 8, "WEBP")) return false;
    if (HAS(b, 12, "VP8X")) {
        out->width = (int64_t)le(b, 24, 3) + 1;
        out->height = (int64_t)le(b, 27, 3) + 1;
    } else if (HAS(b, 12, "VP8L") && b.n > 25) {
        uint32_t bits = le(b, 21, 4);
        out->width = (bits & 0x3fff) + 1;
        out->height = (bits >> 14 & 0x3fff) + 1;
    } else if (HAS(b, 12, "VP8 ") && HAS(b, 23, "\x9d\x01\x2a")) {
        out->width = le(b, 26, 2) & 0x3fff;
        out->height = le(b, 28, 2) & 0x3fff;
    }
    return true;
}

struct box { // ISO 14496-12: size, type, content
    struct bytes content;
    size_t next;
};
static bool box_at(struct bytes b, size_t at, struct box *out) {
    if (at + 8 > b.n) return false;
    size_t size = be(b, at, 4), head = 8;
    if (size == 1) return false; // 64-bit sizes are beyond the limit anyway
    if (size == 0) size = b.n - at;
    if (size < head || size > b.n - at) return false;
    *out = (struct box){{b.p + at + head, size - head}, at + size};
    return true;
}
static bool find_box(struct bytes b, size_t skip, const char *type, struct bytes *out) {
    struct box box;
    for (size_t at = skip; box_at(b, at, &box); at = box.next)
        if (has(b, at + 4, type, 4)) {
            *out = box.content;
            return true;
        }
    return false;
}

static bool avif(struct bytes b, struct media_info *out) {
    struct bytes ftyp, meta, iprp, ipco;
    if (!HAS(b, 4, "ftyp") || !find_box(b, 0, "ftyp", &ftyp)) return false;
    bool brand = false;
    for (size_t at = 0; at + 4 <= ftyp.n && at < 256; at += 4)
        brand = brand || HAS(ftyp, at, "avif") || HAS(ftyp, at, "avis");
    if (!brand) return false;
    if (!find_box(b, 0, "meta", &meta) || !find_box(meta, 4, "iprp", &iprp) ||
        !find_box(iprp, 0, "ipco", &ipco))
        return true;
    struct box box;
    for (size_t at = 0; box_at(ipco, at, &box); at = box.next) {
        if (!HAS(ipco, at + 4, "ispe"))
            continue; // the largest: an image and its thumbnails or alpha
        uint64_t w = be(box.content, 4, 4), h = be(box.content, 8, 4); // a product of these fits
        if (w * h > (uint64_t)out->width * (uint64_t)out->height)
            out->width = (int64_t)w, out->height = (int64_t)h;
    }
    return true;
}

static const struct {
    bool (*is)(struct bytes, struct media_info *);
    const char *type, *ending;
} formats[] = {
    {jpeg, "image/jpeg", "jpg"}, {png, "image/png", "png"},    {webp, "image/webp", "webp"},
    {gif, "image/gif", "gif"},   {avif, "image/avif", "avif"},
};

static bool looks_like_svg(struct str s) {
    if (str_starts(s, S("\xEF\xBB\xBF"))) s = str_from(s, 3);
    s = str_trim(s);
    return s.n > 0 && s.p[0] == '<' && str_find(str_sub(s, 0, 4096), S("<svg")) != STR_NONE;
}

static const char *known_otherwise(struct bytes b) {
    static const struct {
        const char *magic;
        size_t n;
        const char *name;
    } others[] = {
        {"%PDF", 4, "a PDF document"},
        {"PK\3\4", 4, "a ZIP archive"},
        {"II*\0", 4, "a TIFF picture"},
        {"MM\0*", 4, "a TIFF picture"},
        {"BM", 2, "a BMP picture"},
        {"<!DOCTYPE", 9, "a web page"},
        {"<!doctype", 9, "a web page"},
        {"<html", 5, "a web page"},
        {"\x7f"
         "ELF",
         4, "a program"},
        {"MZ", 2, "a program"},
    };
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (has(b, 0, others[i].magic, others[i].n)) return others[i].name;
    return b.n == 0 ? "an empty file" : "of an unknown kind";
}

static bool check_size(const struct media_info *m, struct err *err) {
    if (m->width <= 0 || m->height <= 0 || m->width > INT32_MAX || m->height > INT32_MAX)
        return err_set(err, ERR_UNSUPPORTED,
                       "The picture is damaged: it does not say how large it is.");
    if (m->width > MEDIA_PIXELS_MAX / m->height)
        return err_set(err, ERR_TOO_LARGE,
                       "The picture has %lld × %lld pixels; at most 40 million are possible.",
                       (long long)m->width, (long long)m->height);
    return true;
}

bool media_inspect(struct arena *a, struct str s, struct media_info *out, struct err *err) {
    struct bytes b = {(const unsigned char *)s.p, s.n};
    *out = (struct media_info){0};
    if (s.n > MEDIA_BYTES_MAX)
        return err_set(err, ERR_TOO_LARGE, "The file is larger than 20 MiB; make it smaller.");
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        if (!formats[i].is(b, out)) continue;
        out->type = formats[i].type;
        out->ending = formats[i].ending;
        return check_size(out, err);
    }
    if (looks_like_svg(s)) return svg_inspect(a, s, out, err);
    return err_set(err, ERR_UNSUPPORTED,
                   "The file is %s, not a picture; use JPEG, PNG, WebP, AVIF, GIF or SVG.",
                   known_otherwise(b));
}
