// SPDX-License-Identifier: Apache-2.0
// Notes on what the markup asks of the content security policy, and hosts outside that a visitor's
// browser would be sent to. A reading of tags that is good enough for notes, not an HTML parser.
#include "theme/check_private.h"
#include "theme/scan.h"

enum { HOSTS_MAX = 20 };

struct noting {
    struct theme_checking *c;
    const struct theme_file *f;
    struct str text; // the file with its Liquid blanked
    bool script, handler, style;
    struct map hosts;
};
struct attribute {
    struct str name, value;
};

static int line_at(const struct noting *n, const char *p) {
    int line = 1;
    for (const char *at = n->text.p; at < p; at++) line += *at == '\n';
    return line;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_host_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
}

// The host of an address with one; absent for paths.
static struct str host_of(struct str url) {
    struct str rest = {0};
    if (str_starts(url, S("https://"))) rest = str_from(url, 8);
    if (str_starts(url, S("http://"))) rest = str_from(url, 7);
    if (str_starts(url, S("//"))) rest = str_from(url, 2);
    size_t end = 0;
    while (end < rest.n && is_host_char(rest.p[end])) end++;
    struct str host = str_sub(rest, 0, end);
    return end && str_find_char(host, '.') != STR_NONE ? host : (struct str){0};
}

static void note_host(struct noting *n, struct str url) {
    struct str host = host_of(url);
    if (!host.n || n->hosts.n >= HOSTS_MAX || map_get(&n->hosts, host)) return;
    map_set(&n->c->scratch, &n->hosts, host, n);
    NOTE(n->c, n->f->path, line_at(n, url.p),
         "The markup loads from the host " STR_FMT ", which the policy does not allow.",
         STR_ARG(theme_shown(host)));
}

static void note_once(struct noting *n, bool *told, const char *at, const char *what) {
    if (*told) return;
    *told = true;
    NOTE(n->c, n->f->path, line_at(n, at), "%s: the policy is relaxed for this theme.", what);
}

static void note_css(struct noting *n, struct str css) {
    for (struct str rest = css; rest.n;) {
        size_t url = str_find(rest, S("url("));
        if (url == STR_NONE) return;
        rest = str_from(rest, url + 4);
        if (str_starts(rest, S("\"")) || str_starts(rest, S("'"))) rest = str_from(rest, 1);
        note_host(n, rest);
    }
}

static bool next_attribute(struct str *rest, struct attribute *out) {
    size_t i = 0, from;
    while (i < rest->n && !is_letter(rest->p[i]) && rest->p[i] != '>') i++;
    if (i >= rest->n || rest->p[i] == '>') return *rest = str_from(*rest, i), false;
    for (from = i; i < rest->n && !strchr(" \t\r\n=>/\"'", rest->p[i]);) i++;
    out->name = str_sub(*rest, from, i - from);
    out->value = (struct str){0};
    while (i < rest->n && strchr(" \t\r\n", rest->p[i])) i++;
    *rest = str_from(*rest, i);
    if (!str_starts(*rest, S("="))) return true;
    for (i = 1; i < rest->n && strchr(" \t\r\n", rest->p[i]);) i++;
    char quote = i < rest->n && (rest->p[i] == '"' || rest->p[i] == '\'') ? rest->p[i++] : 0;
    for (from = i; i < rest->n; i++)
        if (quote ? rest->p[i] == quote : strchr(" \t\r\n>", rest->p[i]) != NULL) break;
    out->value = str_sub(*rest, from, i - from);
    *rest = str_from(*rest, i + (quote != 0));
    return true;
}

static bool loads(struct str tag, struct str attribute) {
    static const char *const tags[] = {"script", "link",   "img",   "iframe", "source", "video",
                                       "audio",  "object", "embed", "form",   "track",  NULL};
    static const char *const attributes[] = {"src",  "href",   "srcset", "poster",
                                             "data", "action", NULL};
    return theme_word_in(tags, tag) && theme_word_in(attributes, attribute);
}

// Scripts of such types are data and do not run.
static bool is_data(struct str type) {
    return str_find(type, S("json")) != STR_NONE || str_find(type, S("template")) != STR_NONE;
}

static struct str body_of(struct str rest, const char *close) {
    return str_sub(rest, 0, str_find(rest, str_c(close)));
}

// rest: after the tag's name; moved past the tag, and past the body of script and style.
static void note_tag(struct noting *n, struct str tag, struct str *rest) {
    struct attribute at;
    bool src = false, data = false;
    while (next_attribute(rest, &at)) {
        if (loads(tag, at.name)) note_host(n, at.value);
        if (str_eq(at.name, S("src"))) src = true;
        if (str_eq(at.name, S("type"))) data = is_data(at.value);
        if (str_eq(at.name, S("style"))) {
            note_once(n, &n->style, at.name.p, "Inline styles");
            note_css(n, at.value);
        }
        if (at.name.n > 4 && str_starts(at.name, S("on")) && at.value.p &&
            str_find_char(at.name, '-') == STR_NONE)
            note_once(n, &n->handler, at.name.p, "Inline event handlers");
    }
    if (str_eq(tag, S("script"))) {
        struct str body = body_of(*rest, "</script");
        if (!src && !data && str_trim(str_from(body, 1)).n)
            note_once(n, &n->script, tag.p, "Inline scripts");
        *rest = str_from(*rest, body.n);
    } else if (str_eq(tag, S("style"))) {
        struct str body = body_of(*rest, "</style");
        note_once(n, &n->style, tag.p, "Inline styles");
        note_css(n, body);
        *rest = str_from(*rest, body.n);
    }
}

static void note_markup(struct noting *n) {
    for (struct str rest = n->text; rest.n;) {
        size_t open = str_find_char(rest, '<');
        if (open == STR_NONE) return;
        rest = str_from(rest, open + 1);
        size_t i = 0;
        while (i < rest.n && (is_letter(rest.p[i]) || rest.p[i] == '-')) i++;
        struct str tag = str_sub(rest, 0, i);
        rest = str_from(rest, i);
        if (i) note_tag(n, tag, &rest);
    }
}

void theme_check_markup(struct theme_checking *c, const struct theme_file *f) {
    struct noting n = {.c = c, .f = f};
    n.text = theme_scan_markup(&c->scratch, f->bytes);
    if (str_ends(f->path, S(".css")))
        note_css(&n, n.text);
    else
        note_markup(&n);
}
