-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE staff (
    id key_int,
    email pii_text NOT NULL UNIQUE,       -- lower case
    name pii_text NOT NULL,
    role plain_text NOT NULL CHECK (role IN ('owner', 'admin', 'staff')),
    lang plain_text NOT NULL,
    password_hash secret_text,            -- Argon2id (libsodium); NULL: sign-in link only
    totp_secret secret_text,              -- sealed; NULL: not set up yet
    totp_step count_int NOT NULL,         -- last step used: a code works once
    failed count_int NOT NULL,            -- wrong sign-ins in a row
    locked_until time_int,
    disabled flag_int NOT NULL,
    created_at time_int NOT NULL
);
CREATE TABLE staff_permission (
    staff_id id_int NOT NULL REFERENCES staff(id),
    permission plain_text NOT NULL,
    PRIMARY KEY (staff_id, permission)
);
CREATE TABLE staff_link (                 -- one-time sign-in links
    id key_int,
    staff_id id_int NOT NULL REFERENCES staff(id),
    token_hash plain_text NOT NULL UNIQUE,
    expires_at time_int NOT NULL,
    used_at time_int
);
CREATE TABLE saved_view (
    id key_int,
    staff_id id_int NOT NULL REFERENCES staff(id),
    page plain_text NOT NULL,             -- "orders"
    name plain_text NOT NULL,
    query plain_text NOT NULL,            -- "state=open&payment=pending"
    UNIQUE (staff_id, page, name)
);
CREATE TABLE api_key (
    id key_int,
    staff_id id_int NOT NULL REFERENCES staff(id),
    key_hash plain_text NOT NULL UNIQUE,  -- of ck_...
    key_end plain_text NOT NULL,          -- last 7 characters, to tell keys apart
    secret secret_text NOT NULL,          -- sealed cs_... (OAuth 1.0a needs it in clear)
    permissions plain_text NOT NULL CHECK (permissions IN ('read', 'write', 'read_write')),
    created_at time_int NOT NULL,
    used_at time_int
);
