#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shop as people use it, in Chromium: sales, every template, what scripts add, weights. Speaks TAP.
#   test/browser/run.sh            what `make check` runs
#   test/browser/run.sh every      all templates in all schemes, languages and widths, with screenshots (build/screens, or SCREENS)
#   test/browser/run.sh lighthouse figures of Lighthouse, into bench/results/lighthouse.json
# KONTOR names another program, ONLY takes the tests whose name matches.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
skip() { echo "1..1"; echo "ok 1 - browser/all # SKIP $1"; exit 0; }
command -v npm >/dev/null || skip "npm is not installed"
CHROMIUM=$(command -v chromium || command -v chromium-browser) || skip "Chromium is not installed"
work=${BROWSER_WORK:-$root/build/browser}
mkdir -p "$work"
cp "$here"/*.mjs "$here/package.json" "$work/"
install() { (cd "$work" && npm install --no-package-lock --no-audit --no-fund --silent "$@" >/dev/null 2>&1); }
[ -d "$work/node_modules/vnu-jar" ] && [ -d "$work/node_modules/axe-core" ] || install || skip "npm cannot install playwright-core"
KONTOR=${KONTOR:-$root/build/kontor}
SCREENSHOTS=${SCREENS:-$root/build/screens}
THEMES=$root/themes
export KONTOR CHROMIUM SCREENSHOTS THEMES
cd "$work"
case ${1:-check} in
every) EVERY=1 exec node templates.mjs ;;
lighthouse)
    [ -d "$work/node_modules/lighthouse" ] || install --no-save lighthouse@13.5.0 || skip "npm cannot install lighthouse"
    exec node lighthouse.mjs "$root/bench/results/lighthouse.json"
    ;;
esac
# One plan for all: every part numbers its own tests.
code=0
for part in sale templates purchase steps weight; do
    [ -z "${PARTS:-}" ] || case " $PARTS " in *" $part "*) ;; *) continue ;; esac
    node "$part.mjs" || code=1
done
exit $code
