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

-- query order_import_lines exec
-- All lines of an order at once: [position, variant_id, product_id, sku, title, quantity, unit_price, total] each.
-- in order_id int, lines json
INSERT INTO order_line (order_id, position, variant_id, product_id, sku, title, variant_title, quantity, unit_price, total,
    tax_category, tax_rate, tax)
/*@sqlite SELECT :order_id, value->>0, value->>1, value->>2, value->>3, value->>4, '', value->>5, value->>6, value->>7,
    'zero', 0, 0 FROM json_each(:lines) */
/*@postgres SELECT :order_id, (e->>0)::bigint, (e->>1)::bigint, (e->>2)::bigint, e->>3, e->>4, '', (e->>5)::bigint,
    (e->>6)::bigint, (e->>7)::bigint, 'zero', 0, 0 FROM json_array_elements(CAST(:lines AS json)) AS x(e) */
;

-- query order_import_credit_lines exec
-- The same for a credit note.
-- in credit_note_id int, lines json
INSERT INTO credit_note_line (credit_note_id, order_line_id, variant_id, sku, title, quantity, total, tax_rate, tax)
/*@sqlite SELECT :credit_note_id, NULL, value->>1, value->>3, value->>4, value->>5, value->>7, 0, 0
    FROM json_each(:lines) */
/*@postgres SELECT :credit_note_id, NULL, (e->>1)::bigint, e->>3, e->>4, (e->>5)::bigint, (e->>7)::bigint, 0, 0
    FROM json_array_elements(CAST(:lines AS json)) AS x(e) */
;

-- query order_import_adjustment insert
-- in number text, at time, currency currency, total money, reason text, external_ref text
INSERT INTO adjustment (number, at, currency, total, reason, external_ref)
VALUES (:number, :at, :currency, :total, :reason, :external_ref)
RETURNING id
;

-- query order_import_adjustment_lines exec
-- in adjustment_id int, lines json
INSERT INTO adjustment_line (adjustment_id, variant_id, sku, title, quantity, total)
/*@sqlite SELECT :adjustment_id, value->>1, value->>3, value->>4, value->>5, value->>7 FROM json_each(:lines) */
/*@postgres SELECT :adjustment_id, (e->>1)::bigint, e->>3, e->>4, (e->>5)::bigint, (e->>7)::bigint
    FROM json_array_elements(CAST(:lines AS json)) AS x(e) */
;

-- query order_import_event exec
-- The beginning of the timeline. Without RETURNING, which costs more in a long transaction.
-- in order_id int, at time
INSERT INTO order_event (order_id, at, kind, actor, detail) VALUES (:order_id, :at, 'placed', 'import', '{}')
;

-- query order_any one
-- Whether anything was ever ordered.
SELECT id FROM sale_order LIMIT 1;
