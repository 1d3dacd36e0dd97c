// SPDX-License-Identifier: Apache-2.0
// The editor of one file: the sections of a template or group, a section with its settings and
// blocks, a block. One form a page; whatever button is pressed, what was typed is saved with it, as
// one new revision.
#include "desk/handlers.h"
#include "desk/theme_edit.h"

#define NAME S("s_")

struct editing {
    struct theme_edit e;
    struct theme_node node;
    struct theme_form_part part;
    struct str url; // of this page, without language
};

static struct str url_of(struct editing *x, const struct theme_node *n, size_t depth) {
    struct buf b = buf_new(x->e.d.c->arena, 0);
    buf_fmt(&b, "/desk/themes/%lld/file/" STR_FMT, (long long)x->e.entry.id, STR_ARG(x->e.file));
    for (size_t i = 0; i < depth; i++) {
        buf_put(&b, i == 0 ? S("?section=") : i == 1 ? S("&block=") : S("/"));
        buf_url(&b, n->keys[i]);
    }
    return buf_str(&b);
}

static struct str with_lang(struct editing *x, struct str url) {
    if (!x->e.form.other) return url;
    const char *sep = str_find_char(url, '?') == STR_NONE ? "?" : "&";
    return arena_fmt(x->e.d.c->arena, STR_FMT "%slang=%s", STR_ARG(url), sep, x->e.lang);
}

static bool design_file(struct str path) {
    bool template = str_starts(path, S("templates/")), group = str_starts(path, S("sections/"));
    return (template || group) && str_ends(path, S(".json"));
}

// "?section=hero&block=slides/one"
static bool find_node(struct editing *x) {
    struct str section = request_query(x->e.d.rq, "section");
    struct str rest = request_query(x->e.d.rq, "block"), key;
    x->node = theme_node_root(&x->e);
    if (!section.n) return !rest.n;
    struct theme_node at = x->node;
    if (!theme_node_child(&x->e, &at, section, &x->node)) return false;
    while (rest.n && str_split(&rest, '/', &key)) {
        at = x->node;
        if (!theme_node_child(&x->e, &at, key, &x->node)) return false;
    }
    return true;
}

static bool open(struct editing *x, struct ctx *c, const struct request *rq, struct response *rs,
                 bool *found_out) {
    TRY(theme_edit_open(&x->e, c, rq, rs, found_out));
    if (!*found_out) return true;
    struct str path = request_param(rq, "path");
    *found_out = design_file(path);
    if (*found_out) TRY(theme_edit_file(&x->e, path, found_out));
    if (*found_out) *found_out = find_node(x);
    if (!*found_out) return true;
    struct str texts = theme_node_texts(&x->e, &x->node);
    x->url = url_of(x, &x->node, x->node.depth);
    x->part = (struct theme_form_part){
        .settings = x->node.settings,
        .n = x->node.n,
        .given = theme_json_get(x->node.json, "settings"),
        .name = NAME,
        .path = arena_fmt(c->arena, STR_FMT "settings.", STR_ARG(texts)),
    };
    return true;
}

// ---- showing

static struct liquid_value row_value(struct editing *x, const struct theme_node *n, size_t i,
                                     size_t count) {
    struct ctx *c = x->e.d.c;
    struct liquid_map *m = liquid_map_new(c->arena);
    bool still = theme_json_is_true(n->json, "static");
    put_str(m, "key", n->keys[n->depth - 1]);
    put_str(m, "name", n->name);
    put_str(m, "said", theme_node_said(&x->e, n));
    put_bool(m, "hidden", theme_json_is_true(n->json, "disabled"));
    put_bool(m, "known", n->known);
    put_bool(m, "still", still);
    put_bool(m, "first", i == 0);
    put_bool(m, "last", i + 1 == count);
    put_str(m, "url", with_lang(x, url_of(x, n, n->depth)));
    return liquid_of_map(m);
}

static void put_rows(struct editing *x) {
    struct arena *a = x->e.d.c->arena;
    struct list l = {0};
    struct theme_keys k = theme_tree_keys(a, x->node.json, theme_node_level(&x->node));
    for (size_t i = 0; i < k.n; i++) {
        struct theme_node child;
        if (theme_node_child(&x->e, &x->node, k.v[i], &child))
            desk_list_add(a, &l, row_value(x, &child, i, k.n));
    }
    liquid_set(x->e.d.data, "rows", liquid_array(l.v, l.n));
    bool holds = !x->node.depth || l.n || (x->node.schema && x->node.schema->block_count);
    put_bool(x->e.d.data, "holds", holds);
}

static void put_crumbs(struct editing *x) {
    struct ctx *c = x->e.d.c;
    struct list l = {0};
    struct theme_node at = theme_node_root(&x->e), next;
    int order;
    for (size_t i = 0; i < x->node.depth; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        struct str name = i ? at.name : theme_file_name(c, x->e.file, &order);
        struct str own = theme_json_text(&x->e.root, "name");
        if (!i && own.n) name = theme_edit_say(&x->e, own);
        put_str(m, "name", name);
        put_str(m, "url", with_lang(x, url_of(x, &at, i)));
        desk_list_add(c->arena, &l, liquid_of_map(m));
        if (!theme_node_child(&x->e, &at, x->node.keys[i], &next)) break;
        at = next;
    }
    liquid_set(x->e.d.data, "crumbs", liquid_array(l.v, l.n));
}

static bool show(struct editing *x) {
    struct desk *d = &x->e.d;
    struct list fields = {0};
    int order;
    theme_edit_put(&x->e);
    put_str(d->data, "url", x->url);
    put_str(d->data, "file", x->e.file);
    TRY(theme_form_put(&x->e.form, &x->part, &fields));
    liquid_set(d->data, "fields", liquid_array(fields.v, fields.n));
    theme_form_put_lists(&x->e.form);
    put_rows(x);
    put_crumbs(x);
    put_bool(d->data, "known", x->node.known);
    put_str(d->data, "focus", request_query(d->rq, "at"));
    theme_add_put(&x->e, &x->node);
    struct str own = theme_json_text(&x->e.root, "name");
    if (x->node.depth) return desk_send(d, "theme_section", x->node.name);
    return desk_send(d, "theme_template",
                     own.n ? theme_edit_say(&x->e, own) : theme_file_name(d->c, x->e.file, &order));
}

bool desk_theme_file_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct editing x = {0};
    bool found, ok = open(&x, c, rq, rs, &found);
    if (ok) ok = found ? show(&x) : desk_missing(c);
    theme_edit_close(&x.e);
    return ok;
}

// ---- what was sent

struct press { // "up:hero"
    struct str verb, key;
};

static struct press press_of(const struct request *rq) {
    struct str s = request_form(rq, "do");
    size_t colon = str_find_char(s, ':');
    if (colon == STR_NONE) return (struct press){s, S("")};
    return (struct press){str_sub(s, 0, colon), str_from(s, colon + 1)};
}

// Texts in other languages go with what they are of.
static void drop_texts(struct editing *x, const struct theme_node *gone, struct theme_sent *out) {
    const struct theme_fields *f = &x->e.form;
    struct str prefix = theme_node_texts(&x->e, gone);
    for (size_t i = 0; i < f->text_count; i++) {
        struct theme_text t = f->texts[i];
        if (!str_eq(t.file, x->e.file) || !str_starts(t.path, prefix)) continue;
        t.value = S("");
        *VEC_PUSH(x->e.d.c->arena, &out->texts) = t;
    }
}

// json of the node, changed by the button. False: no such button.
static bool do_press(struct editing *x, struct press p, struct theme_json *json,
                     struct theme_sent *out, struct str *at_out) {
    struct arena *a = x->e.d.c->arena;
    const struct theme_level *l = theme_node_level(&x->node);
    struct theme_node child;
    struct theme_json item;
    *at_out = request_form(x->e.d.rq, "do");
    if (!p.verb.n || str_eq(p.verb, S("save"))) return *at_out = S(""), true;
    if (str_eq(p.verb, S("add"))) {
        struct str choice = request_form(x->e.d.rq, "add");
        if (!theme_add_item(&x->e, &x->node, choice, &item)) return false;
        *json = theme_tree_add(a, json, l, &item, &p.key);
        *at_out = arena_fmt(a, "edit:" STR_FMT, STR_ARG(p.key));
        return true;
    }
    if (!theme_node_child(&x->e, &x->node, p.key, &child)) return false;
    if (str_eq(p.verb, S("up")) || str_eq(p.verb, S("down")))
        *json = theme_tree_move(a, json, l, p.key, p.verb.p[0] == 'u');
    else if (str_eq(p.verb, S("hide")) || str_eq(p.verb, S("show")))
        *json = theme_tree_hide(a, json, l, p.key, p.verb.p[0] == 'h');
    else if (str_eq(p.verb, S("drop"))) {
        *json = theme_tree_drop(a, json, l, p.key);
        drop_texts(x, &child, out);
    } else {
        return false;
    }
    return true;
}

static bool change(struct editing *x, struct response *rs) {
    struct desk *d = &x->e.d;
    struct arena *a = d->c->arena;
    struct theme_sent out = {0};
    struct theme_json json = *x->node.json;
    struct str path[2 * NODE_DEPTH], at;
    const struct str settings = S("settings");
    bool saved;
    x->e.form.typed = true;
    TRY(theme_form_read(&x->e.form, &x->part, &out));
    if (d->errors) return show(x);
    bool had = x->part.given != NULL;
    if (had ? !theme_json_same(x->part.given, &out.given) : out.given.n > 0)
        json = theme_json_set(a, &json, &settings, 1, &out.given);
    if (!do_press(x, press_of(d->rq), &json, &out, &at)) {
        desk_fail_key(d, NULL, "desk.theme.no_choice");
        return show(x);
    }
    size_t n = theme_node_path(&x->node, path);
    struct theme_json root = theme_json_set(a, &x->e.root, path, n, &json);
    struct theme_change ch = {.root = &root,
                              .texts = out.texts.v,
                              .text_count = out.texts.n,
                              .note = at.n ? "sections" : "save"};
    TRY(theme_edit_save(&x->e, &ch, &saved));
    if (!saved) return show(x);
    struct str url = with_lang(x, x->url);
    if (!at.n) return desk_done(d->c, rs, url, "saved");
    struct buf b = buf_new(a, 0);
    buf_fmt(&b, STR_FMT "%cat=", STR_ARG(url), str_find_char(url, '?') == STR_NONE ? '?' : '&');
    buf_url(&b, at);
    return desk_done(d->c, rs, buf_str(&b), "theme_saved");
}

bool desk_theme_file_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct editing x = {0};
    bool found, ok = open(&x, c, rq, rs, &found);
    if (ok) ok = found ? change(&x, rs) : desk_missing(c);
    theme_edit_close(&x.e);
    return ok;
}
