-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE cart (
    id key_int,
    session_id id_int NOT NULL UNIQUE,    -- of core's session
    created_at time_int NOT NULL,
    updated_at time_int NOT NULL,
    order_key plain_text NOT NULL         -- idempotency key of the order this cart will become; new after each order
);
CREATE TABLE cart_line (
    id key_int,
    cart_id id_int NOT NULL REFERENCES cart(id) ON DELETE CASCADE,
    variant_id id_int NOT NULL REFERENCES variant(id),
    quantity count_int NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    added_at time_int NOT NULL,
    UNIQUE (cart_id, variant_id)
);
