// SPDX-License-Identifier: Apache-2.0
// What visitors send to the shop: the newsletter's double opt-in and messages of the contact form.
// Each opens its own transaction. Nothing here tells whether an address is known.
#pragma once
#include "mod/contact/newsletter.h"
#include "mod/content/comment.h"

// Somebody typed an address in on a page: its owner gets a mail with a link, if one is due.
MUST_USE bool newsletter_request(struct ctx *c, struct str email, struct str page);
// The words that are agreed to, in the ctx's language; they stand above the button.
struct str newsletter_words(struct ctx *c);
// The steps behind the links of mails: confirm and leave, for who is told by newsletter_of_token.
MUST_USE bool newsletter_do(struct ctx *c, const struct newsletter_who *who,
                            enum newsletter_verdict *out);
// Absolute addresses of the two pages.
struct str newsletter_url(struct ctx *c, const struct newsletter_who *who);
MUST_USE bool newsletter_erase(struct ctx *c, int64_t id); // for the desk

enum { CONTACT_FIELDS_MAX = 20, CONTACT_NAME_MAX = 60, CONTACT_VALUE_MAX = 5000 };
struct contact_field {
    struct str name, value; // "Order number", as the form called it
};
struct contact_message {
    struct str email, name; // of the writer; name may be absent
    struct str page;        // where the form stood
    const struct contact_field *fields;
    size_t n;
};
// Kept until somebody of the shop has read it.
MUST_USE bool comment_send(struct ctx *c, const struct comment_new *n, enum comment_verdict *out);
// A mail to the shop's address that is answered to the writer. The same message within ten minutes
// is one mail.
MUST_USE bool contact_send(struct ctx *c, const struct contact_message *m);
