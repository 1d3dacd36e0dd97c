-- SPDX-License-Identifier: Apache-2.0

-- query catalog_product_by_ref one
-- in external_ref text
SELECT id FROM product WHERE external_ref = :external_ref
;

-- query catalog_product_by_handle one
-- in handle text
SELECT id, external_ref FROM product WHERE handle = :handle
;

-- query catalog_product_row one
-- Everything of a product that stands in its own row.
-- in id int
SELECT id, handle, title, description, vendor, kind, status, tax_category, manufacturer_id, safety_text, seo_title,
    seo_description, external_ref, search_text, created_at, updated_at, version
FROM product WHERE id = :id
;

-- query catalog_product_insert insert
-- in handle text, title text, description html, vendor text, kind text, status text, tax_category text,
--    manufacturer_id int?, safety_text text, seo_title text, seo_description text, external_ref text, now time
INSERT INTO product (handle, title, description, vendor, kind, status, tax_category, manufacturer_id, safety_text,
    seo_title, seo_description, external_ref, search_text, created_at, updated_at, version)
VALUES (:handle, :title, :description, :vendor, :kind, :status, :tax_category, :manufacturer_id, :safety_text,
    :seo_title, :seo_description, :external_ref, '', :now, :now, 1)
RETURNING id
;

-- query catalog_product_update exec
-- in id int, handle text, title text, description html, vendor text, kind text, status text, tax_category text,
--    manufacturer_id int?, safety_text text, seo_title text, seo_description text, external_ref text
UPDATE product SET handle = :handle, title = :title, description = :description, vendor = :vendor, kind = :kind,
    status = :status, tax_category = :tax_category, manufacturer_id = :manufacturer_id, safety_text = :safety_text,
    seo_title = :seo_title, seo_description = :seo_description, external_ref = :external_ref
WHERE id = :id
;

-- query catalog_product_touch exec
-- A save changed something: the version goes up.
-- in id int, now time
UPDATE product SET updated_at = :now, version = version + 1 WHERE id = :id
;

-- query catalog_product_search_put exec
-- in id int, search_text text
UPDATE product SET search_text = :search_text WHERE id = :id
;

-- query catalog_product_search_words all
-- Tags and SKUs of a product, for its search text.
-- in product_id int
SELECT tag AS "word:plain_text" FROM product_tag WHERE product_id = :product_id
UNION
SELECT sku AS "word:plain_text" FROM variant WHERE product_id = :product_id AND active = 1 AND sku <> ''
ORDER BY 1
;

-- query catalog_product_ids all
-- Products in the order of their ids, a page at a time.
-- in after int, count int
SELECT id FROM product WHERE id > :after ORDER BY id LIMIT :count
;

-- query catalog_product_texts all
-- All translations of a product and of what belongs to it.
-- in product_id int
SELECT t.object, t.object_id, t.field, t.lang, t.value FROM translation t
WHERE t.object = 'product' AND t.object_id = :product_id
UNION ALL
SELECT t.object, t.object_id, t.field, t.lang, t.value FROM product_option o
    JOIN translation t ON t.object = 'product_option' AND t.object_id = o.id
WHERE o.product_id = :product_id
UNION ALL
SELECT t.object, t.object_id, t.field, t.lang, t.value FROM product_option o
    JOIN option_value v ON v.option_id = o.id
    JOIN translation t ON t.object = 'option_value' AND t.object_id = v.id
WHERE o.product_id = :product_id
UNION ALL
SELECT t.object, t.object_id, t.field, t.lang, t.value FROM product_media m
    JOIN translation t ON t.object = 'product_media' AND t.object_id = m.id
WHERE m.product_id = :product_id
;

-- query catalog_manufacturer_by_name one
-- in name text
SELECT id, name, address, contact, responsible FROM manufacturer WHERE name = :name
;

-- query catalog_manufacturer_by_id one
-- in id int
SELECT id, name, address, contact, responsible FROM manufacturer WHERE id = :id
;

-- query catalog_manufacturer_put insert
-- in name text, address text, contact text, responsible text
INSERT INTO manufacturer (name, address, contact, responsible) VALUES (:name, :address, :contact, :responsible)
ON CONFLICT (name) DO UPDATE SET address = excluded.address, contact = excluded.contact,
    responsible = excluded.responsible
RETURNING id
;

-- query catalog_option_rows all
-- in product_id int
SELECT id, position, name FROM product_option WHERE product_id = :product_id ORDER BY position
;

-- query catalog_option_insert insert
-- in product_id int, position int, name text
INSERT INTO product_option (product_id, position, name) VALUES (:product_id, :position, :name)
RETURNING id
;

-- query catalog_option_rename exec
-- in id int, name text
UPDATE product_option SET name = :name WHERE id = :id
;

-- query catalog_option_delete exec
-- in id int
DELETE FROM product_option WHERE id = :id
;

-- query catalog_value_rows all
-- in product_id int
SELECT v.id, v.option_id, v.position, v.value FROM option_value v JOIN product_option o ON o.id = v.option_id
WHERE o.product_id = :product_id ORDER BY o.position, v.position, v.id
;

-- query catalog_value_insert insert
-- in option_id int, position int, value text
INSERT INTO option_value (option_id, position, value) VALUES (:option_id, :position, :value)
RETURNING id
;

-- query catalog_value_move exec
-- in id int, position int
UPDATE option_value SET position = :position WHERE id = :id
;

-- query catalog_value_delete exec
-- in id int
DELETE FROM option_value WHERE id = :id
;

-- query catalog_value_unused all
-- Option values of a product that no variant has.
-- in product_id int
SELECT v.id FROM option_value v JOIN product_option o ON o.id = v.option_id
WHERE o.product_id = :product_id AND v.id NOT IN (
    SELECT value1 FROM variant WHERE product_id = :product_id AND value1 IS NOT NULL
    UNION SELECT value2 FROM variant WHERE product_id = :product_id AND value2 IS NOT NULL
    UNION SELECT value3 FROM variant WHERE product_id = :product_id AND value3 IS NOT NULL
    UNION SELECT value4 FROM variant WHERE product_id = :product_id AND value4 IS NOT NULL
    UNION SELECT value5 FROM variant WHERE product_id = :product_id AND value5 IS NOT NULL)
;

-- query catalog_variant_rows all
-- All variants of a product, the inactive ones, too.
-- in product_id int
SELECT id, position, value1, value2, value3, value4, value5, title, sku, barcode, weight_g, requires_shipping,
    unit_amount, unit, base_amount, base_unit, media_id, active, external_ref
FROM variant WHERE product_id = :product_id ORDER BY position, id
;

-- query catalog_variant_by_ref one
-- in external_ref text
SELECT id, product_id FROM variant WHERE external_ref = :external_ref
;

-- query catalog_variant_by_sku all
-- Variants with this SKU, the active ones first.
-- in sku text
SELECT id, product_id, active FROM variant WHERE sku = :sku ORDER BY active DESC, id LIMIT 10
;

-- query catalog_variant_insert insert
-- in product_id int, position int, value1 int?, value2 int?, value3 int?, value4 int?, value5 int?, title text, sku text,
--    barcode text, weight_g int, requires_shipping flag, unit_amount decimal, unit text, base_amount decimal,
--    base_unit text, media_id int?, active flag, external_ref text
INSERT INTO variant (product_id, position, value1, value2, value3, value4, value5, title, sku, barcode, weight_g,
    requires_shipping, unit_amount, unit, base_amount, base_unit, media_id, active, external_ref)
VALUES (:product_id, :position, :value1, :value2, :value3, :value4, :value5, :title, :sku, :barcode, :weight_g,
    :requires_shipping, :unit_amount, :unit, :base_amount, :base_unit, :media_id, :active, :external_ref)
RETURNING id
;

-- query catalog_variant_update exec
-- in id int, position int, value1 int?, value2 int?, value3 int?, value4 int?, value5 int?, title text, sku text,
--    barcode text, weight_g int, requires_shipping flag, unit_amount decimal, unit text, base_amount decimal,
--    base_unit text, media_id int?, active flag, external_ref text
UPDATE variant SET position = :position, value1 = :value1, value2 = :value2, value3 = :value3, value4 = :value4,
    value5 = :value5, title = :title, sku = :sku, barcode = :barcode, weight_g = :weight_g,
    requires_shipping = :requires_shipping, unit_amount = :unit_amount, unit = :unit, base_amount = :base_amount,
    base_unit = :base_unit, media_id = :media_id, active = :active, external_ref = :external_ref
WHERE id = :id
;

-- query catalog_variant_clear_values exec
-- Inactive variants lose the values of options that are taken away.
-- in product_id int, keep int
UPDATE variant SET
    value1 = CASE WHEN :keep >= 1 THEN value1 ELSE NULL END,
    value2 = CASE WHEN :keep >= 2 THEN value2 ELSE NULL END,
    value3 = CASE WHEN :keep >= 3 THEN value3 ELSE NULL END,
    value4 = CASE WHEN :keep >= 4 THEN value4 ELSE NULL END,
    value5 = CASE WHEN :keep >= 5 THEN value5 ELSE NULL END
WHERE product_id = :product_id AND active = 0
;

-- query catalog_media_rows all
-- in product_id int
SELECT id, media_id, position, alt FROM product_media WHERE product_id = :product_id ORDER BY position, id
;

-- query catalog_media_insert insert
-- in product_id int, media_id int, position int, alt text
INSERT INTO product_media (product_id, media_id, position, alt) VALUES (:product_id, :media_id, :position, :alt)
RETURNING id
;

-- query catalog_media_update exec
-- in id int, position int, alt text
UPDATE product_media SET position = :position, alt = :alt WHERE id = :id
;

-- query catalog_media_delete exec
-- in id int
DELETE FROM product_media WHERE id = :id
;

-- query catalog_tag_rows all
-- in product_id int
SELECT tag FROM product_tag WHERE product_id = :product_id ORDER BY tag
;

-- query catalog_tag_insert exec
-- in product_id int, tag text
INSERT INTO product_tag (product_id, tag) VALUES (:product_id, :tag) ON CONFLICT (product_id, tag) DO NOTHING
;

-- query catalog_tag_delete exec
-- in product_id int, tag text
DELETE FROM product_tag WHERE product_id = :product_id AND tag = :tag
;

-- query catalog_attribute_by_name one
-- in name text
SELECT id, kind, label, unit FROM attribute WHERE name = :name
;

-- query catalog_attribute_insert insert
-- in name text, label text, kind text, unit text
INSERT INTO attribute (name, label, kind, unit) VALUES (:name, :label, :kind, :unit)
RETURNING id
;

-- query catalog_attribute_rows all
-- in product_id int
SELECT p.attribute_id, a.name, a.kind, p.position, p.value FROM product_attribute p
    JOIN attribute a ON a.id = p.attribute_id
WHERE p.product_id = :product_id ORDER BY p.attribute_id, p.position
;

-- query catalog_attribute_put exec
-- in product_id int, attribute_id int, position int, value text
INSERT INTO product_attribute (product_id, attribute_id, position, value)
VALUES (:product_id, :attribute_id, :position, :value)
ON CONFLICT (product_id, attribute_id, position) DO UPDATE SET value = excluded.value
;

-- query catalog_attribute_delete exec
-- in product_id int, attribute_id int, position int
DELETE FROM product_attribute
WHERE product_id = :product_id AND attribute_id = :attribute_id AND position = :position
;

-- query catalog_check_no_variant each
-- scan ok: a check reads everything
SELECT 'product ' || p.handle AS "object:plain_text", 'has no variant' AS "detail:plain_text"
FROM product p WHERE NOT EXISTS (SELECT 1 FROM variant v WHERE v.product_id = p.id)
;

-- query catalog_check_values each
-- scan ok: a check reads everything
-- A variant's value N is a value of its product's option N, and an active variant has one for each option.
SELECT 'variant ' || v.id AS "object:plain_text", 'option ' || o.position AS "detail:plain_text"
FROM variant v
    JOIN product_option o ON o.product_id = v.product_id
    LEFT JOIN option_value x ON x.option_id = o.id AND x.id = CASE o.position WHEN 1 THEN v.value1
        WHEN 2 THEN v.value2 WHEN 3 THEN v.value3 WHEN 4 THEN v.value4 ELSE v.value5 END
WHERE v.active = 1 AND x.id IS NULL
UNION ALL
SELECT 'variant ' || v.id AS "object:plain_text", 'a value without an option' AS "detail:plain_text"
FROM variant v
WHERE v.active = 1 AND (
    SELECT count(*) FROM product_option o WHERE o.product_id = v.product_id) <>
    CASE WHEN v.value1 IS NULL THEN 0 ELSE 1 END + CASE WHEN v.value2 IS NULL THEN 0 ELSE 1 END +
    CASE WHEN v.value3 IS NULL THEN 0 ELSE 1 END + CASE WHEN v.value4 IS NULL THEN 0 ELSE 1 END +
    CASE WHEN v.value5 IS NULL THEN 0 ELSE 1 END
;

-- query catalog_check_same_values each
-- scan ok: a check reads everything
-- Two active variants of a product with the same option values could not be told apart.
SELECT 'product ' || p.handle AS "object:plain_text", 'twice: ' || min(v.title) AS "detail:plain_text"
FROM variant v JOIN product p ON p.id = v.product_id
WHERE v.active = 1
GROUP BY p.handle, v.value1, v.value2, v.value3, v.value4, v.value5 HAVING count(*) > 1
;

-- query catalog_check_positions each
-- scan ok: a check reads everything
SELECT 'product ' || p.handle AS "object:plain_text", 'two active variants in one place' AS "detail:plain_text"
FROM variant v JOIN product p ON p.id = v.product_id
WHERE v.active = 1
GROUP BY p.handle, v.position HAVING count(*) > 1
UNION ALL
SELECT 'product ' || p.handle AS "object:plain_text", 'two pictures in one place' AS "detail:plain_text"
FROM product_media m JOIN product p ON p.id = m.product_id
GROUP BY p.handle, m.position HAVING count(*) > 1
;

-- query catalog_first_variants_by_ref each
-- Products whose reference lies in a range, with their first variant.
-- in first text, after text
SELECT p.external_ref AS "external_ref:plain_text", p.id AS "product_id:id_int", v.id AS "variant_id:id_int"
FROM product p JOIN variant v ON v.product_id = p.id AND v.position = 1 AND v.active = 1
WHERE p.external_ref >= :first AND p.external_ref < :after
;

-- query catalog_option_most one
-- scan ok: once an export
-- The largest number of options that a product has.
SELECT CAST(coalesce(max(position), 0) AS bigint) AS "options:count_int" FROM product_option
;

-- query catalog_product_by_handles all
-- Products in the order of their handles, a page at a time.
-- in after text, count int
SELECT id, handle FROM product WHERE handle > :after ORDER BY handle LIMIT :count
;

-- query catalog_old_handle_put exec
-- in object text, handle text, object_id int
INSERT INTO old_handle (object, handle, object_id) VALUES (:object, :handle, :object_id)
ON CONFLICT (object, handle) DO UPDATE SET object_id = excluded.object_id;
