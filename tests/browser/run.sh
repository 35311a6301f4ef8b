#!/bin/sh
# run.sh QUOIN [PICTURES] - looks at the portal of site-example in headless Chromium: from the disk,
# and from a server with a strict Content-Security-Policy. Needs node, npm and Chromium or Google
# Chrome. With the name of a folder, only puts pictures of the portal there.
set -eu
quoin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
example=$here/../../site-example
for program in node npm; do
    command -v $program >/dev/null || { echo "$program is needed"; exit 1; }
done
browser=
for program in chromium chromium-browser google-chrome google-chrome-stable; do
    browser=$(command -v $program) && break
done
[ -n "$browser" ] || { echo "Chromium or Google Chrome is needed"; exit 1; }
cd "$here"
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The page 404.html needs to know where the portal is served.
cp -R "$example" "$work/site"
rm -rf "$work/site/_site"
sed '/^url:/d' "$example/quoin.yaml" >"$work/site/quoin.yaml"
echo 'url: https://team.example.org/repo/' >>"$work/site/quoin.yaml"
"$quoin" build -q "$work/site" -o "$work/portal"
if [ $# -gt 1 ]; then
    node screenshots.mjs "$work/portal" "$browser" "$2"
    exit
fi
# The HTML of every page.
if command -v java >/dev/null; then
    java -jar node_modules/vnu-jar/build/dist/vnu.jar --skip-non-html --Werror --format gnu "$work/portal"
else
    echo "skipped: the validator of HTML needs java"
fi
node portal.mjs "$work/portal" "$browser"
node behaviour.mjs "$quoin" "$work/portal" "$browser"
node search.mjs "$work/portal" "$browser"

# The same portal in the theme of the example, and from right to left.
for setting in 'theme: ledger' 'language: ar'; do
    sed '/^url:/d' "$example/quoin.yaml" >"$work/site/quoin.yaml"
    echo "$setting" >>"$work/site/quoin.yaml"
    "$quoin" build -q "$work/site" -o "$work/${setting##* }"
done
node theme.mjs "$work/portal" "$work/ledger" "$work/ar" "$browser"
node code.mjs "$work/portal" "$browser"

# Diagrams: some of every type of the reference set, and a page of colours that authors choose.
reference=$here/../../../shared/mermaid
[ -d "$reference" ] || echo "skipped: the reference set of diagrams (../shared/mermaid) is not here"
mkdir "$work/diagrams"
lua5.4 make_diagrams.lua "$reference" "$work/diagrams"
"$quoin" build -q "$work/diagrams" -o "$work/pictures" || true # some of real ones have findings
node diagrams.mjs "$work/pictures" "$browser"

# The preview server, when it is built in.
if "$quoin" help serve >/dev/null 2>&1; then
    node serve.mjs "$quoin" "$browser"
fi
