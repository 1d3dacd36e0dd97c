#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shop as people use it: a whole sale with scripts off and on, on a phone and on a desk, and axe on every page.
# Speaks TAP. Screenshots go to build/screenshots.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
skip() { echo "1..1"; echo "ok 1 - browser/sale # SKIP $1"; exit 0; }
command -v npm >/dev/null || skip "npm is not installed"
chromium=$(command -v chromium || command -v chromium-browser) || skip "Chromium is not installed"
work=$root/build/browser
mkdir -p "$work"
cp "$here"/*.mjs "$here/package.json" "$work/"
[ -d "$work/node_modules/axe-core" ] ||
    (cd "$work" && npm install --no-package-lock --no-audit --no-fund --silent >/dev/null 2>&1) || skip "npm cannot install playwright-core"
cd "$work"
KONTOR=$root/build/kontor CHROMIUM=$chromium SCREENSHOTS=$root/build/screenshots exec node sale.mjs
