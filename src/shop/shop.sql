-- SPDX-License-Identifier: Apache-2.0
-- What the storefront reads. It owns no table.

-- query shop_chrome all
-- What stands round every page: collections, the merchant's pages, how goods travel. One row each, by kind.
-- scan ok: small tables
-- in lang text
SELECT 'collection' AS "kind:plain_text", c.id AS "id:id_int", c.handle AS "handle:plain_text",
       COALESCE(t.value, c.title) AS "title:plain_text", c.position AS "position:count_int",
       '' AS "delivery:plain_text", '' AS "countries:plain_text", 0 AS "price:money_int", 0 AS "free_from:money_int"
FROM collection c
LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
UNION ALL
SELECT 'page', p.id, p.handle,
       (SELECT v.title FROM page_version v WHERE v.page_id = p.id
        ORDER BY CASE WHEN v.lang = :lang THEN 0 ELSE 1 END, v.version DESC LIMIT 1),
       p.position, '', '', 0, 0
FROM page p
UNION ALL
SELECT 'shipping', m.id, '', COALESCE(n.value, m.name), m.position, COALESCE(d.value, m.delivery), m.countries,
       m.price, COALESCE(m.free_from, 0)
FROM shipping_method m
LEFT JOIN translation n ON n.object = 'shipping_method' AND n.object_id = m.id AND n.field = 'name' AND n.lang = :lang
LEFT JOIN translation d ON d.object = 'shipping_method' AND d.object_id = m.id AND d.field = 'delivery'
    AND d.lang = :lang
WHERE m.active = 1
ORDER BY 1, 5, 2;

-- query shop_moved_product one
-- Where a product is now that had this handle before.
-- in handle text
SELECT p.handle AS handle FROM old_handle h JOIN product p ON p.id = h.object_id
WHERE h.object = 'product' AND h.handle = :handle AND p.status = 'active';

-- query shop_moved_collection one
-- in handle text
SELECT c.handle AS handle FROM old_handle h JOIN collection c ON c.id = h.object_id
WHERE h.object = 'collection' AND h.handle = :handle;

-- query shop_related all
-- The first products beside one, of its collection or of the shop; told as cards afterwards.
-- scan ok: newest first, ended by the limit
-- in currency currency, collection_id int?, not_id int, count int
SELECT p.id AS id
FROM product p
/*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
WHERE p.status = 'active' AND p.id <> :not_id
  AND EXISTS (SELECT 1 FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
              WHERE x.product_id = p.id AND x.active = 1)
ORDER BY /*?collection_id cp.position, */ p.id DESC
LIMIT :count;

-- query shop_cards all
-- Products as cards: one page of them is chosen first, then told in full. The variant shown is the cheapest.
-- scan ok: a shop's listing reads its products
-- in lang text, currency currency, collection_id int?, id1 int?, id2 int, id3 int, id4 int, handles text?, w1 text?, w2 text?, w3 text?, w4 text?, w5 text?, on_sale switch, by_title switch, by_title_desc switch, by_price switch, by_price_desc switch, by_newest switch, first int, count int
WITH chosen AS (
    SELECT p.id AS id, v.id AS variant_id, COUNT(*) OVER () AS total, ROW_NUMBER() OVER (ORDER BY
        /*?by_title lower(COALESCE(s.value, p.title)), */
        /*?by_title_desc lower(COALESCE(s.value, p.title)) DESC, */
        /*?by_price r.amount, */
        /*?by_price_desc r.amount DESC, */
        /*?by_newest p.created_at DESC, */
        /*?collection_id cp.position, */
        p.id DESC) AS n
    FROM product p
    /*?collection_id JOIN collection_product cp ON cp.product_id = p.id AND cp.collection_id = :collection_id */
    JOIN variant v ON v.id = (SELECT x.id FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
        WHERE x.product_id = p.id AND x.active = 1 ORDER BY q.amount, x.position, x.id LIMIT 1)
    JOIN price r ON r.variant_id = v.id AND r.currency = :currency
    LEFT JOIN translation s ON s.object = 'product' AND s.object_id = p.id AND s.field = 'title' AND s.lang = :lang
    WHERE p.status = 'active'
    /*?id1 AND p.id IN (:id1, :id2, :id3, :id4) */
    /*?handles AND :handles LIKE '%,' || p.handle || ',%' */
    /*?on_sale AND r.low30 > r.amount */
    /*?w1 AND p.search_text LIKE :w1 ESCAPE '!' */
    /*?w2 AND p.search_text LIKE :w2 ESCAPE '!' */
    /*?w3 AND p.search_text LIKE :w3 ESCAPE '!' */
    /*?w4 AND p.search_text LIKE :w4 ESCAPE '!' */
    /*?w5 AND p.search_text LIKE :w5 ESCAPE '!' */
    ORDER BY n LIMIT :count OFFSET :first
)
SELECT p.id AS id, p.handle AS handle, COALESCE(t.value, p.title) AS "title:plain_text", p.vendor AS vendor,
       v.id AS "variant_id:id_int", r.amount AS price, r.low30 AS "low30:money_int?", v.unit_amount AS unit_amount,
       v.unit AS unit, v.base_amount AS base_amount, v.base_unit AS base_unit, k.total AS "total:count_int",
       (SELECT COUNT(*) FROM variant x WHERE x.product_id = p.id AND x.active = 1) AS "variants:count_int",
       (SELECT MAX(q.amount) FROM variant x JOIN price q ON q.variant_id = x.id AND q.currency = :currency
        WHERE x.product_id = p.id AND x.active = 1) AS "price_max:money_int",
       CASE WHEN EXISTS (SELECT 1 FROM variant x LEFT JOIN stock_level l ON l.variant_id = x.id
            WHERE x.product_id = p.id AND x.active = 1
              AND (l.variant_id IS NULL OR l.tracked = 0 OR l.backorder = 1 OR l.on_hand > 0)) THEN 1 ELSE 0 END
           AS "available:flag_int",
       (SELECT /*@sqlite group_concat(g.value, char(10)) */ /*@postgres string_agg(g.value, chr(10)) */
        FROM product_attribute g JOIN attribute w ON w.id = g.attribute_id
        WHERE g.product_id = p.id AND w.name = 'badges') AS "badges:plain_text?",
       m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?", m.width AS "width:count_int?",
       m.height AS "height:count_int?", COALESCE(a.value, pm.alt) AS "alt:plain_text?"
FROM chosen k
JOIN product p ON p.id = k.id
JOIN variant v ON v.id = k.variant_id
JOIN price r ON r.variant_id = v.id AND r.currency = :currency
LEFT JOIN translation t ON t.object = 'product' AND t.object_id = p.id AND t.field = 'title' AND t.lang = :lang
LEFT JOIN product_media pm ON pm.id = (SELECT y.id FROM product_media y JOIN media z ON z.id = y.media_id
    WHERE y.product_id = p.id AND z.state = 'ready' ORDER BY y.position, y.id LIMIT 1)
LEFT JOIN media m ON m.id = pm.media_id
LEFT JOIN translation a ON a.object = 'product_media' AND a.object_id = pm.id AND a.field = 'alt' AND a.lang = :lang
ORDER BY k.n;

-- query shop_collection one
-- in handle text, lang text
SELECT c.id AS id, c.handle AS handle, COALESCE(t.value, c.title) AS "title:plain_text",
       COALESCE(d.value, c.description) AS "description:html_text", c.sort AS sort,
       COALESCE(st.value, c.seo_title) AS "seo_title:plain_text",
       COALESCE(sd.value, c.seo_description) AS "seo_description:plain_text",
       m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?"
FROM collection c
LEFT JOIN media m ON m.id = c.media_id AND m.state = 'ready'
LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
LEFT JOIN translation d ON d.object = 'collection' AND d.object_id = c.id AND d.field = 'description'
    AND d.lang = :lang
LEFT JOIN translation st ON st.object = 'collection' AND st.object_id = c.id AND st.field = 'seo_title'
    AND st.lang = :lang
LEFT JOIN translation sd ON sd.object = 'collection' AND sd.object_id = c.id AND sd.field = 'seo_description'
    AND sd.lang = :lang
WHERE c.handle = :handle;

-- query shop_collection_tiles all
-- Collections with a picture: their own, else that of their first product.
-- scan ok: a small table
-- in lang text
SELECT c.id AS id, c.handle AS handle, COALESCE(t.value, c.title) AS "title:plain_text",
       m.hash AS "hash:plain_text?", m.filename AS "filename:plain_text?", m.width AS "width:count_int?",
       m.height AS "height:count_int?"
FROM collection c
LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
LEFT JOIN media m ON m.state = 'ready' AND m.id = COALESCE(c.media_id, (SELECT pm.media_id
    FROM collection_product cp
    JOIN product p ON p.id = cp.product_id AND p.status = 'active'
    JOIN product_media pm ON pm.product_id = p.id
    JOIN media x ON x.id = pm.media_id AND x.state = 'ready'
    WHERE cp.collection_id = c.id ORDER BY cp.position, p.id, pm.position LIMIT 1))
ORDER BY c.position, c.id;

-- query shop_product one
-- in handle text, lang text
SELECT p.id AS id, p.handle AS handle, COALESCE(t.value, p.title) AS "title:plain_text",
       COALESCE(d.value, p.description) AS "description:html_text", p.vendor AS vendor, p.kind AS kind,
       COALESCE(sf.value, p.safety_text) AS "safety_text:plain_text",
       COALESCE(st.value, p.seo_title) AS "seo_title:plain_text",
       COALESCE(sd.value, p.seo_description) AS "seo_description:plain_text",
       p.created_at AS created_at, f.name AS "maker:plain_text?", f.address AS "maker_address:plain_text?",
       f.contact AS "maker_contact:plain_text?", f.responsible AS "responsible:plain_text?",
       c.id AS "collection_id:id_int?", c.handle AS "collection_handle:plain_text?",
       COALESCE(ct.value, c.title) AS "collection_title:plain_text?",
       (SELECT /*@sqlite group_concat(g.tag, char(10)) */ /*@postgres string_agg(g.tag, chr(10)) */
        FROM product_tag g WHERE g.product_id = p.id) AS "tags:plain_text?"
FROM product p
LEFT JOIN manufacturer f ON f.id = p.manufacturer_id
LEFT JOIN collection c ON c.id = (SELECT k.id FROM collection_product cp JOIN collection k ON k.id = cp.collection_id
    WHERE cp.product_id = p.id ORDER BY k.position, k.id LIMIT 1)
LEFT JOIN translation t ON t.object = 'product' AND t.object_id = p.id AND t.field = 'title' AND t.lang = :lang
LEFT JOIN translation d ON d.object = 'product' AND d.object_id = p.id AND d.field = 'description' AND d.lang = :lang
LEFT JOIN translation sf ON sf.object = 'product' AND sf.object_id = p.id AND sf.field = 'safety_text'
    AND sf.lang = :lang
LEFT JOIN translation st ON st.object = 'product' AND st.object_id = p.id AND st.field = 'seo_title'
    AND st.lang = :lang
LEFT JOIN translation sd ON sd.object = 'product' AND sd.object_id = p.id AND sd.field = 'seo_description'
    AND sd.lang = :lang
LEFT JOIN translation ct ON ct.object = 'collection' AND ct.object_id = c.id AND ct.field = 'title' AND ct.lang = :lang
WHERE p.handle = :handle AND p.status = 'active';

-- query shop_variants all
-- in product_id int, currency currency
SELECT v.id AS id, v.value1 AS value1, v.value2 AS value2, v.value3 AS value3, v.value4 AS value4, v.value5 AS value5,
       v.sku AS sku, v.barcode AS barcode, v.weight_g AS weight_g, v.requires_shipping AS requires_shipping,
       v.unit_amount AS unit_amount, v.unit AS unit, v.base_amount AS base_amount, v.base_unit AS base_unit,
       v.media_id AS media_id, r.amount AS price, r.compare_at AS "compare_at:money_int?",
       r.low30 AS "low30:money_int?", l.on_hand AS "on_hand:count_int?", l.tracked AS "tracked:flag_int?",
       l.backorder AS "backorder:flag_int?"
FROM variant v
JOIN price r ON r.variant_id = v.id AND r.currency = :currency
LEFT JOIN stock_level l ON l.variant_id = v.id
WHERE v.product_id = :product_id AND v.active = 1
ORDER BY v.position, v.id;

-- query shop_options all
-- Options and their values that an active variant has.
-- in product_id int, lang text
SELECT o.position AS position, COALESCE(tn.value, o.name) AS "name:plain_text", w.id AS "value_id:id_int",
       COALESCE(tv.value, w.value) AS "value:plain_text"
FROM product_option o
JOIN option_value w ON w.option_id = o.id
LEFT JOIN translation tn ON tn.object = 'product_option' AND tn.object_id = o.id AND tn.field = 'name'
    AND tn.lang = :lang
LEFT JOIN translation tv ON tv.object = 'option_value' AND tv.object_id = w.id AND tv.field = 'value'
    AND tv.lang = :lang
WHERE o.product_id = :product_id
ORDER BY o.position, w.position, w.id;

-- query shop_product_extras all
-- Pictures and attributes of a product, one row each, by kind.
-- in product_id int, lang text
SELECT 'media' AS "kind:plain_text", pm.position AS "position:count_int", pm.media_id AS "id:id_int",
       m.hash AS "a:plain_text", COALESCE(t.value, pm.alt) AS "b:plain_text", m.filename AS "c:plain_text",
       COALESCE(m.width, 0) AS "width:count_int", COALESCE(m.height, 0) AS "height:count_int",
       '' AS "name:plain_text"
FROM product_media pm
JOIN media m ON m.id = pm.media_id AND m.state = 'ready'
LEFT JOIN translation t ON t.object = 'product_media' AND t.object_id = pm.id AND t.field = 'alt' AND t.lang = :lang
WHERE pm.product_id = :product_id
UNION ALL
SELECT b.kind, pa.position, b.id, COALESCE(l.value, b.label), pa.value, b.unit, 0, 0, b.name
FROM product_attribute pa
JOIN attribute b ON b.id = pa.attribute_id
LEFT JOIN translation l ON l.object = 'attribute' AND l.object_id = b.id AND l.field = 'label' AND l.lang = :lang
WHERE pa.product_id = :product_id
ORDER BY 9, 2, 3;

-- query shop_picture_named one
-- The newest picture with a file name.
-- scan ok: once a home page
-- in filename text
SELECT id, hash, filename, width, height FROM media WHERE filename = :filename AND state = 'ready'
ORDER BY id DESC LIMIT 1;

-- query shop_media one
-- in hash text
SELECT hash, type, filename FROM media WHERE hash = :hash AND state = 'ready' LIMIT 1;

-- query shop_sitemap all
-- scan ok: a sitemap lists everything
-- in max int
SELECT '/products/' || p.handle AS "path:plain_text", p.updated_at AS "at:time_int"
FROM product p WHERE p.status = 'active'
UNION ALL
SELECT '/collections/' || c.handle, 0 FROM collection c
UNION ALL
SELECT '/pages/' || g.handle, (SELECT MAX(v.created_at) FROM page_version v WHERE v.page_id = g.id) FROM page g
ORDER BY 1 LIMIT :max;

-- query shop_order_pictures all
-- Pictures and addresses of what an order holds, where they are still there.
-- in order_id int
SELECT l.id AS "line_id:id_int", p.handle AS handle, p.status AS status, m.hash AS "hash:plain_text?",
       m.filename AS "filename:plain_text?"
FROM order_line l
JOIN variant v ON v.id = l.variant_id
JOIN product p ON p.id = v.product_id
LEFT JOIN media m ON m.state = 'ready' AND m.id = COALESCE(v.media_id, (SELECT pm.media_id FROM product_media pm
    JOIN media x ON x.id = pm.media_id AND x.state = 'ready' WHERE pm.product_id = p.id
    ORDER BY pm.position, pm.id LIMIT 1))
WHERE l.order_id = :order_id;

-- query shop_shipments all
-- in order_id int
SELECT carrier, tracking, tracking_url, shipped_at FROM shipment WHERE order_id = :order_id ORDER BY id;

-- query shop_orders_of all
-- in customer_id int, count int
SELECT id, number, placed_at, state, payment_state, fulfilment_state, total, currency
FROM sale_order WHERE customer_id = :customer_id ORDER BY id DESC LIMIT :count;

-- query shop_customer one
-- in id int
SELECT email, name FROM customer WHERE id = :id;

-- query shop_variant_by_values one
-- The variant of a product by its option values as they are shown, for forms that send options instead of an id.
-- in handle text, v1 text, v2 text, v3 text, v4 text, v5 text
SELECT v.id AS id
FROM product p
JOIN variant v ON v.product_id = p.id AND v.active = 1
LEFT JOIN option_value o1 ON o1.id = v.value1
LEFT JOIN option_value o2 ON o2.id = v.value2
LEFT JOIN option_value o3 ON o3.id = v.value3
LEFT JOIN option_value o4 ON o4.id = v.value4
LEFT JOIN option_value o5 ON o5.id = v.value5
WHERE p.handle = :handle AND COALESCE(o1.value, '') = :v1 AND COALESCE(o2.value, '') = :v2
  AND COALESCE(o3.value, '') = :v3 AND COALESCE(o4.value, '') = :v4 AND COALESCE(o5.value, '') = :v5
ORDER BY v.position LIMIT 1;

-- query shop_cart_features all
-- What the products of a cart are like, for the summary above the button (BGB § 312j (2)).
-- in cart_id int, lang text
SELECT v.product_id AS product_id, b.id AS "attribute_id:id_int", b.name AS name, b.kind AS kind, b.unit AS unit,
       COALESCE(t.value, b.label) AS "label:plain_text", pa.value AS value
FROM cart_line l
JOIN variant v ON v.id = l.variant_id
JOIN product_attribute pa ON pa.product_id = v.product_id
JOIN attribute b ON b.id = pa.attribute_id
LEFT JOIN translation t ON t.object = 'attribute' AND t.object_id = b.id AND t.field = 'label' AND t.lang = :lang
WHERE l.cart_id = :cart_id AND b.name <> 'badges' AND b.kind <> 'html'
ORDER BY l.id, b.name, pa.position;
