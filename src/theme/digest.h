// SPDX-License-Identifier: Apache-2.0
// The digests that theme filters are documented with: MD5 (RFC 1321), SHA-1 (RFC 3174), SHA-256
// (FIPS 180-4), BLAKE3 (its paper, section 2), HMAC (RFC 2104). For names, not for secrets: those
// are http/token.h's.
#pragma once
#include "base/str.h"

enum digest_kind { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_BLAKE3 };
size_t digest_bytes(enum digest_kind k); // 16, 20, 32, 32
void digest(enum digest_kind k, struct str text, unsigned char *out);
// Not of BLAKE3, which has keys of its own (a bug).
void digest_hmac(enum digest_kind k, struct str key, struct str text, unsigned char *out);
