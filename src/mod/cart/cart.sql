-- SPDX-License-Identifier: Apache-2.0

-- query cart_of_session one
-- in session_id int
SELECT c.id AS id, c.order_key AS order_key, w.note AS "note:pii_text?", w.attributes AS "attributes:json_text?"
FROM cart c LEFT JOIN cart_words w ON w.cart_id = c.id WHERE c.session_id = :session_id;

-- query cart_words_put exec
-- in cart_id int, note text, attributes json
INSERT INTO cart_words (cart_id, note, attributes) VALUES (:cart_id, :note, :attributes)
ON CONFLICT (cart_id) DO UPDATE SET note = excluded.note, attributes = excluded.attributes;

-- query cart_words_drop exec
-- in cart_id int
DELETE FROM cart_words WHERE cart_id = :cart_id;

-- query cart_new insert
-- in session_id int, now time, order_key text
INSERT INTO cart (session_id, created_at, updated_at, order_key) VALUES (:session_id, :now, :now, :order_key)
RETURNING id;

-- query cart_rekey exec
-- in id int, now time, order_key text
UPDATE cart SET order_key = :order_key, updated_at = :now WHERE id = :id;

-- query cart_line_get one
-- in cart_id int, variant_id int, properties json
SELECT id, quantity FROM cart_line WHERE cart_id = :cart_id AND variant_id = :variant_id AND properties = :properties;

-- query cart_line_first one
-- The line of a variant that stands longest.
-- in cart_id int, variant_id int
SELECT id, properties FROM cart_line WHERE cart_id = :cart_id AND variant_id = :variant_id ORDER BY id LIMIT 1;

-- query cart_line_by_id one
-- in id int, cart_id int
SELECT variant_id, properties FROM cart_line WHERE id = :id AND cart_id = :cart_id;

-- query cart_line_others one
-- How many pieces of a variant other lines of the cart hold.
-- in cart_id int, variant_id int, properties json
SELECT CAST(COALESCE(SUM(quantity), 0) AS bigint) AS "n:count_int" FROM cart_line
WHERE cart_id = :cart_id AND variant_id = :variant_id AND properties <> :properties;

-- query cart_line_count one
-- in cart_id int
SELECT COUNT(*) AS "n:count_int" FROM cart_line WHERE cart_id = :cart_id;

-- query cart_pieces_of one
-- How many pieces a session's cart holds.
-- in session_id int
SELECT COALESCE(SUM(l.quantity), 0) AS "n:count_int" FROM cart c JOIN cart_line l ON l.cart_id = c.id
WHERE c.session_id = :session_id;

-- query cart_line_put exec
-- in cart_id int, variant_id int, properties json, quantity int, now time
INSERT INTO cart_line (cart_id, variant_id, properties, quantity, added_at)
VALUES (:cart_id, :variant_id, :properties, :quantity, :now)
ON CONFLICT (cart_id, variant_id, properties) DO UPDATE SET quantity = excluded.quantity;

-- query cart_line_drop exec
-- in cart_id int, variant_id int, properties json
DELETE FROM cart_line WHERE cart_id = :cart_id AND variant_id = :variant_id AND properties = :properties;

-- query cart_empty exec
-- in cart_id int
DELETE FROM cart_line WHERE cart_id = :cart_id;

-- query cart_variant one
-- Whether a variant can be bought and how many of it there are.
-- in variant_id int, currency currency
SELECT v.active AS active, p.status AS status, r.amount AS "amount:money_int?",
       s.on_hand AS "on_hand:count_int?", s.tracked AS "tracked:flag_int?", s.backorder AS "backorder:flag_int?"
FROM variant v
JOIN product p ON p.id = v.product_id
LEFT JOIN price r ON r.variant_id = v.id AND r.currency = :currency
LEFT JOIN stock_level s ON s.variant_id = v.id
WHERE v.id = :variant_id;

-- query cart_lines all
-- The lines of a cart as they would be bought now, in one language.
-- in cart_id int, currency currency, lang text
SELECT l.id AS id, l.properties AS properties, l.variant_id AS variant_id, l.quantity AS quantity, v.product_id AS product_id, p.handle AS handle,
       COALESCE(tp.value, p.title) AS "title:plain_text", v.title AS variant_title,
       COALESCE(t1.value, o1.value) AS "value1:plain_text?", COALESCE(t2.value, o2.value) AS "value2:plain_text?",
       COALESCE(t3.value, o3.value) AS "value3:plain_text?", COALESCE(t4.value, o4.value) AS "value4:plain_text?",
       COALESCE(t5.value, o5.value) AS "value5:plain_text?",
       v.sku AS sku, p.vendor AS vendor, p.kind AS kind, p.tax_category AS tax_category, p.status AS status,
       v.active AS active, v.unit_amount AS unit_amount, v.unit AS unit, v.base_amount AS base_amount,
       v.base_unit AS base_unit, v.weight_g AS weight_g, v.requires_shipping AS requires_shipping,
       r.amount AS "amount:money_int?", r.compare_at AS "compare_at:money_int?", r.low30 AS "low30:money_int?",
       s.on_hand AS "on_hand:count_int?", s.tracked AS "tracked:flag_int?", s.backorder AS "backorder:flag_int?",
       COALESCE(mv.hash, (SELECT m.hash FROM product_media pm JOIN media m ON m.id = pm.media_id
                          WHERE pm.product_id = p.id AND m.state = 'ready' ORDER BY pm.position, pm.id LIMIT 1))
           AS "image_hash:plain_text?"
FROM cart_line l
JOIN variant v ON v.id = l.variant_id
JOIN product p ON p.id = v.product_id
LEFT JOIN price r ON r.variant_id = v.id AND r.currency = :currency
LEFT JOIN stock_level s ON s.variant_id = v.id
LEFT JOIN media mv ON mv.id = v.media_id AND mv.state = 'ready'
LEFT JOIN translation tp ON tp.object = 'product' AND tp.object_id = p.id AND tp.field = 'title' AND tp.lang = :lang
LEFT JOIN option_value o1 ON o1.id = v.value1
LEFT JOIN option_value o2 ON o2.id = v.value2
LEFT JOIN option_value o3 ON o3.id = v.value3
LEFT JOIN option_value o4 ON o4.id = v.value4
LEFT JOIN option_value o5 ON o5.id = v.value5
LEFT JOIN translation t1 ON t1.object = 'option_value' AND t1.object_id = v.value1 AND t1.field = 'value' AND t1.lang = :lang
LEFT JOIN translation t2 ON t2.object = 'option_value' AND t2.object_id = v.value2 AND t2.field = 'value' AND t2.lang = :lang
LEFT JOIN translation t3 ON t3.object = 'option_value' AND t3.object_id = v.value3 AND t3.field = 'value' AND t3.lang = :lang
LEFT JOIN translation t4 ON t4.object = 'option_value' AND t4.object_id = v.value4 AND t4.field = 'value' AND t4.lang = :lang
LEFT JOIN translation t5 ON t5.object = 'option_value' AND t5.object_id = v.value5 AND t5.field = 'value' AND t5.lang = :lang
WHERE l.cart_id = :cart_id
ORDER BY l.id;

-- query cart_clean exec
-- Carts that nobody touched for a long time.
-- scan ok: a nightly job
-- in before time
DELETE FROM cart WHERE updated_at < :before;

-- query cart_touch exec
-- in id int, now time
UPDATE cart SET updated_at = :now WHERE id = :id;

-- query cart_move exec
-- A session was exchanged for another one.
-- in from_session int, to_session int, now time
UPDATE cart SET session_id = :to_session, updated_at = :now WHERE session_id = :from_session;
