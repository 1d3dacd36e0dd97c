-- SPDX-License-Identifier: Apache-2.0

-- query mail_by_key one
-- in mail_key text
SELECT id FROM mail WHERE mail_key = :mail_key;

-- query mail_add insert
-- in kind text, order_id int?, recipient text, lang text, subject text, message text, mail_key text, created_at time
INSERT INTO mail (kind, order_id, recipient, lang, subject, message, mail_key, state, created_at)
VALUES (:kind, :order_id, :recipient, :lang, :subject, :message, :mail_key, 'queued', :created_at)
RETURNING id;

-- query mail_get one
-- in id int
SELECT id, kind, order_id, recipient, subject, message, mail_key, state FROM mail WHERE id = :id;

-- query mail_set_state exec
-- in id int, state text, sent_at time?
UPDATE mail SET state = :state, sent_at = :sent_at WHERE id = :id;

-- query mail_of_order all
-- in order_id int
SELECT id, kind, recipient, subject, state, created_at, sent_at FROM mail WHERE order_id = :order_id ORDER BY id;
