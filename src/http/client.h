// SPDX-License-Identifier: Apache-2.0
// Outbound HTTP over libcurl, blocking, for ports and jobs. Only http and https; no redirects
// unless asked; certificates are checked; limits on time and size always apply. Private and
// loopback addresses are refused unless allow_private (fetching a merchant's picture URL must not
// reach the inside: SSRF).
#pragma once
#include "http/http.h"

struct http_call {
    const char *method; // "GET", "POST", ...
    struct str url;
    struct http_pairs headers;
    struct str body;
    int timeout_s;     // 0: 30
    size_t max_bytes;  // 0: 8 MiB
    int max_redirects; // 0: none
    bool allow_private;
};
struct http_reply {
    int status;
    struct http_pairs headers;
    struct str body;
};
// False with ERR_NET (hint says whether trying again can help); a reply with any status is true.
// *sent_out (may be NULL): the request may have reached the peer although no answer came.
MUST_USE bool http_fetch(struct arena *a, const struct http_call *call, struct http_reply *out,
                         bool *sent_out, struct err *err);
