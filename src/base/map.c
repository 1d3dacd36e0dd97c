// SPDX-License-Identifier: Apache-2.0
#include "base/map.h"

#include "base/vec.h"

// Index into slots of key's entry, or of the free slot where it belongs.
static size_t map_slot(const struct map *m, struct str key, uint64_t hash) {
    size_t mask = m->slot_count - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        if (m->slots[i] == 0) return i;
        const struct map_entry *e = &m->v[m->slots[i] - 1];
        if (e->hash == hash && str_eq(e->key, key)) return i;
    }
}

void *map_get(const struct map *m, struct str key) {
    if (m->n == 0) return NULL;
    uint32_t slot = m->slots[map_slot(m, key, str_hash(key))];
    return slot ? m->v[slot - 1].value : NULL;
}

static void map_rehash(struct arena *a, struct map *m) {
    m->slot_count = m->slot_count ? m->slot_count * 2 : 16;
    m->slots = ARENA_ARRAY(a, uint32_t, m->slot_count);
    for (size_t i = 0; i < m->n; i++)
        m->slots[map_slot(m, m->v[i].key, m->v[i].hash)] = (uint32_t)(i + 1);
}

void map_set(struct arena *a, struct map *m, struct str key, void *value) {
    if (m->n >= m->slot_count / 2) map_rehash(a, m);
    uint64_t hash = str_hash(key);
    size_t slot = map_slot(m, key, hash);
    if (m->slots[slot]) {
        m->v[m->slots[slot] - 1].value = value;
        return;
    }
    ensure(m->n < UINT32_MAX - 1);
    if (m->n == m->cap) m->v = vec_grow(a, m->v, &m->cap, sizeof *m->v);
    m->v[m->n++] = (struct map_entry){key, value, hash};
    m->slots[slot] = (uint32_t)m->n;
}
