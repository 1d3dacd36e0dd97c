-- SPDX-License-Identifier: Apache-2.0

-- query menu_list all
-- in lang text
SELECT m.id, m.handle, COALESCE(t.value, m.title) AS "title:plain_text", m.version,
    (SELECT count(*) FROM menu_link l WHERE l.menu_id = m.id) AS "links:count_int"
FROM menu m
LEFT JOIN translation t ON t.object = 'menu' AND t.object_id = m.id AND t.field = 'title' AND t.lang = :lang
ORDER BY m.handle
;

-- query menu_by_handle one
-- in handle text, lang text
SELECT m.id, m.handle, COALESCE(t.value, m.title) AS "title:plain_text", m.title AS "first_title:plain_text", m.version
FROM menu m
LEFT JOIN translation t ON t.object = 'menu' AND t.object_id = m.id AND t.field = 'title' AND t.lang = :lang
WHERE m.handle = :handle
;

-- query menu_insert insert
-- in handle text, title text
INSERT INTO menu (handle, title, version) VALUES (:handle, :title, 1)
RETURNING id
;

-- query menu_saved exec
-- One more save; changes nothing when somebody else saved since.
-- in id int, title text, version int
UPDATE menu SET title = :title, version = version + 1 WHERE id = :id AND version = :version
;

-- query menu_drop exec
-- in id int
DELETE FROM menu WHERE id = :id
;

-- query menu_links_clear exec
-- Children first: called for level 3, 2, 1 with what is left.
-- in menu_id int
DELETE FROM menu_link WHERE menu_id = :menu_id
AND NOT EXISTS (SELECT 1 FROM menu_link x WHERE x.parent_id = menu_link.id)
;

-- query menu_link_ids all
-- in menu_id int
SELECT id FROM menu_link WHERE menu_id = :menu_id ORDER BY id
;

-- query menu_link_insert insert
-- in menu_id int, parent_id int?, position int, kind text, target_id int?, url text, title text
INSERT INTO menu_link (menu_id, parent_id, position, kind, target_id, url, title)
VALUES (:menu_id, :parent_id, :position, :kind, :target_id, :url, :title)
RETURNING id
;

-- query menu_links all
-- A menu's links, parents before children, with what they lead to; gone is 1 where that is not there any more.
-- in menu_id int, lang text
SELECT l.id, COALESCE(l.parent_id, 0) AS "parent_id:id_int", l.position, l.kind, COALESCE(l.target_id, 0) AS "target_id:id_int",
    l.url, COALESCE(t.value, l.title) AS "title:plain_text", l.title AS "first_title:plain_text",
    COALESCE(c.handle, p.handle, g.handle, b.handle, a.handle, '') AS "handle:plain_text",
    COALESCE(ab.handle, '') AS "blog_handle:plain_text",
    CASE WHEN l.kind IN ('collection', 'product', 'page', 'blog', 'article')
              AND COALESCE(c.id, p.id, g.id, b.id, a.id) IS NULL THEN 1 ELSE 0 END AS "gone:flag_int",
    COALESCE(a.published_at, 0) AS "published_at:time_int"
FROM menu_link l
LEFT JOIN translation t ON t.object = 'menu_link' AND t.object_id = l.id AND t.field = 'title' AND t.lang = :lang
LEFT JOIN collection c ON l.kind = 'collection' AND c.id = l.target_id
LEFT JOIN product p ON l.kind = 'product' AND p.id = l.target_id AND p.status = 'active'
LEFT JOIN page g ON l.kind = 'page' AND g.id = l.target_id
LEFT JOIN blog b ON l.kind = 'blog' AND b.id = l.target_id
LEFT JOIN article a ON l.kind = 'article' AND a.id = l.target_id
LEFT JOIN blog ab ON ab.id = a.blog_id
WHERE l.menu_id = :menu_id
ORDER BY CASE WHEN l.parent_id IS NULL THEN 0 ELSE 1 END, l.parent_id, l.position, l.id
;

-- query menu_default_links all
-- What a menu has that nobody made: collections, or with pages the merchant's pages.
-- scan ok: small tables
-- in lang text, pages switch
/*!pages SELECT c.id, c.handle, COALESCE(t.value, c.title) AS "title:plain_text" FROM collection c
LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
ORDER BY c.position, c.id LIMIT 50 */
/*?pages SELECT p.id, p.handle, COALESCE(
    (SELECT v.title FROM page_version v WHERE v.page_id = p.id AND v.lang = :lang ORDER BY v.version DESC LIMIT 1),
    (SELECT v.title FROM page_version v WHERE v.page_id = p.id ORDER BY v.version DESC, v.lang LIMIT 1),
    p.handle) AS "title:plain_text"
FROM page p ORDER BY p.position, p.handle LIMIT 50 */
;

-- query menu_targets all
-- What links can lead to, for the desk's choice: "collection/3" and its title, in groups.
-- scan ok: the desk's choice; products are asked for by their words instead
-- in lang text
SELECT 'collection' AS "kind:plain_text", c.id AS "id:id_int", COALESCE(t.value, c.title) AS "title:plain_text",
    c.position AS "position:count_int"
FROM collection c
LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
UNION ALL
SELECT 'page', p.id, COALESCE((SELECT v.title FROM page_version v WHERE v.page_id = p.id
    ORDER BY CASE WHEN v.lang = :lang THEN 0 ELSE 1 END, v.version DESC LIMIT 1), p.handle), p.position
FROM page p
UNION ALL
SELECT 'blog', b.id, COALESCE(t.value, b.title), b.position FROM blog b
LEFT JOIN translation t ON t.object = 'blog' AND t.object_id = b.id AND t.field = 'title' AND t.lang = :lang
ORDER BY 1, 4, 2
LIMIT 1000
;

-- query menu_target_named one
-- The product, collection, page, blog or article of a handle ("magazin/leinen"), for links typed as addresses.
-- in kind text, handle text, blog text?
SELECT x.id AS "id:id_int" FROM (
    SELECT 'collection' AS kind, id, handle FROM collection WHERE handle = :handle
    UNION ALL SELECT 'product', id, handle FROM product WHERE handle = :handle
    UNION ALL SELECT 'page', id, handle FROM page WHERE handle = :handle
    UNION ALL SELECT 'blog', id, handle FROM blog WHERE handle = :handle
    UNION ALL SELECT 'article', a.id, a.handle FROM article a JOIN blog b ON b.id = a.blog_id
        WHERE a.handle = :handle AND b.handle = :blog
) x WHERE x.kind = :kind
;

-- query content_check_menus each
-- scan ok: a check reads everything
SELECT 'menu link ' || l.title AS "object:plain_text", 'stands under a link of another menu' AS "detail:plain_text"
FROM menu_link l JOIN menu_link u ON u.id = l.parent_id WHERE u.menu_id <> l.menu_id
UNION ALL
SELECT 'menu link ' || l.title AS "object:plain_text", 'is deeper than three levels' AS "detail:plain_text"
FROM menu_link l JOIN menu_link u ON u.id = l.parent_id JOIN menu_link v ON v.id = u.parent_id
WHERE v.parent_id IS NOT NULL
;
