// SPDX-License-Identifier: Apache-2.0
#include "base/xml.h"

#include <libxml/xmlreader.h>

enum { READ_DEPTH = 64, READ_BYTES = 64 << 20 };

struct open_element {
    struct xml_node *node, *last_child;
    struct buf text;
};

struct building {
    struct arena *arena;
    xmlTextReader *reader;
    struct open_element open[READ_DEPTH];
    int depth;
    struct xml_node *root;
    struct err *err;
    bool broken;
};

static struct str str_x(const xmlChar *c) { return str_c((const char *)c); }

static void on_error(void *self, xmlError *e) {
    struct building *b = self;
    if (e->level < XML_ERR_ERROR) return;
    b->broken = true;
    struct str why = str_trim(str_c(e->message ? e->message : "unknown error"));
    err_set(b->err, ERR_INVALID, "This is not well-formed XML: line %d: " STR_FMT, e->line,
            STR_ARG(why));
}

static void copy_attrs(struct building *b, struct xml_node *node) {
    int count = xmlTextReaderAttributeCount(b->reader);
    if (count <= 0) return;
    node->attrs = ARENA_ARRAY(b->arena, struct xml_attr, (size_t)count);
    while (xmlTextReaderMoveToNextAttribute(b->reader) == 1) {
        if (xmlTextReaderIsNamespaceDecl(b->reader)) continue;
        ensure(node->attr_count < (size_t)count);
        node->attrs[node->attr_count++] =
            (struct xml_attr){arena_str(b->arena, str_x(xmlTextReaderConstLocalName(b->reader))),
                              arena_str(b->arena, str_x(xmlTextReaderConstValue(b->reader)))};
    }
    xmlTextReaderMoveToElement(b->reader);
}

static void hang(struct building *b, struct xml_node *node) {
    if (b->depth == 0) {
        b->root = node;
        return;
    }
    struct open_element *parent = &b->open[b->depth - 1];
    if (parent->last_child)
        parent->last_child->next = node;
    else
        parent->node->child = node;
    parent->last_child = node;
}

static bool begin_element(struct building *b) {
    if (b->depth == READ_DEPTH)
        return err_set(b->err, ERR_INVALID, "The XML is nested deeper than %d levels.", READ_DEPTH);
    struct xml_node *node = ARENA_NEW(b->arena, struct xml_node);
    node->name = arena_str(b->arena, str_x(xmlTextReaderConstLocalName(b->reader)));
    node->ns = arena_str(b->arena, str_x(xmlTextReaderConstNamespaceUri(b->reader)));
    node->text = S("");
    node->line = xmlTextReaderGetParserLineNumber(b->reader);
    bool closed = xmlTextReaderIsEmptyElement(b->reader) == 1;
    copy_attrs(b, node);
    hang(b, node);
    if (!closed)
        b->open[b->depth++] =
            (struct open_element){.node = node, .text = buf_new(b->arena, READ_BYTES)};
    return true;
}

static bool end_element(struct building *b) {
    ensure(b->depth > 0);
    struct open_element *e = &b->open[--b->depth];
    if (!buf_ok(&e->text)) return err_set(b->err, ERR_TOO_LARGE, "A text in the XML is too large.");
    e->node->text = str_trim(buf_str(&e->text));
    return true;
}

// libxml2 lets ill-formed bytes through in CDATA sections.
static bool take_text(struct building *b) {
    struct str text = str_x(xmlTextReaderConstValue(b->reader));
    if (!str_is_utf8(text))
        return err_set(b->err, ERR_INVALID, "A text in the XML is not well-formed UTF-8.");
    if (b->depth > 0) buf_put(&b->open[b->depth - 1].text, text);
    return true;
}

static bool take_node(struct building *b) {
    switch (xmlTextReaderNodeType(b->reader)) {
    case XML_READER_TYPE_ELEMENT:
        return begin_element(b);
    case XML_READER_TYPE_END_ELEMENT:
        return end_element(b);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
        return take_text(b);
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return err_set(b->err, ERR_INVALID,
                       "XML with a document type declaration is not accepted.");
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return err_set(b->err, ERR_INVALID, "XML with entities of its own is not accepted.");
    default:
        return true;
    }
}

static bool build(struct building *b) {
    int more;
    while ((more = xmlTextReaderRead(b->reader)) == 1) TRY(take_node(b));
    if (more != 0 || !b->root) return err_set(b->err, ERR_INVALID, "This is not well-formed XML.");
    return true;
}

bool xml_parse(struct arena *a, struct str text, struct xml_node **root_out, struct err *err) {
    if (text.n > READ_BYTES)
        return err_set(err, ERR_TOO_LARGE, "The XML is larger than %d MiB.", READ_BYTES >> 20);
    struct building b = {.arena = a, .err = err};
    xmlSetStructuredErrorFunc(&b,
                              on_error); // of this thread: errors found before there is a reader
    b.reader = xmlReaderForMemory(text.p ? text.p : "", (int)text.n, NULL, NULL, XML_PARSE_NONET);
    ensure(b.reader != NULL);
    xmlTextReaderSetStructuredErrorHandler(b.reader, on_error, &b);
    bool ok = build(&b) && !b.broken; // a prefix without a namespace does not stop the reader
    xmlFreeTextReader(b.reader);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (ok) *root_out = b.root;
    return ok;
}

static const struct xml_node *named(const struct xml_node *n, struct str name) {
    while (n && !str_eq(n->name, name)) n = n->next;
    return n;
}

const struct xml_node *xml_child(const struct xml_node *n, const char *name) {
    return n ? named(n->child, str_c(name)) : NULL;
}

const struct xml_node *xml_next(const struct xml_node *n, const char *name) {
    return n ? named(n->next, str_c(name)) : NULL;
}

const struct xml_node *xml_path(const struct xml_node *n, const char *slashed) {
    struct str rest = str_c(slashed), part;
    while (n && str_split(&rest, '/', &part)) n = named(n->child, part);
    return n;
}

struct str xml_text(const struct xml_node *n, const char *slashed) {
    const struct xml_node *found = xml_path(n, slashed);
    return found ? found->text : (struct str){0};
}

struct str xml_attr(const struct xml_node *n, const char *name) {
    for (size_t i = 0; n && i < n->attr_count; i++)
        if (str_eq(n->attrs[i].name, str_c(name))) return n->attrs[i].value;
    return (struct str){0};
}

static struct str xml_escape(char c) {
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&apos;");
    case '\r':
        return S("&#13;");
    default:
        return (struct str){0};
    }
}

// XML 1.0 (fifth edition) 2.2: tab, line feed, carriage return and all from U+0020 but surrogates,
// U+FFFE and U+FFFF.
static bool xml_allowed(struct str one) {
    if (!str_is_utf8(one)) return false;
    if (one.n == 1) return (unsigned char)one.p[0] >= ' ' || memchr("\t\n\r", one.p[0], 3);
    return !str_eq(one, S("\xEF\xBF\xBE")) && !str_eq(one, S("\xEF\xBF\xBF"));
}

void xml_put_text(struct buf *b, struct str s) {
    while (s.n) {
        struct str one = str_utf8_cut(str_sub(s, 0, 4), 1);
        s = str_from(s, one.n);
        if (!xml_allowed(one)) continue;
        struct str escape = one.n == 1 ? xml_escape(one.p[0]) : (struct str){0};
        buf_put(b, escape.p ? escape : one);
    }
}
