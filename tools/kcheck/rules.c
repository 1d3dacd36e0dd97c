// SPDX-License-Identifier: Apache-2.0
#include "kcheck.h"

enum {
    FUNCTION_LINES = 60,
    FUNCTION_MOST = 100,
    FILE_LINES = 600,
    FILE_MOST = 1000,
    HEADER_LINES = 150,
    HEADER_MOST = 200,
    LINE_CHARS = 100,
    LINE_MOST = 120,
};

// Rooms by rank: a file includes its own room and rooms of a lower rank.
static const struct {
    struct str room;
    int rank;
} rooms[] = {
    {S_INIT("base"), 0},  {S_INIT("db"), 1},   {S_INIT("http"), 2}, {S_INIT("liquid"), 3},
    {S_INIT("theme"), 4}, {S_INIT("core"), 5}, {S_INIT("mod"), 6},  {S_INIT("port"), 7},
    {S_INIT("flow"), 8},  {S_INIT("shop"), 9}, {S_INIT("desk"), 9}, {S_INIT("api"), 9},
    {S_INIT("main"), 10},
};

// Calls that nobody makes, and those that only src/main, the world, tools and tests make.
static const struct {
    struct str name, why;
    bool world_may;
} banned[] = {
    {S_INIT("strcpy"), S_INIT("it knows no end: use str, buf or arena_str"), false},
    {S_INIT("strcat"), S_INIT("it knows no end: use buf"), false},
    {S_INIT("sprintf"), S_INIT("it knows no end: use buf_fmt or snprintf"), false},
    {S_INIT("vsprintf"), S_INIT("it knows no end: use buf_fmt or vsnprintf"), false},
    {S_INIT("gets"), S_INIT("it knows no end"), false},
    {S_INIT("strtok"), S_INIT("it keeps state: use str_split"), false},
    {S_INIT("atoi"), S_INIT("it hides errors: use str_to_int"), false},
    {S_INIT("atol"), S_INIT("it hides errors: use str_to_int"), false},
    {S_INIT("atof"), S_INIT("money and measures are exact: use base/decimal.h"), false},
    {S_INIT("strtod"), S_INIT("money and measures are exact: use base/decimal.h"), false},
    {S_INIT("strtof"), S_INIT("money and measures are exact: use base/decimal.h"), false},
    {S_INIT("setlocale"), S_INIT("it changes the whole process: use core/i18n"), false},
    {S_INIT("alloca"), S_INIT("it has no limit: use an arena"), false},
    {S_INIT("localtime"), S_INIT("it keeps state: use core/i18n"), false},
    {S_INIT("localtime_r"), S_INIT("it knows one zone only: use core/i18n"), false},
    {S_INIT("gmtime"), S_INIT("it keeps state: use civil_of_instant"), false},
    {S_INIT("mktime"), S_INIT("use instant_of_civil"), false},
    {S_INIT("rand"), S_INIT("use world->random, or base/rng.h in tests"), false},
    {S_INIT("srand"), S_INIT("use world->random, or base/rng.h in tests"), false},
    {S_INIT("time"), S_INIT("the clock belongs to the world"), true},
    {S_INIT("clock_gettime"), S_INIT("the clock belongs to the world"), true},
    {S_INIT("gettimeofday"), S_INIT("the clock belongs to the world"), true},
    {S_INIT("getenv"), S_INIT("the environment belongs to the world"), true},
    {S_INIT("secure_getenv"), S_INIT("the environment belongs to the world"), true},
    {S_INIT("getrandom"), S_INIT("chance belongs to the world"), true},
    {S_INIT("getentropy"), S_INIT("chance belongs to the world"), true},
    {S_INIT("system"), S_INIT("no shell is ever started"), true},
    {S_INIT("popen"), S_INIT("no shell is ever started"), true},
};

void report_add(struct report *r, struct finding f) { *VEC_PUSH(r->arena, &r->findings) = f; }

static void wrong(struct report *r, struct str file, int64_t line, struct str text) {
    report_add(r, (struct finding){.file = file, .line = line, .text = text});
}

static struct str file_name(struct str path) {
    struct str part = {0};
    while (str_split(&path, '/', &part)) continue;
    return part;
}

static bool is_test(struct str path) {
    struct str name = file_name(path);
    return str_starts(path, S("test/")) || str_starts(name, S("test")) ||
           str_starts(name, S("fuzz_")) || str_starts(name, S("bench_")) ||
           str_starts(name, S("replay")) || str_find(path, S("/test/")) != STR_NONE;
}

static int rank_of(struct str room) {
    for (size_t i = 0; i < ARRAY_LEN(rooms); i++)
        if (str_eq(rooms[i].room, room)) return rooms[i].rank;
    return -1;
}

// Part i of a path: part 0 of "mod/order/order.h" is "mod".
static struct str path_part(struct str path, int i) {
    struct str part = {0};
    while (i-- >= 0)
        if (!str_split(&path, '/', &part)) return (struct str){0};
    return part;
}

static const char *include_fault(struct str from, struct str target, bool test) {
    struct str room = path_part(from, 1), other = path_part(target, 0);
    int own = rank_of(room), rank = rank_of(other);
    if (own < 0 || rank < 0 || str_find_char(target, '/') == STR_NONE) return NULL;
    if (rank > own && !test) return "a lower room does not know a higher one";
    if (rank == own && !str_eq(room, other)) return "faces do not know each other";
    if (str_eq(room, S("flow")) && str_eq(other, S("port")) && !test)
        return "a flow reaches ports through the interface that a module declares";
    if (!str_eq(other, S("mod")) || str_eq(path_part(target, 1), path_part(from, 2))) return NULL;
    struct str module = path_part(target, 1), header = path_part(target, 2);
    bool is_public = str_starts(header, module) && str_eq(str_from(header, module.n), S(".h"));
    if (str_eq(room, S("mod")) && !is_public && !test)
        return "a module knows another by its public header only";
    return NULL;
}

static void check_include(struct report *r, struct str path, int64_t line, struct str text) {
    struct str rest = str_trim(text);
    if (!str_starts(rest, S("#include \"")) || !str_starts(path, S("src/"))) return;
    struct str target = str_from(rest, S("#include \"").n);
    target = str_sub(target, 0, str_find_char(target, '"'));
    const char *fault = include_fault(path, target, is_test(path));
    if (fault)
        wrong(r, path, line,
              arena_fmt(r->arena, "includes " STR_FMT ": %s", STR_ARG(target), fault));
}

static void check_lines(struct report *r, struct str path, struct str text) {
    struct str rest = text, line;
    int64_t count = 0, wide = 0, first_wide = 0;
    while (rest.n && str_split(&rest, '\n', &line)) {
        count++;
        check_include(r, path, count, line);
        size_t chars = str_utf8_len(line);
        if (chars > LINE_MOST)
            wrong(r, path, count,
                  arena_fmt(r->arena, "line of %zu characters; 120 at most", chars));
        if (chars <= LINE_CHARS) continue;
        if (wide++ == 0) first_wide = count;
    }
    if (wide)
        report_add(r,
                   (struct finding){path, first_wide, S("wide"), wide, INT64_MAX,
                                    arena_fmt(r->arena, "%lld lines are wider than 100 characters",
                                              (long long)wide)});
    bool header = str_ends(path, S(".h"));
    int64_t limit = header ? HEADER_LINES : FILE_LINES;
    if (count > limit)
        report_add(r,
                   (struct finding){path, count, S("file"), count, header ? HEADER_MOST : FILE_MOST,
                                    arena_fmt(r->arena, "the file has %lld lines; %lld are enough",
                                              (long long)count, (long long)limit)});
}

static void check_functions(struct report *r, struct str path, struct str code) {
    struct functions found = find_functions(r->arena, code);
    for (size_t i = 0; i < found.n; i++) {
        const struct function *f = &found.v[i];
        if (f->lines <= FUNCTION_LINES) continue;
        report_add(r, (struct finding){path, f->line, f->name, f->lines, FUNCTION_MOST,
                                       arena_fmt(r->arena, STR_FMT " has %lld lines; 60 are enough",
                                                 STR_ARG(f->name), (long long)f->lines)});
    }
}

// True when name is called at i: a whole word before a parenthesis, not a member, not a
// declaration.
static bool is_call(struct str code, size_t i, struct str name) {
    if (i > 0 && (is_word_char(code.p[i - 1]) || code.p[i - 1] == '.')) return false;
    if (i > 1 && code.p[i - 1] == '>' && code.p[i - 2] == '-') return false;
    if (i > 1 && code.p[i - 1] == '*' && code.p[i - 2] == '(') return false;
    return i + name.n < code.n && code.p[i + name.n] == '(';
}

static int64_t line_of(struct str text, size_t at) {
    int64_t line = 1;
    for (size_t i = 0; i < at; i++) line += text.p[i] == '\n';
    return line;
}

static void check_calls(struct report *r, struct str path, struct str code) {
    bool world = is_test(path) || str_starts(path, S("src/main/")) ||
                 str_starts(path, S("src/core/world")) || str_starts(path, S("tools/"));
    for (size_t i = 0; i < ARRAY_LEN(banned); i++) {
        int64_t uses = 0, line = 0;
        if (world && banned[i].world_may) continue;
        for (size_t at = 0, step; (step = str_find(str_from(code, at), banned[i].name)) != STR_NONE;
             at += step + banned[i].name.n) {
            if (!is_call(code, at + step, banned[i].name)) continue;
            if (uses++ == 0) line = line_of(code, at + step);
        }
        if (uses == 0) continue;
        report_add(r, (struct finding){path, line, banned[i].name, uses, INT64_MAX,
                                       arena_fmt(r->arena, "calls " STR_FMT "(): " STR_FMT,
                                                 STR_ARG(banned[i].name), STR_ARG(banned[i].why))});
    }
}

void check_file(struct report *r, struct str path, struct str text) {
    struct str rest = text, first = {0};
    str_split(&rest, '\n', &first);
    if (str_find(first, S("SPDX-License-Identifier: Apache-2.0")) == STR_NONE)
        wrong(r, path, 1, S("the first line is not SPDX-License-Identifier: Apache-2.0"));
    if (str_ends(path, S(".sql"))) return;
    check_lines(r, path, text);
    if (str_ends(path, S(".h")) && str_find(text, S("#pragma once")) == STR_NONE)
        wrong(r, path, 1, S("the header has no #pragma once"));
    struct str code = code_only(r->arena, text, true);
    check_functions(r, path, code);
    check_calls(r, path, code);
}

void check_folder(struct report *r, struct str path, bool has_readme) {
    if (!has_readme)
        wrong(r, path, 1, S("the folder has no README.md: owns, needs, emits, invariants"));
}
