#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Serves the shop in DIR; makes it first, with the demo's goods, when it is not there.
#   scripts/run.sh DIR [OPTION-OF-SERVE]...
set -eu
dir=$1
shift
kontor=$(dirname "$0")/../build/kontor
[ -f "$dir/kontor.conf" ] || "$kontor" init "$dir" --demo
exec "$kontor" serve "$dir" "$@"
