// SPDX-License-Identifier: Apache-2.0
// Patterns for short texts of a known grammar (dates): what the reference writes as regular
// expressions. Greedy, backtracking, leftmost match. Pattern and text are lower case. Known are
// classes, \d \D \s \S \b, groups, (?:...), |, ?, *, +, {n}, {n,m}, ^ and $ (of the text).
#pragma once
#include "base/str.h"

#define PATTERN_GROUPS 8
struct pattern_match {
    struct str whole, group[PATTERN_GROUPS]; // group[0] is the first one; absent: took no part
};
// The pattern is a constant of the program: a mistake in it is a bug. False: no match, or the
// search took too many steps.
bool pattern_find(const char *pattern, struct str text, struct pattern_match *out);
