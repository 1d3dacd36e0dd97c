-- SPDX-License-Identifier: Apache-2.0
-- What a visitor says with a cart: a note, and named values that a theme's cart page asks for.
CREATE TABLE cart_words (
    cart_id id_int NOT NULL PRIMARY KEY REFERENCES cart(id) ON DELETE CASCADE,
    note pii_text NOT NULL,
    attributes json_text NOT NULL         -- {"Gift wrap":"yes"}: text to text, in the order given
);
