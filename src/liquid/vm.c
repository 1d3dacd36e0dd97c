// SPDX-License-Identifier: Apache-2.0
// The machine: one loop over the code. Failing operations go to the node that holds them, which
// prints the error and goes on after itself, or end the render.
#include <stdio.h>

#include "base/arena_raw.h"
#include "liquid/vm.h"

#define STACK_CAP     2048
#define STEPS_DEFAULT INT64_C(10000000)
#define CHECK_EVERY   4096
#define WEIGHT_SHIFT  6 // bytes and items that count as one step
#define MEMORY_MAX    ((size_t)128 << 20)

// True: its text is to be printed.
static bool tell(struct liquid_vm *vm, uint32_t line, struct str text) {
    const struct liquid_host *h = vm->host;
    return !h || !h->failed ||
           h->failed(h->self, vm->in->page, vm->t->options.name, (int)line, text);
}

bool vm_fatal(struct liquid_vm *vm, const char *message) {
    if (!vm->fatal) tell(vm, 0, str_c(message));
    vm->fatal = true;
    err_clear(vm->err);
    return err_set(vm->err, ERR_FULL, "%s", message);
}

bool vm_tick(struct liquid_vm *vm) {
    if (--vm->steps <= 0) return vm_fatal(vm, "Memory limits exceeded");
    if (!buf_ok(vm->out) || vm->out->n > vm->max_output)
        return vm_fatal(vm, "Memory limits exceeded");
    if (vm->steps < vm->next_check) {
        vm->next_check = vm->steps - CHECK_EVERY;
        if (vm->arena->total > vm->max_memory) return vm_fatal(vm, "Memory limits exceeded");
        if (vm->host && vm->host->expired && vm->host->expired(vm->host->self, vm->in->page))
            return vm_fatal(vm, "Time limit exceeded");
    }
    return true;
}

struct str vm_error_text(struct liquid_vm *vm, uint32_t line, const char *message) {
    if (vm->t->options.no_line_numbers || !line)
        return arena_fmt(vm->arena, "Liquid error: %s", message);
    struct str name = vm->template_name;
    return arena_fmt(vm->arena, "Liquid error (" STR_FMT "%sline %u): %s", STR_ARG(name),
                     name.n ? " " : "", line, message);
}

void capture_begin(struct liquid_vm *vm) {
    struct capture *c = ARENA_NEW(vm->arena, struct capture);
    *c = (struct capture){buf_new(vm->arena, vm->max_output), vm->out, vm->captures};
    vm->captures = c;
    vm->out = &c->buf;
    vm->captures_n++;
}

struct str capture_end(struct liquid_vm *vm) {
    struct capture *c = vm->captures;
    vm->out = c->outer;
    vm->captures = c->below;
    vm->captures_n--;
    if (!buf_ok(&c->buf)) vm->out->overflow = true;
    return buf_str(&c->buf);
}

struct base { // what an activation found when it began
    uint32_t entry, sp, loops, captures;
};

static const struct node *node_of(const struct liquid_template *t, uint32_t pc, uint32_t entry) {
    uint32_t low = 0, high = t->nodes_n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (t->nodes[mid].start <= pc)
            low = mid + 1;
        else
            high = mid;
    }
    while (low-- > 0)
        if (t->nodes[low].end > pc) return t->nodes[low].start >= entry ? &t->nodes[low] : NULL;
    return NULL;
}

// The failure is in vm->err. False: the render ends with it.
static bool recover(struct liquid_vm *vm, const struct base *b, uint32_t pc, uint32_t *resume) {
    const struct node *n = vm->fatal ? NULL : node_of(vm->t, pc, b->entry);
    if (!n) {
        vm->fatal = true;
        return false;
    }
    bool silent = vm->err->code == ERR_NOT_FOUND || n->blank;
    bool whole = strncmp(vm->err->message, "Liquid ", 7) == 0;
    struct str text = whole ? arena_str(vm->arena, str_c(vm->err->message))
                            : vm_error_text(vm, n->line, vm->err->message);
    vm->errors++;
    if (vm->in->error && vm->errors == 1)
        *vm->in->error = (struct liquid_error){false, (int)n->line, text};
    if (vm->in->raise) {
        vm->fatal = true;
        err_clear(vm->err);
        return err_set(vm->err, ERR_INVALID, STR_FMT, STR_ARG(text));
    }
    err_clear(vm->err);
    while (vm->loops_n > b->loops + n->loops) loop_end(vm);
    while (vm->captures_n > b->captures + n->captures) capture_end(vm);
    vm->sp = b->sp + n->stack;
    bool printed = tell(vm, n->line, text) && !silent;
    if (printed && vm->t->options.autoescape)
        buf_html(vm->out, text);
    else if (printed)
        buf_put(vm->out, text);
    *resume = n->end;
    return true;
}

static bool undefined(struct liquid_vm *vm, struct str name) {
    err_clear(vm->err);
    return err_set(vm->err, ERR_NOT_FOUND, "undefined variable " STR_FMT, STR_ARG(name));
}

static bool load(struct liquid_vm *vm, uint32_t name, struct liquid_value *out) {
    struct slot *s = frame_slot(vm, name);
    if (s->state == SLOT_UNKNOWN) frame_find(vm, s, frame_name(vm, name));
    if (s->state == SLOT_MISSING && vm->in->strict_variables)
        return undefined(vm, frame_name(vm, name));
    *out = s->v;
    return true;
}

static bool prop(struct liquid_vm *vm, struct liquid_value *v, const struct const_key *key) {
    struct liquid_value out;
    if (v->type == LIQUID_MAP && key->hash) { // by far the most
        const struct liquid_value *found = map_find(v->map, liquid_str(key->v), key->hash);
        if (found) {
            *v = *found;
            return true;
        }
    }
    TRY(value_prop(vm->arena, *v, key, true, &out, vm->err));
    if (out.type == LIQUID_NIL && vm->in->strict_variables && v->type != LIQUID_OBJECT &&
        liquid_is_text(key->v))
        return undefined(vm, liquid_str(key->v));
    *v = out;
    return true;
}

static bool index_op(struct liquid_vm *vm) {
    struct const_key key = {vm->stack[vm->sp - 1], 0};
    struct liquid_value *v = &vm->stack[vm->sp - 2];
    vm->sp--;
    struct liquid_value out;
    TRY(value_prop(vm->arena, *v, &key, false, &out, vm->err));
    *v = out;
    return true;
}

static bool self_op(struct liquid_vm *vm, uint32_t name, uint32_t key) {
    struct slot *s = frame_slot(vm, name);
    if (s->state == SLOT_UNKNOWN) frame_find(vm, s, frame_name(vm, name));
    struct const_key k = {key == NO_KEY ? vm->stack[--vm->sp] : vm->t->consts[key].v, 0};
    bool found;
    struct liquid_value out;
    if (s->state != SLOT_MISSING)
        TRY(value_prop(vm->arena, s->v, &k, true, &out, vm->err));
    else
        out = liquid_is_text(k.v) ? frame_lookup(vm, liquid_str(k.v), &found) : liquid_nil();
    vm->stack[vm->sp++] = out;
    return true;
}

static bool range_end(struct liquid_vm *vm, struct liquid_value v, int64_t *out) {
    if (v.type == LIQUID_NIL || liquid_is_text(v) || v.type == LIQUID_INT) {
        *out = value_to_i(vm->arena, v);
        return true;
    }
    return value_to_integer(vm->arena, v, out) || liquid_error_set(vm->err, "invalid integer");
}

static bool range_op(struct liquid_vm *vm) {
    int64_t first, last;
    TRY(range_end(vm, vm->stack[vm->sp - 2], &first));
    TRY(range_end(vm, vm->stack[vm->sp - 1], &last));
    vm->stack[--vm->sp - 1] = liquid_range(vm->arena, first, last);
    return true;
}

static bool arity(struct liquid_vm *vm, const struct std_filter *f, uint32_t given) {
    if (given >= f->least && given <= f->most) return true;
    if (f->least == f->most)
        return liquid_error_set(vm->err, "wrong number of arguments (given %u, expected %d)",
                                given + 1, f->least + 1);
    return liquid_error_set(vm->err, "wrong number of arguments (given %u, expected %d..%d)",
                            given + 1, f->least + 1, f->most + 1);
}

// A standard filter sees named arguments as one more argument, a hash.
static void named_as_hash(struct liquid_vm *vm, const struct filter_use *f, struct liquid_args *a) {
    struct liquid_value *v = ARENA_ARRAY(vm->arena, struct liquid_value, f->pos + 1);
    struct liquid_map *m = liquid_map_new(vm->arena);
    if (f->pos) memcpy(v, a->pos, f->pos * sizeof *v);
    for (uint32_t i = 0; i < f->named; i++) liquid_set_str(m, a->names[i], a->named[i]);
    v[f->pos] = liquid_of_map(m);
    a->pos = v;
    a->pos_n = f->pos + 1;
}

// Work on long texts and arrays counts for more than one step.
static int64_t weight(struct liquid_value v) {
    return liquid_is_text(v) || v.type == LIQUID_ARRAY ? v.n >> WEIGHT_SHIFT : 0;
}

static bool filter_op(struct liquid_vm *vm, const struct filter_use *f) {
    uint32_t args = f->pos + f->named;
    struct liquid_value *v = vm->stack + vm->sp - args, out = liquid_nil();
    vm->sp -= args;
    if (!f->std && !f->host) {
        if (!vm->in->strict_filters) return true;
        return err_set(vm->err, ERR_NOT_FOUND, "undefined filter " STR_FMT, STR_ARG(f->name));
    }
    struct liquid_call c = {.arena = vm->arena,
                            .page = vm->in->page,
                            .input = v[-1],
                            .args = {v, f->pos, f->names, v + f->pos, f->named},
                            .autoescape = vm->t->options.autoescape,
                            .vm = vm};
    TRY(vm_tick(vm));
    if (f->host) {
        c.self = f->host->self;
        TRY(f->host->fn(&c, &out, vm->err));
    } else {
        TRY(arity(vm, f->std, f->pos + (f->named > 0)));
        if (f->named) named_as_hash(vm, f, &c.args);
        TRY(f->std->fn(&c, &out, vm->err));
    }
    vm->stack[vm->sp - 1] = out;
    vm->steps -= weight(c.input) + weight(out);
    if (vm->arena->total > vm->max_memory) return vm_fatal(vm, "Memory limits exceeded");
    return vm->err->code == ERR_NONE;
}

static void print(struct liquid_vm *vm, struct liquid_value v) {
    bool escape = vm->t->options.autoescape;
    if (v.type == LIQUID_STRING) {
        if (escape && !v.literal)
            buf_html(vm->out, liquid_str(v));
        else
            buf_put(vm->out, liquid_str(v));
        return;
    }
    if (v.type == LIQUID_NIL) return;
    struct print p = {vm->out, vm->arena, vm, escape};
    value_print(&p, v);
}

static uint32_t cycle_op(struct liquid_vm *vm, const struct cycle_use *use) {
    struct liquid_value key = use->named ? vm->stack[--vm->sp] : liquid_text(use->key);
    struct keyed **list = &vm->reg.cycles;
    if (!use->named) key.literal = 1; // apart from a name of the same letters
    struct keyed *k = *list;
    while (k && !(k->key.type == key.type && k->key.literal == key.literal &&
                  value_equal(vm->arena, k->key, key)))
        k = k->next, vm->steps--;
    if (!k) {
        k = ARENA_NEW(vm->arena, struct keyed);
        *k = (struct keyed){.key = key, .next = *list};
        *list = k;
    }
    uint32_t i = k->number < use->n ? (uint32_t)k->number : use->n;
    k->number = k->number + 1 >= use->n ? 0 : k->number + 1;
    return use->starts[i];
}

static bool capture_assign(struct liquid_vm *vm, uint32_t name) {
    struct str s = capture_end(vm);
    return frame_assign(vm, name, vm->t->options.autoescape ? liquid_html(s) : liquid_text(s));
}

static void changed(struct liquid_vm *vm) {
    struct str s = capture_end(vm);
    if (vm->reg.has_changed && str_eq(vm->reg.changed, s)) return;
    vm->reg.has_changed = true;
    vm->reg.changed = s;
    buf_put(vm->out, s);
}

static void count(struct liquid_vm *vm, uint32_t name, int by) {
    int64_t before = frame_count(vm, name, by);
    buf_int(vm->out, by > 0 ? before : before + by);
}

static bool compare(struct liquid_vm *vm, uint32_t op, bool *out) {
    vm->sp -= 2;
    struct liquid_value *v = vm->stack + vm->sp;
    if (op == CMP_EQ && v[0].type == LIQUID_INT && v[1].type == LIQUID_INT) {
        *out = v[0].integer == v[1].integer;
        return true;
    }
    vm->steps -= weight(v[0]);
    return value_compare(vm->arena, (enum compare)op, v[0], v[1], out, vm->err);
}

static bool bad_compare(struct liquid_vm *vm, uint32_t k) {
    return liquid_error_set(vm->err, "Unknown operator " STR_FMT,
                            STR_ARG(liquid_str(vm->t->consts[k].v)));
}

static bool when_test(struct liquid_vm *vm) {
    struct liquid_value *v = vm->stack + --vm->sp; // v[-3] value, v[-2] matched, v[-1] count
    v[-1].integer += value_equal(vm->arena, v[-3], v[0]);
    return true;
}

static bool when_round(struct liquid_vm *vm) {
    struct liquid_value *v = vm->stack + vm->sp;
    if (v[-1].integer-- == 0) {
        vm->sp--;
        return false;
    }
    v[-2] = liquid_bool(true);
    return true;
}

static bool dynvar(struct liquid_vm *vm) {
    struct liquid_value *v = &vm->stack[vm->sp - 1];
    bool found = false;
    struct str name = liquid_str(*v);
    *v = liquid_is_text(*v) ? frame_lookup(vm, name, &found) : liquid_nil();
    return found || !vm->in->strict_variables || undefined(vm, name);
}

static bool after_call(enum leave left, uint32_t *pc, const uint32_t *tail) {
    if (left == LEAVE_FAIL) return false;
    *pc = left == LEAVE_BREAK ? tail[1] : left == LEAVE_CONTINUE ? tail[2] : tail[0];
    return true;
}

static bool flow(struct liquid_vm *vm, uint32_t word, uint32_t *pc) {
    const struct liquid_template *t = vm->t;
    const uint32_t *code = t->code;
    uint32_t a = word >> 8;
    switch (word & 0xff) {
    case OP_CASE:
        vm->stack[vm->sp++] = liquid_bool(false);
        return true;
    case OP_WHEN:
        vm->stack[vm->sp++] = liquid_int(0);
        return true;
    case OP_WHEN_TEST:
        return when_test(vm);
    case OP_WHEN_LOOP:
        *pc = when_round(vm) ? *pc + 1 : code[*pc];
        return true;
    case OP_CASE_ELSE:
        *pc = vm->stack[vm->sp - 1].boolean ? code[*pc] : *pc + 1;
        return true;
    case OP_CASE_END:
        vm->sp -= 2;
        return true;
    case OP_PARTIAL:
        return vm_tick(vm) && after_call(vm_partial(vm, &t->partials[a]), pc, code + *pc);
    case OP_TAG:
        return vm_tick(vm) && after_call(vm_tag(vm, &t->tags[a]), pc, code + *pc);
    default:
        base_bug("opcode", __FILE__, __LINE__);
    }
}

// Operations that are not in every line of a template.
static bool rare(struct liquid_vm *vm, uint32_t word, uint32_t *pc) {
    const struct liquid_template *t = vm->t;
    const uint32_t *code = t->code;
    uint32_t a = word >> 8;
    bool flag;
    switch (word & 0xff) {
    case OP_NOP:
        return true;
    case OP_DYNVAR:
        return dynvar(vm);
    case OP_SELF:
        return self_op(vm, a, code[(*pc)++]);
    case OP_INDEX:
        return index_op(vm);
    case OP_RANGE:
        return range_op(vm);
    case OP_CMP:
        TRY(compare(vm, a, &flag));
        vm->stack[vm->sp++] = liquid_bool(flag);
        return true;
    case OP_CMP_BAD:
        return bad_compare(vm, a);
    case OP_CAPTURE:
    case OP_CHANGED:
        capture_begin(vm);
        return true;
    case OP_CAPTURE_END:
        return capture_assign(vm, a);
    case OP_CHANGED_END:
        changed(vm);
        return true;
    case OP_COUNT_UP:
        count(vm, a, 1);
        return true;
    case OP_COUNT_DOWN:
        count(vm, a, -1);
        return true;
    case OP_CYCLE:
        *pc = cycle_op(vm, &t->cycles[a]);
        return true;
    case OP_FOR:
        TRY(loop_begin(vm, &t->loops[a], &flag));
        *pc = flag ? code[*pc] : *pc + 1;
        return true;
    case OP_BREAK:
        loop_break(vm);
        *pc = code[*pc];
        return true;
    default:
        return flow(vm, word, pc);
    }
}

// One operation; left_out is set by those that end the activation.
static inline bool step(struct liquid_vm *vm, uint32_t *pc, int *left_out) {
    const struct liquid_template *t = vm->t;
    const uint32_t *code = t->code;
    struct liquid_value *stack = vm->stack;
    uint32_t word = code[(*pc)++], a = word >> 8;
    bool flag;
    switch (word & 0xff) {
    case OP_TEXT:
        buf_put(vm->out, t->texts[a]);
        return true;
    case OP_CONST:
        stack[vm->sp++] = t->consts[a].v;
        return true;
    case OP_VAR:
        return load(vm, a, &stack[vm->sp++]);
    case OP_VAR_PROP:
        TRY(load(vm, a, &stack[vm->sp++]));
        return prop(vm, &stack[vm->sp - 1], &t->consts[code[(*pc)++]]);
    case OP_PROP:
        return prop(vm, &stack[vm->sp - 1], &t->consts[a]);
    case OP_FILTER:
        return filter_op(vm, &t->filters[a]);
    case OP_OUT:
        print(vm, stack[--vm->sp]);
        return true;
    case OP_ASSIGN:
        return frame_assign(vm, a, stack[--vm->sp]);
    case OP_JUMP:
        *pc = code[*pc];
        return true;
    case OP_JUMP_FALSE:
        *pc = liquid_truthy(stack[--vm->sp]) ? *pc + 1 : code[*pc];
        return true;
    case OP_JUMP_TRUE:
        *pc = liquid_truthy(stack[--vm->sp]) ? code[*pc] : *pc + 1;
        return true;
    case OP_CMP_JUMP_FALSE:
        TRY(compare(vm, a, &flag));
        *pc = flag ? *pc + 1 : code[*pc];
        return true;
    case OP_NEXT:
        TRY(vm_tick(vm) && loop_next(vm, &flag));
        *pc = flag ? code[*pc] : *pc + 1;
        return true;
    case OP_END:
        *left_out = LEAVE_END;
        return true;
    case OP_LEAVE:
        *left_out = (int)a;
        return true;
    default:
        return rare(vm, word, pc);
    }
}

#define RUNNING (-1)

enum leave vm_run(struct liquid_vm *vm, uint32_t entry) {
    const struct base base = {entry, vm->sp, vm->loops_n, vm->captures_n};
    uint32_t pc = entry;
    int left = RUNNING;
    if (vm->sp + vm->t->max_stack + 8 > vm->stack_cap) {
        vm_fatal(vm, "Nesting too deep");
        return LEAVE_FAIL;
    }
    while (left == RUNNING) {
        uint32_t at = pc;
        bool ok = step(vm, &pc, &left);
        if (__builtin_expect(!ok, 0) && !recover(vm, &base, at, &pc)) left = LEAVE_FAIL;
    }
    vm->sp = base.sp;
    return (enum leave)left;
}

static struct liquid_vm vm_new(const struct liquid_template *t, const struct liquid_render_in *in,
                               struct buf *out, struct err *err) {
    const struct liquid_limits *l = &in->limits;
    size_t output = l->output ? l->output : BUF_MAX_DEFAULT;
    return (struct liquid_vm){
        .in = in,
        .host = t->options.host,
        .arena = in->arena,
        .out = out,
        .stack = arena_raw(in->arena, STACK_CAP * sizeof(struct liquid_value)),
        .stack_cap = STACK_CAP,
        .t = t,
        .steps = l->steps ? l->steps : STEPS_DEFAULT,
        .max_depth = l->depth ? l->depth : 100,
        .max_assigned = l->assigns ? l->assigns : (size_t)64 << 20,
        .max_output = out->n + output,
        .max_memory = in->arena->total + MEMORY_MAX,
        .err = err,
    };
}

bool liquid_render(const struct liquid_template *t, const struct liquid_render_in *in,
                   struct buf *out, struct err *err) {
    struct err own = {0};
    struct liquid_vm vm = vm_new(t, in, out, &own);
    vm.frame = frame_new(&vm, t);
    enum leave left = vm_run(&vm, 0);
    while (vm.captures) capture_end(&vm);
    if (left != LEAVE_FAIL && (!buf_ok(out) || out->n > vm.max_output)) {
        vm_fatal(&vm, "Memory limits exceeded");
        left = LEAVE_FAIL;
    }
    if (in->error_count) *in->error_count = vm.errors + (left == LEAVE_FAIL && !vm.errors);
    if (left == LEAVE_FAIL && in->error && !vm.errors)
        *in->error =
            (struct liquid_error){false, 0, arena_fmt(in->arena, "Liquid error: %s", own.message)};
    return left != LEAVE_FAIL || err_set(err, own.code, "%s", own.message);
}
