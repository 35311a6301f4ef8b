#!/bin/sh
# Files stay under 800 lines, theme parts under 100, the Makefile on two screens.
set -u
cd "$(dirname "$0")/../.."
status=0
limit() { # LINES FILE...
    most=$1
    shift
    for file in "$@"; do
        [ -f "$file" ] || continue
        lines=$(wc -l <"$file")
        if [ "$lines" -gt "$most" ]; then
            echo "$file: $lines lines, $most are allowed" >&2
            status=1
        fi
    done
}
limit 800 core/*/*.c
limit 400 plugins/*/*.lua
limit 100 themes/*/parts/*
limit 140 Makefile
exit $status
