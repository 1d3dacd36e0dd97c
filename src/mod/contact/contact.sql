-- SPDX-License-Identifier: Apache-2.0

-- query newsletter_by_email one
-- in email text
SELECT id, email, lang, state, asked_at, mails, changed_at FROM newsletter_member WHERE email = :email
;

-- query newsletter_by_id one
-- in id int
SELECT id, email, lang, state, asked_at, mails, changed_at FROM newsletter_member WHERE id = :id
;

-- query newsletter_insert insert
-- in email text, lang text, now time
INSERT INTO newsletter_member (email, lang, state, asked_at, mails, changed_at)
VALUES (:email, :lang, 'asked', :now, 1, :now)
RETURNING id
;

-- query newsletter_asked exec
-- in id int, lang text, mails int, now time
UPDATE newsletter_member SET lang = :lang, state = 'asked', asked_at = :now, mails = :mails, changed_at = :now
WHERE id = :id
;

-- query newsletter_settle exec
-- in id int, state text, lang text, now time
UPDATE newsletter_member SET state = :state, lang = :lang, mails = 0, changed_at = :now WHERE id = :id
;

-- query newsletter_event_add insert
-- in member_id int, kind text, page text, words text, now time
INSERT INTO newsletter_event (member_id, kind, page, words, at) VALUES (:member_id, :kind, :page, :words, :now)
RETURNING id
;

-- query newsletter_events all
-- in member_id int
SELECT id, kind, page, words, at FROM newsletter_event WHERE member_id = :member_id ORDER BY id
;

-- query newsletter_list all
-- scan ok: the desk's list, newest first, ended by the limit
-- in state text?, email text?, count int, first int
SELECT m.id, m.email, m.lang, m.state, m.asked_at, m.changed_at, COUNT(*) OVER () AS "total:count_int"
FROM newsletter_member m WHERE 1 = 1
/*?state AND m.state = :state */
/*?email AND m.email = :email */
ORDER BY m.id DESC LIMIT :count OFFSET :first
;

-- query newsletter_export each
-- scan ok: everybody who may be written to, with the proof
SELECT m.id, m.email, m.lang, m.changed_at AS "confirmed_at:time_int",
    COALESCE((SELECT e.at FROM newsletter_event e WHERE e.member_id = m.id AND e.kind = 'asked' ORDER BY e.id DESC LIMIT 1),
        m.asked_at) AS "asked_at:time_int",
    COALESCE((SELECT e.words FROM newsletter_event e WHERE e.member_id = m.id AND e.kind = 'confirmed'
        ORDER BY e.id DESC LIMIT 1), '') AS "words:plain_text"
FROM newsletter_member m WHERE m.state = 'active' ORDER BY m.id
;

-- query newsletter_count all
-- scan ok: a count of everybody
SELECT state, count(*) AS "n:count_int" FROM newsletter_member GROUP BY state ORDER BY state
;

-- query newsletter_over all
-- Asked and never confirmed, or left so long ago that the proof is not needed any more.
-- in asked_before time, left_before time
SELECT id FROM newsletter_member
WHERE (state = 'asked' AND asked_at < :asked_before) OR (state = 'left' AND changed_at < :left_before)
ORDER BY id LIMIT 1000
;

-- query newsletter_events_drop exec
-- in member_id int
DELETE FROM newsletter_event WHERE member_id = :member_id
;

-- query newsletter_drop exec
-- in id int
DELETE FROM newsletter_member WHERE id = :id
;

-- query contact_check_newsletter each
-- scan ok: a check reads everything
SELECT 'newsletter member ' || m.id AS "object:plain_text", 'is active without a confirmation' AS "detail:plain_text"
FROM newsletter_member m WHERE m.state = 'active'
AND COALESCE((SELECT e.kind FROM newsletter_event e WHERE e.member_id = m.id AND e.kind <> 'asked'
    ORDER BY e.id DESC LIMIT 1), '') <> 'confirmed'
UNION ALL
SELECT 'newsletter member ' || m.id AS "object:plain_text", 'never asked' AS "detail:plain_text"
FROM newsletter_member m WHERE NOT EXISTS (SELECT 1 FROM newsletter_event e WHERE e.member_id = m.id AND e.kind = 'asked')
;
