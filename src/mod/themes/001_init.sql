-- SPDX-License-Identifier: Apache-2.0
-- Themes of the shop. What is saved never changes: a save is a new revision, a switch is a new publication.
CREATE TABLE theme ( -- small
    id key_int,
    name plain_text NOT NULL UNIQUE,
    built_in flag_int NOT NULL,           -- its files lie over those of the program's own theme
    created_at time_int NOT NULL,
    removed_at time_int                   -- once live, it stays as history
);
CREATE TABLE theme_revision (
    id key_int,
    theme_id id_int NOT NULL REFERENCES theme(id),
    number count_int NOT NULL,            -- 1, 2, 3 ... of a theme
    note plain_text NOT NULL,             -- what was done: "added", "settings"
    actor pii_text NOT NULL,
    created_at time_int NOT NULL,
    UNIQUE (theme_id, number)
);
CREATE TABLE theme_blob (                 -- content of files, each once
    id key_int,
    hash plain_text NOT NULL UNIQUE,      -- BLAKE2b-256, hex
    bytes bytes_blob NOT NULL
);
CREATE TABLE theme_file (
    id key_int,
    revision_id id_int NOT NULL REFERENCES theme_revision(id),
    path plain_text NOT NULL,
    blob_id id_int REFERENCES theme_blob(id), -- NULL: the built-in file of that path is taken away
    UNIQUE (revision_id, path)
);
CREATE TABLE theme_publication (          -- append-only; the last row is live
    id key_int,
    revision_id id_int NOT NULL REFERENCES theme_revision(id),
    back_to id_int REFERENCES theme_publication(id), -- a rollback: what is live again
    actor pii_text NOT NULL,
    at time_int NOT NULL
);
CREATE TABLE theme_preview (
    id key_int,
    theme_id id_int NOT NULL REFERENCES theme(id),
    token_hash plain_text NOT NULL UNIQUE,
    expires_at time_int NOT NULL
);
CREATE TABLE theme_problem ( -- small
    id key_int,
    revision_id id_int NOT NULL REFERENCES theme_revision(id),
    file plain_text NOT NULL,
    line count_int NOT NULL,
    message plain_text NOT NULL,
    times count_int NOT NULL,
    first_at time_int NOT NULL,
    last_at time_int NOT NULL,
    UNIQUE (revision_id, file, line, message)
);
CREATE INDEX theme_revision_theme ON theme_revision (theme_id);
CREATE INDEX theme_file_blob ON theme_file (blob_id);
CREATE INDEX theme_publication_revision ON theme_publication (revision_id);
CREATE INDEX theme_preview_theme ON theme_preview (theme_id);

INSERT INTO theme (name, built_in, created_at) VALUES ('Hanse', 1, 0);
INSERT INTO theme_revision (theme_id, number, note, actor, created_at)
    SELECT id, 1, 'built in', 'system', 0 FROM theme;
INSERT INTO theme_publication (revision_id, actor, at) SELECT id, 'system', 0 FROM theme_revision;
