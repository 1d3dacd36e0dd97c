-- SPDX-License-Identifier: Apache-2.0
-- What themes read of the catalogue (object/goods.h). Lists of ids and handles come as JSON arrays, so that a question
-- about fifty products is one query. lang is given for other languages than the shop's first, whose texts stand in the
-- rows themselves.

-- query goods_rows all
-- Products in short, with their first picture; in no order.
-- scan ok: one of ids, handles, handle is always given
-- in lang text?, ids json?, handles json?, handle text?, any_status switch
SELECT p.id AS id, p.handle AS handle, /*?lang COALESCE(t.value, p.title) */ /*!lang p.title */ AS "title:plain_text", p.vendor AS vendor, p.kind AS kind,
       p.created_at AS created_at, p.updated_at AS updated_at, p.status AS status,
       m.id AS "media_id:id_int?", m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?",
       m.width AS "width:count_int?", m.height AS "height:count_int?", /*?lang COALESCE(a.value, pm.alt) */ /*!lang pm.alt */ AS "alt:plain_text?",
       m.type AS "type:plain_text?"
FROM product p
/*?lang LEFT JOIN translation t ON t.object = 'product' AND t.object_id = p.id AND t.field = 'title' AND t.lang = :lang */
LEFT JOIN product_media pm ON pm.id = (SELECT y.id FROM product_media y JOIN media z ON z.id = y.media_id
    WHERE y.product_id = p.id AND z.state = 'ready' ORDER BY y.position, y.id LIMIT 1)
LEFT JOIN media m ON m.id = pm.media_id
/*?lang LEFT JOIN translation a ON a.object = 'product_media' AND a.object_id = pm.id AND a.field = 'alt' AND a.lang = :lang */
WHERE 1 = 1
  /*!any_status AND p.status = 'active' */
  /*?ids@sqlite AND p.id IN (SELECT value FROM json_each(:ids)) */
  /*?ids@postgres AND p.id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
  /*?handles@sqlite AND p.handle IN (SELECT value FROM json_each(:handles)) */
  /*?handles@postgres AND p.handle = ANY(ARRAY(SELECT json_array_elements_text(CAST(:handles AS json)))) */
  /*?handle AND p.handle = :handle */
LIMIT 1000;

-- query goods_details all
-- What only a product's own page tells.
-- in lang text?, ids json
SELECT p.id AS id, /*?lang COALESCE(d.value, p.description) */ /*!lang p.description */ AS "description:html_text",
       /*?lang COALESCE(sf.value, p.safety_text) */ /*!lang p.safety_text */ AS "safety_text:plain_text",
       /*?lang COALESCE(st.value, p.seo_title) */ /*!lang p.seo_title */ AS "seo_title:plain_text",
       /*?lang COALESCE(sd.value, p.seo_description) */ /*!lang p.seo_description */ AS "seo_description:plain_text", p.tax_category AS tax_category,
       f.name AS "maker:plain_text?", f.address AS "maker_address:plain_text?",
       f.contact AS "maker_contact:plain_text?", f.responsible AS "responsible:plain_text?"
FROM product p
LEFT JOIN manufacturer f ON f.id = p.manufacturer_id
/*?lang LEFT JOIN translation d ON d.object = 'product' AND d.object_id = p.id AND d.field = 'description' AND d.lang = :lang */
/*?lang LEFT JOIN translation sf ON sf.object = 'product' AND sf.object_id = p.id AND sf.field = 'safety_text'
    AND sf.lang = :lang */
/*?lang LEFT JOIN translation st ON st.object = 'product' AND st.object_id = p.id AND st.field = 'seo_title'
    AND st.lang = :lang */
/*?lang LEFT JOIN translation sd ON sd.object = 'product' AND sd.object_id = p.id AND sd.field = 'seo_description'
    AND sd.lang = :lang */
WHERE /*@sqlite p.id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres p.id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
LIMIT 1000;

-- query goods_variants all
-- Variants of products, in the order of show. What is no more sold only when asked for (lines of a cart).
-- in currency currency, ids json, inactive switch
SELECT v.id AS id, v.product_id AS product_id, v.value1 AS value1, v.value2 AS value2, v.value3 AS value3,
       v.value4 AS value4, v.value5 AS value5, v.title AS title, v.sku AS sku, v.barcode AS barcode,
       v.weight_g AS weight_g, v.requires_shipping AS requires_shipping, v.unit_amount AS unit_amount, v.unit AS unit,
       v.base_amount AS base_amount, v.base_unit AS base_unit, v.media_id AS media_id, v.active AS active,
       r.amount AS price, r.low30 AS "low30:money_int?", l.on_hand AS "on_hand:count_int?",
       l.tracked AS "tracked:flag_int?", l.backorder AS "backorder:flag_int?"
FROM variant v
JOIN price r ON r.variant_id = v.id AND r.currency = :currency
LEFT JOIN stock_level l ON l.variant_id = v.id
WHERE /*@sqlite v.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres v.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
      /*!inactive AND v.active = 1 */
ORDER BY v.product_id, v.position, v.id;

-- query goods_variant_products all
-- The products of variants.
-- in ids json
SELECT v.id AS id, v.product_id AS product_id FROM variant v
WHERE /*@sqlite v.id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres v.id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
LIMIT 1000;

-- query goods_options all
-- Options and values of products, with what they look like.
-- in lang text?, ids json
SELECT o.product_id AS product_id, o.id AS "option_id:id_int", o.position AS position,
       /*?lang COALESCE(tn.value, o.name) */ /*!lang o.name */ AS "name:plain_text", w.id AS "value_id:id_int",
       /*?lang COALESCE(tv.value, w.value) */ /*!lang w.value */ AS "value:plain_text", s.color AS "color:plain_text?", m.id AS "media_id:id_int?",
       m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?", m.width AS "width:count_int?",
       m.height AS "height:count_int?"
FROM product_option o
JOIN option_value w ON w.option_id = o.id
/*?lang LEFT JOIN translation tn ON tn.object = 'product_option' AND tn.object_id = o.id AND tn.field = 'name'
    AND tn.lang = :lang */
/*?lang LEFT JOIN translation tv ON tv.object = 'option_value' AND tv.object_id = w.id AND tv.field = 'value'
    AND tv.lang = :lang */
LEFT JOIN swatch s ON s.option_name = o.name AND s.value = w.value
LEFT JOIN media m ON m.id = s.media_id AND m.state = 'ready'
WHERE /*@sqlite o.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres o.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
ORDER BY o.product_id, o.position, w.position, w.id;

-- query goods_media all
-- Pictures of products, in the order of show. CROSS JOIN: from the product to its pictures, never by their state.
-- in lang text?, ids json
SELECT pm.product_id AS product_id, m.id AS "media_id:id_int", pm.position AS position, m.hash AS "hash:plain_text?",
       m.filename AS filename, m.type AS type, /*?lang COALESCE(t.value, pm.alt) */ /*!lang pm.alt */ AS "alt:plain_text",
       m.width AS width, m.height AS height, m.created_at AS created_at
FROM product_media pm
CROSS JOIN media m
/*?lang LEFT JOIN translation t ON t.object = 'product_media' AND t.object_id = pm.id AND t.field = 'alt' AND t.lang = :lang */
WHERE m.id = pm.media_id AND m.state = 'ready'
  AND /*@sqlite pm.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres pm.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
ORDER BY pm.product_id, pm.position, pm.id;

-- query goods_badge_ids all
-- Badges of products: all that a card knows of attributes.
-- in ids json
SELECT pa.product_id AS product_id, pa.position AS position, pa.value AS value
FROM attribute b JOIN product_attribute pa ON pa.attribute_id = b.id
WHERE b.name = 'badges'
  AND /*@sqlite pa.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres pa.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
ORDER BY pa.product_id, pa.position;

-- query goods_facts all
-- Tags and attributes of products, one row each; a tag has no name.
-- in lang text?, ids json
SELECT g.product_id AS "product_id:id_int", '' AS "name:plain_text", 0 AS "position:count_int", g.tag AS "value:plain_text",
       '' AS "label:plain_text", '' AS "kind:plain_text", '' AS "unit:plain_text"
FROM product_tag g
WHERE /*@sqlite g.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres g.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
UNION ALL
SELECT pa.product_id, b.name, pa.position, pa.value, /*?lang COALESCE(l.value, b.label) */ /*!lang b.label */, b.kind, b.unit
FROM product_attribute pa
JOIN attribute b ON b.id = pa.attribute_id
/*?lang LEFT JOIN translation l ON l.object = 'attribute' AND l.object_id = b.id AND l.field = 'label' AND l.lang = :lang */
WHERE /*@sqlite pa.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres pa.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
ORDER BY 1, 2, 3, 4;

-- query goods_memberships all
-- The collections of products.
-- in ids json
SELECT cp.product_id AS product_id, cp.collection_id AS collection_id, cp.position AS position
FROM collection_product cp JOIN collection c ON c.id = cp.collection_id
WHERE /*@sqlite cp.product_id IN (SELECT value FROM json_each(:ids)) */
      /*@postgres cp.product_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
ORDER BY cp.product_id, c.position, c.id;

-- query goods_list all
-- Ids of products that can be shown, a window of them, and how many there are in all.
-- scan ok: a shop's listing reads its products
-- in lang text, currency currency, collection_id int?, ids json?, vendor text?, kind text?, tags json?, tag_count int,
--    w1 text?, w2 text?, w3 text?, w4 text?, w5 text?, on_sale switch, not_id int?,
--    by_title switch, by_title_desc switch, by_price switch, by_price_desc switch, by_newest switch, by_oldest switch,
--    in_stock_first switch, in_stock switch, first int, count int
SELECT p.id AS id, COUNT(*) OVER () AS "total:count_int"
FROM product p
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
/*?by_title LEFT JOIN translation s ON s.object = 'product' AND s.object_id = p.id AND s.field = 'title' AND s.lang = :lang */
/*?by_title_desc LEFT JOIN translation z ON z.object = 'product' AND z.object_id = p.id AND z.field = 'title' AND z.lang = :lang */
WHERE p.status = 'active'
  AND EXISTS (SELECT 1 FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
              WHERE x.product_id = p.id AND x.active = 1)
  /*?ids@sqlite AND p.id IN (SELECT value FROM json_each(:ids)) */
  /*?ids@postgres AND p.id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
  /*?not_id AND p.id <> :not_id */
  /*?vendor AND lower(p.vendor) = lower(:vendor) */
  /*?kind AND lower(p.kind) = lower(:kind) */
  /*?tags@sqlite AND (SELECT COUNT(*) FROM product_tag g WHERE g.product_id = p.id
      AND g.tag IN (SELECT value FROM json_each(:tags))) >= :tag_count */
  /*?tags@postgres AND (SELECT COUNT(*) FROM product_tag g WHERE g.product_id = p.id
      AND g.tag = ANY(ARRAY(SELECT json_array_elements_text(CAST(:tags AS json))))) >= :tag_count */
  /*?on_sale AND EXISTS (SELECT 1 FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
      WHERE x.product_id = p.id AND x.active = 1 AND q.low30 > q.amount) */
  /*?in_stock AND EXISTS (SELECT 1 FROM variant x LEFT JOIN stock_level l ON l.variant_id = x.id
      WHERE x.product_id = p.id AND x.active = 1
        AND (l.variant_id IS NULL OR l.tracked = 0 OR l.backorder = 1 OR l.on_hand > 0)) */
  /*?w1 AND p.search_text LIKE :w1 ESCAPE '!' */
  /*?w2 AND p.search_text LIKE :w2 ESCAPE '!' */
  /*?w3 AND p.search_text LIKE :w3 ESCAPE '!' */
  /*?w4 AND p.search_text LIKE :w4 ESCAPE '!' */
  /*?w5 AND p.search_text LIKE :w5 ESCAPE '!' */
ORDER BY
  /*?in_stock_first CASE WHEN EXISTS (SELECT 1 FROM variant x LEFT JOIN stock_level l ON l.variant_id = x.id
      WHERE x.product_id = p.id AND x.active = 1
        AND (l.variant_id IS NULL OR l.tracked = 0 OR l.backorder = 1 OR l.on_hand > 0)) THEN 0 ELSE 1 END, */
  /*?by_title lower(COALESCE(s.value, p.title)), */
  /*?by_title_desc lower(COALESCE(z.value, p.title)) DESC, */
  /*?by_price (SELECT MIN(q.amount) FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
      WHERE x.product_id = p.id AND x.active = 1), */
  /*?by_price_desc (SELECT MIN(q.amount) FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
      WHERE x.product_id = p.id AND x.active = 1) DESC, */
  /*?by_newest p.created_at DESC, */
  /*?by_oldest p.created_at, */
  /*?collection_id cp.position, */
  p.id DESC
LIMIT :count OFFSET :first;

-- query goods_neighbours one
-- The products before and after one in its collection's own order.
-- in collection_id int, product_id int
SELECT (SELECT y.product_id FROM collection_product y JOIN product q ON q.id = y.product_id AND q.status = 'active'
        WHERE y.collection_id = cp.collection_id AND y.position < cp.position
        ORDER BY y.position DESC LIMIT 1) AS "before:id_int?",
       (SELECT y.product_id FROM collection_product y JOIN product q ON q.id = y.product_id AND q.status = 'active'
        WHERE y.collection_id = cp.collection_id AND y.position > cp.position
        ORDER BY y.position LIMIT 1) AS "after:id_int?"
FROM collection_product cp WHERE cp.collection_id = :collection_id AND cp.product_id = :product_id;

-- query goods_collection_rows all
-- Collections with their pictures: their own, and that of their first product.
-- scan ok: a small table
-- in lang text?, ids json?, handles json?, handle text?, first int, count int
SELECT c.id AS id, c.handle AS handle, /*?lang COALESCE(t.value, c.title) */ /*!lang c.title */ AS "title:plain_text",
       /*?lang COALESCE(d.value, c.description) */ /*!lang c.description */ AS "description:html_text", c.sort AS sort,
       /*?lang COALESCE(st.value, c.seo_title) */ /*!lang c.seo_title */ AS "seo_title:plain_text",
       /*?lang COALESCE(sd.value, c.seo_description) */ /*!lang c.seo_description */ AS "seo_description:plain_text",
       m.id AS "media_id:id_int?", m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?",
       m.width AS "width:count_int?", m.height AS "height:count_int?", m.type AS "type:plain_text?",
       CASE WHEN c.media_id IS NULL OR m.id <> c.media_id THEN 1 ELSE 0 END AS "borrowed:flag_int"
FROM collection c
/*?lang LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang */
/*?lang LEFT JOIN translation d ON d.object = 'collection' AND d.object_id = c.id AND d.field = 'description' AND d.lang = :lang */
/*?lang LEFT JOIN translation st ON st.object = 'collection' AND st.object_id = c.id AND st.field = 'seo_title'
    AND st.lang = :lang */
/*?lang LEFT JOIN translation sd ON sd.object = 'collection' AND sd.object_id = c.id AND sd.field = 'seo_description'
    AND sd.lang = :lang */
LEFT JOIN media m ON m.state = 'ready' AND m.id = COALESCE(c.media_id, (SELECT pm.media_id
    FROM collection_product cp
    JOIN product p ON p.id = cp.product_id AND p.status = 'active'
    JOIN product_media pm ON pm.product_id = p.id
    JOIN media x ON x.id = pm.media_id AND x.state = 'ready'
    WHERE cp.collection_id = c.id ORDER BY cp.position, p.id, pm.position LIMIT 1))
WHERE 1 = 1
  /*?ids@sqlite AND c.id IN (SELECT value FROM json_each(:ids)) */
  /*?ids@postgres AND c.id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
  /*?handles@sqlite AND c.handle IN (SELECT value FROM json_each(:handles)) */
  /*?handles@postgres AND c.handle = ANY(ARRAY(SELECT json_array_elements_text(CAST(:handles AS json)))) */
  /*?handle AND c.handle = :handle */
ORDER BY c.position, c.id LIMIT :count OFFSET :first;

-- query goods_collection_count one
-- scan ok: a small table
SELECT COUNT(*) AS "n:count_int" FROM collection;

-- query goods_collection_sizes all
-- How many products can be shown in collections.
-- in ids json, currency currency
SELECT cp.collection_id AS collection_id, COUNT(*) AS "n:count_int"
FROM collection_product cp JOIN product p ON p.id = cp.product_id AND p.status = 'active'
WHERE EXISTS (SELECT 1 FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
              WHERE x.product_id = p.id AND x.active = 1)
  /*@sqlite AND cp.collection_id IN (SELECT value FROM json_each(:ids)) */
  /*@postgres AND cp.collection_id = ANY(ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS json)) AS bigint))) */
GROUP BY cp.collection_id;

-- query goods_words all
-- Tags (kind t), product types (k) and vendors (v) of the products of a collection, or of the shop.
-- scan ok: once a page that asks
-- in collection_id int?, max int
SELECT 't' AS "kind:plain_text", g.tag AS "word:plain_text", COUNT(*) AS "n:count_int"
FROM product_tag g JOIN product p ON p.id = g.product_id AND p.status = 'active'
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
GROUP BY g.tag
UNION ALL
SELECT 'k', p.kind, COUNT(*) FROM product p
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
WHERE p.status = 'active' AND p.kind <> '' GROUP BY p.kind
UNION ALL
SELECT 'v', p.vendor, COUNT(*) FROM product p
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
WHERE p.status = 'active' AND p.vendor <> '' GROUP BY p.vendor
ORDER BY 1, 2 LIMIT :max;

-- query goods_picture_named one
-- The newest picture with a file name.
-- scan ok: once a setting
-- in filename text
SELECT id, hash, filename, width, height FROM media WHERE filename = :filename AND state = 'ready'
ORDER BY id DESC LIMIT 1;

-- query goods_facets all
-- Every variant that a listing could show, with what filters ask about; sorted by product.
-- scan ok: once a page with filters
-- in currency currency, collection_id int?, vendor text?, kind text?, tags json?, tag_count int,
--    w1 text?, w2 text?, w3 text?, w4 text?, w5 text?, max int
SELECT p.id AS product_id, v.id AS "variant_id:id_int", r.amount AS "price:money_int",
       CASE WHEN l.variant_id IS NULL OR l.tracked = 0 OR l.backorder = 1 OR l.on_hand > 0 THEN 1 ELSE 0 END
           AS "sold:flag_int",
       p.vendor AS vendor, p.kind AS kind, v.value1 AS value1, v.value2 AS value2, v.value3 AS value3,
       v.value4 AS value4, v.value5 AS value5
FROM product p
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
JOIN variant v ON v.product_id = p.id AND v.active = 1
JOIN price r ON r.variant_id = v.id AND r.currency = :currency
LEFT JOIN stock_level l ON l.variant_id = v.id
WHERE p.status = 'active'
  /*?vendor AND lower(p.vendor) = lower(:vendor) */
  /*?kind AND lower(p.kind) = lower(:kind) */
  /*?tags@sqlite AND (SELECT COUNT(*) FROM product_tag g WHERE g.product_id = p.id
      AND g.tag IN (SELECT value FROM json_each(:tags))) >= :tag_count */
  /*?tags@postgres AND (SELECT COUNT(*) FROM product_tag g WHERE g.product_id = p.id
      AND g.tag = ANY(ARRAY(SELECT json_array_elements_text(CAST(:tags AS json))))) >= :tag_count */
  /*?w1 AND p.search_text LIKE :w1 ESCAPE '!' */
  /*?w2 AND p.search_text LIKE :w2 ESCAPE '!' */
  /*?w3 AND p.search_text LIKE :w3 ESCAPE '!' */
  /*?w4 AND p.search_text LIKE :w4 ESCAPE '!' */
  /*?w5 AND p.search_text LIKE :w5 ESCAPE '!' */
ORDER BY p.id, v.position, v.id LIMIT :max;

-- query goods_facet_values all
-- The option values of such products: what they are called. In no order.
-- scan ok: once a page with filters
-- in lang text?, collection_id int?, vendor text?, kind text?, max int
SELECT w.id AS "value_id:id_int", o.name AS name, w.value AS value,
       /*?lang tn.value */ /*!lang CAST(NULL AS text) */ AS "name_told:plain_text?", /*?lang tv.value */ /*!lang CAST(NULL AS text) */ AS "value_told:plain_text?"
FROM product p
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
JOIN product_option o ON o.product_id = p.id
JOIN option_value w ON w.option_id = o.id
/*?lang LEFT JOIN translation tn ON tn.object = 'product_option' AND tn.object_id = o.id AND tn.field = 'name'
    AND tn.lang = :lang */
/*?lang LEFT JOIN translation tv ON tv.object = 'option_value' AND tv.object_id = w.id AND tv.field = 'value'
    AND tv.lang = :lang */
WHERE p.status = 'active'
  /*?vendor AND lower(p.vendor) = lower(:vendor) */
  /*?kind AND lower(p.kind) = lower(:kind) */
LIMIT :max;

-- query goods_swatches all
-- What words look like.
-- scan ok: a small table
-- in texts json
SELECT s.option_name AS option_name, s.value AS value, s.color AS color, m.id AS "media_id:id_int?", m.hash AS "hash:plain_text?",
       m.filename AS "filename:plain_text?", m.width AS "width:count_int?", m.height AS "height:count_int?"
FROM swatch s LEFT JOIN media m ON m.id = s.media_id AND m.state = 'ready'
WHERE /*@sqlite s.value IN (SELECT value FROM json_each(:texts)) */
      /*@postgres s.value = ANY(ARRAY(SELECT json_array_elements_text(CAST(:texts AS json)))) */
LIMIT 1000;

-- query goods_beside all
-- The products after one in a collection, then those from its start.
-- in collection_id int, product_id int, position int, currency currency, count int
SELECT x.id AS "id:id_int", x.turn AS "turn:count_int", x.position AS "position:count_int" FROM (
    SELECT cp.product_id AS id, 0 AS turn, cp.position AS position
    FROM collection_product cp JOIN product p ON p.id = cp.product_id AND p.status = 'active'
    WHERE cp.collection_id = :collection_id AND cp.position > :position AND cp.product_id <> :product_id
      AND EXISTS (SELECT 1 FROM variant v JOIN price q ON q.variant_id = v.id AND q.currency = :currency
                  WHERE v.product_id = p.id AND v.active = 1)
    ORDER BY cp.position LIMIT :count) x
UNION ALL
SELECT y.id, y.turn, y.position FROM (
    SELECT cp.product_id AS id, 1 AS turn, cp.position AS position
    FROM collection_product cp JOIN product p ON p.id = cp.product_id AND p.status = 'active'
    WHERE cp.collection_id = :collection_id AND cp.position <= :position AND cp.product_id <> :product_id
      AND EXISTS (SELECT 1 FROM variant v JOIN price q ON q.variant_id = v.id AND q.currency = :currency
                  WHERE v.product_id = p.id AND v.active = 1)
    ORDER BY cp.position LIMIT :count) y
ORDER BY 2, 3 LIMIT :count;

-- query goods_newest all
-- The newest products but one, without counting the others.
-- in not_id int, currency currency, count int
SELECT p.id AS id FROM product p
WHERE p.status = 'active' AND p.id <> :not_id
  AND EXISTS (SELECT 1 FROM variant v JOIN price q ON q.variant_id = v.id AND q.currency = :currency
              WHERE v.product_id = p.id AND v.active = 1)
ORDER BY p.id DESC LIMIT :count;

-- query goods_texts_found all
-- Articles and pages with words in title or text, in the page's language; by name ("magazin/leinen", "agb").
-- scan ok: once a search
-- in lang text, now time, w1 text, w2 text?, w3 text?, max int
SELECT x.kind AS "kind:plain_text", x.handle AS "handle:plain_text", x.title AS "title:plain_text" FROM (
    SELECT 'article' AS kind, b.handle || '/' || a.handle AS handle, v.title AS title, v.title || ' ' || v.body AS body
    FROM article a JOIN blog b ON b.id = a.blog_id JOIN article_version v ON v.article_id = a.id AND v.lang = :lang
    WHERE a.published_at <= :now
      AND v.version = (SELECT MAX(y.version) FROM article_version y WHERE y.article_id = a.id AND y.lang = :lang)
    UNION ALL
    SELECT 'page', g.handle, w.title, w.title || ' ' || w.body
    FROM page g JOIN page_version w ON w.page_id = g.id AND w.lang = :lang
    WHERE w.version = (SELECT MAX(z.version) FROM page_version z WHERE z.page_id = g.id AND z.lang = :lang)
) x
WHERE lower(x.body) LIKE lower(:w1) ESCAPE '!'
  /*?w2 AND lower(x.body) LIKE lower(:w2) ESCAPE '!' */
  /*?w3 AND lower(x.body) LIKE lower(:w3) ESCAPE '!' */
ORDER BY CASE WHEN lower(x.title) LIKE lower(:w1) ESCAPE '!' THEN 0 ELSE 1 END, 1, 2 LIMIT :max;

-- query goods_collections_found all
-- scan ok: a small table
-- in lang text, w1 text, w2 text?, w3 text?, max int
SELECT c.id AS id
FROM collection c
LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
WHERE lower(COALESCE(t.value, c.title)) LIKE lower(:w1) ESCAPE '!'
  /*?w2 AND lower(COALESCE(t.value, c.title)) LIKE lower(:w2) ESCAPE '!' */
  /*?w3 AND lower(COALESCE(t.value, c.title)) LIKE lower(:w3) ESCAPE '!' */
ORDER BY c.position, c.id LIMIT :max;
