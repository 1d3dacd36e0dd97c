// SPDX-License-Identifier: Apache-2.0
// Settings: described in module descriptors, stored in table setting, cached by version. Reading
// never fails: an absent or unreadable value is its default. Secrets are sealed with the shop's
// key.
#pragma once
#include "core/ctx.h"

struct str setting_text(struct ctx *c,
                        const char *key); // lives until the request ends; unknown key is a bug
int64_t setting_int(struct ctx *c, const char *key); // also SETTING_MONEY: minor units
bool setting_bool(struct ctx *c, const char *key);
// A setting whose text is JSON, read once for all who ask until a setting changes; lives until
// ctx_end. Not well-formed: JSON_NULL.
const struct json *setting_json(struct ctx *c, const char *key);
void settings_release(struct ctx *c); // by ctx_end
// A text per language: key.de, key.en, falling back to the other.
struct str setting_i18n(struct ctx *c, const char *key);
enum setting_verdict { SETTING_OK, SETTING_UNKNOWN, SETTING_INVALID };
MUST_USE bool setting_set(struct ctx *c, const char *key, struct str value,
                          enum setting_verdict *verdict_out); // in tx
const struct setting *setting_find(const struct shop *s, struct str key);
// For what has no ctx (I/O threads, start): the value or default, copied into a.
struct str settings_get(const struct shop *s, struct arena *a, const char *key);
MUST_USE bool settings_open(struct shop *s,
                            struct err *err); // by shop_open: indexes descriptors, reads the table
MUST_USE bool settings_reload(struct shop *s,
                              struct err *err); // after a change here or in another process
void settings_close(struct shop *s);
