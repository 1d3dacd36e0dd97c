-- SPDX-License-Identifier: Apache-2.0

-- query shipping_methods all
-- Active methods in the order of the shop, in one language.
-- in lang text
SELECT m.id AS id, COALESCE(t.value, m.name) AS "name:text", COALESCE(d.value, m.delivery) AS "delivery:text",
       m.countries AS countries, m.price AS price, m.free_from AS free_from, m.currency AS currency,
       m.days_min AS days_min, m.days_max AS days_max
FROM shipping_method m
LEFT JOIN translation t ON t.object = 'shipping_method' AND t.object_id = m.id AND t.field = 'name' AND t.lang = :lang
LEFT JOIN translation d ON d.object = 'shipping_method' AND d.object_id = m.id AND d.field = 'delivery' AND d.lang = :lang
WHERE m.active = 1 ORDER BY m.position, m.id;

-- query shipping_method_add insert
-- in name text, delivery text, countries json, price money, free_from money?, currency currency, days_min int, days_max int, position int
INSERT INTO shipping_method (name, delivery, countries, price, free_from, currency, days_min, days_max, active, position)
VALUES (:name, :delivery, :countries, :price, :free_from, :currency, :days_min, :days_max, 1, :position)
RETURNING id;

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

-- query shipments_of_order all
-- in order_id int
SELECT id, carrier, tracking, tracking_url, shipped_at FROM shipment WHERE order_id = :order_id ORDER BY id;

-- query shipping_check_quantity each
-- More pieces shipped than ordered.
-- scan ok: a check reads everything
SELECT CAST(l.id AS text) AS "object:text", 'shipped ' || CAST(SUM(s.quantity) AS text) || ' of ' || CAST(l.quantity AS text)
       AS "detail:text"
FROM order_line l JOIN shipment_line s ON s.order_line_id = l.id
GROUP BY l.id, l.quantity HAVING SUM(s.quantity) > l.quantity;
