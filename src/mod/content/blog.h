// SPDX-License-Identifier: Apache-2.0
// Blogs and articles: texts of the merchant that have a date. An article's text in a language is a
// version, as with pages; author, picture and date are the same in all languages. An article is
// shown from published_at on: a job of that moment makes cached pages stale. Readers use the
// queries of blog.sql and fill placeholders with page_fill.
#pragma once
#include "core/i18n.h"
#include "core/tx.h"

enum { ARTICLE_TAGS_MAX = 20, ARTICLE_TAG_CHARACTERS = 60, BLOG_TAGS_ASKED = 3 };

struct blog_draft {
    int64_t id;        // 0: found by its handle, else new
    struct str handle; // of an existing blog it stays as it is
    struct str title, seo_title, seo_description;
    enum lang lang; // of the three texts
    int64_t position;
    struct str comments; // "closed", "moderated"; absent: as it is
};
// In a transaction. ERR_INVALID names the field; ERR_NOT_FOUND: the id is unknown.
MUST_USE bool blog_save(struct ctx *c, const struct blog_draft *d, int64_t *id_out);

struct article_draft {
    int64_t id; // 0: found by blog and handle, else new
    int64_t blog_id;
    struct str handle;    // absent: of the title; of an existing article it stays as it is
    struct str author;    // may be empty
    int64_t media_id;     // 0: no picture
    instant published_at; // 0: a draft
    enum lang lang;       // of what follows
    struct str title;
    struct str excerpt, source; // CommonMark
    struct str picture_alt;
    struct str tags; // lines or commas between them; doubles are dropped
    struct str seo_title, seo_description;
};
// In a transaction. The same again writes nothing: version_out is that of the text that stands.
// ERR_INVALID and ERR_TOO_LARGE name the field.
MUST_USE bool article_save(struct ctx *c, const struct article_draft *d, int64_t *id_out,
                           int64_t *version_out);
// The job of a planned article's moment, for the module's descriptor.
enum job_result article_appears(struct ctx *c, const struct json *payload);
