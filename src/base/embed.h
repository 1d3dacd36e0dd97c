// SPDX-License-Identifier: Apache-2.0
// Files compiled into the program by tools/mkembed: themes, desk assets, the demo shop. Tables are
// sorted by path, bytewise. data[size] is a NUL that does not count, so texts can be read as C
// strings.
#pragma once
#include "base/str.h"

struct embed {
    const char *path; // relative to the root that mkembed was given, with '/'
    const unsigned char *data;
    size_t size;
    const char *sha256; // hex, 64 digits: versioned URLs, integrity attributes and ETags
};
const struct embed *embed_find(const struct embed *table, size_t n,
                               struct str path); // NULL when absent
static inline struct str embed_str(const struct embed *e) {
    return (struct str){(const char *)e->data, e->size};
}
