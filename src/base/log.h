// SPDX-License-Identifier: Apache-2.0
// Log lines as data: level, event name, then key/value pairs, written as one logfmt line by the
// sink of the world. Values are escaped; secrets are never passed. Personal data is not logged (ids
// are).
#pragma once
#include "base/str.h"
#include "base/time.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
struct log_kv {
    const char *key;
    struct str value;
};
struct log_sink { // implemented by the world: stderr, a file, or a test's memory
    void (*write)(void *self, enum log_level level, struct str line);
    void *self;
    enum log_level least;
};
void log_event(const struct log_sink *sink, instant now, enum log_level level, const char *event,
               const struct log_kv *kv, size_t n);
#define LOG(sink, now, level, event, ...)                                                          \
    log_event((sink), (now), (level), (event), (const struct log_kv[]){__VA_ARGS__},               \
              ARRAY_LEN(((const struct log_kv[]){__VA_ARGS__})))
