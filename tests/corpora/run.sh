#!/bin/sh
# run.sh QUOIN - real specs: broken links against an independent checker's list, then whole builds:
# the same bytes for any number of jobs, a page for each source, every link followed, and a build
# without changes that writes nothing.
set -u
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
tests=$(dirname "$here")
corpora=$tests/../../shared/corpora
if [ ! -d "$corpora" ]; then
    echo "skipped: the corpora (../shared/corpora) are not here"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# expect WHAT COMMAND...: counts whether it succeeds.
expect() {
    what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name: $what"
        sed 's/^/    /' "$work/log" | head -n 40
    fi
}

check_links() {
    "$quoin" check --format json --max-findings 0 "$source" >"$work/found.jsonl" 2>"$work/err"
    lua5.4 "$here/compare.lua" "$corpora/expected/$name.jsonl" "$work/found.jsonl" \
        "$here/differences.md" "$name"
}

check_records() {
    "$quoin" list records --format json "$source" >"$work/records.jsonl" 2>"$work/err"
    lua5.4 "$here/records.lua" "$work/records.jsonl" "$source" "$here/records.tsv" "$name"
}

# Exit code 1 only says that there are findings.
build() {
    "$quoin" build --jobs "$1" "$source" -o "$2" >"$work/out" 2>"$work/err"
    [ $? -le 1 ] && grep -q '^Built ' "$work/err"
}

same_bytes() {
    diff -r -x lock "$work/one" "$work/two"
}

# Sources with a path that is hidden or starts with `_` are no pages.
has_all_pages() {
    (cd "$source" && find . -name '*.md' -type f) | sed 's,^\./,,' |
        grep -v -e '^[._]' -e '/[._]' >"$work/sources"
    missing=0
    while read -r page; do
        case $(basename "$page") in
            [Rr][Ee][Aa][Dd][Mm][Ee].md | [Ii]ndex.md) html=$(dirname "$page")/index.html ;;
            *) html=${page%.md}.html ;;
        esac
        if [ ! -s "$work/one/$html" ]; then
            echo "$page has no $html"
            missing=1
        fi
    done <"$work/sources"
    [ -s "$work/sources" ] && [ $missing = 0 ]
}

writes_nothing() {
    touch "$work/stamp"
    build 2 "$work/one" || return 1
    cat "$work/err"
    grep -q ': 0 files written,' "$work/err" || return 1
    grep -q ', 0 removed;' "$work/err" || return 1
    newer=$(find "$work/one" -newer "$work/stamp" -type f ! -name lock)
    echo "$newer"
    [ -z "$newer" ]
}

for name in keps rust-rfcs aries-rfcs odh-adrs; do
    source=$corpora/$name/src
    rm -rf "$work/one" "$work/two"
    expect "links are those of the checker" check_links
    expect "records are as reviewed, each where it says" check_records
    expect "builds with one job" build 1 "$work/one"
    expect "builds with two jobs" build 2 "$work/two"
    expect "the same bytes for one and two jobs" same_bytes
    expect "every source has its page" has_all_pages
    expect "every link leads somewhere" lua5.4 "$tests/crawl.lua" "$work/one"
    expect "a build without changes writes nothing" writes_nothing
done
name=crawler
expect "the crawler finds what it should" lua5.4 "$tests/tools/crawl_test.lua"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
