# SPDX-License-Identifier: Apache-2.0
# Counts test results one by one. Input, for each test program: a line `@test RUN CODE NAME` and what it
# wrote: cmocka's own form, or TAP. A program that shows neither counts as one by its exit code (77 is
# "skipped"). Output, by function: `passed NAME`, `failed NAME (RUN)`, `skipped NAME: REASON`.

function note_failed(name) {
    if (name in seen_failed) return
    seen_failed[name] = 1
    failed++
    print "failed " test ": " name " (" run ")"
}

function note_skipped(name, why) {
    if (name in seen_skipped) return
    seen_skipped[name] = 1
    skipped++
    print "skipped " test ": " name ": " (why == "" ? "no reason given" : why)
}

function note_passed(name) {
    passed++
    print "passed " test ": " name
}

function finish() {
    if (test == "") return
    if (passed + failed + skipped == 0) {
        if (code == 0) note_passed("all of it")
        else if (code == 77) note_skipped("all of it", because)
        else note_failed("exit code " code)
    } else if (code != 0 && failed == 0) {
        note_failed("ended early, exit code " code)
    }
}

/^@test / {
    finish()
    passed = failed = skipped = 0
    because = ""
    code = $3
    run = $2
    test = $4
    delete seen_failed
    delete seen_skipped
    next
}

/^\[       OK \] / { note_passed(substr($0, 14)) }
/^\[  FAILED  \] / && !/test\(s\)/ { note_failed(substr($0, 14)) }
/^\[ BECAUSE  \] / { because = substr($0, 14) }
/^\[  SKIPPED \] / && !/test\(s\)/ {
    note_skipped(substr($0, 14), because)
    because = ""
}

/^ok / {
    name = $0
    sub(/^ok [0-9]* *(- )?/, "", name)
    at = index(name, "# SKIP")
    if (at) note_skipped(substr(name, 1, at - 2), substr(name, at + 7))
    else note_passed(name)
}
/^not ok / {
    name = $0
    sub(/^not ok [0-9]* *(- )?/, "", name)
    note_failed(name)
}

END { finish() }
