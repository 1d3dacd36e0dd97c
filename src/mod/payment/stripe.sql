-- SPDX-License-Identifier: Apache-2.0

-- query payment_by_id one
-- in id int
SELECT id, order_id, method, currency, amount, reference, provider_id FROM payment WHERE id = :id;

-- query payment_by_provider one
-- The payment behind a payment intent.
-- in provider_id text
SELECT id, order_id, method FROM payment WHERE provider_id = :provider_id;

-- query payment_set_provider exec
-- in id int, provider_id text
UPDATE payment SET provider_id = :provider_id WHERE id = :id;

-- query stripe_session_add insert
-- in payment_id int, order_id int, attempt int, amount money, created_at time, expires_at time
INSERT INTO stripe_session (payment_id, order_id, attempt, state, amount, created_at, expires_at, checked_at)
VALUES (:payment_id, :order_id, :attempt, 'asked', :amount, :created_at, :expires_at, :created_at)
RETURNING id;

-- query stripe_session_get one
-- in id int
-- row stripe_session_row
SELECT id, payment_id, order_id, attempt, state, amount, session_ref, payment_intent, url, created_at, expires_at
FROM stripe_session WHERE id = :id;

-- query stripe_session_by_ref one
-- in session_ref text
-- row stripe_session_row
SELECT id, payment_id, order_id, attempt, state, amount, session_ref, payment_intent, url, created_at, expires_at
FROM stripe_session WHERE session_ref = :session_ref;

-- query stripe_session_newest one
-- in payment_id int
-- row stripe_session_row
SELECT id, payment_id, order_id, attempt, state, amount, session_ref, payment_intent, url, created_at, expires_at
FROM stripe_session WHERE payment_id = :payment_id ORDER BY attempt DESC LIMIT 1;

-- query stripe_session_answered exec
-- Stripe has given the page.
-- in id int, session_ref text, url text, expires_at time
UPDATE stripe_session SET state = 'open', session_ref = :session_ref, url = :url, expires_at = :expires_at
WHERE id = :id AND state = 'asked';

-- query stripe_session_set exec
-- A paid page stays paid, whatever late answer comes; what is known of it is not forgotten.
-- in id int, state text, session_ref text?, payment_intent text?, checked_at time
UPDATE stripe_session SET
    state = CASE WHEN state = 'paid' THEN state ELSE :state END,
    session_ref = COALESCE(:session_ref, session_ref),
    payment_intent = COALESCE(:payment_intent, payment_intent),
    checked_at = :checked_at
WHERE id = :id;

-- query stripe_sessions_due all
-- Pages that nobody has told of for a while, the longest unseen first.
-- in before time, limit int
-- row stripe_session_row
SELECT id, payment_id, order_id, attempt, state, amount, session_ref, payment_intent, url, created_at, expires_at
FROM stripe_session WHERE state IN ('asked', 'open', 'processing') AND checked_at < :before
ORDER BY checked_at, id LIMIT :limit;

-- query stripe_orders_abandoned all
-- Orders of the shop to be paid at Stripe that were not, with no page left on which they could be.
-- in before time, expired_before time, limit int
SELECT o.id AS id FROM sale_order o
WHERE o.state = 'open' AND o.payment_state = 'pending' AND o.fulfilment_state = 'open' AND o.payment_method = 'stripe'
  AND o.source = 'shop' AND o.total > 0 AND o.placed_at < :before
  AND NOT EXISTS (SELECT 1 FROM stripe_session s WHERE s.order_id = o.id
                  AND (s.state IN ('asked', 'open', 'processing', 'paid') OR s.expires_at >= :expired_before))
ORDER BY o.id LIMIT :limit;

-- query provider_event_by_id one
-- in provider text, event_id text
SELECT id, outcome FROM provider_event WHERE provider = :provider AND event_id = :event_id;

-- query provider_event_add insert
-- in provider text, event_id text, type text, received_at time, outcome text
INSERT INTO provider_event (provider, event_id, type, received_at, outcome)
VALUES (:provider, :event_id, :type, :received_at, :outcome)
RETURNING id;

-- query provider_event_set exec
-- in provider text, event_id text, outcome text
UPDATE provider_event SET outcome = :outcome WHERE provider = :provider AND event_id = :event_id;

-- query provider_refund_by_provider one
-- in provider_id text
SELECT id, state FROM provider_refund WHERE provider_id = :provider_id;
