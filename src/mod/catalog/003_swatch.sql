-- SPDX-License-Identifier: Apache-2.0
-- What an option value looks like. By its word, once for the whole shop: every product that comes in "Salbei" shows
-- the same dot, in its option as in the filters.
CREATE TABLE swatch (
    id key_int,
    value plain_text NOT NULL UNIQUE,     -- option_value.value in the first language
    color plain_text NOT NULL,            -- "#9caf88", or "" when there is a picture only
    media_id id_int REFERENCES media(id), -- a pattern, a weave
    CHECK (color <> '' OR media_id IS NOT NULL)
);
