// SPDX-License-Identifier: Apache-2.0
// Comments under articles, of blogs that take them. Everything waits until somebody of the shop has
// shown or refused it. What was not shown is erased after COMMENT_KEPT.
#pragma once
#include "core/tx.h"

#define COMMENT_KEPT (90 * DAY)
enum { COMMENT_CHARACTERS = 5000, COMMENT_AUTHOR = 100, COMMENT_WAITING_MAX = 200 };

struct comment_new {
    int64_t article_id;
    struct str author, email, body; // checked by the form
};
enum comment_verdict {
    COMMENT_TAKEN,
    COMMENT_SAME, // said already: nothing written
    COMMENT_FULL, // too many wait under this article
};
// All in a transaction.
MUST_USE bool comment_add(struct ctx *c, const struct comment_new *n, enum comment_verdict *out);
enum comment_act { COMMENT_SHOW, COMMENT_REFUSE, COMMENT_ERASE };
MUST_USE bool comment_act(struct ctx *c, int64_t id, enum comment_act act); // ERR_NOT_FOUND
enum job_result comments_clean(struct ctx *c, const struct json *payload);  // a job
