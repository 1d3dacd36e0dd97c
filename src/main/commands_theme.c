// SPDX-License-Identifier: Apache-2.0
// kontor theme: what authors and operators do with themes. Everything a running shop shows changes
// at once and whole.
#include <stdio.h>
#include <sys/stat.h>

#include "core/file.h"
#include "main/command.h"
#include "mod/themes/run.h"

struct work { // one command on its way
    struct cli *cli;
    const struct args *args;
    const char *what; // third word, or NULL
    struct themes_entry theme;
    struct theme_findings findings;
    struct themes_work step;
};

static bool is_path(const char *word, bool *folder_out) {
    struct stat st;
    if (!word || stat(word, &st)) return false;
    *folder_out = S_ISDIR(st.st_mode);
    return true;
}

static bool read_files(struct work *w) {
    struct arena *a = &w->cli->arena;
    struct err *err = &w->cli->err;
    struct str zip;
    bool folder = false;
    if (!is_path(w->what, &folder))
        return err_set(err, ERR_NOT_FOUND, "There is no folder or archive %s.", w->what);
    if (folder) return theme_files_of_dir(a, w->what, &w->step.files, err);
    TRY(file_read(a, w->what, THEME_ZIP_MAX, &zip, err));
    return theme_files_of_zip(a, zip, &w->step.files, err);
}

static bool find(struct work *w, const char *name) {
    struct cli *c = w->cli;
    bool found;
    TRY(themes_find(&c->ctx, str_c(name), &w->theme, &found));
    w->step.theme_id = w->theme.id;
    if (found) return true;
    err_set(&c->err, ERR_NOT_FOUND, "The shop has no theme named %s.", name);
    return err_hint(&c->err, "kontor theme list %s shows which it has.", w->args->words[1]);
}

static int print_findings(const struct theme_findings *f) {
    static const char *const words[] = {"note", "warning", "error"};
    for (size_t i = 0; i < f->n; i++) {
        const struct theme_finding *x = &f->v[i];
        printf(STR_FMT ":%d: %s: " STR_FMT "\n", STR_ARG(x->file), x->line, words[x->severity],
               STR_ARG(x->message));
    }
    printf("%zu error%s, %zu warning%s\n", f->errors, f->errors == 1 ? "" : "s", f->warnings,
           f->warnings == 1 ? "" : "s");
    return f->errors ? 1 : 0;
}

static bool list(struct work *w) {
    struct themes_entries all;
    TRY(themes_list(&w->cli->ctx, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct themes_entry *t = &all.v[i];
        bool later = t->live && t->live_revision_id != t->revision_id;
        printf("%4lld  " STR_FMT "%s%s%s, revision %lld\n", (long long)t->id, STR_ARG(t->name),
               t->built_in ? " (built in)" : "", t->live ? "  LIVE" : "",
               later ? ", changed since it was published" : "", (long long)t->revision);
    }
    return true;
}

static bool add(struct work *w) {
    struct cli *c = w->cli;
    const char *name = args_option(w->args, "update");
    TRY(read_files(w));
    if (name) TRY(find(w, name));
    TRY(themes_run(&c->ctx, name ? THEMES_REPLACE : THEMES_ADD, &w->step));
    printf("Theme %lld has %zu files", (long long)w->step.theme_id, w->step.files.n);
    if (w->step.files.passed_over)
        printf(" (%zu others are no part of a theme)", w->step.files.passed_over);
    printf(". It is not live; look at it with: kontor theme preview %s %lld\n", w->args->words[1],
           (long long)w->step.theme_id);
    return true;
}

static bool duplicate(struct work *w) {
    TRY(find(w, w->what));
    TRY(themes_run(&w->cli->ctx, THEMES_DUPLICATE, &w->step));
    printf("Theme %lld is the copy.\n", (long long)w->step.theme_id);
    return true;
}

static bool remove_theme(struct work *w) {
    TRY(find(w, w->what));
    TRY(themes_run(&w->cli->ctx, THEMES_REMOVE, &w->step));
    printf(STR_FMT " is removed.\n", STR_ARG(w->theme.name));
    return true;
}

static bool publish(struct work *w) {
    TRY(find(w, w->what));
    if (!themes_run(&w->cli->ctx, THEMES_PUBLISH, &w->step)) {
        if (w->findings.errors) print_findings(&w->findings);
        return false;
    }
    printf(STR_FMT " is live. Back again: kontor theme rollback %s\n", STR_ARG(w->theme.name),
           w->args->words[1]);
    return true;
}

static bool rollback(struct work *w) {
    TRY(themes_run(&w->cli->ctx, THEMES_ROLLBACK, &w->step));
    printf(STR_FMT ", revision %lld, is live again.\n", STR_ARG(w->step.entry.name),
           (long long)w->step.entry.revision);
    return true;
}

static bool preview(struct work *w) {
    TRY(find(w, w->what));
    TRY(themes_run(&w->cli->ctx, THEMES_PREVIEW, &w->step));
    printf("For seven days, for who has the link: " STR_FMT "\n", STR_ARG(w->step.url));
    return true;
}

// A folder or archive that is not installed yet, or a theme of the shop; the live one when none is
// named.
static bool check(struct work *w) {
    struct cli *c = w->cli;
    bool folder;
    if (is_path(w->what, &folder)) {
        TRY(read_files(w));
    } else {
        struct themes_entries all;
        if (w->what) TRY(find(w, w->what));
        TRY(themes_list(&c->ctx, &all));
        TRY(themes_files(&c->ctx, w->what ? w->theme.id : all.v[0].id, &w->step.files));
    }
    TRY(theme_check(&c->arena, &w->step.files, themes_host(&c->shop), &w->findings, &c->err));
    print_findings(&w->findings);
    return true;
}

static const struct {
    const char *name;
    size_t least, most; // words with "list" and DIR
    bool (*run)(struct work *w);
} subs[] = {
    {"list", 2, 2, list},           {"add", 3, 3, add},           {"check", 2, 3, check},
    {"duplicate", 3, 3, duplicate}, {"preview", 3, 3, preview},   {"publish", 3, 3, publish},
    {"remove", 3, 3, remove_theme}, {"rollback", 2, 2, rollback},
};

int cmd_theme(const struct args *a) {
    size_t i = 0;
    while (i < ARRAY_LEN(subs) && !str_eq(str_c(subs[i].name), str_c(a->words[0]))) i++;
    if (i == ARRAY_LEN(subs) || a->n < subs[i].least || a->n > subs[i].most)
        return fputs("usage: kontor " THEME_USAGE "\n", stderr), 2;
    struct cli c;
    if (!cli_open(&c, a->words[1])) return 1;
    const char *name = args_option(a, "name");
    struct work w = {.cli = &c,
                     .args = a,
                     .what = a->n > 2 ? a->words[2] : NULL,
                     .findings = {.arena = &c.arena}};
    w.step = (struct themes_work){.name = str_c(name), .findings = &w.findings};
    bool ok = subs[i].run(&w);
    bool bad = ok && w.findings.errors;
    int code = cli_close(&c, ok);
    return bad ? 1 : code;
}
