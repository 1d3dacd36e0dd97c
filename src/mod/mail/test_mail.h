// SPDX-License-Identifier: Apache-2.0
// What a mail program makes of a message: headers and parts, decoded by GMime.
#pragma once
#include "base/buf.h"
#include "base/test.h"

struct read_mail {
    struct str from, to, subject, date, message_id, bcc; // decoded, absent when not there
    struct str text, html, png;                          // the parts of these types
    int parts;
};
void mail_read(struct arena *a, struct str message, struct read_mail *out);
