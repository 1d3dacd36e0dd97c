#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# messages.sh MKEMBED OUT.c OUT.h SRC: embeds the message folders of all rooms. Runs at each build, so that a new folder is
# found; leaves the outputs alone when nothing changed.
set -e
mkembed=$1 out_c=$2 out_h=$3
cd "$4"
"$mkembed" "$out_c.new" "$out_h.new" core_messages . $(ls -d */msg mod/*/msg 2>/dev/null)
for out in "$out_c" "$out_h"; do
    if cmp -s "$out" "$out.new"; then rm "$out.new"; else mv "$out.new" "$out"; fi
done
