// SPDX-License-Identifier: Apache-2.0
// Everything outside the program, passed in: clock, randomness, outbound HTTP, mail, files, log.
// Nothing else in Kontor reads a clock, draws random bytes or talks to a peer, so a test on the
// fake world (core/world_fake.h) is deterministic.
#pragma once
#include "base/log.h"
#include "base/rng.h"
#include "http/client.h"

struct world_mail {      // one message, ready to send
    struct str from, to; // envelope addresses
    struct str bytes;    // RFC 5322 message, CRLF
    struct str key;      // idempotency: the same message again has the same key
};
struct world {
    void *self;
    instant (*now)(void *self);
    void (*random)(void *self, void *p, size_t n); // cryptographic
    bool (*http)(void *self, struct arena *a, const struct http_call *call, struct http_reply *out,
                 bool *sent_out, struct err *err);
    bool (*mail)(void *self, const struct world_mail *m, struct err *err);
    // Files of the shop by content: media/ab/abcdef... (SHA-256 hex). put is atomic (temporary
    // file, fsync, rename).
    bool (*file_put)(void *self, struct str bytes, char hash_out[65], struct err *err);
    bool (*file_get)(void *self, struct arena *a, const char *hash, struct str *bytes_out,
                     struct err *err);
    struct str (*file_path)(void *self, struct arena *a,
                            const char *hash); // for sending by the server
    struct log_sink log;
};
// The real world of a data directory; smtp empty: mails are written as .eml files to DIR/mail.
struct world_options {
    struct str dir, smtp_url, smtp_user, smtp_password;
};
MUST_USE bool world_real(struct arena *a, const struct world_options *o, struct world *out,
                         struct err *err);
