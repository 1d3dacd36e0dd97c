-- SPDX-License-Identifier: Apache-2.0

-- query themes_all all
-- Themes by name, the live one first, with their newest revision.
-- scan ok: a shop has few themes
-- row themes_row
SELECT t.id, t.name, t.built_in, r.id AS "revision_id:id_int", r.number AS "revision:count_int",
    r.created_at AS "changed_at:time_int", r.note AS "note:plain_text",
    CASE WHEN l.theme_id = t.id THEN 1 ELSE 0 END AS "live:flag_int",
    CASE WHEN l.theme_id = t.id THEN l.revision_id ELSE 0 END AS "live_revision_id:id_int",
    CASE WHEN l.theme_id = t.id THEN l.at ELSE 0 END AS "live_since:time_int"
FROM theme t
JOIN theme_revision r ON r.id = (SELECT max(x.id) FROM theme_revision x WHERE x.theme_id = t.id)
CROSS JOIN (SELECT v.theme_id, p.revision_id, p.at FROM theme_publication p
    JOIN theme_revision v ON v.id = p.revision_id ORDER BY p.id DESC LIMIT 1) l
WHERE t.removed_at IS NULL
ORDER BY 8 DESC, t.name, t.id
;

-- query themes_live one
-- What visitors see.
-- scan ok: the last row
SELECT p.id, p.revision_id, p.back_to, p.at, r.theme_id AS "theme_id:id_int" FROM theme_publication p
JOIN theme_revision r ON r.id = p.revision_id ORDER BY p.id DESC LIMIT 1
;

-- query themes_publication_before one
-- The publication before one of them whose theme is still there.
-- in id int
SELECT p.id, p.revision_id, p.back_to, r.theme_id AS "theme_id:id_int" FROM theme_publication p
JOIN theme_revision r ON r.id = p.revision_id JOIN theme t ON t.id = r.theme_id AND t.removed_at IS NULL
WHERE p.id < :id ORDER BY p.id DESC LIMIT 1
;

-- query themes_publication_get one
-- in id int
SELECT p.id, p.revision_id, p.back_to, r.theme_id AS "theme_id:id_int" FROM theme_publication p
JOIN theme_revision r ON r.id = p.revision_id WHERE p.id = :id
;

-- query themes_publication_add insert
-- in revision_id int, back_to int?, actor text, at time
INSERT INTO theme_publication (revision_id, back_to, actor, at) VALUES (:revision_id, :back_to, :actor, :at)
RETURNING id
;

-- query themes_ever_live one
-- Whether a revision of the theme is part of the history of what was live.
-- in theme_id int
SELECT p.id FROM theme_publication p JOIN theme_revision r ON r.id = p.revision_id
WHERE r.theme_id = :theme_id ORDER BY p.id LIMIT 1
;

-- query themes_add_row insert
-- in name text, built_in flag, created_at time
INSERT INTO theme (name, built_in, created_at) VALUES (:name, :built_in, :created_at) ON CONFLICT (name) DO NOTHING
RETURNING id
;

-- query themes_hide exec
-- in theme_id int, now time
UPDATE theme SET removed_at = :now, name = name || ' #' || CAST(id AS text) WHERE id = :theme_id
;

-- query themes_delete_previews exec
-- in theme_id int
DELETE FROM theme_preview WHERE theme_id = :theme_id
;

-- query themes_delete_problems exec
-- in theme_id int
DELETE FROM theme_problem WHERE revision_id IN (SELECT id FROM theme_revision WHERE theme_id = :theme_id)
;

-- query themes_delete_files exec
-- in theme_id int
DELETE FROM theme_file WHERE revision_id IN (SELECT id FROM theme_revision WHERE theme_id = :theme_id)
;

-- query themes_delete_revisions exec
-- in theme_id int
DELETE FROM theme_revision WHERE theme_id = :theme_id
;

-- query themes_delete_row exec
-- in theme_id int
DELETE FROM theme WHERE id = :theme_id
;

-- query themes_delete_blobs exec
-- Content that no revision has any more.
-- scan ok: after a theme was removed
DELETE FROM theme_blob WHERE NOT EXISTS (SELECT 1 FROM theme_file f WHERE f.blob_id = theme_blob.id)
;

-- query themes_revision_last one
-- in theme_id int
SELECT r.id, r.number FROM theme_revision r JOIN theme t ON t.id = r.theme_id AND t.removed_at IS NULL
WHERE r.theme_id = :theme_id ORDER BY r.number DESC LIMIT 1
;

-- query themes_revision_get one
-- in id int
SELECT r.id, r.theme_id, r.number, t.name AS "name:plain_text", t.built_in AS "built_in:flag_int"
FROM theme_revision r JOIN theme t ON t.id = r.theme_id WHERE r.id = :id
;

-- query themes_revision_list all
-- Revisions of a theme, newest first; live: what visitors see.
-- scan ok: the last publication
-- in theme_id int, count int
SELECT r.id, r.number, r.note, r.actor, r.created_at,
    CASE WHEN r.id = (SELECT p.revision_id FROM theme_publication p ORDER BY p.id DESC LIMIT 1) THEN 1 ELSE 0 END
        AS "live:flag_int"
FROM theme_revision r WHERE r.theme_id = :theme_id ORDER BY r.number DESC LIMIT :count
;

-- query themes_revision_add insert
-- in theme_id int, number int, note text, actor text, created_at time
INSERT INTO theme_revision (theme_id, number, note, actor, created_at)
VALUES (:theme_id, :number, :note, :actor, :created_at)
RETURNING id
;

-- query themes_file_copy exec
-- All files of a revision into another one.
-- in from_id int, to_id int
INSERT INTO theme_file (revision_id, path, blob_id)
SELECT CAST(:to_id AS bigint), path, blob_id FROM theme_file WHERE revision_id = :from_id
;

-- query themes_file_put exec
-- in revision_id int, path text, blob_id int?
INSERT INTO theme_file (revision_id, path, blob_id) VALUES (:revision_id, :path, :blob_id)
ON CONFLICT (revision_id, path) DO UPDATE SET blob_id = excluded.blob_id
;

-- query themes_file_drop exec
-- in revision_id int, path text
DELETE FROM theme_file WHERE revision_id = :revision_id AND path = :path
;

-- query themes_blob_find one
-- in hash text
SELECT id FROM theme_blob WHERE hash = :hash
;

-- query themes_blob_add insert
-- in hash text, bytes blob
INSERT INTO theme_blob (hash, bytes) VALUES (:hash, :bytes)
RETURNING id
;

-- query themes_revision_files all
-- Files of a revision by path, with their bytes.
-- in revision_id int
SELECT f.path, b.bytes AS "bytes:bytes_blob?" FROM theme_file f LEFT JOIN theme_blob b ON b.id = f.blob_id
WHERE f.revision_id = :revision_id ORDER BY f.path
;

-- query themes_preview_add insert
-- in theme_id int, token_hash text, expires_at time
INSERT INTO theme_preview (theme_id, token_hash, expires_at) VALUES (:theme_id, :token_hash, :expires_at)
RETURNING id
;

-- query themes_preview_find one
-- in token_hash text, now time
SELECT p.theme_id FROM theme_preview p WHERE p.token_hash = :token_hash AND p.expires_at > :now
;

-- query themes_preview_clean exec
-- scan ok: a shop has few previews
-- in now time
DELETE FROM theme_preview WHERE expires_at <= :now
;

-- query themes_problem_count one
-- in revision_id int
SELECT count(*) AS "n:count_int" FROM theme_problem WHERE revision_id = :revision_id
;

-- query themes_problem_again exec
-- in revision_id int, file text, line int, message text, now time
UPDATE theme_problem SET times = times + 1, last_at = :now
WHERE revision_id = :revision_id AND file = :file AND line = :line AND message = :message
;

-- query themes_problem_add exec
-- Counts a problem of a revision at its place.
-- in revision_id int, file text, line int, message text, now time
INSERT INTO theme_problem (revision_id, file, line, message, times, first_at, last_at)
VALUES (:revision_id, :file, :line, :message, 1, :now, :now)
ON CONFLICT (revision_id, file, line, message) DO UPDATE SET times = theme_problem.times + 1, last_at = excluded.last_at
;

-- query themes_problems all
-- The newest problems of a theme.
-- scan ok: at most some hundred rows
-- in theme_id int?
SELECT p.file, p.line, p.message, p.times, p.first_at, p.last_at, t.name AS "theme:plain_text", r.number AS "revision:count_int"
FROM theme_problem p JOIN theme_revision r ON r.id = p.revision_id JOIN theme t ON t.id = r.theme_id
WHERE 1 = 1 /*?theme_id AND t.id = :theme_id */
ORDER BY p.last_at DESC, p.id DESC LIMIT 100
;

-- query themes_problem_clean exec
-- in before time
-- scan ok: at most some hundred rows
DELETE FROM theme_problem WHERE last_at < :before
;

-- query themes_check_live each
-- scan ok: a check reads everything
SELECT 'themes' AS "object:plain_text", 'no theme is live' AS "detail:plain_text"
WHERE NOT EXISTS (SELECT 1 FROM theme_publication)
UNION ALL
SELECT 'theme ' || t.name, 'is live and removed' FROM theme t JOIN theme_revision r ON r.theme_id = t.id
JOIN theme_publication p ON p.revision_id = r.id
WHERE t.removed_at IS NOT NULL AND p.id = (SELECT max(x.id) FROM theme_publication x)
;

-- query themes_check_revisions each
-- scan ok: a check reads everything
SELECT 'theme ' || t.name AS "object:plain_text", 'its revisions are not complete' AS "detail:plain_text"
FROM theme t LEFT JOIN theme_revision r ON r.theme_id = t.id
GROUP BY t.id, t.name HAVING count(r.id) = 0 OR count(r.id) <> max(r.number)
;

-- query themes_check_files each
-- A theme that is not built in has all its files.
-- scan ok: a check reads everything
SELECT 'theme ' || t.name AS "object:plain_text", 'has no content for ' || f.path AS "detail:plain_text"
FROM theme_file f JOIN theme_revision r ON r.id = f.revision_id JOIN theme t ON t.id = r.theme_id
WHERE f.blob_id IS NULL AND t.built_in = 0
;

-- query theme_alternates all
-- Whatever is shown with a template of its own.
SELECT object, object_id, suffix FROM theme_alternate ORDER BY object, object_id;

-- query theme_alternate_put exec
-- in object text, object_id int, suffix text
INSERT INTO theme_alternate (object, object_id, suffix) VALUES (:object, :object_id, :suffix)
ON CONFLICT (object, object_id) DO UPDATE SET suffix = excluded.suffix;

-- query theme_alternate_drop exec
-- in object text, object_id int
DELETE FROM theme_alternate WHERE object = :object AND object_id = :object_id;
