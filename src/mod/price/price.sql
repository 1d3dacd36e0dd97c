-- SPDX-License-Identifier: Apache-2.0

-- query price_get one
-- The present price of a variant in a currency.
-- in variant_id int, currency currency
SELECT amount, compare_at, sale_since, low30
FROM price
WHERE variant_id = :variant_id AND currency = :currency;

-- query price_upsert exec
-- in variant_id int, currency currency, amount money, compare_at money?, sale_since time?, low30 money?
INSERT INTO price (variant_id, currency, amount, compare_at, sale_since, low30)
VALUES (:variant_id, :currency, :amount, :compare_at, :sale_since, :low30)
ON CONFLICT (variant_id, currency) DO UPDATE SET
    amount = excluded.amount, compare_at = excluded.compare_at, sale_since = excluded.sale_since, low30 = excluded.low30;

-- query price_change_add exec
-- in variant_id int, currency currency, amount money, compare_at money?, at time
INSERT INTO price_change (variant_id, currency, amount, compare_at, at)
VALUES (:variant_id, :currency, :amount, :compare_at, :at);

-- query price_history all
-- All changes of one price, oldest first.
-- in variant_id int, currency currency
SELECT amount, compare_at, at
FROM price_change
WHERE variant_id = :variant_id AND currency = :currency
ORDER BY at, id;

-- query price_variants all
-- Variants that ever had a price, in pages.
-- in after int, count int
SELECT DISTINCT variant_id FROM price_change WHERE variant_id > :after ORDER BY variant_id LIMIT :count;

-- query price_any one
-- Whether anything has a price.
SELECT variant_id FROM price LIMIT 1;

-- query price_currencies all
-- in variant_id int
SELECT DISTINCT currency FROM price_change WHERE variant_id = :variant_id ORDER BY currency;

-- query price_variant_product one
-- in variant_id int
SELECT product_id FROM variant WHERE id = :variant_id;

-- query price_check_derived each
-- A price that is not what its newest change says.
-- scan ok: a check reads everything
SELECT CAST(p.variant_id AS text) AS "object:plain_text", 'price is not the newest change' AS "detail:plain_text"
FROM price p
WHERE NOT EXISTS (
    SELECT 1 FROM price_change c
    WHERE c.variant_id = p.variant_id AND c.currency = p.currency AND c.amount = p.amount
      AND COALESCE(c.compare_at, -1) = COALESCE(p.compare_at, -1)
      AND c.at = (SELECT MAX(d.at) FROM price_change d WHERE d.variant_id = p.variant_id AND d.currency = p.currency));
