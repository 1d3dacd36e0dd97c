-- SPDX-License-Identifier: Apache-2.0

-- query core_alive one
-- Answers when the database does.
SELECT 1 AS "alive:count_int"
;

-- query core_setting_rows all
-- Every setting that differs from its default.
SELECT key, value FROM setting ORDER BY key
;

-- query core_setting_get one
-- in key text
SELECT value FROM setting WHERE key = :key
;

-- query core_setting_put exec
-- in key text, value text, now time
INSERT INTO setting (key, value, changed_at) VALUES (:key, :value, :now)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
;

-- query core_session_by_token one
-- The living session behind a cookie.
-- in realm text, token_hash text, now time
SELECT id, actor_kind, actor_id, seen_at FROM session
WHERE token_hash = :token_hash AND realm = :realm AND expires_at > :now
;

-- query core_session_insert insert
-- in realm text, token_hash text, actor_kind text, actor_id int?, now time, expires_at time
INSERT INTO session (realm, token_hash, actor_kind, actor_id, created_at, seen_at, expires_at)
VALUES (:realm, :token_hash, :actor_kind, :actor_id, :now, :now, :expires_at)
RETURNING id
;

-- query core_session_touch exec
-- Seen again: lives longer.
-- in id int, now time, expires_at time
UPDATE session SET seen_at = :now, expires_at = :expires_at WHERE id = :id
;

-- query core_session_delete exec
-- in id int
DELETE FROM session WHERE id = :id
;

-- query core_session_delete_subject exec
-- Ends every session of a person but one.
-- in actor_kind text, actor_id int, but_session int
DELETE FROM session WHERE actor_kind = :actor_kind AND actor_id = :actor_id AND id <> :but_session
;

-- query core_session_expire exec
-- in now time
DELETE FROM session WHERE expires_at <= :now
;

-- query core_job_insert exec
-- Adds a job unless one with the same kind and key is there.
-- in kind text, payload json, unique_key text, run_at time, now time
INSERT INTO job (kind, payload, unique_key, state, attempts, run_at, created_at)
VALUES (:kind, :payload, :unique_key, 'ready', 0, :run_at, :now)
ON CONFLICT (kind, unique_key) DO NOTHING
;

-- query core_job_by_key one
-- in kind text, unique_key text
SELECT id, state, run_at FROM job WHERE kind = :kind AND unique_key = :unique_key
;

-- query core_job_peek one
-- The next job that is due, or whose runner let its lease run out.
-- in now time
SELECT id FROM (
    SELECT id, run_at FROM (SELECT id, run_at FROM job WHERE state = 'ready' AND run_at <= :now
                            ORDER BY run_at, id LIMIT 1) AS waiting
    UNION ALL
    SELECT id, run_at FROM (SELECT id, run_at FROM job WHERE state = 'running' AND lease_until <= :now
                            ORDER BY run_at, id LIMIT 1) AS left_alone
) AS due ORDER BY run_at, id LIMIT 1
;

-- query core_job_take one
-- Takes a job that is still to be had.
-- in id int, now time, lease_until time
UPDATE job SET state = 'running', attempts = attempts + 1, lease_until = :lease_until
WHERE id = :id
  AND ((state = 'ready' AND run_at <= :now) OR (state = 'running' AND lease_until <= :now))
RETURNING id, kind, payload, unique_key, attempts
;

-- query core_job_lease exec
-- Keeps a job that runs.
-- in id int, attempts int, lease_until time
UPDATE job SET lease_until = :lease_until
WHERE id = :id AND state = 'running' AND attempts = :attempts
;

-- query core_job_finish exec
-- Ends a run; does nothing when the lease ran out and another runner has the job.
-- in id int, attempts int, state text, attempts_after int, run_at time, last_error text, done_at time?
UPDATE job SET state = :state, attempts = :attempts_after, run_at = :run_at, lease_until = NULL,
    last_error = :last_error, done_at = :done_at
WHERE id = :id AND state = 'running' AND attempts = :attempts
;

-- query core_job_retry exec
-- A dead job may run again.
-- in id int, now time
UPDATE job SET state = 'ready', attempts = 0, run_at = :now WHERE id = :id AND state = 'dead'
;

-- query core_job_clean exec
-- in before time
DELETE FROM job WHERE state = 'done' AND done_at < :before
;

-- query core_job_list all
-- Jobs for the desk, newest first.
-- scan ok: in the order of the key, ended by the limit
-- in state text?, kind text?, count int
SELECT id, kind, unique_key, state, attempts, run_at, last_error, created_at, done_at FROM job
WHERE 1 = 1
/*?state AND state = :state */
/*?kind AND kind = :kind */
ORDER BY id DESC LIMIT :count
;

-- query core_job_counts all
-- How many jobs are in which state.
SELECT state, count(*) AS "jobs:count_int" FROM job GROUP BY state ORDER BY state
;

-- query core_audit_insert insert
-- in now time, actor_kind text, actor_id int, actor_name text, object text, object_id int, action text, detail json
INSERT INTO audit (at, actor_kind, actor_id, actor_name, object, object_id, action, detail)
VALUES (:now, :actor_kind, :actor_id, :actor_name, :object, :object_id, :action, :detail)
RETURNING id
;

-- query core_audit_list all
-- The trail for the desk, newest first.
-- scan ok: in the order of the key, ended by the limit
-- in object text?, object_id int?, before int?, count int
SELECT id, at, actor_kind, actor_id, actor_name, object, object_id, action, detail FROM audit
WHERE 1 = 1
/*?object AND object = :object */
/*?object_id AND object_id = :object_id */
/*?before AND id < :before */
ORDER BY id DESC LIMIT :count
;

-- query core_seal_last one
SELECT audit_id, seal FROM audit_seal ORDER BY audit_id DESC LIMIT 1
;

-- query core_audit_unsealed all
-- Rows after the last sealed one.
-- in after int, count int
SELECT id, at, actor_kind, actor_id, actor_name, object, object_id, action, detail FROM audit
WHERE id > :after
ORDER BY id LIMIT :count
;

-- query core_seal_insert exec
-- in audit_id int, seal text
INSERT INTO audit_seal (audit_id, seal) VALUES (:audit_id, :seal)
;

-- query core_audit_chain each
-- Every row up to the last sealed one, with its seal.
SELECT a.id, a.at, a.actor_kind, a.actor_id, a.actor_name, a.object, a.object_id, a.action, a.detail,
    s.seal AS "seal:plain_text?"
FROM audit a LEFT JOIN audit_seal s ON s.audit_id = a.id
WHERE a.id <= (SELECT max(audit_id) FROM audit_seal)
ORDER BY a.id
;

-- query core_seal_orphans each
-- Seals whose row was taken away.
SELECT s.audit_id FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id WHERE a.id IS NULL
;

-- query core_number_take one
-- in name text
UPDATE number_range SET next = next + 1 WHERE name = :name
RETURNING prefix, width, next - 1 AS "number:count_int"
;

-- query core_number_insert exec
-- in name text, prefix text, width int, next int
INSERT INTO number_range (name, prefix, width, next) VALUES (:name, :prefix, :width, :next)
ON CONFLICT (name) DO NOTHING
;

-- query core_bump_insert exec
-- in topic int, origin int, now time
INSERT INTO cache_bump (topic, origin, at) VALUES (:topic, :origin, :now)
;

-- query core_bump_last one
SELECT CAST(coalesce(max(id), 0) AS bigint) AS "id:id_int" FROM cache_bump
;

-- query core_bump_since all
-- What other processes changed.
-- in after int, origin int
SELECT id, topic, at FROM cache_bump WHERE id > :after AND origin <> :origin ORDER BY id LIMIT 1000
;

-- query core_bump_clean exec
-- scan ok: holds about a minute of bumps
-- in before time
DELETE FROM cache_bump WHERE at < :before
;

-- query core_translation_put exec
-- in object text, object_id int, field text, lang text, value text
INSERT INTO translation (object, object_id, field, lang, value)
VALUES (:object, :object_id, :field, :lang, :value)
ON CONFLICT (object, object_id, field, lang) DO UPDATE SET value = excluded.value
;

-- query core_translation_get one
-- in object text, object_id int, field text, lang text
SELECT value FROM translation
WHERE object = :object AND object_id = :object_id AND field = :field AND lang = :lang
;

-- query core_translation_delete exec
-- in object text, object_id int, field text, lang text
DELETE FROM translation
WHERE object = :object AND object_id = :object_id AND field = :field AND lang = :lang
;

-- query core_translation_drop exec
-- in object text, object_id int
DELETE FROM translation WHERE object = :object AND object_id = :object_id
;
