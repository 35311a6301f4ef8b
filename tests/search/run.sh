#!/bin/sh
# run.sh QUOIN - relevance: each query of the tables finds its page first, and queries are split into
# the words of the index. Runs the search of built portals under node.
set -eu
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
engine=$here/../../themes/default/js/search-engine.js
corpora=$here/../../../shared/corpora
command -v node >/dev/null || { echo "search: node is absent: relevance is not tested"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
table() { # NAME FOLDER
    "$quoin" build -q "$2" -o "$work/$1" >/dev/null 2>&1 || true # findings of others
    node "$here/agree.mjs" "$work/$1" "$engine" || status=1
    node "$here/relevance.mjs" "$work/$1" "$engine" "$here/$1.tsv" || status=1
}
cp -R "$here/words" "$work/in"
table words "$work/in"
table site-example "$here/../../site-example"
if [ -d "$corpora" ]; then
    table rust-rfcs "$corpora/rust-rfcs/src"
else
    echo "search: ../shared is absent: rust-rfcs is not searched"
fi
exit $status
