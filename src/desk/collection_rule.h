// SPDX-License-Identifier: Apache-2.0
// A collection's rule as rows of the editor, and back: row i is field<i>, op<i>, value<i>. What can
// be chosen are the words of mod/catalog/rule.h. A row that comes back as it was shown keeps its
// condition as it is stored; a rule that this version cannot read is shown as text and kept whole.
#pragma once
#include "desk/page.h"

enum { RULE_ROWS = 50 };

MUST_USE bool desk_rule_show(struct desk *d, struct str stored); // stored absent: a new one
struct str desk_rule_read(struct desk *d, struct str stored);    // errors stand in d
