// SPDX-License-Identifier: Apache-2.0
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

// Formats into to, cut between characters when too long. Messages quote foreign bytes: those that
// are no UTF-8 become question marks.
static void put_text(char *to, size_t size, const char *fmt, va_list args) {
    int wanted = vsnprintf(to, size, fmt, args);
    ensure(wanted >= 0);
    bool cut = (size_t)wanted >= size;
    for (size_t i = 0; to[i];) {
        size_t len = 1;
        while (len < 4 && to[i + len] && !str_is_utf8((struct str){to + i, len})) len++;
        if (str_is_utf8((struct str){to + i, len})) {
            i += len;
        } else if (cut && i + 4 >= size) {
            to[i] = '\0';
        } else {
            to[i++] = '?';
        }
    }
}

bool err_set(struct err *e, enum err_code code, const char *message, ...) {
    if (!e || e->code != ERR_NONE) return false;
    ensure(code != ERR_NONE);
    e->code = code;
    va_list args;
    va_start(args, message);
    put_text(e->message, sizeof e->message, message, args);
    va_end(args);
    return false;
}

bool err_hint(struct err *e, const char *hint, ...) {
    if (!e || e->hint[0]) return false;
    va_list args;
    va_start(args, hint);
    put_text(e->hint, sizeof e->hint, hint, args);
    va_end(args);
    return false;
}

bool err_detail(struct err *e, const char *detail, ...) {
    if (!e || e->detail[0]) return false;
    va_list args;
    va_start(args, detail);
    put_text(e->detail, sizeof e->detail, detail, args);
    va_end(args);
    return false;
}

bool err_field(struct err *e, const char *field) {
    if (e && !e->field[0]) snprintf(e->field, sizeof e->field, "%s", field);
    return false;
}

void err_clear(struct err *e) { *e = (struct err){0}; }

int err_http_status(enum err_code code) {
    switch (code) {
    case ERR_NONE:
        return 200;
    case ERR_INVALID:
        return 400;
    case ERR_NOT_FOUND:
        return 404;
    case ERR_FORBIDDEN:
        return 403;
    case ERR_CONFLICT:
        return 409;
    case ERR_BUSY:
        return 503;
    case ERR_UNCERTAIN:
        return 500;
    case ERR_FULL:
        return 507;
    case ERR_IO:
        return 500;
    case ERR_DB:
        return 500;
    case ERR_NET:
        return 502;
    case ERR_TOO_LARGE:
        return 413;
    case ERR_UNSUPPORTED:
        return 415;
    }
    return 500;
}
