-- SPDX-License-Identifier: Apache-2.0

-- query shipping_methods all
-- Active methods in the order of the shop, in one language.
-- in lang text
SELECT m.id AS id, COALESCE(t.value, m.name) AS "name:plain_text", COALESCE(d.value, m.delivery) AS "delivery:plain_text",
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

-- query shipping_method_get one
-- in id int
SELECT id, name, delivery, countries, price, free_from, currency, days_min, days_max, active, position
FROM shipping_method WHERE id = :id;

-- query shipping_method_set exec
-- in id int, name text, delivery text, countries json, price money, free_from money?, days_min int, days_max int, active flag, position int
UPDATE shipping_method SET name = :name, delivery = :delivery, countries = :countries, price = :price,
    free_from = :free_from, days_min = :days_min, days_max = :days_max, active = :active, position = :position
WHERE id = :id;
