#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Serves the shop in DIR; makes it first, with the demo's goods, when it is not there. Prints a
# one-time sign-in link for the back office.
#   scripts/run.sh DIR [OPTION-OF-SERVE]...
set -eu
dir=$1
shift
kontor=$(dirname "$0")/../build/kontor
if [ -f "$dir/kontor.conf" ]; then
    "$kontor" user link "$dir" --email owner@shop.example || true
else
    "$kontor" init "$dir" --demo
fi
exec "$kontor" serve "$dir" "$@"
