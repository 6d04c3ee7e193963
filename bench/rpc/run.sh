#!/bin/bash
# bench/rpc/run.sh PRESET: what queries cost beside empty calls, with messages of the same sizes.
#   ./bazelw build -c opt //bench/... //cli:seatwise //service:seatwised && bench/rpc/run.sh L
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. bench/rpc/start.sh

bazel-bin/bench/rpc/echo_server 3600 >"$folder/port" &
pids+=("$!")
until [ -s "$folder/port" ]; do sleep 0.1; done
bazel-bin/bench/rpc/rpc_bench "$address" "$tenant" "127.0.0.1:$(cat "$folder/port")"
