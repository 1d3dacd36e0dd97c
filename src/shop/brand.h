// SPDX-License-Identifier: Apache-2.0
// The merchant's brand on the till's pages. Colours (the first scheme, light and dark), fonts,
// corners and logo are what the live theme's settings say, by the names that Hanse and widely used
// themes give them; what a theme does not say is as Hanse came with the program. A text that
// would stand out from its ground by less than 4.5:1 (WCAG 1.4.3) takes the fallback's colours.
#pragma once
#include "shop/page.h"

// Sets `brand`: css (custom properties and @font-face, to stand in a style element whose hash is in
// the policy of this answer), fonts to preload, logo, logo_dark, logo_width, light, dark, claim.
void page_brand(struct page *p);
