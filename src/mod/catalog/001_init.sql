-- SPDX-License-Identifier: Apache-2.0
-- What is sold. Texts are in the shop's first language; other languages stand in table translation
-- (objects product, product_option, option_value, collection, product_media).
CREATE TABLE manufacturer (               -- GPSR Art. 19: who answers for the product's safety
    id key_int,
    name plain_text NOT NULL UNIQUE,
    address plain_text NOT NULL,
    contact plain_text NOT NULL,          -- e-mail or web address
    responsible plain_text NOT NULL       -- name, address, contact of the responsible person when the maker is outside the EU
);

CREATE TABLE product (
    id key_int,
    handle plain_text NOT NULL UNIQUE,
    title i18n_text NOT NULL,
    description i18n_html_text NOT NULL,  -- sanitised HTML
    vendor plain_text NOT NULL,           -- brand shown to shoppers
    kind plain_text NOT NULL,             -- product type
    status plain_text NOT NULL CHECK (status IN ('draft', 'active', 'archived')),
    tax_category plain_text NOT NULL,     -- see module tax
    manufacturer_id id_int REFERENCES manufacturer(id),
    safety_text i18n_text NOT NULL,       -- warnings, in the buyer's language
    seo_title i18n_text NOT NULL,
    seo_description i18n_text NOT NULL,
    search_text plain_text NOT NULL,      -- folded title, vendor, tags, SKUs (derived)
    external_ref plain_text UNIQUE,       -- "shopify:handle", "woocommerce:44", "online-retail:85123A"
    created_at time_int NOT NULL,
    updated_at time_int NOT NULL,
    version count_int NOT NULL            -- goes up with every save; a desk form with an older one is refused
);
CREATE INDEX product_status ON product (status, id);

CREATE TABLE product_option (             -- at most 5 a product
    id key_int,
    product_id id_int NOT NULL REFERENCES product(id) ON DELETE CASCADE,
    position count_int NOT NULL CHECK (position BETWEEN 1 AND 5),
    name i18n_text NOT NULL,
    UNIQUE (product_id, position)
);
CREATE TABLE option_value (
    id key_int,
    option_id id_int NOT NULL REFERENCES product_option(id) ON DELETE CASCADE,
    position count_int NOT NULL,
    value i18n_text NOT NULL,
    UNIQUE (option_id, value)
);

CREATE TABLE variant (                    -- what has a price and a stock; at least one a product
    id key_int,
    product_id id_int NOT NULL REFERENCES product(id) ON DELETE CASCADE,
    position count_int NOT NULL,
    value1 id_int REFERENCES option_value(id),
    value2 id_int REFERENCES option_value(id),
    value3 id_int REFERENCES option_value(id),
    value4 id_int REFERENCES option_value(id),
    value5 id_int REFERENCES option_value(id),
    title plain_text NOT NULL,            -- "Blau / Groß" in the first language, "" for the only variant (derived)
    sku plain_text NOT NULL,              -- "" when there is none
    barcode plain_text NOT NULL,          -- GTIN or ""
    weight_g count_int NOT NULL,
    requires_shipping flag_int NOT NULL,
    unit_amount decimal_int NOT NULL,     -- content in unit, 0 when no unit price is due (PAngV § 4)
    unit plain_text NOT NULL,             -- "g" "kg" "ml" "l" "m" "m2" "m3" or ""
    base_amount decimal_int NOT NULL,     -- 1 kg, 1 l, 1 m ...
    base_unit plain_text NOT NULL,
    media_id id_int REFERENCES media(id),
    active flag_int NOT NULL,             -- a variant that was sold is never deleted
    external_ref plain_text UNIQUE
);
CREATE INDEX variant_product ON variant (product_id, position);
CREATE INDEX variant_sku ON variant (sku);

CREATE TABLE product_media (
    id key_int,
    product_id id_int NOT NULL REFERENCES product(id) ON DELETE CASCADE,
    media_id id_int NOT NULL REFERENCES media(id),
    position count_int NOT NULL,
    alt i18n_text NOT NULL,
    UNIQUE (product_id, media_id)
);
CREATE INDEX product_media_media ON product_media (media_id);

CREATE TABLE product_tag (
    product_id id_int NOT NULL REFERENCES product(id) ON DELETE CASCADE,
    tag plain_text NOT NULL,
    PRIMARY KEY (product_id, tag)
);
CREATE INDEX product_tag_tag ON product_tag (tag);

CREATE TABLE attribute (                  -- typed attributes; label translations: object attribute
    id key_int,
    name plain_text NOT NULL UNIQUE,      -- "material"
    label i18n_text NOT NULL,
    kind plain_text NOT NULL CHECK (kind IN ('text', 'number', 'bool', 'choice', 'list', 'date', 'html')),
    unit plain_text NOT NULL
);
CREATE TABLE product_attribute (
    product_id id_int NOT NULL REFERENCES product(id) ON DELETE CASCADE,
    attribute_id id_int NOT NULL REFERENCES attribute(id),
    position count_int NOT NULL,          -- lists have several
    value plain_text NOT NULL,            -- canonical text of the kind
    PRIMARY KEY (product_id, attribute_id, position)
);

CREATE TABLE collection (
    id key_int,
    handle plain_text NOT NULL UNIQUE,
    title i18n_text NOT NULL,
    description i18n_html_text NOT NULL,
    kind plain_text NOT NULL CHECK (kind IN ('manual', 'rule')),
    rule json_text,                       -- {"all":[{"field","op","value"}]}, checked when saved
    sort plain_text NOT NULL,             -- "manual" "title" "price" "price-desc" "newest"
    media_id id_int REFERENCES media(id),
    seo_title i18n_text NOT NULL,
    seo_description i18n_text NOT NULL,
    position count_int NOT NULL,
    external_ref plain_text UNIQUE
);
CREATE TABLE collection_product (         -- by hand: canonical; by rule: derived
    collection_id id_int NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
    product_id id_int NOT NULL REFERENCES product(id) ON DELETE CASCADE,
    position count_int NOT NULL,
    PRIMARY KEY (collection_id, product_id)
);
CREATE INDEX collection_product_product ON collection_product (product_id);
CREATE INDEX collection_product_position ON collection_product (collection_id, position);
