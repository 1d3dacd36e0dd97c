-- SPDX-License-Identifier: Apache-2.0
-- Who wants the newsletter, and the proof of it (UWG § 7, DSGVO art. 7 (1)).
CREATE TABLE newsletter_member (
    id key_int,
    email pii_text NOT NULL UNIQUE,       -- as email_key writes it
    lang plain_text NOT NULL,
    state plain_text NOT NULL CHECK (state IN ('asked', 'active', 'left')),
    asked_at time_int NOT NULL,           -- of the newest confirmation mail
    mails count_int NOT NULL,             -- confirmation mails since the address was last settled
    changed_at time_int NOT NULL          -- when the state became what it is
);
CREATE INDEX newsletter_member_state ON newsletter_member (state, changed_at);
CREATE TABLE newsletter_event (           -- what was done when, and under which words
    id key_int,
    member_id id_int NOT NULL REFERENCES newsletter_member(id),
    kind plain_text NOT NULL CHECK (kind IN ('asked', 'confirmed', 'left')),
    page plain_text NOT NULL,             -- where the form stood
    words plain_text NOT NULL,            -- the text that was agreed to
    at time_int NOT NULL
);
CREATE INDEX newsletter_event_member ON newsletter_event (member_id, id);
