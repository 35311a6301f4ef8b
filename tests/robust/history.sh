#!/bin/sh
# history.sh QUOIN - dates and authors from git, whatever the checkout looks like. Needs git.
set -u
quoin=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache" HOME="$work/home" GIT_CONFIG_NOSYSTEM=1
mkdir -p "$work/home"
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

commit() { # commit FOLDER DAY AUTHOR
    git -C "$1" add -A
    GIT_COMMITTER_DATE="$2T12:00:00Z" GIT_AUTHOR_DATE="2020-01-01T12:00:00Z" \
        git -C "$1" -c user.name="$3" -c user.email=who@example.com commit -q -m "a change"
}

# Shows what a page knows: "a.md 2026-01-02 Ann, Bob".
plugin='return { name = "show", api = 1, check = function(site)
  for _, page in ipairs(site.pages) do
    if not page.is_generated then
      print(page.path, tostring(page.updated), table.concat(page.contributors, ", "))
    end
  end
end }'

site() { # site FOLDER
    mkdir -p "$1/plugins/show"
    echo "$plugin" >"$1/plugins/show/init.lua"
    printf 'plugins:\n  show: true\n%s\n' "${2:-}" >"$1/quoin.yaml"
    echo '# A' >"$1/a.md"
    echo '# B' >"$1/b.md"
}

shows() { # shows FOLDER: what the pages know, on one line
    "$quoin" check -v "$1" 2>&1 | tr '\t' ' ' | grep '\.md ' | sed 's/^show: //' | tr '\n' ';'
}

repo=$work/repo
mkdir "$repo"
git -C "$repo" init -q -b main
site "$repo/docs"
commit "$repo" 2026-01-02 Ann
echo more >>"$repo/docs/a.md"
commit "$repo" 2026-03-04 Bob
want='a.md 2026-03-04 Bob, Ann;b.md 2026-01-02 Ann;'
case $(shows "$repo/docs") in *"$want"*) ok first 0 ;; *) ok "dates and names: $(shows "$repo/docs")" 1 ;; esac
case $(shows "$repo/docs") in *"$want"*) ok kept 0 ;; *) ok "the same from the cache" 1 ;; esac
(cd "$repo/docs" && shows . | grep -q 'a.md 2026-03-04 Bob, Ann')
ok "from within the folder" $?
GIT_DIR=/nowhere GIT_WORK_TREE=/nowhere shows "$repo/docs" | grep -q 'a.md 2026-03-04 Bob, Ann'
ok "in a hook of git, whose variables say something else" $?

echo 'uncommitted' >>"$repo/docs/b.md"
echo '# C' >"$repo/docs/c.md"
shows "$repo/docs" | grep -q 'b.md 2026-01-02 Ann;c.md nil ;'
ok "what is not committed does not count" $?
rm "$repo/docs/c.md"
git -C "$repo" checkout -q -- docs

# A merge: its day counts, its author does not.
git -C "$repo" checkout -q -b work
echo branch >>"$repo/docs/b.md"
commit "$repo" 2026-03-10 Cid
git -C "$repo" checkout -q main
GIT_COMMITTER_DATE=2026-04-05T23:59:59Z git -C "$repo" -c user.name=Merger -c user.email=m@example.com \
    merge -q --no-ff -m merge work
case $(shows "$repo/docs") in
*'a.md 2026-03-04 Bob, Ann;b.md 2026-04-05 Cid, Ann;'*) ok merge 0 ;;
*) ok "the day of the merge, the author of the work: $(shows "$repo/docs")" 1 ;;
esac

# Names as .mailmap has them, once it is committed.
echo 'Cid Campeador <who@example.com> Cid <who@example.com>' >"$repo/.mailmap"
shows "$repo/docs" | grep -q 'b.md 2026-04-05 Cid, Ann'
ok "a .mailmap that is not committed" $?
commit "$repo" 2026-04-06 Ann
shows "$repo/docs" | grep -q 'b.md 2026-04-05 Cid Campeador, Ann'
ok "a .mailmap" $?

# Settings that would break another reading of the log.
git -C "$repo" config log.showSignature true
git -C "$repo" config log.showRoot false
git -C "$repo" config diff.relative true
git -C "$repo" config color.ui always
git -C "$repo" config core.fsmonitor "$work/evil"
git -C "$repo" config core.pager "$work/evil"
printf '#!/bin/sh\ntouch "%s/ran"\n' "$work" >"$work/evil"
chmod +x "$work/evil"
rm -rf "$work/cache"
shows "$repo/docs" | grep -q 'a.md 2026-03-04 Bob, Ann;b.md 2026-04-05 Cid Campeador, Ann'
ok "whatever the settings are" $?
test ! -e "$work/ran"
ok "no program of the settings runs" $?

git -C "$repo" worktree add -q "$work/tree" main~1 2>/dev/null
shows "$work/tree/docs" | grep -q 'b.md 2026-04-05 Cid, Ann'
ok "a second working tree has its own commit" $?

git clone -q --depth 1 "file://$repo" "$work/shallow" 2>/dev/null
"$quoin" check -v "$work/shallow/docs" 2>&1 | tee "$work/log" | grep -q 'git.shallow'
ok "a shallow checkout is told" $?
shows "$work/shallow/docs" | grep -q 'a.md nil ;b.md nil ;'
ok "and gives no dates" $?

mkdir "$work/empty"
git -C "$work/empty" init -q
site "$work/empty"
shows "$work/empty" | grep -q 'a.md nil ;'
ok "without a commit" $?
site "$work/alone"
shows "$work/alone" | grep -q 'a.md nil ;'
ok "without a repository" $?
mkdir "$work/broken"
echo 'gitdir: /nowhere' >"$work/broken/.git"
site "$work/broken"
"$quoin" check -q "$work/broken" >/dev/null 2>&1
ok "with a broken one" $?
(PATH=/nowhere && shows() { :; } && "$quoin" check -q "$repo/docs" >/dev/null 2>&1)
ok "without git" $?
site "$repo/docs" 'git: false'
shows "$repo/docs" | grep -q 'a.md nil ;'
ok "switched off" $?

echo "history: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
