-- SPDX-License-Identifier: Apache-2.0
-- Which of the theme's templates a thing is shown with: product 7 and "wide" is templates/product.wide.json. No row: the usual one.
CREATE TABLE theme_alternate ( -- small
    object plain_text NOT NULL CHECK (object IN ('product', 'collection', 'blog', 'article')),
    object_id id_int NOT NULL,
    suffix plain_text NOT NULL,
    PRIMARY KEY (object, object_id)
);
