-- SPDX-License-Identifier: Apache-2.0
-- Which of the theme's templates a page is shown with: "contact" is templates/page.contact.json; "" the usual one.
ALTER TABLE page ADD COLUMN template plain_text NOT NULL DEFAULT '';
