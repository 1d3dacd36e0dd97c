// SPDX-License-Identifier: Apache-2.0
#include "http/client.h"

#include <curl/curl.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/vec.h"
#include "http/client_private.h"

#define TIMEOUT_DEFAULT_S  30
#define CONNECT_MAX_S      10
#define BYTES_DEFAULT      ((size_t)8 << 20)
#define REPLY_HEADERS_MAX  200
#define REPLY_HEADER_BYTES ((size_t)64 << 10)

struct fetch { // one call under way
    struct arena *arena;
    const struct http_call *call;
    struct http_reply *reply;
    struct buf body;
    size_t header_bytes;
    bool refused_private, too_large;
};

static size_t on_bytes(char *p, size_t size, size_t n, void *self) {
    struct fetch *f = self;
    buf_put(&f->body, (struct str){p, size * n});
    if (buf_ok(&f->body)) return size * n;
    f->too_large = true;
    return 0;
}

// A status line begins anew: after 100 Continue or a redirect only the last head counts.
static size_t on_head_line(char *p, size_t size, size_t n, void *self) {
    struct fetch *f = self;
    struct str line = str_trim((struct str){p, size * n});
    f->header_bytes += size * n;
    if (f->header_bytes > REPLY_HEADER_BYTES || f->reply->headers.n >= REPLY_HEADERS_MAX) {
        f->too_large = true;
        return 0;
    }
    size_t colon = str_find_char(line, ':');
    if (str_starts(line, S("HTTP/"))) {
        f->reply->headers.n = 0;
        buf_clear(&f->body);
    } else if (colon != STR_NONE) {
        pairs_add(f->arena, &f->reply->headers,
                  arena_str(f->arena, str_trim(str_sub(line, 0, colon))),
                  arena_str(f->arena, str_trim(str_from(line, colon + 1))));
    }
    return size * n;
}

// The address is looked at here, after the name was resolved and for every redirect, so that no
// name can lead inside.
static curl_socket_t on_socket(void *self, curlsocktype purpose, struct curl_sockaddr *at) {
    struct fetch *f = self;
    (void)purpose;
    if (!f->call->allow_private && !address_is_public(&at->addr)) {
        f->refused_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
}

static bool line_ok(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == '\0') return false;
    return true;
}

static bool add_headers(struct fetch *f, struct curl_slist **list, struct err *err) {
    for (size_t i = 0; i < f->call->headers.n; i++) {
        struct http_pair h = f->call->headers.v[i];
        if (!line_ok(h.name) || !line_ok(h.value))
            return err_set(err, ERR_INVALID, "A header has a line break in it.");
        const char *line =
            h.value.n
                ? arena_fmt(f->arena, STR_FMT ": " STR_FMT, STR_ARG(h.name), STR_ARG(h.value)).p
                : arena_fmt(f->arena, STR_FMT ";", STR_ARG(h.name)).p;
        struct curl_slist *longer = curl_slist_append(*list, line);
        ensure(longer != NULL);
        *list = longer;
    }
    if (!pairs_get_nocase(&f->call->headers, "Expect").p) { // no extra round trip for larger bodies
        struct curl_slist *longer = curl_slist_append(*list, "Expect:");
        ensure(longer != NULL);
        *list = longer;
    }
    return true;
}

static int timeout_of(const struct http_call *call) {
    return call->timeout_s > 0 ? call->timeout_s : TIMEOUT_DEFAULT_S;
}

static void set_limits(CURL *c, struct fetch *f) {
    const struct http_call *call = f->call;
    long timeout = timeout_of(call);
    bool follows =
        call->max_redirects > 0 && (!strcmp(call->method, "GET") || !strcmp(call->method, "HEAD"));
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, follows ? 1L : 0L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)call->max_redirects);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, timeout);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, timeout < CONNECT_MAX_S ? timeout : CONNECT_MAX_S);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)f->body.max);
    curl_easy_setopt(c, CURLOPT_PROXY, ""); // the environment does not decide where we connect
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
}

static void set_request(CURL *c, struct fetch *f, struct curl_slist *headers) {
    const struct http_call *call = f->call;
    curl_easy_setopt(c, CURLOPT_URL, arena_cstr(f->arena, call->url));
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "Kontor");
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_head_line);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, f);
    if (!strcmp(call->method, "HEAD")) {
        curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
        return;
    }
    if (call->body.p || !strcmp(call->method, "POST")) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.n);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, call->body.p ? call->body.p : "");
    }
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, call->method);
}

static struct str host_of(struct arena *a, struct str url) {
    size_t at = str_find(url, S("://"));
    struct str rest = at == STR_NONE ? url : str_from(url, at + 3);
    for (size_t i = 0; i < rest.n; i++)
        if (memchr("/?#", rest.p[i], 3)) rest.n = i;
    size_t user = str_find_char(rest, '@'); // never show a password
    if (user != STR_NONE) rest = str_from(rest, user + 1);
    return arena_str(a, str_sub(rest, 0, 100));
}

static bool failed(struct fetch *f, CURLcode rc, const char *detail, struct err *err) {
    struct str host = host_of(f->arena, f->call->url);
    if (f->refused_private) {
        err_set(err, ERR_NET, STR_FMT " is an address inside the network and is not contacted.",
                STR_ARG(host));
        return err_hint(err, "Use an address that can be reached from the internet.");
    }
    if (f->too_large || rc == CURLE_FILESIZE_EXCEEDED) {
        err_set(err, ERR_TOO_LARGE, "The answer of " STR_FMT " is larger than %zu bytes.",
                STR_ARG(host), f->body.max);
        return err_hint(err, "Trying again will not help.");
    }
    if (rc == CURLE_OPERATION_TIMEDOUT) {
        err_set(err, ERR_NET, STR_FMT " did not answer within %d seconds.", STR_ARG(host),
                timeout_of(f->call));
        err_hint(err, "Try again later.");
    } else if (rc == CURLE_PEER_FAILED_VERIFICATION) {
        err_set(err, ERR_NET, "The certificate of " STR_FMT " is not valid.", STR_ARG(host));
        err_hint(err, "Trying again will not help until its owner has renewed it.");
    } else if (rc == CURLE_UNSUPPORTED_PROTOCOL || rc == CURLE_URL_MALFORMAT) {
        err_set(err, ERR_INVALID, "This is not an http or https address that can be fetched.");
    } else if (rc == CURLE_TOO_MANY_REDIRECTS) {
        err_set(err, ERR_NET, STR_FMT " redirects more than %d times.", STR_ARG(host),
                f->call->max_redirects);
    } else {
        err_set(err, ERR_NET, "The connection to " STR_FMT " failed.", STR_ARG(host));
        err_hint(err, "Try again later.");
    }
    return err_detail(err, "curl %d: %s %s", (int)rc, curl_easy_strerror(rc), detail);
}

static bool perform(CURL *c, struct fetch *f, bool *sent_out, struct err *err) {
    char detail[CURL_ERROR_SIZE] = "";
    long sent = 0, status = 0;
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, detail);
    CURLcode rc = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_REQUEST_SIZE, &sent);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (sent_out) *sent_out = sent > 0;
    if (rc != CURLE_OK) return failed(f, rc, detail, err);
    f->reply->status = (int)status;
    f->reply->body = buf_str(&f->body);
    return true;
}

bool http_fetch(struct arena *a, const struct http_call *call, struct http_reply *out,
                bool *sent_out, struct err *err) {
    struct fetch f = {.arena = a, .call = call, .reply = out};
    struct curl_slist *headers = NULL;
    f.body = buf_new(a, call->max_bytes ? call->max_bytes : BYTES_DEFAULT);
    *out = (struct http_reply){0};
    if (sent_out) *sent_out = false;
    if (!line_ok(call->url))
        return err_set(err, ERR_INVALID, "The address has a line break in it.");
    CURL *c = curl_easy_init();
    ensure(c != NULL);
    bool ok = add_headers(&f, &headers, err);
    if (ok) {
        set_limits(c, &f);
        set_request(c, &f, headers);
        ok = perform(c, &f, sent_out, err);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(c);
    return ok;
}
