-- SPDX-License-Identifier: Apache-2.0
-- Every mail the shop sends, as it was written; a job sends it.
CREATE TABLE mail (
    id key_int,
    kind plain_text NOT NULL,             -- "order_confirmation" "payment_received" "shipped" "cancelled" "refunded" "login_code"
    order_id id_int REFERENCES sale_order(id),
    recipient pii_text NOT NULL,
    lang plain_text NOT NULL,
    subject pii_text NOT NULL,
    message secret_text NOT NULL,         -- the whole RFC 5322 message
    mail_key plain_text NOT NULL UNIQUE,  -- "order_confirmation:12"
    state plain_text NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    created_at time_int NOT NULL,
    sent_at time_int
);
CREATE INDEX mail_order ON mail (order_id);
