-- SPDX-License-Identifier: Apache-2.0

-- query toy_add insert
-- Adds a toy.
-- in name text, price money, sold_at time?, loud flag,
-- story html?, owner pii?, picture blob?
INSERT INTO toy (name, price, sold_at, loud, story, owner, picture)
VALUES (:name, :price, :sold_at, :loud, :story, :owner, :picture)
RETURNING id;

-- query toy_by_name one row toy
-- in name text
SELECT id, name, price, sold_at, loud, story, owner, picture FROM toy WHERE name = :name;

-- query toy_list all,each row toy
-- Toys, by id or by falling price; optionally those that cost at least so much, that are sold, or of a name.
-- scan ok: tests only
-- in from money?, sold switch, dear_first switch, name text?
SELECT id, name, price, sold_at, loud, story, owner, picture FROM toy
WHERE 1 = 1
/*?from AND price >= :from */
/*?sold AND sold_at IS NOT NULL */
/*?name AND name = :name */
/*?dear_first ORDER BY price DESC, id */
/*!dear_first ORDER BY id */;

-- query toy_sums one
-- How many, and what they cost together; nothing for no toys.
-- scan ok: tests only
SELECT count(*) AS "n:count_int", CAST(sum(price) AS bigint) AS "total:money_int?",
/*@sqlite 'sqlite' *//*@postgres CAST('postgres' AS text) */ AS "which:plain_text"
FROM toy;

-- query toy_sell exec
-- in id id, now time
UPDATE toy SET sold_at = :now WHERE id = :id AND sold_at IS NULL;

-- query toy_tag_put exec
-- in toy_id id, tag text
INSERT INTO toy_tag (toy_id, tag) VALUES (:toy_id, :tag) ON CONFLICT (toy_id, tag) DO NOTHING;

-- query toy_with_tag all
-- Toys with one tag, or with none (outer join).
-- scan ok: tests only
SELECT t.name, g.tag AS "tag:plain_text?" FROM toy t LEFT JOIN toy_tag g ON g.toy_id = t.id ORDER BY t.id, g.tag;

-- query counter_get one
-- in name text
SELECT value FROM counter WHERE name = :name;

-- query counter_set exec
-- in name text, value int
UPDATE counter SET value = :value WHERE name = :name;

-- query counter_names all,each
-- scan ok: tests only
SELECT name, value, value > 0 AS "used:flag_int" FROM counter ORDER BY name;
