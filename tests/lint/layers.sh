#!/bin/sh
# Includes point down, are written with their layer, and each library has one door.
set -u
cd "$(dirname "$0")/../.."
status=0
complain() { echo "$1" >&2; status=1; }

rank() {
    case $1 in base) echo 1 ;; text) echo 2 ;; model) echo 3 ;; pass | lua) echo 4 ;; app) echo 5 ;; *) echo 0 ;; esac
}

for file in core/*/*.c core/*/*.h; do
    layer=$(basename "$(dirname "$file")")
    mine=$(rank "$layer")
    [ "$mine" != 0 ] || complain "$file: \`$layer\` is no layer"
    for include in $(sed -n 's/^#include "\(.*\)"/\1/p' "$file"); do
        other=${include%%/*}
        theirs=$(rank "$other")
        if [ "$theirs" = 0 ] || [ "$other" = "$include" ]; then
            complain "$file: include \"$include\" without its layer"
        elif [ "$theirs" -gt "$mine" ]; then
            complain "$file: includes \"$include\", which is above it"
        elif [ "$theirs" = "$mine" ] && [ "$other" != "$layer" ]; then
            complain "$file: includes \"$include\", which is beside it"
        fi
    done
done

door() { # LIBRARY HEADER-PATTERN FILE-PATTERN
    found=$(grep -lE "^#include <($2)" core/*/*.c core/*/*.h | grep -vE "$3")
    [ -z "$found" ] || complain "$1 is included outside its door: $found"
}
door cmark-gfm 'cmark' '^core/text/markdown'
door libyaml 'yaml\.h' '^core/text/yaml\.c$'
door lua 'l(ua|uaxlib|ualib|auxlib)\.h' '^core/lua/'
door libevent 'event2/' '^core/app/serve'
door xxhash 'xxhash\.h' '^core/base/hash\.c$'

exit $status
