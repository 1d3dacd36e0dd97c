// SPDX-License-Identifier: Apache-2.0
// Reading C just well enough to measure it.
#include "kcheck.h"

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static char at(struct str s, size_t i) { return i < s.n ? s.p[i] : '\0'; }

// Each skip returns the index after the thing that begins at i.
static size_t skip_line(struct str s, size_t i) {
    while (i < s.n && s.p[i] != '\n') i += at(s, i) == '\\' && i + 1 < s.n ? 2 : 1;
    return i;
}

static size_t skip_comment(struct str s, size_t i) {
    size_t end = str_find(str_from(s, i + 2), S("*/"));
    return end == STR_NONE ? s.n : i + 2 + end + 2;
}

static size_t skip_quoted(struct str s, size_t i) {
    char quote = s.p[i++];
    while (i < s.n && s.p[i] != quote && s.p[i] != '\n') i += s.p[i] == '\\' ? 2 : 1;
    return i < s.n ? i + 1 : s.n;
}

static bool begins_line(struct str s, size_t i) {
    while (i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t')) i--;
    return i == 0 || s.p[i - 1] == '\n';
}

static size_t skip_what_is_no_code(struct str s, size_t i, bool no_directives) {
    char c = s.p[i];
    if (c == '/' && at(s, i + 1) == '/') return skip_line(s, i);
    if (c == '/' && at(s, i + 1) == '*') return skip_comment(s, i);
    if (c == '#' && no_directives && begins_line(s, i)) return skip_line(s, i);
    if (c == '"' || (c == '\'' && !(i > 0 && is_word_char(s.p[i - 1])))) return skip_quoted(s, i);
    return i;
}

struct str code_only(struct arena *a, struct str text, bool no_directives) {
    char *out = arena_alloc(a, text.n + 1);
    if (text.n) memcpy(out, text.p, text.n);
    for (size_t i = 0; i < text.n;) {
        size_t end = skip_what_is_no_code(text, i, no_directives);
        if (end > text.n) end = text.n;
        for (size_t j = i; j < end; j++)
            if (out[j] != '\n') out[j] = ' ';
        i = end > i ? end : i + 1;
    }
    return (struct str){out, text.n};
}

// The name before the parenthesis that closes at i, or absent when none does.
static struct str name_before(struct str s, size_t i) {
    int depth = 0;
    for (;; i--) {
        depth += (s.p[i] == ')') - (s.p[i] == '(');
        if (depth == 0 || i == 0) break;
    }
    size_t end = i;
    while (end > 0 && (s.p[end - 1] == ' ' || s.p[end - 1] == '\n')) end--;
    size_t from = end;
    while (from > 0 && is_word_char(s.p[from - 1])) from--;
    return from < end ? str_sub(s, from, end - from) : (struct str){0};
}

static struct str function_at(struct str s, size_t brace) {
    size_t i = brace;
    while (i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == '\n')) i--;
    return i > 0 && s.p[i - 1] == ')' ? name_before(s, i - 1) : (struct str){0};
}

struct functions find_functions(struct arena *a, struct str code) {
    struct functions found = {0};
    struct function open = {0};
    int depth = 0;
    int64_t line = 1;
    for (size_t i = 0; i < code.n; i++) {
        line += code.p[i] == '\n';
        if (code.p[i] == '{' && depth++ == 0)
            open = (struct function){.name = function_at(code, i), .line = line};
        if (code.p[i] != '}' || depth == 0 || --depth > 0 || !open.name.p) continue;
        open.lines = line - open.line + 1;
        *VEC_PUSH(a, &found) = open;
    }
    return found;
}
