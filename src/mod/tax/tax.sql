-- SPDX-License-Identifier: Apache-2.0

-- query tax_rate_find one
-- The rate of a category in a country at a moment.
-- in country text, category text, at time
SELECT rate
FROM tax_rate
WHERE country = :country AND category = :category AND valid_from <= :at AND (valid_to IS NULL OR valid_to > :at);

-- query tax_check_overlap each
-- Two rates of one country and category that hold at the same moment.
-- scan ok: a small table
SELECT a.country || ' ' || a.category AS "object:plain_text", 'two rates hold at the same time' AS "detail:plain_text"
FROM tax_rate a JOIN tax_rate b
  ON b.country = a.country AND b.category = a.category AND b.id > a.id
 AND b.valid_from < COALESCE(a.valid_to, b.valid_from + 1) AND a.valid_from < COALESCE(b.valid_to, a.valid_from + 1);
