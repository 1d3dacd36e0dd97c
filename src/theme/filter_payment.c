// SPDX-License-Identifier: Apache-2.0
// Marks of ways to pay: a quiet card with the name on it, drawn by us. The marks of the companies
// are theirs; a shop that may use them brings them as assets.
#include "theme/filter_private.h"

static const struct {
    const char *type, *name, *short_name;
} types[] = {
    {"american_express", "American Express", "AMEX"},
    {"apple_pay", "Apple Pay", "Apple Pay"},
    {"bancontact", "Bancontact", "Bancontact"},
    {"bank_transfer", "Überweisung", "IBAN"},
    {"eps", "eps", "eps"},
    {"google_pay", "Google Pay", "Google Pay"},
    {"ideal", "iDEAL", "iDEAL"},
    {"invoice", "Rechnung", "Rechnung"},
    {"klarna", "Klarna", "Klarna"},
    {"maestro", "Maestro", "Maestro"},
    {"master", "Mastercard", "Mastercard"},
    {"paypal", "PayPal", "PayPal"},
    {"prepayment", "Vorkasse", "Vorkasse"},
    {"sepa", "SEPA", "SEPA"},
    {"visa", "Visa", "VISA"},
};

static struct str name_of(struct arena *a, struct str type, bool full) {
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(type, str_c(types[i].type)))
            return str_c(full ? types[i].name : types[i].short_name);
    struct buf b = buf_new(a, 0); // "sofort_banking" → "Sofort banking"
    for (size_t i = 0; i < type.n; i++) {
        char ch = type.p[i] == '_' ? ' ' : type.p[i];
        buf_char(&b, !i && ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : ch);
    }
    return buf_str(&b);
}

static void put_svg(struct buf *b, struct str type, struct str class_name) {
    struct str name = name_of(b->arena, type, true), text = name_of(b->arena, type, false);
    size_t letters = str_utf8_len(text);
    buf_put(b, S("<svg"));
    put_attr(b, "class", class_name);
    buf_put(b, S(" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 38 24\" "
                 "width=\"38\" height=\"24\""));
    put_attr(b, "aria-label", name);
    buf_put(b, S("><rect x=\".5\" y=\".5\" width=\"37\" height=\"23\" rx=\"3\" fill=\"#fff\" "
                 "stroke=\"#d6d6d2\"/><text x=\"19\" y=\"15\" text-anchor=\"middle\" "
                 "font-family=\"system-ui,sans-serif\" font-weight=\"600\" fill=\"#33332f\""));
    buf_fmt(b, " font-size=\"%s\"", letters > 8 ? "6" : letters > 5 ? "7.5" : "10");
    if (letters > 9) buf_put(b, S(" textLength=\"32\" lengthAdjust=\"spacingAndGlyphs\""));
    buf_char(b, '>');
    buf_html(b, text);
    buf_put(b, S("</text></svg>"));
}

FILTER(payment_type_svg_tag) {
    (void)err;
    struct buf b = call_buf(c);
    put_svg(&b, call_in(c), call_named(c, "class"));
    return give_html(out, &b);
}

FILTER(payment_type_img_url) {
    (void)err;
    struct buf svg = call_buf(c), b = call_buf(c);
    put_svg(&svg, call_in(c), (struct str){0});
    buf_put(&b, S("data:image/svg+xml,"));
    buf_url(&b, buf_str(&svg));
    return give_text(out, buf_str(&b));
}

// Standard events feed Shopify's analytics; a theme's script that parses them finds nothing.
FILTER(standard_event_data) {
    (void)c;
    (void)err;
    return give_text(out, S("null"));
}
