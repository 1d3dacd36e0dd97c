#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hanse before the checker that theme authors use, npm's @shopify/theme-check-node. Speaks TAP.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
skip() { echo "1..1"; echo "ok 1 - theme-check/hanse # SKIP $1"; exit 0; }
command -v npm >/dev/null || skip "npm is not installed"
work=$root/build/theme-check
mkdir -p "$work"
cp "$here/check.mjs" "$here/package.json" "$work/"
[ -d "$work/node_modules/@shopify/theme-check-node" ] ||
    (cd "$work" && npm install --no-package-lock --no-audit --no-fund --silent >/dev/null 2>&1) ||
    skip "npm cannot install @shopify/theme-check-node"
cd "$work"
exec node check.mjs "${1:-$root/themes/hanse}"
