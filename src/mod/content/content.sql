-- SPDX-License-Identifier: Apache-2.0

-- query content_page_by_handle one
-- in handle text
SELECT id, position, template FROM page WHERE handle = :handle
;

-- query content_page_insert insert
-- in handle text, position int, template text
INSERT INTO page (handle, position, template) VALUES (:handle, :position, :template)
RETURNING id
;

-- query content_page_move exec
-- in id int, position int, template text
UPDATE page SET position = :position, template = :template WHERE id = :id
;

-- query content_version_last one
-- The newest version of a page in a language.
-- in page_id int, lang text
SELECT id, version, title, source, body, created_at FROM page_version
WHERE page_id = :page_id AND lang = :lang ORDER BY version DESC LIMIT 1
;

-- query content_version_get one
-- A certain version, as an order remembers it.
-- in handle text, lang text, version int
SELECT v.id, p.id AS "page_id:id_int", v.title, v.source, v.body, v.created_at FROM page p
    JOIN page_version v ON v.page_id = p.id
WHERE p.handle = :handle AND v.lang = :lang AND v.version = :version
;

-- query content_version_insert insert
-- in page_id int, lang text, version int, title text, source text, body html, now time
INSERT INTO page_version (page_id, lang, version, title, source, body, created_at)
VALUES (:page_id, :lang, :version, :title, :source, :body, :now)
RETURNING id
;

-- query content_page_list all
-- Pages in their order with the newest title in a language, else in any.
-- in lang text
-- scan ok: a shop has few pages
SELECT p.id, p.handle, p.position,
    coalesce(
        (SELECT v.title FROM page_version v WHERE v.page_id = p.id AND v.lang = :lang ORDER BY v.version DESC LIMIT 1),
        (SELECT v.title FROM page_version v WHERE v.page_id = p.id ORDER BY v.version DESC, v.lang LIMIT 1),
        p.handle) AS "title:plain_text"
FROM page p ORDER BY p.position, p.handle
;

-- query content_newest_versions all
-- The newest version of each page in a language, else in another.
-- in lang text
-- scan ok: a shop has few pages
SELECT p.handle, coalesce(
    (SELECT max(v.version) FROM page_version v WHERE v.page_id = p.id AND v.lang = :lang),
    (SELECT max(v.version) FROM page_version v WHERE v.page_id = p.id)) AS "version:count_int"
FROM page p WHERE EXISTS (SELECT 1 FROM page_version v WHERE v.page_id = p.id)
ORDER BY p.handle
;

-- query content_history all
-- All versions of a page in a language, newest first, without their text.
-- in page_id int, lang text
SELECT version, title, created_at FROM page_version WHERE page_id = :page_id AND lang = :lang ORDER BY version DESC
;

-- query content_check_versions each
-- scan ok: a check reads everything
SELECT 'page ' || p.handle AS "object:plain_text", 'has no version' AS "detail:plain_text" FROM page p
WHERE NOT EXISTS (SELECT 1 FROM page_version v WHERE v.page_id = p.id)
UNION ALL
SELECT 'page ' || p.handle AS "object:plain_text", 'a version is missing in ' || v.lang AS "detail:plain_text"
FROM page p JOIN page_version v ON v.page_id = p.id
GROUP BY p.handle, v.lang HAVING count(*) <> max(v.version)
;
