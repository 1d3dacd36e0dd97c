// SPDX-License-Identifier: Apache-2.0
#include "flow/edit_content.h"

struct blog_run {
    const struct blog_draft *texts;
    size_t n, first;
    int64_t *id_out;
};
static bool save_blog(struct ctx *c, void *self, bool *keep) {
    struct blog_run *r = self;
    const struct blog_draft *first = &r->texts[r->first];
    (void)keep;
    TRY(blog_save(c, first, r->id_out));
    for (size_t i = 0; i < r->n; i++) {
        struct blog_draft d = r->texts[i];
        int64_t same;
        d.id = *r->id_out;
        d.position = first->position;
        if (i != r->first && d.title.n) TRY(blog_save(c, &d, &same));
    }
    return true;
}
bool blog_edit(struct ctx *c, const struct blog_draft *texts, size_t n, size_t first,
               int64_t *id_out) {
    return tx_run(c, save_blog, &(struct blog_run){texts, n, first, id_out});
}

struct article_run {
    const struct article_draft *d;
    struct media_file *picture;
    int64_t *id_out, *version_out;
};
static bool save_article(struct ctx *c, void *self, bool *keep) {
    struct article_run *r = self;
    struct article_draft d = *r->d;
    (void)keep;
    if (r->picture) TRY(media_add(c, r->picture, &d.media_id));
    return article_save(c, &d, r->id_out, r->version_out);
}
bool article_edit(struct ctx *c, const struct article_draft *d, struct media_file *picture,
                  int64_t *id_out, int64_t *version_out) {
    if (picture) TRY(media_store(c, picture));
    return tx_run(c, save_article, &(struct article_run){d, picture, id_out, version_out});
}

struct menu_run {
    const struct menu_draft *d;
    size_t *wrong_out;
};
static bool save_menu(struct ctx *c, void *self, bool *keep) {
    struct menu_run *r = self;
    int64_t id;
    (void)keep;
    return menu_save(c, r->d, &id, r->wrong_out);
}
bool menu_edit(struct ctx *c, const struct menu_draft *d, size_t *wrong_out) {
    return tx_run(c, save_menu, &(struct menu_run){d, wrong_out});
}

static bool drop_menu(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return menu_remove(c, *(struct str *)self);
}
bool menu_take_away(struct ctx *c, struct str handle) { return tx_run(c, drop_menu, &handle); }

struct comment_run {
    int64_t id;
    enum comment_act act;
};
static bool decide(struct ctx *c, void *self, bool *keep) {
    const struct comment_run *r = self;
    (void)keep;
    return comment_act(c, r->id, r->act);
}
bool comment_decide_on(struct ctx *c, int64_t id, enum comment_act act) {
    return tx_run(c, decide, &(struct comment_run){id, act});
}
