// SPDX-License-Identifier: Apache-2.0
// kontor.conf: only what is needed to start; everything else is a setting in the database. Lines
// `key = value`, # begins a comment.
#pragma once
#include "base/err.h"

struct conf {
    struct str db;       // "sqlite:/abs/shop.db" or "postgres://..."
    struct str listen;   // "127.0.0.1:8080"
    struct str base_url; // "https://shop.example", or absent: http:// and listen
    struct str smtp_url, smtp_user, smtp_password; // absent: mails are files
    struct str trusted_proxy;                      // address whose X-Forwarded-* is believed
    int64_t workers, io_threads;                   // 0: the server's default
};
MUST_USE bool conf_read(struct arena *a, struct str dir, struct conf *out, struct err *err);
// The lines alone, without defaults. Pure: fuzzed. ERR_INVALID names the line.
MUST_USE bool conf_parse(struct arena *a, struct str text, struct conf *out, struct err *err);
// Writes a fresh kontor.conf with explanations.
MUST_USE bool conf_write(struct arena *a, struct str dir, struct str db, struct err *err);
