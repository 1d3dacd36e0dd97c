// SPDX-License-Identifier: Apache-2.0
#include "flow/drafts.h"

#include "content_sql.h"
#include "core/i18n.h"
#include "draft_files.h"

static const char *const legal[] = {"impressum", "datenschutz", "agb", "widerruf", "versand"};

// Ends the title of a draft; the merchant takes it out when the text is right.
static const char *const marks[LANG_COUNT] = {[LANG_DE] = " (Entwurf)", [LANG_EN] = " (draft)"};

bool page_of_file(struct arena *a, const struct embed *e, struct page_draft *out) {
    struct str name = str_c(e->path), text = embed_str(e), handle, code, title, folder;
    if (str_find_char(name, '/') != STR_NONE) str_split(&name, '/', &folder);
    str_split(&name, '.', &handle);
    str_split(&name, '.', &code);
    if (!lang_parse(code, &out->lang)) return false;
    str_split(&text, '\n', &title);
    while (title.n && (title.p[0] == '#' || title.p[0] == ' ')) title = str_from(title, 1);
    out->handle = arena_str(a, handle);
    out->title = str_trim(title);
    out->source = text.p ? str_trim(text) : S("");
    return true;
}

static bool write_draft(struct ctx *c, const char *handle, int64_t position) {
    struct content_page_by_handle there;
    int64_t id, version;
    bool found;
    TRY(content_page_by_handle(&c->db, &(struct content_page_by_handle_in){str_c(handle)}, &there,
                               &found));
    for (size_t i = 0; !found && i < draft_files_count; i++) {
        struct page_draft d = {.position = position};
        if (!page_of_file(c->arena, &draft_files[i], &d) || !str_eq(d.handle, str_c(handle)))
            continue;
        d.title = arena_fmt(c->arena, STR_FMT "%s", STR_ARG(d.title), marks[d.lang]);
        TRY(page_save(c, &d, &id, &version));
    }
    return true;
}

static bool write_all(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    for (size_t i = 0; i < ARRAY_LEN(legal); i++) TRY(write_draft(c, legal[i], (int64_t)i + 1));
    return true;
}

bool drafts_write(struct ctx *c) { return tx_run(c, write_all, NULL); }

static bool is_draft(struct ctx *c, const char *handle, bool *out) {
    struct content_page_by_handle page;
    bool found;
    TRY(content_page_by_handle(&c->db, &(struct content_page_by_handle_in){str_c(handle)}, &page,
                               &found));
    *out = !found;
    for (enum lang l = 0; found && !*out && l < LANG_COUNT; l++) {
        struct content_version_last last;
        bool has;
        if (!lang_offered(c, l)) continue;
        TRY(content_version_last(
            &c->db, &(struct content_version_last_in){page.id, str_c(lang_code(l))}, &last, &has));
        *out = has && str_ends(last.title, str_c(marks[l]));
    }
    return true;
}

bool drafts_left(struct ctx *c, struct draft_pages *out) {
    *out = (struct draft_pages){0};
    for (size_t i = 0; i < ARRAY_LEN(legal); i++) {
        bool draft;
        TRY(is_draft(c, legal[i], &draft));
        if (draft) out->handles[out->n++] = legal[i];
    }
    return true;
}
