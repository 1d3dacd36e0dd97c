-- SPDX-License-Identifier: Apache-2.0
-- What every module stands on: settings, sessions, jobs, audit, numbers, cache topics, translations.

CREATE TABLE setting (
    key plain_text PRIMARY KEY,
    value plain_text NOT NULL,            -- sealed when the setting is secret
    changed_at time_int NOT NULL
);

CREATE TABLE session (
    id key_int,
    realm plain_text NOT NULL CHECK (realm IN ('shop', 'desk')),
    token_hash plain_text NOT NULL UNIQUE,
    actor_kind plain_text NOT NULL CHECK (actor_kind IN ('visitor', 'customer', 'staff')),
    actor_id id_int,
    lang plain_text,
    created_at time_int NOT NULL,
    seen_at time_int NOT NULL,            -- written at most once in five minutes
    expires_at time_int NOT NULL
);
CREATE INDEX session_actor ON session (actor_kind, actor_id);
CREATE INDEX session_expires ON session (expires_at);

-- Durable work. A row is the promise of a committed transaction to the outside.
CREATE TABLE job (
    id key_int,
    kind plain_text NOT NULL,
    payload json_text NOT NULL,
    unique_key plain_text,                -- kind + key, once over all time while the row is kept
    state plain_text NOT NULL CHECK (state IN ('ready', 'running', 'done', 'dead')),
    attempts count_int NOT NULL,
    run_at time_int NOT NULL,
    lease_until time_int,
    last_error plain_text,
    created_at time_int NOT NULL,
    done_at time_int,
    UNIQUE (kind, unique_key)
);
CREATE INDEX job_due ON job (state, run_at, id);

-- Append-only. seal chains each row to all before it: BLAKE2b(previous seal, row). Rows are sealed in id order by a job;
-- a sealed row that changes, or a gap, breaks the chain (kontor check).
CREATE TABLE audit (
    id key_int,
    at time_int NOT NULL,
    actor_kind plain_text NOT NULL,
    actor_id id_int NOT NULL,
    actor_name pii_text NOT NULL,
    object plain_text NOT NULL,
    object_id id_int NOT NULL,
    action plain_text NOT NULL,
    detail json_text
);
CREATE INDEX audit_object ON audit (object, object_id, id);
CREATE TABLE audit_seal (
    audit_id id_int PRIMARY KEY REFERENCES audit(id),
    seal plain_text NOT NULL
);

CREATE TABLE number_range (
    name plain_text PRIMARY KEY,          -- "order", "credit_note", "adjustment"
    prefix plain_text NOT NULL,           -- may hold {year}
    width count_int NOT NULL,
    next count_int NOT NULL
);

-- Every bump of a page topic, for the caches of other processes; rows older than a minute are removed.
CREATE TABLE cache_bump (
    id key_int,
    topic count_int NOT NULL,             -- the hash's bits; 0: everything
    origin count_int NOT NULL,            -- which process wrote it
    at time_int NOT NULL
);

-- Texts of other languages than the shop's first, for any object: ("product", 12, "title", "en").
CREATE TABLE translation (
    object plain_text NOT NULL,
    object_id id_int NOT NULL,
    field plain_text NOT NULL,
    lang plain_text NOT NULL,
    value i18n_text NOT NULL,
    PRIMARY KEY (object, object_id, field, lang)
);
