-- SPDX-License-Identifier: Apache-2.0

-- query blog_list all
-- Blogs in their order, with how many articles visitors see.
-- in lang text, now time
SELECT b.id, b.handle, COALESCE(t.value, b.title) AS "title:plain_text", b.position,
    (SELECT count(*) FROM article a WHERE a.blog_id = b.id AND a.published_at <= :now) AS "articles:count_int",
    (SELECT count(*) FROM article a WHERE a.blog_id = b.id) AS "all_articles:count_int"
FROM blog b
LEFT JOIN translation t ON t.object = 'blog' AND t.object_id = b.id AND t.field = 'title' AND t.lang = :lang
ORDER BY b.position, b.id
;

-- query blog_by_handle one
-- in handle text, lang text, now time
SELECT b.id, b.handle, COALESCE(t.value, b.title) AS "title:plain_text",
    COALESCE(st.value, b.seo_title) AS "seo_title:plain_text",
    COALESCE(sd.value, b.seo_description) AS "seo_description:plain_text", b.comments,
    (SELECT count(*) FROM article a WHERE a.blog_id = b.id AND a.published_at <= :now) AS "articles:count_int"
FROM blog b
LEFT JOIN translation t ON t.object = 'blog' AND t.object_id = b.id AND t.field = 'title' AND t.lang = :lang
LEFT JOIN translation st ON st.object = 'blog' AND st.object_id = b.id AND st.field = 'seo_title' AND st.lang = :lang
LEFT JOIN translation sd ON sd.object = 'blog' AND sd.object_id = b.id AND sd.field = 'seo_description'
    AND sd.lang = :lang
WHERE b.handle = :handle
;

-- query blog_row one
-- A blog as it is stored, in the shop's first language.
-- in id int
SELECT id, handle, title, seo_title, seo_description, position, comments FROM blog WHERE id = :id
;

-- query blog_by_name one
-- in handle text
SELECT id FROM blog WHERE handle = :handle
;

-- query blog_insert insert
-- in handle text, title text, seo_title text, seo_description text, position int, comments text, now time
INSERT INTO blog (handle, title, seo_title, seo_description, position, comments, created_at)
VALUES (:handle, :title, :seo_title, :seo_description, :position, :comments, :now)
RETURNING id
;

-- query blog_update exec
-- in id int, title text, seo_title text, seo_description text, position int, comments text
UPDATE blog SET title = :title, seo_title = :seo_title, seo_description = :seo_description, position = :position,
    comments = :comments
WHERE id = :id
;

-- query article_shown all
-- Articles that visitors see, newest first, in a language, else in another; total counts all of them.
-- in lang text, now time, blog_id int?, handle text?, id int?, tag1 text?, tag2 text?, tag3 text?, first int, count int
SELECT a.id, a.blog_id, b.handle AS "blog_handle:plain_text", b.comments, a.handle, a.author,
    a.published_at AS "published_at:time_int", a.created_at, a.updated_at, v.lang, v.title, v.excerpt_body, v.body, v.picture_alt, v.seo_title, v.seo_description,
    (SELECT /*@sqlite group_concat(y.tag, char(10)) */ /*@postgres string_agg(y.tag, chr(10) ORDER BY y.position) */
     FROM (SELECT g.tag, g.position FROM article_tag g WHERE g.article_id = a.id AND g.lang = v.lang
           ORDER BY g.position) y) AS "tags:plain_text?",
    m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?", m.width AS "width:count_int?",
    m.height AS "height:count_int?", m.id AS "media_id:id_int?", COUNT(*) OVER () AS "total:count_int"
FROM article a
JOIN blog b ON b.id = a.blog_id
JOIN article_version v ON v.id = (SELECT x.id FROM article_version x WHERE x.article_id = a.id
    ORDER BY CASE WHEN x.lang = :lang THEN 0 ELSE 1 END, x.version DESC LIMIT 1)
LEFT JOIN media m ON m.id = a.media_id AND m.state = 'ready'
WHERE a.published_at <= :now
/*?blog_id AND a.blog_id = :blog_id */
/*?handle AND a.handle = :handle */
/*?id AND a.id = :id */
/*?tag1 AND EXISTS (SELECT 1 FROM article_tag g WHERE g.article_id = a.id AND g.lang = v.lang AND g.handle = :tag1) */
/*?tag2 AND EXISTS (SELECT 1 FROM article_tag g WHERE g.article_id = a.id AND g.lang = v.lang AND g.handle = :tag2) */
/*?tag3 AND EXISTS (SELECT 1 FROM article_tag g WHERE g.article_id = a.id AND g.lang = v.lang AND g.handle = :tag3) */
ORDER BY a.published_at DESC, a.id DESC
LIMIT :count OFFSET :first
;

-- query article_beside one
-- The next older article of a blog, or with newer the next newer one.
-- in blog_id int, id int, published_at time, now time, newer switch
SELECT id, handle FROM article WHERE blog_id = :blog_id AND published_at <= :now
/*!newer AND (published_at < :published_at OR (published_at = :published_at AND id < :id))
ORDER BY published_at DESC, id DESC */
/*?newer AND (published_at > :published_at OR (published_at = :published_at AND id > :id))
ORDER BY published_at, id */
LIMIT 1
;

-- query blog_tags all
-- Tags of the articles that visitors see, by name; narrowed to articles that have all of the tags given.
-- in blog_id int, lang text, now time, tag1 text?, tag2 text?, tag3 text?
SELECT g.handle, min(g.tag) AS "tag:plain_text", count(*) AS "articles:count_int"
FROM article a
JOIN article_version v ON v.id = (SELECT x.id FROM article_version x WHERE x.article_id = a.id
    ORDER BY CASE WHEN x.lang = :lang THEN 0 ELSE 1 END, x.version DESC LIMIT 1)
JOIN article_tag g ON g.article_id = a.id AND g.lang = v.lang
WHERE a.blog_id = :blog_id AND a.published_at <= :now
/*?tag1 AND EXISTS (SELECT 1 FROM article_tag h WHERE h.article_id = a.id AND h.lang = v.lang AND h.handle = :tag1) */
/*?tag2 AND EXISTS (SELECT 1 FROM article_tag h WHERE h.article_id = a.id AND h.lang = v.lang AND h.handle = :tag2) */
/*?tag3 AND EXISTS (SELECT 1 FROM article_tag h WHERE h.article_id = a.id AND h.lang = v.lang AND h.handle = :tag3) */
GROUP BY g.handle
ORDER BY 2, 1
LIMIT 500
;

-- query article_langs all
-- In which languages an article can be read.
-- in article_id int
SELECT lang, max(version) AS "version:count_int" FROM article_version WHERE article_id = :article_id
GROUP BY lang ORDER BY lang
;

-- query article_list all
-- All articles of a blog for the desk, drafts first, then the newest.
-- in blog_id int, lang text
SELECT a.id, a.handle, a.author, a.published_at, a.updated_at, v.title, v.lang
FROM article a
JOIN article_version v ON v.id = (SELECT x.id FROM article_version x WHERE x.article_id = a.id
    ORDER BY CASE WHEN x.lang = :lang THEN 0 ELSE 1 END, x.version DESC LIMIT 1)
WHERE a.blog_id = :blog_id
ORDER BY CASE WHEN a.published_at IS NULL THEN 0 ELSE 1 END, a.published_at DESC, a.id DESC
LIMIT 1000
;

-- query article_row one
-- in id int
SELECT a.id, a.blog_id, b.handle AS "blog_handle:plain_text", a.handle, a.author, a.media_id, a.published_at, a.created_at,
    a.updated_at, m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?"
FROM article a JOIN blog b ON b.id = a.blog_id LEFT JOIN media m ON m.id = a.media_id AND m.state = 'ready'
WHERE a.id = :id
;

-- query article_by_name one
-- in blog_id int, handle text
SELECT id FROM article WHERE blog_id = :blog_id AND handle = :handle
;

-- query article_insert insert
-- in blog_id int, handle text, author text, media_id int?, published_at time?, now time
INSERT INTO article (blog_id, handle, author, media_id, published_at, created_at, updated_at)
VALUES (:blog_id, :handle, :author, :media_id, :published_at, :now, :now)
RETURNING id
;

-- query article_update exec
-- in id int, author text, media_id int?, published_at time?, now time
UPDATE article SET author = :author, media_id = :media_id, published_at = :published_at, updated_at = :now WHERE id = :id
;

-- query article_version_last one
-- The newest version of an article in a language.
-- in article_id int, lang text
SELECT id, version, title, excerpt, source, picture_alt, tags, seo_title, seo_description, created_at
FROM article_version
WHERE article_id = :article_id AND lang = :lang ORDER BY version DESC LIMIT 1
;

-- query article_version_get one
-- in article_id int, lang text, version int
SELECT title, excerpt_body, source, body, created_at FROM article_version
WHERE article_id = :article_id AND lang = :lang AND version = :version
;

-- query article_history all
-- All versions of an article in a language, newest first, without their text.
-- in article_id int, lang text
SELECT version, title, created_at FROM article_version WHERE article_id = :article_id AND lang = :lang
ORDER BY version DESC
;

-- query article_version_insert insert
-- in article_id int, lang text, version int, title text, excerpt text, source text, excerpt_body html, body html,
--    picture_alt text, tags text, seo_title text, seo_description text, now time
INSERT INTO article_version (article_id, lang, version, title, excerpt, source, excerpt_body, body, picture_alt, tags,
    seo_title, seo_description, created_at)
VALUES (:article_id, :lang, :version, :title, :excerpt, :source, :excerpt_body, :body, :picture_alt, :tags,
    :seo_title, :seo_description, :now)
RETURNING id
;

-- query article_tags_clear exec
-- in article_id int, lang text
DELETE FROM article_tag WHERE article_id = :article_id AND lang = :lang
;

-- query article_tag_put exec
-- The first spelling of a tag stays.
-- in article_id int, lang text, handle text, tag text, position int
INSERT INTO article_tag (article_id, lang, handle, tag, position) VALUES (:article_id, :lang, :handle, :tag, :position)
ON CONFLICT (article_id, lang, handle) DO NOTHING
;

-- query article_sitemap all
-- in now time, count int
SELECT '/blogs/' || b.handle || '/' || a.handle AS "path:plain_text", a.updated_at AS "at:time_int"
FROM article a JOIN blog b ON b.id = a.blog_id WHERE a.published_at <= :now
ORDER BY a.published_at DESC, a.id DESC LIMIT :count
;

-- query content_check_articles each
-- scan ok: a check reads everything
SELECT 'article ' || a.handle AS "object:plain_text", 'has no version' AS "detail:plain_text" FROM article a
WHERE NOT EXISTS (SELECT 1 FROM article_version v WHERE v.article_id = a.id)
UNION ALL
SELECT 'article ' || a.handle AS "object:plain_text", 'a version is missing in ' || v.lang AS "detail:plain_text"
FROM article a JOIN article_version v ON v.article_id = a.id
GROUP BY a.handle, v.lang, a.id HAVING count(*) <> max(v.version)
UNION ALL
SELECT 'article ' || a.handle AS "object:plain_text", 'has the tag ' || g.tag || ', but its text has none' AS "detail:plain_text"
FROM article a JOIN article_tag g ON g.article_id = a.id
WHERE NOT EXISTS (SELECT 1 FROM article_version v WHERE v.article_id = a.id AND v.lang = g.lang
    AND v.version = (SELECT max(x.version) FROM article_version x WHERE x.article_id = a.id AND x.lang = g.lang)
    AND v.tags <> '')
;
