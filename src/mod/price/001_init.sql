-- SPDX-License-Identifier: Apache-2.0
-- What a variant costs, gross. price is derived: the newest change of each variant and currency.
CREATE TABLE price (
    variant_id id_int NOT NULL REFERENCES variant(id),
    currency currency_text NOT NULL,
    amount money_int NOT NULL CHECK (amount >= 0),
    compare_at money_int,                 -- an announced former price; a reduction is shown against low30 (PAngV § 11)
    sale_since time_int,                  -- when the present reduction began; NULL: no reduction
    low30 money_int,                      -- lowest amount of the 30 days before sale_since (derived from price_change)
    PRIMARY KEY (variant_id, currency)
);
CREATE TABLE price_change (               -- append-only
    id key_int,
    variant_id id_int NOT NULL REFERENCES variant(id),
    currency currency_text NOT NULL,
    amount money_int NOT NULL CHECK (amount >= 0),
    compare_at money_int,
    at time_int NOT NULL
);
CREATE INDEX price_change_variant ON price_change (variant_id, currency, at, id);
