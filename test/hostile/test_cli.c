// SPDX-License-Identifier: Apache-2.0
// The program at the command line: what is broken is told in one sentence ("kontor: ...", a reason
// of the system in brackets may follow), the exit code is 1, nothing half done stays, and the
// shop's invariants hold.
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "base/buf.h"
#include "base/test.h"
#include "core/file.h"

enum { WORDS_MAX = 12, LINE = 100 << 20 };

struct place {
    struct arena a;
    const char *dir, *kontor;
    char told[4000]; // stderr of the last run
};
struct run {
    const char *words[WORDS_MAX];
    rlim_t file_max; // 0: none
};

static const char *in(struct place *p, const char *name) {
    return arena_fmt(&p->a, "%s/%s", p->dir, name).p;
}

static void child(struct place *p, const struct run *r, const char *err) {
    int out = open("/dev/null", O_RDWR), to = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(out, 0), dup2(out, 1), dup2(to, 2);
    if (r->file_max) setrlimit(RLIMIT_FSIZE, &(struct rlimit){r->file_max, r->file_max});
    alarm(60);
    char *argv[WORDS_MAX + 2] = {(char *)(uintptr_t)p->kontor};
    for (int i = 0; i < WORDS_MAX && r->words[i]; i++) argv[i + 1] = (char *)(uintptr_t)r->words[i];
    execv(p->kontor, argv);
    _exit(127);
}

static int run(struct place *p, const struct run *r) {
    int status;
    struct str text;
    struct err e = {0};
    const char *err = in(p, "stderr");
    pid_t pid = fork();
    if (pid == 0) child(p, r, err);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_ok(file_read(&p->a, err, sizeof p->told - 1, &text, &e), &e);
    memcpy(p->told, text.p, text.n);
    p->told[text.n] = '\0';
    if (!WIFEXITED(status)) print_error("ended by signal %d\n", WTERMSIG(status));
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}
#define RUN(p, ...) run((p), &(struct run){.words = {__VA_ARGS__}})

static void quiet(struct place *p, const char *shop) {
    assert_int_equal(RUN(p, "check", shop), 0);
    assert_string_equal(p->told, "");
}

// One sentence that holds these words; notes about a file may stand before it.
static void refused(struct place *p, int code, const char *words) {
    struct str rest = str_c(p->told), line;
    int sentences = 0;
    while (str_split(&rest, '\n', &line)) {
        sentences += str_starts(line, S("kontor: "));
        bool known = !line.n || str_starts(line, S("kontor: ")) ||
                     str_starts(line, S("        (")) ||
                     str_find(line, S(": note: ")) != STR_NONE || str_starts(line, S("time="));
        if (!known) print_error("unexpected line: " STR_FMT "\n", STR_ARG(line));
        assert_true(known && str_is_utf8(line));
    }
    if (code != 1 || sentences != 1 || !strstr(p->told, words))
        print_error("%d, want \"%s\": %s\n", code, words, p->told);
    assert_int_equal(code, 1);
    assert_int_equal(sentences, 1);
    assert_non_null(strstr(p->told, words));
}

static void put(struct place *p, const char *name, struct str bytes) {
    struct err e = {0};
    assert_ok(file_write(in(p, name), bytes, 0600, &e), &e);
}

static void sweep(const char *dir) {
    struct arena a = {0};
    const char *command = arena_fmt(&a, "rm -rf '%s'", dir).p;
    assert_int_equal(system(command), 0);
    arena_done(&a);
}

// A shop of its own for each test: init takes a fraction of a second.
static void open_place(struct place *p, bool demo) {
    static char name[64];
    const char *build = getenv("KONTOR_BUILD");
    *p = (struct place){0};
    p->kontor = arena_fmt(&p->a, "%s/kontor", build ? build : "build").p;
    if (access(p->kontor, X_OK) != 0) skip_because("the program is not built (ninja kontor)");
    memcpy(name, "/tmp/kontor-hostile-XXXXXX", sizeof "/tmp/kontor-hostile-XXXXXX");
    p->dir = mkdtemp(name);
    assert_non_null(p->dir);
    assert_int_equal(RUN(p, "init", in(p, "shop"), demo ? "--demo" : NULL), 0);
}

static void close_place(struct place *p) {
    quiet(p, in(p, "shop"));
    sweep(p->dir);
    arena_done(&p->a);
}

static struct str noise(struct place *p, size_t n) {
    char *b = arena_alloc(&p->a, n + 1);
    uint64_t x = 88172645463325252u;
    for (size_t i = 0; i < n; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        b[i] = (char)x;
    }
    return (struct str){b, n};
}

static void make_files(struct place *p) {
    char *line = malloc(LINE);
    assert_non_null(line);
    memset(line, 'x', LINE);
    memcpy(line, "Handle,Title\n\"", 14);
    put(p, "line", (struct str){line, LINE});
    free(line);
    put(p, "noise", noise(p, 5000));
    put(p, "empty", S(""));
    put(p, "header", S("Handle,Title\n"));
    put(p, "unknown", S("foo,bar\n1,2\n"));
    put(p, "utf16", S("\xff\xfeH\0a\0n\0d\0l\0e\0,\0T\0i\0t\0l\0e\0\n\0"));
    put(p, "other.xml", S("<a/>"));
    put(p, "dtd.xml", S("<!DOCTYPE a [<!ENTITY b SYSTEM \"/etc/passwd\">]><a>&b;</a>"));
    assert_int_equal(mkdir(in(p, "folder"), 0700), 0);
}

static void refuses_files_by_name(void **state) {
    static const char *const formats[] = {"shopify", "woocommerce", "online-retail"};
    static const char *const files[] = {"line",  "noise",     "empty",  "header", "unknown",
                                        "utf16", "other.xml", "folder", "none"};
    static const char *const statements[] = {"line",      "noise",   "empty",  "header",
                                             "other.xml", "dtd.xml", "folder", "none"};
    static const char *const backups[] = {"noise",     "empty",  "header",
                                          "other.xml", "folder", "none"};
    (void)state;
    struct place p;
    open_place(&p, false);
    make_files(&p);
    const char *shop = in(&p, "shop");
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        for (size_t f = 0; f < ARRAY_LEN(formats); f++)
            refused(&p, RUN(&p, "import", shop, "--from", formats[f], in(&p, files[i])), files[i]);
    for (size_t i = 0; i < ARRAY_LEN(statements); i++)
        refused(&p, RUN(&p, "statement", shop, in(&p, statements[i])), statements[i]);
    for (size_t i = 0; i < ARRAY_LEN(backups); i++) {
        refused(&p, RUN(&p, "restore", in(&p, backups[i]), in(&p, "back")), backups[i]);
        refused(&p, RUN(&p, "check", in(&p, "back")), "holds no shop");
    }
    close_place(&p);
}

static void keep(struct place *p, const char *name) { // and take away
    assert_int_equal(rename(in(p, arena_fmt(&p->a, "shop/%s", name).p), in(p, "kept")), 0);
}
static void bring_back(struct place *p, const char *name) {
    const char *path = in(p, arena_fmt(&p->a, "shop/%s", name).p);
    remove(path);
    assert_int_equal(rename(in(p, "kept"), path), 0);
}

static void tells_what_is_broken(void **state) {
    static const struct {
        const char *file;
        struct str now; // {0}: gone
        const char *words;
    } broken[] = {
        {"shop.db", {NULL, 0}, "shop.db"},
        {"shop.db", S_INIT(""), "shop.db"},
        {"shop.db", S_INIT("this is not a database, it is a sentence"), "shop.db"},
        {"secrets", {NULL, 0}, "secrets"},
        {"secrets", S_INIT("short\n"), "secrets"},
        {"kontor.conf", {NULL, 0}, "holds no shop"},
        {"kontor.conf", S_INIT("nonsense\n"), "line 1"},
        {"kontor.conf", S_INIT("\n\nworkers = many\n"), "line 3"},
        {"kontor.conf", S_INIT("db = mysql://x\n"), "mysql://x"},
        {"kontor.conf", S_INIT("db = postgres://nobody@127.0.0.1:1/x\n"), "database server"},
        {"kontor.conf", S_INIT("\x1b[2J\xff\x00\x01"), "line 1"},
    };
    (void)state;
    struct place p;
    open_place(&p, true);
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        keep(&p, broken[i].file);
        if (broken[i].now.p) put(&p, arena_fmt(&p.a, "shop/%s", broken[i].file).p, broken[i].now);
        refused(&p, RUN(&p, "check", in(&p, "shop")), broken[i].words);
        refused(&p, RUN(&p, "serve", in(&p, "shop"), "--listen", "127.0.0.1:0"), broken[i].words);
        bring_back(&p, broken[i].file);
        quiet(&p, in(&p, "shop"));
    }
    refused(&p, RUN(&p, "init", in(&p, "shop")), "already holds a shop");
    refused(&p, RUN(&p, "serve", in(&p, "shop"), "--listen", "nowhere"), "HOST:PORT");
    refused(&p, RUN(&p, "serve", in(&p, "shop"), "--listen", "999.0.0.1:80"), "999.0.0.1");
    close_place(&p);
}

static int taken_port(uint16_t *port_out) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 && listen(fd, 1) == 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    *port_out = ntohs(at.sin_port);
    return fd;
}

static void tells_of_a_taken_port(void **state) {
    (void)state;
    struct place p;
    uint16_t port;
    open_place(&p, false);
    int fd = taken_port(&port);
    refused(&p,
            RUN(&p, "serve", in(&p, "shop"), "--listen", arena_fmt(&p.a, "127.0.0.1:%u", port).p),
            "taken");
    close(fd);
    close_place(&p);
}

// No room for files beyond a size is what a full disk is to the program: writes fail.
static void stands_a_full_disk(void **state) {
    (void)state;
    struct place p;
    open_place(&p, false);
    const char *shop = in(&p, "shop"), *file = in(&p, "many.csv"), *other = in(&p, "other");
    struct buf b = buf_new(&p.a, 0);
    struct stat st;
    buf_put(&b, S("Handle,Title,Body (HTML),Status,Variant Price\n"));
    for (int i = 0; i < 1500; i++)
        buf_fmt(&b, "p%d,Title %d,words words words,active,5.00\n", i, i);
    put(&p, "many.csv", buf_str(&b));
    assert_int_equal(stat(in(&p, "shop/shop.db"), &st), 0);
    rlim_t little = (rlim_t)st.st_size + 50000;
    int code = run(&p, &(struct run){{"import", shop, "--from", "shopify", file}, little});
    refused(&p, code, "shop.db");
    quiet(&p, shop);
    assert_int_equal(RUN(&p, "import", shop, "--from", "shopify", file),
                     0); // goes on where it stopped
    code = run(&p, &(struct run){{"backup", shop, in(&p, "copy")}, 60000});
    refused(&p, code, "copy of the database");
    assert_int_not_equal(access(in(&p, "copy"), F_OK), 0);
    code = run(&p, &(struct run){{"init", other, "--demo"}, 100000});
    refused(&p, code, "shop.db");
    assert_int_equal(RUN(&p, "init", other, "--demo"), 0); // nothing was left in its way
    quiet(&p, other);
    close_place(&p);
}

// A backup that breaks off makes no shop; the whole one does, in the same place.
static void restores_whole_backups_only(void **state) {
    (void)state;
    struct place p;
    struct str bytes;
    struct err e = {0};
    open_place(&p, true);
    assert_int_equal(RUN(&p, "backup", in(&p, "shop"), in(&p, "whole")), 0);
    assert_ok(file_read(&p.a, in(&p, "whole"), (size_t)64 << 20, &bytes, &e), &e);
    for (int i = 1; i < 6; i++) {
        put(&p, "part", str_sub(bytes, 0, bytes.n / 6 * (size_t)i));
        assert_int_equal(RUN(&p, "restore", in(&p, "part"), in(&p, "back")), 1);
        refused(&p, RUN(&p, "check", in(&p, "back")), "holds no shop");
    }
    assert_int_equal(RUN(&p, "restore", in(&p, "whole"), in(&p, "back")), 0);
    quiet(&p, in(&p, "back"));
    close_place(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_files_by_name),       cmocka_unit_test(tells_what_is_broken),
        cmocka_unit_test(tells_of_a_taken_port),       cmocka_unit_test(stands_a_full_disk),
        cmocka_unit_test(restores_whole_backups_only),
    };
    return TEST_GROUP(tests);
}
