// SPDX-License-Identifier: Apache-2.0
// kcheck.allow: lines `FILE:WHAT N`, comments after #.
#include "kcheck.h"

struct allowance {
    int64_t n, line;
    bool used;
};

static void bad_list(struct report *r, struct str path, int64_t line, struct str text) {
    report_add(r, (struct finding){.file = path, .line = line, .text = text});
}

static void read_list(struct report *r, struct str path, struct str list, struct map *allowed) {
    struct str line;
    for (int64_t number = 1; str_split(&list, '\n', &line); number++) {
        line = str_trim(str_sub(line, 0, str_find_char(line, '#')));
        if (!line.n) continue;
        size_t space = str_find_char(line, ' ');
        struct str key = str_sub(line, 0, space);
        struct allowance *a = ARENA_NEW(r->arena, struct allowance);
        a->line = number;
        if (space == STR_NONE || !str_to_int(str_trim(str_from(line, space)), &a->n)) {
            bad_list(r, path, number, S("this line is not `FILE:WHAT N`"));
        } else if (map_get(allowed, key)) {
            bad_list(r, path, number, S("this is listed twice"));
        } else {
            map_set(r->arena, allowed, key, a);
        }
    }
}

static bool is_allowed(struct report *r, const struct map *allowed, const struct finding *f) {
    if (!f->most) return false;
    struct str key = arena_fmt(r->arena, STR_FMT ":" STR_FMT, STR_ARG(f->file), STR_ARG(f->what));
    struct allowance *a = map_get(allowed, key);
    if (a) a->used = true;
    return a && f->n <= a->n && f->n <= f->most;
}

void apply_allowed(struct report *r, struct str list_path, struct str list) {
    struct report kept = {.arena = r->arena};
    struct map allowed = {0};
    read_list(&kept, list_path, list, &allowed);
    for (size_t i = 0; i < r->findings.n; i++)
        if (!is_allowed(r, &allowed, &r->findings.v[i])) report_add(&kept, r->findings.v[i]);
    for (size_t i = 0; i < allowed.n; i++) {
        const struct allowance *a = allowed.v[i].value;
        if (!a->used)
            bad_list(&kept, list_path, a->line,
                     arena_fmt(r->arena, STR_FMT " needs no exception any more: take it out",
                               STR_ARG(allowed.v[i].key)));
    }
    *r = kept;
}
