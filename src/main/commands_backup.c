// SPDX-License-Identifier: Apache-2.0
// kontor backup and restore: one file (tar, compressed by zstd, readable by everybody's tar) with
// kontor.conf, secrets, the database as one consistent copy, media and themes. It holds the shop's
// key: keep it like a password.
#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "main/command.h"

#define CHUNK ((size_t)1 << 16)

static bool failed(struct cli *c, struct archive *a, const char *what) {
    err_set(&c->err, ERR_IO, "The backup could not be %s.", what);
    return err_detail(&c->err, "%s", archive_error_string(a) ? archive_error_string(a) : "unknown");
}

static bool copy_file(struct cli *c, struct archive *out, const char *path) {
    char chunk[CHUNK];
    FILE *f = fopen(path, "rb");
    bool ok = f != NULL;
    if (!f) return err_set(&c->err, ERR_IO, "%s cannot be read.", path);
    for (size_t n; ok && (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        ok = archive_write_data(out, chunk, n) == (la_ssize_t)n;
    ok = ok && !ferror(f);
    fclose(f);
    return ok ? true : failed(c, out, "written");
}

static bool put_file(struct cli *c, struct archive *out, const char *path, const char *name) {
    struct stat st;
    if (stat(path, &st) != 0) return err_set(&c->err, ERR_IO, "%s cannot be read.", path);
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_copy_stat(e, &st);
    bool ok = archive_write_header(out, e) == ARCHIVE_OK;
    archive_entry_free(e);
    if (!ok) return failed(c, out, "written");
    return S_ISREG(st.st_mode) ? copy_file(c, out, path) : true;
}

// Everything below a folder of the shop; media are stored by content, so they never change while
// they are read.
static bool put_folder(struct cli *c, struct archive *out, const char *name) {
    struct archive *disk = archive_read_disk_new();
    struct archive_entry *e = archive_entry_new();
    struct str root = arena_fmt(&c->arena, STR_FMT "/%s", STR_ARG(c->shop.dir), name);
    bool ok = true;
    int r = file_exists(root.p) ? archive_read_disk_open(disk, root.p) : ARCHIVE_EOF;
    while (ok && r == ARCHIVE_OK && (r = archive_read_next_header2(disk, e)) == ARCHIVE_OK) {
        const char *path = archive_entry_pathname(e);
        ok = put_file(c, out, path, path + c->shop.dir.n + 1);
        archive_read_disk_descend(disk);
    }
    archive_entry_free(e);
    archive_read_free(disk);
    return ok && r != ARCHIVE_EOF ? failed(c, out, "read") : ok;
}

static bool write_all(struct cli *c, struct archive *out, const char *snapshot) {
    static const char *const files[] = {"kontor.conf", "secrets"}, *const folders[] = {"media",
                                                                                       "themes"};
    TRY(put_file(c, out, snapshot, "shop.db"));
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        TRY(put_file(c, out, arena_fmt(&c->arena, STR_FMT "/%s", STR_ARG(c->shop.dir), files[i]).p,
                     files[i]));
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) TRY(put_folder(c, out, folders[i]));
    return true;
}

static bool backup(struct cli *c, const char *file) {
    const char *snapshot =
        arena_fmt(&c->arena, STR_FMT "/.backup-%d.db", STR_ARG(c->shop.dir), getpid()).p;
    if (file_exists(file)) {
        err_set(&c->err, ERR_CONFLICT, "%s is already there; nothing was written.", file);
        return err_hint(&c->err, "Choose another name.");
    }
    if (!db_backup(&c->ctx.db, snapshot)) {
        unlink(snapshot);
        unlink(arena_fmt(&c->arena, "%s-journal", snapshot).p);
        return false;
    }
    mode_t before = umask(0077);
    struct archive *out = archive_write_new();
    archive_write_set_format_pax_restricted(out);
    archive_write_add_filter_zstd(out);
    bool ok = archive_write_open_filename(out, file) == ARCHIVE_OK ? write_all(c, out, snapshot)
                                                                   : failed(c, out, "opened");
    if (archive_write_close(out) != ARCHIVE_OK && ok) ok = failed(c, out, "finished");
    archive_write_free(out);
    umask(before);
    unlink(snapshot);
    if (!ok) unlink(file);
    return ok;
}

int cmd_backup(const struct args *a) {
    struct cli c;
    return cli_open(&c, a->words[0]) ? cli_close(&c, backup(&c, a->words[1])) : 1;
}

#define CONF_PART "kontor.conf.part" // until all the rest is there, the folder holds no shop

static bool expected(const char *name) {
    static const char *const files[] = {"shop.db", "kontor.conf", "secrets", "media", "themes"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (strcmp(name, files[i]) == 0) return true;
    return str_starts(str_c(name), S("media/")) || str_starts(str_c(name), S("themes/"));
}

static bool extract(struct cli *c, struct archive *in, struct archive *disk, const char *dir) {
    struct archive_entry *e;
    int r;
    while ((r = archive_read_next_header(in, &e)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(e);
        bool plain = archive_entry_filetype(e) == AE_IFREG || archive_entry_filetype(e) == AE_IFDIR;
        if (!name || !expected(name) || strstr(name, "..") || !plain)
            return err_set(&c->err, ERR_INVALID,
                           "This file is not a backup of Kontor: it holds \"%s\".",
                           name ? name : "");
        bool conf = strcmp(name, "kontor.conf") == 0;
        archive_entry_set_pathname(e,
                                   arena_fmt(&c->arena, "%s/%s", dir, conf ? CONF_PART : name).p);
        if (archive_read_extract2(in, e, disk) != ARCHIVE_OK) return failed(c, disk, "unpacked");
    }
    return r == ARCHIVE_EOF ? true : failed(c, in, "read");
}

static bool restore(struct cli *c, const char *file, const char *dir) {
    if (file_exists(arena_fmt(&c->arena, "%s/kontor.conf", dir).p))
        return err_set(&c->err, ERR_CONFLICT, "%s already holds a shop; nothing was changed.", dir);
    TRY(dir_make(dir, &c->err));
    struct archive *in = archive_read_new(), *disk = archive_write_disk_new();
    archive_read_support_format_tar(in);
    archive_read_support_filter_zstd(in);
    archive_write_disk_set_options(disk, ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_TIME |
                                             ARCHIVE_EXTRACT_SECURE_SYMLINKS);
    bool ok = archive_read_open_filename(in, file, CHUNK) == ARCHIVE_OK;
    ok = ok ? extract(c, in, disk, dir)
            : err_set(&c->err, ERR_IO, "%s cannot be read as a backup.", file);
    archive_write_free(disk);
    archive_read_free(in);
    if (!ok) return false;
    const char *part = arena_fmt(&c->arena, "%s/" CONF_PART, dir).p;
    if (rename(part, arena_fmt(&c->arena, "%s/kontor.conf", dir).p) != 0)
        return err_set(&c->err, ERR_INVALID, "%s is not a backup of Kontor.", file);
    return true;
}

int cmd_restore(const struct args *a) {
    struct cli c = {0};
    bool ok = restore(&c, a->words[0], a->words[1]);
    int code = ok ? 0 : cli_fail(&c.err);
    arena_done(&c.arena);
    return code;
}
