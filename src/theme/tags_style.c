// SPDX-License-Identifier: Apache-2.0
// style, layout; and the tables of filters and tags that themes are compiled with.
#include <sodium.h>

#include "base/vec.h"
#include "theme/filters.h"
#include "theme/stage.h"

enum { STYLE_HASHES_MAX = 200 };

static const struct {
    struct str entity;
    char c;
} entities[] = {{S_INIT("&amp;"), '&'},
                {S_INIT("&lt;"), '<'},
                {S_INIT("&gt;"), '>'},
                {S_INIT("&quot;"), '"'},
                {S_INIT("&#39;"), '\''}};

static size_t entity_at(struct str s, size_t i, char *c) {
    for (size_t k = 0; k < ARRAY_LEN(entities); k++)
        if (str_starts(str_from(s, i), entities[k].entity)) {
            *c = entities[k].c;
            return entities[k].entity.n;
        }
    *c = s.p[i];
    return 1;
}

// Text values were escaped for HTML, which CSS does not know; but nothing may end the element.
static struct str css_of(struct arena *a, struct str s) {
    struct buf b = buf_new(a, s.n * 2 + 64);
    for (size_t i = 0; i < s.n;) {
        size_t n = 0;
        while (i + n < s.n && s.p[i + n] != '&' && s.p[i + n] != '<') n++;
        buf_put(&b, str_sub(s, i, n));
        i += n;
        if (i >= s.n) break;
        char c;
        i += entity_at(s, i, &c);
        if (c == '<')
            buf_put(&b, S("\\3c "));
        else
            buf_char(&b, c);
    }
    return buf_str(&b);
}

// A theme's styles are the same on most pages: their sums are kept beside the bytes, and those that
// find no room are worked out again. Several threads may come here; a slot is written once.
static void sum_of(const struct theme *t, struct str css, unsigned char *sum) {
    struct theme_style *s = &t->styles->v[str_hash(css) % THEME_STYLES_KEPT];
    int state = THEME_STYLE_FREE;
    if (atomic_load_explicit(&s->state, memory_order_acquire) == THEME_STYLE_KEPT &&
        s->n == css.n && !memcmp(s->bytes, css.p, css.n)) {
        memcpy(sum, s->sum, crypto_hash_sha256_BYTES);
        return;
    }
    crypto_hash_sha256(sum, (const unsigned char *)css.p, css.n);
    if (css.n > sizeof s->bytes ||
        !atomic_compare_exchange_strong(&s->state, &state, THEME_STYLE_BUSY))
        return;
    memcpy(s->bytes, css.p, css.n);
    memcpy(s->sum, sum, crypto_hash_sha256_BYTES);
    s->n = css.n;
    atomic_store_explicit(&s->state, THEME_STYLE_KEPT, memory_order_release);
}

static void remember(struct theme_page *p, struct str css) {
    unsigned char sum[crypto_hash_sha256_BYTES];
    struct buf b = buf_new(p->arena, 64);
    struct {
        struct str *v;
        size_t n, cap;
    } hashes = {p->style_hashes, p->style_hash_count, p->style_hash_cap};
    if (hashes.n >= STYLE_HASHES_MAX) return;
    sum_of(p->theme, css, sum);
    buf_put(&b, S("sha256-"));
    buf_base64(&b, sum, sizeof sum);
    for (size_t i = 0; i < hashes.n; i++)
        if (str_eq(hashes.v[i], buf_str(&b))) return;
    *VEC_PUSH(p->arena, &hashes) = buf_str(&b);
    p->style_hashes = hashes.v;
    p->style_hash_count = hashes.n;
    p->style_hash_cap = hashes.cap;
}

bool theme_tag_style(struct liquid_call *c, struct err *err) {
    struct buf body = buf_new(c->arena, 0), *out = c->out;
    c->out = &body;
    bool ok = liquid_body(c, NULL, err);
    c->out = out;
    struct str css = css_of(c->arena, buf_str(&body));
    buf_put(out, S("<style data-shopify>"));
    buf_put(out, css);
    buf_put(out, S("</style>"));
    remember(theme_page_of(c), css);
    return ok;
}

bool theme_tag_layout(struct liquid_call *c, struct err *err) {
    struct theme_state *st = theme_state_of(c);
    (void)err;
    st->layout_chosen = true;
    st->layout = liquid_str(liquid_arg(&c->args, 0)); // `none` is a variable that is not there
    return true;
}

static const struct liquid_tag own_tags[] = {
    {"section", LIQUID_TAG_PLAIN, theme_tag_section, NULL, NULL},
    {"sections", LIQUID_TAG_PLAIN, theme_tag_sections, NULL, NULL},
    {"content_for", LIQUID_TAG_PLAIN, theme_tag_content_for, NULL, NULL},
    {"layout", LIQUID_TAG_PLAIN, theme_tag_layout, NULL, NULL},
    {"style", LIQUID_TAG_BLOCK, theme_tag_style, NULL, NULL},
    {"schema", LIQUID_TAG_RAW, NULL, NULL, NULL},
    {"stylesheet", LIQUID_TAG_RAW, NULL, NULL, NULL},
    {"javascript", LIQUID_TAG_RAW, NULL, NULL, NULL},
};

static bool load_snippet(void *self, void *page, struct str name,
                         const struct liquid_template **template_out, struct str *text_out) {
    const struct theme *t = self;
    (void)page;
    (void)text_out;
    *template_out = map_get(&t->snippets, name);
    return *template_out != NULL;
}

static void print_money(void *self, void *page, struct money m, struct buf *out) {
    const struct theme *t = self;
    const struct theme_page *p = page;
    t->host->money(p->host_page, m.minor, THEME_MONEY, out);
}

// Ten seconds since the page was begun: what takes longer is an endless loop, or a machine on which
// nobody waits for it any more.
static bool expired(void *self, void *page) {
    const struct theme *t = self;
    const struct theme_page *p = page;
    return t->host->clock && t->host->clock(p->host_page) - p->now > 10 * SECOND;
}

static int utc_offset(void *self, void *page, instant at) {
    const struct theme *t = self;
    const struct theme_page *p = page;
    return t->host->utc_offset(p->host_page, at);
}

static bool failed(void *self, void *page, struct str file, int line, struct str text) {
    const struct theme_page *p = page;
    (void)self;
    bool json = str_ends(file, S(".json"));
    struct str name = json ? file : arena_fmt(p->arena, STR_FMT ".liquid", STR_ARG(file));
    theme_problem(p, name, line, text);
    return p->preview;
}

const struct liquid_host *theme_liquid_host(struct arena *a, const struct theme *t) {
    struct liquid_host *h = ARENA_NEW(a, struct liquid_host);
    size_t n = ARRAY_LEN(own_tags) + theme_form_tag_count;
    struct liquid_tag *tags = ARENA_ARRAY(a, struct liquid_tag, n);
    memcpy(tags, own_tags, sizeof own_tags);
    memcpy(tags + ARRAY_LEN(own_tags), theme_form_tags, theme_form_tag_count * sizeof *tags);
    *h = (struct liquid_host){.self = (void *)(uintptr_t)t,
                              .load = load_snippet,
                              .filters = theme_filter_table,
                              .filter_count = theme_filter_count,
                              .tags = tags,
                              .tag_count = n,
                              .money = print_money,
                              .utc_offset = utc_offset,
                              .expired = expired,
                              .no_apps = true,
                              .failed = failed};
    return h;
}
