// SPDX-License-Identifier: Apache-2.0
// Signing in as a customer: a six-digit code sent by mail, good for 15 minutes and five guesses,
// once. Whether an address is known is never told.
#pragma once
#include "core/tx.h"

#define CUSTOMER_CODE_LIFE    (15 * MINUTE)
#define CUSTOMER_CODE_GUESSES 5

// Makes a code and the mail that carries it (own transaction). At most three open codes an address;
// more ask for patience.
enum customer_code_verdict { CODE_OK, CODE_WRONG, CODE_EXPIRED, CODE_TOO_OFTEN };
MUST_USE bool customer_code_request(struct ctx *c, struct str email,
                                    enum customer_code_verdict *out);
// Checks it (own transaction; a wrong guess is counted even so) and finds or makes the customer;
// takes over the guest orders of that address.
MUST_USE bool customer_code_check(struct ctx *c, struct str email, struct str code,
                                  enum customer_code_verdict *out, int64_t *customer_id_out);
