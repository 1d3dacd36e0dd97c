// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <stdio.h>

enum { LINE_MAX_BYTES = 4096 }; // a longer line is cut

struct line {
    char p[LINE_MAX_BYTES];
    size_t n;
};

static void put(struct line *l, struct str s) {
    size_t room = sizeof l->p - l->n;
    size_t n = s.n < room ? s.n : room;
    if (n) memcpy(l->p + l->n, s.p, n);
    l->n += n;
}

static bool needs_quotes(struct str s) {
    if (s.n == 0) return true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7F) return true;
    }
    return false;
}

static void put_escaped(struct line *l, char c) {
    static const char hex[] = "0123456789abcdef";
    unsigned char u = (unsigned char)c;
    if (c == '\n')
        put(l, S("\\n"));
    else if (c == '"' || c == '\\')
        put(l, (struct str){(char[]){'\\', c}, 2});
    else if (u < ' ' || u == 0x7F)
        put(l, (struct str){(char[]){'\\', 'x', hex[u >> 4], hex[u & 15]}, 4});
    else
        put(l, (struct str){&c, 1});
}

static void put_value(struct line *l, struct str s) {
    if (!needs_quotes(s)) {
        put(l, s);
        return;
    }
    put(l, S("\""));
    for (size_t i = 0; i < s.n; i++) put_escaped(l, s.p[i]);
    put(l, S("\""));
}

void log_event(const struct log_sink *sink, instant now, enum log_level level, const char *event,
               const struct log_kv *kv, size_t n) {
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if (!sink || !sink->write || level < sink->least) return;
    struct line l = {.n = 0};
    struct civil c = civil_of_instant(now);
    int head = snprintf(l.p, sizeof l.p,
                        "time=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ level=%s event=", c.year, c.month,
                        c.day, c.hour, c.minute, c.second, c.micros / 1000, names[level]);
    ensure(head > 0 && (size_t)head < sizeof l.p);
    l.n = (size_t)head;
    put_value(&l, str_c(event));
    for (size_t i = 0; i < n; i++) {
        put(&l, S(" "));
        put(&l, str_c(kv[i].key));
        put(&l, S("="));
        put_value(&l, kv[i].value);
    }
    sink->write(sink->self, level, (struct str){l.p, l.n});
}
