// SPDX-License-Identifier: Apache-2.0
// kcheck holds the house rules that a compiler does not know: how long things may be, which room
// may include which, which calls are banned, what stands at the head of a file.
//
// Lengths have two limits. Above the first, an entry in kcheck.allow is needed, which says how long
// the thing is now: `src/liquid/parse.c:parse_tag 74`. It may become shorter, never longer; an
// entry that is not needed any more is an error. The second limit holds for everybody.
#pragma once
#include "base/map.h"
#include "base/vec.h"

struct finding {
    struct str file;
    int64_t line;
    struct str what; // the name in kcheck.allow: a function, a call, "file", "wide"
    int64_t n;       // how much of it there is
    int64_t most;    // the second limit; 0 when no exception is possible
    struct str text; // the sentence for the reader
};
struct report {
    struct arena *arena;
    VEC(struct finding) findings;
};
void report_add(struct report *r, struct finding f);

// A C text without comments, strings and characters (blanked, line ends kept), so that what is left
// is code. Preprocessor lines are blanked too when no_directives is set.
struct str code_only(struct arena *a, struct str text, bool no_directives);

struct function {
    struct str name;
    int64_t line, lines; // of the opening brace; up to the closing one
};
struct functions {
    struct function *v;
    size_t n, cap;
};
struct functions find_functions(struct arena *a, struct str code);
bool is_word_char(char c);

// Applies all rules of one file; path is relative to the source root.
void check_file(struct report *r, struct str path, struct str text);
// What must stand in a folder that holds C files.
void check_folder(struct report *r, struct str path, bool has_readme);
// Takes away the findings that the list allows, adds what is wrong with the list itself.
void apply_allowed(struct report *r, struct str list_path, struct str list);
