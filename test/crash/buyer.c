// SPDX-License-Identifier: Apache-2.0
#include "buyer.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAGE_MAX = 1 << 18, VARIANTS = 60 };

struct visit {
    CURL *curl;
    struct curl_slist *headers;
    int port;
    char *page; // body of the last answer
    size_t n;
    long status;
    char to[1024]; // where it redirects
};

static size_t take(char *p, size_t size, size_t count, void *self) {
    struct visit *v = self;
    size_t n = size * count, room = PAGE_MAX - 1 - v->n;
    memcpy(v->page + v->n, p, n < room ? n : room);
    v->n += n < room ? n : room;
    v->page[v->n] = 0;
    return n;
}

static void begin(struct visit *v, int port) {
    *v = (struct visit){.curl = curl_easy_init(), .port = port, .page = malloc(PAGE_MAX)};
    v->headers = curl_slist_append(NULL, "Sec-Fetch-Site: same-origin");
    curl_easy_setopt(v->curl, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(v->curl, CURLOPT_HTTPHEADER, v->headers);
    curl_easy_setopt(v->curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(v->curl, CURLOPT_WRITEDATA, v);
    curl_easy_setopt(v->curl, CURLOPT_TIMEOUT_MS, 20000L);
    curl_easy_setopt(v->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(v->curl, CURLOPT_PROXY, "");
}

static void end(struct visit *v) {
    curl_slist_free_all(v->headers);
    curl_easy_cleanup(v->curl);
    free(v->page);
}

// False: no answer.
static bool ask(struct visit *v, const char *path, const char *form) {
    char url[256], *to = NULL;
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", v->port, path);
    v->n = 0;
    v->page[0] = v->to[0] = 0;
    curl_easy_setopt(v->curl, CURLOPT_URL, url);
    if (form)
        curl_easy_setopt(v->curl, CURLOPT_POSTFIELDS, form);
    else
        curl_easy_setopt(v->curl, CURLOPT_HTTPGET, 1L);
    if (curl_easy_perform(v->curl) != CURLE_OK) return false;
    curl_easy_getinfo(v->curl, CURLINFO_RESPONSE_CODE, &v->status);
    curl_easy_getinfo(v->curl, CURLINFO_REDIRECT_URL, &to);
    if (to) snprintf(v->to, sizeof v->to, "%s", to);
    return true;
}

// The value of a field of the page's form.
static bool field(const struct visit *v, const char *name, char *out, size_t max) {
    char mark[64];
    snprintf(mark, sizeof mark, "name=\"%s\"", name);
    const char *at = strstr(v->page, mark), *value = at ? strstr(at, "value=\"") : NULL;
    size_t n = value ? strcspn(value + 7, "\"") : max;
    if (n >= max) return false;
    memcpy(out, value + 7, n);
    out[n] = 0;
    return true;
}

static void note(struct buyer *b, const char *url) {
    const char *path = strstr(url, "/orders/");
    pthread_mutex_lock(&b->orders->lock);
    if (path && b->orders->n < ACKNOWLEDGED_MAX)
        snprintf(b->orders->paths[b->orders->n++], PATH_MAX_HERE, "%.*s", (int)strcspn(path, "?"),
                 path);
    pthread_mutex_unlock(&b->orders->lock);
}

static bool surprise(struct buyer *b, const struct visit *v, const char *where) {
    b->surprises++;
    snprintf(b->surprise, sizeof b->surprise, "%s: status %ld, to \"%.100s\"", where, v->status,
             v->to);
    return true;
}

// One purchase; false when the shop did not answer.
static bool buy(struct buyer *b, struct visit *v) {
    char form[1024], key[128], total[32], method[32];
    snprintf(form, sizeof form, "id=%d&quantity=1", 1 + rand_r(&b->seed) % VARIANTS);
    if (!ask(v, "/cart/add", form)) return false;
    if (v->status != 303)
        return v->status < 500 ? true : surprise(b, v, "/cart/add"); // sold out, say
    if (!ask(v, "/checkout", NULL)) return false;
    if (v->status == 303) return true; // the cart is empty
    if (v->status != 200 || !field(v, "order_key", key, sizeof key) ||
        !field(v, "total_seen", total, sizeof total))
        return surprise(b, v, "/checkout");
    if (!field(v, "shipping_method", method, sizeof method))
        return surprise(b, v, "/checkout without a method");
    snprintf(
        form, sizeof form,
        "order_key=%s&email=anna%%40example.org&name=Anna+Schmidt&street=Am+Markt+1&postcode=20095"
        "&city=Hamburg&country=DE&shipping_method=%s&payment_method=bank_transfer&total_seen=%s",
        key, method, total);
    if (!ask(v, "/checkout", form)) return false;
    if (v->status == 303 && strstr(v->to, "/orders/"))
        note(b, v->to);
    else if (v->status >= 500 || v->status == 403)
        surprise(b, v, "the order");
    if (v->status != 303) ask(v, "/cart/clear", "x=1"); // sold out under way: begin again
    return true;
}

void *buyer_run(void *self) {
    struct buyer *b = self;
    struct visit v;
    begin(&v, b->port);
    while (!atomic_load(b->stop)) {
        if (buy(b, &v)) continue;
        struct timespec pause = {0, 20000000};
        nanosleep(&pause, NULL);
    }
    end(&v);
    return NULL;
}

long buyer_get(int port, const char *path) {
    struct visit v;
    begin(&v, port);
    long status = ask(&v, path, NULL) ? v.status : 0;
    end(&v);
    return status;
}
