// SPDX-License-Identifier: Apache-2.0
// Settings as a page sees them: values made at load are handed out as they are, the others are
// worked out when a template asks, once for each object `settings`.
#include "theme/filters.h"
#include "theme/fonts.h"
#include "theme/load.h"
#include "theme/object.h"
#include "theme/stage.h"

enum { CODE_STEPS = 100000, CODE_DEPTH = 20 };
#define CODE_OUTPUT ((size_t)256 << 10)

struct memo {
    struct liquid_value v;
    enum { UNKNOWN, BUSY, KNOWN } state;
};
struct view {
    const struct theme_values *values;
    struct theme_page *page;
    struct memo *memo;
};

// ---- colour schemes
struct scheme {
    struct str id;
    const struct theme_values *values;
    struct theme_page *page;
};

static bool scheme_id(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct scheme *s = self;
    (void)a;
    (void)err;
    *out = liquid_text(s->id);
    return true;
}

static bool scheme_settings(void *self, struct arena *a, struct liquid_value *out,
                            struct err *err) {
    struct scheme *s = self;
    (void)a;
    (void)err;
    *out = theme_settings_view(s->page, s->values);
    return true;
}

static void scheme_print(void *self, struct buf *out, bool *html_out) {
    struct scheme *s = self;
    (void)html_out;
    buf_put(out, s->id);
}

static const struct theme_prop scheme_props[] = {
    {.name = "id", .get = scheme_id},
    {.name = "settings", .get = scheme_settings},
};
const struct theme_kind theme_scheme_kind = {
    .name = "color_scheme", THEME_PROPS(scheme_props), .print = scheme_print};

static struct liquid_value scheme_value(struct theme_page *p, const struct map_entry *e) {
    struct scheme *s = ARENA_NEW(p->arena, struct scheme);
    *s = (struct scheme){e->key, e->value, p};
    return theme_object(p->arena, &theme_scheme_kind, s);
}

// The first one when there is none of that name.
static struct liquid_value scheme_named(struct theme_page *p, struct str id) {
    const struct map *m = &p->theme->schemes;
    for (size_t i = 0; i < m->n; i++)
        if (str_eq(m->v[i].key, id)) return scheme_value(p, &m->v[i]);
    return m->n ? scheme_value(p, &m->v[0]) : liquid_nil();
}

static bool schemes_size(void *self, struct arena *a, size_t *out, struct err *err) {
    struct theme_page *p = self;
    (void)a;
    (void)err;
    *out = p->theme->schemes.n;
    return true;
}

static bool schemes_at(void *self, struct arena *a, int64_t i, struct liquid_value *out,
                       struct err *err) {
    struct theme_page *p = self;
    (void)a;
    (void)err;
    bool there = i >= 0 && (size_t)i < p->theme->schemes.n;
    *out = there ? scheme_value(p, &p->theme->schemes.v[i]) : liquid_nil();
    return true;
}

static bool schemes_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                          struct err *err) {
    struct theme_page *p = self;
    (void)a;
    (void)err;
    *out = map_get(&p->theme->schemes, key) ? scheme_named(p, key) : liquid_nil();
    return true;
}

const struct theme_kind theme_schemes_kind = {
    .name = "color_scheme_group", .other = schemes_other, .size = schemes_size, .at = schemes_at};

struct liquid_value theme_schemes_value(struct theme_page *p) {
    return theme_object(p->arena, &theme_schemes_kind, p);
}

// ---- addresses of videos
struct video {
    struct str url, id, type;
};

static bool video_id(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((struct video *)self)->id);
    return true;
}

static bool video_type(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((struct video *)self)->type);
    return true;
}

static void video_print(void *self, struct buf *out, bool *html_out) {
    (void)html_out;
    buf_put(out, ((struct video *)self)->url);
}

static const struct theme_prop video_props[] = {
    {.name = "id", .get = video_id},
    {.name = "type", .get = video_type},
};
const struct theme_kind theme_video_url_kind = {
    .name = "video_url", THEME_PROPS(video_props), .print = video_print};

static struct str until(struct str s, const char *ends) {
    size_t n = 0;
    while (n < s.n && !strchr(ends, s.p[n])) n++;
    return str_sub(s, 0, n);
}

static struct liquid_value video_value(struct arena *a, struct str url) {
    static const struct {
        struct str mark, type;
    } hosts[] = {{S_INIT("youtube.com/watch?v="), S_INIT("youtube")},
                 {S_INIT("youtube.com/embed/"), S_INIT("youtube")},
                 {S_INIT("youtube.com/shorts/"), S_INIT("youtube")},
                 {S_INIT("youtube-nocookie.com/embed/"), S_INIT("youtube")},
                 {S_INIT("youtu.be/"), S_INIT("youtube")},
                 {S_INIT("player.vimeo.com/video/"), S_INIT("vimeo")},
                 {S_INIT("vimeo.com/"), S_INIT("vimeo")}};
    struct video *v = ARENA_NEW(a, struct video);
    v->url = url;
    for (size_t i = 0; i < ARRAY_LEN(hosts) && !v->id.p; i++) {
        size_t at = str_find(url, hosts[i].mark);
        if (at == STR_NONE) continue;
        v->id = until(str_from(url, at + hosts[i].mark.n), "?&#/");
        v->type = hosts[i].type;
    }
    return theme_object(a, &theme_video_url_kind, v);
}

// ---- values
bool theme_tag_value(struct liquid_call *c, struct err *err) {
    (void)err;
    theme_state_of(c)->value = liquid_arg(&c->args, 0);
    return true;
}

static bool run_code(struct theme_page *p, struct arena *a, const struct theme_value *v,
                     struct liquid_value *out, struct err *err) {
    struct liquid_render_in in = {
        .arena = a,
        .globals = p->globals,
        .page = p,
        .now = p->now,
        .limits = {.output = CODE_OUTPUT, .steps = CODE_STEPS, .depth = CODE_DEPTH}};
    struct buf text = buf_new(a, CODE_OUTPUT);
    *out = liquid_nil();
    if (!p->state || --p->state->codes < 0) return true;
    p->state->value = liquid_nil();
    if (!liquid_render(v->code, &in, &text, err)) return false;
    if (v->how == THEME_VALUE_PATH)
        *out = p->state->value;
    else if (text.n)
        *out = v->html ? liquid_html(buf_str(&text)) : liquid_text(buf_str(&text));
    return true;
}

static struct liquid_value word_value(struct theme_page *p, const struct theme_value *v) {
    struct str key = liquid_str(v->fixed), word = theme_schema_word(p->theme, p->lang, key);
    if (!word.p) word = key;
    return v->html ? liquid_html(word) : liquid_text(word);
}

static bool turn(struct theme_page *p, struct arena *a, const struct theme_value *v,
                 enum theme_value_how how, struct liquid_value from, struct liquid_value *out,
                 struct err *err) {
    const struct theme_host *h = p->theme->host;
    struct str text = liquid_str(from);
    bool is_text = text.n > 0;
    *out = from;
    if (how == THEME_VALUE_RESOURCE && (is_text || v->how == THEME_VALUE_RESOURCE))
        return h->resource(p->host_page, v->setting->type, from, out, err);
    if (how == THEME_VALUE_COLOR && is_text) *out = theme_color_value(a, text);
    if (how == THEME_VALUE_FONT && is_text) *out = theme_font_value(a, text);
    if (how == THEME_VALUE_SCHEME) *out = scheme_named(p, text);
    if (how == THEME_VALUE_SCHEMES) *out = theme_schemes_value(p);
    if (how == THEME_VALUE_VIDEO && is_text) *out = video_value(a, text);
    return true;
}

static bool answer(struct theme_page *p, struct arena *a, const struct theme_value *v,
                   struct liquid_value *out, struct err *err) {
    if (v->how == THEME_VALUE_KEY) {
        *out = word_value(p, v);
        return true;
    }
    if (v->how != THEME_VALUE_CODE && v->how != THEME_VALUE_PATH)
        return turn(p, a, v, v->how, v->fixed, out, err);
    struct liquid_value made;
    TRY(run_code(p, a, v, &made, err));
    return turn(p, a, v, v->then, made, out, err);
}

static const struct theme_value *in_language(const struct theme_value *v, struct str lang) {
    const struct theme_value *near = NULL;
    for (const struct theme_value *o = v->other; o; o = o->other) {
        if (str_eq(o->lang, lang)) return o;
        if (lang.n > o->lang.n && lang.p[o->lang.n] == '-' && str_starts(lang, o->lang)) near = o;
    }
    return near ? near : v;
}

static bool view_get(void *self, struct arena *a, struct str key, struct liquid_value *out,
                     struct err *err) {
    struct view *w = self;
    const struct theme_value *v = map_get(&w->values->by_id, key);
    *out = liquid_nil();
    if (!v) return true;
    if (v->other) v = in_language(v, w->page->lang);
    if (v->how == THEME_VALUE_FIXED) {
        *out = v->fixed;
        return true;
    }
    if (!w->memo) w->memo = ARENA_ARRAY(a, struct memo, w->values->n);
    struct memo *m = &w->memo[v->at];
    if (m->state == BUSY) return true; // a setting that asks for itself
    if (m->state == UNKNOWN) {
        m->state = BUSY;
        bool ok = answer(w->page, a, v, &m->v, err);
        m->state = ok ? KNOWN : UNKNOWN;
        if (!ok) return false;
    }
    *out = m->v;
    return true;
}

static const struct liquid_object_type view_type = {.name = "settings", .get = view_get};

struct liquid_value theme_settings_view(struct theme_page *p, const struct theme_values *values) {
    struct view *w = ARENA_NEW(p->arena, struct view);
    *w = (struct view){.values = values, .page = p};
    return liquid_object(p->arena, &view_type, w);
}

static struct liquid_value plain_value(const struct theme *t, struct arena *a,
                                       const struct theme_value *v) {
    if (!v || v->how == THEME_VALUE_CODE || v->how == THEME_VALUE_PATH) return liquid_nil();
    struct theme_page p = {.theme = t, .arena = a, .lang = t->lang};
    if (v->how == THEME_VALUE_KEY) return word_value(&p, v);
    if (v->how == THEME_VALUE_COLOR) return theme_color_value(a, liquid_str(v->fixed));
    if (v->how == THEME_VALUE_FONT) return theme_font_value(a, liquid_str(v->fixed));
    return v->fixed;
}

struct liquid_value theme_setting_value(const struct theme *t, struct arena *a, struct str id) {
    return plain_value(t, a, map_get(&t->settings.by_id, id));
}

struct liquid_value theme_scheme_value(const struct theme *t, struct arena *a, struct str id) {
    const struct theme_values *first = t->schemes.n ? t->schemes.v[0].value : NULL;
    return plain_value(t, a, first ? map_get(&first->by_id, id) : NULL);
}
