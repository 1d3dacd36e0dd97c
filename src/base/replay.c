// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over its kept cases without libFuzzer, so that every build proves them:
//   replay_<thing> FOLDER
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/fuzz.h"

static bool run_case(const char *path) {
    struct arena a = {0};
    struct stat st;
    FILE *in = fopen(path, "rb");
    if (!in || fstat(fileno(in), &st) != 0) return false;
    uint8_t *data = arena_alloc(&a, (size_t)st.st_size);
    size_t n = fread(data, 1, (size_t)st.st_size, in);
    fclose(in);
    LLVMFuzzerTestOneInput(data, n);
    arena_done(&a);
    return n == (size_t)st.st_size;
}

int main(int argc, char **argv) {
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        fputs("usage: replay FOLDER\n", stderr);
        return 2;
    }
    struct arena a = {0};
    int failed = 0, cases = 0;
    for (struct dirent *d; (d = readdir(folder));) {
        if (d->d_name[0] == '.') continue;
        bool ok = run_case(arena_fmt(&a, "%s/%s", argv[1], d->d_name).p);
        printf("%s %d - %s\n", ok ? "ok" : "not ok", ++cases, d->d_name);
        fflush(stdout);
        failed += !ok;
    }
    closedir(folder);
    arena_done(&a);
    return failed || !cases;
}
