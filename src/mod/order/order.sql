-- SPDX-License-Identifier: Apache-2.0

-- query order_insert insert
-- in number text, order_key text?, source text, external_ref text?, placed_at time, state text, payment_state text, fulfilment_state text, payment_method text, customer_id int?, lang text, currency currency, goods money, shipping money, total money, tax money, shipping_method text, delivery text, email text, phone text, name text, company text, street text, extra text, postcode text, city text, country text, bill_name text, bill_company text, bill_street text, bill_extra text, bill_postcode text, bill_city text, bill_country text, note text, terms json, search_text text
INSERT INTO sale_order (number, order_key, source, external_ref, placed_at, state, payment_state, fulfilment_state,
    payment_method, customer_id, lang, currency, goods, shipping, total, tax, shipping_method, delivery, email, phone, name,
    company, street, extra, postcode, city, country, bill_name, bill_company, bill_street, bill_extra, bill_postcode,
    bill_city, bill_country, note, terms, search_text)
VALUES (:number, :order_key, :source, :external_ref, :placed_at, :state, :payment_state, :fulfilment_state,
    :payment_method, :customer_id, :lang, :currency, :goods, :shipping, :total, :tax, :shipping_method, :delivery, :email,
    :phone, :name, :company, :street, :extra, :postcode, :city, :country, :bill_name, :bill_company, :bill_street,
    :bill_extra, :bill_postcode, :bill_city, :bill_country, :note, :terms, :search_text)
RETURNING id;

-- query order_line_insert insert
-- in order_id int, position int, variant_id int?, product_id int?, sku text, title text, variant_title text, quantity int, unit_price money, total money, tax_category text, tax_rate rate, tax money
INSERT INTO order_line (order_id, position, variant_id, product_id, sku, title, variant_title, quantity, unit_price, total,
    tax_category, tax_rate, tax)
VALUES (:order_id, :position, :variant_id, :product_id, :sku, :title, :variant_title, :quantity, :unit_price, :total,
    :tax_category, :tax_rate, :tax)
RETURNING id;

-- query order_tax_insert exec
-- in order_id int, rate rate, gross money, tax money
INSERT INTO order_tax (order_id, rate, gross, tax) VALUES (:order_id, :rate, :gross, :tax);

-- query order_event_insert insert
-- in order_id int, at time, kind text, actor text, detail json
INSERT INTO order_event (order_id, at, kind, actor, detail) VALUES (:order_id, :at, :kind, :actor, :detail) RETURNING id;

-- query order_by_key one
-- in order_key text
SELECT id, number, payment_method FROM sale_order WHERE order_key = :order_key;

-- query order_by_number one
-- in number text
SELECT id FROM sale_order WHERE number = :number;

-- query order_get one
-- The whole head of an order.
-- in id int
SELECT id, number, source, placed_at, state, payment_state, fulfilment_state, payment_method, customer_id, lang, currency,
       goods, shipping, total, tax, shipping_method, delivery, email, phone, name, company, street, extra, postcode, city,
       country, bill_name, bill_company, bill_street, bill_extra, bill_postcode, bill_city, bill_country, note, terms
FROM sale_order WHERE id = :id;

-- query order_lines all
-- Lines with what was shipped and credited of each.
-- in order_id int
SELECT l.id AS id, l.position AS position, l.variant_id AS variant_id, l.product_id AS product_id, l.sku AS sku,
       l.title AS title, l.variant_title AS variant_title, l.quantity AS quantity, l.unit_price AS unit_price,
       l.total AS total, l.tax_category AS tax_category, l.tax_rate AS tax_rate, l.tax AS tax,
       CAST(COALESCE((SELECT SUM(s.quantity) FROM shipment_line s WHERE s.order_line_id = l.id), 0) AS bigint)
           AS "shipped:count_int",
       CAST(COALESCE((SELECT SUM(n.quantity) FROM credit_note_line n WHERE n.order_line_id = l.id), 0) AS bigint)
           AS "credited:count_int",
       CAST(COALESCE((SELECT SUM(n.total) FROM credit_note_line n WHERE n.order_line_id = l.id), 0) AS bigint)
           AS "credited_total:money_int",
       CAST(COALESCE((SELECT SUM(n.tax) FROM credit_note_line n WHERE n.order_line_id = l.id), 0) AS bigint)
           AS "credited_tax:money_int"
FROM order_line l WHERE l.order_id = :order_id ORDER BY l.position;

-- query order_taxes all
-- in order_id int
SELECT rate, gross, tax FROM order_tax WHERE order_id = :order_id ORDER BY rate DESC;

-- query order_events all
-- in order_id int
SELECT id, at, kind, actor, detail FROM order_event WHERE order_id = :order_id ORDER BY id;

-- query order_credit_notes all
-- in order_id int
SELECT id, number, issued_at, total, tax, reason FROM credit_note WHERE order_id = :order_id ORDER BY id;

-- query order_credited_freight all
-- What credit notes took back of an order without naming a line: freight, by tax rate.
-- in order_id int
SELECT l.tax_rate AS tax_rate, CAST(SUM(l.total) AS bigint) AS "total:money_int", CAST(SUM(l.tax) AS bigint) AS "tax:money_int"
FROM credit_note n JOIN credit_note_line l ON l.credit_note_id = n.id
WHERE n.order_id = :order_id AND l.order_line_id IS NULL
GROUP BY l.tax_rate;

-- query order_adopt exec
-- The guest orders of an address become those of its customer. email: lower case.
-- in email text, customer_id int
UPDATE sale_order SET customer_id = :customer_id WHERE email = :email AND customer_id IS NULL;

-- query order_set_states exec
-- in id int, state text, payment_state text, fulfilment_state text
UPDATE sale_order SET state = :state, payment_state = :payment_state, fulfilment_state = :fulfilment_state WHERE id = :id;

-- query credit_note_by_key one
-- in refund_key text
SELECT id, number, order_id FROM credit_note WHERE refund_key = :refund_key;

-- query credit_note_insert insert
-- in number text, order_id int?, customer_id int?, issued_at time, currency currency, total money, tax money, reason text, refund_key text?, external_ref text?
INSERT INTO credit_note (number, order_id, customer_id, issued_at, currency, total, tax, reason, refund_key, external_ref)
VALUES (:number, :order_id, :customer_id, :issued_at, :currency, :total, :tax, :reason, :refund_key, :external_ref)
RETURNING id;

-- query credit_note_line_insert exec
-- in credit_note_id int, order_line_id int?, variant_id int?, sku text, title text, quantity int, total money, tax_rate rate, tax money
INSERT INTO credit_note_line (credit_note_id, order_line_id, variant_id, sku, title, quantity, total, tax_rate, tax)
VALUES (:credit_note_id, :order_line_id, :variant_id, :sku, :title, :quantity, :total, :tax_rate, :tax);

-- query sales_report all
-- Documents and their gross sum by kind and currency. Cancelled orders count; their credit notes take them out again.
-- in from_at time, to_at time
SELECT 'orders' AS "kind:plain_text", currency, COUNT(*) AS "n:count_int", CAST(SUM(total) AS bigint) AS "gross:money_int"
FROM sale_order WHERE placed_at >= :from_at AND placed_at < :to_at GROUP BY currency
UNION ALL
SELECT 'credit_notes', currency, COUNT(*), CAST(SUM(total) AS bigint)
FROM credit_note WHERE issued_at >= :from_at AND issued_at < :to_at GROUP BY currency
UNION ALL
SELECT 'adjustments', currency, COUNT(*), CAST(SUM(total) AS bigint)
FROM adjustment WHERE at >= :from_at AND at < :to_at GROUP BY currency;

-- query order_check_totals each
-- Lines, shipping, taxes and total of an order that do not agree.
-- scan ok: a check reads everything
SELECT o.number AS "object:plain_text", 'total ' || CAST(o.total AS text) || ', lines ' || CAST(l.total AS text) || ', shipping '
       || CAST(o.shipping AS text) AS "detail:plain_text"
FROM sale_order o
JOIN (SELECT order_id, CAST(SUM(total) AS bigint) AS total FROM order_line GROUP BY order_id) l ON l.order_id = o.id
WHERE o.goods <> l.total OR o.total <> o.goods + o.shipping;

-- query order_check_tax each
-- Taxes per rate that do not sum to the order's tax and total.
-- scan ok: a check reads everything
SELECT o.number AS "object:plain_text", 'tax ' || CAST(o.tax AS text) || ', by rate ' || CAST(t.tax AS text) AS "detail:plain_text"
FROM sale_order o
JOIN (SELECT order_id, CAST(SUM(tax) AS bigint) AS tax, CAST(SUM(gross) AS bigint) AS gross FROM order_tax
      GROUP BY order_id) t ON t.order_id = o.id
WHERE o.tax <> t.tax OR o.total <> t.gross;

-- query order_check_lines each
-- An order without lines.
-- scan ok: a check reads everything
SELECT o.number AS "object:plain_text", 'no lines' AS "detail:plain_text"
FROM sale_order o WHERE NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id);

-- query order_check_credit each
-- A credit note whose lines do not sum to it, or that takes back more than was ordered.
-- scan ok: a check reads everything
SELECT n.number AS "object:plain_text", 'lines ' || CAST(l.total AS text) || ', note ' || CAST(n.total AS text) AS "detail:plain_text"
FROM credit_note n
JOIN (SELECT credit_note_id, CAST(SUM(total) AS bigint) AS total, CAST(SUM(tax) AS bigint) AS tax FROM credit_note_line
      GROUP BY credit_note_id) l ON l.credit_note_id = n.id
WHERE l.total <> n.total OR l.tax <> n.tax
UNION ALL
SELECT o.number, 'credited ' || CAST(SUM(n.total) AS text) || ' of ' || CAST(o.total AS text)
FROM sale_order o JOIN credit_note n ON n.order_id = o.id
GROUP BY o.id, o.number, o.total, o.tax
HAVING o.total + SUM(n.total) < 0 OR o.tax + SUM(n.tax) < 0 OR (o.total + SUM(n.total) = 0 AND o.tax + SUM(n.tax) <> 0)
UNION ALL
SELECT o.number, 'line ' || CAST(l.id AS text) || ' credited ' || CAST(SUM(n.quantity) AS text) || ' of ' || CAST(l.quantity AS text)
FROM sale_order o JOIN order_line l ON l.order_id = o.id JOIN credit_note_line n ON n.order_line_id = l.id
GROUP BY o.number, l.id, l.quantity, l.total HAVING SUM(n.quantity) > l.quantity OR l.total + SUM(n.total) < 0;

-- query order_check_stock each
-- A line of the shop's own orders that took no stock although its variant was counted by then.
-- scan ok: a check reads everything
SELECT o.number AS "object:plain_text", 'line ' || CAST(l.id AS text) || ' took no stock' AS "detail:plain_text"
FROM sale_order o JOIN order_line l ON l.order_id = o.id
WHERE o.source IN ('shop', 'desk', 'api')
  AND EXISTS (SELECT 1 FROM stock_move f WHERE f.variant_id = l.variant_id AND f.at < o.placed_at)
  AND NOT EXISTS (SELECT 1 FROM stock_move m WHERE m.object = 'order' AND m.object_id = o.id
                  AND m.variant_id = l.variant_id AND m.reason = 'order' AND m.quantity = -l.quantity);

-- query order_check_events each
-- An order without its first event.
-- scan ok: a check reads everything
SELECT o.number AS "object:plain_text", 'no event "placed"' AS "detail:plain_text"
FROM sale_order o WHERE o.source <> 'import'
  AND NOT EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND e.kind = 'placed');

-- query shipment_by_key one
-- in ship_key text
SELECT id, order_id FROM shipment WHERE ship_key = :ship_key;

-- query shipment_add insert
-- in order_id int, carrier text, tracking text, tracking_url text, ship_key text, shipped_at time
INSERT INTO shipment (order_id, carrier, tracking, tracking_url, ship_key, shipped_at)
VALUES (:order_id, :carrier, :tracking, :tracking_url, :ship_key, :shipped_at)
RETURNING id;

-- query shipment_line_add exec
-- in shipment_id int, order_line_id int, quantity int
INSERT INTO shipment_line (shipment_id, order_line_id, quantity) VALUES (:shipment_id, :order_line_id, :quantity);

-- query shipment_lines all
-- What is in a parcel.
-- in shipment_id int
SELECT l.title AS title, l.variant_title AS variant_title, l.sku AS sku, s.quantity AS quantity
FROM shipment_line s JOIN order_line l ON l.id = s.order_line_id
WHERE s.shipment_id = :shipment_id ORDER BY l.position;

-- query credit_note_get one
-- in id int
SELECT id, number, total FROM credit_note WHERE id = :id;

-- query credit_note_lines all
-- What a credit note takes back; freight has no title.
-- in credit_note_id int
SELECT title, quantity, total FROM credit_note_line WHERE credit_note_id = :credit_note_id ORDER BY id;

-- query shipments_of_order all
-- in order_id int
SELECT id, carrier, tracking, tracking_url, shipped_at FROM shipment WHERE order_id = :order_id ORDER BY id;

-- query order_check_shipped each
-- More pieces shipped than ordered.
-- scan ok: a check reads everything
SELECT CAST(l.id AS text) AS "object:plain_text", 'shipped ' || CAST(SUM(s.quantity) AS text) || ' of ' || CAST(l.quantity AS text)
       AS "detail:plain_text"
FROM order_line l JOIN shipment_line s ON s.order_line_id = l.id
GROUP BY l.id, l.quantity HAVING SUM(s.quantity) > l.quantity;

-- query order_words_add exec
-- in order_id int, order_line_id int?, words json
INSERT INTO order_words (order_id, order_line_id, words) VALUES (:order_id, :order_line_id, :words);

-- query order_words_of all
-- What the buyer said with the order and its lines.
-- in order_id int
SELECT order_line_id, words FROM order_words WHERE order_id = :order_id ORDER BY id;
