-- SPDX-License-Identifier: Apache-2.0
-- A tiny schema for the tests of the database room; also the example of docs/database.md.
CREATE TABLE toy (
    id key_int,
    name plain_text NOT NULL UNIQUE,
    price money_int NOT NULL,
    sold_at time_int,
    loud flag_int NOT NULL,
    story html_text,
    owner pii_text,
    picture bytes_blob
);
CREATE TABLE counter ( -- small
    name plain_text PRIMARY KEY,
    value count_int NOT NULL
);
INSERT INTO counter (name, value) VALUES ('a', 0);
