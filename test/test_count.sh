#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# That count.awk counts: each form of result once, crashes and silence as failures.
set -eu
got=$(awk -f "$(dirname "$0")/count.awk" <<'END'
@test run 1 room/cmocka
[ RUN      ] good
[       OK ] good
[ BECAUSE  ] no file
[  SKIPPED ] absent
[  FAILED  ] bad
[  FAILED  ] 1 test(s), listed below:
[  FAILED  ] bad
[  SKIPPED ] 1 test(s), listed below:
[  SKIPPED ] absent
@test run 1 room/tap
ok 1 - first
not ok 2 - second
ok 3 - third # SKIP no browser
@test run 0 room/plain
nothing to see
@test run 3 room/plain-bad
@test run 77 room/plain-skipped
@test run -6 room/crashed
[       OK ] before
END
)
want='passed room/cmocka: good
skipped room/cmocka: absent: no file
failed room/cmocka: bad (run)
passed room/tap: first
failed room/tap: second (run)
skipped room/tap: third: no browser
passed room/plain: all of it
failed room/plain-bad: exit code 3 (run)
skipped room/plain-skipped: all of it: no reason given
passed room/crashed: before
failed room/crashed: ended early, exit code -6 (run)'
[ "$got" = "$want" ] || { echo "$got"; exit 1; }
