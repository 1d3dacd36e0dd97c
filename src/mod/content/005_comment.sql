-- SPDX-License-Identifier: Apache-2.0
-- What visitors write under articles. Nothing is shown before somebody of the shop has read it.
ALTER TABLE blog ADD COLUMN comments plain_text NOT NULL DEFAULT 'closed' CHECK (comments IN ('closed', 'moderated'));
CREATE TABLE article_comment (
    id key_int,
    article_id id_int NOT NULL REFERENCES article(id),
    author pii_text NOT NULL,
    email pii_text NOT NULL,              -- to ask back; never shown to visitors
    body pii_text NOT NULL,               -- plain text
    state plain_text NOT NULL CHECK (state IN ('waiting', 'shown', 'refused')),
    created_at time_int NOT NULL,
    changed_at time_int NOT NULL
);
CREATE INDEX article_comment_article ON article_comment (article_id, state, id);
CREATE INDEX article_comment_state ON article_comment (state, changed_at);
