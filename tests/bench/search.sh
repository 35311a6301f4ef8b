#!/bin/sh
# search.sh BUILD [PAGES] - what the search costs on a made portal (1,000 pages): CPU time of a build
# with and without it, its files, and what queries load and how long they take in Chromium. Clocks
# are for people: nothing fails here. Needs ../shared, node and the packages of tests/browser.
set -eu
build=$(realpath "$1")
pages=${2:-1000}
here=$(cd "$(dirname "$0")" && pwd)
maker=$here/../../../shared/bench/make_corpus
[ -f "$maker" ] || { echo "(../shared is absent)"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$maker" "$work/in" --specs "$pages" --quiet
cp -R "$work/in" "$work/without"
echo 'search: false' >"$work/without/quoin.yaml"
"$build/bench/bench" 5 \
    "quoin build without search" "rm -rf '$work/out'" \
    "exec '$build/quoin' build -q --jobs 1 '$work/without' -o '$work/out' >/dev/null" \
    "quoin build with search" "rm -rf '$work/out'" \
    "exec '$build/quoin' build -q --jobs 1 '$work/in' -o '$work/out' >/dev/null"
for part in words typos texts; do
    echo "$part: $(find "$work/out/search/$part" -type f | wc -l) files, $(cat "$work/out/search/$part"/* | wc -c) bytes"
done
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || exit 0
node "$here/search.mjs" "$work/out" "$browser" "payment refund" service "idempotent webhook retry" REQ-12 "tenatn quota"
