-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE customer (
    id key_int,
    email pii_text UNIQUE,                -- lower case; NULL when an import knows none
    name pii_text NOT NULL,
    lang plain_text NOT NULL,
    country plain_text NOT NULL,
    created_at time_int NOT NULL,
    external_ref plain_text UNIQUE        -- "online-retail:17850"
);
CREATE TABLE customer_address (
    id key_int,
    customer_id id_int NOT NULL REFERENCES customer(id),
    name pii_text NOT NULL,
    company pii_text NOT NULL,
    street pii_text NOT NULL,
    extra pii_text NOT NULL,
    postcode pii_text NOT NULL,
    city pii_text NOT NULL,
    country plain_text NOT NULL,
    used_at time_int NOT NULL
);
CREATE INDEX customer_address_customer ON customer_address (customer_id);
CREATE TABLE login_code (                 -- one-time codes for customers, by mail
    id key_int,
    email pii_text NOT NULL,
    code_mac plain_text NOT NULL,
    attempts count_int NOT NULL,          -- wrong guesses; 5 end it
    created_at time_int NOT NULL,
    expires_at time_int NOT NULL,
    used_at time_int
);
CREATE INDEX login_code_email ON login_code (email, id);
