#!/bin/sh
# run.sh QUOIN - the promises about a build's surroundings: interrupted, killed, twice at once, on a
# full disk, without a standard output, without permissions, after any edits: the output is the old
# site or the new one, and the next build gives what a fresh one gives.
set -u
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
site=$work/site
out=$work/out
passed=0
failed=0

ok() { # ok NAME STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
    fi
}

# The sums of all files of an output, without Quoin's own.
sums() {
    (cd "$1" 2>/dev/null && find . -type f ! -path './.quoin/*' -exec cksum {} + | sort)
}

build() { # build OUT [option...]
    target=$1
    shift
    "$quoin" build "$site" -o "$target" -q "$@" >"$work/log" 2>&1
}

fresh() {
    rm -rf "$work/fresh"
    build "$work/fresh" "$@"
    sums "$work/fresh"
}

# Every page shows the title, so that every page changes.
retitle() {
    sed "s/^title:.*/title: Title $1/" "$site/quoin.yaml" >"$work/yaml" && cp "$work/yaml" "$site/quoin.yaml"
}

cp -R "$here/site-example" "$site"
rm -rf "$site/_site"
grep -q '^title:' "$site/quoin.yaml" || echo 'title: T' >>"$site/quoin.yaml"
i=0
while [ $i -lt 150 ]; do
    printf '# Page %d\n\n- [ ] task\n\n[next](p%d.md)\n' $i $(((i + 1) % 150)) >"$site/manual/p$i.md"
    i=$((i + 1))
done

# --- interrupts ---------------------------------------------------------------------------------
for signal in INT TERM HUP KILL; do
    build "$out"
    for delay in 0.01 0.03 0.05 0.07 0.09 0.11 0.13 0.15 0.17 0.2; do
        old=$(sums "$out")
        retitle "$signal $delay"
        "$quoin" build "$site" -o "$out" -q >/dev/null 2>&1 &
        pid=$!
        sleep "$delay"
        kill -s "$signal" $pid 2>/dev/null
        wait $pid 2>/dev/null
        now=$(sums "$out")
        new=$(fresh)
        if [ "$signal" != KILL ]; then
            [ "$now" = "$old" ] || [ "$now" = "$new" ]
            ok "$signal after $delay s leaves the old or the new site" $?
        fi
        build "$out"
        [ "$(sums "$out")" = "$new" ]
        ok "the build after $signal after $delay s gives what a fresh one gives" $?
    done
done

# --- several builds at once ---------------------------------------------------------------------
retitle at-once
new=$(fresh)
for number in 1 2 3 4; do
    "$quoin" build "$site" -o "$out" -q >"$work/log$number" 2>&1 &
done
wait
build "$out"
[ "$(sums "$out")" = "$new" ]
ok "four builds into one folder leave it whole" $?

# --- the same bytes everywhere ------------------------------------------------------------------
for jobs in 1 2 3 8; do
    [ "$(fresh --jobs $jobs)" = "$new" ]
    ok "$jobs jobs give the same bytes" $?
done
mkdir -p "$work/else where/ü"
cp -R "$site" "$work/else where/ü/site"
(umask 077 && cd / && LC_ALL=tr_TR.UTF-8 TZ=Pacific/Kiritimati HOME=/none \
    "$quoin" build "$work/else where/ü/site" -o "$work/o ü" -q >/dev/null 2>&1)
[ "$(sums "$work/o ü")" = "$new" ]
ok "another place, language, time zone and umask give the same bytes" $?

# --- edits --------------------------------------------------------------------------------------
step=0
while [ $step -lt 30 ]; do
    a=$((step * 7 % 150))
    b=$((step * 11 % 150))
    case $((step % 6)) in
    0) rm -f "$site/manual/p$a.md" ;;
    1) printf '# New %d\n\n[x](../quoin/index.md) [[Page %d]]\n' $step $b >"$site/manual/n$step.md" ;;
    2) [ -f "$site/manual/p$b.md" ] && mv "$site/manual/p$b.md" "$site/quoin/p$b.md" ;;
    3) printf -- '---\ntitle: Changed %d\norder: %d\n---\n- [x] done\n' $step $a >"$site/manual/p$b.md" ;;
    4) mkdir -p "$site/d$a/e" && printf '# D\n![i](i.png)\n' >"$site/d$a/e/x.md" && echo $step >"$site/d$a/e/i.png" ;;
    5) rm -rf "$site/d$(((step - 1) * 7 % 150))" ;;
    esac
    build "$out" --jobs $((step % 4 + 1))
    [ "$(sums "$out")" = "$(fresh)" ]
    ok "after edit $step the output is that of a fresh build" $?
    step=$((step + 1))
done
empty=$(find "$out" -type d -empty ! -path '*/.quoin*')
[ -z "$empty" ]
ok "no empty folders are left" $?

# --- hands in the output ------------------------------------------------------------------------
echo changed >"$out/index.html"
rm -rf "$out/assets" "$out/all-pages.html"
ln -s /etc/hosts "$out/all-pages.html"
build "$out"
[ "$(sums "$out")" = "$(fresh)" ]
ok "what was changed in the output is restored" $?

# --- odd files ----------------------------------------------------------------------------------
mkfifo "$site/manual/pipe.md" "$site/manual/pipe.png"
timeout 30 "$quoin" build "$site" -o "$out" -q >/dev/null 2>&1
[ $? -le 1 ]
ok "named pipes are no pages and do not block" $?
rm "$site/manual/pipe.md" "$site/manual/pipe.png"

# --- a current folder that is gone ----------------------------------------------------------------
mkdir "$work/gone"
(
    cd "$work/gone" && rmdir "$work/gone"
    "$quoin" check . >"$work/log" 2>&1
    [ $? -eq 2 ] || exit 1
    "$quoin" build "$site" -o here >"$work/log" 2>&1
    [ $? -eq 2 ]
)
ok "a current folder that is gone is not the root of the machine" $?

# --- streams ------------------------------------------------------------------------------------
echo '[x](gone.md)' >"$site/broken.md"
"$quoin" check "$site" >&- 2>/dev/null
[ $? -eq 2 ]
ok "a closed standard output is exit 2" $?
if [ -c /dev/full ]; then
    "$quoin" check "$site" >/dev/full 2>/dev/null
    [ $? -eq 2 ]
    ok "a full standard output is exit 2" $?
    "$quoin" help >/dev/full 2>/dev/null
    [ $? -eq 2 ]
    ok "help that cannot be written is exit 2" $?
fi
"$quoin" build "$site" -o "$out" >&- 2>&- <&-
[ "$(sums "$out")" = "$(fresh)" ] && [ ! -s "$out/.quoin/lock" ]
ok "findings never land in a file of the output" $?

# --- permissions (root may do anything: then as nobody, where that can be) -----------------------
as=
if [ "$(id -u)" -eq 0 ]; then
    as="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chmod 755 "$work"
    chown -R 65534:65534 "$site" "$out"
    mkdir "$work/probe" && chown 65534:65534 "$work/probe"
    # Nobody may be kept out of where this checkout is.
    $as "$quoin" build -q "$site" -o "$work/probe" >"$work/log" 2>&1
    if [ $? -gt 1 ]; then
        sed -n 1,3p "$work/log"
        echo "skipped: permissions (nobody cannot run the program here)"
        as=none
    fi
fi
if [ "$as" != none ]; then
    old=$(sums "$out")
    echo '# New page' >"$site/new.md"
    chmod 000 "$site/manual"
    $as "$quoin" build "$site" -o "$out" -q >"$work/log" 2>&1
    [ $? -eq 2 ] && grep -q 'manual: error: Permission denied' "$work/log" && [ "$(sums "$out")" = "$old" ]
    ok "a folder that cannot be read stops the build and is named" $?
    chmod 755 "$site/manual"
    chmod 444 "$site/manual"
    $as "$quoin" build "$site" -o "$out" -q >/dev/null 2>&1
    [ $? -eq 2 ] && [ "$(sums "$out")" = "$old" ]
    ok "files that cannot be looked at stop the build" $?
    chmod 755 "$site/manual"
    retitle permissions
    chmod 555 "$out/manual"
    $as "$quoin" build "$site" -o "$out" -q >/dev/null 2>&1
    [ $? -eq 2 ] && [ "$(sums "$out")" = "$old" ]
    ok "a part of the output that cannot be written leaves all of it as it was" $?
    chmod 755 "$out/manual"
    $as "$quoin" build "$site" -o "$out" -q >/dev/null 2>&1
    [ "$(sums "$out")" = "$(fresh)" ]
    ok "with permissions it goes on" $?
fi

sh "$here/tests/robust/history.sh" "$quoin"
ok "dates and authors from git" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
