// SPDX-License-Identifier: Apache-2.0
// Buys through a running shop over HTTP: orders URL THREADS SECONDS HANDLE...
// Prints one JSON object: orders, refused, seconds, and latencies of the order request (milliseconds).
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SAMPLES_MAX 200000
#define PAGE_MAX ((size_t)1 << 20)

struct page {
    char *text;
    size_t n;
};
struct buyer {
    pthread_t thread;
    CURL *curl;
    struct page page;
    const char *url, *const *variants;
    int variant_count, number;
    double until;
    long orders, refused, n;
    double *ms;
};

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t take(char *p, size_t size, size_t n, void *self) {
    struct page *page = self;
    size_t bytes = size * n;
    if (page->n + bytes >= PAGE_MAX) return 0;
    memcpy(page->text + page->n, p, bytes);
    page->text[page->n += bytes] = 0;
    return bytes;
}

// One request; form NULL: GET. Gives the status; the page and, in location, where it redirects to.
static long ask(struct buyer *b, const char *path, const char *form, char location[512]) {
    char url[1024], *to = NULL;
    long status = 0;
    snprintf(url, sizeof url, "%s%s", b->url, path);
    b->page.n = 0;
    curl_easy_setopt(b->curl, CURLOPT_URL, url);
    if (form) curl_easy_setopt(b->curl, CURLOPT_POSTFIELDS, form);
    else curl_easy_setopt(b->curl, CURLOPT_HTTPGET, 1L);
    if (curl_easy_perform(b->curl) != CURLE_OK) return 0;
    curl_easy_getinfo(b->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(b->curl, CURLINFO_REDIRECT_URL, &to);
    if (location) snprintf(location, 512, "%s", to ? to : "");
    return status;
}

// The value of a field of the page's form.
static const char *field(const struct buyer *b, const char *name, char out[256]) {
    char want[64];
    snprintf(want, sizeof want, "name=\"%s\"", name);
    const char *at = strstr(b->page.text, want);
    at = at ? strstr(at, "value=\"") : NULL;
    const char *end = at ? strchr(at + 7, '"') : NULL;
    if (!end || end - at - 7 > 255) return NULL;
    memcpy(out, at + 7, (size_t)(end - at - 7));
    out[end - at - 7] = 0;
    return out;
}

static void buy(struct buyer *b) {
    char form[2048], key[256], total[256], method[256], location[512];
    curl_easy_setopt(b->curl, CURLOPT_COOKIELIST, "ALL");
    snprintf(form, sizeof form, "id=%s&quantity=1", b->variants[(b->number + b->orders) % b->variant_count]);
    if (ask(b, "/cart/add", form, location) != 303 || ask(b, "/checkout", NULL, NULL) != 200) goto refused;
    if (!field(b, "order_key", key) || !field(b, "total_seen", total) || !field(b, "shipping_method", method)) goto refused;
    snprintf(form, sizeof form,
             "order_key=%s&total_seen=%s&shipping_method=%s&payment_method=bank_transfer&order=1&email=buyer%d.%ld%%40load.example"
             "&name=Load+Buyer&street=Hafenstr.+%d&postcode=20457&city=Hamburg&country=DE",
             key, total, method, b->number, b->orders, b->number);
    double begin = now_s();
    long status = ask(b, "/checkout", form, location);
    if (status != 303 || !strstr(location, "/orders/")) goto refused;
    if (b->n < SAMPLES_MAX) b->ms[b->n++] = (now_s() - begin) * 1000;
    b->orders++;
    return;
refused:
    b->refused++;
}

static void *run(void *self) {
    struct buyer *b = self;
    struct curl_slist *headers = curl_slist_append(NULL, "Sec-Fetch-Site: same-origin");
    b->curl = curl_easy_init();
    b->page.text = malloc(PAGE_MAX);
    b->ms = malloc(SAMPLES_MAX * sizeof *b->ms);
    if (!b->curl || !b->page.text || !b->ms) exit(1);
    curl_easy_setopt(b->curl, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(b->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(b->curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(b->curl, CURLOPT_WRITEDATA, &b->page);
    curl_easy_setopt(b->curl, CURLOPT_NOSIGNAL, 1L);
    while (now_s() < b->until) buy(b);
    curl_slist_free_all(headers);
    curl_easy_cleanup(b->curl);
    free(b->page.text);
    return NULL;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc < 5) return fputs("usage: orders URL THREADS SECONDS VARIANT...\n", stderr), 2;
    int threads = atoi(argv[2]), seconds = atoi(argv[3]);
    if (threads < 1 || threads > 256 || seconds < 1 || seconds > 600) return fputs("orders: numbers out of range\n", stderr), 2;
    struct buyer *b = calloc((size_t)threads, sizeof *b);
    double begin = now_s(), *all = malloc(sizeof *all * SAMPLES_MAX * (size_t)threads);
    long orders = 0, refused = 0, n = 0;
    if (!b || !all) return 1;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    for (int i = 0; i < threads; i++) {
        b[i] = (struct buyer){.url = argv[1], .variants = (const char *const *)argv + 4, .variant_count = argc - 4, .number = i,
                              .until = begin + seconds};
        if (pthread_create(&b[i].thread, NULL, run, &b[i]) != 0) return 1;
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(b[i].thread, NULL);
        orders += b[i].orders;
        refused += b[i].refused;
        memcpy(all + n, b[i].ms, sizeof *all * (size_t)b[i].n);
        n += b[i].n;
        free(b[i].ms);
    }
    double took = now_s() - begin;
    qsort(all, (size_t)n, sizeof *all, by_size);
    printf("{\"threads\":%d,\"orders\":%ld,\"refused\":%ld,\"seconds\":%.2f,\"per_second\":%.1f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
           threads, orders, refused, took, (double)orders / took, n ? all[n / 2] : 0, n ? all[n * 99 / 100] : 0);
    free(all);
    free(b);
    return orders == 0;
}
