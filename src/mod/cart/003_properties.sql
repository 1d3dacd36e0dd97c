-- SPDX-License-Identifier: Apache-2.0
-- A line may carry what is wished of it (an engraving, a colour of ribbon). The same goods with other wishes are another line.
CREATE TABLE cart_line_told (
    id key_int,
    cart_id id_int NOT NULL REFERENCES cart(id) ON DELETE CASCADE,
    variant_id id_int NOT NULL REFERENCES variant(id),
    properties json_text NOT NULL,        -- {"Engraving":"Anna"}: text to text, in the order given; {} when nothing is wished
    quantity count_int NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    added_at time_int NOT NULL,
    UNIQUE (cart_id, variant_id, properties)
);
INSERT INTO cart_line_told (cart_id, variant_id, properties, quantity, added_at)
SELECT cart_id, variant_id, '{}', quantity, added_at FROM cart_line ORDER BY id;
DROP TABLE cart_line;
ALTER TABLE cart_line_told RENAME TO cart_line;
