// SPDX-License-Identifier: Apache-2.0
// Who wants the newsletter. German law asks for a consent that can be proved (UWG § 7 (2) no. 2,
// DSGVO art. 7 (1)): an address is written down when somebody types it in, gets one mail with a
// link, and is a member only when its owner has pressed the button behind that link. When, where
// and under which words stands in newsletter_event. Nobody can find out whether an address is
// known. An address that was never confirmed is forgotten after NEWSLETTER_WAIT, one that left
// after NEWSLETTER_PROOF (limitation, BGB § 195, § 199).
// All in a transaction of the caller (flow/newsletter).
#pragma once
#include "core/i18n.h"
#include "core/tx.h"

#define NEWSLETTER_WAIT  (14 * DAY)      // a link's life, too
#define NEWSLETTER_PAUSE (15 * MINUTE)   // between two mails to one address
#define NEWSLETTER_PROOF (4 * 366 * DAY) // after leaving
enum { NEWSLETTER_MAILS_MAX = 3 };       // to an address that does not answer

// Whether the address gets a confirmation mail now. mail_out false: it is a member already, was
// written to a moment ago, or did not answer too often.
MUST_USE bool newsletter_ask(struct ctx *c, struct str email, struct str page, struct str words,
                             bool *mail_out, int64_t *id_out);
enum newsletter_verdict {
    NEWSLETTER_OK,
    NEWSLETTER_ALREADY, // it is so: nothing written
    NEWSLETTER_OVER,    // unknown, or the link is too old: ask again
};
// The token is that of newsletter_token for this step.
MUST_USE bool newsletter_confirm(struct ctx *c, int64_t id, struct str words,
                                 enum newsletter_verdict *out);
MUST_USE bool newsletter_leave(struct ctx *c, int64_t id, enum newsletter_verdict *out);
// Everything about an address is erased (DSGVO art. 17).
MUST_USE bool newsletter_forget(struct ctx *c, int64_t id);

enum newsletter_step { NEWSLETTER_CONFIRM, NEWSLETTER_LEAVE };
// Stands in the mail's link. Of a confirmation: valid for this asking only.
struct newsletter_who {
    int64_t id;
    struct str email;
    instant asked_at;
    enum newsletter_step step;
};
struct str newsletter_token(struct ctx *c, const struct newsletter_who *w);
// Who a link is about. found_out false: the token is not right, or the address is gone.
MUST_USE bool newsletter_of_token(struct ctx *c, int64_t id, enum newsletter_step step,
                                  struct str token, struct newsletter_who *out, bool *found_out);
extern const struct module contact_module;
