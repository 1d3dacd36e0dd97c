// SPDX-License-Identifier: Apache-2.0
#include <libxml/xmlreader.h>

#include "base/decimal.h"
#include "mod/media/media.h"

enum { NODES_MAX = 300000, STYLE_MAX = 1 << 20 };
#define SVG_NS   "http://www.w3.org/2000/svg"
#define XLINK_NS "http://www.w3.org/1999/xlink"
#define XML_NS   "http://www.w3.org/XML/1998/namespace"

static const char *const elements[] = {"a",
                                       "circle",
                                       "clipPath",
                                       "defs",
                                       "desc",
                                       "ellipse",
                                       "feBlend",
                                       "feColorMatrix",
                                       "feComponentTransfer",
                                       "feComposite",
                                       "feConvolveMatrix",
                                       "feDiffuseLighting",
                                       "feDisplacementMap",
                                       "feDistantLight",
                                       "feDropShadow",
                                       "feFlood",
                                       "feFuncA",
                                       "feFuncB",
                                       "feFuncG",
                                       "feFuncR",
                                       "feGaussianBlur",
                                       "feMerge",
                                       "feMergeNode",
                                       "feMorphology",
                                       "feOffset",
                                       "fePointLight",
                                       "feSpecularLighting",
                                       "feSpotLight",
                                       "feTile",
                                       "feTurbulence",
                                       "filter",
                                       "g",
                                       "image",
                                       "line",
                                       "linearGradient",
                                       "marker",
                                       "mask",
                                       "metadata",
                                       "path",
                                       "pattern",
                                       "polygon",
                                       "polyline",
                                       "radialGradient",
                                       "rect",
                                       "stop",
                                       "style",
                                       "svg",
                                       "switch",
                                       "symbol",
                                       "text",
                                       "textPath",
                                       "title",
                                       "tspan",
                                       "use",
                                       "view"};
static const char *const attributes[] = {"alignment-baseline",
                                         "amplitude",
                                         "aria-hidden",
                                         "aria-label",
                                         "aria-labelledby",
                                         "azimuth",
                                         "baseFrequency",
                                         "baseline-shift",
                                         "baseProfile",
                                         "bias",
                                         "class",
                                         "clip-path",
                                         "clip-rule",
                                         "clipPathUnits",
                                         "color",
                                         "color-interpolation",
                                         "color-interpolation-filters",
                                         "color-rendering",
                                         "cursor",
                                         "cx",
                                         "cy",
                                         "d",
                                         "diffuseConstant",
                                         "direction",
                                         "display",
                                         "divisor",
                                         "dominant-baseline",
                                         "dx",
                                         "dy",
                                         "edgeMode",
                                         "elevation",
                                         "enable-background",
                                         "exponent",
                                         "fill",
                                         "fill-opacity",
                                         "fill-rule",
                                         "filter",
                                         "filterUnits",
                                         "flood-color",
                                         "flood-opacity",
                                         "font-family",
                                         "font-size",
                                         "font-size-adjust",
                                         "font-stretch",
                                         "font-style",
                                         "font-variant",
                                         "font-weight",
                                         "fr",
                                         "fx",
                                         "fy",
                                         "gradientTransform",
                                         "gradientUnits",
                                         "height",
                                         "href",
                                         "id",
                                         "image-rendering",
                                         "in",
                                         "in2",
                                         "intercept",
                                         "isolation",
                                         "k1",
                                         "k2",
                                         "k3",
                                         "k4",
                                         "kernelMatrix",
                                         "kernelUnitLength",
                                         "lang",
                                         "lengthAdjust",
                                         "letter-spacing",
                                         "lighting-color",
                                         "limitingConeAngle",
                                         "marker-end",
                                         "marker-mid",
                                         "marker-start",
                                         "markerHeight",
                                         "markerUnits",
                                         "markerWidth",
                                         "mask",
                                         "mask-type",
                                         "maskContentUnits",
                                         "maskUnits",
                                         "method",
                                         "mix-blend-mode",
                                         "mode",
                                         "numOctaves",
                                         "offset",
                                         "opacity",
                                         "operator",
                                         "order",
                                         "orient",
                                         "overflow",
                                         "paint-order",
                                         "pathLength",
                                         "patternContentUnits",
                                         "patternTransform",
                                         "patternUnits",
                                         "pointer-events",
                                         "points",
                                         "pointsAtX",
                                         "pointsAtY",
                                         "pointsAtZ",
                                         "preserveAlpha",
                                         "preserveAspectRatio",
                                         "primitiveUnits",
                                         "r",
                                         "radius",
                                         "refX",
                                         "refY",
                                         "result",
                                         "role",
                                         "rotate",
                                         "rx",
                                         "ry",
                                         "scale",
                                         "seed",
                                         "shape-rendering",
                                         "slope",
                                         "spacing",
                                         "specularConstant",
                                         "specularExponent",
                                         "spreadMethod",
                                         "startOffset",
                                         "stdDeviation",
                                         "stitchTiles",
                                         "stop-color",
                                         "stop-opacity",
                                         "stroke",
                                         "stroke-dasharray",
                                         "stroke-dashoffset",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "stroke-miterlimit",
                                         "stroke-opacity",
                                         "stroke-width",
                                         "style",
                                         "surfaceScale",
                                         "tableValues",
                                         "targetX",
                                         "targetY",
                                         "text-anchor",
                                         "text-decoration",
                                         "text-rendering",
                                         "textLength",
                                         "transform",
                                         "transform-box",
                                         "transform-origin",
                                         "type",
                                         "unicode-bidi",
                                         "values",
                                         "vector-effect",
                                         "version",
                                         "viewBox",
                                         "visibility",
                                         "white-space",
                                         "width",
                                         "word-spacing",
                                         "writing-mode",
                                         "x",
                                         "x1",
                                         "x2",
                                         "xChannelSelector",
                                         "y",
                                         "y1",
                                         "y2",
                                         "yChannelSelector",
                                         "z"};
// What drawing programs add for themselves; it is never shown.
static const char *const tool_namespaces[] = {"http://www.inkscape.org/namespaces/inkscape",
                                              "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
                                              "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                                              "http://creativecommons.org/ns#",
                                              "http://purl.org/dc/elements/1.1/",
                                              "http://www.serif.com/",
                                              "http://vectornator.io"};

static bool listed(const char *const *list, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0) return true;
    return false;
}
#define LISTED(list, name) listed((list), ARRAY_LEN(list), (name))

struct svg {
    struct arena *arena;
    struct media_info *out;
    struct err *err;
    xmlTextReaderPtr reader;
    bool root_seen;
    bool in_style;
    int64_t view_w, view_h;
};

static bool refuse(struct svg *s, const char *what, const char *name) {
    return err_set(s->err, ERR_UNSUPPORTED,
                   "The SVG picture may only draw: %s \"%.60s\" is not allowed (line %d).", what,
                   name, xmlTextReaderGetParserLineNumber(s->reader));
}

static struct str lower(struct arena *a, struct str s) {
    struct str t = arena_str(a, s);
    char *p = (char *)(uintptr_t)t.p;
    for (size_t i = 0; i < t.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return t;
}

// A style or an attribute value: every url( is of the form url(#...), nothing is imported, nothing
// is hidden by escapes.
static bool style_safe(struct arena *a, struct str value) {
    static const char *const bad[] = {"\\",          "@import",  "@font-face",   "expression",
                                      "javascript:", "behavior", "-moz-binding", "image(",
                                      "image-set(",  "/*"};
    struct str v = lower(a, value);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (str_find(v, str_c(bad[i])) != STR_NONE) return false;
    for (size_t at; (at = str_find(v, S("url("))) != STR_NONE;) {
        v = str_trim(str_from(v, at + 4));
        if (v.n && (v.p[0] == '"' || v.p[0] == '\'')) v = str_from(v, 1);
        if (!str_starts(v, S("#"))) return false;
    }
    return true;
}

static bool reference_safe(struct arena *a, struct str value, const char *element) {
    static const char *const embedded[] = {"data:image/png;base64,", "data:image/jpeg;base64,",
                                           "data:image/webp;base64,", "data:image/gif;base64,"};
    struct str v = str_trim(value);
    if (str_starts(v, S("#")) || v.n == 0) return true;
    struct str head = lower(a, str_sub(v, 0, 32));
    for (size_t i = 0; i < ARRAY_LEN(embedded); i++)
        if (strcmp(element, "image") == 0 && str_starts(head, str_c(embedded[i]))) return true;
    return false;
}

// "12", "12.5px": whole user units, 0 when it is a percentage or no number.
static int64_t length(struct str s) {
    int64_t v = 0;
    size_t n = 0;
    s = str_trim(s);
    while (n < s.n && n < 9 && ((s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == '.')) n++;
    if (str_ends(s, S("%")) || !decimal_parse(str_sub(s, 0, n), &v)) return 0;
    return (v + DECIMAL_ONE - 1) / DECIMAL_ONE;
}

static void root_attribute(struct svg *s, const char *name, struct str value) {
    if (strcmp(name, "width") == 0) s->out->width = length(value);
    if (strcmp(name, "height") == 0) s->out->height = length(value);
    if (strcmp(name, "viewBox") != 0) return;
    int64_t numbers[4] = {0};
    size_t n = 0;
    while (value.n && n < 4) {
        while (value.n && memchr(" ,\t\r\n", value.p[0], 5)) value = str_from(value, 1);
        size_t end = 0;
        while (end < value.n && !memchr(" ,\t\r\n", value.p[end], 5)) end++;
        numbers[n++] = length(str_sub(value, 0, end));
        value = str_from(value, end);
    }
    s->view_w = numbers[2];
    s->view_h = numbers[3];
}

static bool check_attribute(struct svg *s, const char *element, bool root) {
    const char *name = (const char *)xmlTextReaderConstLocalName(s->reader);
    const char *ns = (const char *)xmlTextReaderConstNamespaceUri(s->reader);
    struct str value = str_c((const char *)xmlTextReaderConstValue(s->reader));
    if (xmlTextReaderIsNamespaceDecl(s->reader)) return true;
    if (ns && LISTED(tool_namespaces, ns)) return true;
    if (ns && strcmp(ns, XML_NS) == 0)
        return strcmp(name, "base") != 0 || refuse(s, "attribute", "xml:base");
    bool reference = strcmp(name, "href") == 0;
    if (ns && strcmp(ns, XLINK_NS) == 0) {
        if (!reference) return true; // xlink:type, xlink:title: without effect
    } else if (ns || !LISTED(attributes, name)) {
        if (strncmp(name, "data-", 5) == 0 && !ns) return true;
        return refuse(s, "attribute", name);
    }
    if (reference && !reference_safe(s->arena, value, element))
        return refuse(s, "a reference to the outside", arena_cstr(s->arena, value));
    if (!reference && !style_safe(s->arena, value))
        return refuse(s, "the value of attribute", name);
    if (root) root_attribute(s, name, value);
    return true;
}

static bool check_element(struct svg *s) {
    const char *name =
        arena_cstr(s->arena, str_c((const char *)xmlTextReaderConstLocalName(s->reader)));
    const char *ns = (const char *)xmlTextReaderConstNamespaceUri(s->reader);
    bool root = !s->root_seen;
    s->root_seen = true;
    if (!root && ns && LISTED(tool_namespaces, ns)) return true;
    if (!ns || strcmp(ns, SVG_NS) != 0)
        return refuse(s, "an element outside the SVG namespace,", name);
    if (root && strcmp(name, "svg") != 0) return refuse(s, "the first element", name);
    if (!LISTED(elements, name)) return refuse(s, "element", name);
    s->in_style = strcmp(name, "style") == 0 && !xmlTextReaderIsEmptyElement(s->reader);
    while (xmlTextReaderMoveToNextAttribute(s->reader) == 1) {
        struct arena_mark mark = arena_mark(s->arena);
        TRY(check_attribute(s, name, root));
        arena_rewind(s->arena, mark);
    }
    return true;
}

static bool check_node(struct svg *s) {
    switch (xmlTextReaderNodeType(s->reader)) {
    case XML_READER_TYPE_ELEMENT:
        return check_element(s);
    case XML_READER_TYPE_END_ELEMENT:
        s->in_style = false;
        return true;
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return refuse(s, "a document type", "DOCTYPE");
    case XML_READER_TYPE_PROCESSING_INSTRUCTION:
        return refuse(s, "a processing instruction",
                      (const char *)xmlTextReaderConstName(s->reader));
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return refuse(s, "an entity", (const char *)xmlTextReaderConstName(s->reader));
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA: {
        struct str text = str_c((const char *)xmlTextReaderConstValue(s->reader));
        if (s->in_style && (text.n > STYLE_MAX || !style_safe(s->arena, text)))
            return refuse(s, "this style", "style");
        return true;
    }
    default:
        return true;
    }
}

static void silent(void *arg, const char *msg, xmlParserSeverities severity,
                   xmlTextReaderLocatorPtr locator) {
    (void)arg, (void)msg, (void)severity, (void)locator;
}

static bool walk(struct svg *s) {
    int more = 0;
    for (int64_t n = 0; (more = xmlTextReaderRead(s->reader)) == 1; n++) {
        if (n > NODES_MAX)
            return err_set(s->err, ERR_TOO_LARGE,
                           "The SVG picture has more than 300,000 parts; simplify it.");
        struct arena_mark mark = arena_mark(s->arena);
        bool ok = check_node(s);
        arena_rewind(s->arena, mark);
        TRY(ok);
    }
    if (more != 0 || !s->root_seen)
        return err_set(s->err, ERR_UNSUPPORTED,
                       "The SVG picture is damaged: it is not well-formed XML (line %d).",
                       xmlTextReaderGetParserLineNumber(s->reader));
    return true;
}

bool svg_inspect(struct arena *a, struct str bytes, struct media_info *out, struct err *err) {
    struct svg s = {.arena = a, .out = out, .err = err};
    if (bytes.n > MEDIA_BYTES_MAX)
        return err_set(err, ERR_TOO_LARGE, "The file is larger than 20 MiB; make it smaller.");
    *out = (struct media_info){.type = "image/svg+xml", .ending = "svg"};
    s.reader = xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!s.reader) return err_set(err, ERR_UNSUPPORTED, "The SVG picture cannot be read.");
    xmlTextReaderSetErrorHandler(s.reader, silent, NULL);
    bool ok = walk(&s);
    xmlFreeTextReader(s.reader);
    if (out->width <= 0 || out->height <= 0) {
        out->width = s.view_w > 0 ? s.view_w : 1;
        out->height = s.view_h > 0 ? s.view_h : 1;
    }
    return ok;
}
