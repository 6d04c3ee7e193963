#!/bin/bash
# bench/rpc/change.sh PRESET: how long it takes to assign a SKU of its own, with seats for all, to the
# group of all staff, durably, and what readers notice of it.
#   ./bazelw build -c opt //bench/... //cli:seatwise //service:seatwised && bench/rpc/change.sh L
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. bench/rpc/start.sh

export SEATWISE_SERVER=$address SEATWISE_TENANT=$tenant
bazel-bin/cli/seatwise service-plan create bench-plan
bazel-bin/cli/seatwise sku create bench-sku --plan bench-plan
bazel-bin/cli/seatwise subscription create bench-units --sku bench-sku --units 100000000
staff=$(sed -n 's/^\([^,]*\),All staff 0,.*/\1/p' "$folder/facts/groups.csv")
bazel-bin/bench/rpc/change_bench "$address" "$tenant" "$staff" bench-sku
