#!/bin/sh
# stable.sh QUOIN FOLDER - the same bytes of every diagram of the reference set: over three runs, in
# other orders, and in a portal built by one, two and four threads, with and without what an earlier
# build kept.
set -u
export SOURCE_DATE_EPOCH=1790000000
quoin=$1
folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
same() { # same NAME FILE FILE
    if diff -r "$2" "$3" >"$work/difference"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        head -c 600 "$work/difference"
    fi
}

draw() { # draw ORDERED-LIST OUT
    xargs timeout 300 "$quoin" diagram -q --svg <"$1" | sort >"$2"
}

find "$folder" -name '*.mmd' | sort >"$work/list"
sort -r "$work/list" >"$work/reversed"
awk '{ s = (s * 1103515245 + 12345) % 2147483648; print s "\t" $0 }' "$work/list" | sort -n |
    cut -f2 >"$work/shuffled"
draw "$work/list" "$work/first"
[ "$(wc -l <"$work/first")" = "$(wc -l <"$work/list")" ] || echo "(one line a diagram was expected)"
draw "$work/list" "$work/second"
draw "$work/list" "$work/third"
same "a second run gives other bytes" "$work/first" "$work/second"
same "a third run gives other bytes" "$work/first" "$work/third"
draw "$work/reversed" "$work/second"
same "the reversed order gives other bytes" "$work/first" "$work/second"
draw "$work/shuffled" "$work/second"
same "a shuffled order gives other bytes" "$work/first" "$work/second"

# --- a portal: 40 diagrams a page ---------------------------------------------------------------
mkdir -p "$work/site"
printf 'title: Diagrams\n' >"$work/site/quoin.yaml"
awk -v site="$work/site" '{
    if (NR % 40 == 1) { page = sprintf("%s/p%02d.md", site, NR / 40); print "# Page " NR "\n" > page }
    print "## Diagram " NR "\n\n~~~~~~mermaid" > page
    while ((getline line < $0) > 0) print line > page
    close($0)
    print "~~~~~~\n" > page
}' "$work/list"
for jobs in 1 2 4; do
    timeout 300 "$quoin" build -q --jobs $jobs "$work/site" -o "$work/out$jobs" \
        >"$work/log" 2>&1
    [ $? -le 1 ] || { failed=$((failed + 1)); head -5 "$work/log"; }
done
rm -f "$work"/out*/.quoin/lock
same "two threads give other bytes" "$work/out1" "$work/out2"
same "four threads give other bytes" "$work/out1" "$work/out4"
[ "$(cat "$work"/out1/p*.html | grep -c '<figure class="diagram')" -gt 1700 ] ||
    { failed=$((failed + 1)); echo "FAIL the portal shows few diagrams"; }
cp -R "$work/out1" "$work/again"
echo >>"$work/site/p03.md"
timeout 300 "$quoin" build -q "$work/site" -o "$work/again" >"$work/log" 2>&1
rm -rf "$work/again/.quoin" "$work/out1/.quoin"
same "drawings kept by an earlier build are others" "$work/out1" "$work/again"
echo "same bytes: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" = 7 ]
