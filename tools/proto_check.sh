#!/bin/bash
# proto_check.sh [REVISION]    lints the .proto files, and fails if they break those who use the API as
# it is at REVISION; by default where this branch left main, or for main itself the commit before.
# Needs, once, `npm ci` in tools/buf; .ci/run sees to it. buf.yaml says which rules hold.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
buf=tools/buf/node_modules/.bin/buf

base=${1:-}
if [ -z "$base" ]; then
  for main in origin/main main; do
    base=$(git merge-base HEAD "$main" 2>/dev/null) && break
  done
  [ -n "$base" ] && [ "$base" != "$(git rev-parse HEAD)" ] || base=$(git rev-parse --verify --quiet HEAD~1)
fi

status=0
"$buf" lint || status=1

# A history without a commit before, or without protos, cannot be broken.
if [ -n "$base" ] && git cat-file -e "$base:buf.yaml" 2>/dev/null; then
  before=$(mktemp -d)
  trap 'rm -rf "$before"' EXIT
  git archive "$base" buf.yaml proto third_party/com_google_googleapis | tar -x -C "$before" || status=1
  "$buf" breaking --against "$before" || status=1
fi
[ "$status" -eq 0 ] && echo "proto_check: lint finds nothing, nothing breaks"
exit "$status"
