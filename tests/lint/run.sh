#!/bin/sh
# make lint: every check runs; the exit code says whether all were content.
set -u
cd "$(dirname "$0")/../.."
status=0
run() {
    printf '  LINT %s\n' "$1"
    shift
    "$@" || status=1
}
run layers sh tests/lint/layers.sh
run sizes sh tests/lint/sizes.sh
run clang-format "$(command -v clang-format-14 || echo clang-format)" --dry-run -Werror core/*/*.c core/*/*.h tests/*/*.c
run cppcheck cppcheck --quiet --std=c11 --language=c -Icore --error-exitcode=1 \
    --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
    --suppress=unknownMacro --suppress=varFuncNullUB --suppress=nullPointerRedundantCheck -j 2 core
run luacheck luacheck -q plugins site-example/plugins
exit $status
