-- SPDX-License-Identifier: Apache-2.0

-- query price_of_product one
-- For rules of collections (the catalogue finds this query by its name): the lowest price of the active variants, and whether
-- one of them is announced as reduced. No row: no price.
-- in product_id int, currency currency
SELECT CAST(min(p.amount) AS bigint) AS "price:money_int",
    CAST(max(CASE WHEN p.compare_at > p.amount THEN 1 ELSE 0 END) AS bigint) AS "on_sale:flag_int"
FROM variant v JOIN price p ON p.variant_id = v.id AND p.currency = :currency
WHERE v.product_id = :product_id AND v.active = 1
HAVING count(*) > 0
;
