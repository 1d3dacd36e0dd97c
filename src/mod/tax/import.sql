-- SPDX-License-Identifier: Apache-2.0

-- query tax_rate_add exec
-- A rate that holds from a moment on, where none holds yet.
-- in country text, category text, rate rate, valid_from time, source text
INSERT INTO tax_rate (country, category, rate, valid_from, valid_to, source)
VALUES (:country, :category, :rate, :valid_from, NULL, :source)
ON CONFLICT (country, category, valid_from) DO NOTHING
;
