// SPDX-License-Identifier: Apache-2.0
// kontor backup and restore: one file (tar, compressed by zstd, readable by everybody's tar) with
// kontor.conf, secrets, the database as one consistent copy, media and themes. It holds the shop's
// key: keep it like a password. Its last entry, manifest, names the SHA-256 of every file; restore
// believes nothing that differs from it.
#include <archive.h>
#include <archive_entry.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "main/command.h"

#define CHUNK        ((size_t)1 << 16)
#define MANIFEST     "manifest"
#define MANIFEST_MAX ((size_t)256 << 20)

struct hash { // SHA-256 as it grows
    crypto_hash_sha256_state state;
};

static struct str hash_end(struct arena *a, struct hash *h) {
    unsigned char out[crypto_hash_sha256_BYTES];
    struct buf b = buf_new(a, 128);
    crypto_hash_sha256_final(&h->state, out);
    buf_hex(&b, out, sizeof out);
    return buf_str(&b);
}

struct writer {
    struct archive *out;
    struct buf manifest; // "<sha-256> <name>\n" of each file
};

static bool failed(struct cli *c, struct archive *a, const char *what) {
    err_set(&c->err, ERR_IO, "The backup could not be %s.", what);
    return err_detail(&c->err, "%s", archive_error_string(a) ? archive_error_string(a) : "unknown");
}

// Reads a file once: into the archive (out NULL: nowhere) and into its hash.
static bool read_file(struct cli *c, const char *path, struct archive *out, struct str *hash_out) {
    char chunk[CHUNK];
    struct hash h;
    FILE *f = fopen(path, "rb");
    bool ok = f != NULL;
    if (!f) return err_set(&c->err, ERR_IO, "%s cannot be read.", path);
    crypto_hash_sha256_init(&h.state);
    for (size_t n; ok && (n = fread(chunk, 1, sizeof chunk, f)) > 0;) {
        crypto_hash_sha256_update(&h.state, (const unsigned char *)chunk, n);
        ok = !out || archive_write_data(out, chunk, n) == (la_ssize_t)n;
    }
    ok = ok && !ferror(f);
    fclose(f);
    *hash_out = hash_end(&c->arena, &h);
    if (ok) return true;
    return out ? failed(c, out, "written") : err_set(&c->err, ERR_IO, "%s cannot be read.", path);
}

static bool put_file(struct cli *c, struct writer *w, const char *path, const char *name) {
    struct stat st;
    if (stat(path, &st) != 0) return err_set(&c->err, ERR_IO, "%s cannot be read.", path);
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_copy_stat(e, &st);
    bool ok = archive_write_header(w->out, e) == ARCHIVE_OK;
    struct str hash;
    archive_entry_free(e);
    if (!ok) return failed(c, w->out, "written");
    if (!S_ISREG(st.st_mode)) return true;
    TRY(read_file(c, path, w->out, &hash));
    buf_fmt(&w->manifest, STR_FMT " %s\n", STR_ARG(hash), name);
    return true;
}

// Everything below a folder of the shop; media are stored by content, so they never change while
// they are read.
static bool put_folder(struct cli *c, struct writer *w, const char *name) {
    struct archive *disk = archive_read_disk_new();
    struct archive_entry *e = archive_entry_new();
    struct str root = arena_fmt(&c->arena, STR_FMT "/%s", STR_ARG(c->shop.dir), name);
    bool ok = true;
    int r = file_exists(root.p) ? archive_read_disk_open(disk, root.p) : ARCHIVE_EOF;
    while (ok && r == ARCHIVE_OK && (r = archive_read_next_header2(disk, e)) == ARCHIVE_OK) {
        const char *path = archive_entry_pathname(e);
        ok = put_file(c, w, path, path + c->shop.dir.n + 1);
        archive_read_disk_descend(disk);
    }
    archive_entry_free(e);
    archive_read_free(disk);
    return ok && r != ARCHIVE_EOF ? failed(c, w->out, "read") : ok;
}

static bool put_manifest(struct cli *c, struct writer *w) {
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, MANIFEST);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0600);
    archive_entry_set_size(e, (la_int64_t)w->manifest.n);
    bool ok = buf_ok(&w->manifest) && archive_write_header(w->out, e) == ARCHIVE_OK &&
              archive_write_data(w->out, w->manifest.p, w->manifest.n) == (la_ssize_t)w->manifest.n;
    archive_entry_free(e);
    return ok ? true : failed(c, w->out, "written");
}

static bool write_all(struct cli *c, struct archive *out, const char *snapshot) {
    struct writer w = {out, buf_new(&c->arena, MANIFEST_MAX)};
    static const char *const files[] = {"kontor.conf", "secrets"}, *const folders[] = {"media",
                                                                                       "themes"};
    TRY(put_file(c, &w, snapshot, "shop.db"));
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        TRY(put_file(c, &w, arena_fmt(&c->arena, STR_FMT "/%s", STR_ARG(c->shop.dir), files[i]).p,
                     files[i]));
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) TRY(put_folder(c, &w, folders[i]));
    return put_manifest(c, &w);
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
    static const char *const files[] = {"shop.db", "kontor.conf", "secrets",
                                        "media",   "themes",      MANIFEST};
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (strcmp(name, files[i]) == 0) return true;
    return str_starts(str_c(name), S("media/")) || str_starts(str_c(name), S("themes/"));
}

static const char *unpacked_as(struct cli *c, const char *dir, struct str name) {
    bool conf = str_eq(name, S("kontor.conf"));
    return arena_fmt(&c->arena, "%s/" STR_FMT, dir, STR_ARG(conf ? S(CONF_PART) : name)).p;
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
        archive_entry_set_pathname(e, unpacked_as(c, dir, str_c(name)));
        if (archive_read_extract2(in, e, disk) != ARCHIVE_OK) return failed(c, disk, "unpacked");
    }
    return r == ARCHIVE_EOF ? true : failed(c, in, "read");
}

static bool differs(struct cli *c, const char *file) {
    err_set(&c->err, ERR_INVALID, "%s is damaged: what it holds is not what was saved.", file);
    return err_hint(&c->err, "Remove the new folder and restore another backup.");
}

// Every file that was saved is there, byte for byte.
static bool verify(struct cli *c, const char *file, const char *dir) {
    const char *path = arena_fmt(&c->arena, "%s/" MANIFEST, dir).p;
    struct str text, line, hash, found;
    if (!file_exists(path)) return differs(c, file);
    TRY(file_read(&c->arena, path, MANIFEST_MAX, &text, &c->err));
    while (str_split(&text, '\n', &line)) {
        if (str_empty(line)) continue;
        if (!str_split(&line, ' ', &hash) || str_empty(line)) return differs(c, file);
        const char *there = unpacked_as(c, dir, line);
        if (!file_exists(there)) return differs(c, file);
        TRY(read_file(c, there, NULL, &found));
        if (!str_eq(hash, found)) return differs(c, file);
    }
    return unlink(path) == 0 ? true : err_set(&c->err, ERR_IO, "%s cannot be removed.", path);
}

static bool restore(struct cli *c, const char *file, const char *dir) {
    if (file_exists(arena_fmt(&c->arena, "%s/kontor.conf", dir).p))
        return err_set(&c->err, ERR_CONFLICT, "%s already holds a shop; nothing was changed.", dir);
    if (!file_exists(file)) return err_set(&c->err, ERR_NOT_FOUND, "There is no file %s.", file);
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
    TRY(verify(c, file, dir));
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
