-- SPDX-License-Identifier: Apache-2.0
-- Money that moved. payment_entry is the ledger of each order, append-only; what is paid and refunded is only its sum.
CREATE TABLE payment (
    id key_int,
    order_id id_int NOT NULL REFERENCES sale_order(id),
    method plain_text NOT NULL,           -- "bank_transfer", "stripe"
    currency currency_text NOT NULL,
    amount money_int NOT NULL,            -- asked for
    reference plain_text NOT NULL UNIQUE, -- what the payer writes or the provider returns: the order's number, cs_...
    provider_id plain_text UNIQUE,        -- Stripe payment intent
    redirect_url plain_text,              -- where the payer pays, while it is open
    created_at time_int NOT NULL,
    expires_at time_int
);
CREATE INDEX payment_order ON payment (order_id);
CREATE TABLE payment_entry (
    id key_int,
    order_id id_int NOT NULL REFERENCES sale_order(id),
    payment_id id_int REFERENCES payment(id),
    kind plain_text NOT NULL CHECK (kind IN ('capture', 'refund', 'refund_failed')),
    amount money_int NOT NULL,            -- capture and refund_failed positive, refund negative
    currency currency_text NOT NULL,
    source plain_text NOT NULL,           -- "camt:12", "stripe:evt_1", "staff:3"
    unique_key plain_text NOT NULL UNIQUE, -- the same movement is booked once, whatever tells of it first
    at time_int NOT NULL
);
CREATE INDEX payment_entry_order ON payment_entry (order_id, id);

CREATE TABLE bank_statement (
    id key_int,
    file_hash plain_text NOT NULL UNIQUE, -- the same file again changes nothing
    filename plain_text NOT NULL,
    iban plain_text NOT NULL,
    statement_ref plain_text NOT NULL,
    imported_at time_int NOT NULL
);
CREATE TABLE bank_entry (
    id key_int,
    statement_id id_int NOT NULL REFERENCES bank_statement(id),
    entry_key plain_text NOT NULL UNIQUE, -- account + bank's reference: the same booking in two files is one
    booked_at time_int NOT NULL,
    currency currency_text NOT NULL,
    amount money_int NOT NULL,            -- signed: credit positive
    party pii_text NOT NULL,
    party_iban pii_text NOT NULL,
    remittance pii_text NOT NULL,         -- what the payer wrote
    state plain_text NOT NULL CHECK (state IN ('matched', 'open', 'ignored')),
    reason plain_text NOT NULL,           -- why it was left open, else empty: "no_reference" "unknown_order" "several_orders"
                                          -- "amount_differs" "already_paid" "cancelled" "currency" "debit" "reversal" (docs/payments.md)
    order_id id_int REFERENCES sale_order(id)
);
CREATE INDEX bank_entry_state ON bank_entry (state, id);

CREATE TABLE provider_event (             -- webhooks received, each once
    id key_int,
    provider plain_text NOT NULL,
    event_id plain_text NOT NULL,
    type plain_text NOT NULL,
    received_at time_int NOT NULL,
    outcome plain_text NOT NULL,          -- what it led to, for the desk
    UNIQUE (provider, event_id)
);
CREATE TABLE provider_refund (            -- refunds asked of a provider; a job carries them out
    id key_int,
    payment_id id_int NOT NULL REFERENCES payment(id),
    credit_note_id id_int REFERENCES credit_note(id),
    amount money_int NOT NULL,
    state plain_text NOT NULL CHECK (state IN ('asked', 'done', 'failed')),
    provider_id plain_text,
    error plain_text,
    created_at time_int NOT NULL
);
