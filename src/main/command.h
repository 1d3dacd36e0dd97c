// SPDX-License-Identifier: Apache-2.0
// The command line: one row a command. Exit codes: 0 done, 1 failure (one sentence on stderr), 2
// wrong usage.
#pragma once
#include "base/map.h"
#include "core/app.h"
#include "main/conf.h"

struct option { // "--name VALUE", or "--name" alone when value is false
    const char *name;
    bool value;
};
struct args {
    const char *const *words; // positional, after the command
    size_t n;
    struct map options; // name without "--" to const char * ("" for a flag)
};
const char *args_option(const struct args *a, const char *name); // NULL when not given
struct command {
    const char *name, *usage, *help;
    const struct option *options; // ends with {0}
    size_t least, most;           // positional arguments
    int (*run)(const struct args *a);
};
extern const struct command commands[];
extern const size_t command_count;
int command_usage(const struct command *c); // prints it on stderr; 2

#define JOB_THREADS 2 // of `serve`

// An opened shop for one command: conf, world, database migrated.
struct cli {
    struct arena arena;
    struct err err;
    struct conf conf;
    struct shop shop;
    struct ctx ctx; // as the system
    bool open, ctx_open;
};
bool cli_open(struct cli *c, const char *dir); // false: told on stderr
int cli_close(struct cli *c,
              bool ok);            // tells c->err or c->ctx.err when not ok; gives the exit code
int cli_fail(const struct err *e); // one sentence on stderr; 1
void cli_tell(struct str text);    // on stderr; control characters of foreign text become "?"

int cmd_init(const struct args *a);
int cmd_serve(const struct args *a);
int cmd_import(const struct args *a);
int cmd_export(const struct args *a);
int cmd_statement(const struct args *a);
int cmd_user(const struct args *a);
int cmd_apikey(const struct args *a);
int cmd_check(const struct args *a);
int cmd_rebuild(const struct args *a);
int cmd_report(const struct args *a);
int cmd_liquid(const struct args *a);
int cmd_backup(const struct args *a);
#define THEME_USAGE                                                                                \
    "theme list|rollback DIR; theme add DIR FOLDER|ZIP [--name N | --update THEME]; "              \
    "theme duplicate|remove|preview|publish DIR THEME [--name N]; theme check DIR "                \
    "[FOLDER|ZIP|THEME]"
int cmd_theme(const struct args *a);
int cmd_restore(const struct args *a);
