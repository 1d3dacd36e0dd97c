// SPDX-License-Identifier: Apache-2.0
#include "mod/payment/epc.h"

#include <ctype.h>
#include <qrencode.h>

#include "base/buf.h"
#include "mod/payment/png.h"

#define PAYLOAD_MAX 331
#define VERSION_MAX 13
#define QUIET       4
#define PIXELS      6 // a module's side in the PNG
#define AMOUNT_MAX  INT64_C(99999999999)

struct str iban_compact(struct arena *a, struct str iban) {
    struct buf b = buf_new(a, 64);
    for (size_t i = 0; i < iban.n; i++)
        if (iban.p[i] != ' ') buf_char(&b, (char)toupper((unsigned char)iban.p[i]));
    return buf_str(&b);
}

struct str iban_shown(struct arena *a, struct str iban) {
    struct str s = iban_compact(a, iban);
    struct buf b = buf_new(a, 64);
    for (size_t i = 0; i < s.n; i++) {
        if (i > 0 && i % 4 == 0) buf_char(&b, ' ');
        buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

// ISO 7064 MOD 97-10 over the rearranged characters, letters as 10 to 35.
static int mod97(const char *s, size_t n) {
    int r = 0;
    for (size_t i = 0; i < n; i++) {
        char c = s[(i + 4) % n];
        int v = isdigit((unsigned char)c) ? c - '0' : c - 'A' + 10;
        r = (r * (v > 9 ? 100 : 10) + v) % 97;
    }
    return r;
}

bool iban_valid(struct str iban) {
    char s[35];
    size_t n = 0;
    for (size_t i = 0; i < iban.n; i++) {
        char c = (char)toupper((unsigned char)iban.p[i]);
        if (c == ' ') continue;
        if (!isalnum((unsigned char)c) || n == sizeof s - 1) return false;
        s[n++] = c;
    }
    bool form = n >= 15 && isalpha((unsigned char)s[0]) && isalpha((unsigned char)s[1]) &&
                isdigit((unsigned char)s[2]) && isdigit((unsigned char)s[3]);
    return form && mod97(s, n) == 1;
}

static bool refuse(struct err *err, const char *field, const char *why) {
    err_set(err, ERR_INVALID, "%s", why);
    return err_field(err, field);
}

static bool one_line(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20) return false;
    return true;
}

// ISO 9362: bank and country, place, and perhaps a branch.
static bool bic_ok(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!isalnum((unsigned char)s.p[i])) return false;
    return s.n == 0 || s.n == 8 || s.n == 11;
}

bool epc_payload(struct arena *a, const struct epc_transfer *t, struct str *out, struct err *err) {
    if (!iban_valid(t->iban)) return refuse(err, "iban", "The IBAN is not valid.");
    if (!bic_ok(t->bic)) return refuse(err, "bic", "A BIC has 8 or 11 letters and digits.");
    if (str_empty(t->name) || str_utf8_len(t->name) > 70 || !one_line(t->name))
        return refuse(err, "name", "The account holder must have 1 to 70 characters.");
    if (!currency_eq(t->amount.cur, EUR) || t->amount.minor < 1 || t->amount.minor > AMOUNT_MAX)
        return refuse(err, "amount", "A SEPA transfer carries 0.01 to 999,999,999.99 euro.");
    if (str_utf8_len(t->reference) > 140 || !one_line(t->reference))
        return refuse(err, "reference", "The payment reference must have at most 140 characters.");
    struct buf b = buf_new(a, PAYLOAD_MAX + 1);
    buf_put(&b, S("BCD\n002\n1\nSCT\n"));
    buf_put(&b, t->bic);
    buf_fmt(&b, "\n" STR_FMT "\n" STR_FMT "\nEUR" STR_FMT "\n\n\n" STR_FMT, STR_ARG(t->name),
            STR_ARG(iban_compact(a, t->iban)), STR_ARG(money_plain(a, t->amount)),
            STR_ARG(t->reference));
    if (!buf_ok(&b) || b.n > PAYLOAD_MAX)
        return refuse(err, "name", "The transfer's texts are too long for a QR code.");
    *out = buf_str(&b);
    return true;
}

static QRcode *encode(struct str payload, struct err *err) {
    QRcode *q =
        QRcode_encodeData((int)payload.n, (const unsigned char *)payload.p, 0, QR_ECLEVEL_M);
    if (q && q->version <= VERSION_MAX) return q;
    QRcode_free(q);
    err_set(err, ERR_TOO_LARGE, "The transfer's texts are too long for a QR code.");
    return NULL;
}

static bool dark(const QRcode *q, int x, int y) { return q->data[y * q->width + x] & 1; }

bool epc_qr_svg(struct arena *a, struct str payload, struct str *out, struct err *err) {
    QRcode *q = encode(payload, err);
    if (!q) return false;
    int side = q->width + 2 * QUIET;
    struct buf b = buf_new(a, 0);
    buf_fmt(&b,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
            "shape-rendering=\"crispEdges\">"
            "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
            side, side, side, side);
    for (int y = 0; y < q->width; y++)
        for (int x = 0; x < q->width; x++)
            if (dark(q, x, y)) buf_fmt(&b, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    buf_put(&b, S("\"/></svg>"));
    QRcode_free(q);
    *out = buf_str(&b);
    return true;
}

bool epc_qr_png(struct arena *a, struct str payload, struct str *out, struct err *err) {
    QRcode *q = encode(payload, err);
    if (!q) return false;
    size_t side = (size_t)(q->width + 2 * QUIET) * PIXELS, row = (side + 7) / 8;
    unsigned char *rows = arena_alloc(a, row * side);
    memset(rows, 0xff, row * side);
    for (size_t y = QUIET * PIXELS; y < side - QUIET * PIXELS; y++)
        for (size_t x = QUIET * PIXELS; x < side - QUIET * PIXELS; x++)
            if (dark(q, (int)(x / PIXELS) - QUIET, (int)(y / PIXELS) - QUIET))
                rows[y * row + x / 8] &= (unsigned char)~(0x80u >> (x % 8));
    *out = png_of_bits(a, &(struct png_bits){rows, (uint32_t)side, (uint32_t)side});
    QRcode_free(q);
    return true;
}
