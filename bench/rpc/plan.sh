#!/bin/bash
# bench/rpc/plan.sh PRESET: how long the server takes for plans that swap a SKU for another one, for
# some 10,000 users and for everybody, with seats for all or for half, and what readers notice of it.
#   ./bazelw build -c opt //bench/... //cli:seatwise //service:seatwised && bench/rpc/plan.sh L
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. bench/rpc/start.sh

bazel-bin/bench/rpc/plan_rpc_bench "$address" "$tenant"
