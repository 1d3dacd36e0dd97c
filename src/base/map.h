// SPDX-License-Identifier: Apache-2.0
// A map from strings to pointers that keeps insertion order. Keys are not copied: they live at
// least as long as the map.
#pragma once
#include "base/arena.h"

struct map_entry {
    struct str key;
    void *value;
    uint64_t hash;
};
struct map {
    struct map_entry *v; // entries in insertion order, v[0..n)
    size_t n, cap;
    uint32_t *slots; // open addressing: entry index + 1
    size_t slot_count;
};
void *map_get(const struct map *m, struct str key); // NULL when absent
void map_set(struct arena *a, struct map *m, struct str key,
             void *value); // replaces; a {0} map is empty
