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
SELECT x.product_id AS product_id, b.id AS "attribute_id:id_int", b.name AS name, b.kind AS kind, b.unit AS unit,
       COALESCE(t.value, b.label) AS "label:plain_text", pa.value AS value
FROM (SELECT DISTINCT v.product_id AS product_id FROM cart_line l JOIN variant v ON v.id = l.variant_id
      WHERE l.cart_id = :cart_id) x
JOIN product_attribute pa ON pa.product_id = x.product_id
JOIN attribute b ON b.id = pa.attribute_id
LEFT JOIN translation t ON t.object = 'attribute' AND t.object_id = b.id AND t.field = 'label' AND t.lang = :lang
WHERE b.name <> 'badges' AND b.kind <> 'html'
ORDER BY x.product_id, b.name, pa.position;
