#!/bin/bash
# Runs `bazel test` and ends with one line that counts the test cases:
# "N passed, N failed, N skipped". Arguments go to `bazel test`.
set -uo pipefail
events=$(mktemp)
trap 'rm -f "$events"' EXIT
bazel test --build_event_json_file="$events" "$@" </dev/null
status=$?
python3 "$(dirname "$0")/count_tests.py" "$events" || status=1
exit "$status"
