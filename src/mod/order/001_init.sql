-- SPDX-License-Identifier: Apache-2.0
-- What was agreed. Rows keep what was shown at the time (titles, prices, tax); they are never edited: states move, events are added.
CREATE TABLE sale_order (
    id key_int,
    number plain_text NOT NULL UNIQUE,
    order_key plain_text UNIQUE,          -- a submit repeated finds the same order
    source plain_text NOT NULL CHECK (source IN ('shop', 'desk', 'api', 'import')),
    external_ref plain_text UNIQUE,       -- "online-retail:536365"
    placed_at time_int NOT NULL,
    state plain_text NOT NULL CHECK (state IN ('open', 'cancelled', 'closed')),
    payment_state plain_text NOT NULL CHECK (payment_state IN ('pending', 'paid', 'part_paid', 'part_refunded', 'refunded')),
    fulfilment_state plain_text NOT NULL CHECK (fulfilment_state IN ('open', 'part', 'fulfilled')),
    payment_method plain_text NOT NULL,   -- "bank_transfer", "stripe", "import"
    customer_id id_int REFERENCES customer(id),
    lang plain_text NOT NULL,
    currency currency_text NOT NULL,
    goods money_int NOT NULL,             -- gross sum of lines
    shipping money_int NOT NULL,          -- gross
    total money_int NOT NULL,             -- goods + shipping
    tax money_int NOT NULL,               -- contained in total
    shipping_method plain_text NOT NULL,  -- as shown
    delivery plain_text NOT NULL,         -- promise as shown
    email pii_text NOT NULL,
    phone pii_text NOT NULL,
    name pii_text NOT NULL,               -- delivery address
    company pii_text NOT NULL,
    street pii_text NOT NULL,
    extra pii_text NOT NULL,
    postcode pii_text NOT NULL,
    city pii_text NOT NULL,
    country plain_text NOT NULL,
    bill_name pii_text NOT NULL,          -- billing address; all empty: the same
    bill_company pii_text NOT NULL,
    bill_street pii_text NOT NULL,
    bill_extra pii_text NOT NULL,
    bill_postcode pii_text NOT NULL,
    bill_city pii_text NOT NULL,
    bill_country plain_text NOT NULL,
    note pii_text NOT NULL,
    terms json_text NOT NULL,             -- versions of the legal pages shown: {"agb":3,"widerruf":2}
    search_text pii_text NOT NULL         -- folded number, name, e-mail, city (derived)
);
CREATE INDEX sale_order_placed ON sale_order (placed_at, id);
CREATE INDEX sale_order_state ON sale_order (state, payment_state, fulfilment_state, id);
CREATE INDEX sale_order_customer ON sale_order (customer_id, id);
CREATE INDEX sale_order_email ON sale_order (email, id);

CREATE TABLE order_line (
    id key_int,
    order_id id_int NOT NULL REFERENCES sale_order(id),
    position count_int NOT NULL,
    variant_id id_int REFERENCES variant(id),
    product_id id_int REFERENCES product(id),
    sku plain_text NOT NULL,
    title plain_text NOT NULL,
    variant_title plain_text NOT NULL,
    quantity count_int NOT NULL,
    unit_price money_int NOT NULL,        -- gross, of one
    total money_int NOT NULL,             -- unit_price * quantity (imports: the file's product, rounded)
    tax_category plain_text NOT NULL,
    tax_rate rate_int NOT NULL,
    tax money_int NOT NULL                -- share of the order's tax; lines and shipping sum to sale_order.tax
);
CREATE INDEX order_line_order ON order_line (order_id, position);
CREATE INDEX order_line_variant ON order_line (variant_id);

CREATE TABLE order_tax (                  -- per rate, of the whole document
    order_id id_int NOT NULL REFERENCES sale_order(id),
    rate rate_int NOT NULL,
    gross money_int NOT NULL,
    tax money_int NOT NULL,
    PRIMARY KEY (order_id, rate)
);

CREATE TABLE order_event (                -- the timeline; append-only
    id key_int,
    order_id id_int NOT NULL REFERENCES sale_order(id),
    at time_int NOT NULL,
    kind plain_text NOT NULL,             -- "placed" "paid" "shipped" "cancelled" "refunded" "mail" "note" ...
    actor pii_text NOT NULL,
    detail json_text NOT NULL
);
CREATE INDEX order_event_order ON order_event (order_id, id);

CREATE TABLE credit_note (
    id key_int,
    number plain_text NOT NULL UNIQUE,
    order_id id_int REFERENCES sale_order(id), -- NULL: an import does not say which
    customer_id id_int REFERENCES customer(id),
    issued_at time_int NOT NULL,
    currency currency_text NOT NULL,
    total money_int NOT NULL CHECK (total <= 0), -- gross, negative
    tax money_int NOT NULL,
    reason plain_text NOT NULL,
    refund_key plain_text UNIQUE,         -- idempotency of the refund that made it
    external_ref plain_text UNIQUE
);
CREATE INDEX credit_note_order ON credit_note (order_id);
CREATE INDEX credit_note_issued ON credit_note (issued_at);
CREATE TABLE credit_note_line (
    id key_int,
    credit_note_id id_int NOT NULL REFERENCES credit_note(id),
    order_line_id id_int REFERENCES order_line(id),
    variant_id id_int REFERENCES variant(id),
    sku plain_text NOT NULL,
    title plain_text NOT NULL,
    quantity count_int NOT NULL,          -- positive: taken back
    total money_int NOT NULL,             -- gross, negative
    tax_rate rate_int NOT NULL,
    tax money_int NOT NULL
);
CREATE INDEX credit_note_line_note ON credit_note_line (credit_note_id);
CREATE INDEX credit_note_line_order_line ON credit_note_line (order_line_id);

CREATE TABLE adjustment (                 -- bookings that are neither sale nor return: bad debt, stock corrections
    id key_int,
    number plain_text NOT NULL UNIQUE,
    at time_int NOT NULL,
    currency currency_text NOT NULL,
    total money_int NOT NULL,
    reason plain_text NOT NULL,
    external_ref plain_text UNIQUE
);
CREATE INDEX adjustment_at ON adjustment (at);
CREATE TABLE adjustment_line (
    id key_int,
    adjustment_id id_int NOT NULL REFERENCES adjustment(id),
    variant_id id_int REFERENCES variant(id),
    sku plain_text NOT NULL,
    title plain_text NOT NULL,
    quantity count_int NOT NULL,
    total money_int NOT NULL
);
CREATE INDEX adjustment_line_adjustment ON adjustment_line (adjustment_id);

CREATE TABLE shipment (                   -- a parcel that left
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
