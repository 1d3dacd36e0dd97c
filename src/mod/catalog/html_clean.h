// SPDX-License-Identifier: Apache-2.0
// HTML of merchants and imports, made safe to show: only elements and attributes of an allow-list
// remain, links and pictures only with http, https, mailto, tel or addresses of this shop. What is
// not allowed is taken off and its text kept, but for script, style, iframe, form controls and the
// like, which go with all they hold. Text without any element comes back as it was (escaped).
// Cleaning what is clean changes nothing.
#pragma once
#include "base/buf.h"
#include "base/err.h"

// html: at most 1 MiB, any bytes. False: ERR_TOO_LARGE or nested deeper than 200.
MUST_USE bool html_clean(struct arena *a, struct str html, struct str *out, struct err *err);
