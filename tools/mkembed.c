// SPDX-License-Identifier: Apache-2.0
// mkembed [--dep FILE] OUT.c OUT.h NAME ROOT [PATH...]
//
// Makes a table of files for base/embed.h: `extern const struct embed NAME[]; NAME_count`. The
// files are all below ROOT, or the PATHs (files and folders relative to ROOT); names that begin
// with a dot are passed over. The bytes come in by .incbin, so compiling takes no time however
// large they are.
// --dep writes a make rule with every file and folder, so that ninja sees what is added or changed.
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/vec.h"

struct file {
    struct str path; // relative to root
    const char *full;
    long long size;
    char sha256[crypto_hash_sha256_BYTES * 2 + 1];
};

struct embedding {
    struct arena arena;
    const char *out_c, *out_h, *name, *dep;
    char *root; // absolute
    VEC(struct file) files;
    VEC(const char *) seen; // files and folders, for the rule
};

NORETURN PRINTF_LIKE(1, 2) static void fail(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    fputs("mkembed: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void hash_file(struct file *f) {
    FILE *in = fopen(f->full, "rb");
    if (!in) fail("%s cannot be read: %s", f->full, strerror(errno));
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    unsigned char piece[1 << 14], digest[crypto_hash_sha256_BYTES];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, in)) > 0) {
        crypto_hash_sha256_update(&state, piece, n);
        f->size += (long long)n;
    }
    if (ferror(in)) fail("%s cannot be read", f->full);
    fclose(in);
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2hex(f->sha256, sizeof f->sha256, digest, sizeof digest);
}

static void add(struct embedding *e, struct str path);

static void add_folder(struct embedding *e, const char *full, struct str path) {
    DIR *dir = opendir(full);
    if (!dir) fail("%s cannot be read: %s", full, strerror(errno));
    for (struct dirent *d; (d = readdir(dir));) {
        if (d->d_name[0] == '.') continue;
        add(e, path.n ? arena_fmt(&e->arena, STR_FMT "/%s", STR_ARG(path), d->d_name)
                      : arena_fmt(&e->arena, "%s", d->d_name));
    }
    closedir(dir);
}

static void add(struct embedding *e, struct str path) {
    struct str sep = path.n ? S("/") : S("");
    const char *full =
        arena_fmt(&e->arena, "%s" STR_FMT STR_FMT, e->root, STR_ARG(sep), STR_ARG(path)).p;
    struct stat st;
    if (stat(full, &st) != 0) fail("%s: %s", full, strerror(errno));
    *VEC_PUSH(&e->arena, &e->seen) = full;
    if (S_ISDIR(st.st_mode)) {
        add_folder(e, full, path);
        return;
    }
    struct file f = {.path = path, .full = full};
    hash_file(&f);
    *VEC_PUSH(&e->arena, &e->files) = f;
}

static int by_path(const void *a, const void *b) {
    return str_cmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static FILE *open_out(const char *path) {
    FILE *out = fopen(path, "w");
    if (!out) fail("%s cannot be written: %s", path, strerror(errno));
    return out;
}

static void close_out(FILE *out, const char *path) {
    if (fflush(out) != 0 || ferror(out) || fclose(out) != 0) fail("%s cannot be written", path);
}

// A C string literal's inside; inside asm text it is quoted twice.
static void put_quoted(FILE *out, struct str s, bool twice) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\') fputs(twice ? "\\\\\\" : "\\", out);
        fputc(s.p[i], out);
    }
}

static void write_c(const struct embedding *e) {
    FILE *out = open_out(e->out_c);
    fprintf(out,
            "// Made by mkembed. Do not edit.\n#include \"base/embed.h\"\n"
            "extern const struct embed %s[];\nextern const size_t %s_count;\n",
            e->name, e->name);
    for (size_t i = 0; i < e->files.n; i++) {
        fprintf(out, "__asm__(\".pushsection .rodata\\n.balign 16\\n%s_%zu:\\n.incbin \\\"",
                e->name, i);
        put_quoted(out, str_c(e->files.v[i].full), true);
        fprintf(out, "\\\"\\n.byte 0\\n.popsection\\n\");\nextern const unsigned char %s_%zu[];\n",
                e->name, i);
    }
    fprintf(out, "const size_t %s_count = %zu;\nconst struct embed %s[] = {\n", e->name, e->files.n,
            e->name);
    for (size_t i = 0; i < e->files.n; i++) {
        const struct file *f = &e->files.v[i];
        fputs("    {\"", out);
        put_quoted(out, f->path, false);
        fprintf(out, "\", %s_%zu, %lld,\n     \"%s\"},\n", e->name, i, f->size, f->sha256);
    }
    fputs(e->files.n ? "};\n" : "    {0}};\n", out);
    close_out(out, e->out_c);
}

static void write_h(const struct embedding *e) {
    FILE *out = open_out(e->out_h);
    fprintf(out,
            "// Made by mkembed. Do not edit.\n#pragma once\n#include \"base/embed.h\"\n"
            "extern const struct embed %s[];\nextern const size_t %s_count;\n",
            e->name, e->name);
    close_out(out, e->out_h);
}

static void write_dep(const struct embedding *e) {
    FILE *out = open_out(e->dep);
    fprintf(out, "%s:", e->out_c);
    for (size_t i = 0; i < e->seen.n; i++) {
        fputs(" \\\n  ", out);
        for (const char *c = e->seen.v[i]; *c; c++) {
            if (*c == ' ' || *c == '#') fputc('\\', out);
            if (*c == '$') fputc('$', out);
            fputc(*c, out);
        }
    }
    fputc('\n', out);
    close_out(out, e->dep);
}

int main(int argc, char **argv) {
    struct embedding e = {0};
    if (argc > 2 && strcmp(argv[1], "--dep") == 0) {
        e.dep = argv[2];
        argc -= 2;
        argv += 2;
    }
    if (argc < 5) {
        fputs("usage: mkembed [--dep FILE] OUT.c OUT.h NAME ROOT [PATH...]\n", stderr);
        return 2;
    }
    e.out_c = argv[1];
    e.out_h = argv[2];
    e.name = argv[3];
    e.root = realpath(argv[4], NULL);
    if (!e.root) fail("%s: %s", argv[4], strerror(errno));
    for (int i = 5; i < argc; i++) add(&e, str_c(argv[i]));
    if (argc == 5) add(&e, S(""));
    if (e.files.n) qsort(e.files.v, e.files.n, sizeof *e.files.v, by_path);
    write_c(&e);
    write_h(&e);
    if (e.dep) write_dep(&e);
    arena_done(&e.arena);
    free(e.root);
    return 0;
}
