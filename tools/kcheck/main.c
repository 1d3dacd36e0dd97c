// SPDX-License-Identifier: Apache-2.0
// kcheck [--exceptions] ROOT: checks src/, tools/ and test/ below ROOT, with the exceptions of
// ROOT/tools/kcheck.allow. Silent and 0 when all is well. --exceptions prints instead the lines
// that kcheck.allow would have to hold, for the findings that allow one.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "kcheck.h"

static struct str read_file(struct arena *a, const char *path) {
    FILE *in = fopen(path, "rb");
    struct stat st;
    if (!in || fstat(fileno(in), &st) != 0) {
        fprintf(stderr, "kcheck: %s cannot be read: %s\n", path, strerror(errno));
        exit(1);
    }
    char *text = arena_alloc(a, (size_t)st.st_size + 1);
    size_t n = fread(text, 1, (size_t)st.st_size, in);
    fclose(in);
    return (struct str){text, n};
}

static bool is_source(struct str name) {
    return str_ends(name, S(".c")) || str_ends(name, S(".h")) || str_ends(name, S(".sql"));
}

static void walk(struct report *r, const char *root, struct str path);

static void take(struct report *r, const char *root, struct str path, bool *has_source) {
    const char *full = arena_fmt(r->arena, "%s/" STR_FMT, root, STR_ARG(path)).p;
    struct stat st;
    if (stat(full, &st) != 0) return; // gone while walking
    if (S_ISDIR(st.st_mode)) {
        if (!str_ends(path, S("/node_modules"))) walk(r, root, path);
    } else if (is_source(path)) {
        check_file(r, path, read_file(r->arena, full));
        *has_source = true;
    }
}

static void walk(struct report *r, const char *root, struct str path) {
    struct dirent **names;
    const char *full = arena_fmt(r->arena, "%s/" STR_FMT, root, STR_ARG(path)).p;
    int n = scandir(full, &names, NULL, alphasort);
    bool has_source = false, has_readme = false;
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;
        has_readme = has_readme || strcmp(name, "README.md") == 0;
        if (name[0] != '.')
            take(r, root, arena_fmt(r->arena, STR_FMT "/%s", STR_ARG(path), name), &has_source);
        free(names[i]);
    }
    if (n >= 0) free(names);
    bool test = str_starts(path, S("test")) || str_find(path, S("/test")) != STR_NONE;
    if (has_source && !test) check_folder(r, path, has_readme);
}

static void print_findings(const struct report *r, bool as_exceptions) {
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.v[i];
        if (!as_exceptions)
            printf(STR_FMT ":%lld: " STR_FMT "\n", STR_ARG(f->file), (long long)f->line,
                   STR_ARG(f->text));
        else if (f->most && f->n <= f->most)
            printf(STR_FMT ":" STR_FMT " %lld\n", STR_ARG(f->file), STR_ARG(f->what),
                   (long long)f->n);
    }
}

int main(int argc, char **argv) {
    bool as_exceptions = argc == 3 && strcmp(argv[1], "--exceptions") == 0;
    if (argc != (as_exceptions ? 3 : 2)) {
        fputs("usage: kcheck [--exceptions] ROOT\n", stderr);
        return 2;
    }
    const char *root = argv[argc - 1];
    struct arena a = {0};
    struct report r = {.arena = &a};
    walk(&r, root, S("src"));
    walk(&r, root, S("tools"));
    walk(&r, root, S("test"));
    struct str path = S("tools/kcheck.allow");
    struct str list = read_file(&a, arena_fmt(&a, "%s/" STR_FMT, root, STR_ARG(path)).p);
    apply_allowed(&r, path, as_exceptions ? S("") : list);
    print_findings(&r, as_exceptions);
    bool well = as_exceptions || r.findings.n == 0;
    arena_done(&a);
    return well ? 0 : 1;
}
