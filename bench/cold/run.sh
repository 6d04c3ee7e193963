#!/bin/bash
# bench/cold/run.sh PRESET: makes a database of the preset in a temporary folder, and prints what it takes to
# have it in memory again (B7), and to start a server with it (R1).
#   ./bazelw build -c opt //bench/cold:all //bench/workload:generate //cli:seatwise //service:seatwised
#   TMPDIR=/a/disk/with/room bench/cold/run.sh L
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
preset=${1:?"usage: $(basename "$0") PRESET, one of S, M, L, XL, XXL"}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

bazel-bin/bench/workload/generate --preset="$preset" --seed=1 --out="$folder/facts" >/dev/null
bazel-bin/cli/seatwise import "$folder/facts" --create --db "$folder/db" --tenant "$preset"
rm -rf "$folder/facts"
bazel-bin/bench/cold/cold_bench "$folder/db" "$preset" 2 9
bench/cold/start.py "$folder/db" "$preset"
