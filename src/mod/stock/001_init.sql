-- SPDX-License-Identifier: Apache-2.0
-- Pieces. stock_move is the truth, append-only; stock_level is its sum and is changed in the same transaction.
CREATE TABLE stock_level (
    variant_id id_int PRIMARY KEY REFERENCES variant(id),
    on_hand count_int NOT NULL,
    tracked flag_int NOT NULL,            -- 0: sold without counting
    backorder flag_int NOT NULL,          -- 1: may go below zero
    CHECK (on_hand >= 0 OR tracked = 0 OR backorder = 1)
);
CREATE TABLE stock_move (
    id key_int,
    variant_id id_int NOT NULL REFERENCES variant(id),
    quantity count_int NOT NULL,          -- signed change of on_hand
    reason plain_text NOT NULL CHECK (reason IN ('import', 'count', 'order', 'cancel', 'return', 'correction')),
    object plain_text NOT NULL,           -- "order", "import", "staff"
    object_id id_int NOT NULL,
    at time_int NOT NULL
);
CREATE INDEX stock_move_variant ON stock_move (variant_id, id);
CREATE INDEX stock_move_object ON stock_move (object, object_id);
