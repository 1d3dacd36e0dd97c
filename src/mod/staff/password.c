// SPDX-License-Identifier: Apache-2.0
#include "mod/staff/password.h"

#include <sodium.h>

// Of a password nobody knows; only its cost matters.
static const char dummy[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                            "RdescudvJCsgt3ub+b+dWRWJTmaaJObG5hBvXv8Oj3g";

bool password_hash(struct arena *a, struct str password, struct str *hash_out) {
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(out, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return false;
    *hash_out = arena_str(a, str_c(out));
    return true;
}

bool password_ok(struct str hash, struct str password) {
    char stored[crypto_pwhash_STRBYTES] = {0};
    if (hash.n == 0 || hash.n >= sizeof stored) return false;
    memcpy(stored, hash.p, hash.n);
    return crypto_pwhash_str_verify(stored, password.p ? password.p : "", password.n) == 0;
}

void password_waste(struct str password) { (void)password_ok(S(dummy), password); }
