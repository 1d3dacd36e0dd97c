// SPDX-License-Identifier: Apache-2.0
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

void base_bug(const char *what, const char *file, int line) {
    fprintf(stderr, "kontor: bug at %s:%d: %s\n", file, line, what);
    abort();
}
