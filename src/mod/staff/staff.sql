-- SPDX-License-Identifier: Apache-2.0

-- query staff_by_email one
-- in email text
SELECT id, name, role, password_hash, totp_secret, failed, locked_until, disabled FROM staff WHERE email = :email;

-- query staff_get one
-- in id int
SELECT id, email, name, role, lang, totp_secret, totp_step, failed, locked_until, disabled, created_at FROM staff WHERE id = :id;

-- query staff_insert insert
-- in email text, name text, role text, lang text, password_hash text?, created_at time
INSERT INTO staff (email, name, role, lang, password_hash, totp_step, failed, disabled, created_at)
VALUES (:email, :name, :role, :lang, :password_hash, 0, 0, 0, :created_at)
RETURNING id;

-- query staff_set_hash exec
-- in id int, password_hash text
UPDATE staff SET password_hash = :password_hash, failed = 0, locked_until = NULL WHERE id = :id;

-- query staff_set_failed exec
-- in id int, failed int, locked_until time?
UPDATE staff SET failed = :failed, locked_until = :locked_until WHERE id = :id;

-- query staff_set_totp exec
-- in id int, totp_secret text, totp_step int
UPDATE staff SET totp_secret = :totp_secret, totp_step = :totp_step, failed = 0, locked_until = NULL WHERE id = :id AND totp_secret IS NULL
;

-- query staff_clear_totp exec
-- The second factor was lost: it is set up anew at the next sign-in.
-- in id int
UPDATE staff SET totp_secret = NULL, failed = 0, locked_until = NULL WHERE id = :id;

-- query staff_use_totp_step exec
-- A step is used once: an older or the same one changes nothing.
-- in id int, totp_step int
UPDATE staff SET totp_step = :totp_step, failed = 0, locked_until = NULL WHERE id = :id AND totp_step < :totp_step;

-- query staff_set_role exec
-- in id int, role text, disabled flag
UPDATE staff SET role = :role, disabled = :disabled WHERE id = :id;

-- query staff_put_lang exec
-- in id int, lang text
UPDATE staff SET lang = :lang WHERE id = :id;

-- query staff_owner_count one
-- scan ok: a small table
SELECT COUNT(*) AS "n:count_int" FROM staff WHERE role = 'owner' AND disabled = 0;

-- query staff_list all
-- scan ok: a small table
SELECT id, email, name, role, disabled, created_at FROM staff ORDER BY email;

-- query staff_permissions all
-- in staff_id int
SELECT permission FROM staff_permission WHERE staff_id = :staff_id ORDER BY permission;

-- query staff_permission_clear exec
-- in staff_id int
DELETE FROM staff_permission WHERE staff_id = :staff_id;

-- query staff_permission_add exec
-- in staff_id int, permission text
INSERT INTO staff_permission (staff_id, permission) VALUES (:staff_id, :permission);

-- query staff_link_add insert
-- in staff_id int, token_hash text, expires_at time
INSERT INTO staff_link (staff_id, token_hash, expires_at) VALUES (:staff_id, :token_hash, :expires_at) RETURNING id;

-- query staff_link_use one
-- in token_hash text, now time
UPDATE staff_link SET used_at = :now WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
RETURNING staff_id;

-- query api_key_insert insert
-- in staff_id int, key_hash text, key_end text, secret text, permissions text, created_at time
INSERT INTO api_key (staff_id, key_hash, key_end, secret, permissions, created_at)
VALUES (:staff_id, :key_hash, :key_end, :secret, :permissions, :created_at)
RETURNING id;

-- query saved_view_list all
-- in staff_id int, page text
SELECT id, name, query FROM saved_view WHERE staff_id = :staff_id AND page = :page ORDER BY name;

-- query saved_view_put exec
-- in staff_id int, page text, name text, query text
INSERT INTO saved_view (staff_id, page, name, query) VALUES (:staff_id, :page, :name, :query)
ON CONFLICT (staff_id, page, name) DO UPDATE SET query = excluded.query;

-- query saved_view_drop exec
-- in id int, staff_id int
DELETE FROM saved_view WHERE id = :id AND staff_id = :staff_id;
