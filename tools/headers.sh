#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every header of src/ compiles alone, after any or no other header.
#   tools/headers.sh SOURCE-ROOT BUILD-FOLDER
set -eu
cd "$1"
build=$2
include="-Isrc -I$build/src -Itest/support"
for package in libxml-2.0 gmime-3.0 vips libpq icu-uc jansson libmicrohttpd libcurl; do
    include="$include $(pkg-config --cflags "$package" | sed 's/-I/-isystem /g')"
done
export include
# Headers that are generated stand beside their module's objects.
generated=$(find "$build/src" -name '*.h' -exec dirname {} \; | sort -u | sed 's/^/-I/' | tr '\n' ' ')
export generated
find src test/support -name '*.h' | sort | xargs -P 2 -I{} sh -c '
    # shellcheck disable=SC2086 # lists of words
    cc -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -Wno-unused-function \
        $include $generated -fsyntax-only -x c -include "$1" /dev/null' sh {}
