// SPDX-License-Identifier: Apache-2.0
// A provider's stand-in of its own process, spoken to over loopback HTTP: by the shop as its
// provider, by the test under /_/. A shop on the fake world with the real HTTP client for what goes
// to the provider.
#pragma once
#include <stdlib.h>

#include "fixture.h"

struct peer {
    pid_t pid;
    int in, out; // its input (closing it ends it) and output
    int port;
    char skip[128]; // why it cannot run, else ""
};
void peer_start(struct peer *p, const char *name);
void peer_stop(struct peer *p);
// POST /_/what with a JSON text; the answer as JSON in the test's arena.
struct json peer_tell(struct peer *p, struct arena *a, const char *what, struct str json);
bool peer_http(void *self, struct arena *a, const struct http_call *call, struct http_reply *out,
               bool *sent_out,
               struct err *err); // world_fake.answer: the real client
