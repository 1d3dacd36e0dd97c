// SPDX-License-Identifier: Apache-2.0
// render, include and host tags at run time.
#include "liquid/vm.h"

static const struct liquid_template *partial_compile(struct liquid_vm *vm, struct str name,
                                                     struct str text) {
    struct liquid_options o = vm->t->options;
    const struct liquid_template *t;
    struct liquid_error e;
    struct err err = {0};
    o.name = name;
    if (liquid_compile(vm->arena, text, &o, &t, &e, &err)) return t;
    liquid_error_set(vm->err, STR_FMT, STR_ARG(e.message));
    return NULL;
}

static const struct liquid_template *partial_load(struct liquid_vm *vm, struct str name) {
    for (struct keyed *k = vm->partials; k; k = k->next)
        if (str_eq(liquid_str(k->key), name)) return k->t;
    const struct liquid_template *t = NULL;
    struct str text = {0};
    const struct liquid_host *h = vm->host;
    if (!h || !h->load) {
        liquid_error_set(vm->err, "This liquid context does not allow includes.");
        return NULL;
    }
    if (!h->load(h->self, vm->in->page, name, &t, &text)) {
        liquid_error_set(vm->err, "Could not find asset " STR_FMT, STR_ARG(name));
        return NULL;
    }
    if (!t) t = partial_compile(vm, arena_str(vm->arena, name), text);
    if (!t) return NULL;
    keyed_get(vm, &vm->partials, liquid_text(arena_str(vm->arena, name)))->t = t;
    return t;
}

static struct str base_name(struct str path) {
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/') return str_from(path, i + 1);
    return path;
}

struct caller { // what a partial changes and gives back
    const struct liquid_template *t;
    const uint32_t *map;
    struct frame *frame;
    struct registers reg;
    struct str name;
};

static struct caller caller_keep(const struct liquid_vm *vm) {
    return (struct caller){vm->t, vm->map, vm->frame, vm->reg, vm->template_name};
}

static void caller_restore(struct liquid_vm *vm, const struct caller *keep) {
    vm->t = keep->t;
    vm->map = keep->map;
    vm->frame = keep->frame;
    vm->reg = keep->reg;
    vm->template_name = keep->name;
}

static bool enter(struct liquid_vm *vm, int most) {
    if (vm->depth >= most) return liquid_error_set(vm->err, "Nesting too deep");
    vm->depth++;
    return true;
}

static void set_local(struct liquid_vm *vm, struct str name, struct liquid_value v) {
    uint32_t at = frame_extra(vm, name); // may move the slots
    struct slot *s = &vm->frame->slots[at];
    s->v = v;
    s->state = SLOT_LOCAL;
}

struct binding {
    struct str name;
    struct liquid_value value;
    bool given;
    struct forloop *forloop;
    const struct liquid_value *args;
};

static enum leave render_one(struct liquid_vm *vm, const struct partial_use *use,
                             const struct liquid_template *t, const struct binding *b) {
    struct caller keep = caller_keep(vm);
    struct frame *f = frame_new(vm, t);
    f->isolated = true;
    vm->frame = f;
    vm->map = NULL;
    vm->reg = (struct registers){0};
    vm->t = t;
    if (b->forloop) set_local(vm, S("forloop"), forloop_value(b->forloop));
    for (uint32_t i = 0; i < use->n; i++) set_local(vm, use->names[i], b->args[i]);
    if (b->given && b->value.type != LIQUID_NIL) set_local(vm, b->name, b->value);
    enum leave left = vm_run(vm, 0);
    frame_free(vm, f);
    caller_restore(vm, &keep);
    return left == LEAVE_FAIL ? left : LEAVE_END;
}

static bool is_each(struct liquid_value v) {
    return value_is_list(v) || v.type == LIQUID_RANGE || v.type == LIQUID_MAP;
}

static enum leave render_partial(struct liquid_vm *vm, const struct partial_use *use,
                                 const struct liquid_template *t, struct binding *b) {
    if (!use->is_for || !is_each(b->value)) return render_one(vm, use, t, b);
    struct liquid_value items = b->value;
    size_t n = value_count(vm->arena, items, vm->err);
    if (vm->err->code != ERR_NONE) return LEAVE_FAIL;
    b->forloop = forloop_new(vm, use->name, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        if (!vm_tick(vm) || !value_item(vm->arena, items, i, &b->value, vm->err) ||
            render_one(vm, use, t, b) == LEAVE_FAIL)
            return LEAVE_FAIL;
        b->forloop->index++;
    }
    return LEAVE_END;
}

struct shadowed {
    uint32_t slot;
    struct store store;
};

static void shadow(struct liquid_vm *vm, struct shadowed *s, struct str name,
                   struct liquid_value v) {
    s->slot = frame_extra(vm, name);
    slot_shadow(&vm->frame->slots[s->slot], &s->store, v);
}

static enum leave include_items(struct liquid_vm *vm, struct shadowed *target,
                                const struct binding *b) {
    if (b->value.type != LIQUID_ARRAY && b->value.type != LIQUID_ROWS) return vm_run(vm, 0);
    size_t n = value_count(vm->arena, b->value, vm->err);
    for (size_t i = 0; i < n; i++) {
        struct liquid_value item;
        if (!vm_tick(vm) || !value_item(vm->arena, b->value, i, &item, vm->err)) return LEAVE_FAIL;
        vm->frame->slots[target->slot].v = item;
        enum leave left = vm_run(vm, 0);
        if (left != LEAVE_END) return left;
    }
    return LEAVE_END;
}

static enum leave include_partial(struct liquid_vm *vm, const struct partial_use *use,
                                  const struct liquid_template *t, const struct binding *b) {
    struct caller keep = caller_keep(vm);
    struct shadowed *s = ARENA_ARRAY(vm->arena, struct shadowed, use->n + 1);
    for (uint32_t i = 0; i < use->n; i++) shadow(vm, &s[i], use->names[i], b->args[i]);
    shadow(vm, &s[use->n], b->name, b->value);
    vm->map = frame_map(vm, t);
    vm->t = t;
    enum leave left = include_items(vm, &s[use->n], b);
    vm->t = keep.t;
    vm->map = keep.map;
    for (uint32_t i = use->n + 1; i-- > 0;)
        slot_unshadow(&vm->frame->slots[s[i].slot], &s[i].store);
    return left;
}

static enum leave call_partial(struct liquid_vm *vm, const struct partial_use *use, struct str name,
                               struct binding *b) {
    const struct liquid_template *t = partial_load(vm, name);
    if (!t || !enter(vm, vm->max_depth - use->include)) return LEAVE_FAIL; // a scope is its own
    bool found;
    b->name = use->alias_name.p ? use->alias_name : base_name(name);
    if (use->include && !b->given) b->value = frame_lookup(vm, name, &found);
    struct str outer = vm->template_name;
    vm->template_name = name;
    // the values stay on the stack while the partial runs above them
    vm->sp += use->n;
    enum leave left = use->include ? include_partial(vm, use, t, b) : render_partial(vm, use, t, b);
    vm->sp -= use->n;
    vm->template_name = outer;
    vm->depth--;
    return left;
}

enum leave vm_partial(struct liquid_vm *vm, const struct partial_use *use) {
    struct str name = use->name;
    uint32_t values = use->n + use->has_with + use->include;
    struct liquid_value *v = vm->stack + vm->sp - values;
    struct binding b = {.given = use->has_with};
    if (use->include && vm->frame->isolated) {
        liquid_error_set(vm->err, "include usage is not allowed in this context");
        return LEAVE_FAIL;
    }
    if (use->include) {
        if (!liquid_is_text(*v)) {
            liquid_error_set(vm->err, "Argument error in tag 'include' - Illegal template name");
            return LEAVE_FAIL;
        }
        name = liquid_str(*v++);
    }
    if (use->has_with) b.value = *v++;
    b.args = v;
    vm->sp -= use->n;
    enum leave left = call_partial(vm, use, name, &b);
    if (left != LEAVE_FAIL) vm->sp -= values - use->n;
    return left;
}

struct tag_call {
    struct liquid_call c;
    const struct tag_use *use;
    enum leave left;
};

enum leave vm_tag(struct liquid_vm *vm, const struct tag_use *use) {
    uint32_t args = use->pos + use->named;
    struct liquid_value *v = vm->stack + vm->sp - args;
    struct tag_call call = {.use = use};
    call.c = (struct liquid_call){.arena = vm->arena,
                                  .self = use->tag->self,
                                  .page = vm->in->page,
                                  .out = vm->out,
                                  .args = {v, use->pos, use->names, v + use->pos, use->named},
                                  .raw = use->raw,
                                  .uid = use->uid,
                                  .autoescape = vm->t->options.autoescape,
                                  .vm = vm};
    if (use->tag->fn && !use->tag->fn(&call.c, vm->err)) return LEAVE_FAIL;
    if (vm->err->code != ERR_NONE) return LEAVE_FAIL;
    vm->sp -= args;
    return call.left;
}

static void locals_in(struct liquid_vm *vm, const struct liquid_map *locals, struct shadowed *s) {
    for (size_t i = 0; i < liquid_map_size(locals); i++) {
        struct str key;
        struct liquid_value v;
        liquid_map_entry(locals, i, &key, &v);
        shadow(vm, &s[i], key, v);
    }
}

bool liquid_body(struct liquid_call *c, struct liquid_map *locals, struct err *err) {
    struct liquid_vm *vm = c->vm;
    struct tag_call *call = (struct tag_call *)c;
    struct buf *out = vm->out;
    if (!call->use->body || call->left != LEAVE_END) return true;
    TRY(enter(vm, vm->max_depth));
    size_t n = locals ? liquid_map_size(locals) : 0;
    struct shadowed *s = ARENA_ARRAY(vm->arena, struct shadowed, n + 1);
    if (n) locals_in(vm, locals, s);
    vm->out = c->out; // a tag may have put a buffer of its own there
    enum leave left = vm_run(vm, call->use->body);
    vm->out = out;
    while (n-- > 0) slot_unshadow(&vm->frame->slots[s[n].slot], &s[n].store);
    vm->depth--;
    if (left == LEAVE_FAIL) {
        if (err != vm->err) *err = *vm->err;
        return false;
    }
    call->left = left;
    return vm_tick(vm);
}

static enum leave part_run(struct liquid_vm *vm, const struct liquid_template *t,
                           const struct liquid_map *locals) {
    struct caller keep = caller_keep(vm);
    struct frame *f = frame_new(vm, t);
    vm->frame = f;
    vm->map = NULL;
    vm->reg = (struct registers){0};
    vm->t = t;
    vm->template_name = t->options.name;
    for (size_t i = 0; locals && i < liquid_map_size(locals); i++) {
        struct str key;
        struct liquid_value v;
        liquid_map_entry(locals, i, &key, &v);
        set_local(vm, key, v);
    }
    enum leave left = vm_run(vm, 0);
    frame_free(vm, f);
    caller_restore(vm, &keep);
    return left;
}

bool liquid_part(struct liquid_call *c, const struct liquid_template *t, struct liquid_map *locals,
                 struct err *err) {
    struct liquid_vm *vm = c->vm;
    struct buf *out = vm->out;
    enum leave left = LEAVE_FAIL;
    if (vm_tick(vm) && enter(vm, vm->max_depth)) {
        vm->out = c->out;
        left = part_run(vm, t, locals);
        vm->out = out;
        vm->depth--;
    }
    if (left != LEAVE_FAIL) return true;
    if (err != vm->err) *err = *vm->err;
    return false;
}

struct liquid_value liquid_arg(const struct liquid_args *args, size_t i) {
    return i < args->pos_n ? args->pos[i] : liquid_nil();
}

static const struct liquid_value *named(const struct liquid_args *args, const char *name) {
    for (size_t i = 0; i < args->named_n; i++)
        if (str_eq(args->names[i], str_c(name))) return &args->named[i];
    return NULL;
}

struct liquid_value liquid_named(const struct liquid_args *args, const char *name) {
    const struct liquid_value *v = named(args, name);
    return v ? *v : liquid_nil();
}

bool liquid_has_named(const struct liquid_args *args, const char *name) {
    return named(args, name) != NULL;
}
