// SPDX-License-Identifier: Apache-2.0
#include <microhttpd.h>

#include "http/http_private.h"
#include "http/page_private.h"
#include "http/server_private.h"

static void bytes_done(void *page) { page_drop_hold(page); }

static bool describe(struct MHD_Response *r, const struct page_view *view, const struct page *p) {
    bool ok = true;
    for (size_t i = 0; i < view->headers->n; i++)
        ok &= server_add_header(r, view->headers->v[i].name, view->headers->v[i].value);
    ok &= server_add_header(r, S("ETag"), view->etag);
    ok &= server_add_header(r, S("X-Content-Type-Options"), S("nosniff"));
    if (p->encodings[PAGE_GZIP].p) ok &= server_add_header(r, S("Vary"), S("Accept-Encoding"));
    if (view->encoding != PAGE_IDENTITY)
        ok &= server_add_header(r, S("Content-Encoding"), server_encoding_name(view->encoding));
    return ok;
}

static struct MHD_Response *make(struct page *p, enum page_encoding e, bool not_modified) {
    struct page_view view = page_view(p, e);
    if (not_modified) view.encoding = PAGE_IDENTITY;
    struct str bytes = not_modified ? S("") : view.bytes;
    atomic_fetch_add(&p->holds, 1);
    struct MHD_Response *r = MHD_create_response_from_buffer_with_free_callback_cls(
        bytes.n, (void *)(uintptr_t)bytes.p, bytes_done, p);
    if (!r) {
        page_drop_hold(p);
        return NULL;
    }
    if (describe(r, &view, p)) return r;
    MHD_destroy_response(r);
    return NULL;
}

struct MHD_Response *page_response(struct page *p, enum page_encoding e, bool not_modified) {
    if (!p->encodings[e].p) e = PAGE_IDENTITY;
    _Atomic(struct MHD_Response *) *place = &p->ready[not_modified][e];
    struct MHD_Response *r = atomic_load(place);
    if (r) return r;
    struct MHD_Response *made = make(p, e, not_modified);
    if (!made) return NULL;
    if (atomic_compare_exchange_strong(place, &r, made)) return made;
    MHD_destroy_response(made);
    return r;
}

void page_ready_done(struct page *p) {
    for (size_t f = 0; f < PAGE_FORMS; f++)
        for (size_t e = 0; e < PAGE_ENCODINGS; e++) {
            struct MHD_Response *r = atomic_exchange(&p->ready[f][e], NULL);
            if (r) MHD_destroy_response(r);
        }
}
