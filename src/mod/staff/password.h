// SPDX-License-Identifier: Apache-2.0
// Argon2id hashes of passwords (libsodium crypto_pwhash, interactive limits: 64 MiB, 2 passes).
#pragma once
#include "base/arena.h"

bool password_hash(struct arena *a, struct str password,
                   struct str *hash_out); // false: not enough memory
bool password_ok(struct str hash, struct str password);
void password_waste(
    struct str password); // the same work for an unknown account, so that time tells nothing
