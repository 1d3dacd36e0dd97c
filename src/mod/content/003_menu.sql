-- SPDX-License-Identifier: Apache-2.0
-- Menus of the storefront: links in up to three levels.
CREATE TABLE menu (                       -- small
    id key_int,
    handle plain_text NOT NULL UNIQUE,    -- "main-menu", "footer"
    title i18n_text NOT NULL,             -- further languages in translation, object 'menu'
    version count_int NOT NULL            -- counts saves
);
CREATE TABLE menu_link (                  -- small
    id key_int,
    menu_id id_int NOT NULL REFERENCES menu(id),
    parent_id id_int REFERENCES menu_link(id),
    position count_int NOT NULL,          -- among its siblings, from 1
    kind plain_text NOT NULL CHECK (kind IN ('home', 'all', 'collections', 'search', 'account', 'collection', 'product',
                                             'page', 'blog', 'article', 'url')),
    target_id id_int,                     -- of a collection, product, page, blog or article
    url plain_text NOT NULL,              -- of kind url: a path of this shop or an address; else ""
    title i18n_text NOT NULL              -- further languages in translation, object 'menu_link'
);
CREATE INDEX menu_link_menu ON menu_link (menu_id, parent_id, position);
CREATE INDEX menu_link_parent ON menu_link (parent_id);
