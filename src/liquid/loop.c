// SPDX-License-Identifier: Apache-2.0
// for and tablerow at run time, and the objects that tell about them.
#include "liquid/vm.h"

static struct liquid_value forloop_field(const struct forloop *f, struct str key) {
    if (str_eq(key, S("index"))) return liquid_int(f->index + 1);
    if (str_eq(key, S("index0"))) return liquid_int(f->index);
    if (str_eq(key, S("first"))) return liquid_bool(f->index == 0);
    if (str_eq(key, S("last"))) return liquid_bool(f->index == f->length - 1);
    if (str_eq(key, S("length"))) return liquid_int(f->length);
    if (str_eq(key, S("rindex"))) return liquid_int(f->length - f->index);
    if (str_eq(key, S("rindex0"))) return liquid_int(f->length - f->index - 1);
    return liquid_nil();
}

static bool forloop_get(void *self, struct arena *a, struct str key, struct liquid_value *out,
                        struct err *err) {
    const struct forloop *f = self;
    (void)a;
    (void)err;
    *out = forloop_field(f, key);
    if (out->type != LIQUID_NIL) return true;
    if (str_eq(key, S("name")))
        *out = liquid_text(f->name);
    else if (str_eq(key, S("parentloop")) && f->parent)
        *out = forloop_value(f->parent);
    return true;
}

static bool tablerow_get(void *self, struct arena *a, struct str key, struct liquid_value *out,
                         struct err *err) {
    const struct forloop *f = self;
    (void)a;
    (void)err;
    *out = forloop_field(f, key);
    if (str_eq(key, S("row")))
        *out = liquid_int(f->row);
    else if (str_eq(key, S("col")))
        *out = liquid_int(f->col);
    else if (str_eq(key, S("col0")))
        *out = liquid_int(f->col - 1);
    else if (str_eq(key, S("col_first")))
        *out = liquid_bool(f->col == 1);
    else if (str_eq(key, S("col_last")))
        *out = liquid_bool(f->col == f->cols);
    return true;
}

static const struct liquid_object_type forloop_type = {.name = "Liquid::ForloopDrop",
                                                       .get = forloop_get};
static const struct liquid_object_type tablerow_type = {.name = "Liquid::TablerowloopDrop",
                                                        .get = tablerow_get};

struct forloop *forloop_new(struct liquid_vm *vm, struct str name, int64_t length) {
    struct forloop *f = ARENA_NEW(vm->arena, struct forloop);
    *f = (struct forloop){.name = name, .length = length, .row = 1, .col = 1};
    f->object = (struct liquid_object){&forloop_type, f};
    return f;
}

struct liquid_value forloop_value(const struct forloop *f) {
    return (struct liquid_value){.type = LIQUID_OBJECT, .object = &f->object};
}

struct keyed *keyed_get(struct liquid_vm *vm, struct keyed **list, struct liquid_value key) {
    for (struct keyed *k = *list; k; k = k->next, vm->steps--)
        if (k->key.type == key.type && value_equal(vm->arena, k->key, key)) return k;
    struct keyed *k = ARENA_NEW(vm->arena, struct keyed);
    *k = (struct keyed){.key = key, .next = *list};
    return *list = k;
}

struct span {
    int64_t from, to; // to < 0: no limit
    bool limited;
};

static bool loop_number(struct liquid_vm *vm, const struct loop_use *use, struct liquid_value v,
                        int64_t *out) {
    if (use->table) {
        if (v.type == LIQUID_BOOL || value_has_items(v))
            return liquid_error_set(vm->err, "invalid integer");
        *out = value_to_i(vm->arena, v);
        return true;
    }
    return value_to_integer(vm->arena, v, out) || liquid_error_set(vm->err, "invalid integer");
}

static bool loop_span(struct liquid_vm *vm, const struct loop_use *use,
                      const struct liquid_value *v, struct span *out) {
    int64_t limit;
    *out = (struct span){0};
    struct liquid_value l = use->has_limit ? *v++ : liquid_nil();
    struct liquid_value o = use->has_offset ? *v : liquid_nil();
    if (use->offset_continue)
        out->from = keyed_get(vm, &vm->reg.offsets, liquid_text(use->name))->number;
    else if (o.type != LIQUID_NIL)
        TRY(loop_number(vm, use, o, &out->from));
    if (!use->has_limit || (l.type == LIQUID_NIL && !use->table)) return true;
    TRY(loop_number(vm, use, l, &limit));
    out->limited = true;
    if (__builtin_add_overflow(limit, out->from, &out->to))
        out->to = limit < 0 ? INT64_MIN : INT64_MAX;
    return true;
}

static bool is_iterable(struct liquid_value v) {
    return value_is_list(v) || v.type == LIQUID_MAP || v.type == LIQUID_RANGE ||
           v.type == LIQUID_ROW || liquid_is_text(v);
}

static struct loop *loop_push(struct liquid_vm *vm, const struct loop_use *use) {
    struct loop *l = vm->free_loops;
    if (l)
        vm->free_loops = l->below;
    else
        l = ARENA_NEW(vm->arena, struct loop);
    *l = (struct loop){.use = use, .sp = vm->sp, .below = vm->loops};
    vm->loops = l;
    vm->loops_n++;
    return l;
}

static void loop_enter(struct liquid_vm *vm, struct loop *l, int64_t length, int64_t cols) {
    const struct loop_use *use = l->use;
    l->info = forloop_new(vm, use->name, length);
    if (use->table) {
        l->info->object.type = &tablerow_type;
        l->info->cols = cols;
        buf_put(vm->out, S("<tr class=\"row1\">\n"));
    } else {
        l->info->parent = vm->reg.forloops;
        vm->reg.forloops = l->info;
    }
    slot_shadow(frame_slot(vm, use->forloop), &l->forloop, forloop_value(l->info));
    slot_shadow(frame_slot(vm, use->var), &l->var, liquid_nil());
}

static bool loop_item(struct liquid_vm *vm, struct loop *l) {
    struct liquid_value item;
    if (l->items.type == LIQUID_ARRAY)
        item = l->items.items[l->at];
    else
        TRY(value_item(vm->arena, l->items, (size_t)l->at, &item, vm->err));
    struct slot *s = frame_slot(vm, l->use->var);
    s->v = item;
    s->state = SLOT_LOCAL;
    if (l->use->table) buf_fmt(vm->out, "<td class=\"col%lld\">", (long long)l->info->col);
    return true;
}

static void loop_over(struct liquid_vm *vm) {
    if (vm->loops->use->table) buf_put(vm->out, S("</tr>\n"));
    loop_end(vm);
}

bool loop_begin(struct liquid_vm *vm, const struct loop_use *use, bool *empty_out) {
    uint32_t args = 1u + use->has_limit + use->has_offset + use->has_cols;
    const struct liquid_value *v = vm->stack + vm->sp - args;
    struct liquid_value items = v[0];
    struct span span;
    int64_t cols = 0;
    *empty_out = true;
    vm->sp -= args;
    if (use->table && !liquid_truthy(items)) return true;
    TRY(loop_span(vm, use, v + 1, &span));
    if (use->has_cols) TRY(loop_number(vm, use, v[args - 1], &cols));
    size_t n = is_iterable(items) ? value_count(vm->arena, items, vm->err) : 0;
    if (vm->err->code != ERR_NONE) return false;
    int64_t count = n > INT64_MAX ? INT64_MAX : (int64_t)n;
    int64_t from = span.from > 0 ? span.from : 0, to = span.limited ? span.to : count;
    if (liquid_is_text(items)) from = 0, to = count; // a string is one item whatever is asked
    if (to > count) to = count;
    int64_t length = to > from ? to - from : 0;
    if (!use->has_cols) cols = length;
    if (!use->table)
        keyed_get(vm, &vm->reg.offsets, liquid_text(use->name))->number = span.from + length;
    if (!length && !use->table) return true;
    struct loop *l = loop_push(vm, use);
    l->items = items;
    l->step = use->reversed ? -1 : 1;
    l->at = use->reversed ? to - 1 : from;
    loop_enter(vm, l, length, cols);
    *empty_out = length == 0;
    if (length) return loop_item(vm, l);
    loop_over(vm);
    return true;
}

static void tablerow_close(struct liquid_vm *vm, struct forloop *f) {
    buf_put(vm->out, S("</td>"));
    bool last = f->index == f->length - 1, turn = f->col == f->cols;
    if (turn && !last) buf_fmt(vm->out, "</tr>\n<tr class=\"row%lld\">", (long long)f->row + 1);
    f->row += turn;
    f->col = turn ? 1 : f->col + 1;
}

bool loop_next(struct liquid_vm *vm, bool *more_out) {
    struct loop *l = vm->loops;
    vm->sp = l->sp;
    if (l->use->table) tablerow_close(vm, l->info);
    l->info->index++;
    l->at += l->step;
    *more_out = l->info->index < l->info->length;
    if (*more_out) return loop_item(vm, l);
    loop_over(vm);
    return true;
}

void loop_break(struct liquid_vm *vm) {
    vm->sp = vm->loops->sp;
    if (vm->loops->use->table) buf_put(vm->out, S("</td>"));
    loop_over(vm);
}

void loop_end(struct liquid_vm *vm) {
    struct loop *l = vm->loops;
    slot_unshadow(frame_slot(vm, l->use->var), &l->var);
    slot_unshadow(frame_slot(vm, l->use->forloop), &l->forloop);
    if (!l->use->table) vm->reg.forloops = l->info->parent;
    vm->loops = l->below;
    vm->loops_n--;
    l->below = vm->free_loops;
    vm->free_loops = l;
}
