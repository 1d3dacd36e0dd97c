-- SPDX-License-Identifier: Apache-2.0
-- Pages that the merchant writes: legal texts, about. Each save of a language is a version; orders remember which were shown.
CREATE TABLE page (
    id key_int,
    handle plain_text NOT NULL UNIQUE,
    position count_int NOT NULL
);
CREATE TABLE page_version (
    id key_int,
    page_id id_int NOT NULL REFERENCES page(id),
    lang plain_text NOT NULL,
    version count_int NOT NULL,
    title plain_text NOT NULL,
    source plain_text NOT NULL,           -- CommonMark
    body html_text NOT NULL,              -- rendered and safe
    created_at time_int NOT NULL,
    UNIQUE (page_id, lang, version)
);
