-- SPDX-License-Identifier: Apache-2.0
-- What the buyer said in fields of a theme: with the cart ("Gift wrap": "yes") or with one of its lines ("Engraving": "Anna").
CREATE TABLE order_words (
    id key_int,
    order_id id_int NOT NULL REFERENCES sale_order(id),
    order_line_id id_int REFERENCES order_line(id), -- NULL: of the whole order
    words json_text NOT NULL              -- an object of texts
);
CREATE INDEX order_words_order ON order_words (order_id);
