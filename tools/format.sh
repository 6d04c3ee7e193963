#!/bin/bash
# format.sh            formats every C++ and BUILD file in place
# format.sh --check    changes nothing, and fails if something would change
# Needs clang-format-19 and, once, `npm ci` in tools/buildifier; .ci/run sees to both.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

clang=(-i)
build=(-mode=fix -lint=fix)
if [ "${1:-}" = --check ]; then
  clang=(--dry-run -Werror)
  build=(-mode=check -lint=warn)
fi

# Bazel 4 has these rules built in, and no other place to load them from.
build+=(-warnings=-native-proto,-native-proto-lang-toolchain,-native-sh-binary,-native-sh-test)

listed() { git ls-files -z --cached --others --exclude-standard -- "$@"; }

status=0
listed '*.cc' '*.h' '*.proto' ':!third_party/com_google_googleapis/google' | xargs -0 -r clang-format-19 "${clang[@]}" || status=1
listed BUILD '*/BUILD' '*.BUILD' '*.bzl' WORKSPACE '*/WORKSPACE' |
  xargs -0 -r tools/buildifier/node_modules/.bin/buildifier "${build[@]}" || status=1
exit "$status"
