#!/bin/sh
# run.sh QUOIN - the text of code is the author's, whatever colours it has: hostile text in every
# language, then all code of the corpora; each site is built with and without the plugin.
set -u
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
corpora=$here/../../../shared/corpora
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# Exit code 1 only says that there are findings.
build() { # SITE OUT
    "$quoin" build "$1" -o "$2" >"$work/findings" 2>"$work/err"
    if [ $? -gt 1 ] || grep -q 'plugin\.error' "$work/findings"; then
        grep -h 'plugin\.error' "$work/findings" "$work/err"
        status=1
    fi
}

compare() { # NAME SITE
    for state in true false; do
        printf 'plugins:\n  highlight: %s\n' $state >"$2/quoin.yaml"
        build "$2" "$work/$1-$state"
    done
    lua5.4 "$here/compare.lua" "$work/$1-true" "$work/$1-false" "$1" || status=1
    rm -rf "$work/$1-true" "$work/$1-false"
}

mkdir "$work/hostile"
lua5.4 "$here/hostile.lua" "$here/../../plugins/highlight/languages" "$work/hostile"
compare hostile "$work/hostile"
for source in "$corpora"/*/src; do
    [ -d "$source" ] || continue
    cp -R "$source" "$work/site"
    compare "$(basename "$(dirname "$source")")" "$work/site"
    rm -rf "$work/site"
done
exit $status
