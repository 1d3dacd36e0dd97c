// SPDX-License-Identifier: Apache-2.0
// Unguessable tokens and keyed hashes (libsodium). Tokens are 32 bytes of the world's randomness in URL base64; the database
// keeps only their hash.
#pragma once
#include "base/arena.h"

struct secret_key {
    unsigned char b[32];
};
struct str token_new(struct arena *a, void (*random)(void *world, void *p, size_t n), void *world);
struct str token_hash(struct arena *a, struct str token); // hex of BLAKE2b-256: what is stored
struct str token_mac(struct arena *a, const struct secret_key *key, const char *purpose, struct str text);
bool token_mac_ok(const struct secret_key *key, const char *purpose, struct str text, struct str mac);
struct str secret_seal(struct arena *a, const struct secret_key *key, struct str plain, const unsigned char nonce[24]);
bool secret_open(struct arena *a, const struct secret_key *key, struct str sealed, struct str *plain_out);
