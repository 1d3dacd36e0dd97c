// SPDX-License-Identifier: Apache-2.0
// Any header: nothing but the right code for the body is believed. Input: header, a line feed,
// body.
#include "base/arena.h"
#include "base/fuzz.h"
#include "port/stripe_signature.h"

#define NOW (1700000000 * SECOND)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str rest = {(const char *)data, size}, header;
    if (size == 0) return 0;
    str_split(&rest, '\n', &header);
    struct stripe_signed s = {
        .header = header, .body = rest, .secrets = S("whsec_fuzz"), .now = NOW};
    if (stripe_signature_check(&s) ==
        STRIPE_SIGNED) { // then our own code for one of its times is in the header
        bool found = false;
        for (int64_t t = -300; t <= 300 && !found; t++) {
            struct str own = stripe_signature_make(&a, S("whsec_fuzz"), rest, NOW + t * SECOND);
            struct str mac = str_from(own, str_find(own, S("v1=")) + 3);
            for (size_t i = 0; i + mac.n <= header.n; i++)
                found |= str_eq_nocase(str_sub(header, i, mac.n), mac);
        }
        ensure(found);
    }
    struct str good = stripe_signature_make(&a, S("whsec_fuzz"), rest, NOW);
    s.header = good;
    ensure(stripe_signature_check(&s) == STRIPE_SIGNED);
    s.secrets = S("whsec_other");
    ensure(stripe_signature_check(&s) == STRIPE_FORGED);
    arena_done(&a);
    return 0;
}
