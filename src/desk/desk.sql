-- SPDX-License-Identifier: Apache-2.0
-- What the back office reads across modules.

-- query desk_orders all
-- Orders, newest first, a page at a time. search is a LIKE pattern of folded text with ! as escape. Paid is, too, what was
-- paid in full and in part paid back while goods are still to be sent.
-- scan ok: in the order of the index over placed_at, ended by the limit
-- in search text?, state text?, payment text?, fulfilment text?, from_at time?, until_at time?, before_at time?,
--    before_id int?, count int
SELECT o.id, o.number, o.placed_at, o.state, o.payment_state, o.fulfilment_state, o.payment_method, o.name, o.email,
    o.city, o.country, o.currency, o.total, o.source,
    (SELECT CAST(coalesce(sum(l.quantity), 0) AS bigint) FROM order_line l WHERE l.order_id = o.id) AS "pieces:count_int"
FROM sale_order o
WHERE 1 = 1
/*?search AND o.search_text LIKE :search ESCAPE '!' */
/*?state AND o.state = :state */
/*?payment AND (o.payment_state = :payment OR (:payment = 'paid' AND o.payment_state = 'part_refunded' AND o.state = 'open'
    AND o.fulfilment_state <> 'fulfilled' AND o.total <=
    (SELECT COALESCE(SUM(e.amount), 0) FROM payment_entry e WHERE e.order_id = o.id AND e.kind = 'capture'))) */
/*?fulfilment AND o.fulfilment_state = :fulfilment */
/*?from_at AND o.placed_at >= :from_at */
/*?until_at AND o.placed_at < :until_at */
/*?before_at AND (o.placed_at < :before_at OR (o.placed_at = :before_at AND o.id < :before_id)) */
ORDER BY o.placed_at DESC, o.id DESC LIMIT :count
;

-- query desk_orders_new all row desk_orders
-- Orders that came after one that is already shown.
-- in after int, count int
SELECT o.id, o.number, o.placed_at, o.state, o.payment_state, o.fulfilment_state, o.payment_method, o.name, o.email,
    o.city, o.country, o.currency, o.total, o.source,
    (SELECT CAST(coalesce(sum(l.quantity), 0) AS bigint) FROM order_line l WHERE l.order_id = o.id) AS "pieces:count_int"
FROM sale_order o
WHERE o.id > :after AND o.source <> 'import'
ORDER BY o.id LIMIT :count
;

-- query desk_order_last one
SELECT CAST(coalesce(max(id), 0) AS bigint) AS "id:id_int" FROM sale_order
;

-- query desk_order_of_note one
-- Where a refund of a payment belongs to.
-- in refund_id int
SELECT o.id, o.number FROM provider_refund r JOIN payment p ON p.id = r.payment_id JOIN sale_order o ON o.id = p.order_id
WHERE r.id = :refund_id
;

-- query desk_shipment_lines all
-- What was in the parcels of an order.
-- in order_id int
SELECT s.id AS "shipment_id:id_int", l.quantity, o.title, o.variant_title FROM shipment s
    JOIN shipment_line l ON l.shipment_id = s.id JOIN order_line o ON o.id = l.order_line_id
WHERE s.order_id = :order_id ORDER BY s.id, o.position
;

-- query desk_transfers all
-- Refunds that a person transfers by hand: methods whose service pays back itself stand in by_service, ",stripe,"; and those
-- that a service refused, while the order holds their money.
-- scan ok: few rows are open
-- in by_service text, count int
SELECT r.id, r.amount, r.created_at, r.state, r.error, p.method, p.currency, o.id AS "order_id:id_int", o.number, o.name,
    (SELECT b.party_iban FROM bank_entry b WHERE b.order_id = o.id AND b.state = 'matched' ORDER BY b.id DESC LIMIT 1)
        AS "iban:pii_text?",
    (SELECT n.number FROM credit_note n WHERE n.id = r.credit_note_id) AS "note:plain_text?"
FROM provider_refund r JOIN payment p ON p.id = r.payment_id JOIN sale_order o ON o.id = p.order_id
WHERE (r.state = 'asked' AND NOT (:by_service LIKE '%,' || p.method || ',%')) OR (r.state = 'failed' AND r.amount <=
    (SELECT COALESCE(SUM(e.amount), 0) FROM payment_entry e WHERE e.order_id = o.id) - o.total
    - (SELECT COALESCE(SUM(n.total), 0) FROM credit_note n WHERE n.order_id = o.id))
ORDER BY r.id DESC LIMIT :count
;

-- query desk_statements all
-- scan ok: newest first, ended by the limit
-- in count int
SELECT s.id, s.filename, s.iban, s.imported_at,
    (SELECT count(*) FROM bank_entry b WHERE b.statement_id = s.id) AS "entries:count_int",
    (SELECT count(*) FROM bank_entry b WHERE b.statement_id = s.id AND b.state = 'open') AS "open:count_int"
FROM bank_statement s ORDER BY s.id DESC LIMIT :count
;

-- query desk_opening one
-- Whether there is anything to sell, and a way to send it.
SELECT
    (SELECT count(*) FROM (SELECT id FROM product WHERE status = 'active' LIMIT 1) p) AS "products:count_int",
    (SELECT count(*) FROM (SELECT id FROM shipping_method WHERE active = 1 LIMIT 1) m) AS "shipping:count_int"
;

-- query desk_home_orders one
-- Numbers of the first page.
-- scan ok: by the indexes of state and time
-- in today time
SELECT
    (SELECT count(*) FROM sale_order WHERE placed_at >= :today) AS "today:count_int",
    (SELECT CAST(coalesce(sum(total), 0) AS bigint) FROM sale_order WHERE placed_at >= :today AND state <> 'cancelled')
        AS "today_gross:money_int",
    (SELECT count(*) FROM sale_order o WHERE o.state = 'open' AND o.payment_state IN ('paid', 'part_refunded')
        AND o.fulfilment_state <> 'fulfilled' AND (o.payment_state = 'paid' OR o.total <=
        (SELECT COALESCE(SUM(e.amount), 0) FROM payment_entry e WHERE e.order_id = o.id AND e.kind = 'capture')))
        AS "to_ship:count_int",
    (SELECT count(*) FROM sale_order WHERE state = 'open' AND payment_state IN ('pending', 'part_paid')) AS "to_pay:count_int",
    (SELECT count(*) FROM bank_entry WHERE state = 'open') AS "bank:count_int",
    (SELECT count(*) FROM job WHERE state = 'dead') AS "dead:count_int"
;

-- query desk_amounts one
-- Whether amounts in the shop's currency are there: 0 or 1 each.
-- scan ok: one row of each
SELECT (SELECT count(*) FROM (SELECT variant_id FROM price LIMIT 1) p) AS "prices:count_int",
    (SELECT count(*) FROM (SELECT id FROM sale_order LIMIT 1) o) AS "orders:count_int"
;

-- query desk_low_stock all
-- scan ok: counts every level, once when the first page is opened
-- in limit_at int, count int
SELECT v.id, p.id AS "product_id:id_int", p.title, v.title AS "variant:plain_text", v.sku, s.on_hand
FROM stock_level s JOIN variant v ON v.id = s.variant_id JOIN product p ON p.id = v.product_id
WHERE s.tracked = 1 AND s.on_hand <= :limit_at AND v.active = 1 AND p.status = 'active'
ORDER BY s.on_hand, p.title, v.id LIMIT :count
;

-- query desk_products all
-- Products by title of the first language; after is the title and id of the last one shown.
-- scan ok: a list of titles
-- in search text?, status text?, after_title text?, after_id int?, currency currency, count int
SELECT p.id, p.handle, p.title, p.status, p.vendor, p.kind,
    (SELECT count(*) FROM variant v WHERE v.product_id = p.id AND v.active = 1) AS "variants:count_int",
    (SELECT CAST(sum(s.on_hand) AS bigint) FROM variant v JOIN stock_level s ON s.variant_id = v.id
        WHERE v.product_id = p.id AND v.active = 1 AND s.tracked = 1) AS "stock:count_int?",
    (SELECT min(x.amount) FROM variant v JOIN price x ON x.variant_id = v.id
        WHERE v.product_id = p.id AND v.active = 1 AND x.currency = :currency) AS "price:money_int?",
    (SELECT max(x.amount) FROM variant v JOIN price x ON x.variant_id = v.id
        WHERE v.product_id = p.id AND v.active = 1 AND x.currency = :currency) AS "price_max:money_int?",
    (SELECT m.hash FROM product_media pm JOIN media m ON m.id = pm.media_id
        WHERE pm.product_id = p.id AND m.state = 'ready' ORDER BY pm.position, pm.id LIMIT 1) AS "hash:plain_text?",
    (SELECT m.filename FROM product_media pm JOIN media m ON m.id = pm.media_id
        WHERE pm.product_id = p.id AND m.state = 'ready' ORDER BY pm.position, pm.id LIMIT 1) AS "filename:plain_text?"
FROM product p
WHERE 1 = 1
/*?search AND p.search_text LIKE :search ESCAPE '!' */
/*?status AND p.status = :status */
/*?after_title AND (p.title > :after_title OR (p.title = :after_title AND p.id > :after_id)) */
ORDER BY p.title, p.id LIMIT :count
;

-- query desk_product_media all
-- in product_id int
SELECT pm.id, pm.media_id, pm.alt, m.hash, m.filename, m.state, m.error, m.width, m.height FROM product_media pm
    JOIN media m ON m.id = pm.media_id
WHERE pm.product_id = :product_id ORDER BY pm.position, pm.id
;

-- query desk_variants all
-- Variants with price and stock, in the order of show; the inactive ones behind the others.
-- in product_id int, currency currency, count int, skip int
SELECT v.id, v.title, v.sku, v.barcode, v.weight_g, v.requires_shipping, v.unit_amount, v.unit, v.base_amount, v.base_unit,
    v.media_id, v.active, v.value1, v.value2, v.value3, v.value4, v.value5, x.amount AS "amount:money_int?",
    x.compare_at AS "compare_at:money_int?", s.on_hand AS "on_hand:count_int?", s.tracked AS "tracked:flag_int?",
    s.backorder AS "backorder:flag_int?"
FROM variant v LEFT JOIN price x ON x.variant_id = v.id AND x.currency = :currency
    LEFT JOIN stock_level s ON s.variant_id = v.id
WHERE v.product_id = :product_id
ORDER BY v.active DESC, v.position, v.id LIMIT :count OFFSET :skip
;

-- query desk_same_sku one
-- A number that a variant of the product shares with another variant that is offered.
-- in product_id int
SELECT v.sku FROM variant v JOIN variant w ON w.sku = v.sku AND w.id <> v.id
WHERE v.product_id = :product_id AND v.active = 1 AND w.active = 1 AND v.sku <> '' ORDER BY v.sku LIMIT 1
;

-- query desk_variant_count one
-- in product_id int
SELECT count(*) AS "n:count_int" FROM variant WHERE product_id = :product_id
;

-- query desk_collections all
-- scan ok: a shop has few collections
SELECT c.id, c.handle, c.title, c.kind, c.position,
    (SELECT count(*) FROM collection_product m WHERE m.collection_id = c.id) AS "products:count_int"
FROM collection c ORDER BY c.position, c.title, c.id
;

-- query desk_collection_products all
-- in collection_id int, count int
SELECT p.id, p.handle, p.title, p.status FROM collection_product m JOIN product p ON p.id = m.product_id
WHERE m.collection_id = :collection_id ORDER BY m.position, p.id LIMIT :count
;

-- query desk_attributes all
-- scan ok: a shop has few kinds of attributes
-- in count int
SELECT a.name FROM attribute a ORDER BY a.name LIMIT :count
;

-- query desk_product_by_word one
-- A product by its handle or the SKU of a variant.
-- in word text
SELECT p.id FROM product p WHERE p.handle = :word
UNION
SELECT v.product_id FROM variant v WHERE v.sku = :word AND v.sku <> ''
LIMIT 1
;

-- query desk_shipping_all all
-- Every method, the switched-off ones, too.
SELECT m.id, m.name, m.delivery, m.countries, m.price, m.free_from, m.currency, m.days_min, m.days_max, m.active, m.position
FROM shipping_method m ORDER BY m.position, m.id
;

-- query desk_page_langs all
-- The languages in which pages exist, with their newest version.
-- scan ok: a shop has few pages
SELECT p.id, v.lang, max(v.version) AS "version:count_int", max(v.created_at) AS "saved_at:time_int"
FROM page p JOIN page_version v ON v.page_id = p.id GROUP BY p.id, v.lang ORDER BY p.id, v.lang
;

-- query desk_theme_choices all
-- What settings of themes can name, for choices: its handle ("blog/article" of an article) and title. Products and
-- articles: the newest of them; others are typed.
-- scan ok: the newest few hundred of each kind
-- in lang text, count int
SELECT x.kind AS "kind:plain_text", x.handle AS "handle:plain_text", x.title AS "title:plain_text" FROM (
    SELECT 'collection' AS kind, c.handle AS handle, COALESCE(t.value, c.title) AS title, c.position AS place, c.id AS id
    FROM collection c
    LEFT JOIN translation t ON t.object = 'collection' AND t.object_id = c.id AND t.field = 'title' AND t.lang = :lang
    UNION ALL
    SELECT 'page', p.handle, COALESCE((SELECT v.title FROM page_version v WHERE v.page_id = p.id
        ORDER BY CASE WHEN v.lang = :lang THEN 0 ELSE 1 END, v.version DESC LIMIT 1), p.handle), p.position, p.id
    FROM page p
    UNION ALL
    SELECT 'blog', b.handle, COALESCE(t.value, b.title), b.position, b.id FROM blog b
    LEFT JOIN translation t ON t.object = 'blog' AND t.object_id = b.id AND t.field = 'title' AND t.lang = :lang
    UNION ALL
    SELECT 'link_list', m.handle, COALESCE(t.value, m.title), 0, m.id FROM menu m
    LEFT JOIN translation t ON t.object = 'menu' AND t.object_id = m.id AND t.field = 'title' AND t.lang = :lang
    UNION ALL
    SELECT 'product', p.handle, COALESCE(t.value, p.title), 0, p.id
    FROM (SELECT id, handle, title FROM product ORDER BY id DESC LIMIT :count) p
    LEFT JOIN translation t ON t.object = 'product' AND t.object_id = p.id AND t.field = 'title' AND t.lang = :lang
    UNION ALL
    SELECT 'article', b.handle || '/' || a.handle, COALESCE((SELECT v.title FROM article_version v WHERE v.article_id = a.id
        ORDER BY CASE WHEN v.lang = :lang THEN 0 ELSE 1 END, v.version DESC LIMIT 1), a.handle), 0, a.id
    FROM (SELECT id, blog_id, handle FROM article ORDER BY id DESC LIMIT :count) a JOIN blog b ON b.id = a.blog_id
) x ORDER BY 1, x.place, 3, x.id
LIMIT 3000
;

-- query desk_theme_pictures all
-- The newest pictures that a setting can name: of those with the same file name the last.
-- scan ok: goes down the primary key and stops at count
-- in count int
SELECT m.id, m.hash, m.filename FROM media m
WHERE m.state = 'ready' AND NOT EXISTS (SELECT 1 FROM media n WHERE n.filename = m.filename AND n.state = 'ready' AND n.id > m.id)
ORDER BY m.id DESC LIMIT :count
;

-- query desk_theme_picture one
-- The picture that a file name stands for.
-- scan ok: once a setting
-- in filename text
SELECT id, hash, filename FROM media WHERE filename = :filename AND state = 'ready' ORDER BY id DESC LIMIT 1
;
