// SPDX-License-Identifier: Apache-2.0
// XML through libxml2 into an arena tree, read-only, for bank files and the like. No network, no
// entities beyond the five, no DTD (a document with one is refused). Limits: 64 MiB, depth 64.
// Names are local names; namespaces are kept as URI.
#pragma once
#include "base/buf.h"
#include "base/err.h"

struct xml_attr {
    struct str name, value;
};
struct xml_node {
    struct str name, ns; // element's local name and namespace URI
    struct str text;     // all direct text of the element, concatenated and trimmed
    struct xml_attr *attrs;
    size_t attr_count;
    struct xml_node *child, *next;
    int line;
};
MUST_USE bool xml_parse(struct arena *a, struct str text, struct xml_node **root_out,
                        struct err *err);
const struct xml_node *xml_child(const struct xml_node *n,
                                 const char *name); // first child of that name
const struct xml_node *xml_next(const struct xml_node *n,
                                const char *name); // next sibling of that name
const struct xml_node *xml_path(const struct xml_node *n, const char *slashed); // "Acct/Id/IBAN"
struct str xml_text(const struct xml_node *n, const char *slashed); // text there, or absent
struct str xml_attr(const struct xml_node *n, const char *name);    // value, or absent
void xml_put_text(struct buf *b,
                  struct str s); // escapes text and attribute values; drops what XML 1.0 forbids
