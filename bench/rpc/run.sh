#!/bin/bash
# bench/rpc/run.sh PRESET: starts a server and a server of empty calls on loopback, imports the preset,
# and prints what queries cost beside empty calls. Everything is stopped and removed at the end.
#   ./bazelw build -c opt //bench/... //cli:seatwise //service:seatwised && bench/rpc/run.sh L
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
preset=${1:?usage: run.sh PRESET, one of S, M, L, XL, XXL}
tenant=preset-${preset,,}
folder=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT

bazel-bin/bench/workload/generate --preset="$preset" --seed=1 --out="$folder/facts" >/dev/null
bazel-bin/service/seatwised --data="$folder/db" --listen=127.0.0.1:0 --http-listen '' 2>"$folder/log" &
server=$!
pids+=("$server")
bazel-bin/bench/rpc/echo_server 400 3600 >"$folder/port" &
pids+=("$!")
until grep -q '"message":"serving"' "$folder/log" && [ -s "$folder/port" ]; do sleep 0.1; done
address=127.0.0.1:$(sed -n 's/.*"message":"serving".*"port":\([0-9]*\).*/\1/p' "$folder/log")

bazel-bin/cli/seatwise tenant create "$tenant" --server="$address"
/usr/bin/time -f 'import: %e s' bazel-bin/cli/seatwise import "$folder/facts" --server="$address" --tenant="$tenant"
grep VmRSS "/proc/$server/status"
bazel-bin/bench/rpc/rpc_bench "$address" "$tenant" "127.0.0.1:$(cat "$folder/port")"
