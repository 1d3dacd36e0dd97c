// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/html_clean.h"

#include <libxml/HTMLparser.h>

enum { HTML_BYTES_MAX = 1 << 20, TAGS_MAX = 20000, DEPTH_MAX = 200, ROUNDS_MAX = 10 };
#define WRAP_MARK "kontor-clean"

static const char *const kept[] = {
    "a",        "abbr",  "b",      "blockquote", "br",  "caption", "cite",  "code",       "col",
    "colgroup", "dd",    "del",    "div",        "dl",  "dt",      "em",    "figcaption", "figure",
    "h1",       "h2",    "h3",     "h4",         "h5",  "h6",      "hr",    "i",          "img",
    "ins",      "kbd",   "li",     "mark",       "ol",  "p",       "pre",   "q",          "s",
    "small",    "span",  "strong", "sub",        "sup", "table",   "tbody", "td",         "tfoot",
    "th",       "thead", "tr",     "u",          "ul"};
static const char *const dropped_whole[] = {
    "applet",   "audio",    "button",   "canvas", "datalist",  "embed",  "frame",  "frameset",
    "head",     "iframe",   "input",    "link",   "listing",   "math",   "meta",   "noembed",
    "noframes", "noscript", "object",   "option", "plaintext", "script", "select", "style",
    "svg",      "template", "textarea", "title",  "video",     "xmp"};
static const char *const void_elements[] = {"br", "col", "hr", "img"};

enum value_kind { VALUE_TEXT, VALUE_LINK, VALUE_PICTURE, VALUE_COUNT };
static const struct {
    const char *element, *attribute; // element NULL: any
    enum value_kind kind;
} attributes[] = {
    {"a", "href", VALUE_LINK},      {"img", "src", VALUE_PICTURE},
    {"img", "alt", VALUE_TEXT},     {"img", "width", VALUE_COUNT},
    {"img", "height", VALUE_COUNT}, {"td", "colspan", VALUE_COUNT},
    {"td", "rowspan", VALUE_COUNT}, {"th", "colspan", VALUE_COUNT},
    {"th", "rowspan", VALUE_COUNT}, {"th", "scope", VALUE_TEXT},
    {"col", "span", VALUE_COUNT},   {"colgroup", "span", VALUE_COUNT},
    {"ol", "start", VALUE_COUNT},   {NULL, "title", VALUE_TEXT},
    {NULL, "lang", VALUE_TEXT},     {NULL, "dir", VALUE_TEXT},
};

static bool listed(const char *const *list, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0) return true;
    return false;
}
#define LISTED(list, name) listed((list), ARRAY_LEN(list), (name))

// What a browser makes of an address: control characters and spaces around it and line breaks
// inside fall away.
static struct str url_as_read(struct arena *a, struct str url) {
    while (url.n && (unsigned char)url.p[0] <= ' ') url = str_from(url, 1);
    while (url.n && (unsigned char)url.p[url.n - 1] <= ' ') url.n--;
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < url.n; i++)
        if (!memchr("\t\n\r", url.p[i], 3)) buf_char(&b, url.p[i]);
    return buf_str(&b);
}

// The address when it may stand, else absent.
static struct str url_allowed(struct arena *a, struct str url, enum value_kind kind) {
    static const struct {
        struct str scheme;
        bool picture;
    } schemes[] = {{S_INIT("http"), true},
                   {S_INIT("https"), true},
                   {S_INIT("mailto"), false},
                   {S_INIT("tel"), false}};
    struct str u = url_as_read(a, url);
    if (str_starts(u, S("//"))) return arena_fmt(a, "https:" STR_FMT, STR_ARG(u));
    size_t end = 0;
    while (end < u.n && !memchr(":/?#", u.p[end], 4)) end++;
    if (end == u.n || u.p[end] != ':') return u;
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (str_eq_nocase(str_sub(u, 0, end), schemes[i].scheme) &&
            (kind == VALUE_LINK || schemes[i].picture))
            return u;
    return (struct str){0};
}

static struct str value_allowed(struct arena *a, struct str value, enum value_kind kind) {
    int64_t n;
    switch (kind) {
    case VALUE_TEXT:
        return value;
    case VALUE_COUNT:
        return str_to_int(value, &n) && n >= 0 && n <= 10000 ? value : (struct str){0};
    case VALUE_LINK:
    case VALUE_PICTURE:
        return url_allowed(a, value, kind);
    }
    bug("value_kind");
}

static void put_escaped(struct buf *b, struct str s, bool in_attribute) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '&')
            buf_put(b, S("&amp;"));
        else if (c == '<')
            buf_put(b, S("&lt;"));
        else if (c == '>')
            buf_put(b, S("&gt;"));
        else if (c == '"' && in_attribute)
            buf_put(b, S("&quot;"));
        else
            buf_char(b, c);
    }
}

static void put_attributes(struct buf *b, const xmlNode *node) {
    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) {
        const char *element = attributes[i].element;
        if (element && strcmp(element, (const char *)node->name) != 0) continue;
        xmlChar *raw = xmlGetProp(node, (const xmlChar *)attributes[i].attribute);
        if (!raw) continue;
        struct str value = value_allowed(b->arena, str_c((const char *)raw), attributes[i].kind);
        if (value.p) {
            buf_fmt(b, " %s=\"", attributes[i].attribute);
            put_escaped(b, value, true);
            buf_char(b, '"');
        }
        xmlFree(raw);
    }
}

static bool is_wrap(const xmlNode *node) {
    xmlChar *id = xmlGetProp(node, (const xmlChar *)"id");
    bool yes = id && strcmp((const char *)id, WRAP_MARK) == 0;
    xmlFree(id);
    return yes;
}

struct walk {
    struct buf *out;
    int depth;
    bool too_deep;
};

// True when the node's children are to be visited.
static bool enter(struct walk *w, const xmlNode *node) {
    if (node->type == XML_TEXT_NODE || node->type == XML_ENTITY_REF_NODE) {
        if (node->content) put_escaped(w->out, str_c((const char *)node->content), false);
        return false;
    }
    if (node->type != XML_ELEMENT_NODE || LISTED(dropped_whole, (const char *)node->name))
        return false;
    if (++w->depth > DEPTH_MAX) w->too_deep = true;
    if (LISTED(kept, (const char *)node->name) && !is_wrap(node)) {
        buf_fmt(w->out, "<%s", (const char *)node->name);
        put_attributes(w->out, node);
        buf_char(w->out, '>');
    }
    return true;
}

static void leave(struct walk *w, const xmlNode *node) {
    w->depth--;
    const char *name = (const char *)node->name;
    if (LISTED(kept, name) && !LISTED(void_elements, name) && !is_wrap(node))
        buf_fmt(w->out, "</%s>", name);
}

static void walk_tree(struct walk *w, const xmlNode *root) {
    const xmlNode *n = root;
    while (n && !w->too_deep) {
        bool inside = enter(w, n);
        if (inside && n->children) {
            n = n->children;
            continue;
        }
        if (inside) leave(w, n);
        while (n != root && !n->next) {
            n = n->parent;
            leave(w, n);
        }
        if (n == root) return;
        n = n->next;
    }
}

static bool is_plain(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '<' || c == '>' || c == '&' || c == 0x7f || (c < ' ' && !memchr("\t\n\r", c, 3)))
            return false;
    }
    return str_is_utf8(s);
}

// Well-formed UTF-8 without control characters, inside an element of our own.
static struct str wrapped(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, S("<!DOCTYPE html><html><body><div id=\"" WRAP_MARK "\">"));
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        struct str one = str_sub(s, i, len);
        bool control = c < ' ' && !memchr("\t\n", c, 2);
        if (!str_is_utf8(one)) {
            buf_put(&b, S("\xEF\xBF\xBD"));
            len = 1;
        } else if (!control && c != 0x7f) {
            buf_put(&b, one);
        }
        i += len;
    }
    buf_put(&b, S("</div></body></html>"));
    return buf_str(&b);
}

static bool clean_once(struct arena *a, struct str html, struct str *out, struct err *err) {
    struct str text = wrapped(a, html);
    htmlDocPtr doc = htmlReadMemory(text.p, (int)text.n, NULL, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET);
    if (!doc) return err_set(err, ERR_INVALID, "The text cannot be read as HTML.");
    struct buf b = buf_new(a, 8 * HTML_BYTES_MAX);
    struct walk w = {.out = &b};
    const xmlNode *root = xmlDocGetRootElement(doc);
    if (root) walk_tree(&w, root);
    xmlFreeDoc(doc);
    if (w.too_deep || !buf_ok(&b))
        return err_set(err, ERR_TOO_LARGE, "The text is nested too deep (at most 200 levels).");
    *out = buf_str(&b);
    return true;
}

// The parser reads what it has repaired anew in another way now and then; what comes out is what
// stays the same.
bool html_clean(struct arena *a, struct str html, struct str *out, struct err *err) {
    size_t tags = 0;
    for (size_t i = 0; i < html.n; i++) tags += html.p[i] == '<';
    if (html.n > HTML_BYTES_MAX || tags > TAGS_MAX)
        return err_set(err, ERR_TOO_LARGE, "The text is too long: at most 1 MiB and 20,000 tags.");
    for (int round = 0; round < ROUNDS_MAX; round++) {
        if (is_plain(html)) {
            *out = html;
            return true;
        }
        TRY(clean_once(a, html, out, err));
        if (str_eq(*out, html)) return true;
        html = *out;
    }
    return err_set(err, ERR_INVALID,
                   "The text cannot be read as HTML: its elements are nested in a wrong way.");
}
