// SPDX-License-Identifier: Apache-2.0
// Work in the background, and the trail of all changes.
#include "core/jobs.h"

#include "core_sql.h"
#include "desk/handlers.h"
#include "desk/page.h"

enum { JOB_ROWS = 100, TRAIL_ROWS = 100 };

bool desk_jobs_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct core_job_list_rows dead = {0}, ready = {0}, running = {0};
    struct core_job_counts_rows counts = {0};
    desk_begin(&d, c, rq, rs);
    TRY(core_job_list_all(&c->db, &(struct core_job_list_in){.state = S("dead"), .count = JOB_ROWS},
                          &dead));
    TRY(core_job_list_all(
        &c->db, &(struct core_job_list_in){.state = S("ready"), .count = JOB_ROWS}, &ready));
    TRY(core_job_list_all(
        &c->db, &(struct core_job_list_in){.state = S("running"), .count = JOB_ROWS}, &running));
    TRY(core_job_counts_all(&c->db, &counts));
    PUT_ROWS(&d, "dead", core_job_list, dead);
    PUT_ROWS(&d, "ready", core_job_list, ready);
    PUT_ROWS(&d, "running", core_job_list, running);
    PUT_ROWS(&d, "counts", core_job_counts, counts);
    return desk_send(&d, "jobs", tr(c, "desk.jobs.title"));
}

bool desk_job_retry_form(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    TRY(job_retry(c, id));
    return desk_done(c, rs, S("/desk/jobs"), "retry");
}

// Objects are words: letters, digits and underscores.
static bool is_word(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_')) return false;
    }
    return s.n > 0 && s.n < 60;
}

bool desk_audit_page(struct ctx *c, const struct request *rq, struct response *rs) {
    static const char *const drop[] = {"before", NULL};
    struct desk d;
    struct core_audit_list_rows rows = {0};
    struct core_audit_list_in in = {.count = TRAIL_ROWS + 1};
    struct str object = str_trim(request_query(rq, "object"));
    desk_begin(&d, c, rq, rs);
    if (is_word(object)) in.object = object;
    in.has_object_id = str_to_int(str_trim(request_query(rq, "id")), &in.object_id);
    in.has_before = str_to_int(request_query(rq, "before"), &in.before);
    TRY(core_audit_list_all(&c->db, &in, &rows));
    if (rows.n > TRAIL_ROWS) {
        rows.n = TRAIL_ROWS;
        put_str(d.data, "next",
                arena_fmt(c->arena, "/desk/audit?" STR_FMT "before=%lld",
                          STR_ARG(desk_query_with(c, rq, drop)), (long long)rows.v[rows.n - 1].id));
    }
    put_str(d.f, "object", object);
    put_str(d.f, "id", request_query(rq, "id"));
    PUT_ROWS(&d, "entries", core_audit_list, rows);
    return desk_send(&d, "audit", tr(c, "desk.audit_page.title"));
}
