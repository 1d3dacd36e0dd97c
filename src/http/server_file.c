// SPDX-License-Identifier: Apache-2.0
// Files of the data directory: validators (RFC 9110 13) and one range (RFC 9110 14).
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http_private.h"
#include "http/server_private.h"

enum range { RANGE_NONE, RANGE_ONE, RANGE_BEYOND };
struct span {
    int64_t from, n;
};

static bool digits(struct str s, int64_t *out) {
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9' && str_to_int(s, out);
}

// "bytes=a-b", "bytes=a-", "bytes=-n". Several ranges, other units and nonsense are passed over:
// the whole file is sent.
static enum range range_read(struct str header, int64_t size, struct span *out) {
    if (!str_starts(header, S("bytes="))) return RANGE_NONE;
    struct str spec = str_from(header, 6);
    size_t dash = str_find_char(spec, '-');
    if (dash == STR_NONE || str_find_char(spec, ',') != STR_NONE) return RANGE_NONE;
    struct str first = str_trim(str_sub(spec, 0, dash)), last = str_trim(str_from(spec, dash + 1));
    int64_t from = 0, to = size - 1, n;
    if (first.n == 0) {
        if (!digits(last, &n)) return RANGE_NONE;
        from = n > size ? 0 : size - n;
        if (n == 0) return RANGE_BEYOND;
    } else {
        if (!digits(first, &from)) return RANGE_NONE;
        if (last.n && (!digits(last, &to) || to < from)) return RANGE_NONE;
        if (to > size - 1) to = size - 1;
    }
    if (from >= size) return RANGE_BEYOND;
    *out = (struct span){from, to - from + 1};
    return RANGE_ONE;
}

static struct str file_etag(struct arena *a, const struct stat *st) {
    return arena_fmt(a, "\"%llx-%llx-%lx\"", (unsigned long long)st->st_size,
                     (unsigned long long)st->st_mtim.tv_sec, (unsigned long)st->st_mtim.tv_nsec);
}

// Decides the status and which bytes; adds the headers that go with it.
static struct span choose(struct exchange *ex, const struct stat *st) {
    struct response *rs = &ex->rs;
    struct span span = {0, st->st_size}, part;
    struct str etag = file_etag(rs->arena, st), condition = request_header(ex->rq, "If-Range");
    response_header_set(rs, "ETag", etag);
    response_header_set(rs, "Last-Modified", instant_http(rs->arena, st->st_mtim.tv_sec * SECOND));
    response_header_set(rs, "Accept-Ranges", S("bytes"));
    if (rs->status != 200) return span;
    struct str wanted = request_header(ex->rq, "If-None-Match");
    if (wanted.n && etag_matches(wanted, etag)) {
        rs->status = 304;
        return (struct span){0, 0};
    }
    if (condition.n && !str_eq(condition, etag)) return span;
    switch (range_read(request_header(ex->rq, "Range"), st->st_size, &part)) {
    case RANGE_NONE:
        return span;
    case RANGE_ONE:
        rs->status = 206;
        response_header(rs, "Content-Range",
                        arena_fmt(rs->arena, "bytes %lld-%lld/%lld", (long long)part.from,
                                  (long long)(part.from + part.n - 1), (long long)st->st_size));
        return part;
    case RANGE_BEYOND:
        rs->status = 416;
        response_header(rs, "Content-Range",
                        arena_fmt(rs->arena, "bytes */%lld", (long long)st->st_size));
        return (struct span){0, 0};
    }
    return span;
}

static bool open_regular(const char *path, int *fd_out, struct stat *st_out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false;
    if (fstat(fd, st_out) == 0 && S_ISREG(st_out->st_mode)) {
        *fd_out = fd;
        return true;
    }
    close(fd);
    return false;
}

void server_answer_file(struct exchange *ex) {
    struct response *rs = &ex->rs;
    struct stat st;
    int fd;
    if (!open_regular(arena_cstr(rs->arena, rs->body_file), &fd, &st)) {
        server_plain(ex, 404, S("This file is not here any more.\n"));
        return;
    }
    struct span span = choose(ex, &st);
    ex->status = (unsigned)rs->status;
    if (span.n == 0) {
        close(fd);
        ex->answer =
            MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    } else {
        ex->answer =
            MHD_create_response_from_fd_at_offset64((uint64_t)span.n, fd, (uint64_t)span.from);
    }
    ensure(ex->answer != NULL);
}
