#!/bin/sh
# run.sh QUOIN - diagrams through the program: what is read and drawn of ../shared/mermaid, the same
# bytes whatever the order and the number of threads, and texts that try to become markup.
# QUICK=1 leaves out what takes long with sanitizers.
set -u
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
reference=$here/../../../shared/mermaid
status=0
if [ -d "$reference" ]; then
    lua5.4 "$here/reference.lua" "$quoin" "$reference" || status=1
    sh "$here/stable.sh" "$quoin" "$reference" || status=1
else
    echo "skipped: the reference set (../shared/mermaid) is not here"
fi
lua5.4 "$here/attacks.lua" "$quoin" || status=1
exit $status
