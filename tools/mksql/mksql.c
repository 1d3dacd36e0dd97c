// SPDX-License-Identifier: Apache-2.0
// mksql --root SRC --module NAME --out DIR --depfile FILE      DIR/NAME_sql.h and DIR/NAME_sql.c
// mksql --root SRC --migrations OUT.c --depfile FILE           the embedded table kontor_migrations
// of all;
//                                                              another name than kontor by --prefix
// mksql --root SRC --tables OUT.c --depfile FILE               the query tables of all modules
// (test_modules.c) SRC/modules.order lists the modules, bottom first; a module lives in
// SRC/mod/NAME or SRC/NAME. Files that begin with a digit are migrations, other .sql files hold
// queries. The depfile names the folders, too, so that a new file is noticed.
#include "mksql.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

bool complain(struct mksql *m, struct str file, int line, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    fprintf(stderr, STR_FMT ":%d: error: ", STR_ARG(file), line);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    m->errors++;
    return false;
}

void warn_at(struct mksql *m, struct str file, int line, const char *fmt, ...) {
    (void)m;
    va_list args;
    va_start(args, fmt);
    fprintf(stderr, STR_FMT ":%d: warning: ", STR_ARG(file), line);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
}

NORETURN static void die(const char *what, const char *path) {
    fprintf(stderr, "mksql: %s %s\n", what, path);
    exit(1);
}

static struct str read_whole(struct arena *a, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) die("cannot read", path);
    struct buf b = buf_new(a, 0);
    char chunk[8192];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;) buf_put(&b, (struct str){chunk, n});
    fclose(f);
    if (!buf_ok(&b)) die("too large:", path);
    return buf_str(&b);
}

static void write_whole(const char *path, struct str text) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0) die("cannot write", path);
}

static bool same_content(struct arena *a, const char *path, struct str text) {
    struct stat st;
    return stat(path, &st) == 0 && str_eq(read_whole(a, path), text);
}

struct job {
    struct mksql m;
    const char *root, *module, *out, *migrations, *tables, *prefix, *depfile;
    struct buf deps;
};

static int only_sql(const struct dirent *e) { return str_ends(str_c(e->d_name), S(".sql")); }

static const char *folder_of(struct job *j, struct str module) {
    static const char *const forms[] = {"mod/", ""};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        const char *dir =
            arena_fmt(j->m.arena, "%s/%s" STR_FMT, j->root, forms[i], STR_ARG(module)).p;
        struct stat st;
        if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)) return dir;
    }
    return NULL;
}

static void read_module(struct job *j, struct str module) {
    const char *dir = folder_of(j, module);
    if (!dir) return;
    struct dirent **list = NULL;
    int n = scandir(dir, &list, only_sql, alphasort);
    if (n < 0) die("cannot list", dir);
    buf_fmt(&j->deps, " %s", dir);
    *VEC_PUSH(j->m.arena, &j->m.modules) = module;
    for (int i = 0; i < n; i++) {
        const char *path = arena_fmt(j->m.arena, "%s/%s", dir, list[i]->d_name).p;
        struct str name = arena_str(j->m.arena, str_c(list[i]->d_name));
        name.n -= 4;
        free(list[i]);
        bool migration = name.p[0] >= '0' && name.p[0] <= '9';
        if (!migration && !(j->module && str_eq(module, str_c(j->module)))) continue;
        struct file_text f = {str_c(path), module, name, read_whole(j->m.arena, path)};
        *VEC_PUSH(j->m.arena, migration ? &j->m.migrations : &j->m.sources) = f;
        buf_fmt(&j->deps, " %s", path);
    }
    free(list);
}

// Modules up to the one asked for, or all.
static void read_modules(struct job *j) {
    const char *path = arena_fmt(j->m.arena, "%s/modules.order", j->root).p;
    struct str rest = read_whole(j->m.arena, path), line;
    bool found = j->module == NULL;
    buf_fmt(&j->deps, " %s", path);
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#') continue;
        read_module(j, line);
        if (j->module && str_eq(line, str_c(j->module))) {
            found = true;
            break;
        }
    }
    if (!found) die("modules.order does not name the module", j->module);
}

static void parse_args(struct job *j, int argc, char **argv) {
    const struct {
        const char *name;
        const char **to;
    } options[] = {
        {"--root", &j->root},       {"--module", &j->module},         {"--out", &j->out},
        {"--depfile", &j->depfile}, {"--migrations", &j->migrations}, {"--prefix", &j->prefix},
        {"--tables", &j->tables}};
    for (int i = 1; i < argc; i += 2) {
        size_t o = 0;
        while (o < ARRAY_LEN(options) && strcmp(argv[i], options[o].name) != 0) o++;
        if (o == ARRAY_LEN(options) || i + 1 == argc) die("wrong option", argv[i]);
        *options[o].to = argv[i + 1];
    }
    if (!j->root || (j->module ? !j->out : !j->migrations && !j->tables))
        die("usage:", "mksql --root SRC (--module NAME --out DIR | --migrations OUT.c | --tables "
                      "OUT.c) [--depfile FILE]");
}

static void put_output(struct job *j, const char *path, struct str text) {
    if (!same_content(j->m.arena, path, text)) write_whole(path, text);
}

int main(int argc, char **argv) {
    struct arena arena = {0};
    struct job j = {.m = {.arena = &arena}, .deps = buf_new(&arena, 0)};
    parse_args(&j, argc, argv);
    read_modules(&j);
    const char *first_output = j.migrations ? j.migrations : j.tables;
    if (j.module) {
        j.m.module = str_c(j.module);
        first_output = arena_fmt(&arena, "%s/%s_sql.h", j.out, j.module).p;
        for (size_t i = 0; i < j.m.sources.n; i++) parse_file(&j.m, &j.m.sources.v[i]);
        if (j.m.errors == 0) check_all(&j.m);
        if (j.m.errors > 0) return 1;
        put_output(&j, first_output, emit_header(&j.m));
        put_output(&j, arena_fmt(&arena, "%s/%s_sql.c", j.out, j.module).p, emit_source(&j.m));
    } else if (j.tables) {
        put_output(&j, j.tables, emit_tables(&j.m));
    } else {
        put_output(&j, j.migrations, emit_migrations(&j.m, j.prefix ? j.prefix : "kontor"));
    }
    if (j.depfile)
        write_whole(j.depfile,
                    arena_fmt(&arena, "%s:" STR_FMT "\n", first_output, STR_ARG(buf_str(&j.deps))));
    arena_done(&arena);
    return 0;
}
