// SPDX-License-Identifier: Apache-2.0
// Only the folders of a theme are opened, so that a checkout with its history and modules beside
// the theme costs nothing. Every step is openat without following links.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "theme/files_private.h"

struct walk {
    struct arena *arena;
    VEC(struct theme_file) files;
    size_t bytes, passed_over;
    struct err *err;
};

static bool fail(struct walk *w, struct str path) {
    int why = errno;
    err_set(w->err, why == ENOENT || why == ENOTDIR ? ERR_NOT_FOUND : ERR_IO,
            why == ENOENT ? STR_FMT " is not there." : STR_FMT " could not be read.",
            STR_ARG(path));
    return err_detail(w->err, "%s", strerror(why));
}

static bool read_bytes(struct walk *w, int fd, struct theme_file *file) {
    char *p = arena_alloc(w->arena, file->bytes.n + 1);
    size_t n = 0;
    while (n < file->bytes.n) {
        ssize_t got = read(fd, p + n, file->bytes.n - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(w, file->path);
        if (got == 0) break;
        n += (size_t)got;
    }
    file->bytes = (struct str){p, n};
    return true;
}

static bool take_file(struct walk *w, int fd, struct str path) {
    struct stat st;
    struct theme_file file = {.path = path};
    if (fstat(fd, &st) != 0) return fail(w, path);
    if (!S_ISREG(st.st_mode)) return w->passed_over++, true;
    TRY(theme_path_ok(path, w->err));
    file.bytes.n = (size_t)st.st_size;
    TRY(theme_files_fit(&file, w->files.n + 1, w->bytes += file.bytes.n, w->err));
    TRY(read_bytes(w, fd, &file));
    *VEC_PUSH(w->arena, &w->files) = file;
    return true;
}

static bool walk_folder(struct walk *w, int dir, struct str folder);

static bool walk_entry(struct walk *w, int dir, struct str folder, const char *name) {
    struct str path = arena_fmt(w->arena, STR_FMT "%s", STR_ARG(folder), name);
    struct str inner = arena_fmt(w->arena, STR_FMT "/", STR_ARG(path));
    bool is_folder = str_eq(theme_folder_of(inner), inner);
    if (!is_folder && !theme_path_counts(path)) return w->passed_over++, true;
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && (errno == ELOOP || errno == ENXIO)) return w->passed_over++, true; // link, socket
    if (fd < 0) return fail(w, path);
    struct stat st;
    if (is_folder && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) return walk_folder(w, fd, inner);
    bool ok = take_file(w, fd, path);
    close(fd);
    return ok;
}

static bool walk_folder(struct walk *w, int dir, struct str folder) { // closes dir
    DIR *d = fdopendir(dir);
    if (!d) return close(dir), fail(w, folder);
    bool ok = true;
    for (struct dirent *e; ok && (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            ok = walk_entry(w, dirfd(d), folder, e->d_name);
    closedir(d);
    return ok;
}

// The one folder in a folder that has nothing of a theme itself.
static const char *lone_folder(struct arena *a, DIR *d) {
    const char *found = NULL;
    for (struct dirent *e; (e = readdir(d));) {
        struct str inner = arena_fmt(a, "%s/", e->d_name);
        struct stat st;
        if (e->d_name[0] == '.') continue;
        if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(st.st_mode))
            continue;
        if (found || theme_folder_of(inner).p) return NULL;
        found = arena_cstr(a, str_c(e->d_name));
    }
    return found;
}

static int open_root(struct arena *a, const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d) return -1;
    const char *inner = lone_folder(a, d);
    int root = openat(fd, inner ? inner : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    closedir(d);
    return root;
}

bool theme_files_of_dir(struct arena *a, const char *dir, struct theme_files *out,
                        struct err *err) {
    struct walk w = {.arena = a, .err = err};
    *out = (struct theme_files){0};
    int fd = open_root(a, dir);
    if (fd < 0) return fail(&w, str_c(dir));
    TRY(walk_folder(&w, fd, S("")));
    TRY(theme_files_of(a, w.files.v, w.files.n, out, err));
    out->passed_over = w.passed_over;
    return true;
}
