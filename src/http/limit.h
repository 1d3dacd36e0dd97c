// SPDX-License-Identifier: Apache-2.0
// Rate limits: token buckets per (limit, client key), in memory of one process, bounded in number
// (old ones go first). They protect against floods and guessing by volume; counters that must hold
// over all processes (failed sign-ins, code guesses) live in the database.
#pragma once
#include "base/time.h"
#include "http/route.h"

struct limiter;
struct limiter *limiter_new(bool off); // off: all pass (benches, load tests)
void limiter_free(struct limiter *l);
// client: an address (of IPv6 its /64 network counts, because a visitor owns all of it) or any
// other key. True when the request may pass; otherwise *retry_after_s_out says when.
bool limiter_pass(struct limiter *l, enum route_limit limit, struct str client, instant now,
                  int *retry_after_s_out);
// What limiter_pass took, when the request turned out not to be what the limit is for.
void limiter_give_back(struct limiter *l, enum route_limit limit, struct str client);
