// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/file.h"
#include "db/migrate.h"
#include "main/command.h"
#include "main/modules.h"

void cli_tell(struct str text) {
    bool utf8 = str_is_utf8(text);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char ch = (unsigned char)text.p[i];
        bool shown = ch >= ' ' && ch != 0x7f && (utf8 || ch < 0x7f);
        fputc(shown ? ch : '?', stderr);
    }
}

int cli_fail(const struct err *e) {
    fputs("kontor: ", stderr);
    cli_tell(str_c(e->message));
    if (e->hint[0]) fputc(' ', stderr);
    cli_tell(str_c(e->hint));
    fputc('\n', stderr);
    if (e->detail[0] && (e->code == ERR_DB || e->code == ERR_IO))
        fprintf(stderr, "        (%s)\n", e->detail);
    return 1;
}

// A database file that vanished is not made anew in silence: an empty shop would look like a lost
// one.
static bool database_there(struct cli *c, struct str dir) {
    if (!str_starts(c->conf.db, S("sqlite:"))) return true;
    const char *path = arena_cstr(&c->arena, str_from(c->conf.db, S("sqlite:").n));
    if (file_exists(path)) return true;
    err_set(&c->err, ERR_NOT_FOUND, "The shop's database %s is missing.", path);
    return err_hint(&c->err,
                    "Bring it back, or restore a backup with: kontor restore FILE " STR_FMT,
                    STR_ARG(dir));
}

// Two for every worker and job runner, and some for the watch and the command itself.
static int connections(const struct conf *conf) {
    int64_t workers = conf->workers ? conf->workers : SERVER_WORKERS;
    return (int)(2 * (workers + JOB_THREADS) + 4);
}

static bool open_all(struct cli *c, const char *dir) {
    char *real = realpath(dir, NULL);
    struct str path = arena_str(&c->arena, str_c(real ? real : dir));
    struct world world;
    free(real);
    TRY(conf_read(&c->arena, path, &c->conf, &c->err));
    TRY(database_there(c, path));
    struct world_options w = {path, c->conf.smtp_url, c->conf.smtp_user, c->conf.smtp_password};
    TRY(world_real(&c->arena, &w, &world, &c->err));
    world.log.least = LOG_ERROR; // commands tell by sentences; `serve` logs more
    struct str url = c->conf.base_url;
    if (str_empty(url)) url = arena_fmt(&c->arena, "http://" STR_FMT, STR_ARG(c->conf.listen));
    struct shop_open o = {.dir = path,
                          .db_url = c->conf.db,
                          .base_url = url,
                          .world = world,
                          .modules = modules_all(),
                          .connections = connections(&c->conf),
                          .migrations = kontor_migrations,
                          .migration_count = kontor_migration_count};
    TRY(shop_open(&o, &c->shop, &c->err));
    c->open = true;
    payment_methods_set(&c->shop, modules_payment_methods);
    return true;
}

bool cli_open(struct cli *c, const char *dir) {
    *c = (struct cli){0};
    signal(SIGPIPE, SIG_IGN);
    if (!open_all(c, dir)) {
        cli_fail(&c->err);
        arena_done(&c->arena);
        return false;
    }
    ctx_begin(&c->ctx, &c->shop, &c->arena);
    c->ctx.actor = (struct actor){.kind = ACTOR_SYSTEM, .name = S("command line")};
    c->ctx_open = true;
    return true;
}

int cli_close(struct cli *c, bool ok) {
    int code = ok ? 0 : cli_fail(c->err.code ? &c->err : &c->ctx.err);
    if (c->ctx_open) ctx_end(&c->ctx);
    if (c->open) shop_close(&c->shop);
    arena_done(&c->arena);
    return code;
}
