// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <stdio.h>

#include "base/arena.h"
#include "main/command.h"

static const struct option none[] = {{0}};
static const struct option init_options[] = {{"demo", false}, {"db", true}, {0}};
static const struct option serve_options[] = {
    {"listen", true}, {"no-limits", false}, {"no-jobs", false}, {"no-cache", false}, {0}};
static const struct option import_options[] = {{"from", true}, {"dry-run", false}, {0}};
static const struct option export_options[] = {{"to", true}, {"out", true}, {0}};
static const struct option user_options[] = {
    {"email", true}, {"role", true}, {"name", true}, {"password-stdin", false}, {0}};
static const struct option key_options[] = {{"user", true}, {"permissions", true}, {0}};
static const struct option theme_options[] = {{"name", true}, {"update", true}, {0}};
static const struct option report_options[] = {{"from", true}, {"to", true}, {"json", false}, {0}};

const struct command commands[] = {
    {"init", "init DIR [--demo] [--db URL]", "makes a new shop", init_options, 1, 1, cmd_init},
    {"serve", "serve DIR [--listen HOST:PORT]", "runs it", serve_options, 1, 1, cmd_serve},
    {"import", "import DIR --from woocommerce|shopify|online-retail FILE... [--dry-run]",
     "brings data in", import_options, 2, 1000, cmd_import},
    {"export", "export DIR --to woocommerce|shopify --out FOLDER", "writes the same formats back",
     export_options, 1, 1, cmd_export},
    {"statement", "statement DIR FILE...",
     "reads bank statements (camt.053) and books what matches", none, 2, 1000, cmd_statement},
    {"user",
     "user add|link|reset-totp DIR --email E [--role owner|admin|staff] [--name N] "
     "[--password-stdin]",
     "adds somebody to the desk, prints a one-time sign-in link, or lets a lost authenticator be "
     "set up anew",
     user_options, 2, 2, cmd_user},
    {"apikey", "apikey add DIR --user E --permissions read|write|read_write",
     "prints ck_... and cs_..., a key for the APIs that come: none takes it yet", key_options, 2, 2,
     cmd_apikey},
    {"check", "check DIR", "proves the invariants; silent when all hold", none, 1, 1, cmd_check},
    {"rebuild", "rebuild DIR", "computes again what is derived", none, 1, 1, cmd_rebuild},
    {"report", "report DIR sales [--from D --to D] --json", "sums up the documents", report_options,
     2, 2, cmd_report},
    {"backup", "backup DIR FILE", "writes the whole shop into one file, while it runs", none, 2, 2,
     cmd_backup},
    {"restore", "restore FILE DIR", "makes a shop out of a backup", none, 2, 2, cmd_restore},
    {"theme", THEME_USAGE, "installs, checks, previews, publishes and takes back themes",
     theme_options, 2, 3, cmd_theme},
    {"liquid", "liquid", "renders templates, one JSON object a line (conformance tests)", none, 0,
     0, cmd_liquid},
};
const size_t command_count = ARRAY_LEN(commands);

int command_usage(const struct command *c) {
    if (c) fprintf(stderr, "usage: kontor %s\n", c->usage);
    for (size_t i = 0; !c && i < command_count; i++)
        fprintf(stderr, "%s kontor %s\n           %s\n", i ? "      " : "usage:", commands[i].usage,
                commands[i].help);
    return 2;
}

const char *args_option(const struct args *a, const char *name) {
    return map_get(&a->options, str_c(name));
}

static const struct option *option_find(const struct command *c, const char *name) {
    for (const struct option *o = c->options; o->name; o++)
        if (strcmp(o->name, name) == 0) return o;
    return NULL;
}

// Sorts the words into positional arguments and options; false when one is not known.
static bool parse(struct arena *a, const struct command *c, char **words, struct args *out) {
    const char **plain = ARENA_ARRAY(a, const char *, 1001);
    for (; *words; words++) {
        if (strncmp(*words, "--", 2) != 0) {
            if (out->n == 1000) return false;
            plain[out->n++] = *words;
            continue;
        }
        const struct option *o = option_find(c, *words + 2);
        if (!o || (o->value && !words[1])) return false;
        map_set(a, &out->options, str_c(o->name), o->value ? *++words : *words + strlen(*words));
    }
    out->words = plain;
    return out->n >= c->least && out->n <= c->most;
}

int main(int argc, char **argv) {
    struct arena arena = {0};
    struct args args = {0};
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is a full disk, told in a sentence
    if (argc >= 2 && strcmp(argv[1], "--version") == 0) return puts("kontor " KONTOR_VERSION) < 0;
    for (size_t i = 0; argc >= 2 && i < command_count; i++) {
        if (strcmp(commands[i].name, argv[1]) != 0) continue;
        int code = parse(&arena, &commands[i], argv + 2, &args) ? commands[i].run(&args)
                                                                : command_usage(&commands[i]);
        arena_done(&arena);
        return code;
    }
    return command_usage(NULL);
}
