// SPDX-License-Identifier: Apache-2.0
// From subject, text and HTML to the bytes of a message (RFC 5322, MIME by GMime). Pure: date and
// identity are passed in.
#pragma once
#include "mod/mail/mail.h"

struct mail_parts {
    struct str from_name, from, to, subject, text, html;
    struct str reply_to;   // or absent: from
    struct str message_id; // without angle brackets
    instant date;
    const struct mail_attachment *attachments;
    size_t attachment_count;
};
// CRLF lines. False with ERR_INVALID when an address is none or holds control characters.
MUST_USE bool mail_compose(struct arena *a, const struct mail_parts *p, struct str *message_out,
                           struct err *err);
