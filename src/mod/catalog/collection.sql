-- SPDX-License-Identifier: Apache-2.0

-- query catalog_collection_by_handle one
-- in handle text
SELECT id FROM collection WHERE handle = :handle
;

-- query catalog_collection_by_ref one
-- in external_ref text
SELECT id FROM collection WHERE external_ref = :external_ref
;

-- query catalog_collection_row one
-- in id int
SELECT id, handle, title, description, kind, rule, sort, media_id, seo_title, seo_description, position, external_ref
FROM collection WHERE id = :id
;

-- query catalog_collection_insert insert
-- in handle text, title text, description html, kind text, rule json, sort text, media_id int?, seo_title text,
--    seo_description text, position int, external_ref text
INSERT INTO collection (handle, title, description, kind, rule, sort, media_id, seo_title, seo_description, position,
    external_ref)
VALUES (:handle, :title, :description, :kind, :rule, :sort, :media_id, :seo_title, :seo_description, :position,
    :external_ref)
RETURNING id
;

-- query catalog_collection_update exec
-- in id int, handle text, title text, description html, kind text, rule json, sort text, media_id int?, seo_title text,
--    seo_description text, position int, external_ref text
UPDATE collection SET handle = :handle, title = :title, description = :description, kind = :kind, rule = :rule,
    sort = :sort, media_id = :media_id, seo_title = :seo_title, seo_description = :seo_description,
    position = :position, external_ref = :external_ref
WHERE id = :id
;

-- query catalog_collection_texts all
-- in id int
SELECT object, object_id, field, lang, value FROM translation WHERE object = 'collection' AND object_id = :id
;

-- query catalog_collection_members all
-- in collection_id int
SELECT product_id, position FROM collection_product WHERE collection_id = :collection_id ORDER BY position, product_id
;

-- query catalog_member_put exec
-- in collection_id int, product_id int, position int
INSERT INTO collection_product (collection_id, product_id, position) VALUES (:collection_id, :product_id, :position)
ON CONFLICT (collection_id, product_id) DO UPDATE SET position = excluded.position
;

-- query catalog_member_delete exec
-- in collection_id int, product_id int
DELETE FROM collection_product WHERE collection_id = :collection_id AND product_id = :product_id
;

-- query catalog_member_is one
-- in collection_id int, product_id int
SELECT position FROM collection_product WHERE collection_id = :collection_id AND product_id = :product_id
;

-- query catalog_member_last one
-- in collection_id int
SELECT CAST(coalesce(max(position), 0) AS bigint) AS "position:count_int" FROM collection_product
WHERE collection_id = :collection_id
;

-- query catalog_rule_collections all
-- scan ok: a shop has few collections
SELECT id, rule FROM collection WHERE kind = 'rule' ORDER BY id
;

-- query catalog_product_facts one
-- What rules may ask about a product; its tags and attributes are read beside it.
-- in id int
SELECT id, handle, title, vendor, kind, status, created_at FROM product WHERE id = :id
;

-- query catalog_product_weight one
-- in product_id int
SELECT CAST(coalesce(min(weight_g), 0) AS bigint) AS "weight_g:count_int" FROM variant
WHERE product_id = :product_id AND active = 1
;

-- query catalog_product_collections all
-- Collections that a product is in.
-- in product_id int
SELECT c.id, c.handle, c.title, c.kind, c.external_ref FROM collection_product m JOIN collection c ON c.id = m.collection_id
WHERE m.product_id = :product_id ORDER BY c.position, c.id
;
