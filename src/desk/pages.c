// SPDX-License-Identifier: Apache-2.0
// Legal texts and other pages of the shop: every save is a version that stays.
#include "content_sql.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_shop.h"

enum { SOURCE_MAX = 200000 };

bool desk_pages_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct content_page_list_rows pages = {0};
    struct desk_page_langs_rows langs = {0};
    desk_begin(&d, c, rq, rs);
    TRY(content_page_list_all(&c->db, &(struct content_page_list_in){str_c(lang_code(c->lang))},
                              &pages));
    TRY(desk_page_langs_all(&c->db, &langs));
    PUT_ROWS(&d, "pages", content_page_list, pages);
    PUT_ROWS(&d, "langs", desk_page_langs, langs);
    return desk_send(&d, "pages", tr(c, "desk.pages.title"));
}

static bool lang_of(const struct request *rq, struct ctx *c, enum lang *out) {
    *out = lang_first(c);
    struct str s = request_query(rq, "lang");
    if (!s.p) s = request_form(rq, "lang");
    return !s.p || lang_parse(s, out);
}

static bool put_history(struct desk *d, int64_t page_id, enum lang l) {
    struct content_history_rows rows = {0};
    TRY(content_history_all(&d->c->db, &(struct content_history_in){page_id, str_c(lang_code(l))},
                            &rows));
    PUT_ROWS(d, "history", content_history, rows);
    return desk_trail(d, "page", page_id);
}

static bool show(struct desk *d, struct str handle, enum lang l) {
    struct ctx *c = d->c;
    struct content_page_by_handle page;
    struct content_version_last last = {0};
    bool found = false, has = false;
    bool fresh = str_eq(handle, S("new"));
    if (!fresh)
        TRY(content_page_by_handle(&c->db, &(struct content_page_by_handle_in){handle}, &page,
                                   &found));
    if (!fresh && !found) return desk_missing(c);
    if (found)
        TRY(content_version_last(
            &c->db, &(struct content_version_last_in){page.id, str_c(lang_code(l))}, &last, &has));
    if (!d->errors && has) {
        put_str(d->f, "title", last.title);
        put_str(d->f, "source", last.source);
    }
    if (!d->errors && found) {
        put_str(d->f, "handle", handle);
        put_int(d->f, "position", page.position);
        put_str(d->f, "template", page.template);
    }
    if (found) TRY(put_history(d, page.id, l));
    put_bool(d->data, "fresh", fresh);
    put_str(d->data, "handle", handle);
    put_str(d->data, "plang", str_c(lang_code(l)));
    return desk_send(d, "page", has ? last.title : found ? handle : tr(c, "desk.pages.new"));
}

bool desk_page_edit_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    enum lang l;
    if (!lang_of(rq, c, &l)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return show(&d, request_param(rq, "handle"), l);
}

static bool handle_ok(struct ctx *c, struct str h) {
    return h.n > 0 && str_eq(text_slug(c->arena, h), h) && !str_eq(h, S("new"));
}

bool desk_page_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct page_draft p = {0};
    struct str handle = request_param(rq, "handle");
    bool fresh = str_eq(handle, S("new")), found = false;
    struct content_page_by_handle there;
    int64_t id, version;
    if (!lang_of(rq, c, &p.lang)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    p.handle = fresh ? desk_read_text(&d, "handle", FORM_REQUIRED, 100) : handle;
    p.title = desk_read_text(&d, "title", FORM_REQUIRED, 200);
    p.source = desk_read_text(&d, "source", FORM_REQUIRED, SOURCE_MAX);
    p.position = desk_read_number(&d, &(struct desk_number){"position", FORM_INT, 0, 0, 100000});
    p.template = desk_read_text(&d, "template", 0, 100);
    if (!p.template.p) p.template = S("");
    if (!str_eq(text_slug(c->arena, p.template), p.template))
        desk_fail_key(&d, "template", "desk.pages.handle_wrong");
    if (fresh && p.handle.n && !handle_ok(c, p.handle))
        desk_fail_key(&d, "handle", "desk.pages.handle_wrong");
    TRY(content_page_by_handle(&c->db, &(struct content_page_by_handle_in){p.handle}, &there,
                               &found));
    if (fresh && found) desk_fail_key(&d, "handle", "desk.pages.handle_taken");
    if (!fresh && !found) return desk_missing(c);
    if (d.errors) return show(&d, handle, p.lang);
    TRY(page_edit(c, &p, &id, &version));
    struct str path = arena_fmt(c->arena, "/desk/pages/" STR_FMT "?lang=%s", STR_ARG(p.handle),
                                lang_code(p.lang));
    return desk_done(c, rs, path, "saved");
}

bool desk_page_version_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct content_version_get v;
    int64_t version;
    bool found;
    enum lang l;
    if (!lang_parse(request_param(rq, "lang"), &l) || !desk_id(rq, "version", &version))
        return desk_missing(c);
    struct str handle = request_param(rq, "handle");
    desk_begin(&d, c, rq, rs);
    TRY(content_version_get(&c->db,
                            &(struct content_version_get_in){handle, str_c(lang_code(l)), version},
                            &v, &found));
    if (!found) return desk_missing(c);
    put_str(d.data, "handle", handle);
    put_str(d.data, "plang", str_c(lang_code(l)));
    put_int(d.data, "version", version);
    liquid_set(d.data, "saved_at", liquid_time(v.created_at));
    liquid_set(d.data, "body", liquid_html(v.body));
    put_str(d.data, "source", v.source);
    return desk_send(&d, "page_version", v.title);
}
