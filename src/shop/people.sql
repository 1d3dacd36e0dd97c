-- SPDX-License-Identifier: Apache-2.0
-- What the objects of shop, cart, customer and order read. The storefront owns no table.

-- query people_counts one
-- How much there is on sale.
-- scan ok: when a theme counts
-- in currency currency
SELECT (SELECT COUNT(*) FROM product p WHERE p.status = 'active') AS "products:count_int",
       (SELECT COUNT(*) FROM collection) AS "collections:count_int"
FROM (SELECT :currency AS one) x;

-- query people_vendors all
-- scan ok: when a theme lists them
SELECT DISTINCT p.vendor AS vendor FROM product p WHERE p.status = 'active' AND p.vendor <> '' ORDER BY p.vendor LIMIT 250;

-- query people_types all
-- scan ok: when a theme lists them
SELECT DISTINCT p.kind AS kind FROM product p WHERE p.status = 'active' AND p.kind <> '' ORDER BY p.kind LIMIT 250;

-- query people_account one
-- in id int
SELECT c.id AS id, c.email AS email, c.name AS name, c.lang AS lang, c.country AS country, c.created_at AS created_at,
       (SELECT COUNT(*) FROM sale_order o WHERE o.customer_id = c.id) AS "orders:count_int",
       CAST(COALESCE((SELECT SUM(o.total) FROM sale_order o WHERE o.customer_id = c.id AND o.state <> 'cancelled'), 0)
            AS bigint) AS "spent:money_int"
FROM customer c WHERE c.id = :id;

-- query people_orders all
-- in customer_id int, first int, count int
SELECT o.id AS id, (SELECT COUNT(*) FROM sale_order x WHERE x.customer_id = :customer_id) AS "total_orders:count_int"
FROM sale_order o WHERE o.customer_id = :customer_id ORDER BY o.id DESC LIMIT :count OFFSET :first;

-- query people_shipments all
-- Parcels of an order and what was in them.
-- in order_id int
SELECT s.id AS id, s.carrier AS carrier, s.tracking AS tracking, s.tracking_url AS tracking_url, s.shipped_at AS shipped_at,
       l.order_line_id AS order_line_id, l.quantity AS quantity
FROM shipment s JOIN shipment_line l ON l.shipment_id = s.id
WHERE s.order_id = :order_id ORDER BY s.id, l.order_line_id;
