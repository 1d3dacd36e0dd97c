// SPDX-License-Identifier: Apache-2.0
// What visitors wrote under articles: shown, refused or erased by somebody who has read it.
#include "content_sql.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_content.h"

enum { ROWS = 50, PAGES_MAX = 100000 };

bool desk_comments_page(struct ctx *c, const struct request *rq, struct response *rs) {
    static const char *const states[] = {"waiting", "shown", "refused"};
    struct desk d;
    struct comment_list_rows rows = {0};
    struct str state = S("waiting");
    int64_t page = 1;
    for (size_t i = 0; i < ARRAY_LEN(states); i++)
        if (str_eq(request_query(rq, "state"), str_c(states[i]))) state = str_c(states[i]);
    if (!str_to_int(request_query(rq, "page"), &page) || page < 1 || page > PAGES_MAX) page = 1;
    desk_begin(&d, c, rq, rs);
    TRY(comment_list_all(
        &c->db,
        &(struct comment_list_in){state, str_c(lang_code(c->lang)), (page - 1) * ROWS, ROWS},
        &rows));
    PUT_ROWS(&d, "comments", comment_list, rows);
    put_str(d.data, "state", state);
    put_int(d.data, "page", page);
    put_bool(d.data, "more", rows.n && rows.v[0].total > page * ROWS);
    return desk_send(&d, "comments", tr(c, "desk.comments.title"));
}

bool desk_comment_form(struct ctx *c, const struct request *rq, struct response *rs) {
    static const struct {
        const char *button, *done;
        enum comment_act act;
    } acts[] = {{"show", "comment_shown", COMMENT_SHOW},
                {"refuse", "comment_refused", COMMENT_REFUSE},
                {"erase", "comment_erased", COMMENT_ERASE}};
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        if (!str_eq(request_form(rq, "do"), str_c(acts[i].button))) continue;
        TRY(comment_decide_on(c, id, acts[i].act));
        return desk_done(c, rs, S("/desk/comments"), acts[i].done);
    }
    return desk_missing(c);
}
