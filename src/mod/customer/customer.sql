-- SPDX-License-Identifier: Apache-2.0

-- query customer_by_email one
-- in email text
SELECT id, name, lang FROM customer WHERE email = :email;

-- query customer_by_ref one
-- in external_ref text
SELECT id, name, lang FROM customer WHERE external_ref = :external_ref;

-- query customer_get one
-- in id int
SELECT id, email, name, lang, country, created_at FROM customer WHERE id = :id;

-- query customer_add insert
-- in email text?, name text, lang text, country text, created_at time, external_ref text?
INSERT INTO customer (email, name, lang, country, created_at, external_ref)
VALUES (:email, :name, :lang, :country, :created_at, :external_ref)
RETURNING id;

-- query login_code_open one
-- How many codes of this address can still be used.
-- in email text, now time
SELECT COUNT(*) AS "n:count_int" FROM login_code WHERE email = :email AND used_at IS NULL AND expires_at > :now;

-- query login_code_add insert
-- in email text, code_mac text, created_at time, expires_at time
INSERT INTO login_code (email, code_mac, attempts, created_at, expires_at)
VALUES (:email, :code_mac, 0, :created_at, :expires_at)
RETURNING id;

-- query login_code_list all
-- Codes of this address that are not used, newest first.
-- in email text
SELECT id, code_mac, attempts, expires_at FROM login_code
WHERE email = :email AND used_at IS NULL ORDER BY id DESC LIMIT 5;

-- query login_code_wrong exec
-- in email text
UPDATE login_code SET attempts = attempts + 1 WHERE email = :email AND used_at IS NULL;

-- query login_code_use exec
-- One code is used: all others of the address end with it.
-- in email text, now time
UPDATE login_code SET used_at = :now WHERE email = :email AND used_at IS NULL;

-- query login_code_used one
-- Whether a code was used up at exactly this moment.
-- in email text, code_mac text, used_at time
SELECT id FROM login_code WHERE email = :email AND code_mac = :code_mac AND used_at = :used_at;

-- query login_code_clean exec
-- scan ok: a table of minutes
-- in before time
DELETE FROM login_code WHERE expires_at < :before;

-- query customer_addresses all
-- The address book, the one used last first.
-- in customer_id int
SELECT id, name, company, street, extra, postcode, city, country, used_at FROM customer_address
WHERE customer_id = :customer_id ORDER BY used_at DESC, id DESC LIMIT 100;

-- query customer_address_add insert
-- in customer_id int, name text, company text, street text, extra text, postcode text, city text, country text, used_at time
INSERT INTO customer_address (customer_id, name, company, street, extra, postcode, city, country, used_at)
VALUES (:customer_id, :name, :company, :street, :extra, :postcode, :city, :country, :used_at)
RETURNING id;

-- query customer_address_set exec
-- in id int, customer_id int, name text, company text, street text, extra text, postcode text, city text, country text
UPDATE customer_address SET name = :name, company = :company, street = :street, extra = :extra, postcode = :postcode,
    city = :city, country = :country
WHERE id = :id AND customer_id = :customer_id;

-- query customer_address_use exec
-- in id int, customer_id int, now time
UPDATE customer_address SET used_at = :now WHERE id = :id AND customer_id = :customer_id;

-- query customer_address_drop exec
-- in id int, customer_id int
DELETE FROM customer_address WHERE id = :id AND customer_id = :customer_id;
