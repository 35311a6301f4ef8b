#!/bin/sh
# run.sh QUOIN - diagrams through the program: what is read and drawn of ../shared/mermaid, the same
# bytes whatever the order and the number of threads, texts that try to become markup, sizes that
# are made to be slow, random graphs. A program with a sanitizer, which is slower, does less.
set -u
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
reference=$here/../../../shared/mermaid
layout=$(dirname "$quoin")/diagrams/layout
attacks=4 sizes=24 graphs=1000
is_slow=
if grep -aqE '__(asan|tsan)_init' "$quoin"; then
    attacks=24 sizes=300 graphs=120 is_slow=1
fi
status=0
if [ -d "$reference" ]; then
    lua5.4 "$here/reference.lua" "$quoin" "$reference" || status=1
    [ -n "$is_slow" ] || sh "$here/stable.sh" "$quoin" "$reference" || status=1
else
    echo "skipped: the reference set (../shared/mermaid) is not here"
fi
STRIDE=$attacks lua5.4 "$here/attacks.lua" "$quoin" || status=1
STRIDE=$sizes lua5.4 "$here/sizes.lua" "$quoin" || status=1
if [ -x "$layout" ]; then
    "$layout" $graphs || status=1
else
    echo "skipped: $layout is not there (make diagrams)"
fi
exit $status
