#!/bin/sh
# make bench: Quoin against a bare cmark-gfm loop over the same pages; both write all files anew. Prints
# ratios beside what the project promises, then the seconds of a made portal of 5,000 requirements
# with typed links. Nothing fails here: clocks are for people, not for tests.
set -eu
build=$1
here=$(cd "$(dirname "$0")/../.." && pwd)
corpus=$here/../shared/corpora/rust-rfcs/src
[ -d "$corpus" ] || corpus=$here/site-example
# In memory where that can be: how a disk makes files is not what is measured.
memory=
[ -w /dev/shm ] && memory="-p /dev/shm"
work=$(mktemp -d $memory)
trap 'rm -rf "$work"' EXIT
"$build/bench/bench" 7 \
    "floor (read, parse, render, write)" "rm -rf '$work/floor'" \
    "exec '$build/bench/floor' '$corpus' '$work/floor' >/dev/null" \
    "quoin build, 1 job, all new" "rm -rf '$work/one'" \
    "exec '$build/quoin' build -q --jobs 1 '$corpus' -o '$work/one' >/dev/null" \
    "quoin build, all cores, all new" "rm -rf '$work/all'" \
    "exec '$build/quoin' build -q '$corpus' -o '$work/all' >/dev/null" \
    "quoin build, no change" : \
    "exec '$build/quoin' build -q '$corpus' -o '$work/one' >/dev/null" \
    "quoin check" : "exec '$build/quoin' check -q '$corpus' >/dev/null" | tee "$work/table"
mkdir "$work/requirements"
lua=$(command -v lua5.4 || command -v lua-5.4 || command -v lua54 || command -v lua)
"$lua" "$here/tests/bench/make_requirements.lua" "$work/requirements"
echo
"$build/bench/bench" 5 \
    "floor of 5,000 requirements" "rm -rf '$work/floor'" \
    "exec '$build/bench/floor' '$work/requirements' '$work/floor' >/dev/null" \
    "quoin build, 1 job, all new" "rm -rf '$work/one'" \
    "exec '$build/quoin' build -q --jobs 1 '$work/requirements' -o '$work/one' >/dev/null" |
    tee "$work/requirements.table"
awk '/1 job, all new/ { printf "500 pages, 5,000 requirements, 25 register tables: %.2f s CPU, %.0f MiB (wished: less than 2 s)\n",
    $(NF-3) / 1000, $(NF-1) }' "$work/requirements.table"
[ -d "$here/../shared" ] || { echo "(../shared is absent: measured on site-example)"; exit 0; }
awk '/1 job, all new/ { printf "whole build: %.2f times the floor (promised: at most 6)%s\n", $NF, ($NF > 6 ? "  <-- BROKEN" : "") }' \
    "$work/table"

# What a browser loads with one page of a portal of 1,000 specs.
portal=$here/site-example
maker=$here/../shared/bench/make_corpus
[ -f "$maker" ] && python3 "$maker" "$work/portal" --specs 1000 --quiet >/dev/null && portal=$work/portal
"$build/quoin" build -q "$portal" -o "$work/weight" >/dev/null 2>&1 || true
echo
"$lua" "$here/tests/bench/weight.lua" "$work/weight"

# Diagrams: geometry beside Graphviz, CPU of each, and how many a build draws where nothing changed.
reference=$here/../shared/mermaid
[ -d "$reference" ] || { echo "(../shared/mermaid is absent: no diagrams are measured)"; exit 0; }
echo
"$lua" "$here/tests/bench/geometry.lua" "$build/quoin" "$reference"/flowchart/real-*.mmd
echo
"$lua" "$here/tests/bench/diagrams.lua" "$build/quoin" "$reference"
mkdir "$work/pictures"
EACH=12 "$lua" "$here/tests/browser/make_diagrams.lua" "$reference" "$work/pictures"
"$build/quoin" build -q "$work/pictures" -o "$work/shown" >/dev/null 2>&1 || true
"$build/quoin" build -v "$work/pictures" -o "$work/shown" 2>&1 | sed -n \
    's/^diagrams: \([0-9]*\) kept, \([0-9]*\) made$/build without a change: \2 diagrams drawn (promised: none), \1 kept/p'

# From saving a page to seeing it, on a portal of 5,000 pages.
browser=
for program in chromium chromium-browser google-chrome google-chrome-stable; do
    browser=$(command -v $program) && break
done
corpus=$here/../shared/bench/make_corpus
if [ -n "$browser" ] && [ -d "$here/tests/browser/node_modules" ] && [ -x "$corpus" ] &&
    "$build/quoin" help serve >/dev/null 2>&1; then
    "$corpus" "$work/specs" --specs 5000 --seed 1 --jobs 2 --quiet >/dev/null
    echo
    node "$here/tests/bench/serve.mjs" "$build/quoin" "$work/specs" "$browser"
else
    echo "(serve is not measured: it needs ../shared, Chromium and tests/browser/node_modules)"
fi
