#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# raster.sh: renders the drawn pictures to WebP (needs librsvg2-bin and webp). Browsers would draw the SVGs' filters anew on every
# page; the shop serves these. Product pictures 1000 px wide, scenes and heroes 1600 px.
set -eu
cd "$(dirname "$0")/svg"
for svg in ${*:-*.svg}; do
    case $svg in
    logo*|favicon*) continue ;;
    hero-*|sammlung-*) width=1600 ;;
    *) width=1000 ;;
    esac
    rsvg-convert -w "$width" "$svg" -o "${svg%.svg}.tmp.png"
    cwebp -quiet -q 84 -m 6 "${svg%.svg}.tmp.png" -o "../../pictures/${svg%.svg}.webp"
    rm "${svg%.svg}.tmp.png"
done
