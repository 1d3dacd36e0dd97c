// SPDX-License-Identifier: Apache-2.0
// {% paginate %}: the window of a list, from ?page=.
#include "core/app.h"
#include "shop/object/people.h"
#include "shop/theme_host.h"

enum { PAGES_MAX = 1000, WINDOW_DEFAULT = 3 };

struct pager {
    struct page *p;
    int64_t size, total, pages, current, window;
};
struct part {
    struct pager *g;
    int64_t number; // 0: a gap
    const char *label;
};

// The address of another page: this one's, with everything that was asked but sections.
static struct str address_of(struct pager *g, int64_t number) {
    struct page *p = g->p;
    struct buf b = buf_new(p->c->arena, 0);
    char sep = '?';
    buf_put(&b, url_local(p->c, p->rq->path));
    for (size_t i = 0; i < p->rq->query.n; i++) {
        const struct http_pair *q = &p->rq->query.v[i];
        if (str_eq(q->name, S("page")) || str_eq(q->name, S("section_id")) ||
            str_eq(q->name, S("sections")))
            continue;
        buf_char(&b, sep);
        sep = '&';
        buf_url(&b, q->name);
        buf_char(&b, '=');
        buf_url(&b, q->value);
    }
    buf_fmt(&b, "%cpage=%lld", sep, (long long)number);
    return buf_str(&b);
}

PROP(part_is_link) {
    const struct part *t = self;
    *out = liquid_bool(t->number && t->number != t->g->current);
    return true;
}
PROP(part_title) {
    const struct part *t = self;
    if (t->label)
        *out = liquid_html(str_c(t->label));
    else
        *out = liquid_text(arena_fmt(a, "%lld", (long long)t->number));
    return true;
}
PROP(part_url) {
    const struct part *t = self;
    if (t->number) *out = liquid_text(address_of(t->g, t->number));
    return true;
}
static const struct theme_prop part_props[] = {
    {"is_link", part_is_link, NULL, false},
    {"title", part_title, NULL, false},
    {"url", part_url, NULL, false},
};
const struct theme_kind part_kind = {.name = "part", THEME_PROPS(part_props)};

static struct liquid_value part(struct pager *g, int64_t number, const char *label) {
    struct arena *a = g->p->c->arena;
    struct part *t = ARENA_NEW(a, struct part);
    *t = (struct part){g, number, label};
    return theme_object(a, &part_kind, t);
}

PROP(size) {
    *out = liquid_int(((struct pager *)self)->size);
    return true;
}
PROP(items) {
    *out = liquid_int(((struct pager *)self)->total);
    return true;
}
PROP(pages) {
    *out = liquid_int(((struct pager *)self)->pages);
    return true;
}
PROP(current) {
    *out = liquid_int(((struct pager *)self)->current);
    return true;
}
PROP(offset) {
    const struct pager *g = self;
    *out = liquid_int((g->current - 1) * g->size);
    return true;
}
PROP(param) {
    *out = liquid_text(S("page"));
    return true;
}
PROP(previous) {
    struct pager *g = self;
    if (g->current > 1) *out = part(g, g->current - 1, "&laquo; Previous");
    return true;
}
PROP(next) {
    struct pager *g = self;
    if (g->current < g->pages) *out = part(g, g->current + 1, "Next &raquo;");
    return true;
}
// The first, the last, and those round the present one; what is left out is a gap.
PROP(parts) {
    struct pager *g = self;
    struct list l = {0};
    bool gap = false;
    for (int64_t i = 1; i <= g->pages; i++) {
        bool near = i >= g->current - g->window && i <= g->current + g->window;
        if (near || i == 1 || i == g->pages)
            list_add(a, &l, part(g, i, NULL));
        else if (!gap)
            list_add(a, &l, part(g, 0, "&hellip;"));
        gap = !near && i != 1;
    }
    *out = liquid_array(l.v, l.n);
    return true;
}
static const struct theme_prop props[] = {
    {"current_offset", offset, NULL, false}, {"current_page", current, NULL, false},
    {"items", items, NULL, false},           {"next", next, NULL, false},
    {"page_param", param, NULL, false},      {"page_size", size, NULL, false},
    {"pages", pages, NULL, false},           {"parts", parts, NULL, false},
    {"previous", previous, NULL, false},
};
const struct theme_kind paginate_kind = {.name = "paginate", THEME_PROPS(props)};

int64_t people_page_number(const struct page *p) {
    int64_t n = 0;
    if (!str_to_int(request_query(p->rq, "page"), &n) || n < 1) return 1;
    return n < PAGES_MAX ? n : PAGES_MAX;
}

bool host_paginate(void *page, struct liquid_value list, int64_t size, int64_t window,
                   struct liquid_value *paginate_out, struct err *err) {
    struct page *p = page;
    struct arena *a = p->c->arena;
    struct theme_list *l = theme_list_of(list);
    struct pager *g = ARENA_NEW(a, struct pager);
    if (size < 1) size = 1;
    if (size > THEME_PAGE_MAX) size = THEME_PAGE_MAX;
    *g = (struct pager){.p = p,
                        .size = size,
                        .current = people_page_number(p),
                        .window = window > 0 ? window : WINDOW_DEFAULT};
    if (l) {
        theme_list_window(l, (g->current - 1) * size, size);
        TRY(theme_list_total(l, a, &g->total, err));
        g->pages = (g->total + size - 1) / size;
    } else { // a list that is whole already stays so
        g->total = list.type == LIQUID_ARRAY ? list.n : 0;
        g->current = 1;
    }
    if (g->pages < 1) g->pages = 1;
    if (g->pages > PAGES_MAX) g->pages = PAGES_MAX;
    *paginate_out = theme_object(a, &paginate_kind, g);
    return true;
}
