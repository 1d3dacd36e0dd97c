-- SPDX-License-Identifier: Apache-2.0
-- Handles that products and collections had before: their addresses lead to the present one.
CREATE TABLE old_handle (
    object plain_text NOT NULL CHECK (object IN ('product', 'collection')),
    handle plain_text NOT NULL,
    object_id id_int NOT NULL,            -- who had it last
    PRIMARY KEY (object, handle)
);
