// SPDX-License-Identifier: Apache-2.0
// Variables: the slots of a frame, what shadows them, and what lies beneath (counters, data,
// globals).
#include "liquid/vm.h"

struct frame *frame_new(struct liquid_vm *vm, const struct liquid_template *t) {
    struct frame *f = vm->free_frames;
    if (f)
        vm->free_frames = f->free_next;
    else
        f = ARENA_NEW(vm->arena, struct frame);
    struct slot *slots = f->slots;
    uint32_t cap = f->slots_cap;
    if (cap < t->names_n) {
        cap = t->names_n + 8;
        slots = ARENA_ARRAY(vm->arena, struct slot, cap);
    } else if (slots) {
        memset(slots, 0, f->slots_n * sizeof *slots);
    }
    *f = (struct frame){.t = t, .slots = slots, .slots_n = t->names_n, .slots_cap = cap};
    return f;
}

void frame_free(struct liquid_vm *vm, struct frame *f) {
    f->free_next = vm->free_frames;
    vm->free_frames = f;
}

struct slot *frame_slot(struct liquid_vm *vm, uint32_t name) {
    return &vm->frame->slots[vm->map ? vm->map[name] : name];
}

struct str frame_name(const struct liquid_vm *vm, uint32_t name) {
    return vm->t->names[name].s;
}

static struct counter *counter_of(const struct frame *f, struct str name) {
    struct counter *c = f->counters;
    while (c && !str_eq(c->name, name)) c = c->next;
    return c;
}

static const struct liquid_value *find_global(const struct liquid_vm *vm, struct str name) {
    uint64_t hash = key_hash(name);
    const struct liquid_value *v = NULL;
    if (!vm->frame->isolated) v = map_find(vm->in->data, name, hash);
    if (!v || v->type == LIQUID_NIL) {
        const struct liquid_value *g = map_find(vm->in->globals, name, hash);
        if (g) v = g;
    }
    return v;
}

struct slot *frame_find(struct liquid_vm *vm, struct slot *s, struct str name) {
    const struct counter *c = counter_of(vm->frame, name);
    if (c) {
        s->v = liquid_int(c->value);
        s->state = SLOT_GLOBAL;
        return s;
    }
    const struct liquid_value *v = find_global(vm, name);
    s->v = v ? *v : liquid_nil();
    s->state = v ? SLOT_GLOBAL : SLOT_MISSING;
    return s;
}

static struct slot *slot_named(struct liquid_vm *vm, struct str name) {
    struct frame *f = vm->frame;
    uint32_t id = template_name(f->t, name, key_hash(name));
    if (id != NO_KEY) return &f->slots[id];
    for (size_t i = 0; i < f->extra.n; i++)
        if (str_eq(f->extra.v[i].s, name)) return &f->slots[f->t->names_n + i];
    return NULL;
}

struct liquid_value frame_lookup(struct liquid_vm *vm, struct str name, bool *found) {
    struct slot *s = slot_named(vm, name), other = {0};
    if (!s) s = &other;
    if (s->state == SLOT_UNKNOWN) frame_find(vm, s, name);
    *found = s->state != SLOT_MISSING;
    return s->v;
}

struct liquid_value liquid_lookup(struct liquid_vm *vm, struct str name) {
    bool found;
    return frame_lookup(vm, name, &found);
}

static size_t value_weight(struct liquid_value v) {
    if (liquid_is_text(v) || v.type == LIQUID_ARRAY) return v.n;
    return 1;
}

bool frame_assign(struct liquid_vm *vm, uint32_t name, struct liquid_value v) {
    struct slot *s = frame_slot(vm, name);
    if (s->base) {
        s->base->v = v;
        s->base->state = SLOT_LOCAL;
    } else {
        s->v = v;
        s->state = SLOT_LOCAL;
    }
    vm->assigned += value_weight(v);
    return vm->assigned <= vm->max_assigned || vm_fatal(vm, "Memory limits exceeded");
}

void slot_shadow(struct slot *s, struct store *keep, struct liquid_value v) {
    *keep = (struct store){s->v, s->base, s->state};
    if (!s->base) s->base = keep;
    s->v = v;
    s->state = SLOT_LOCAL;
}

void slot_unshadow(struct slot *s, const struct store *keep) {
    s->v = keep->v;
    s->base = keep->base;
    s->state = keep->state == SLOT_LOCAL ? SLOT_LOCAL : SLOT_UNKNOWN;
}

uint32_t frame_extra(struct liquid_vm *vm, struct str name) {
    struct frame *f = vm->frame;
    uint64_t hash = key_hash(name);
    uint32_t id = template_name(f->t, name, hash);
    if (id != NO_KEY) return id;
    for (size_t i = 0; i < f->extra.n; i++)
        if (str_eq(f->extra.v[i].s, name)) return f->t->names_n + (uint32_t)i;
    *VEC_PUSH(vm->arena, &f->extra) = (struct name_ref){name, hash};
    if (f->slots_n == f->slots_cap) {
        struct slot *slots = ARENA_ARRAY(vm->arena, struct slot, f->slots_cap * 2 + 8);
        if (f->slots_n) memcpy(slots, f->slots, f->slots_n * sizeof *slots);
        f->slots = slots;
        f->slots_cap = f->slots_cap * 2 + 8;
    }
    f->slots[f->slots_n] = (struct slot){0};
    return f->slots_n++;
}

const uint32_t *frame_map(struct liquid_vm *vm, const struct liquid_template *t) {
    if (t == vm->frame->t) return NULL;
    for (struct name_map *m = vm->frame->maps; m; m = m->next)
        if (m->t == t) return m->ids;
    struct name_map *m = ARENA_NEW(vm->arena, struct name_map);
    m->t = t;
    m->ids = ARENA_ARRAY(vm->arena, uint32_t, t->names_n + 1);
    for (uint32_t i = 0; i < t->names_n; i++) m->ids[i] = frame_extra(vm, t->names[i].s);
    m->next = vm->frame->maps;
    vm->frame->maps = m;
    return m->ids;
}

int64_t frame_count(struct liquid_vm *vm, uint32_t name, int by) {
    struct str s = frame_name(vm, name);
    struct counter *c = counter_of(vm->frame, s);
    if (!c) {
        c = ARENA_NEW(vm->arena, struct counter);
        *c = (struct counter){s, 0, vm->frame->counters};
        vm->frame->counters = c;
        const struct liquid_value *v =
            vm->frame->isolated ? NULL : map_find(vm->in->data, s, key_hash(s));
        if (v) c->value = liquid_to_int(*v, 0);
    }
    struct slot *slot = frame_slot(vm, name);
    if (slot->state != SLOT_LOCAL) slot->state = SLOT_UNKNOWN;
    c->value += by;
    return c->value - by;
}
