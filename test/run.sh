#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The whole suite: on SQLite, what touches a database again on PostgreSQL, all of it again under ASan and
# UBSan, then the browser tests. The last line is `N passed, N failed`; before it stand the names of
# what failed and of what was skipped, with the reason.
#
# Tests are declared in the meson.build beside them. A test program that reads KONTOR_TEST_DB runs once
# with `sqlite` and once with a postgres:// URL in it. The suite `native` is left out under sanitizers.
# All tests may find: KONTOR_TEST_PG (URL of a PostgreSQL), KONTOR_SHARED (shared data, when it is
# there), KONTOR_SOURCE, KONTOR_BUILD.
set -eu
cd "$(dirname "$0")/.."

if [ -d ../shared ]; then
    KONTOR_SHARED=$(cd ../shared && pwd)
    export KONTOR_SHARED
fi
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1

jobs=$(nproc)
[ "$jobs" -ge 2 ] || jobs=2
work=$(mktemp -d)
results=$work/results
: >"$results"
trap 'test/pg.sh stop "$work/pg"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# collect RUN LOG: adds the results in a log of meson.
collect() {
    jq -r --arg run "$1" \
        '"@test \($run) \(.returncode) \(.name | sub(".* / "; ""))\n\(.stdout // "")\n\(.stderr // "")"' "$2" |
        awk -f test/count.awk >>"$results"
}

# run FOLDER RUN DATABASE MESON-TEST-OPTION...
run() {
    folder=$1 run=$2 database=$3
    shift 3
    echo "== $run"
    log=$folder/meson-logs/$run.json
    rm -f "$log"
    KONTOR_TEST_DB=$database meson test -C "$folder" --no-rebuild --num-processes "$jobs" \
        --logbase "$run" --print-errorlogs "$@" || true
    if [ -s "$log" ]; then
        collect "$run" "$log"
    else
        echo "failed $run: no test ran" >>"$results"
    fi
}

# The names of the tests in FOLDER that ask which database to use.
database_tests() {
    meson introspect "$1" --tests | jq -r '.[] | "\(.cmd | join(" "))\t\(.name)"' |
        while IFS="$(printf '\t')" read -r command name; do
            # shellcheck disable=SC2086 # a list of words
            if grep -qs KONTOR_TEST_DB $command; then echo "$name"; fi
        done
}

# run_on_postgres FOLDER RUN MESON-TEST-OPTION...
run_on_postgres() {
    [ -n "${KONTOR_TEST_PG:-}" ] || return 0
    folder=$1 run=$2
    shift 2
    names=$(database_tests "$folder")
    [ -n "$names" ] || return 0
    # shellcheck disable=SC2086 # a list of words
    run "$folder" "$run" "$KONTOR_TEST_PG" "$@" $names
}

build() {
    folder=$1
    shift
    scripts/build.sh "$folder" --target all --target meson-test-prereq "$@" && return
    echo "failed the build of $folder" >>"$results"
    report
}

# script NAME FILE: a test that is a program of its own and writes TAP.
script() {
    echo "== $1"
    code=0
    "$2" >"$work/script.log" 2>&1 || code=$?
    cat "$work/script.log"
    { echo "@test $1 $code $2"; cat "$work/script.log"; } | awk -f test/count.awk >>"$results"
}

# What is skipped in one run and passes in another was not left out.
report() {
    echo
    awk -F ': ' '
        /^passed / { sub(/^passed /, ""); ran[$1 ": " $2] = 1 }
        /^skipped / { line = $0; sub(/^skipped /, ""); skipped[$1 ": " $2] = line }
        END { for (name in skipped) if (!(name in ran)) print skipped[name] }' "$results" | sort
    grep '^failed ' "$results" || true
    failed=$(grep -c '^failed ' "$results" || true)
    echo "$(grep -c '^passed ' "$results" || true) passed, $failed failed"
    [ "$failed" = 0 ] && exit 0
    exit 1
}

build build
mkdir "$work/pg"
chmod 711 "$work"
if KONTOR_TEST_PG=$(test/pg.sh start "$work/pg"); then
    export KONTOR_TEST_PG
else
    echo "failed PostgreSQL did not start" >>"$results"
fi

run build sqlite sqlite
run_on_postgres build postgres

build build-asan -Db_sanitize=address,undefined -Doptimization=1
run build-asan sanitizers-sqlite sqlite --no-suite native -t 4
run_on_postgres build-asan sanitizers-postgres --no-suite native -t 4

script theme-check test/theme-check/run.sh
if [ -x test/browser/run.sh ]; then
    if command -v npm >/dev/null; then
        script browser test/browser/run.sh
    else
        echo "skipped browser: npm is not installed" >>"$results"
    fi
fi
report
