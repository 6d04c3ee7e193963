#!/bin/bash
# Runs `bazel test` and ends with one line that counts the test cases:
# "N passed, N failed, N skipped". Arguments go to `bazel test`.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1

# Tests on data that is shared beside the repository skip without it.
if [ -z "${SEATWISE_SHARED:-}" ] && [ -d "$root/../shared" ]; then
  SEATWISE_SHARED=$(cd "$root/../shared" && pwd)
  export SEATWISE_SHARED
fi

events=$(mktemp)
trap 'rm -f "$events"' EXIT
"$root/bazelw" test --build_event_json_file="$events" "$@" </dev/null
status=$?
"$root/tools/count_tests.py" "$events" || status=1
exit "$status"
