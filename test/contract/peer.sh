#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a provider's stand-in: peer.sh stripe. It prints "ready PORT" and ends when its input ends. What it cannot do without
# is told in one line "skip REASON".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
shared=${KONTOR_SHARED:-$here/../../../shared}
work=${KONTOR_BUILD:-$here/../../build}/contract
command -v node >/dev/null || { echo "skip Node.js is not installed"; exit 0; }
command -v npm >/dev/null || { echo "skip npm is not installed"; exit 0; }
[ -d "$shared/specs/$1" ] || { echo "skip the specification of $1 is not there"; exit 0; }
mkdir -p "$work"
exec 9>"$work/lock" # other tests start theirs at the same time
flock 9
for file in "$here"/*.mjs "$here/package.json"; do
    cmp -s "$file" "$work/${file##*/}" || cp "$file" "$work/"
done
[ -d "$work/node_modules/js-yaml" ] ||
    (cd "$work" && npm install --no-package-lock --no-audit --no-fund --silent >/dev/null 2>&1) ||
    { echo "skip npm cannot install js-yaml"; exit 0; }
exec 9>&-
exec node "$work/$1.mjs" "$shared/specs/$1"
