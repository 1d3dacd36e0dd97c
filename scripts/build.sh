#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds into a folder below the source root, which is made when it is not there yet.
#   scripts/build.sh FOLDER [--target NAME]... [MESON-OPTION]...
set -eu
cd "$(dirname "$0")/.."
folder=$1
shift
targets=
while [ "${1:-}" = --target ]; do
    targets="$targets $2"
    shift 2
done
if [ ! -f "$folder/build.ninja" ]; then
    echo "Setting up $folder"
    mkdir -p "$folder"
    if ! meson setup "$folder" . "$@" >"$folder/setup.log" 2>&1; then
        tail -n 20 "$folder/setup.log" >&2
        rm -rf "$folder"
        exit 1
    fi
fi
jobs=$(nproc)
[ "$jobs" -ge 2 ] || jobs=2
# shellcheck disable=SC2086 # a list of words
exec ninja -C "$folder" -j "$jobs" $targets
