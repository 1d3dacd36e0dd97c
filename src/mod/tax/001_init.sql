-- SPDX-License-Identifier: Apache-2.0
-- Dated rates. Sources: UStG § 12 (1) 19 %, § 12 (2) 7 %; öUStG § 10 20 % and 10 %.
CREATE TABLE tax_rate ( -- small
    id key_int,
    country plain_text NOT NULL,          -- ISO 3166-1 alpha-2
    category plain_text NOT NULL CHECK (category IN ('standard', 'reduced', 'zero')),
    rate rate_int NOT NULL CHECK (rate BETWEEN 0 AND 1000000),
    valid_from time_int NOT NULL,
    valid_to time_int,                    -- first moment it no longer holds
    source plain_text NOT NULL,
    UNIQUE (country, category, valid_from)
);
INSERT INTO tax_rate (country, category, rate, valid_from, valid_to, source) VALUES
    ('DE', 'standard', 190000, 1167606000000000, 1593554400000000, 'UStG § 12 (1)'),
    ('DE', 'standard', 160000, 1593554400000000, 1609455600000000, 'UStG § 28 (1)'),
    ('DE', 'standard', 190000, 1609455600000000, NULL, 'UStG § 12 (1)'),
    ('DE', 'reduced', 70000, 1167606000000000, 1593554400000000, 'UStG § 12 (2)'),
    ('DE', 'reduced', 50000, 1593554400000000, 1609455600000000, 'UStG § 28 (2)'),
    ('DE', 'reduced', 70000, 1609455600000000, NULL, 'UStG § 12 (2)'),
    ('DE', 'zero', 0, 1167606000000000, NULL, 'UStG § 12 (3)'),
    ('AT', 'standard', 200000, 1451602800000000, NULL, 'öUStG § 10 (1)'),
    ('AT', 'reduced', 100000, 1451602800000000, NULL, 'öUStG § 10 (2)'),
    ('AT', 'zero', 0, 1451602800000000, NULL, 'öUStG § 10');
