// SPDX-License-Identifier: Apache-2.0
// Digests. They name things (addresses of caches, of pictures); nothing here protects a secret.
#include "theme/digest.h"
#include "theme/filter_private.h"

enum { HASH_MAX = 64 };

static bool give_hex(struct liquid_call *c, const unsigned char *p, size_t n,
                     struct liquid_value *out) {
    struct buf b = call_buf(c);
    buf_hex(&b, p, n);
    return give_text(out, buf_str(&b));
}

#define DIGEST(name, algorithm)                                                                    \
    FILTER(name) {                                                                                 \
        unsigned char hash[HASH_MAX];                                                              \
        (void)err;                                                                                 \
        digest(algorithm, call_in(c), hash);                                                       \
        return give_hex(c, hash, digest_bytes(algorithm), out);                                    \
    }
#define HMAC(name, algorithm)                                                                      \
    FILTER(name) {                                                                                 \
        unsigned char hash[HASH_MAX];                                                              \
        (void)err;                                                                                 \
        digest_hmac(algorithm, call_arg(c, 0), call_in(c), hash);                                  \
        return give_hex(c, hash, digest_bytes(algorithm), out);                                    \
    }
DIGEST(md5, DIGEST_MD5)
DIGEST(sha1, DIGEST_SHA1)
DIGEST(sha256, DIGEST_SHA256)
DIGEST(blake3, DIGEST_BLAKE3)
HMAC(hmac_sha1, DIGEST_SHA1)
HMAC(hmac_sha256, DIGEST_SHA256)
