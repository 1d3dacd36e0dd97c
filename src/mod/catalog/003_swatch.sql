-- SPDX-License-Identifier: Apache-2.0
-- What an option value looks like. By its words, once for the whole shop: every product that comes in the colour "Salbei"
-- shows the same dot, on its page as in the filters; the scent "Salbei" does not.
CREATE TABLE swatch (
    id key_int,
    option_name plain_text NOT NULL,      -- product_option.name and option_value.value in the first language
    value plain_text NOT NULL,
    color plain_text NOT NULL,            -- "#9caf88", or "" when there is a picture only
    media_id id_int REFERENCES media(id), -- a pattern, a weave
    CHECK (color <> '' OR media_id IS NOT NULL),
    UNIQUE (option_name, value)
);
