// SPDX-License-Identifier: Apache-2.0
#include "port/stripe_signature.h"

#include <sodium.h>

#include "base/buf.h"

#define MAC_BYTES crypto_auth_hmacsha256_BYTES
#define PARTS_MAX 32 // of the header; Stripe sends two to four

static void mac(struct str secret, struct str t, struct str body, unsigned char out[MAC_BYTES]) {
    crypto_auth_hmacsha256_state st;
    crypto_auth_hmacsha256_init(&st, (const unsigned char *)secret.p, secret.n);
    crypto_auth_hmacsha256_update(&st, (const unsigned char *)t.p, t.n);
    crypto_auth_hmacsha256_update(&st, (const unsigned char *)".", 1);
    crypto_auth_hmacsha256_update(&st, (const unsigned char *)body.p, body.n);
    crypto_auth_hmacsha256_final(&st, out);
}

static bool mac_parse(struct str hex, unsigned char out[MAC_BYTES]) {
    size_t n = 0;
    const char *end = NULL;
    if (hex.n != (size_t)MAC_BYTES * 2) return false;
    return sodium_hex2bin(out, MAC_BYTES, hex.p, hex.n, NULL, &n, &end) == 0 && n == MAC_BYTES &&
           end == hex.p + hex.n;
}

static bool time_of(struct str header, struct str *text_out, instant *out) {
    struct str rest = header, part;
    int64_t seconds;
    for (int i = 0; i < PARTS_MAX && str_split(&rest, ',', &part); i++) {
        part = str_trim(part);
        if (!str_starts(part, S("t="))) continue;
        *text_out = str_from(part, 2);
        if (!str_to_int(*text_out, &seconds) || seconds < 0 || seconds > INT64_C(1) << 40)
            return false;
        *out = seconds * SECOND;
        return true;
    }
    return false;
}

// Looks through all of the header, whether a match was found or not.
static bool fits(const struct stripe_signed *s, struct str t, struct str secret) {
    unsigned char want[MAC_BYTES], got[MAC_BYTES];
    struct str rest = s->header, part;
    bool found = false;
    mac(secret, t, s->body, want);
    for (int i = 0; i < PARTS_MAX && str_split(&rest, ',', &part); i++) {
        part = str_trim(part);
        if (str_starts(part, S("v1=")) && mac_parse(str_from(part, 3), got))
            found |= sodium_memcmp(want, got, MAC_BYTES) == 0;
    }
    return found;
}

enum stripe_signature stripe_signature_check(const struct stripe_signed *s) {
    struct str t = {0}, rest = s->secrets, secret;
    instant at = 0;
    bool signed_ = false;
    if (!time_of(s->header, &t, &at)) return STRIPE_UNREADABLE;
    while (str_split(&rest, ',', &secret)) {
        secret = str_trim(secret);
        if (!str_empty(secret)) signed_ |= fits(s, t, secret);
    }
    if (!signed_) return STRIPE_FORGED;
    return at > s->now + STRIPE_TOLERANCE || at < s->now - STRIPE_TOLERANCE ? STRIPE_STALE
                                                                            : STRIPE_SIGNED;
}

struct str stripe_signature_make(struct arena *a, struct str secret, struct str body, instant at) {
    unsigned char m[MAC_BYTES];
    struct buf b = buf_new(a, 0);
    struct str t = arena_fmt(a, "%lld", (long long)(at / SECOND));
    mac(secret, t, body, m);
    buf_fmt(&b, "t=" STR_FMT ",v1=", STR_ARG(t));
    buf_hex(&b, m, sizeof m);
    return buf_str(&b);
}
