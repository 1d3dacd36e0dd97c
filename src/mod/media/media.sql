-- SPDX-License-Identifier: Apache-2.0

-- query media_by_id one
-- in id int
SELECT id, hash, type, bytes, width, height, filename, source_url, state, error, attempts FROM media WHERE id = :id
;

-- query media_by_hash one
-- What is served at /media/<hash>/<filename>: the type that the bytes were found to have.
-- in hash text
SELECT id, type, bytes, width, height, filename FROM media WHERE hash = :hash AND state = 'ready' ORDER BY id LIMIT 1
;

-- query media_stored one
-- The medium that holds these bytes under this name of its own, not fetched for somebody else.
-- in hash text
SELECT id FROM media WHERE hash = :hash AND state = 'ready' AND source_url IS NULL ORDER BY id LIMIT 1
;

-- query media_by_url one
-- in source_url text
SELECT id, hash, state FROM media WHERE source_url = :source_url
;

-- query media_insert insert
-- in hash text, type text, bytes int, width int, height int, filename text, now time
INSERT INTO media (hash, type, bytes, width, height, filename, state, attempts, created_at)
VALUES (:hash, :type, :bytes, :width, :height, :filename, 'ready', 0, :now)
RETURNING id
;

-- query media_want_insert insert
-- in source_url text, filename text, now time
INSERT INTO media (filename, source_url, state, attempts, created_at) VALUES (:filename, :source_url, 'wanted', 0, :now)
RETURNING id
;

-- query media_arrived exec
-- in id int, hash text, type text, bytes int, width int, height int
UPDATE media SET hash = :hash, type = :type, bytes = :bytes, width = :width, height = :height, state = 'ready',
    error = NULL, attempts = attempts + 1
WHERE id = :id AND state <> 'ready'
;

-- query media_failed exec
-- A try that did not bring the picture; state "wanted" (another try follows) or "failed".
-- in id int, state text, error text
UPDATE media SET state = :state, error = :error, attempts = attempts + 1 WHERE id = :id AND state <> 'ready'
;

-- query media_again exec
-- in id int
UPDATE media SET state = 'wanted', error = NULL, attempts = 0 WHERE id = :id AND state = 'failed'
;

-- query media_list all
-- Media for the desk, newest first; by state.
-- scan ok: goes down the primary key and stops at count
-- in state text?, before int?, count int
SELECT id, hash, type, bytes, width, height, filename, source_url, state, error, attempts, created_at FROM media
WHERE 1 = 1
/*?state AND state = :state */
/*?before AND id < :before */
ORDER BY id DESC LIMIT :count
;

-- query media_counts all
-- scan ok: runs over the index of states
-- How many media are in which state.
SELECT state, count(*) AS "media:count_int" FROM media GROUP BY state ORDER BY state
;

-- query media_check_ready each
-- scan ok: a check reads everything
SELECT 'media ' || id AS "object:plain_text", state AS "detail:plain_text" FROM media
WHERE (state = 'ready' AND (hash IS NULL OR type IS NULL OR bytes IS NULL OR width IS NULL OR height IS NULL))
    OR (state <> 'ready' AND (hash IS NOT NULL OR source_url IS NULL))
    OR (state = 'failed' AND error IS NULL)
;
