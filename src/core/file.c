// SPDX-License-Identifier: Apache-2.0
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct err *err, const char *doing, const char *path) {
    int why = errno;
    bool full = why == ENOSPC || why == EDQUOT || why == EFBIG;
    if (full) {
        err_set(err, ERR_FULL, "The disk is full: %s could not be %s.", path, doing);
        err_hint(err, "Make room on the disk and try again.");
    } else {
        err_set(err, why == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s could not be %s.", path, doing);
    }
    return err_detail(err, "%s %s: %s", doing, path, strerror(why));
}

bool file_exists(const char *path) { return access(path, F_OK) == 0; }

bool dir_make(const char *path, struct err *err) {
    char part[PATH_MAX];
    size_t n = strlen(path);
    if (n >= sizeof part) return err_set(err, ERR_TOO_LARGE, "A path is too long.");
    memcpy(part, path, n + 1);
    for (size_t i = 1; i <= n; i++) {
        if (part[i] != '/' && part[i] != '\0') continue;
        char c = part[i];
        part[i] = '\0';
        if (mkdir(part, 0750) != 0 && errno != EEXIST) return fail(err, "made", part);
        part[i] = c;
    }
    return true;
}

static bool write_all(int fd, struct str bytes) {
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        at += (size_t)n;
    }
    return true;
}

static bool sync_dir_of(const char *path) {
    char dir[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n >= sizeof dir) return false;
    memcpy(dir, path, n);
    dir[n] = '\0';
    int fd = open(n ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

bool file_write(const char *path, struct str bytes, mode_t mode, struct err *err) {
    char part[PATH_MAX];
    if (snprintf(part, sizeof part, "%s.XXXXXX", path) >= (int)sizeof part)
        return err_set(err, ERR_TOO_LARGE, "A path is too long.");
    int fd = mkostemp(part, O_CLOEXEC);
    if (fd < 0) return fail(err, "written", path);
    bool ok = fchmod(fd, mode) == 0 && write_all(fd, bytes) && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    ok = ok && rename(part, path) == 0 && sync_dir_of(path);
    if (ok) return true;
    fail(err, "written", path);
    unlink(part);
    return false;
}

static bool read_all(int fd, char *p, size_t n) {
    for (size_t at = 0; at < n;) {
        ssize_t got = read(fd, p + at, n - at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += (size_t)got;
    }
    return true;
}

bool file_read(struct arena *a, const char *path, size_t max, struct str *out, struct err *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(err, "read", path);
    struct stat st;
    bool ok = fstat(fd, &st) == 0;
    if (ok && !S_ISREG(st.st_mode)) {
        ok = false;
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    }
    bool large = ok && (size_t)st.st_size > max;
    if (ok && !large) {
        char *p = arena_alloc(a, (size_t)st.st_size + 1);
        ok = read_all(fd, p, (size_t)st.st_size);
        *out = (struct str){p, (size_t)st.st_size};
    }
    if (!ok) fail(err, "read", path);
    close(fd);
    if (large) return err_set(err, ERR_TOO_LARGE, "%s is larger than allowed.", path);
    return ok;
}
