// SPDX-License-Identifier: Apache-2.0
// Which of the theme's templates a product, collection, blog or article is shown with.
#include "mod/themes/alternate.h"

#include "desk/handlers.h"
#include "desk/page.h"

bool desk_alternate_show(struct desk *d, const char *object, int64_t id) {
    struct str now = S("");
    if (id) TRY(themes_alternate_of(d->c, object, id, &now));
    put_str(d->data, "alternates", themes_alternates(d->c, object, now));
    if (!d->errors) put_str(d->f, "template", now);
    return true;
}

struct alternate {
    const char *object;
    int64_t id;
    struct str suffix;
};

static bool set(struct ctx *c, void *self, bool *keep) {
    const struct alternate *a = self;
    (void)keep;
    return themes_alternate_set(c, a->object, a->id, a->suffix);
}

// One that the theme has not, and the thing had not before, is no choice.
bool desk_alternate_save(struct desk *d, const char *object, int64_t id) {
    struct str typed = request_form(d->rq, "template"), now, choices, one;
    if (!typed.p || d->errors || !id) return true;
    TRY(themes_alternate_of(d->c, object, id, &now));
    choices = themes_alternates(d->c, object, now);
    bool known = !typed.n;
    while (!known && str_split(&choices, '|', &one)) known = str_eq(one, typed);
    if (!known || str_eq(typed, now)) return true;
    return tx_run(d->c, set, &(struct alternate){object, id, typed});
}
