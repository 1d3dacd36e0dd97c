// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "base/xml.h"

static struct xml_node *parsed(struct arena *a, struct str text) {
    struct xml_node *root = NULL;
    struct err e = {0};
    assert_ok(xml_parse(a, text, &root, &e), &e);
    return root;
}

static void reads_a_tree(void **state) {
    (void)state;
    struct arena a = {0};
    struct xml_node *root = parsed(
        &a, S("<?xml version='1.0'?>\n<b:Document xmlns:b='urn:x'><!-- c -->\n"
              "<b:Ntry n='1' b:m='&lt;2'> <b:Amt Ccy=\"EUR\">12.50</b:Amt></b:Ntry>"
              "<b:Ntry><b:Txt> a &amp; <i>x</i><![CDATA[<b>]]> \xC3\xA4</b:Txt><b:Nil/></b:Ntry>"
              "<b:Other/></b:Document>"));
    assert_str(root->name, "Document");
    assert_str(root->ns, "urn:x");
    const struct xml_node *entry = xml_child(root, "Ntry");
    assert_int_equal(entry->line, 3);
    assert_str(xml_attr(entry, "n"), "1");
    assert_str(xml_attr(entry, "m"), "<2");
    assert_null(xml_attr(entry, "zz").p);
    assert_str(xml_text(root, "Ntry/Amt"), "12.50");
    assert_str(xml_attr(xml_path(root, "Ntry/Amt"), "Ccy"), "EUR");
    entry = xml_next(entry, "Ntry");
    assert_str(xml_text(entry, "Txt"), "a & <b> \xC3\xA4");
    assert_str(xml_text(entry, "Nil"), "");
    assert_null(xml_text(entry, "Missing").p);
    assert_null(xml_next(entry, "Ntry"));
    assert_non_null(xml_next(entry, "Other"));
    assert_int_equal(entry->attr_count, 0);
    arena_done(&a);
}

static void reads_other_encodings(void **state) {
    (void)state;
    struct arena a = {0};
    struct xml_node *root =
        parsed(&a, S("<?xml version='1.0' encoding='ISO-8859-1'?><n>M\xFCller</n>"));
    assert_str(root->text, "M\xC3\xBCller");
    arena_done(&a);
}

static void refuses(void **state) {
    (void)state;
    struct arena a = {0};
    static const struct str bad[] = {
        S_INIT(""),
        S_INIT("text"),
        S_INIT("<a>"),
        S_INIT("<a></b>"),
        S_INIT("<a/><b/>"),
        S_INIT("<a>&foo;</a>"),
        S_INIT("<!DOCTYPE a><a/>"),
        S_INIT("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
        S_INIT("<!DOCTYPE a [<!ENTITY x 'yyyy'><!ENTITY z '&x;&x;&x;'>]><a>&z;</a>"),
        S_INIT("<a>\x01</a>"),
        S_INIT("<a>\xFF</a>"),
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct xml_node *root = NULL;
        struct err e = {0};
        assert_false(xml_parse(&a, bad[i], &root, &e));
        assert_int_equal(e.code, ERR_INVALID);
        assert_true(strlen(e.message) > 10);
        assert_null(root);
    }
    arena_done(&a);
}

static bool parse_nested(struct arena *a, int depth, struct err *e) {
    struct buf b = buf_new(a, 0);
    for (int i = 0; i < depth; i++) buf_put(&b, S("<a>"));
    for (int i = 0; i < depth; i++) buf_put(&b, S("</a>"));
    struct xml_node *root;
    return xml_parse(a, buf_str(&b), &root, e);
}

static void depth_is_limited(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    assert_ok(parse_nested(&a, 64, &e), &e);
    assert_false(parse_nested(&a, 65, &e));
    assert_int_equal(e.code, ERR_INVALID);
    arena_done(&a);
}

static void writes_what_xml_allows(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    xml_put_text(
        &b, S("a<b>&\"'"
              "\r\n\t\x01\x1F\xC3\xA4\xFF\xED\xA0\x80\xEF\xBF\xBE\xEF\xBF\xBF\xF0\x9F\x8C\xB1"));
    assert_str(buf_str(&b), "a&lt;b&gt;&amp;&quot;&apos;&#13;\n\t\xC3\xA4\xF0\x9F\x8C\xB1");
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_tree),
        cmocka_unit_test(reads_other_encodings),
        cmocka_unit_test(refuses),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(writes_what_xml_allows),
    };
    return TEST_GROUP(tests);
}
