// SPDX-License-Identifier: Apache-2.0
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "http/client_private.h"

static const struct {
    uint32_t net;
    int bits;
} SPECIAL4[] = {
    {0x00000000, 8},  // this network
    {0x0a000000, 8},  // private
    {0x64400000, 10}, // carrier NAT
    {0x7f000000, 8},  // loopback
    {0xa9fe0000, 16}, // link local, cloud metadata
    {0xac100000, 12}, // private
    {0xc0000000, 24}, // IETF protocol assignments
    {0xc0000200, 24}, // documentation
    {0xc0586300, 24}, // 6to4 relay
    {0xc0a80000, 16}, // private
    {0xc6120000, 15}, // benchmarks
    {0xc6336400, 24}, // documentation
    {0xcb007100, 24}, // documentation
    {0xe0000000, 3},  // multicast, reserved, broadcast
};

static const struct {
    unsigned char net[16];
    int bits;
} SPECIAL6[] = {
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, // documentation
    {{0x20, 0x01}, 23},             // protocol assignments, Teredo among them
    {{0x3f, 0xff}, 20},             // documentation
};

static bool public4(uint32_t host) {
    for (size_t i = 0; i < ARRAY_LEN(SPECIAL4); i++)
        if ((host ^ SPECIAL4[i].net) >> (32 - SPECIAL4[i].bits) == 0) return false;
    return true;
}

static bool in_net(const unsigned char *a, const unsigned char *net, int bits) {
    for (int i = 0; i < bits; i++)
        if ((a[i / 8] ^ net[i / 8]) & (0x80 >> (i % 8))) return false;
    return true;
}

static uint32_t four_at(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool public6(const unsigned char *a) {
    static const unsigned char MAPPED[16] = {[10] = 0xff, [11] = 0xff};
    static const unsigned char NAT64[16] = {0x00, 0x64, 0xff, 0x9b};
    static const unsigned char SIX_TO_FOUR[16] = {0x20, 0x02};
    if (in_net(a, MAPPED, 96) || in_net(a, NAT64, 96)) return public4(four_at(a + 12));
    if (in_net(a, SIX_TO_FOUR, 16)) return public4(four_at(a + 2));
    if ((a[0] & 0xe0) != 0x20) return false; // global unicast is 2000::/3
    for (size_t i = 0; i < ARRAY_LEN(SPECIAL6); i++)
        if (in_net(a, SPECIAL6[i].net, SPECIAL6[i].bits)) return false;
    return true;
}

bool address_is_public(const struct sockaddr *at) {
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    if (at->sa_family == AF_INET) {
        memcpy(&four, at, sizeof four);
        return public4(ntohl(four.sin_addr.s_addr));
    }
    if (at->sa_family != AF_INET6) return false;
    memcpy(&six, at, sizeof six);
    return public6(six.sin6_addr.s6_addr);
}
