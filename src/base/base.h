// SPDX-License-Identifier: Apache-2.0
// base: the words every other room speaks. Knows nothing of I/O or commerce.
//
// Three kinds of failure are kept apart everywhere in Kontor:
//   bug      a promise of the code is broken: ensure() ends the process, in production too;
//            the parent restarts it, the open transaction rolls back.
//   refusal  the business says no (stock gone, code expired): an enum verdict that the caller
//   switches over. failure  disk, database, network: a bool function returns false with struct err
//   filled (err.h).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE               __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN               __attribute__((noreturn))
#define ARRAY_LEN(a)           (sizeof(a) / sizeof((a)[0]))

// Returns false from the surrounding bool function when call is false; the failure is already in
// its struct err.
#define TRY(call)                                                                                  \
    do {                                                                                           \
        if (!(call)) return false;                                                                 \
    } while (0)

// Ends the process with file, line and text on stderr when cond is false. Always on.
#define ensure(cond) ((cond) ? (void)0 : base_bug(#cond, __FILE__, __LINE__))

// The same where control cannot come, for example after a switch over all values of an enum.
#define bug(what) base_bug((what), __FILE__, __LINE__)

NORETURN void base_bug(const char *what, const char *file, int line);
