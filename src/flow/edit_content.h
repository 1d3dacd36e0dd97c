// SPDX-License-Identifier: Apache-2.0
// What the desk's forms for blogs and menus save, each as one transaction; the modules write the
// audit rows.
#pragma once
#include "mod/content/blog.h"
#include "mod/content/comment.h"
#include "mod/content/menu.h"
#include "mod/media/media.h"

// A blog in every language that has a title; the one of `first` says id, handle and position.
MUST_USE bool blog_edit(struct ctx *c, const struct blog_draft *texts, size_t n, size_t first,
                        int64_t *id_out);
// picture (or NULL) becomes the article's; it is kept before the transaction.
MUST_USE bool article_edit(struct ctx *c, const struct article_draft *d, struct media_file *picture,
                           int64_t *id_out, int64_t *version_out);
MUST_USE bool menu_edit(struct ctx *c, const struct menu_draft *d, size_t *wrong_out);
MUST_USE bool comment_decide_on(struct ctx *c, int64_t id, enum comment_act act);
MUST_USE bool menu_take_away(struct ctx *c, struct str handle);
