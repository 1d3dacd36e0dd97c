-- SPDX-License-Identifier: Apache-2.0

-- query catalog_swatch_row one
-- in option_name text, value text
SELECT id, color, media_id FROM swatch WHERE option_name = :option_name AND value = :value
;

-- query catalog_swatch_put insert
-- in option_name text, value text, color text, media_id int?
INSERT INTO swatch (option_name, value, color, media_id) VALUES (:option_name, :value, :color, :media_id)
ON CONFLICT (option_name, value) DO UPDATE SET color = excluded.color, media_id = excluded.media_id
RETURNING id
;

-- query catalog_swatch_delete exec
-- in id int
DELETE FROM swatch WHERE id = :id
;

-- query catalog_swatches_of all
-- The option values of a product and what they look like, for the desk.
-- in product_id int
SELECT o.position AS "option:count_int", o.name AS option_name, w.value AS value, s.color AS "color:plain_text?",
       s.media_id AS "media_id:id_int?"
FROM product_option o
JOIN option_value w ON w.option_id = o.id
LEFT JOIN swatch s ON s.option_name = o.name AND s.value = w.value
WHERE o.product_id = :product_id ORDER BY o.position, w.position, w.id
;
