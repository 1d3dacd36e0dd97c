// SPDX-License-Identifier: Apache-2.0
// The mails of an order. The flow that changes the order promises the mail inside its transaction
// (a job row); the job loads the order as it is then, adds what the law wants beside it (terms and
// withdrawal with the confirmation, § 312f BGB), and hands the text to module mail in the order's
// language.
#pragma once
#include "core/tx.h"

struct order_mail {
    int64_t order_id;
    const char *kind;  // of mod/mail: "order_confirmation", "payment_received", "shipped",
                       // "cancelled", "refunded"
    struct str key;    // unique within kind: the mail is promised once
    struct str detail; // JSON object for the template ({"tracking":"..."}), or absent
};
MUST_USE bool order_mail(struct ctx *c, const struct order_mail *m);
enum job_result order_mail_run(struct ctx *c, const struct json *payload); // job "order.mail"
