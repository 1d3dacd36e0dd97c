-- SPDX-License-Identifier: Apache-2.0

-- query comment_insert insert
-- in article_id int, author text, email text, body text, now time
INSERT INTO article_comment (article_id, author, email, body, state, created_at, changed_at)
VALUES (:article_id, :author, :email, :body, 'waiting', :now, :now)
RETURNING id
;

-- query comment_same one
-- The same words by the same person under the same article.
-- in article_id int, email text, body text
SELECT id FROM article_comment WHERE article_id = :article_id AND email = :email AND body = :body LIMIT 1
;

-- query comment_waiting one
-- How many wait under an article.
-- in article_id int
SELECT count(*) AS "n:count_int" FROM article_comment WHERE article_id = :article_id AND state = 'waiting'
;

-- query comment_shown all
-- Comments that visitors see, oldest first; total counts all of them.
-- in article_id int, first int, count int
SELECT id, author, body, created_at, changed_at, COUNT(*) OVER () AS "total:count_int"
FROM article_comment WHERE article_id = :article_id AND state = 'shown' ORDER BY id LIMIT :count OFFSET :first
;

-- query comment_count one
-- in article_id int
SELECT count(*) AS "n:count_int" FROM article_comment WHERE article_id = :article_id AND state = 'shown'
;

-- query comment_list all
-- For the desk, newest first, with the article's title.
-- in state text, lang text, first int, count int
SELECT c.id, c.article_id, a.blog_id, c.author, c.email, c.body, c.state, c.created_at, b.handle AS "blog_handle:plain_text",
    a.handle, (SELECT v.title FROM article_version v WHERE v.article_id = a.id
        ORDER BY CASE WHEN v.lang = :lang THEN 0 ELSE 1 END, v.version DESC LIMIT 1) AS "title:plain_text",
    COUNT(*) OVER () AS "total:count_int"
FROM article_comment c JOIN article a ON a.id = c.article_id JOIN blog b ON b.id = a.blog_id
WHERE c.state = :state ORDER BY c.id DESC LIMIT :count OFFSET :first
;

-- query comment_row one
-- in id int
SELECT c.id, c.article_id, a.blog_id, c.state FROM article_comment c JOIN article a ON a.id = c.article_id WHERE c.id = :id
;

-- query comment_decide exec
-- in id int, state text, now time
UPDATE article_comment SET state = :state, changed_at = :now WHERE id = :id
;

-- query comment_drop exec
-- in id int
DELETE FROM article_comment WHERE id = :id
;

-- query comment_clean exec
-- What was refused, or waited in vain.
-- in before time
DELETE FROM article_comment WHERE state <> 'shown' AND changed_at < :before
;
