// SPDX-License-Identifier: Apache-2.0
#include "theme/digest.h"

#include <sodium.h>

#include "base/arena.h"

enum { BLOCK = 64, CHUNK = 1024, TREE = 54 };

static uint32_t left(uint32_t x, unsigned n) { return x << n | x >> (32 - n); }
static uint32_t right(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }
static uint32_t big_word(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static uint32_t little_word(const unsigned char *p) {
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

// Sines of 1 ... 64 (RFC 1321, 3.4).
static const uint32_t md5_sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static void md5_block(uint32_t *h, const unsigned char *p) {
    static const unsigned char turns[16] = {7, 12, 17, 22, 5, 9,  14, 20,
                                            4, 11, 16, 23, 6, 10, 15, 21};
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3];
    for (uint32_t i = 0; i < 64; i++) {
        uint32_t f, g, round = i / 16;
        if (round == 0)
            f = (b & c) | (~b & d), g = i;
        else if (round == 1)
            f = (d & b) | (~d & c), g = (5 * i + 1) % 16;
        else if (round == 2)
            f = b ^ c ^ d, g = (3 * i + 5) % 16;
        else
            f = c ^ (b | ~d), g = 7 * i % 16;
        f += a + md5_sines[i] + little_word(p + (size_t)4 * g);
        a = d, d = c, c = b, b += left(f, turns[round * 4 + i % 4]);
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d;
}

static void sha1_block(uint32_t *h, const unsigned char *p) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (size_t i = 0; i < 80; i++)
        w[i] = i < 16 ? big_word(p + 4 * i) : left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (size_t i = 0; i < 80; i++) {
        uint32_t f, k;
        if (i < 20)
            f = (b & c) | (~b & d), k = 0x5a827999;
        else if (i < 40)
            f = b ^ c ^ d, k = 0x6ed9eba1;
        else if (i < 60)
            f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc;
        else
            f = b ^ c ^ d, k = 0xca62c1d6;
        uint32_t t = left(a, 5) + f + e + k + w[i];
        e = d, d = c, c = left(b, 30), b = a, a = t;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

// ---- BLAKE3
static const uint32_t iv[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
enum { CHUNK_START = 1, CHUNK_END = 2, PARENT = 4, ROOT = 8 };

static void mix(uint32_t *s, size_t a, size_t b, size_t c, size_t d, uint32_t x, uint32_t y) {
    s[a] += s[b] + x, s[d] = right(s[d] ^ s[a], 16);
    s[c] += s[d], s[b] = right(s[b] ^ s[c], 12);
    s[a] += s[b] + y, s[d] = right(s[d] ^ s[a], 8);
    s[c] += s[d], s[b] = right(s[b] ^ s[c], 7);
}

static void blake3_compress(uint32_t *h, const uint32_t *block, uint64_t count, uint32_t n,
                            uint32_t flags) {
    static const unsigned char order[16] = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
    uint32_t m[16], next[16];
    uint32_t s[16] = {h[0],
                      h[1],
                      h[2],
                      h[3],
                      h[4],
                      h[5],
                      h[6],
                      h[7],
                      iv[0],
                      iv[1],
                      iv[2],
                      iv[3],
                      (uint32_t)count,
                      (uint32_t)(count >> 32),
                      n,
                      flags};
    memcpy(m, block, sizeof m);
    for (size_t round = 0; round < 7; round++) {
        for (size_t i = 0; i < 4; i++) mix(s, i, 4 + i, 8 + i, 12 + i, m[2 * i], m[2 * i + 1]);
        for (size_t i = 0; i < 4; i++)
            mix(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i],
                m[9 + 2 * i]);
        for (size_t i = 0; i < 16; i++) next[i] = m[order[i]];
        memcpy(m, next, sizeof m);
    }
    for (size_t i = 0; i < 8; i++) h[i] = s[i] ^ s[i + 8];
}

static void blake3_chunk(struct str text, uint64_t number, uint32_t root, uint32_t *h) {
    memcpy(h, iv, sizeof iv);
    for (size_t at = 0;; at += BLOCK) {
        unsigned char bytes[BLOCK] = {0};
        uint32_t block[16];
        size_t n = text.n - at < BLOCK ? text.n - at : BLOCK;
        bool last = at + n == text.n;
        if (n) memcpy(bytes, text.p + at, n);
        for (size_t i = 0; i < 16; i++) block[i] = little_word(bytes + 4 * i);
        uint32_t flags = (at ? 0 : CHUNK_START) | (last ? CHUNK_END | root : 0);
        blake3_compress(h, block, number, (uint32_t)n, flags);
        if (last) return;
    }
}

static void blake3_parent(const uint32_t *l, const uint32_t *r, uint32_t root, uint32_t *out) {
    uint32_t block[16];
    memcpy(block, l, 32);
    memcpy(block + 8, r, 32);
    memcpy(out, iv, sizeof iv);
    blake3_compress(out, block, 0, BLOCK, PARENT | root);
}

static void blake3(struct str text, uint32_t *h) {
    uint32_t tree[TREE][8]; // subtrees waiting for their right halves
    size_t waiting = 0, chunks = text.n ? (text.n + CHUNK - 1) / CHUNK : 1;
    for (size_t i = 0; i + 1 < chunks; i++) {
        blake3_chunk(str_sub(text, i * CHUNK, CHUNK), i, 0, h);
        for (size_t done = i + 1; done % 2 == 0; done /= 2) blake3_parent(tree[--waiting], h, 0, h);
        memcpy(tree[waiting++], h, 32);
    }
    blake3_chunk(str_from(text, (chunks - 1) * CHUNK), chunks - 1, chunks == 1 ? ROOT : 0, h);
    while (waiting) {
        waiting--;
        blake3_parent(tree[waiting], h, waiting ? 0 : ROOT, h);
    }
}

// ---- the two with a length at their end
static void blocks(enum digest_kind k, struct str text, uint32_t *h) {
    void (*each)(uint32_t *, const unsigned char *) = k == DIGEST_MD5 ? md5_block : sha1_block;
    const unsigned char *p = (const unsigned char *)text.p;
    size_t at = 0;
    for (; text.n - at >= BLOCK; at += BLOCK) each(h, p + at);
    unsigned char tail[2 * BLOCK] = {0};
    size_t rest = text.n - at, size = rest + 9 > BLOCK ? 2 * BLOCK : BLOCK;
    if (rest) memcpy(tail, p + at, rest);
    tail[rest] = 0x80;
    for (size_t i = 0; i < 8; i++) {
        unsigned char byte = (unsigned char)((uint64_t)text.n * 8 >> 8 * i);
        tail[k == DIGEST_MD5 ? size - 8 + i : size - 1 - i] = byte;
    }
    for (size_t i = 0; i < size; i += BLOCK) each(h, tail + i);
}

size_t digest_bytes(enum digest_kind k) {
    return k == DIGEST_MD5 ? 16 : k == DIGEST_SHA1 ? 20 : 32;
}

void digest(enum digest_kind k, struct str text, unsigned char *out) {
    static const uint32_t sha1_start[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                                           0xc3d2e1f0};
    uint32_t h[8] = {0};
    memcpy(h, sha1_start, sizeof sha1_start); // MD5 starts with the first four of them
    if (k == DIGEST_SHA256) {
        crypto_hash_sha256(out, (const unsigned char *)(text.p ? text.p : ""), text.n);
        return;
    }
    if (k == DIGEST_BLAKE3)
        blake3(text, h);
    else
        blocks(k, text, h);
    bool little = k == DIGEST_MD5 || k == DIGEST_BLAKE3;
    for (size_t i = 0; i < digest_bytes(k); i++) {
        size_t byte = little ? i % 4 : 3 - i % 4;
        out[i] = (unsigned char)(h[i / 4] >> 8 * byte);
    }
}

void digest_hmac(enum digest_kind k, struct str key, struct str text, unsigned char *out) {
    ensure(k != DIGEST_BLAKE3);
    struct arena a = {0};
    unsigned char pad[BLOCK] = {0}, inner[BLOCK + 32];
    if (key.n > BLOCK)
        digest(k, key, pad);
    else if (key.n)
        memcpy(pad, key.p, key.n);
    unsigned char *first = arena_alloc(&a, BLOCK + text.n);
    for (size_t i = 0; i < BLOCK; i++) {
        first[i] = pad[i] ^ 0x36;
        inner[i] = pad[i] ^ 0x5c;
    }
    if (text.n) memcpy(first + BLOCK, text.p, text.n);
    digest(k, (struct str){(char *)first, BLOCK + text.n}, inner + BLOCK);
    digest(k, (struct str){(char *)inner, BLOCK + digest_bytes(k)}, out);
    arena_done(&a);
}
