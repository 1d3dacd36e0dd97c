-- SPDX-License-Identifier: Apache-2.0

-- query statement_by_hash one
-- in file_hash text
SELECT id FROM bank_statement WHERE file_hash = :file_hash;

-- query statement_add insert
-- in file_hash text, filename text, iban text, statement_ref text, imported_at time
INSERT INTO bank_statement (file_hash, filename, iban, statement_ref, imported_at)
VALUES (:file_hash, :filename, :iban, :statement_ref, :imported_at)
RETURNING id;

-- query bank_entry_by_key one
-- in entry_key text
SELECT id FROM bank_entry WHERE entry_key = :entry_key;

-- query bank_entry_add insert
-- in statement_id int, entry_key text, booked_at time, currency currency, amount money, party text, party_iban text, remittance text, state text, reason text, order_id int?
INSERT INTO bank_entry (statement_id, entry_key, booked_at, currency, amount, party, party_iban, remittance, state, reason,
    order_id)
VALUES (:statement_id, :entry_key, :booked_at, :currency, :amount, :party, :party_iban, :remittance, :state, :reason,
    :order_id)
RETURNING id;

-- query bank_entry_get one
-- in id int
SELECT id, entry_key, booked_at, currency, amount, party, party_iban, remittance, state, reason, order_id
FROM bank_entry WHERE id = :id;

-- query bank_entry_list all
-- Entries of a state, newest first.
-- in state text, limit int, before_id int?
SELECT b.id AS id, b.booked_at AS booked_at, b.currency AS currency, b.amount AS amount, b.party AS party,
       b.remittance AS remittance, b.state AS state, b.reason AS reason, b.order_id AS order_id,
       (SELECT o.number FROM sale_order o WHERE o.id = b.order_id) AS "number:plain_text?"
FROM bank_entry b
WHERE b.state = :state /*?before_id AND b.id < :before_id */
ORDER BY b.id DESC LIMIT :limit;

-- query bank_entry_settle exec
-- in id int, state text, reason text, order_id int?
UPDATE bank_entry SET state = :state, reason = :reason, order_id = :order_id WHERE id = :id;

-- query payable_by_reference one
-- The order that a transfer with this reference is for, and what is still open of it.
-- in reference text
SELECT o.id AS id, o.number AS number, o.currency AS currency, o.state AS state, o.total AS total, p.id AS "payment_id:id_int?",
       CAST(COALESCE((SELECT SUM(e.amount) FROM payment_entry e WHERE e.order_id = o.id AND e.kind = 'capture'), 0) AS bigint)
           AS "captured:money_int"
FROM sale_order o LEFT JOIN payment p ON p.order_id = o.id AND p.reference = o.number AND p.method = 'bank_transfer'
WHERE o.number = :reference;
