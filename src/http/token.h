// SPDX-License-Identifier: Apache-2.0
// Unguessable tokens and keyed hashes (libsodium). Tokens are 32 bytes of the world's randomness in
// URL base64; the database keeps only their hash.
#pragma once
#include "base/arena.h"

struct secret_key {
    unsigned char b[32];
};
struct str token_new(struct arena *a, void (*random)(void *world, void *p, size_t n), void *world);
bool token_shaped(struct str token); // as token_new makes them: worth looking up
// n bytes (32 at most) in hex: keys that people copy or that stand in forms.
struct str token_hex(struct arena *a, void (*random)(void *world, void *p, size_t n), void *world,
                     size_t n);
struct str token_hash(struct arena *a, struct str token); // hex of BLAKE2b-256: what is stored
// Keyed BLAKE2b-256 in URL base64. The purpose keeps one use's codes from being valid in another.
// Compared in constant time.
struct str token_mac(struct arena *a, const struct secret_key *key, const char *purpose,
                     struct str text);
bool token_mac_ok(const struct secret_key *key, const char *purpose, struct str text,
                  struct str mac);
// Secrets at rest: XChaCha20-Poly1305; sealed is nonce and box in URL base64, so it fits a text
// column. A nonce (24 bytes of the world's randomness) is used once. secret_open is false when the
// key is another or a byte was changed.
struct str secret_seal(struct arena *a, const struct secret_key *key, struct str plain,
                       const unsigned char nonce[24]);
bool secret_open(struct arena *a, const struct secret_key *key, struct str sealed,
                 struct str *plain_out);
