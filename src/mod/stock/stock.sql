-- SPDX-License-Identifier: Apache-2.0

-- query stock_get one
-- in variant_id int
SELECT on_hand, tracked, backorder FROM stock_level WHERE variant_id = :variant_id;

-- query stock_take one
-- Changes the level unless that would take more than there is. No row: refused (or there is no level).
-- in variant_id int, quantity int
UPDATE stock_level SET on_hand = on_hand + :quantity
WHERE variant_id = :variant_id AND (on_hand + :quantity >= 0 OR :quantity >= 0 OR tracked = 0 OR backorder = 1)
RETURNING on_hand;

-- query stock_level_set exec
-- in variant_id int, on_hand int, tracked flag, backorder flag
INSERT INTO stock_level (variant_id, on_hand, tracked, backorder)
VALUES (:variant_id, :on_hand, :tracked, :backorder)
ON CONFLICT (variant_id) DO UPDATE SET on_hand = excluded.on_hand, tracked = excluded.tracked, backorder = excluded.backorder;

-- query stock_move_add exec
-- in variant_id int, quantity int, reason text, object text, object_id int, at time
INSERT INTO stock_move (variant_id, quantity, reason, object, object_id, at)
VALUES (:variant_id, :quantity, :reason, :object, :object_id, :at);

-- query stock_variant_product one
-- in variant_id int
SELECT product_id FROM variant WHERE id = :variant_id;

-- query stock_moves all
-- The newest moves of a variant, for its page in the desk.
-- in variant_id int, limit int
SELECT id, quantity, reason, object, object_id, at FROM stock_move
WHERE variant_id = :variant_id ORDER BY id DESC LIMIT :limit;

-- query stock_last_import one
-- The number that the newest import counted: the sum of the moves up to its own.
-- in variant_id int
SELECT CAST(SUM(quantity) AS bigint) AS "counted:count_int?" FROM stock_move
WHERE variant_id = :variant_id
  AND id <= (SELECT MAX(i.id) FROM stock_move i WHERE i.variant_id = :variant_id AND i.reason = 'import');

-- query stock_check_sum each
-- A level that is not the sum of its moves.
-- scan ok: a check reads everything
SELECT CAST(l.variant_id AS text) AS "object:plain_text",
       'level ' || CAST(l.on_hand AS text) || ', moves ' || CAST(COALESCE(m.total, 0) AS text) AS "detail:plain_text"
FROM stock_level l
LEFT JOIN (SELECT variant_id, CAST(SUM(quantity) AS bigint) AS total FROM stock_move GROUP BY variant_id) m
  ON m.variant_id = l.variant_id
WHERE l.on_hand <> COALESCE(m.total, 0);

-- query stock_check_negative each
-- A counted level below zero that may not be.
-- scan ok: a check reads everything
SELECT CAST(variant_id AS text) AS "object:plain_text", 'oversold: ' || CAST(on_hand AS text) AS "detail:plain_text"
FROM stock_level WHERE on_hand < 0 AND tracked = 1 AND backorder = 0;

-- query stock_rebuild exec
-- Levels from moves.
-- scan ok: rebuild
UPDATE stock_level SET on_hand =
    COALESCE((SELECT CAST(SUM(m.quantity) AS bigint) FROM stock_move m WHERE m.variant_id = stock_level.variant_id), 0);
