// SPDX-License-Identifier: Apache-2.0
// Every form that stands on any page, each field wrong in every way, the others as they were: no
// failure, and a refusal (422) gives back what was typed with a message at a field.
#include "hostile.h"

#include <ctype.h>

enum { PAGES_MAX = 70, FIELDS_MAX = 24, LONG = 60000, HUGE = 1 << 20 };

struct walk {
    struct hostile *h;
    enum who who;
    struct arena arena;          // of the walk
    VEC(struct str) pages, seen; // seen: forms, as action and names without digits
    uint64_t forms, refused, uploads;
};

// Digits fall away: one order's page stands for all.
static struct str shape(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.n && s.p[i] != '?'; i++)
        if (!isdigit((unsigned char)s.p[i])) buf_char(&b, s.p[i]);
    return buf_str(&b);
}

static bool first_time(struct walk *w, struct str what) {
    for (size_t i = 0; i < w->seen.n; i++)
        if (str_eq(w->seen.v[i], what)) return false;
    *VEC_PUSH(&w->arena, &w->seen) = what;
    return true;
}

// Products of one handle and pages of one depth look alike: of each kind of path three.
static bool worth(struct walk *w, struct str path) {
    struct str rest = path, part, kind = {0};
    for (int i = 0; i < 3 && str_split(&rest, '/', &part); i++) kind = part;
    struct str key = str_starts(path, S("/desk"))
                         ? shape(&w->arena, path)
                         : arena_fmt(&w->arena, STR_FMT, STR_ARG(str_sub(path, 0, 8)));
    int same = 0;
    (void)kind;
    for (size_t i = 0; i < w->pages.n; i++) {
        if (str_eq(w->pages.v[i], path)) return false;
        struct str other = str_starts(w->pages.v[i], S("/desk")) ? shape(&w->arena, w->pages.v[i])
                                                                 : str_sub(w->pages.v[i], 0, 8);
        same += str_eq(other, key);
    }
    return same < 3 && w->pages.n < PAGES_MAX;
}

static void crawl(struct walk *w) {
    static const char *const starts[] = {"/",
                                         "/cart",
                                         "/checkout",
                                         "/account",
                                         "/account/login",
                                         "/account/code",
                                         "/withdraw",
                                         "/search?q=a",
                                         "/en/checkout",
                                         "/desk",
                                         "/desk/login",
                                         "/desk/profile",
                                         "/desk/staff",
                                         "/desk/orders",
                                         "/desk/orders/1",
                                         "/desk/products",
                                         "/desk/products/1",
                                         "/desk/products/new",
                                         "/desk/staff/2"};
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        *VEC_PUSH(&w->arena, &w->pages) = str_c(starts[i]);
    for (size_t i = 0; i < w->pages.n; i++) {
        struct http_pairs links = {0};
        struct answer r = probe_send(
            w->h, &(struct probe){.who = w->who, .method = HTTP_GET, .target = w->pages.v[i]});
        if (r.status == 200) links_of(&w->arena, r.body, &links);
        for (size_t k = 0; k < links.n; k++)
            if (worth(w, links.v[k].name)) *VEC_PUSH(&w->arena, &w->pages) = links.v[k].name;
    }
}

enum how {
    AS_IS,
    MISSING,
    EMPTY,
    TWICE,
    LONG_TEXT,
    HUGE_TEXT,
    NOT_UTF8,
    CONTROLS,
    MARKED,
    NEGATIVE,
    TOO_BIG,
    INJECTED,
    FOREIGN_LINE,
    HOW_COUNT
};
static const char *const how_name[HOW_COUNT] = {
    "as it is", "missing", "empty",    "twice",   "long", "huge",       "not UTF-8",
    "controls", "markup",  "negative", "too big", "SQL",  "header line"};
static struct str spoiled(struct walk *w, enum how how) {
    static char text[HUGE];
    memset(text, 'w', sizeof text);
    switch (how) {
    case LONG_TEXT:
        return (struct str){text, LONG};
    case HUGE_TEXT:
        return (struct str){text, w->who == OWNER ? HUGE : HUGE / 2};
    case NOT_UTF8:
        return S("a\xff\xc0z");
    case CONTROLS:
        return S("a\x01\x1b[2J\x7f b\x00 c");
    case MARKED:
        return S(MARKUP);
    case NEGATIVE:
        return S("-7");
    case TOO_BIG:
        return S("9223372036854775808");
    case INJECTED:
        return S("' OR 1=1; DROP TABLE \"order\" --");
    case FOREIGN_LINE:
        return S("x\r\nBcc: all@evil.example");
    case AS_IS:
    case MISSING:
    case EMPTY:
    case TWICE:
    case HOW_COUNT:
        break;
    }
    return S("");
}

static void put(struct buf *b, struct str name, struct str value) {
    if (b->n) buf_char(b, '&');
    buf_url(b, name);
    buf_char(b, '=');
    buf_url(b, value);
}

static struct str body_of(struct walk *w, const struct page_form *f, size_t at, enum how how) {
    struct buf b = buf_new(&w->h->t.arena, (size_t)8 << 20);
    for (size_t i = 0; i < f->fields.n; i++) {
        const struct page_field *k = &f->fields.v[i];
        if (str_eq(k->name, S("csrf")) || (i == at && how == MISSING)) continue;
        bool same = i != at || how == AS_IS || how == TWICE;
        put(&b, k->name, same ? k->value : spoiled(w, how));
        if (i == at && how == TWICE) put(&b, k->name, S(MARKUP));
    }
    return buf_str(&b);
}

static struct str as_html(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    buf_html(&b, s);
    return buf_str(&b);
}

// After a refusal: the texts that were typed are on the page, and something says what is wrong.
static void given_back(struct walk *w, const struct probe *p, const struct page_form *f, size_t at,
                       const struct answer *r) {
    w->refused++;
    if (at < f->fields.n && str_eq(f->fields.v[at].name, S("form_type"))) return; // another form
    bool said = str_find(r->body, S("aria-invalid")) != STR_NONE ||
                str_find(r->body, S("role=\"alert\"")) != STR_NONE;
    if (!said) wrong(w->h, p, "422 without a message");
    struct str action = arena_fmt(&w->h->a, "action=\"" STR_FMT, STR_ARG(f->action));
    if (str_find(r->body, action) == STR_NONE) return; // nothing of the kind can be done any more
    if (at < f->fields.n && f->fields.v[at].kind == TYPED_HIDDEN) return; // nobody typed that
    for (size_t i = 0; i < f->fields.n; i++) {
        const struct page_field *k = &f->fields.v[i];
        if (i == at || k->kind != TYPED_TEXT || !k->value.n) continue;
        if (str_eq(k->name, S("website"))) continue; // the trap for machines comes back empty
        if (str_find(r->body, as_html(&w->h->a, k->value)) == STR_NONE)
            wrong(w->h, p, "what was typed in " STR_FMT " is lost", STR_ARG(k->name));
    }
    const struct page_field *bad = at < f->fields.n ? &f->fields.v[at] : NULL;
    if (bad && bad->kind == TYPED_PASSWORD &&
        str_find(r->body, S("&lt;script&gt;kontor")) != STR_NONE)
        wrong(w->h, p, "a password is shown");
}

static void spoil(struct walk *w, const struct page_form *f, size_t at, enum how how) {
    struct hostile *h = w->h;
    struct arena_mark m = arena_mark(&h->t.arena);
    struct probe p = {.who = w->who,
                      .method = f->post ? HTTP_POST : HTTP_GET,
                      .target = f->action,
                      .referer = f->here,
                      .token = f->post};
    struct str body = body_of(w, f, at, how);
    if (f->post)
        p.body = body;
    else
        p.target = arena_fmt(&h->t.arena, STR_FMT "?" STR_FMT, STR_ARG(f->action),
                             STR_ARG(str_sub(body, 0, 8000)));
    struct answer r = probe_send(h, &p);
    struct str name = at < f->fields.n ? f->fields.v[at].name : S("all");
    p.body = arena_fmt(&h->t.arena, STR_FMT " %s; " STR_FMT, STR_ARG(name), how_name[how],
                       STR_ARG(str_sub(body, 0, 200)));
    if (r.status == 422) given_back(w, &p, f, at, &r);
    if (how == HUGE_TEXT && f->post && w->who != OWNER && r.status != 413 && r.status != 400 &&
        r.status != 303)
        wrong(h, &p, "%d of a huge form", r.status);
    if (how == NOT_UTF8 && f->post && at < f->fields.n && r.status != 400)
        wrong(h, &p, "%d of what is no UTF-8", r.status);
    bool other = str_eq(name, S("form_type")); // a form that there is not
    if (how != AS_IS && !other && (r.status == 404 || r.status == 405))
        wrong(h, &p, "%d of a form", r.status);
    arena_rewind(&h->t.arena, m);
}

// Fills in texts, so that what comes back can be seen.
static void type_something(struct page_form *f) {
    for (size_t i = 0; i < f->fields.n; i++) {
        struct page_field *k = &f->fields.v[i];
        if (k->kind == TYPED_TEXT && !k->value.n)
            k->value =
                str_find(k->name, S("mail")) != STR_NONE ? S("typed@example.org") : S("Getippt");
    }
}

// Uploads that are not what they claim, and forms that break off.
static const struct {
    const char *filename, *type;
    struct str bytes;
} uploads[] = {
    {"a.png", "image/png", S_INIT("<?php system($_GET['c']); ?>")},
    {"a.png", "image/png", S_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff")},
    {"a.svg", "image/svg+xml",
     S_INIT(
         "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><script>kontor</script></svg>")},
    {"a.jpg", "image/jpeg", S_INIT("%PDF-1.7")},
    {"../../../x.png", "image/png", S_INIT("GIF89a")},
    {"<script>kontor</script>.png", "image/png", S_INIT("x")},
    {"", "application/octet-stream", S_INIT("")},
    {"a.xml", "text/xml", S_INIT("<!DOCTYPE a [<!ENTITY b SYSTEM \"/etc/passwd\">]><a>&b;</a>")},
    {"a.csv", "text/csv", S_INIT("\xff\xfe\0\0")},
};

static void put_part(struct buf *b, const struct page_field *k, size_t upload) {
    buf_fmt(b, "--B\r\nContent-Disposition: form-data; name=\"" STR_FMT "\"", STR_ARG(k->name));
    if (k->kind != TYPED_FILE) {
        buf_put(b, S("\r\n\r\n"));
        buf_put(b, k->value);
    } else {
        buf_fmt(b, "; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n", uploads[upload].filename,
                uploads[upload].type);
        buf_put(b, uploads[upload].bytes);
    }
    buf_put(b, S("\r\n"));
}

static void upload_all(struct walk *w, const struct page_form *f) {
    struct hostile *h = w->h;
    for (size_t u = 0; u < ARRAY_LEN(uploads); u++) {
        struct arena_mark m = arena_mark(&h->t.arena);
        struct buf b = buf_new(&h->t.arena, 1 << 20);
        struct str csrf = csrf_of(h, w->who, str_starts(f->action, S("/desk")));
        put_part(&b, &(struct page_field){S("csrf"), csrf, TYPED_HIDDEN}, u);
        for (size_t i = 0; i < f->fields.n; i++)
            if (!str_eq(f->fields.v[i].name, S("csrf"))) put_part(&b, &f->fields.v[i], u);
        buf_put(&b, S("--B--\r\n"));
        struct probe p = {.who = w->who,
                          .method = HTTP_POST,
                          .target = f->action,
                          .body = buf_str(&b),
                          .type = "multipart/form-data; boundary=B"};
        for (size_t cut = 0; cut < 6; cut++) {
            p.body = str_sub(buf_str(&b), 0, b.n - b.n / 6 * cut);
            struct answer r = probe_send(h, &p);
            if (cut > 0 && r.status < 400) wrong(h, &p, "%d of a form that breaks off", r.status);
        }
        p.type = "multipart/form-data";
        if (probe_send(h, &p).status != 400) wrong(h, &p, "a form without boundary is read");
        arena_rewind(&h->t.arena, m);
    }
    w->uploads++;
}

static bool spoils_all(struct str action) { // ends the session that the others need
    return str_find(action, S("logout")) != STR_NONE;
}

static void try_form(struct walk *w, struct page_form *f) {
    size_t tried = 0;
    w->forms++;
    for (int typed = 0; typed < 2; typed++) {
        if (typed) type_something(f);
        spoil(w, f, SIZE_MAX, AS_IS);
        if (spoils_all(f->action)) return hostile_renew(w->h);
    }
    for (size_t i = 0; i < f->fields.n && tried < FIELDS_MAX; i++) {
        if (str_eq(f->fields.v[i].name, S("csrf"))) continue;
        tried++;
        for (enum how how = MISSING; how < HOW_COUNT; how++) spoil(w, f, i, how);
    }
    if (f->multipart) upload_all(w, f);
    hostile_renew(w->h);
}

static void try_page(struct walk *w, struct str path) {
    struct page_forms forms = {0};
    struct answer r =
        probe_send(w->h, &(struct probe){.who = w->who, .method = HTTP_GET, .target = path});
    if (r.status != 200 || !str_starts(r.type, S("text/html"))) return;
    forms_of(&w->arena, r.body, path, &forms);
    for (size_t i = 0; i < forms.n; i++) {
        struct buf b = buf_new(&w->arena, 0);
        buf_put(&b, shape(&w->arena, forms.v[i].action));
        for (size_t k = 0; k < forms.v[i].fields.n && k < 40; k++) {
            buf_char(&b, ' ');
            buf_put(&b, shape(&w->arena, forms.v[i].fields.v[k].name));
        }
        if (!str_starts(forms.v[i].action, S("http")) && first_time(w, buf_str(&b)))
            try_form(w, &forms.v[i]);
    }
}

static void walk_as(enum who who, uint64_t least_forms) {
    struct hostile h;
    hostile_open(&h);
    struct walk w = {.h = &h, .who = who};
    crawl(&w);
    for (size_t i = 0; i < w.pages.n; i++) try_page(&w, w.pages.v[i]);
    print_message("%s: %zu pages, %llu forms, %llu refusals, %llu uploads\n", who_name[who],
                  w.pages.n, (unsigned long long)w.forms, (unsigned long long)w.refused,
                  (unsigned long long)w.uploads);
    assert_true(w.forms >= least_forms && w.refused > 0);
    arena_done(&w.arena);
    hostile_close(&h);
}

static void visitors_forms(void **state) {
    (void)state;
    walk_as(VISITOR, 5);
}
static void customers_forms(void **state) {
    (void)state;
    walk_as(ANNA, 5);
}
static void desk_forms(void **state) {
    (void)state;
    walk_as(OWNER, 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visitors_forms),
        cmocka_unit_test(customers_forms),
        cmocka_unit_test(desk_forms),
    };
    return TEST_GROUP(tests);
}
