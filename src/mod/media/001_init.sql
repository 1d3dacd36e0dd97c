-- SPDX-License-Identifier: Apache-2.0
-- Pictures and files of the shop. Bytes are stored by content (SHA-256) in the media directory.
CREATE TABLE media (
    id key_int,
    hash plain_text,                      -- SHA-256 hex; NULL until the bytes are here
    type plain_text,                      -- "image/jpeg"; found from the bytes, not from the name
    bytes count_int,
    width count_int,
    height count_int,
    filename plain_text NOT NULL,
    source_url plain_text UNIQUE,         -- where an import says it comes from
    state plain_text NOT NULL CHECK (state IN ('ready', 'wanted', 'failed')),
    error plain_text,                     -- why it could not be fetched, for the desk
    attempts count_int NOT NULL,
    created_at time_int NOT NULL
);
CREATE INDEX media_hash ON media (hash);
CREATE INDEX media_state ON media (state, id);
