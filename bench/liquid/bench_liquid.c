// SPDX-License-Identifier: Apache-2.0
// bench_liquid FOLDER TEMPLATE MILLISECONDS [print]: compiles and renders FOLDER/TEMPLATE.liquid
// with FOLDER/data.json until that much time has passed for each, and prints microseconds for one.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "liquid/liquid.h"

static struct str read_file(struct arena *a, const char *folder, const char *name) {
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    struct buf b = buf_new(a, 0);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;) buf_put(&b, (struct str){chunk, n});
    fclose(f);
    return buf_str(&b);
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool load(void *self, void *page, struct str name, const struct liquid_template **out,
                 struct str *text_out) {
    (void)page;
    (void)name;
    (void)text_out;
    *out = *(const struct liquid_template **)self;
    return true;
}

static const struct liquid_template *compile(struct arena *a, struct str text,
                                             const struct liquid_host *host) {
    struct liquid_options o = {.mode = LIQUID_STRICT, .host = host};
    const struct liquid_template *t = NULL;
    struct liquid_error error = {0};
    struct err err = {0};
    if (liquid_compile(a, text, &o, &t, &error, &err)) return t;
    fprintf(stderr, STR_FMT "\n", STR_ARG(error.message));
    exit(1);
}

static size_t render(const struct liquid_template *t, struct liquid_map *data, struct arena *a,
                     bool print) {
    struct buf out = buf_new(a, 1 << 16);
    struct err err = {0};
    struct liquid_render_in in = {.arena = a, .globals = data, .raise = true};
    if (!liquid_render(t, &in, &out, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    if (print) fwrite(buf_str(&out).p, 1, buf_str(&out).n, stdout);
    return buf_str(&out).n;
}

int main(int argc, char **argv) {
    struct arena keep = {0}, work = {0};
    struct liquid_value data;
    struct err err = {0};
    if (argc < 4) return 2;
    const struct liquid_template *card = NULL, *t;
    struct liquid_host host = {.self = &card, .load = load};
    struct str text = read_file(&keep, argv[1], arena_fmt(&keep, "%s.liquid", argv[2]).p);
    if (!liquid_parse_json(&keep, read_file(&keep, argv[1], "data.json"), &data, &err)) return 1;
    card = compile(&keep, read_file(&keep, argv[1], "card.liquid"), &host);
    t = compile(&keep, text, &host);
    if (argc > 4) return render(t, data.map, &work, true) == 0;
    double limit = atof(argv[3]) / 1000, start = seconds(), compile_us, render_us;
    long n = 0;
    size_t bytes = 0;
    for (; seconds() - start < limit; n++) {
        compile(&work, text, &host);
        arena_reset(&work);
    }
    compile_us = (seconds() - start) * 1e6 / (double)n;
    start = seconds();
    for (n = 0; seconds() - start < limit; n++) {
        bytes = render(t, data.map, &work, false);
        arena_reset(&work);
    }
    render_us = (seconds() - start) * 1e6 / (double)n;
    printf("{\"bytes\":%zu,\"compile_us\":%.2f,\"render_us\":%.2f}\n", bytes, compile_us,
           render_us);
    arena_done(&work);
    arena_done(&keep);
    return 0;
}
