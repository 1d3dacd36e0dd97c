#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# No room keeps writable data at file scope: what changes lives in structs that are passed in.
# Reads the symbols of the rooms' libraries and of the program's own objects; constant tables with
# addresses in them (.data.rel.ro) are made read-only by the loader and are fine.
#   tools/writable.sh BUILD-FOLDER
set -eu
found=$(find "$1/src" "$1/kontor.p" \( -name '*.a' -o -name '*.o' -path '*/kontor.p/*' \) \
    ! -name '*test*' 2>/dev/null | while read -r library; do
    objdump -t "$library" 2>/dev/null | awk -v library="${library##*/}" '
        / file format / { object = $1 }
        ! / d / && ! /\*UND\*/ {
            for (i = 2; i < NF; i++)
                if ($i ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && $i !~ /^\.data\.rel\.ro/)
                    print library " " object " " $NF " in " $i
        }'
done)
[ -n "$found" ] || exit 0
echo "Writable data at file scope:"
echo "$found"
exit 1
