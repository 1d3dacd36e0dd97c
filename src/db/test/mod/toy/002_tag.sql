-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE toy_tag (
    toy_id id_int NOT NULL REFERENCES toy(id),
    tag plain_text NOT NULL,
    PRIMARY KEY (toy_id, tag)
);
/*@sqlite CREATE INDEX toy_tag_tag ON toy_tag (tag COLLATE NOCASE); */
/*@postgres CREATE INDEX toy_tag_tag ON toy_tag (lower(tag)); */
