// SPDX-License-Identifier: Apache-2.0
#include "main/conf.h"

#include "base/buf.h"
#include "core/file.h"

#define CONF_MAX 65536

enum kind { TEXT, NUMBER };
static const struct key {
    struct str name;
    enum kind kind;
    size_t offset;
} keys[] = {
    {S_INIT("db"), TEXT, offsetof(struct conf, db)},
    {S_INIT("listen"), TEXT, offsetof(struct conf, listen)},
    {S_INIT("base_url"), TEXT, offsetof(struct conf, base_url)},
    {S_INIT("smtp_url"), TEXT, offsetof(struct conf, smtp_url)},
    {S_INIT("smtp_user"), TEXT, offsetof(struct conf, smtp_user)},
    {S_INIT("smtp_password"), TEXT, offsetof(struct conf, smtp_password)},
    {S_INIT("trusted_proxy"), TEXT, offsetof(struct conf, trusted_proxy)},
    {S_INIT("workers"), NUMBER, offsetof(struct conf, workers)},
    {S_INIT("io_threads"), NUMBER, offsetof(struct conf, io_threads)},
};

static bool set(struct conf *c, const struct key *k, struct str value) {
    char *at = (char *)c + k->offset;
    if (k->kind == TEXT) {
        *(struct str *)(void *)at = value;
        return true;
    }
    return str_to_int(value, (int64_t *)(void *)at) && *(int64_t *)(void *)at >= 0 &&
           *(int64_t *)(void *)at <= 256;
}

static bool read_line(struct arena *a, struct conf *c, struct str line, int number,
                      struct err *err) {
    struct str text = str_trim(line);
    size_t eq = str_find_char(text, '=');
    if (str_empty(text) || text.p[0] == '#') return true;
    struct str name = str_trim(str_sub(text, 0, eq)),
               value = eq == STR_NONE ? S("") : str_trim(str_from(text, eq + 1));
    for (size_t i = 0; i < ARRAY_LEN(keys) && eq != STR_NONE; i++)
        if (str_eq(keys[i].name, name) && set(c, &keys[i], arena_str(a, value))) return true;
    return err_set(err, ERR_INVALID, "kontor.conf, line %d: \"" STR_FMT "\" is not understood.",
                   number, STR_ARG(text));
}

bool conf_parse(struct arena *a, struct str text, struct conf *out, struct err *err) {
    struct str line;
    *out = (struct conf){0};
    for (int number = 1; str_split(&text, '\n', &line); number++)
        TRY(read_line(a, out, line, number, err));
    return true;
}

bool conf_read(struct arena *a, struct str dir, struct conf *out, struct err *err) {
    const char *path = arena_fmt(a, STR_FMT "/kontor.conf", STR_ARG(dir)).p;
    struct str text;
    *out = (struct conf){0};
    if (!file_exists(path)) {
        err_set(err, ERR_NOT_FOUND, STR_FMT " holds no shop.", STR_ARG(dir));
        return err_hint(err, "Make one with: kontor init " STR_FMT, STR_ARG(dir));
    }
    TRY(file_read(a, path, CONF_MAX, &text, err));
    TRY(conf_parse(a, text, out, err));
    if (str_empty(out->listen)) out->listen = S("127.0.0.1:8080");
    if (str_empty(out->db)) out->db = arena_fmt(a, "sqlite:" STR_FMT "/shop.db", STR_ARG(dir));
    return true;
}

bool conf_write(struct arena *a, struct str dir, struct str db, struct err *err) {
    struct buf b = buf_new(a, CONF_MAX);
    buf_put(&b, S("# What Kontor needs to start. Everything else is a setting in the desk.\n\n"));
    if (str_empty(db))
        buf_put(&b,
                S("# db = postgres://user@host/name   (without it: shop.db beside this file)\n"));
    else
        buf_fmt(&b, "db = " STR_FMT "\n", STR_ARG(db));
    buf_put(&b,
            S("listen = 127.0.0.1:8080\n"
              "# base_url = https://shop.example   the address that visitors see\n"
              "# trusted_proxy = 127.0.0.1         whose X-Forwarded-For and -Proto are believed\n"
              "# smtp_url = smtps://mail.example:465   (without it mails are written to the folder "
              "mail)\n"
              "# smtp_user = shop@shop.example\n"
              "# smtp_password = ...\n"));
    return file_write(arena_fmt(a, STR_FMT "/kontor.conf", STR_ARG(dir)).p, buf_str(&b), 0600, err);
}
