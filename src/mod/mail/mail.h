// SPDX-License-Identifier: Apache-2.0
// Mails of the shop. A mail is written (Liquid templates of this room, text and HTML part, GMime)
// and stored in the transaction that promises it; a job hands it to the world's mail port. The same
// key is one mail. What is large is written before the transaction (mail_write, then mail_put
// inside), since nobody else can write meanwhile.
#pragma once
#include "core/tx.h"
#include "liquid/liquid.h"

struct mail_new {
    const char *kind; // name of the templates: "order_confirmation" ->
                      // templates/order_confirmation.{subject,text,html}.liquid
    struct str to;    // address; absent: nothing is sent (imported orders)
    struct str reply_to; // answers go there; absent: to the shop
    enum lang lang;
    int64_t order_id; // 0: none
    struct liquid_map *data;
    struct str key;                            // idempotency: "shipped:12"
    const struct mail_attachment *attachments; // legal texts and the like
    size_t attachment_count;
};
struct mail_attachment {
    struct str filename, type, bytes;
    struct str content_id; // present: a picture that the HTML shows as cid:..., else a file to keep
};
struct mail_written { // what of a mail is stored
    const struct mail_new *mail;
    struct str subject, message;
};
MUST_USE bool mail_write(struct ctx *c, const struct mail_new *m,
                         struct mail_written *out);                  // m is kept by address
MUST_USE bool mail_put(struct ctx *c, const struct mail_written *w); // in a transaction
MUST_USE bool mail_queue(struct ctx *c, const struct mail_new *m);   // both, in a transaction
extern const struct module mail_module;
