// SPDX-License-Identifier: Apache-2.0
#include "liquid/pattern.h"

#define CODE_MAX 384
#define STEPS    200000

enum { ONE_OF, SPLIT, JUMP, SAVE, BOUNDARY, START, STOP, FOUND };
struct step { // jumps are relative, so code can be moved and copied
    uint8_t op, slot;
    int16_t first, second; // SPLIT tries first, then second
    uint64_t set[4];       // ONE_OF
};
struct program {
    struct step v[CODE_MAX];
    int n, groups;
    const char *p; // what is left of the pattern
};
struct search {
    const struct step *v;
    struct str text;
    size_t slot[2 * PATTERN_GROUPS + 2];
    int budget;
};

static struct step *add(struct program *c, uint8_t op) {
    ensure(c->n < CODE_MAX);
    c->v[c->n] = (struct step){.op = op};
    return &c->v[c->n++];
}

static void insert(struct program *c, int at, int first, int second) {
    ensure(c->n < CODE_MAX);
    memmove(c->v + at + 1, c->v + at, (size_t)(c->n - at) * sizeof c->v[0]);
    c->v[at] = (struct step){.op = SPLIT, .first = (int16_t)first, .second = (int16_t)second};
    c->n++;
}

static void set_range(uint64_t *set, unsigned from, unsigned to) {
    for (unsigned ch = from; ch <= to; ch++) set[ch >> 6] |= UINT64_C(1) << (ch & 63);
}

static bool in_set(const uint64_t *set, char ch) {
    unsigned u = (unsigned char)ch;
    return set[u >> 6] >> (u & 63) & 1;
}

static void set_escape(uint64_t *set, char ch) {
    uint64_t own[4] = {0};
    char low = ch == 'D' || ch == 'S' ? (char)(ch + 32) : ch;
    if (low == 'd')
        set_range(own, '0', '9');
    else if (low == 's')
        set_range(own, '\t', '\r'), set_range(own, ' ', ' ');
    else
        set_range(own, (unsigned char)ch, (unsigned char)ch);
    for (int i = 0; i < 4; i++) set[i] |= low == ch ? own[i] : ~own[i];
}

static void class_of(struct program *c, uint64_t *set) {
    bool negated = *c->p == '^';
    if (negated) c->p++;
    while (*c->p != ']') {
        if (*c->p == '\\') {
            set_escape(set, c->p[1]);
            c->p += 2;
        } else if (c->p[1] == '-' && c->p[2] != ']') {
            set_range(set, (unsigned char)c->p[0], (unsigned char)c->p[2]);
            c->p += 3;
        } else {
            set_range(set, (unsigned char)*c->p, (unsigned char)*c->p);
            c->p++;
        }
    }
    c->p++;
    for (int i = 0; negated && i < 4; i++) set[i] = ~set[i];
}

static void choice(struct program *c);

static void group(struct program *c) {
    bool plain = c->p[0] == '?';
    if (plain) c->p += 2; // ?:
    int slot = plain ? 0 : ++c->groups * 2;
    ensure(c->groups <= PATTERN_GROUPS);
    if (slot) add(c, SAVE)->slot = (uint8_t)slot;
    choice(c);
    c->p++; // )
    if (slot) add(c, SAVE)->slot = (uint8_t)(slot + 1);
}

static void atom(struct program *c) {
    char ch = *c->p++;
    if (ch == '(') {
        group(c);
    } else if (ch == '[') {
        struct step *s = add(c, ONE_OF);
        class_of(c, s->set);
    } else if (ch == '\\' && *c->p == 'b') {
        c->p++;
        add(c, BOUNDARY);
    } else if (ch == '\\') {
        set_escape(add(c, ONE_OF)->set, *c->p++);
    } else if (ch == '^' || ch == '$') {
        add(c, ch == '^' ? START : STOP);
    } else {
        set_range(add(c, ONE_OF)->set, (unsigned char)ch, (unsigned char)ch);
    }
}

static void again(struct program *c, int from, int size) { // appends a copy
    ensure(c->n + size <= CODE_MAX);
    memcpy(c->v + c->n, c->v + from, (size_t)size * sizeof c->v[0]);
    c->n += size;
}

static void counted(struct program *c, int from, int size) { // {n} or {n,m}
    int least = 0, most = 0;
    for (; *c->p >= '0' && *c->p <= '9'; c->p++) least = least * 10 + *c->p - '0';
    most = least;
    if (*c->p == ',')
        for (c->p++, most = 0; *c->p >= '0' && *c->p <= '9'; c->p++) most = most * 10 + *c->p - '0';
    c->p++; // }
    for (int i = 1; i < least; i++) again(c, from, size);
    for (int i = least; i < most; i++) {
        struct step *s = add(c, SPLIT);
        s->first = 1;
        s->second = (int16_t)((most - i) * (size + 1));
        again(c, from, size);
    }
}

static void repeated(struct program *c) {
    int from = c->n;
    atom(c);
    int size = c->n - from;
    char ch = *c->p;
    if (ch != '?' && ch != '*' && ch != '+' && ch != '{') return;
    c->p++;
    if (ch == '?') {
        insert(c, from, 1, size + 1);
    } else if (ch == '*') {
        insert(c, from, 1, size + 2);
        add(c, JUMP)->first = (int16_t)(-size - 1);
    } else if (ch == '+') {
        struct step *s = add(c, SPLIT);
        s->first = (int16_t)-size;
        s->second = 1;
    } else {
        counted(c, from, size);
    }
}

static void choice(struct program *c) {
    int from = c->n;
    while (*c->p && *c->p != '|' && *c->p != ')') repeated(c);
    if (*c->p != '|') return;
    c->p++;
    int size = c->n - from;
    insert(c, from, 1, size + 2);
    int jump = c->n;
    add(c, JUMP);
    choice(c);
    c->v[jump].first = (int16_t)(c->n - jump);
}

static bool word_at(struct str s, size_t i) {
    char ch = i < s.n ? s.p[i] : ' ';
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_' || (ch & 0x80);
}

static bool matches(struct search *m, int pc, size_t at) {
    for (;;) {
        const struct step *s = &m->v[pc];
        if (--m->budget < 0) return false;
        if (s->op == FOUND) {
            m->slot[1] = at;
            return true;
        }
        if (s->op == SPLIT) {
            if (matches(m, pc + s->first, at)) return true;
            pc += s->second;
            continue;
        }
        if (s->op == SAVE) {
            size_t before = m->slot[s->slot];
            m->slot[s->slot] = at;
            if (matches(m, pc + 1, at)) return true;
            m->slot[s->slot] = before;
            return false;
        }
        if (s->op == ONE_OF && (at >= m->text.n || !in_set(s->set, m->text.p[at++]))) return false;
        if (s->op == BOUNDARY && word_at(m->text, at) == (at > 0 && word_at(m->text, at - 1)))
            return false;
        if ((s->op == START && at > 0) || (s->op == STOP && at < m->text.n)) return false;
        pc += s->op == JUMP ? s->first : 1;
    }
}

bool pattern_find(const char *pattern, struct str text, struct pattern_match *out) {
    struct program c;
    c.n = c.groups = 0;
    c.p = pattern;
    choice(&c);
    ensure(!*c.p);
    add(&c, FOUND);
    struct search m = {.v = c.v, .text = text, .budget = STEPS};
    for (size_t i = 0; i <= text.n; i++) {
        for (size_t k = 0; k < ARRAY_LEN(m.slot); k++) m.slot[k] = STR_NONE;
        if (!matches(&m, 0, i)) continue;
        *out = (struct pattern_match){.whole = str_sub(text, i, m.slot[1] - i)};
        for (int g = 0; g < c.groups; g++) {
            size_t from = m.slot[2 * g + 2], end = m.slot[2 * g + 3];
            if (from != STR_NONE && end != STR_NONE)
                out->group[g] = str_sub(text, from, end - from);
        }
        return true;
    }
    return false;
}
