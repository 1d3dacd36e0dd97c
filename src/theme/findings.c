// SPDX-License-Identifier: Apache-2.0
#include <stdarg.h>
#include <stdio.h>

#include "theme/check.h"

enum { MESSAGE_MAX = 400 };

void theme_find(struct theme_findings *f, enum theme_severity s, struct str file, int line,
                const char *fmt, ...) {
    f->errors += s == THEME_ERROR;
    f->warnings += s == THEME_WARNING;
    if (f->n >= THEME_FINDINGS_MAX) return;
    char text[MESSAGE_MAX];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    ensure(n >= 0);
    struct str message = {text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1};
    while (message.n && !str_is_utf8(message)) message.n--; // cut inside a character
    *VEC_PUSH(f->arena, f) = (struct theme_finding){.severity = s,
                                                    .file = arena_str(f->arena, file),
                                                    .line = line,
                                                    .message = arena_str(f->arena, message)};
}
