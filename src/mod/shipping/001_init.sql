-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE shipping_method ( -- small; translations: object shipping_method, fields name, delivery
    id key_int,
    name i18n_text NOT NULL,              -- "DHL Paket"
    delivery i18n_text NOT NULL,          -- "2–4 Werktage"
    countries json_text NOT NULL,         -- ["DE","AT"]
    price money_int NOT NULL,             -- gross
    free_from money_int,                  -- goods value from which it is free
    currency currency_text NOT NULL,
    days_min count_int NOT NULL,          -- working days
    days_max count_int NOT NULL,
    active flag_int NOT NULL,
    position count_int NOT NULL
);
