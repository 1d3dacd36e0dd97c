// SPDX-License-Identifier: Apache-2.0
#include "main/conf.h"

#include <arpa/inet.h>

#include "base/buf.h"
#include "core/file.h"

#define CONF_MAX 65536

// What a value must look like; the sentence ends "KEY must be ...".
struct kind {
    const char *is;
    bool (*valid)(struct str value); // NULL: any text
    bool number;
};

static bool web_address(struct str v) {
    return (str_starts(v, S("http://")) || str_starts(v, S("https://"))) && v.n > 8 &&
           !str_ends(v, S("/"));
}
static bool mail_address(struct str v) {
    return str_starts(v, S("smtp://")) || str_starts(v, S("smtps://"));
}
static bool ip_address(struct str v) {
    char text[64] = {0};
    unsigned char out[16];
    if (v.n >= sizeof text) return false;
    memcpy(text, v.p, v.n);
    return inet_pton(AF_INET, text, out) == 1 || inet_pton(AF_INET6, text, out) == 1;
}
static bool threads(struct str v) {
    int64_t n;
    return str_to_int(v, &n) && n >= 1 && n <= 256;
}

static const struct kind kind_text = {"a text", NULL, false},
                         kind_web = {"an address like https://shop.example", web_address, false},
                         kind_smtp = {"an address like smtps://mail.example:465", mail_address,
                                      false},
                         kind_ip = {"the IP address of a proxy", ip_address, false},
                         kind_threads = {"a number from 1 to 256", threads, true};

static const struct key {
    struct str name;
    const struct kind *kind;
    size_t offset;
} keys[] = {
    {S_INIT("db"), &kind_text, offsetof(struct conf, db)},
    {S_INIT("listen"), &kind_text, offsetof(struct conf, listen)},
    {S_INIT("base_url"), &kind_web, offsetof(struct conf, base_url)},
    {S_INIT("smtp_url"), &kind_smtp, offsetof(struct conf, smtp_url)},
    {S_INIT("smtp_user"), &kind_text, offsetof(struct conf, smtp_user)},
    {S_INIT("smtp_password"), &kind_text, offsetof(struct conf, smtp_password)},
    {S_INIT("trusted_proxy"), &kind_ip, offsetof(struct conf, trusted_proxy)},
    {S_INIT("workers"), &kind_threads, offsetof(struct conf, workers)},
    {S_INIT("io_threads"), &kind_threads, offsetof(struct conf, io_threads)},
};

static void set(struct conf *c, const struct key *k, struct str value) {
    char *at = (char *)c + k->offset;
    if (k->kind->number)
        ensure(str_to_int(value, (int64_t *)(void *)at));
    else
        *(struct str *)(void *)at = value;
}

static bool read_line(struct arena *a, struct conf *c, struct str line, int number,
                      struct err *err) {
    struct str text = str_trim(line);
    size_t eq = str_find_char(text, '=');
    if (str_empty(text) || text.p[0] == '#') return true;
    struct str name = str_trim(str_sub(text, 0, eq)),
               value = eq == STR_NONE ? S("") : str_trim(str_from(text, eq + 1));
    for (size_t i = 0; i < ARRAY_LEN(keys) && eq != STR_NONE; i++) {
        const struct kind *kind = keys[i].kind;
        if (!str_eq(keys[i].name, name)) continue;
        if (kind->valid && !kind->valid(value))
            return err_set(err, ERR_INVALID, "kontor.conf, line %d: " STR_FMT " must be %s.",
                           number, STR_ARG(name), kind->is);
        set(c, &keys[i], arena_str(a, value));
        return true;
    }
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
