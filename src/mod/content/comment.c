// SPDX-License-Identifier: Apache-2.0
#include "mod/content/comment.h"

#include "content_sql.h"

bool comment_add(struct ctx *c, const struct comment_new *n, enum comment_verdict *out) {
    ensure(c->db.writing);
    struct comment_same same;
    struct comment_waiting waiting;
    int64_t id;
    bool found;
    *out = COMMENT_SAME;
    TRY(comment_same(&c->db, &(struct comment_same_in){n->article_id, n->email, n->body}, &same,
                     &found));
    if (found) return true;
    *out = COMMENT_FULL;
    TRY(comment_waiting(&c->db, &(struct comment_waiting_in){n->article_id}, &waiting, &found));
    if (waiting.n >= COMMENT_WAITING_MAX) return true;
    *out = COMMENT_TAKEN;
    return comment_insert(
        &c->db, &(struct comment_insert_in){n->article_id, n->author, n->email, n->body, c->now},
        &id);
}

bool comment_act(struct ctx *c, int64_t id, enum comment_act act) {
    static const char *const names[] = {"comment.show", "comment.refuse", "comment.erase"};
    struct comment_row row;
    bool found;
    ensure(c->db.writing);
    TRY(comment_row(&c->db, &(struct comment_row_in){id}, &row, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "This comment is gone.");
    if (act == COMMENT_ERASE)
        TRY(comment_drop(&c->db, &(struct comment_drop_in){id}));
    else
        TRY(comment_decide(
            &c->db, &(struct comment_decide_in){id, act == COMMENT_SHOW ? S("shown") : S("refused"),
                                                c->now}));
    tx_bump(c, "article", row.article_id);
    return audit_write(c, &(struct audit){"comment", id, names[act], {0}});
}

static bool clean_body(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return comment_clean(&c->db, &(struct comment_clean_in){c->now - COMMENT_KEPT});
}
enum job_result comments_clean(struct ctx *c, const struct json *payload) {
    (void)payload;
    return tx_run(c, clean_body, NULL) ? JOB_DONE : JOB_RETRY;
}
