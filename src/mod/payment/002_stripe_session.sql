-- SPDX-License-Identifier: Apache-2.0
-- Payment pages asked for at Stripe (Checkout Sessions), one row an attempt. The row is written before Stripe is asked, so that
-- a lost answer is found again by repeating the same request under the same idempotency key.
CREATE TABLE stripe_session (
    id key_int,
    payment_id id_int NOT NULL REFERENCES payment(id),
    order_id id_int NOT NULL REFERENCES sale_order(id),
    attempt count_int NOT NULL,
    state plain_text NOT NULL CHECK (state IN ('asked', 'open', 'processing', 'paid', 'expired', 'failed')),
    amount money_int NOT NULL,            -- asked for
    session_ref plain_text UNIQUE,        -- cs_..., NULL until Stripe has answered
    payment_intent plain_text,            -- pi_..., once paid
    url plain_text,                       -- where the payer pays, while it is open
    created_at time_int NOT NULL,
    expires_at time_int NOT NULL,
    checked_at time_int NOT NULL,         -- when it was last read back
    UNIQUE (payment_id, attempt)
);
CREATE INDEX stripe_session_order ON stripe_session (order_id, id);
CREATE INDEX stripe_session_state ON stripe_session (state, checked_at);
CREATE INDEX provider_refund_provider ON provider_refund (provider_id);
CREATE INDEX provider_refund_payment ON provider_refund (payment_id);
