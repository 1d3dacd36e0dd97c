// SPDX-License-Identifier: Apache-2.0
// Inside of the room: what pages, blogs and menus check alike. False: ERR_INVALID at its field.
#pragma once
#include "core/ctx.h"

enum { CONTENT_HANDLE_MAX = 100, CONTENT_TITLE_CHARACTERS = 300, CONTENT_SEO_CHARACTERS = 500 };
bool content_check_handle(struct ctx *c, struct str handle);
bool content_check_title(struct ctx *c, struct str title);
