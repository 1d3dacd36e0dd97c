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
    id key_int,
    order_id id_int NOT NULL REFERENCES sale_order(id),
    carrier plain_text NOT NULL,
    tracking plain_text NOT NULL,
    tracking_url plain_text NOT NULL,
    ship_key plain_text NOT NULL UNIQUE,  -- idempotency of the form that made it
    shipped_at time_int NOT NULL
);
CREATE INDEX shipment_order ON shipment (order_id);
CREATE TABLE shipment_line (
    shipment_id id_int NOT NULL REFERENCES shipment(id),
    order_line_id id_int NOT NULL REFERENCES order_line(id),
    quantity count_int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, order_line_id)
);
CREATE INDEX shipment_line_order_line ON shipment_line (order_line_id);
