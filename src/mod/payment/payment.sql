-- SPDX-License-Identifier: Apache-2.0

-- query payment_add insert
-- in order_id int, method text, currency currency, amount money, reference text, created_at time
INSERT INTO payment (order_id, method, currency, amount, reference, created_at)
VALUES (:order_id, :method, :currency, :amount, :reference, :created_at)
RETURNING id;

-- query payment_of_order one
-- The payment of an order; when there are several, the one with the most money left in it, so that a refund finds its way.
-- in order_id int
SELECT p.id AS id, p.method AS method, p.currency AS currency, p.amount AS amount, p.reference AS reference,
       p.provider_id AS provider_id, p.redirect_url AS redirect_url, p.created_at AS created_at, p.expires_at AS expires_at
FROM payment p WHERE p.order_id = :order_id
ORDER BY (SELECT COALESCE(SUM(e.amount), 0) FROM payment_entry e WHERE e.order_id = p.order_id AND e.payment_id = p.id) DESC, p.id DESC LIMIT 1;

-- query payment_held all
-- What each payment of an order still holds, most first. Money booked without a payment is in none.
-- in order_id int
SELECT p.id AS id, p.method AS method, CAST(COALESCE(SUM(e.amount), 0) AS bigint) AS "held:money_int"
FROM payment p LEFT JOIN payment_entry e ON e.order_id = p.order_id AND e.payment_id = p.id
WHERE p.order_id = :order_id GROUP BY p.id, p.method ORDER BY COALESCE(SUM(e.amount), 0) DESC, p.id DESC;

-- query payment_entry_by_key one
-- in unique_key text
SELECT id, order_id FROM payment_entry WHERE unique_key = :unique_key;

-- query payment_entry_add insert
-- in order_id int, payment_id int?, kind text, amount money, currency currency, source text, unique_key text, at time
INSERT INTO payment_entry (order_id, payment_id, kind, amount, currency, source, unique_key, at)
VALUES (:order_id, :payment_id, :kind, :amount, :currency, :source, :unique_key, :at)
RETURNING id;

-- query payment_ledger one
-- in order_id int
SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'capture' THEN amount ELSE 0 END), 0) AS bigint) AS "captured:money_int",
       CAST(COALESCE(SUM(CASE WHEN kind <> 'capture' THEN -amount ELSE 0 END), 0) AS bigint) AS "refunded:money_int"
FROM payment_entry WHERE order_id = :order_id;

-- query payment_entries all
-- in order_id int
SELECT id, kind, amount, currency, source, at FROM payment_entry WHERE order_id = :order_id ORDER BY id;

-- query payment_check_refund each
-- More paid back than came in.
-- scan ok: a check reads everything
SELECT CAST(order_id AS text) AS "object:plain_text", 'balance ' || CAST(SUM(amount) AS text) AS "detail:plain_text"
FROM payment_entry GROUP BY order_id HAVING SUM(amount) < 0;

-- query payment_check_state each
-- An order's payment state that is not what its ledger says.
-- scan ok: a check reads everything
SELECT o.number AS "object:plain_text", o.payment_state || ', captured ' || CAST(COALESCE(e.captured, 0) AS text) AS "detail:plain_text"
FROM sale_order o
LEFT JOIN (SELECT order_id, CAST(SUM(CASE WHEN kind = 'capture' THEN amount ELSE 0 END) AS bigint) AS captured,
                  CAST(SUM(CASE WHEN kind <> 'capture' THEN -amount ELSE 0 END) AS bigint) AS refunded
           FROM payment_entry GROUP BY order_id) e ON e.order_id = o.id
WHERE o.source <> 'import' AND o.payment_state <> CASE
    WHEN COALESCE(e.refunded, 0) > 0 THEN CASE WHEN e.refunded >= e.captured THEN 'refunded' ELSE 'part_refunded' END
    WHEN COALESCE(e.captured, 0) >= o.total THEN 'paid'
    WHEN COALESCE(e.captured, 0) > 0 THEN 'part_paid' ELSE 'pending' END;

-- query provider_refund_add insert
-- in payment_id int, credit_note_id int?, amount money, created_at time
INSERT INTO provider_refund (payment_id, credit_note_id, amount, state, created_at)
VALUES (:payment_id, :credit_note_id, :amount, 'asked', :created_at)
RETURNING id;

-- query provider_refund_get one
-- in id int
SELECT r.id AS id, r.amount AS amount, r.state AS state, r.created_at AS created_at, r.provider_id AS refund_provider_id, r.error AS error, p.id AS payment_id,
       p.order_id AS order_id, p.method AS method, p.provider_id AS provider_id, p.currency AS currency
FROM provider_refund r JOIN payment p ON p.id = r.payment_id WHERE r.id = :id;

-- query provider_refund_set exec
-- in id int, state text, provider_id text?, error text?
UPDATE provider_refund SET state = :state, provider_id = :provider_id, error = :error WHERE id = :id;
