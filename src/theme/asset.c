// SPDX-License-Identifier: Apache-2.0
// Assets of a theme under one fingerprint, so that a stylesheet may name a picture beside it; and
// the stylesheets and scripts that its sections, blocks and snippets bring, bundled.
#include <sodium.h>

#include "theme/load.h"

#define BUNDLE_MAX ((size_t)8 << 20)

static const struct {
    const char *suffix, *type;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".otf", "font/otf"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".txt", "text/plain; charset=utf-8"},
    {".html", "text/plain; charset=utf-8"}, // never a page of the shop's origin
    {".glb", "model/gltf-binary"},
};

static const char *type_of(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_ends(name, str_c(types[i].suffix))) return types[i].type;
    return "application/octet-stream";
}

static void add(struct theme_load *l, struct str name, struct str bytes) {
    struct theme_asset_file *f = ARENA_NEW(l->a, struct theme_asset_file);
    *f = (struct theme_asset_file){.bytes = bytes, .type = type_of(name)};
    map_set(l->a, &l->t->assets, name, f);
}

static void bundle(const struct liquid_template *code, struct buf *css, struct buf *js) {
    struct str style = str_trim(liquid_raw_body(code, "stylesheet"));
    struct str script = str_trim(liquid_raw_body(code, "javascript"));
    if (style.n) {
        buf_put(css, style);
        buf_char(css, '\n');
    }
    if (!script.n) return;
    buf_put(js, S("try{(function(){\n"));
    buf_put(js, script);
    buf_put(js, S("\n})()}catch(e){console.error(e)}\n"));
}

static void add_bundles(struct theme_load *l) {
    struct buf css = buf_new(l->a, BUNDLE_MAX), js = buf_new(l->a, BUNDLE_MAX);
    const struct theme *t = l->t;
    for (size_t i = 0; i < t->sections.n; i++) {
        const struct theme_section_file *f = t->sections.v[i].value;
        bundle(f->code, &css, &js);
    }
    for (size_t i = 0; i < t->blocks.n; i++) {
        const struct theme_block_file *f = t->blocks.v[i].value;
        bundle(f->code, &css, &js);
    }
    for (size_t i = 0; i < t->snippets.n; i++) bundle(t->snippets.v[i].value, &css, &js);
    if (css.n) add(l, S("compiled_assets/styles.css"), buf_str(&css));
    if (js.n) add(l, S("compiled_assets/scripts.js"), buf_str(&js));
}

static void hash_part(crypto_hash_sha256_state *h, struct str s) {
    uint64_t n = s.n;
    crypto_hash_sha256_update(h, (const unsigned char *)&n, sizeof n);
    crypto_hash_sha256_update(h, (const unsigned char *)(s.p ? s.p : ""), s.n);
}

static struct str fingerprint(struct theme_load *l) {
    crypto_hash_sha256_state h;
    unsigned char out[crypto_hash_sha256_BYTES];
    struct buf hex = buf_new(l->a, 64);
    crypto_hash_sha256_init(&h);
    for (size_t i = 0; i < l->t->assets.n; i++) {
        const struct theme_asset_file *f = l->t->assets.v[i].value;
        hash_part(&h, l->t->assets.v[i].key);
        hash_part(&h, f->bytes);
    }
    for (size_t i = 0; i < l->t->files.n; i++) // what liquid assets are written with
        if (str_starts(l->t->files.v[i].path, S("config/"))) hash_part(&h, l->t->files.v[i].bytes);
    crypto_hash_sha256_final(&h, out);
    buf_hex(&hex, out, 8);
    return buf_str(&hex);
}

static void link_bundle(struct theme_load *l, struct buf *b, struct str name, const char *before,
                        const char *after) {
    const struct theme_asset_file *f = map_get(&l->t->assets, name);
    if (!f) return;
    buf_put(b, str_c(before));
    buf_html(b, f->url);
    buf_put(b, str_c(after));
}

void theme_load_assets(struct theme_load *l) {
    struct theme *t = l->t;
    for (size_t i = 0; i < t->files.n; i++) {
        const struct theme_file *f = &t->files.v[i];
        struct str made = theme_liquid_asset(f);
        if (str_starts(f->path, S("assets/")))
            add(l, made.p ? made : str_from(f->path, strlen("assets/")), f->bytes);
    }
    add_bundles(l);
    t->fingerprint = fingerprint(l);
    for (size_t i = 0; i < t->assets.n; i++) {
        struct theme_asset_file *f = t->assets.v[i].value;
        f->url = arena_fmt(l->a, STR_FMT STR_FMT "/" STR_FMT, STR_ARG(t->asset_prefix),
                           STR_ARG(t->fingerprint), STR_ARG(t->assets.v[i].key));
    }
    struct buf links = buf_new(l->a, 4096);
    link_bundle(l, &links, S("compiled_assets/styles.css"), "<link rel=\"stylesheet\" href=\"",
                "\" media=\"all\">");
    link_bundle(l, &links, S("compiled_assets/scripts.js"), "<script src=\"",
                "\" defer=\"defer\"></script>");
    t->links = buf_str(&links);
}

struct str theme_asset(const struct theme *t, struct str path, const char **type_out) {
    *type_out = "application/octet-stream";
    if (!str_starts(path, t->fingerprint) || path.n <= t->fingerprint.n ||
        path.p[t->fingerprint.n] != '/')
        return (struct str){0};
    const struct theme_asset_file *f = map_get(&t->assets, str_from(path, t->fingerprint.n + 1));
    if (!f) return (struct str){0};
    *type_out = f->type;
    return f->bytes;
}

struct str theme_asset_url(const struct theme *t, struct arena *a, struct str name) {
    const struct theme_asset_file *f = map_get(&t->assets, name);
    (void)a;
    return f ? f->url : (struct str){0};
}
