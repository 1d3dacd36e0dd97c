// SPDX-License-Identifier: Apache-2.0
// What reads as XML has well-formed texts that can be written and read again.
#include "base/fuzz.h"
#include "base/xml.h"

static void put_node(struct buf *b, const struct xml_node *n) {
    buf_put(b, S("<e v=\""));
    for (size_t i = 0; i < n->attr_count; i++) xml_put_text(b, n->attrs[i].value);
    buf_put(b, S("\">"));
    xml_put_text(b, n->text);
    for (const struct xml_node *c = n->child; c; c = c->next) put_node(b, c);
    buf_put(b, S("</e>"));
}

static void same_texts(const struct xml_node *a, const struct xml_node *b) {
    for (; a && b; a = a->next, b = b->next) {
        ensure(str_eq(a->text, b->text));
        ensure(str_is_utf8(a->text));
        same_texts(a->child, b->child);
    }
    ensure(!a && !b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct err e = {0};
    struct xml_node *root, *again;
    if (xml_parse(&a, (struct str){(const char *)data, size}, &root, &e)) {
        struct buf b = buf_new(&a, 0);
        put_node(&b, root);
        ensure(xml_parse(&a, buf_str(&b), &again, &e));
        same_texts(root, again);
    } else {
        ensure(e.code != ERR_NONE);
    }
    arena_done(&a);
    return 0;
}
