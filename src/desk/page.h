// SPDX-License-Identifier: Apache-2.0
// Inside of the back office: a page on its way, forms with their errors, and the handlers.
#pragma once
#include "base/vec.h"
#include "core/ctx.h"
#include "core/i18n.h"
#include "core/view.h"
#include "desk_sql.h"
#include "http/form.h"

struct desk {
    struct ctx *c;
    const struct request *rq;
    struct response *rs;
    struct liquid_map
        *data; // what the template sees; f: values of the form, e: sentences of its errors
    struct liquid_map *f, *e;
    struct liquid_value *list; // errors in order, for the summary
    size_t errors;
    bool bare; // without menu: before sign-in
};
// Puts menu and message of a finished action (?done=KEY) into the page.
void desk_begin(struct desk *d, struct ctx *c, const struct request *rq, struct response *rs);
MUST_USE bool desk_send(struct desk *d, const char *name, struct str title);
// `opening`: what is missing before the shop can sell, [{text, url}] (opening.c).
MUST_USE bool desk_put_opening(struct desk *d);
bool desk_missing(struct ctx *c); // 404 by the dispatcher
// 303 to path?done=KEY, whose sentence is desk.done.KEY.
bool desk_done(struct ctx *c, struct response *rs, struct str path, const char *key);
bool desk_id(const struct request *rq, const char *name, int64_t *out); // of a path's capture

// Forms. What was typed is shown again; every error has a sentence at its field and in the summary.
void desk_typed(struct desk *d); // values of f from the request
void desk_fail(struct desk *d, const char *field,
               struct str text); // field NULL: about the whole form
void desk_fail_key(struct desk *d, const char *field, const char *key);
void desk_fail_all(struct desk *d, const struct form_errors *errors);
struct str desk_form_key(struct ctx *c); // a new idempotency key for a form
// One field outside of a table: as form_read.
struct desk_number {
    const char *name;
    enum form_type type;
    unsigned flags;
    int64_t min, max;
};
int64_t desk_read_number(struct desk *d, const struct desk_number *n);
struct str desk_read_text(struct desk *d, const char *name, unsigned flags, int64_t max);
instant desk_read_day(struct desk *d, const char *name); // midnight in the shop's zone; 0: none

// Values for templates and inputs.
static inline void put_str(struct liquid_map *m, const char *key, struct str v) {
    liquid_set(m, key, liquid_text(v));
}
static inline void put_int(struct liquid_map *m, const char *key, int64_t v) {
    liquid_set(m, key, liquid_int(v));
}
static inline void put_bool(struct liquid_map *m, const char *key, bool v) {
    liquid_set(m, key, liquid_bool(v));
}
struct str desk_money_input(struct ctx *c, int64_t minor, struct str currency); // "12,50" in German
struct str desk_decimal_input(struct ctx *c, int64_t millionths);               // "0,5"
struct str desk_int_str(struct ctx *c, int64_t v);
struct str desk_lower(struct arena *a, struct str s);
struct str desk_query_with(struct ctx *c, const struct request *rq,
                           const char *const *drop); // "a=1&b=2&" without those
// A LIKE pattern for folded text (search_text) that holds the words as typed; ! escapes.
struct str desk_like(struct ctx *c, struct str typed);
struct list { // a Liquid array that grows
    struct liquid_value *v;
    size_t n, cap;
};
static inline void desk_list_add(struct arena *a, struct list *l, struct liquid_value v) {
    *VEC_PUSH(a, l) = v;
}
#define PUT_ROWS(d, key, query, rows)                                                              \
    liquid_set((d)->data, key, liquid_rows((d)->c->arena, &query##_query.out, (rows).v, (rows).n))
// The audit trail of one object as `trail`.
MUST_USE bool desk_trail(struct desk *d, const char *object, int64_t id);
const struct view_set *desk_view(struct ctx *c);
// The choice among the theme's templates for a thing ("product", its id; 0: a new one), shown as
// `alternates` and field "template", and saved after the thing itself was.
MUST_USE bool desk_alternate_show(struct desk *d, const char *object, int64_t id);
MUST_USE bool desk_alternate_save(struct desk *d, const char *object, int64_t id);
