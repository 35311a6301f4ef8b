#!/bin/sh
# manual.sh [--check] QUOIN - rewrites what the manual takes from the program: the keys of quoin.yaml
# and the plugin API. With --check nothing is written, and the exit code says whether it is current.
set -eu
check=
if [ "$1" = --check ]; then
    check=1
    shift
fi
quoin=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
manual=$root/site-example/manual
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# put NAME PAGE: what stands between <!-- NAME:begin --> and <!-- NAME:end --> becomes $work/NAME.
put() {
    awk -v name="$1" -v made="$work/$1" '
        $0 == "<!-- " name ":end -->" { inside = 0; ended++ }
        !inside { print }
        $0 == "<!-- " name ":begin -->" {
            inside = 1; begun++
            print ""
            while ((getline line < made) > 0) print line
            print ""
        }
        END { exit !(begun == 1 && ended == 1) }
    ' "$2" >"$work/page" || { echo "$2: the marks of $1 are not there once each"; exit 1; }
    [ -s "$work/$1" ] || { echo "nothing came out for $1"; exit 1; }
    if cmp -s "$work/page" "$2"; then
        return
    fi
    if [ -n "$check" ]; then
        echo "${2#"$root"/} is not current: run make manual"
        diff "$2" "$work/page" | head -n 20
        status=1
    else
        cat "$work/page" >"$2"
        echo "wrote ${2#"$root"/}"
    fi
}

"$quoin" help config.md >"$work/config"
lua5.4 "$root/tests/tools/api.lua" "$root/core/lua/meta/quoin.lua" >"$work/api"
put config "$manual/configuration.md"
put api "$manual/plugin-api.md"
exit $status
