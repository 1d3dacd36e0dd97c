-- SPDX-License-Identifier: Apache-2.0
-- Documents of the past, as an import brings them: already paid, shipped and closed.

-- query order_document_by_ref one
-- The document that an earlier run made of this reference.
-- in external_ref text
SELECT 'order' AS "kind:plain_text", id AS "id:id_int" FROM sale_order WHERE external_ref = :external_ref
UNION ALL
SELECT 'credit_note', id FROM credit_note WHERE external_ref = :external_ref
UNION ALL
SELECT 'adjustment', id FROM adjustment WHERE external_ref = :external_ref
;

-- query order_import_line exec
-- in order_id int, position int, variant_id int?, product_id int?, sku text, title text, quantity int, unit_price money, total money
INSERT INTO order_line (order_id, position, variant_id, product_id, sku, title, variant_title, quantity, unit_price, total,
    tax_category, tax_rate, tax)
VALUES (:order_id, :position, :variant_id, :product_id, :sku, :title, '', :quantity, :unit_price, :total, 'zero', 0, 0)
;

-- query order_import_credit_line exec
-- in credit_note_id int, variant_id int?, sku text, title text, quantity int, total money
INSERT INTO credit_note_line (credit_note_id, order_line_id, variant_id, sku, title, quantity, total, tax_rate, tax)
VALUES (:credit_note_id, NULL, :variant_id, :sku, :title, :quantity, :total, 0, 0)
;

-- query order_import_adjustment insert
-- in number text, at time, currency currency, total money, reason text, external_ref text
INSERT INTO adjustment (number, at, currency, total, reason, external_ref)
VALUES (:number, :at, :currency, :total, :reason, :external_ref)
RETURNING id
;

-- query order_import_adjustment_line exec
-- in adjustment_id int, variant_id int?, sku text, title text, quantity int, total money
INSERT INTO adjustment_line (adjustment_id, variant_id, sku, title, quantity, total)
VALUES (:adjustment_id, :variant_id, :sku, :title, :quantity, :total)
;
