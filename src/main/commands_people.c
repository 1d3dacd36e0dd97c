// SPDX-License-Identifier: Apache-2.0
// kontor user, kontor apikey.
#include <stdio.h>
#include <unistd.h>

#include "main/command.h"
#include "mod/staff/staff.h"
#include "staff_sql.h"

static const struct {
    enum staff_verdict verdict;
    const char *text;
} refusals[] = {
    {STAFF_EMAIL_TAKEN, "Somebody with this e-mail address is already there."},
    {STAFF_BAD_EMAIL, "This is not an e-mail address."},
    {STAFF_BAD_ROLE, "The role must be owner, admin or staff."},
    {STAFF_WEAK_PASSWORD, "The password must have at least 12 characters."},
};

static bool refused(struct cli *c, enum staff_verdict v) {
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
        if (refusals[i].verdict == v) return err_set(&c->err, ERR_INVALID, "%s", refusals[i].text);
    return err_set(&c->err, ERR_INVALID, "That is not possible.");
}

static bool read_password(struct cli *c, struct str *out) {
    char line[1024];
    if (!fgets(line, sizeof line, stdin))
        return err_set(&c->err, ERR_INVALID, "No password came on the standard input.");
    struct str text = str_c(line);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r')) text.n--;
    *out = arena_str(&c->arena, text);
    return true;
}

static bool find(struct cli *c, const char *email, int64_t *id_out) {
    struct staff_by_email s;
    bool found;
    TRY(staff_by_email(&c->ctx.db, &(struct staff_by_email_in){str_c(email)}, &s, &found));
    if (!found)
        return err_set(&c->err, ERR_NOT_FOUND,
                       "Nobody with the e-mail address %s works in this shop.", email);
    *id_out = s.id;
    return true;
}

static bool print_link(struct cli *c, int64_t id) {
    struct str token;
    TRY(staff_link_new(&c->ctx, id, &token));
    printf("Sign in once within 24 hours: " STR_FMT "/desk/login/link/" STR_FMT "\n",
           STR_ARG(c->shop.base_url), STR_ARG(token));
    return true;
}

static bool user_add(struct cli *c, const struct args *a) {
    const char *role = args_option(a, "role"), *name = args_option(a, "name");
    struct staff_new n = {.email = str_c(args_option(a, "email")),
                          .role = role ? str_c(role) : S("staff"),
                          .name = name ? str_c(name) : S("")};
    enum staff_verdict v;
    int64_t id;
    if (args_option(a, "password-stdin")) TRY(read_password(c, &n.password));
    TRY(staff_add(&c->ctx, &n, &v, &id));
    if (v != STAFF_OK) return refused(c, v);
    return n.password.p ? true : print_link(c, id);
}

static bool user_link(struct cli *c, const struct args *a) {
    int64_t id;
    TRY(find(c, args_option(a, "email"), &id));
    return print_link(c, id);
}

// The authenticator was lost: the next sign-in sets up a new one.
static bool user_reset(struct cli *c, const struct args *a) {
    int64_t id;
    TRY(find(c, args_option(a, "email"), &id));
    TRY(staff_totp_reset(&c->ctx, id));
    return print_link(c, id);
}

static const struct verb {
    const char *name;
    bool (*run)(struct cli *c, const struct args *a);
} verbs[] = {{"add", user_add}, {"link", user_link}, {"reset-totp", user_reset}};

int cmd_user(const struct args *a) {
    struct cli c;
    const struct verb *v = NULL;
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (strcmp(verbs[i].name, a->words[0]) == 0) v = &verbs[i];
    if (!v || !args_option(a, "email")) {
        fputs("usage: kontor user add|link|reset-totp DIR --email E [--role owner|admin|staff]\n",
              stderr);
        return 2;
    }
    return cli_open(&c, a->words[1]) ? cli_close(&c, v->run(&c, a)) : 1;
}

static bool key_add(struct cli *c, const struct args *a) {
    struct api_key key;
    int64_t id;
    TRY(find(c, args_option(a, "user"), &id));
    TRY(api_key_add(&c->ctx, id, str_c(args_option(a, "permissions")), &key));
    printf(STR_FMT "\n" STR_FMT "\n", STR_ARG(key.key), STR_ARG(key.secret));
    return true;
}

int cmd_apikey(const struct args *a) {
    static const char *const known[] = {"read", "write", "read_write"};
    const char *permissions = args_option(a, "permissions");
    bool right = false;
    struct cli c;
    for (size_t i = 0; permissions && i < ARRAY_LEN(known); i++)
        right |= strcmp(known[i], permissions) == 0;
    if (strcmp(a->words[0], "add") != 0 || !args_option(a, "user") || !right)
        return fputs("usage: kontor apikey add DIR --user E --permissions read|write|read_write\n",
                     stderr),
               2;
    if (!cli_open(&c, a->words[1])) return 1;
    return cli_close(&c, key_add(&c, a));
}
