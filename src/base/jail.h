// SPDX-License-Identifier: Apache-2.0
// Work on untrusted bytes with a big parser behind it (archives, pictures, PDF) in a child process
// that can compute and nothing else. jail_run forks; the child drops every file descriptor but one
// pipe, limits its memory and its time, and gives up all system calls but those of memory, locks,
// clocks and the pipe (seccomp; new programs, files, network, other processes, executable memory:
// the kernel ends it). Its answer comes back through the pipe; the parent believes nothing in it
// but its bytes, which the caller parses as untrusted.
//
// What the jail does not give: the child is a copy of this process and can read what was in its
// memory, secrets too. It has no way out for them but the answer, so an answer must never be shown
// to others without being parsed into what it ought to be, and work that needs no secrets should be
// jailed from a process that holds none where that is possible.
//
// Works on Linux on x86-64 and aarch64, and in builds with AddressSanitizer. The work may use
// malloc and arenas; it may not take locks of its own that other threads could have held, nor open
// files (open fails with EACCES): what it needs from files is loaded before.
#pragma once
#include "base/buf.h"
#include "base/err.h"

// Reads in, writes to out. False: a refusal in err (ERR_INVALID ...), told to the caller as it is;
// its message is plain text. Memory from a ends with the child.
typedef bool jail_fn(void *in, struct arena *a, struct buf *out, struct err *err);
struct jail {
    const char *what; // for messages: "the archive"
    jail_fn *work;
    void *in;
    size_t answer;    // most bytes of an answer
    size_t memory;    // bytes the child may take beyond what this process has
    unsigned seconds; // of processor time; three times as many by the clock
};
// True: the answer, in a. False: the work's own refusal, or one sentence: ERR_TOO_LARGE (memory,
// answer), ERR_INVALID (it took too long or died, as parsers of hostile bytes may), ERR_UNSUPPORTED
// (the system offers no such jail; the work was not begun), ERR_IO (no process, no pipe).
MUST_USE bool jail_run(struct arena *a, const struct jail *j, struct str *answer_out,
                       struct err *err);
