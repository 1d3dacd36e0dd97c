#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every fuzzer for SECONDS, each from its kept cases in test/corpus; what it finds beyond them
# stays in build-fuzz. A crash is written to build-fuzz/crashes, named after its fuzzer.
#   scripts/fuzz.sh [SECONDS]
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
CC=clang scripts/build.sh build-fuzz --target build.ninja -Dfuzz=true -Db_sanitize=address,undefined
fuzzers=$(ninja -C build-fuzz -t targets all | sed -n 's|^\([^:]*/fuzz_[^:./]*\): .*|\1|p' | sort)
# shellcheck disable=SC2086 # a list of words
ninja -C build-fuzz $fuzzers
mkdir -p build-fuzz/crashes
passed=0 failed=0
for fuzzer in $fuzzers; do
    name=${fuzzer##*/fuzz_}
    found=build-fuzz/found/$name
    mkdir -p "$found" "test/corpus/$name"
    echo "fuzzing $name for $seconds s"
    if "build-fuzz/$fuzzer" -max_total_time="$seconds" -max_len=16384 -verbosity=0 -timeout=20 \
        -artifact_prefix="build-fuzz/crashes/$name-" "$found" "test/corpus/$name" \
        >"build-fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        tail -n 15 "build-fuzz/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
