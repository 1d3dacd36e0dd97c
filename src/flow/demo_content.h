// SPDX-License-Identifier: Apache-2.0
// The demo shop's blog and menus, out of demo/blog and demo/menus.json. By demo_load, after pages,
// collections and pictures, since menus lead to them.
#pragma once
#include "core/ctx.h"

MUST_USE bool demo_content_load(struct ctx *c);
// demo/theme over the built-in theme, published; once, and only where there is a storefront.
MUST_USE bool demo_theme_load(struct ctx *c);
