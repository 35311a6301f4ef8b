#!/bin/sh
# run.sh QUOIN_TSAN - builds portals on four threads with a program made by `make TSAN=1`: fails when
# ThreadSanitizer saw a race, or when one thread gives other bytes.
set -u
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! grep -aq __tsan_init "$quoin"; then
    echo "$1 is not made with TSAN=1"
    exit 2
fi
passed=0
failed=0
# Several pages of diagrams, drawn at once.
mkdir "$work/diagrams"
EACH=8 lua5.4 "$here/tests/browser/make_diagrams.lua" "$here/../shared/mermaid" "$work/diagrams"
for source in "$here/site-example" "$here/../shared/corpora/rust-rfcs/src" "$work/diagrams"; do
    if [ ! -d "$source" ]; then
        echo "skipped: $(basename "$(dirname "$source")") is not here"
        continue
    fi
    for command in "check --jobs 4 $source" "build --jobs 4 $source -o $work/out" \
        "build --jobs 4 --drafts $source -o $work/out"; do
        # shellcheck disable=SC2086
        TSAN_OPTIONS="exitcode=66 halt_on_error=0" \
            "$quoin" $command >"$work/stdout" 2>"$work/stderr"
        code=$?
        if [ $code -gt 1 ] || grep -q 'ThreadSanitizer' "$work/stderr"; then
            failed=$((failed + 1))
            echo "FAIL quoin $command (exit code $code)"
            head -n 60 "$work/stderr"
        else
            passed=$((passed + 1))
        fi
    done
    "$quoin" build --jobs 1 --drafts "$source" -o "$work/one" >/dev/null 2>&1
    if [ $? -le 1 ] && diff -r -x lock "$work/one" "$work/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL one and four threads gave different bytes"
    fi
    rm -rf "$work/out" "$work/one"
done
layout=$(dirname "$quoin")/diagrams/layout
if [ -x "$layout" ]; then
    if TSAN_OPTIONS="exitcode=66" "$layout" 150 1 4; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL graphs laid out on four threads at once"
    fi
else
    echo "skipped: $layout is not there"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
