// SPDX-License-Identifier: Apache-2.0
#include "http/token.h"

#include "base/buf.h"

#include <sodium.h>

#define TOKEN_LENGTH 43 // 32 bytes in base64
#define MAC_TEXT_MAX 48 // 32 bytes in base64 and the NUL

static void ready(void) { ensure(sodium_init() >= 0); }

static struct str base64(struct arena *a, const unsigned char *p, size_t n) {
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, room);
    sodium_bin2base64(out, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (struct str){out, room - 1};
}

struct str token_new(struct arena *a, void (*random)(void *world, void *p, size_t n), void *world) {
    unsigned char b[32];
    ready();
    random(world, b, sizeof b);
    struct str token = base64(a, b, sizeof b);
    sodium_memzero(b, sizeof b);
    return token;
}

bool token_shaped(struct str token) {
    if (token.n != TOKEN_LENGTH) return false;
    for (size_t i = 0; i < token.n; i++) {
        char ch = token.p[i];
        if (!((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
              ch == '-' || ch == '_'))
            return false;
    }
    return true;
}

struct str token_hex(struct arena *a, void (*random)(void *world, void *p, size_t n), void *world,
                     size_t n) {
    unsigned char b[32];
    ensure(n <= sizeof b);
    ready();
    random(world, b, n);
    char *out = arena_alloc(a, n * 2 + 1);
    sodium_bin2hex(out, n * 2 + 1, b, n);
    sodium_memzero(b, sizeof b);
    return (struct str){out, n * 2};
}

struct str token_hash(struct arena *a, struct str token) {
    unsigned char h[crypto_generichash_BYTES];
    ready();
    crypto_generichash(h, sizeof h, (const unsigned char *)token.p, token.n, NULL, 0);
    char *out = arena_alloc(a, sizeof h * 2 + 1);
    sodium_bin2hex(out, sizeof h * 2 + 1, h, sizeof h);
    return (struct str){out, sizeof h * 2};
}

// The purpose's NUL goes in, so that no text can run on from one purpose into another.
static void mac(const struct secret_key *key, const char *purpose, struct str text,
                unsigned char out[32]) {
    crypto_generichash_state s;
    ready();
    crypto_generichash_init(&s, key->b, sizeof key->b, 32);
    crypto_generichash_update(&s, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&s, (const unsigned char *)text.p, text.n);
    crypto_generichash_final(&s, out, 32);
}

struct str token_mac(struct arena *a, const struct secret_key *key, const char *purpose,
                     struct str text) {
    unsigned char m[32];
    mac(key, purpose, text, m);
    return base64(a, m, sizeof m);
}

bool token_mac_ok(const struct secret_key *key, const char *purpose, struct str text,
                  struct str given) {
    unsigned char m[32];
    char wanted[MAC_TEXT_MAX];
    mac(key, purpose, text, m);
    sodium_bin2base64(wanted, sizeof wanted, m, sizeof m, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_eq_secret(str_c(wanted), given);
}

struct str secret_seal(struct arena *a, const struct secret_key *key, struct str plain,
                       const unsigned char nonce[24]) {
    size_t head = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    unsigned char *out = arena_alloc(a, head + plain.n + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    unsigned long long n = 0;
    ready();
    memcpy(out, nonce, head);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + head, &n, (const unsigned char *)plain.p,
                                               plain.n, NULL, 0, NULL, nonce, key->b);
    return base64(a, out, head + (size_t)n);
}

bool secret_open(struct arena *a, const struct secret_key *key, struct str sealed,
                 struct str *plain_out) {
    size_t head = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    struct str raw;
    unsigned long long n = 0;
    ready();
    if (!base64_decode(a, sealed, &raw) || raw.n < head + crypto_aead_xchacha20poly1305_ietf_ABYTES)
        return false;
    const unsigned char *in = (const unsigned char *)raw.p;
    unsigned char *out = arena_alloc(a, raw.n - head);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL, in + head, raw.n - head, NULL, 0,
                                                   in, key->b) != 0)
        return false;
    *plain_out = (struct str){(char *)out, (size_t)n};
    return true;
}
