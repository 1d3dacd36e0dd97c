-- SPDX-License-Identifier: Apache-2.0
-- Blogs and their articles. A text of an article in a language is a version, as with pages; when it is shown, its picture
-- and its author are the same in all languages.
CREATE TABLE blog (                       -- small
    id key_int,
    handle plain_text NOT NULL UNIQUE,
    title i18n_text NOT NULL,             -- further languages in translation, object 'blog'
    seo_title i18n_text NOT NULL,
    seo_description i18n_text NOT NULL,
    position count_int NOT NULL,
    created_at time_int NOT NULL
);
CREATE TABLE article (
    id key_int,
    blog_id id_int NOT NULL REFERENCES blog(id),
    handle plain_text NOT NULL,
    author plain_text NOT NULL,           -- as shown; may be empty
    media_id id_int REFERENCES media(id),
    published_at time_int,                -- shown from then on; NULL: a draft
    created_at time_int NOT NULL,
    updated_at time_int NOT NULL,
    UNIQUE (blog_id, handle)
);
CREATE INDEX article_shown ON article (blog_id, published_at);
CREATE INDEX article_published ON article (published_at);
CREATE TABLE article_version (
    id key_int,
    article_id id_int NOT NULL REFERENCES article(id),
    lang plain_text NOT NULL,
    version count_int NOT NULL,
    title plain_text NOT NULL,
    excerpt plain_text NOT NULL,          -- CommonMark
    source plain_text NOT NULL,           -- CommonMark
    excerpt_body html_text NOT NULL,      -- rendered and safe
    body html_text NOT NULL,
    picture_alt plain_text NOT NULL,
    tags plain_text NOT NULL,             -- one a line
    seo_title plain_text NOT NULL,
    seo_description plain_text NOT NULL,
    created_at time_int NOT NULL,
    UNIQUE (article_id, lang, version)
);
CREATE TABLE article_tag (                -- derived from the newest version of a language
    article_id id_int NOT NULL REFERENCES article(id),
    lang plain_text NOT NULL,
    handle plain_text NOT NULL,           -- "ohne-plastik", in addresses
    tag plain_text NOT NULL,              -- "Ohne Plastik"
    position count_int NOT NULL,
    PRIMARY KEY (article_id, lang, handle)
);
CREATE INDEX article_tag_handle ON article_tag (handle);
