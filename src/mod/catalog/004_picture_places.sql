-- SPDX-License-Identifier: Apache-2.0
-- The first picture of a product, without sorting them all.
CREATE INDEX product_media_place ON product_media (product_id, position, id);
